"""The picture that stands beside a shared link to a trial: which words it shows, and its name.

Only facts that do not age are on it: networks keep a picture for months, so no status, no date and no
count of places. The name carries the digest of all that is drawn and of how it is drawn, so that a
picture is made once and never goes stale. The drawing itself is in `social_drawing.py`, which is
imported only where a picture is drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import msgspec

from trialpages.model.labels import phase_label
from trialpages.model.titles import title
from trialpages.model.trial import Trial
from trialpages.pages.markup import plain_text
from trialpages.pages.page import is_absolute
from trialpages.pages.wording import joined
from trialpages.read.config import Config
from trialpages.words.digest import digest
from trialpages.words.fields import record
from trialpages.words.language import _

WIDTH, HEIGHT = 1200, 630
FONTS = Path(__file__).resolve().parent.parent / "data" / "fonts"
NAMED_CONDITIONS = 2
COLORS = {"paper": "#ffffff", "ink": "#17262b", "accent": "#0a5463", "line": "#c8d6d6"}
"""The colors where the style sheet's tokens give none in the form `#rrggbb`."""
TOKENS = "css/00-tokens.css"
LETTERS = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x384, 0x3CE),
    (0x400, 0x45F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2030),
    (0x2039, 0x203A),
    (0x2070, 0x2071),
    (0x2074, 0x208E),
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
    (0x2153, 0x215E),
)
"""The characters that our fonts have: Latin, Greek, Cyrillic, and what stands between words."""
ALIKE = {
    "≥": ">=",
    "≤": "<=",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{MINUS SIGN}": "-",
    "→": "-",
    "★": "",
    "®": "",
}
"""Characters that another text stands for."""
MOST_LOST = 0.2
"""The share of a text's letters that may be missing before the whole text is left away."""

Palette = Mapping[str, str]


@record
class ImageStyle:
    """How pictures look: their colors, and the digest of all that turns words into a picture."""

    colors: dict[str, str]
    drawing: str


@record
class ImageWords:
    """All words on a picture. A text in letters that our fonts lack is empty."""

    site: str
    number: str
    title: str
    facts: tuple[tuple[str, str], ...]
    """Labels with their values: condition, phase, sponsor."""


@record
class SocialImage:
    """A picture beside a trial's page: its file name there, its words and its colors."""

    name: str
    words: ImageWords
    colors: dict[str, str]


def social_image(trial: Trial, config: Config, style: ImageStyle) -> SocialImage | None:
    """Return the picture of a trial; nothing where the site has switched them off or has no full address."""
    if not draws_images(config):
        return None
    words = image_words(trial, config)
    key = digest(msgspec.json.encode(words), msgspec.json.encode(style, order="deterministic"))
    return SocialImage(name=f"{trial.trial_id}.{key[:12]}.png", words=words, colors=style.colors)


def draws_images(config: Config) -> bool:
    """Say whether this site has pictures: networks load them from a full address only."""
    return config.social_images and is_absolute(config)


def image_words(trial: Trial, config: Config) -> ImageWords:
    """Return what the picture of a trial says."""
    conditions = [plain_text(name) for name in trial.conditions[:NAMED_CONDITIONS]]
    facts = (
        (_("Condition"), joined(conditions)),
        (_("Phase"), phase_label(trial.phases) if trial.phases else ""),
        (_("Sponsor"), trial.lead_sponsor.name if trial.lead_sponsor else ""),
    )
    shown = ((drawable(label), drawable(value)) for label, value in facts)
    return ImageWords(
        site=drawable(config.name),
        number=trial.nct_id or trial.trial_id,
        title=drawable(title(trial)),
        facts=tuple((label, value) for label, value in shown if value),
    )


def alternative(words: ImageWords) -> str:
    """Return the text for those who do not see the picture: all that stands on it."""
    facts = [_("{name}: {value}").format(name=label, value=value) for label, value in words.facts]
    parts = (words.title, *facts, words.number, words.site)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def drawable(text: str) -> str:
    """Return a text in letters that our fonts have; nothing when too many of its letters are missing.

    >>> drawable("β-thalassemia in niñas ≥ 12")
    'β-thalassemia in niñas >= 12'
    """
    wanted = "".join(ALIKE.get(character, character) for character in unicodedata.normalize("NFC", text))
    letters = [character for character in wanted if not character.isspace()]
    kept = [character for character in letters if _is_known(character)]
    if len(letters) - len(kept) > MOST_LOST * len(letters):
        return ""
    return " ".join("".join(c if c.isspace() or _is_known(c) else "" for c in wanted).split())


def _is_known(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in LETTERS)


_TOKEN = re.compile(r"--(paper|ink|accent|line):\s*(#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?)\s*;")


def colors_of(tokens: bytes) -> dict[str, str]:
    """Return the light colors of a style sheet of tokens; ours where it names none in a form that we read."""
    found: dict[str, str] = {}
    for name, value in _TOKEN.findall(tokens.decode("utf-8", "replace")):
        long = value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:])
        found.setdefault(name, long.lower())
    return {name: found.get(name, value) for name, value in COLORS.items()}
