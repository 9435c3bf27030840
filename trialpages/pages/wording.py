"""Wording: how numbers, lists, counts and statuses are put into the words of a page.

Every function returns plain text in the language of the interface; an unknown number has no words here, so
that no page can say zero where nobody counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from markupsafe import Markup, escape

from trialpages.model.labels import PLUS_SHOWN, StatusLook, shown_and_more, status_look
from trialpages.words.countries import country_name
from trialpages.words.language import _, amount, is_english, pgettext

Item = TypeVar("Item")

_WITH_ARTICLE = frozenset(
    {
        "Bahamas",
        "Central African Republic",
        "Czech Republic",
        "Democratic Republic of the Congo",
        "Dominican Republic",
        "Gambia",
        "Netherlands",
        "Philippines",
        "Russian Federation",
        "Seychelles",
        "Syrian Arab Republic",
        "United Arab Emirates",
        "United Kingdom",
        "United States",
    }
)
"""Countries, as the registry spells them, that take `the` in English."""


def status_mark(status: StatusLook | str | None) -> dict[str, str]:
    """Return a status, given as its label or its code, as a template sees it: `label`, `tone` and `shape`."""
    shown = status if isinstance(status, StatusLook) else status_look(status)
    return {"label": shown.label, "tone": shown.tone, "shape": shown.shape}


_LIKE_AND = re.compile(r"h?[ií](?!e)", re.IGNORECASE)
"""Beginnings that sound like the Spanish `y`, which becomes `e` before them."""
_LIKE_OR = re.compile(r"h?[oó]", re.IGNORECASE)
"""Beginnings that sound like the Spanish `o`, which becomes `u` before them."""


def joined(items: Iterable[str]) -> str:
    """Join items as a sentence does: `a`, `a and b`, `a, b and c`."""
    parts = [item for item in items if item]
    if len(parts) < 2:
        return parts[0] if parts else ""
    form = _("{items} and {last}")
    if _LIKE_AND.match(parts[-1]):
        # Translators: Spanish says "e" here instead of "y"; other languages say the same as without the context.
        form = _where_it_differs(form, pgettext("before i- or hi-", "{items} and {last}"))
    return _filled(form, parts)


def joined_choices(items: Iterable[str]) -> str:
    """Join choices as a sentence does: `a or b`."""
    parts = [item for item in items if item]
    if len(parts) < 2:
        return parts[0] if parts else ""
    form = _("{items} or {last}")
    if _LIKE_OR.match(parts[-1]):
        # Translators: Spanish says "u" here instead of "o"; other languages say the same as without the context.
        form = _where_it_differs(form, pgettext("before o- or ho-", "{items} or {last}"))
    return _filled(form, parts)


def _filled(form: str, parts: Sequence[str]) -> str:
    """Fill a list's form; where a part is marked as being in another language, the whole is HTML."""
    if any(isinstance(part, Markup) for part in parts):
        return escape(form).format(items=Markup(", ").join(parts[:-1]), last=parts[-1])
    return form.format(items=", ".join(parts[:-1]), last=parts[-1])


def _where_it_differs(form: str, special: str) -> str:
    """Return the special form, unless the catalogue has none and the message came back in English."""
    return form if special in ("{items} and {last}", "{items} or {last}") else special


def in_country(name: str) -> str:
    """Return a country, named in English, as it stands behind `in` in the language of the interface.

    >>> in_country("United States")
    'the United States'
    """
    if not is_english():
        return country_name(name)
    return f"the {name}" if name in _WITH_ARTICLE else name


def link_parts(sentence: str) -> dict[str, str]:
    """Part a translated sentence at the `<a>` and `</a>` around the words that are a link.

    >>> link_parts("You can <a>look</a>.")
    {'before': 'You can ', 'text': 'look', 'after': '.'}
    """
    before, _start, rest = sentence.partition("<a>")
    text, _end, after = rest.partition("</a>")
    return {"before": before, "text": text, "after": after}


def capital(text: str) -> str:
    """Return a text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return a text as a sentence: a large first letter, and a stop unless it ends with one."""
    trimmed = text.strip()
    return capital(trimmed if trimmed.endswith((".", "!", "?", "…")) else f"{trimmed}.") if trimmed else ""


def fold(items: Sequence[Item], keep: int = PLUS_SHOWN) -> tuple[list[Item], list[Item]]:
    """Part a list into what is shown and what is folded away; a single item is never folded away."""
    shown, _summary = shown_and_more(len(items), keep)
    return list(items[:shown]), list(items[shown:])


def people(count: int) -> str:
    """Say a count of people.

    >>> people(1)
    '1 person'
    """
    return amount(count, "{count} person", "{count} people")
