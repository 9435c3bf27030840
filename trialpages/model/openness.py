"""Whether a trial takes new people, as its status says it, and so in which tense its rules are told.

A rule in the present tense reads as an invitation. Only a status that lets people in, now or soon,
may give one; a trial of which no status is known is told in the present tense and promises nothing.
"""

from __future__ import annotations

from trialpages.model.trial import Trial
from trialpages.words.language import _

TAKES_PEOPLE = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"})
_PAUSED = frozenset({"SUSPENDED", "TEMPORARILY_NOT_AVAILABLE"})
_NOT_SURE = frozenset({"UNKNOWN", "WITHHELD"})


def is_over(trial: Trial) -> bool:
    """Say whether a trial states a status in which nobody can join."""
    return trial.overall_status is not None and trial.overall_status not in TAKES_PEOPLE


def never_ran(trial: Trial) -> bool:
    """Say whether a trial was given up before anybody took part."""
    return trial.overall_status == "WITHDRAWN"


def rules_note(trial: Trial) -> str:
    """Return the sentences that go before the rules of a trial in which nobody can join; else nothing."""
    if not is_over(trial):
        return ""
    if never_ran(trial):
        return _("This trial never started. These were its rules.")
    if trial.overall_status in _PAUSED:
        return _("This trial takes no new people for now. These were its rules.")
    if trial.overall_status in _NOT_SURE:
        return _("We do not know whether this trial takes new people. These were its rules.")
    return _("This trial takes no new people. These were its rules.")
