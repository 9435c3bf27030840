"""A fact of the record that the editors state otherwise, in words: then the page changed, and not the trial."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from trialpages.model.ages import age_range_text
from trialpages.model.change import Change
from trialpages.model.changes_facts import AGES
from trialpages.model.dates import show_date
from trialpages.model.labels import label, status_label
from trialpages.pages.trial.figures import SEX
from trialpages.words.language import N_, _, number


def correction_words(change: Change) -> str:
    """Return what the editors changed on the page, in one sentence or three; nothing where no fact is theirs."""
    fact = _FACTS.get(change.field)
    if fact is None or change.kind in _NOTED:
        return ""
    text = _("We changed a fact on this page: {fact}.").format(fact=_(fact))
    shown = _SHOWN.get(change.field)
    if shown is None:
        return text
    values = _("Before: “{before}”. Now: “{after}”.").format(
        before=shown(change.before), after=shown(change.after)
    )
    return f"{text} {values}"


def age_range(text: str | None) -> str:
    """Return the ages of a change as readers know them."""
    lowest, _dots, highest = (text or "").partition(AGES)
    return age_range_text(lowest or None, highest or None) if text else _("any age")


def sex(code: str | None) -> str:
    """Return the sex of those who can join."""
    return label(SEX, code) or _("Not stated")


def _count(text: str | None) -> str:
    return number(int(text)) if text else _("Not stated")


def _day(text: str | None) -> str:
    return show_date(text) or _("Not stated")


_NOTED = frozenset({"override-added", "override-removed"})
"""Changes that tell of a correction themselves."""

_FACTS = {
    "overall_status": N_("status"),
    "last_known_status": N_("last known status"),
    "why_stopped": N_("why the trial stopped or paused"),
    "locations": N_("places"),
    "minimum_age": N_("ages of people who can join"),
    "sex": N_("who can join"),
    "healthy_volunteers": N_("whether healthy people can join"),
    "inclusion_criteria": N_("rules on who can join"),
    "exclusion_criteria": N_("rules on who can join"),
    "other_criteria": N_("rules on who can join"),
    "eligibility_criteria": N_("rules on who can join"),
    "arm_groups": N_("groups in the trial"),
    "interventions": N_("what the trial gives or does"),
    "enrollment": N_("number of people who take part"),
    "start_date": N_("start of the trial"),
    "primary_completion_date": N_("day by which the main results are measured"),
    "completion_date": N_("last visit of the last person"),
    "has_results": N_("results"),
    "adverse_events": N_("numbers of health problems"),
}
"""Facts of a record of which readers hear, by the field of the change."""

_SHOWN: Mapping[str, Callable[[str | None], str]] = {
    "overall_status": status_label,
    "last_known_status": status_label,
    "minimum_age": age_range,
    "sex": sex,
    "enrollment": _count,
    "start_date": _day,
    "primary_completion_date": _day,
    "completion_date": _day,
}
"""How the value of a fact is shown; what is not here has none, or too long a one."""
