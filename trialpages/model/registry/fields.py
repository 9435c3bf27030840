"""Reading a study record with suspicion: each value is taken only when it has the kind that is expected.

A missing key, `null` and blank text are all unknown. Any other value of a wrong kind is unknown too,
and its place and kind are noted as a fault. Plain text has its HTML entities resolved once; markup
stays as it is, because the reader of markup resolves them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from trialpages.model.dates import parse_date

Place = tuple[str | int, ...]
LARGEST_NUMBER = 2**53
"""Counts above this are slips; every real one is far below."""

AGE = re.compile(r"[0-9]{1,4} (?:Years?|Months?|Weeks?|Days?|Hours?|Minutes?)")
NCT_ID = re.compile(r"NCT[0-9]{8}")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
"""An entity with its semicolon: without one, `&copy=1` in an address is no entity."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that was left out: where it stands, and what is wrong with it."""

    place: Place
    what: str


Faults = list[Fault]


class Fields:
    """One object of the record, with its place and the list that collects faults."""

    __slots__ = ("_faults", "_place", "_values")

    def __init__(self, values: object, place: Place, faults: Faults) -> None:
        self._place = place
        self._faults = faults
        self._values: dict[object, object] = {}
        if isinstance(values, dict):
            self._values = values
        elif values is not None:
            self._refuse(None, values, "a group of fields")

    def __bool__(self) -> bool:
        return bool(self._values)

    def section(self, *keys: str) -> Fields:
        """Return the object under a path of keys; an absent one is empty."""
        found = self
        for key in keys:
            found = Fields(found._values.get(key), (*found._place, key), found._faults)
        return found

    def text(self, key: str) -> str | None:
        """Return plain text without surrounding white space and entities; blank text is unknown."""
        value = self.markup(key)
        return value if value is None else plain(value) or None

    def markup(self, key: str) -> str | None:
        """Return text whose markup is read later, without surrounding white space; blank text is unknown."""
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            return value.strip() or None
        self._refuse(key, value, "text")
        return None

    def code(self, key: str, known: Collection[str]) -> str | None:
        """Return one of the registry's own values; another one is unknown to us, so it is left out."""
        value = self.text(key)
        if value is None or value in known:
            return value
        self._refuse(key, value, "a value that the registry describes")
        return None

    def codes(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Return the texts of a list that are among the registry's own values."""
        found = self.texts(key)
        values = self._values.get(key)
        for index, value in enumerate(values if isinstance(values, list) else ()):
            if isinstance(value, str) and value.strip() and value.strip() not in known:
                self._refuse(key, value, "a value that the registry describes", index)
        return tuple(value for value in found if value in known)

    def name(self, key: str) -> str | None:
        """Return the text without which this object means nothing; its absence is noted."""
        return self._needed(key, self.text(key))

    def markup_name(self, key: str) -> str | None:
        """Return the markup without which this object means nothing; its absence is noted."""
        return self._needed(key, self.markup(key))

    def _needed(self, key: str, value: str | None) -> str | None:
        if value is None:
            self._faults.append(Fault(self._place, f"found no {key}"))
        return value

    def raw_text(self, key: str) -> str | None:
        """Return text exactly as it stands; blank text is unknown."""
        value = self._values.get(key)
        return value if isinstance(value, str) and value.strip() else self.markup(key)

    def form(self, key: str, pattern: re.Pattern[str], form: str) -> str | None:
        """Return text that fits the pattern as a whole."""
        value = self.text(key)
        if value is None or pattern.fullmatch(value):
            return value
        self._refuse(key, value, form)
        return None

    def age(self, key: str) -> str | None:
        """Return an age such as `18 Years`; `N/A` says that there is no limit."""
        return None if self._values.get(key) == "N/A" else self.form(key, AGE, "an age such as 18 Years")

    def date(self, key: str) -> str | None:
        """Return a day, a month or a year that the calendar has, as precise as recorded."""
        value = self.text(key)
        if value is None or parse_date(value) is not None:
            return value
        self._refuse(key, value, "a date such as 2026-11-23 or 2026-11")
        return None

    def day(self, key: str) -> str | None:
        """Return a full date."""
        value = self.date(key)
        if value is None or len(value) == len("2026-11-23"):
            return value
        self._refuse(key, value, "a full date such as 2026-11-23")
        return None

    def flag(self, key: str) -> bool | None:
        """Return true or false."""
        value = self._values.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._refuse(key, value, "true or false")
        return None

    def count(self, key: str) -> int | None:
        """Return a whole number from 0."""
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_NUMBER:
            return value
        self._refuse(key, value, "a whole number from 0")
        return None

    def number(self, key: str, lowest: float, highest: float) -> float | None:
        """Return a number within bounds, written as a number or as text (`"0.5"`, `"5%"`)."""
        value = self._values.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        found = _as_float(value)
        if found is not None and lowest <= found <= highest:
            return found
        self._refuse(key, value, f"a number from {lowest:g} to {highest:g}")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list, in its order."""
        found: list[str] = []
        for index, value in enumerate(self._list(key)):
            if isinstance(value, str):
                if value.strip():
                    found.append(plain(value.strip()))
            elif value is not None:
                self._refuse(key, value, "text", index)
        return tuple(found)

    def rows(self, key: str) -> Iterator[Fields]:
        """Yield the objects of a list, in its order."""
        for index, value in enumerate(self._list(key)):
            if isinstance(value, dict):
                yield Fields(value, (*self._place, key, index), self._faults)
            elif value is not None:
                self._refuse(key, value, "a group of fields", index)

    def true_keys(self, key: str) -> tuple[str, ...]:
        """Return the names of the switches that are on in the object under a key."""
        values = self.section(key)._values
        return tuple(
            sorted(name for name, value in values.items() if isinstance(name, str) and value is True)
        )

    def refuse(self, what: str) -> None:
        """Note that this whole object is left out, and why."""
        self._faults.append(Fault(self._place, what))

    def _list(self, key: str) -> list[object]:
        value = self._values.get(key)
        if isinstance(value, list):
            return value
        if value is not None:
            self._refuse(key, value, "a list")
        return []

    def _refuse(self, key: str | None, value: object, wanted: str, index: int | None = None) -> None:
        place = self._place if key is None else (*self._place, key)
        if index is not None:
            place = (*place, index)
        self._faults.append(Fault(place, f"found {kind_of(value)} instead of {wanted}"))


def plain(text: str) -> str:
    """Return a plain text with its entities resolved once.

    >>> plain("Children&#39;s Hospital"), plain("?a=1&copy=2&amp;b=3"), plain("&amp;lt;")
    ("Children's Hospital", '?a=1&copy=2&b=3', '&lt;')
    """
    return ENTITY.sub(lambda found: html.unescape(found[0]), text).strip() if "&" in text else text


def _as_float(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value.strip().removesuffix("%") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None


def kind_of(value: object) -> str:
    """Return what a value is, in words, with a short value itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'the text "{value}"' if len(value) <= 40 else f'the text "{value[:39]}…"'
    if isinstance(value, (int, float)):
        return (
            f"the number {value}"
            if isinstance(value, float) or abs(value) < LARGEST_NUMBER
            else "a huge number"
        )
    if isinstance(value, list):
        return "a list"
    return (
        "a group of fields"
        if isinstance(value, dict)
        else "nothing"
        if value is None
        else "another kind of value"
    )


def show_place(place: Place) -> str:
    """Return a place as it is written in descriptions of the registry: `a.b[0].c`."""
    shown = ""
    for step in place:
        shown += f"[{step}]" if isinstance(step, int) else f".{step}" if shown else step
    return shown
