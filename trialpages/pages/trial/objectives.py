"""Objectives: what the study measures, primary, secondary and other, with the time of each."""

from __future__ import annotations

from collections.abc import Sequence

from trialpages.model.trial import Outcome, Trial
from trialpages.pages.markup import registry_html
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import fold

_KINDS = (
    ("primary_outcomes", "Main measures", "Primary study objectives"),
    ("secondary_outcomes", "Further measures", "Secondary study objectives"),
    ("other_outcomes", "Other measures", "Other study objectives"),
)


def objectives_view(trial: Trial) -> View | None:
    """Return the measures of the study by kind, three of each open; nothing when none are known."""
    parts = [
        _part(heading, formal, getattr(trial, name))
        for name, heading, formal in _KINDS
        if getattr(trial, name)
    ]
    if not parts:
        return None
    text = "These are the questions that the study tries to answer. The main measures decide what it finds."
    return section("objectives", text=text, parts=parts)


def _part(heading: str, formal: str, outcomes: Sequence[Outcome]) -> View:
    shown, rest = fold([_outcome(outcome) for outcome in outcomes])
    return {
        "heading": heading,
        "formal": formal,
        "shown": shown,
        "rest": rest,
        "summary": f"+{len(rest)} more",
    }


def _outcome(outcome: Outcome) -> View:
    measure = outcome.measure
    return {
        "name": outcome.plain or measure,
        "registered": measure if outcome.plain else "",
        "time_frame": outcome.time_frame or "",
        "description": registry_html(outcome.description) if outcome.description else "",
    }
