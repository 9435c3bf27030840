"""Places left: the study team's own count, or an estimate that says how it was made."""

from __future__ import annotations

from trialpages.model.dates import show_date
from trialpages.model.trial import Trial
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import counted, number
from trialpages.site.context import TimeFacts


def spots_view(trial: Trial, time: TimeFacts) -> View | None:
    """Return the places left; nothing when they cannot be stated honestly."""
    if time.spots_left is None:
        return None
    if time.spots_left_is_editorial:
        return _counted(trial, time.spots_left, time.spots_left_until or "")
    return _estimated(trial, time, time.spots_left)


def _counted(trial: Trial, left: int, until: str) -> View:
    stated = trial.spots_left
    text = f"{counted(left, 'open place')}."
    if stated and stated.as_of:
        text += f" Counted on {show_date(stated.as_of)}"
        text += f" by {stated.source}." if stated.source else "."
    return section("spots-left", text=text, method="", until=until)


def _estimated(trial: Trial, time: TimeFacts, left: int) -> View:
    text = f"Estimate: about {counted(left, 'place')} of {number(trial.enrollment.count) if trial.enrollment else ''}."
    if time.today:
        text = f"{text} Made on {show_date(time.today)}."
    start = show_date(trial.start_date.date) if trial.start_date else ""
    end = show_date(trial.primary_completion_date.date) if trial.primary_completion_date else ""
    planned = number(trial.enrollment.count) if trial.enrollment else ""
    method = (
        f"The team plans for {planned} people from {start} to {end}. We assume that people join at an even pace, "
        "and take the share of that time that is left. The true number can be quite different. Only the study "
        "team knows it."
    )
    return section("spots-left", text=text, method=method, until=time.spots_left_until or "")
