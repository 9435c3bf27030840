"""The timeline: how long taking part lasts, the visits, the trial's own dates and how far it is."""

from __future__ import annotations

from trialpages.model.dates import show_date
from trialpages.model.editorial import Visit
from trialpages.model.timeline import StageView, stages, total_days
from trialpages.model.trial import Trial, TrialDate
from trialpages.pages.trial.figures import timeline_figure
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import capital, counted, joined
from trialpages.site.context import TimeFacts

MINUTES_PER_HOUR = 60


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
        visits=[_visit(visit) for visit in visits],
        visits_caption="Visits that we know of",
        dates=dates,
        progress=_progress(trial, time),
    )


def _notes(trial: Trial, shown: tuple[StageView, ...]) -> list[str]:
    notes = []
    if any(stage.typical for stage in shown):
        own = (
            "This trial’s record does not state them."
            if trial.has_registry_record
            else "We found no statement of them for this trial."
        )
        notes.append(f"“Typical” lengths are usual for such trials. {own}")
    if any(stage.source == "registry" for stage in shown):
        notes.append("The length of follow-up comes from the time over which the main results are measured.")
    total = total_days(shown) if shown else None
    if total:
        low, high = total
        notes.append(f"In all: {_days(low, high)}.")
    return notes


def _days(low: int, high: int) -> str:
    if high < 60:
        return counted(high, "day") if low == high else f"{low} to {counted(high, 'day')}"
    months = tuple(max(1, int(days / 30.4375 + 0.5)) for days in (low, high))
    return (
        f"about {counted(months[1], 'month')}"
        if months[0] == months[1]
        else f"about {months[0]} to {counted(months[1], 'month')}"
    )


def _visit(visit: Visit) -> View:
    how_long = _minutes(visit.duration_minutes) if visit.duration_minutes else "Not stated"
    if visit.overnight:
        how_long = "Overnight" if not visit.duration_minutes else f"{how_long}, overnight"
    when = visit.when if visit.count == 1 else f"{visit.when} ({visit.count} times)"
    return {"when": when, "what": capital(joined(visit.what)), "how_long": how_long}


def _minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    parts = [counted(hours, "hour") if hours else "", counted(rest, "minute") if rest else ""]
    return joined(parts)


def _dates(trial: Trial) -> list[View]:
    rows = (
        ("Start", trial.start_date),
        ("Main results measured by", trial.primary_completion_date),
        ("Last visit of the last person", trial.completion_date),
    )
    return [{"name": name, "text": date_text(date)} for name, date in rows if date]


def date_text(date: TrialDate) -> str:
    """Return a trial's date, marked when it is expected and has not been confirmed."""
    return f"{show_date(date.date)} (expected)" if date.type == "ESTIMATED" else show_date(date.date)


def _progress(trial: Trial, time: TimeFacts) -> View | None:
    if (
        time.progress_percent is None
        or trial.primary_completion_date is None
        or time.progress_percent in (0, 100)
    ):
        return None
    end = date_text(trial.primary_completion_date)
    text = f"About {time.progress_percent}% of the time from the start to {end} had passed when this page was made."
    return {"percent": time.progress_percent, "text": text}
