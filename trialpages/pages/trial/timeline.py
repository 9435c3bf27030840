"""The timeline: how long taking part lasts, the visits, the trial's own dates and how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from trialpages.model.dates import earliest_day, latest_day, show_date
from trialpages.model.editorial import Visit
from trialpages.model.timeline import StageView, stages, total_days
from trialpages.model.trial import Trial, TrialDate
from trialpages.pages.trial.figures import timeline_figure
from trialpages.pages.trial.marks import moment
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import capital, joined
from trialpages.site.context import TimeFacts
from trialpages.words.language import _, amount, number

MINUTES_PER_HOUR = 60
DAYS_PER_MONTH = 30.4375
MONTHS_FROM_DAYS = 60
"""Days from which a length is told in months."""


def timeline_view(trial: Trial, time: TimeFacts) -> View | None:
    """Return the timeline; nothing when neither stages nor dates are known."""
    shown = stages(trial.timeline, trial.primary_outcomes)
    visits = trial.timeline.visits if trial.timeline else ()
    dates = _dates(trial)
    if not (shown or visits or dates):
        return None
    return section(
        "timeline",
        figure=timeline_figure(shown) if shown else None,
        notes=_notes(trial, shown),
        total=_total(shown),
        visits=[_visit(visit) for visit in visits],
        visits_caption=_("Visits that we know of"),
        visits_sum=visits_sum(visits),
        dates=dates,
        progress=_progress(trial, time),
    )


def _notes(trial: Trial, shown: tuple[StageView, ...]) -> list[str]:
    notes = []
    if any(stage.typical for stage in shown):
        notes.append(
            _("“Typical” lengths are usual for such trials. This trial’s record does not state them.")
            if trial.has_registry_record
            else _(
                "“Typical” lengths are usual for such trials. We found no statement of them for this trial."
            )
        )
    if any(stage.source == "registry" for stage in shown):
        notes.append(
            _("The length of follow-up comes from the time over which the main results are measured.")
        )
    return notes


def _total(shown: tuple[StageView, ...]) -> str:
    """Say how long all stages take together; nothing unless all are known."""
    total = total_days(shown) if shown else None
    if total is None:
        return ""
    low, high = total
    if low is None:
        return _("In all: up to {length}.").format(length=_days(high, high))
    return _("In all: {length}.").format(length=_days(low, high))


def _days(low: int, high: int) -> str:
    if high < MONTHS_FROM_DAYS:
        if low == high:
            return amount(high, "{count} day", "{count} days")
        return amount(high, "{low} to {count} day", "{low} to {count} days", low=number(low))
    first, last = (max(1, int(days / DAYS_PER_MONTH + 0.5)) for days in (low, high))
    if first == last:
        return amount(last, "about {count} month", "about {count} months")
    return amount(last, "about {low} to {count} month", "about {low} to {count} months", low=number(first))


def _visit(visit: Visit) -> View:
    how_long = _minutes(visit.duration_minutes) if visit.duration_minutes else _("Not stated")
    if visit.overnight:
        how_long = (
            _("{length}, overnight").format(length=how_long) if visit.duration_minutes else _("Overnight")
        )
    when = visit.when
    if visit.count > 1:
        when = amount(visit.count, "{when} ({count} time)", "{when} ({count} times)", when=when)
    return {"when": when, "what": capital(joined(visit.what)), "how_long": how_long}


def visits_sum(visits: Sequence[Visit]) -> str:
    """Say how many visits there are, how long they take when all lengths are known, and how many are overnight."""
    if not visits:
        return ""
    count = sum(visit.count for visit in visits)
    minutes = sum(visit.count * (visit.duration_minutes or 0) for visit in visits)
    if minutes and all(visit.duration_minutes for visit in visits):
        said = amount(
            count,
            "{count} visit that we know of, {length} in all.",
            "{count} visits that we know of, {length} in all.",
            length=_about(minutes),
        )
    else:
        said = amount(count, "{count} visit that we know of.", "{count} visits that we know of.")
    nights = sum(visit.count for visit in visits if visit.overnight)
    if nights:
        stays = amount(nights, "{count} is overnight.", "{count} are overnight.")
        said = f"{said} {stays}"
    return said


def _about(minutes: int) -> str:
    """Return a sum of minutes, in whole hours from two hours on."""
    if minutes < 2 * MINUTES_PER_HOUR:
        return amount(minutes, "about {count} minute", "about {count} minutes")
    hours = int(minutes / MINUTES_PER_HOUR + 0.5)
    return amount(hours, "about {count} hour", "about {count} hours")


def _minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    return joined(
        (
            amount(hours, "{count} hour", "{count} hours") if hours else "",
            amount(rest, "{count} minute", "{count} minutes") if rest else "",
        )
    )


def _dates(trial: Trial) -> list[View]:
    rows = (
        (_("Start"), trial.start_date),
        (_("Main results measured by"), trial.primary_completion_date),
        (_("Last visit of the last person"), trial.completion_date),
    )
    return [{"name": name, "text": _marked(date)} for name, date in rows if date]


def _marked(date: TrialDate) -> Markup:
    """Return a date that has come as one that the browser gives an age; an expected one has none yet."""
    return moment(date.date) if date.type == "ACTUAL" else escape(date_text(date))


def date_text(date: TrialDate) -> str:
    """Return a trial's date, marked when it is expected and has not been confirmed."""
    shown = show_date(date.date)
    return _("{date} (expected)").format(date=shown) if date.type == "ESTIMATED" else shown


def _progress(trial: Trial, time: TimeFacts) -> View | None:
    """Return how far the trial was on the day of the build, and what the browser needs to say it of its own day."""
    if (
        time.progress_percent is None
        or trial.start_date is None
        or trial.primary_completion_date is None
        or time.progress_percent in (0, 100)
    ):
        return None
    start, end = earliest_day(trial.start_date.date), latest_day(trial.primary_completion_date.date)
    until = date_text(trial.primary_completion_date)
    text = _("About {percent}% of the time from the start to {end} had passed when this page was made.")
    now = _("About {percent}% of the time from the start to {end} has passed.")
    return {
        "start": start.isoformat() if start else "",
        "end": end.isoformat() if end else "",
        "text": text.format(percent=time.progress_percent, end=until),
        "now": now.format(percent="{percent}", end=until),
    }
