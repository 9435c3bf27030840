"""Spots left: the study team's own count, or a guarded estimate by even accrual, or nothing.

The estimate is people planned times the share of the recruiting time that is left. It is given only
while every guard holds; when one fails there is no number, because a wrong one hurries people. The day
until which the guards hold goes with the number, so that a browser can take it down in time.
"""

from __future__ import annotations

from datetime import date, timedelta

from trialpages.model.dates import earliest_day, latest_day
from trialpages.model.editorial import SpotsLeft
from trialpages.model.freshness import RED_COPY_DAYS, recent_until
from trialpages.model.trial import Enrollment, TrialDate
from trialpages.words.fields import record

UNKNOWN_COUNT = 99999999
"""The registry's stand-in for an enrollment that nobody knows."""

EDITORIAL_DAYS = 30
"""Days for which the study team's own count is shown."""


@record
class OpenSpots:
    """Open places. `until` is the last day on which the number may be shown, as `2026-11-23`."""

    value: int
    until: str
    is_editorial: bool


def open_spots(
    *,
    overall_status: str | None,
    enrollment: Enrollment | None,
    start_date: TrialDate | None,
    primary_completion_date: TrialDate | None,
    status_verified_date: str | None,
    today: date,
    retrieved: str | None = None,
    editorial: SpotsLeft | None = None,
) -> OpenSpots | None:
    """Return the open places of a trial, or nothing when they cannot be stated honestly.

    The study team's own count wins and lasts 30 days. After that nothing is shown: an estimate that
    knows less must not replace a count.
    """
    if overall_status != "RECRUITING" or (editorial is not None and not editorial.show):
        return None
    if editorial is not None and editorial.value is not None:
        return _counted(editorial.value, editorial.as_of, today)
    if enrollment is None or enrollment.type != "ESTIMATED":
        return None
    start = earliest_day(start_date.date if start_date else None)
    end = latest_day(primary_completion_date.date if primary_completion_date else None)
    confirmed = recent_until(status_verified_date)
    if start is None or end is None or confirmed is None:
        return None
    copied = latest_day(retrieved)
    until = min(end, confirmed, copied + timedelta(days=RED_COPY_DAYS) if copied else end)
    left = estimate(enrollment.count, start, end, today) if today <= until else None
    return None if left is None else OpenSpots(value=left, until=until.isoformat(), is_editorial=False)


def _counted(value: int, as_of: str | None, today: date) -> OpenSpots | None:
    day = latest_day(as_of)
    if day is None or not day <= today <= day + timedelta(days=EDITORIAL_DAYS):
        return None
    return OpenSpots(value=value, until=(day + timedelta(days=EDITORIAL_DAYS)).isoformat(), is_editorial=True)


def estimate(planned: int, start: date, end: date, today: date) -> int | None:
    """Return the places left under even accrual, rounded up; nothing outside the time or when all or none are left."""
    if planned in (0, UNKNOWN_COUNT) or not start < today < end:
        return None
    left = -(-planned * (end - today).days // (end - start).days)
    return left if 0 < left < planned else None
