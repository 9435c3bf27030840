"""Partial dates: a day, a month or a year, as precise as it was recorded and never more.

A month is not its first day: comparisons ask whether one date is certainly after another, and
formulas that need a day choose the earliest or the latest on purpose. No clock is read here.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from trialpages.words.language import is_english, show_day

FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A date whose day, or whose day and month, may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None


def parse_date(text: str | None) -> PartialDay | None:
    """Return the date in `2026-11-23`, `2026-11` or `2026`; None for anything else and for no such day."""
    match = FORM.fullmatch(text or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if month is not None and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return PartialDay(year, month, day)


def earliest_day(text: str | None) -> date | None:
    """Return the first day that a date can mean."""
    found = parse_date(text)
    return date(found.year, found.month or 1, found.day or 1) if found else None


def latest_day(text: str | None) -> date | None:
    """Return the last day that a date can mean."""
    found = parse_date(text)
    if found is None:
        return None
    month = found.month or 12
    return date(found.year, month, found.day or calendar.monthrange(found.year, month)[1])


def is_after(later: str | None, earlier: str | None) -> bool:
    """Return whether `later` is certainly after `earlier`; dates that may be equal are not."""
    first, last = earliest_day(later), latest_day(earlier)
    return first is not None and last is not None and first > last


def show_date(text: str | None) -> str:
    """Return `November 23, 2026`, `November 2026` or `2026`, as the language writes it; other text stays as it is."""
    found = parse_date(text)
    if found is None:
        return text or ""
    if found.month is None:
        return str(found.year)
    if not is_english():
        day = date(found.year, found.month, found.day or 1)
        return show_day(day, "day" if found.day else "month")
    return _in_english(found, MONTHS[found.month - 1])


def show_date_in_english(text: str | None) -> str:
    """Return a date as `show_date` does on an English site: for a sentence that is English on any site."""
    found = parse_date(text)
    if found is None or found.month is None:
        return text or ""
    return _in_english(found, MONTHS[found.month - 1])


def _in_english(found: PartialDay, month: str) -> str:
    return f"{month} {found.year}" if found.day is None else f"{month} {found.day}, {found.year}"
