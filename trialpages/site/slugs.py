"""Slugs: the last part of a page's address, made from a name.

A slug holds only `a-z`, `0-9` and single hyphens, so that it means the same in an address, in a
folder on any operating system and in print. A name that loses letters on the way gets a short
digest of itself at its end: two names never share a slug by having been cut or transliterated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from trialpages.words.digest import digest

MAX_SLUG_LENGTH = 60
"""Characters. Long enough to be read, short enough for every file system and for paper."""

SUFFIX_LENGTH = 8
"""Characters of a digest that tell two names apart."""

RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "index", "page", "a-z"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""Names of devices on Windows, and names that this site's own addresses use."""

_SPELLED_OUT = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
    "ı": "i",
    "α": " alpha ",
    "β": " beta ",
    "γ": " gamma ",
    "δ": " delta ",
    "ε": " epsilon ",
    "κ": " kappa ",
    "λ": " lambda ",
    "μ": " mu ",
    "σ": " sigma ",
    "ω": " omega ",
    "&": " and ",
    "+": " plus ",
}
_SPELLING = str.maketrans(_SPELLED_OUT)
_APOSTROPHES = re.compile("['’‘`´]")
_ODD = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Return the slug of a name; equal names have equal slugs, whatever else is on the site."""
    spelled = _APOSTROPHES.sub("", name.casefold().translate(_SPELLING))
    is_ascii = spelled.isascii()
    if not is_ascii:
        spelled = _without_accents(spelled)
    plain = _ODD.sub("-", spelled).strip("-")
    if not is_ascii and sum(map(str.isalnum, spelled)) > len(plain.replace("-", "")):
        return _with_suffix(plain, name)
    if len(plain) > MAX_SLUG_LENGTH or plain in RESERVED or not plain:
        return _with_suffix(plain, name)
    return plain


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(character for character in decomposed if not unicodedata.combining(character))
    return kept.translate(_SPELLING)


def _with_suffix(plain: str, name: str) -> str:
    """Cut a slug at a word's end and close it with the digest of the name that it stands for."""
    room = MAX_SLUG_LENGTH - SUFFIX_LENGTH - 1
    start = plain[: room + 1]
    if len(plain) > room:
        start = start.rpartition("-")[0] or start[:room]
    suffix = digest(name)[:SUFFIX_LENGTH]
    return f"{start.strip('-') or 'name'}-{suffix}"


def unique_slugs(names: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Return a slug for each name, no two alike and none that is taken.

    Of names that meet in one slug the shortest keeps it and the others get their digest, so that
    the order in which names are given never changes an address.
    """
    used = set(taken)
    slugs: dict[str, str] = {}
    for name in sorted(set(names), key=lambda name: (len(name), name)):
        chosen = slug(name)
        if chosen in used:
            chosen = _with_suffix(chosen, name)
        used.add(chosen)
        slugs[name] = chosen
    return slugs
