"""Places left: the study team's own count, or an estimate that says how it was made."""

from __future__ import annotations

from markupsafe import Markup, escape

from trialpages.model.dates import show_date
from trialpages.model.trial import Trial
from trialpages.pages.trial.marks import moment
from trialpages.pages.trial.section import View, section
from trialpages.site.context import TimeFacts
from trialpages.words.language import _, amount, number


def spots_view(trial: Trial, time: TimeFacts) -> View | None:
    """Return the places left; nothing when they cannot be stated honestly."""
    if time.spots_left is None:
        return None
    if time.spots_left_is_editorial:
        return _counted(trial, time.spots_left, time.spots_left_until or "")
    return _estimated(trial, time, time.spots_left)


def _counted(trial: Trial, left: int, until: str) -> View:
    stated = trial.spots_left
    text = escape(amount(left, "{count} open spot.", "{count} open spots."))
    if stated and stated.as_of:
        who = _("Counted on {day} by {source}.") if stated.source else _("Counted on {day}.")
        counted = escape(who).format(day=moment(stated.as_of), source=stated.source)
        text = Markup(" ").join((text, counted))
    return section("spots-left", text=text, method="", until=until)


def _estimated(trial: Trial, time: TimeFacts, left: int) -> View:
    planned = number(trial.enrollment.count) if trial.enrollment else ""
    text = escape(
        amount(
            left,
            "Estimate: about {count} spot of {planned}.",
            "Estimate: about {count} spots of {planned}.",
            planned=planned,
        )
    )
    if time.today:
        made = escape(_("Made on {day}.")).format(day=moment(time.today))
        text = Markup(" ").join((text, made))
    method = _(
        "The team plans for {planned} people from {start} to {end}. We assume that people join at an even pace, "
        "and take the share of that time that is left. The true number can be quite different. Only the study "
        "team knows it."
    ).format(
        planned=planned,
        start=show_date(trial.start_date.date) if trial.start_date else "",
        end=show_date(trial.primary_completion_date.date) if trial.primary_completion_date else "",
    )
    return section("spots-left", text=text, method=method, until=time.spots_left_until or "")
