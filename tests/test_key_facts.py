from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from trialpages.model.editorial import Approval, KeyFactNote
from trialpages.model.key_facts import everyone_gets_study_treatment, has_no_placebo_only_group, key_facts
from trialpages.model.trial import ArmGroup, Intervention, Trial


def arms(*groups: tuple[str | None, tuple[str, ...]]) -> Trial:
    """Made-up trial with groups of a type that get what is named."""
    return Trial(
        study_type="INTERVENTIONAL",
        arm_groups=tuple(
            ArmGroup(label=f"Group {index}", type=kind, intervention_names=names)
            for index, (kind, names) in enumerate(groups)
        ),
    )


@pytest.mark.parametrize(
    ("trial", "holds"),
    [
        (arms(("EXPERIMENTAL", ("Drug A",)), ("ACTIVE_COMPARATOR", ("Drug B",))), True),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("PLACEBO_COMPARATOR", ("Placebo",))), False),
        (arms(("EXPERIMENTAL", ("Drug A", "Chemo")), ("PLACEBO_COMPARATOR", ("Placebo", "Chemo"))), True),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("PLACEBO_COMPARATOR", ("Saline",))), False),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("SHAM_COMPARATOR", ())), False),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("OTHER", ("Sham stimulation",))), False),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("NO_INTERVENTION", ())), True),
        (arms(("EXPERIMENTAL", ())), False),
        (arms(), False),
    ],
)
def test_no_placebo_only_group_is_said_only_when_the_record_leaves_no_doubt(
    trial: Trial, holds: bool
) -> None:
    assert has_no_placebo_only_group(trial) is holds


def test_what_a_group_gets_may_stand_at_the_intervention() -> None:
    trial = Trial(
        study_type="INTERVENTIONAL",
        arm_groups=(ArmGroup(label="Only", type="EXPERIMENTAL"),),
        interventions=(Intervention(name="Drug A", arm_group_labels=("Only",)),),
    )
    assert has_no_placebo_only_group(trial)


@pytest.mark.parametrize(
    ("trial", "holds"),
    [
        (arms(("EXPERIMENTAL", ("Drug A",)), ("EXPERIMENTAL", ("Drug A", "Drug B"))), True),
        (arms(("EXPERIMENTAL", ("Drug A", "Chemo")), ("ACTIVE_COMPARATOR", ("Chemo",))), False),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("EXPERIMENTAL", ("Placebo", "Chemo"))), False),
        (arms(("EXPERIMENTAL", ())), False),
        (dataclasses.replace(arms(("EXPERIMENTAL", ("Scan A",))), primary_purpose="DIAGNOSTIC"), False),
    ],
)
def test_everyone_gets_study_treatment(trial: Trial, holds: bool) -> None:
    assert everyone_gets_study_treatment(trial) is holds


@pytest.mark.parametrize(
    ("trial", "said"),
    [
        (arms(("EXPERIMENTAL", ("Drug A",)), ("PLACEBO_COMPARATOR", ("Placebo",))), ["placebo_group"]),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("PLACEBO_COMPARATOR", ("Placebo", "Chemo"))), []),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("PLACEBO_COMPARATOR", ("Placebo plus chemo",))), []),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("PLACEBO_COMPARATOR", ())), []),
        (arms(("EXPERIMENTAL", ("Device",)), ("SHAM_COMPARATOR", ("Sham device",))), ["sham_group"]),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("NO_INTERVENTION", ())), ["no_treatment_group"]),
        (arms(("EXPERIMENTAL", ("Drug A",)), ("NO_INTERVENTION", ("Usual care",))), []),
    ],
)
def test_a_group_without_treatment_is_named_only_when_the_record_leaves_no_doubt(
    trial: Trial, said: list[str]
) -> None:
    about_groups = {"placebo_group", "sham_group", "no_treatment_group"}
    assert [fact.code for fact in key_facts(trial) if fact.code in about_groups] == said
    turns = dataclasses.replace(trial, intervention_model="CROSSOVER")
    assert not [fact for fact in key_facts(turns) if fact.code in ("placebo_group", "sham_group")]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"masking": "DOUBLE", "who_masked": ("PARTICIPANT", "INVESTIGATOR")}, ["masked"]),
        ({"masking": "SINGLE", "who_masked": ("OUTCOMES_ASSESSOR",)}, []),
        ({"masking": "NONE"}, ["open_label"]),
        ({"masking": None}, []),
        ({"allocation": "RANDOMIZED"}, ["chance_decides"]),
        ({"allocation": "RANDOMIZED", "intervention_model": "CROSSOVER"}, []),
        ({"allocation": "NON_RANDOMIZED"}, []),
    ],
)
def test_who_knows_and_what_decides(facts: dict[str, Any], said: list[str]) -> None:
    trial = dataclasses.replace(arms(("EXPERIMENTAL", ("Drug A",)), ("OTHER", ("Drug B",))), **facts)
    assert [fact.code for fact in key_facts(trial) if fact.code != "no_placebo_only_group"] == said


