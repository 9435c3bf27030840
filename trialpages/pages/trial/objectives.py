"""Objectives: what the study measures, primary, secondary and other, with the time of each."""

from __future__ import annotations

from collections.abc import Sequence

from trialpages.model.trial import Outcome, Trial
from trialpages.pages.markup import registry_html
from trialpages.pages.trial.registry_page import record_lang
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import fold
from trialpages.words.language import N_, _, amount

_KINDS = (
    ("primary_outcomes", N_("Main measures")),
    ("secondary_outcomes", N_("Further measures")),
    ("other_outcomes", N_("Other measures")),
)


def objectives_view(trial: Trial) -> View | None:
    """Return the measures of the study by kind, three of each open; nothing when none are known."""
    parts = [_part(_(heading), name, trial) for name, heading in _KINDS if getattr(trial, name)]
    if not parts:
        return None
    text = _(
        "These are the questions that the study tries to answer. The main measures decide what it finds."
    )
    return section("objectives", text=text, parts=parts)


def _part(heading: str, field: str, trial: Trial) -> View:
    outcomes: Sequence[Outcome] = getattr(trial, field)
    shown, rest = fold([_outcome(outcome) for outcome in outcomes])
    return {
        "heading": heading,
        "lang": record_lang(trial, field),
        "shown": shown,
        "rest": rest,
        "summary": amount(len(rest), "+{count} more measure", "+{count} more measures"),
    }


def _outcome(outcome: Outcome) -> View:
    measure = outcome.measure
    return {
        "plain": outcome.plain or "",
        "measure": measure,
        "time_frame": outcome.time_frame or "",
        "description": registry_html(outcome.description) if outcome.description else "",
    }
