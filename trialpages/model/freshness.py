"""How far facts can be trusted to be today's: ages of the copy, of the status and of the review.

The day of the build is an argument. `assets/js/freshness.js` applies the same rules to the reader's own
day; `tests/vectors/freshness.json` holds both to the same answers.
"""

from __future__ import annotations

import calendar
from datetime import date

from trialpages.model.card import Card
from trialpages.model.dates import earliest_day, latest_day
from trialpages.model.trial import Trial
from trialpages.words.fields import record
from trialpages.words.language import N_

FRESH = "fresh"
AMBER = "amber"
RED = "red"

AMBER_COPY_DAYS = 30
RED_COPY_DAYS = 180
STALE_STATUS_MONTHS = 6

LASTING_STATUSES = frozenset(
    {"COMPLETED", "TERMINATED", "WITHDRAWN", "NO_LONGER_AVAILABLE", "APPROVED_FOR_MARKETING"}
)
"""Statuses that trials do not leave, so that an old copy of them is still true."""


@record
class Freshness:
    """How fresh a status is and why: `level` is `fresh`, `amber` or `red`; reasons go worst first."""

    level: str
    reasons: tuple[str, ...]
    """Of `end_passed`, `copy_very_old`, `not_confirmed` and `copy_old`."""


REASONS = {
    "end_passed": N_(
        "The record says that the trial is looking for people, but the day when it was to end has passed."
    ),
    "copy_very_old": N_("Our facts about this trial are more than half a year old."),
    "not_confirmed": N_("The study team has not confirmed for more than six months that the trial is open."),
    "copy_old": N_("Our facts about this trial are more than a month old."),
}
"""Why a status may be old, worst first; whoever shows a reason translates it."""
_LEVELS = {"end_passed": RED, "copy_very_old": RED, "not_confirmed": AMBER, "copy_old": AMBER}


def freshness(
    *,
    overall_status: str | None,
    status_verified_date: str | None,
    retrieved: str | None,
    completion_date: str | None,
    today: date,
    amber_copy_days: int = AMBER_COPY_DAYS,
) -> Freshness:
    """Return how fresh a trial's status is. Dates are days or months; a missing date gives no reason."""
    recruiting = overall_status == "RECRUITING"
    copied = latest_day(retrieved)
    age = (today - copied).days if copied else 0
    ended = latest_day(completion_date)
    confirmed = earliest_day(status_verified_date)
    holds = {
        "end_passed": recruiting and ended is not None and ended < today,
        "copy_very_old": age > RED_COPY_DAYS,
        "not_confirmed": recruiting and confirmed is not None and not is_recent(status_verified_date, today),
        "copy_old": amber_copy_days < age <= RED_COPY_DAYS,
    }
    reasons = tuple(reason for reason in REASONS if holds[reason])
    return Freshness(level=_LEVELS[reasons[0]] if reasons else FRESH, reasons=reasons)


def is_recent(status_verified_date: str | None, today: date) -> bool:
    """Say whether a status was confirmed within the last six months; a month counts from its first day."""
    last = recent_until(status_verified_date)
    return last is not None and last >= today


def recent_until(status_verified_date: str | None) -> date | None:
    """Return the last day on which a confirmed status is recent; nothing for a status without a date."""
    verified = earliest_day(status_verified_date)
    return verified and _months_later(verified, STALE_STATUS_MONTHS)


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def dates_that_age(trial: Trial | Card) -> dict[str, str]:
    """Return the dates by which a status can be found to be old, by name; a lasting status has none."""
    dates = {}
    if trial.overall_status not in LASTING_STATUSES and trial.retrieved:
        dates["retrieved"] = trial.retrieved
    if trial.overall_status == "RECRUITING":
        completion = trial.completion_date or trial.primary_completion_date
        if trial.status_verified_date:
            dates["verified"] = trial.status_verified_date
        if completion:
            dates["primary_completion"] = completion.date
    return dates
