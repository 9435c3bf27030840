"""Wording: how numbers, lists, counts and statuses are put into the words of a page.

Every function returns plain text. Numbers are written for readers of English; an unknown number has
no words here, so that no page can say zero where nobody counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from trialpages.model.labels import PLUS_SHOWN, StatusLook, shown_and_more, status_look
from trialpages.words.language import _, number

Item = TypeVar("Item")

_IRREGULAR = {
    "person": "people",
    "country": "countries",
    "study": "studies",
    "city": "cities",
    "is": "are",
    "has": "have",
}

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
"""Countries, as the registry spells them, that take `the`."""


def status_mark(status: StatusLook | str | None) -> dict[str, str]:
    """Return a status, given as its label or its code, as a template sees it: `label`, `tone` and `shape`."""
    shown = status if isinstance(status, StatusLook) else status_look(status)
    return {"label": shown.label, "tone": shown.tone, "shape": shown.shape}


def plural(noun: str, count: int) -> str:
    """Return the form of a noun that goes with a count."""
    if count == 1:
        return noun
    return _IRREGULAR.get(noun, f"{noun}s")


def counted(count: int, noun: str) -> str:
    """Say a count with its noun.

    >>> counted(1154, "place")
    '1,154 places'
    """
    return f"{number(count)} {plural(noun, count)}"


def joined(items: Iterable[str]) -> str:
    """Join items as a sentence does: `a`, `a and b`, `a, b and c`."""
    parts = [item for item in items if item]
    if len(parts) < 2:
        return "".join(parts)
    return _("{items} and {last}").format(items=", ".join(parts[:-1]), last=parts[-1])


def joined_choices(items: Iterable[str]) -> str:
    """Join choices as a sentence does: `a or b`."""
    parts = [item for item in items if item]
    if len(parts) < 2:
        return "".join(parts)
    return _("{items} or {last}").format(items=", ".join(parts[:-1]), last=parts[-1])


def in_country(name: str) -> str:
    """Return a country's name as it stands behind `in`.

    >>> in_country("United States")
    'the United States'
    """
    return f"the {name}" if name in _WITH_ARTICLE else name


def capital(text: str) -> str:
    """Return a text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return a text as a sentence: a large first letter, and a stop unless it ends with one."""
    trimmed = text.strip()
    return capital(trimmed if trimmed.endswith((".", "!", "?", "…")) else f"{trimmed}.") if trimmed else ""


def fold(items: Sequence[Item], keep: int = PLUS_SHOWN) -> tuple[list[Item], list[Item]]:
    """Part a list into what is shown and what is folded away; a single item is never folded away."""
    shown, _ = shown_and_more(len(items), keep)
    return list(items[:shown]), list(items[shown:])


def lower_first(text: str) -> str:
    """Return a text with a small first letter, unless its first word is written in capitals or holds a digit."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    keep = any(character.isupper() or character.isdigit() for character in first[1:])
    return text if keep else text[:1].lower() + text[1:]


def people(count: int) -> str:
    """Say a count of people.

    >>> people(1)
    '1 person'
    """
    return counted(count, "person")
