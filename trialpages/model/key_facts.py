"""Key facts: short true statements that follow from the record by rule, and the editors' with a source.

A rule speaks only when the record leaves no doubt. When a group's treatment is not stated, the rule
about it is silent: a missing fact is a smaller fault than a wrong promise about placebo. Once nobody can
join, the facts are told in the past tense.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialpages.model.ages import parse_age, standard_ages
from trialpages.model.names import is_placebo
from trialpages.model.openness import is_over, never_ran
from trialpages.model.trial import ArmGroup, Trial
from trialpages.words.fields import record

_PLACEBO_ARMS = frozenset({"PLACEBO_COMPARATOR", "SHAM_COMPARATOR"})


@record
class KeyFact:
    """A short statement; `code` names the rule and is `note` or `approval` for the editors' own."""

    code: str
    text: str
    source: str
    """`registry` or `editors`."""
    link: str | None = None


_RULES = {
    "no_placebo_only_group": ("No placebo-only group", "No placebo-only group"),
    "placebo_group": ("Some people get only a placebo", "Some people got only a placebo"),
    "everyone_gets_study_treatment": ("Everyone gets a study treatment", "Everyone got a study treatment"),
    "chance_decides": (
        "Chance decides who joins which group",
        "Chance decided who joined which group",
    ),
    "open_label": (
        "You and the doctors know which treatment you get",
        "People and their doctors knew which treatment they got",
    ),
    "healthy_volunteers": ("Healthy people can take part", "Healthy people could take part"),
    "children": ("Children can take part", "Children could take part"),
    "older_adults": (
        "People of 65 and older can take part",
        "People of 65 and older could take part",
    ),
    "results_available": ("Results are posted", "Results are posted"),
}
"""Each fact while people can join, and once nobody can."""
_NEEDS_PEOPLE = frozenset({"placebo_group", "everyone_gets_study_treatment", "chance_decides", "open_label"})
"""Facts whose past tense says that something happened to people; a trial that never ran has none of these."""


def key_facts(trial: Trial, finished_phase_3: Sequence[str] = ()) -> tuple[KeyFact, ...]:
    """Return the facts that hold for a trial, those by rule first, then the editors'.

    `finished_phase_3` names treatments of this trial that have a finished phase 3 trial in the corpus.
    """
    holding = _holding(trial) - (_NEEDS_PEOPLE if never_ran(trial) else frozenset())
    facts = [
        KeyFact(code=code, text=texts[is_over(trial)], source="registry")
        for code, texts in _RULES.items()
        if code in holding
    ]
    facts += [
        KeyFact(code="finished_phase_3", text=f"{name} has finished a phase 3 trial", source="registry")
        for name in finished_phase_3
    ]
    facts += [
        KeyFact(code="note", text=note.text, source="editors", link=note.source) for note in trial.key_facts
    ]
    facts += [
        KeyFact(code="approval", text=f"{item.treatment}: {item.text}", source="editors", link=item.source)
        for item in trial.approvals
    ]
    return tuple(facts)


def _holding(trial: Trial) -> frozenset[str]:
    """Return the codes of the rules that hold."""
    holds = {
        "no_placebo_only_group": has_no_placebo_only_group(trial),
        "placebo_group": any(
            arm.type == "PLACEBO_COMPARATOR" and _is_placebo_only(arm, trial) for arm in trial.arm_groups
        ),
        "everyone_gets_study_treatment": everyone_gets_study_treatment(trial),
        "chance_decides": trial.allocation == "RANDOMIZED" and len(trial.arm_groups) > 1,
        "open_label": trial.masking == "NONE" and trial.study_type == "INTERVENTIONAL",
        "healthy_volunteers": trial.healthy_volunteers is True,
        "children": "CHILD" in stated_ages(trial),
        "older_adults": "OLDER_ADULT" in stated_ages(trial),
        "results_available": trial.has_results is True,
    }
    return frozenset(code for code, is_true in holds.items() if is_true)


def stated_ages(trial: Trial) -> frozenset[str]:
    """Return the age groups that can join because someone stated an age, and not because nobody did.

    A registry fills in its age groups when a record states no ages, so its own groups prove nothing.
    A highest age alone does not say that children can join unless it is a child's age.
    """
    if trial.standard_ages and (not trial.has_registry_record or "standard_ages" in trial.edited_fields):
        return frozenset(trial.standard_ages)
    lowest, highest = parse_age(trial.minimum_age), parse_age(trial.maximum_age)
    if lowest is None and highest is None:
        return frozenset()
    ages = frozenset(standard_ages(trial.minimum_age, trial.maximum_age))
    return ages if lowest or "ADULT" not in ages else ages - {"CHILD"}


def has_no_placebo_only_group(trial: Trial) -> bool:
    """Say whether a treatment trial states what each group gets and in none of them that is only a placebo or sham."""
    if trial.study_type != "INTERVENTIONAL" or not trial.arm_groups:
        return False
    return not any(_may_be_placebo_only(arm, trial) for arm in trial.arm_groups)


def _may_be_placebo_only(arm: ArmGroup, trial: Trial) -> bool:
    if arm.type == "NO_INTERVENTION":
        return False
    return not _gets(arm, trial) or _is_placebo_only(arm, trial)


def _is_placebo_only(arm: ArmGroup, trial: Trial) -> bool:
    """Say whether all that a group gets is a placebo or sham, by name or because only such groups get it."""
    elsewhere = {
        name
        for other in trial.arm_groups
        if other.type not in _PLACEBO_ARMS and other.label != arm.label
        for name in _gets(other, trial)
    }
    stands_for_placebo = arm.type in _PLACEBO_ARMS
    return all(
        is_placebo(name) or (stands_for_placebo and name not in elsewhere) for name in _gets(arm, trial)
    ) and bool(stands_for_placebo or _gets(arm, trial))


def everyone_gets_study_treatment(trial: Trial) -> bool:
    """Say whether every group is experimental, each gets a named treatment and no group gets a placebo."""
    if trial.study_type != "INTERVENTIONAL" or not trial.arm_groups:
        return False
    return all(
        arm.type == "EXPERIMENTAL"
        and _gets(arm, trial)
        and not any(is_placebo(name) for name in (*_gets(arm, trial), arm.label))
        for arm in trial.arm_groups
    )


def _gets(arm: ArmGroup, trial: Trial) -> tuple[str, ...]:
    """Return the names of what a group gets, whichever side of the record says so."""
    by_item = (item.name for item in trial.interventions if arm.label in item.arm_group_labels)
    return tuple(dict.fromkeys((*arm.intervention_names, *by_item)))