def test_facts_come_by_rule_then_from_the_editors() -> None:
    trial = Trial(
        study_type="INTERVENTIONAL",
        masking="NONE",
        healthy_volunteers=False,
        minimum_age="18 Years",
        has_results=True,
        key_facts=(KeyFactNote(text="Travel is paid", source="https://www.example.org/travel"),),
        approvals=(Approval(treatment="Drug A", text="approved", source="https://www.example.org/a"),),
    )
    facts = key_facts(trial, finished_phase_3=("Drug A",))
    assert [(fact.code, fact.source) for fact in facts] == [
        ("open_label", "registry"),
        ("older_adults", "registry"),
        ("results_available", "registry"),
        ("finished_phase_3", "registry"),
        ("note", "editors"),
        ("approval", "editors"),
    ]


def test_nothing_known_gives_no_fact() -> None:
    assert key_facts(Trial()) == ()


def ages(**facts: Any) -> list[str]:
    return [fact.text for fact in key_facts(Trial(has_registry_record=True, **facts))]


CHILDREN, OLDER = "Children can take part", "People of 65 and older can take part"
YOUNG = "Children aged 2 to 17 years {} take part"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"standard_ages": ("CHILD", "ADULT", "OLDER_ADULT")}, []),
        (
            {"minimum_age": "12 Years", "standard_ages": ("CHILD", "ADULT", "OLDER_ADULT")},
            ["Children aged 12 to 17 years can take part", OLDER],
        ),
        ({"minimum_age": "0 Years", "maximum_age": "40 Years"}, [CHILDREN]),
        (
            {"minimum_age": "6 Months", "maximum_age": "5 Years"},
            ["Children aged 6 months to 5 years can take part"],
        ),
        ({"minimum_age": "18 Years", "maximum_age": "64 Years"}, []),
        ({"minimum_age": "18 Years", "maximum_age": "65 Years"}, []),
        ({"minimum_age": "18 Years"}, [OLDER]),
        ({"minimum_age": "70 Years"}, []),
        ({"maximum_age": "17 Years"}, [CHILDREN]),
        ({"maximum_age": "18 Years"}, []),
        ({"maximum_age": "75 Years"}, ["People aged 65 to 75 years can take part"]),
        ({"standard_ages": ("CHILD",), "edited_fields": ("standard_ages",)}, [CHILDREN]),
    ],
)
def test_ages_are_said_only_when_someone_stated_them(facts: dict[str, Any], said: list[str]) -> None:
    assert ages(**facts) == said


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("RECRUITING", ["You and the doctors know which treatment you get", YOUNG.format("can")]),
        (None, ["You and the doctors know which treatment you get", YOUNG.format("can")]),
        (
            "COMPLETED",
            ["People and their doctors knew which treatment they got", YOUNG.format("could")],
        ),
        ("WITHDRAWN", [YOUNG.format("could")]),
    ],
)
def test_facts_of_a_trial_that_nobody_can_join_are_past(status: Any, said: list[str]) -> None:
    facts = ages(
        overall_status=status,
        study_type="INTERVENTIONAL",
        masking="NONE",
        minimum_age="2 Years",
        maximum_age="17 Years",
    )
    assert facts == said
