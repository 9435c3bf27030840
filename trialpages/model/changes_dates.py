"""How the days of a trial changed: moved, stated for the first time, taken away, or no longer a plan.

A day in place of a month, or a month in place of a day that lies in it, is no change: only precision grew or shrank.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator

from trialpages.model.change import Change
from trialpages.model.dates import PartialDay, is_after, parse_date
from trialpages.model.trial import Trial, TrialDate

DATES = ("start_date", "primary_completion_date", "completion_date")


def date_changes(before: Trial, after: Trial) -> Iterator[Change]:
    """Yield what changed in the three dates of a trial, and a later day of its status."""
    for name in DATES:
        found = _change(name, getattr(before, name), getattr(after, name))
        if found:
            yield found
    was, now = before.status_verified_date, after.status_verified_date
    if is_after(now, was):
        yield Change(kind="status-confirmed", field="status_verified_date", before=was, after=now)


def months_between(before: str | None, after: str | None) -> int | None:
    """Return the whole months from one date to another; None unless both have a month.

    >>> months_between("2026-05-31", "2026-06-30"), months_between("2026-05-31", "2026-06-01")
    (1, 0)
    >>> months_between("2027-06", "2026-11-15")
    -7
    """
    first, second = parse_date(before), parse_date(after)
    if first is None or second is None or first.month is None or second.month is None:
        return None
    if is_after(before, after):
        return -_whole_months(second, first)
    return _whole_months(first, second)


def _whole_months(earlier: PartialDay, later: PartialDay) -> int:
    assert earlier.month
    assert later.month
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if earlier.day and later.day and later.day < earlier.day:
        is_last = later.day == calendar.monthrange(later.year, later.month)[1]
        months -= not is_last
    return months


def _change(name: str, before: TrialDate | None, after: TrialDate | None) -> Change | None:
    if before is None or after is None:
        if before is after:
            return None
        kind = "date-stated" if before is None else "date-removed"
        was, now = before.date if before else None, after.date if after else None
        return Change(kind=kind, field=name, before=was, after=now, matters_to_readers=True)
    was, now = before.date, after.date
    if is_after(now, was) or is_after(was, now):
        months = months_between(was, now)
        matters = months != 0
        return Change(
            kind="date-moved", field=name, before=was, after=now, months=months, matters_to_readers=matters
        )
    if before.type == "ESTIMATED" and after.type == "ACTUAL":
        return Change(kind="date-happened", field=name, before=was, after=now)
    return None
