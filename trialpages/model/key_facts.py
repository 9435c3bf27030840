"""Key facts: short true statements that follow from the record by rule, and the editors' with a source.

A rule speaks only when the record leaves no doubt. When a group's treatment is not stated, the rule
about it is silent: a missing fact is a smaller fault than a wrong promise about placebo.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialpages.model.names import is_placebo
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
    "no_placebo_only_group": "No placebo-only group",
    "placebo_group": "Some people get only a placebo",
    "everyone_gets_study_treatment": "Everyone gets a study treatment",
    "chance_decides": "Chance decides who joins which group",
    "open_label": "You and the doctors know which treatment you get",
    "healthy_volunteers": "Healthy people can take part",
    "children": "Children can take part",
    "older_adults": "People of 65 and older can take part",
    "results_available": "Results are posted",
}


def key_facts(trial: Trial, finished_phase_3: Sequence[str] = ()) -> tuple[KeyFact, ...]:
    """Return the facts that hold for a trial, those by rule first, then the editors'.

    `finished_phase_3` names treatments of this trial that have a finished phase 3 trial in the corpus.
    """
    holds = {
        "no_placebo_only_group": has_no_placebo_only_group(trial),
        "placebo_group": any(
            arm.type == "PLACEBO_COMPARATOR" and _is_placebo_only(arm, trial) for arm in trial.arm_groups
        ),
        "everyone_gets_study_treatment": everyone_gets_study_treatment(trial),
        "chance_decides": trial.allocation == "RANDOMIZED" and len(trial.arm_groups) > 1,
        "open_label": trial.masking == "NONE" and trial.study_type == "INTERVENTIONAL",
        "healthy_volunteers": trial.healthy_volunteers is True,
        "children": "CHILD" in trial.standard_ages,
        "older_adults": "OLDER_ADULT" in trial.standard_ages,
        "results_available": trial.has_results is True,
    }
    facts = [KeyFact(code=code, text=text, source="registry") for code, text in _RULES.items() if holds[code]]
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
