"""Key facts: short true statements that follow from the record by rule, and the editors' with a source.

A rule speaks only when the record leaves no doubt. When a group's treatment is not stated, the rule
about it is silent: a missing fact is a smaller fault than a wrong promise about placebo. No chance is
computed: that groups are of equal size is not in a record, so a ratio comes from the editors alone. Once
nobody can join, the facts are told in the past tense.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialpages.model.ages import age_range_text, bounds_years, parse_age
from trialpages.model.names import is_placebo
from trialpages.model.openness import is_over, never_ran
from trialpages.model.trial import ArmGroup, Trial
from trialpages.words.fields import record
from trialpages.words.language import N_, _

ADULT_YEARS = 18
OLDER_YEARS = 65
_OTHER_PURPOSES = frozenset(
    {"DIAGNOSTIC", "SCREENING", "HEALTH_SERVICES_RESEARCH", "BASIC_SCIENCE", "ECT", "OTHER"}
)
"""Purposes under which what people get in a study may be no treatment."""
_MORE_THAN_PLACEBO = re.compile(r"\b(?:and|plus|with|then|or)\b|[+/&,;]", re.IGNORECASE)
"""In the name of a placebo these may name something beside it."""
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
    "no_placebo_only_group": (N_("No placebo-only group"), N_("No placebo-only group")),
    "placebo_group": (N_("Some people get only a placebo"), N_("Some people got only a placebo")),
    "sham_group": (
        N_("Some people get only a sham (pretend) treatment"),
        N_("Some people got only a sham (pretend) treatment"),
    ),
    "no_treatment_group": (
        N_("One group gets no study treatment"),
        N_("One group got no study treatment"),
    ),
    "everyone_gets_study_treatment": (
        N_("Everyone gets a study treatment"),
        N_("Everyone got a study treatment"),
    ),
    "chance_decides": (
        N_("Chance decides who joins which group"),
        N_("Chance decided who joined which group"),
    ),
    "open_label": (
        N_("You and the doctors know which treatment you get"),
        N_("People and their doctors knew which treatment they got"),
    ),
    "masked": (
        N_("You do not know which treatment you get"),
        N_("People did not know which treatment they got"),
    ),
    "healthy_volunteers": (N_("Healthy people can take part"), N_("Healthy people could take part")),
    "children": (N_("Children can take part"), N_("Children could take part")),
    "some_children": (N_("Children aged {ages} can take part"), N_("Children aged {ages} could take part")),
    "older_adults": (
        N_("People of 65 and older can take part"),
        N_("People of 65 and older could take part"),
    ),
    "some_older_adults": (
        N_("People aged {ages} can take part"),
        N_("People aged {ages} could take part"),
    ),
    "results_available": (N_("Results are posted"), N_("Results are posted")),
}
"""Each fact while people can join, and once nobody can."""
_NEEDS_PEOPLE = frozenset(
    {
        "placebo_group",
        "sham_group",
        "no_treatment_group",
        "everyone_gets_study_treatment",
        "chance_decides",
        "open_label",
        "masked",
    }
)
"""Facts whose past tense says that something happened to people; a trial that never ran has none of these."""


def key_facts(trial: Trial, finished_phase_3: Sequence[str] = ()) -> tuple[KeyFact, ...]:
    """Return the facts that hold for a trial, those by rule first, then the editors'.

    `finished_phase_3` names treatments of this trial that have a finished phase 3 trial in the corpus.
    """
    holding = _holding(trial) - (_NEEDS_PEOPLE if never_ran(trial) else frozenset())
    ages = {**_ages_of_children(trial), **_ages_of_older_adults(trial)}
    facts = [
        KeyFact(code=code, text=_(texts[is_over(trial)]).format(ages=ages.get(code, "")), source="registry")
        for code, texts in _RULES.items()
        if code in holding or code in ages
    ]
    facts += [
        KeyFact(
            code="finished_phase_3",
            text=_("{treatment} has finished a phase 3 trial").format(treatment=name),
            source="registry",
        )
        for name in finished_phase_3
    ]
    facts += [
        KeyFact(code="note", text=note.text, source="editors", link=note.source) for note in trial.key_facts
    ]
    facts += [
        KeyFact(
            code="approval",
            text=_("{treatment}: {approval}").format(treatment=item.treatment, approval=item.text),
            source="editors",
            link=item.source,
        )
        for item in trial.approvals
    ]
    return tuple(facts)


def _holding(trial: Trial) -> frozenset[str]:
    """Return the codes of the rules that hold, those about ages apart."""
    is_interventional = trial.study_type == "INTERVENTIONAL"
    holds = {
        "no_placebo_only_group": has_no_placebo_only_group(trial),
        "placebo_group": has_group_with_only(trial, "PLACEBO_COMPARATOR"),
        "sham_group": has_group_with_only(trial, "SHAM_COMPARATOR"),
        "no_treatment_group": any(
            arm.type == "NO_INTERVENTION" and not _gets(arm, trial) for arm in trial.arm_groups
        ),
        "everyone_gets_study_treatment": everyone_gets_study_treatment(trial),
        "chance_decides": trial.allocation == "RANDOMIZED"
        and len(trial.arm_groups) > 1
        and trial.intervention_model != "CROSSOVER",
        "open_label": trial.masking == "NONE" and is_interventional,
        "masked": "PARTICIPANT" in trial.who_masked and len(trial.arm_groups) > 1 and is_interventional,
        "healthy_volunteers": trial.healthy_volunteers is True,
        "results_available": trial.has_results is True,
    }
    return frozenset(code for code, is_true in holds.items() if is_true)


def _ages_of_children(trial: Trial) -> dict[str, str]:
    """Return the code of the fact about children with the ages at which they can join; nothing when they cannot.

    A registry fills in its age groups when a record states no ages, so its own groups prove nothing.
    A highest age alone does not say that children can join unless it is a child's age.
    """
    lowest, highest = parse_age(trial.minimum_age), parse_age(trial.maximum_age)
    if lowest is None and highest is None:
        return {"children": ""} if "CHILD" in _ages_by_editors(trial) else {}
    first, last = bounds_years(trial.minimum_age, trial.maximum_age)
    if first >= ADULT_YEARS or (lowest is None and last > ADULT_YEARS):
        return {}
    oldest = trial.maximum_age if last <= ADULT_YEARS else f"{ADULT_YEARS - 1} Years"
    if first == 0 and last >= ADULT_YEARS:
        return {"children": ""}
    return {"some_children": age_range_text(trial.minimum_age if first else None, oldest)}


def _ages_of_older_adults(trial: Trial) -> dict[str, str]:
    """Return the code of the fact about people of 65 and over with the ages at which they can join."""
    lowest, highest = parse_age(trial.minimum_age), parse_age(trial.maximum_age)
    if lowest is None and highest is None:
        return {"older_adults": ""} if "OLDER_ADULT" in _ages_by_editors(trial) else {}
    first, last = bounds_years(trial.minimum_age, trial.maximum_age)
    if last == float("inf"):
        return {"older_adults": ""} if first <= OLDER_YEARS else {}
    if last <= OLDER_YEARS + 1 or first > OLDER_YEARS or highest is None or highest.unit != "year":
        return {}
    return {"some_older_adults": age_range_text(f"{OLDER_YEARS} Years", trial.maximum_age)}


def _ages_by_editors(trial: Trial) -> tuple[str, ...]:
    is_edited = not trial.has_registry_record or "standard_ages" in trial.edited_fields
    return trial.standard_ages if is_edited else ()


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


def has_group_with_only(trial: Trial, arm_type: str) -> bool:
    """Say whether all that a group of a type gets is a placebo or sham by name, from the first day to the last."""
    if trial.intervention_model == "CROSSOVER":
        return False
    return any(
        arm.type == arm_type
        and _gets(arm, trial)
        and all(is_placebo(name) and not _MORE_THAN_PLACEBO.search(name) for name in _gets(arm, trial))
        for arm in trial.arm_groups
    )


def everyone_gets_study_treatment(trial: Trial) -> bool:
    """Say whether every group is experimental, each gets a named treatment and no group gets a placebo."""
    if trial.study_type != "INTERVENTIONAL" or not trial.arm_groups:
        return False
    if trial.primary_purpose in _OTHER_PURPOSES:
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
