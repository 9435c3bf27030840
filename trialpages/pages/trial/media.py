"""The media library: the page's figures in one place, each with a text that says what it shows."""

from __future__ import annotations

from trialpages.model.trial import Trial
from trialpages.pages.trial.figures import eligibility_figure, groups_figure
from trialpages.pages.trial.section import View, section


def media_view(trial: Trial, eligibility: View | None, side_effects: View | None) -> View | None:
    """Return the figures that the facts allow; nothing when there are none."""
    rules = eligibility["count"] if eligibility else 0
    figures = [
        eligibility_figure(trial, rules if isinstance(rules, int) else 0),
        groups_figure(trial),
        side_effects["figure"] if side_effects else None,
    ]
    drawn = [figure for figure in figures if figure]
    return section("media", figures=drawn) if drawn else None
