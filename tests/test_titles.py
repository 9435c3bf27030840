from __future__ import annotations

import pytest

from trialpages.model.titles import (
    experimental_interventions,
    first_sentence,
    joined_treatments,
    title,
    title_case,
)
from trialpages.model.trial import ArmGroup, Intervention, Trial

DRUG = Intervention(name="blinatumomab 15 mcg", type="BIOLOGICAL", arm_group_labels=("Treatment",))
LABORATORY = Intervention(name="Laboratory Biomarker Analysis", type="OTHER", arm_group_labels=("Treatment",))
CHEMOTHERAPY = Intervention(name="Chemotherapy", type="DRUG", arm_group_labels=("Treatment", "Control"))
PLACEBO = Intervention(name="Placebo", type="DRUG", arm_group_labels=("Control",))
TREATMENT = ArmGroup(label="Treatment", type="EXPERIMENTAL")
CONTROL = ArmGroup(label="Control", type="ACTIVE_COMPARATOR")


def test_title_is_what_is_tested_for_the_first_condition() -> None:
    trial = Trial(
        study_type="INTERVENTIONAL",
        conditions=("acute lymphoblastic leukemia", "Leukemia"),
        arm_groups=(TREATMENT,),
        interventions=(DRUG, LABORATORY),
    )
    assert title(trial) == "Blinatumomab for Acute Lymphoblastic Leukemia"


def test_title_leaves_out_what_the_comparison_group_gets_too() -> None:
    trial = Trial(arm_groups=(TREATMENT, CONTROL), interventions=(CHEMOTHERAPY, DRUG, PLACEBO))
    assert experimental_interventions(trial) == (DRUG,)


def test_same_things_in_both_groups_are_all_named() -> None:
    both = Intervention(name="Drug A", type="DRUG", arm_group_labels=("Treatment", "Control"))
    trial = Trial(arm_groups=(TREATMENT, CONTROL), interventions=(both, PLACEBO))
    assert experimental_interventions(trial) == (both,)


def test_editors_title_wins_and_the_registered_one_stands_in() -> None:
    assert title(Trial(title="Our words", brief_title="A Study")) == "Our words"
    assert title(Trial(brief_title="A Study", conditions=("asthma",))) == "A Study"
    assert title(Trial(trial_id="NCT00000001")) == "NCT00000001"


def test_observational_study_names_condition_and_registered_title() -> None:
    trial = Trial(study_type="OBSERVATIONAL", conditions=("asthma",), brief_title="A Made-up Cohort")
    assert title(trial) == "Asthma study: A Made-up Cohort"


def test_third_treatment_is_counted_and_spellings_of_one_are_one() -> None:
    assert joined_treatments(["Drug A 5 mg", "drug a 10 mg", "Drug B"]) == "Drug A + Drug B"
    assert joined_treatments(["Drug A", "Drug B", "Drug C"]) == "Drug A + Drug B and 1 more"
    assert joined_treatments(["mRNA-0000", "aspirin"]) == "mRNA-0000 + Aspirin"


@pytest.mark.parametrize(
    ("text", "cased"),
    [
        ("cancer of the bone marrow", "Cancer of the Bone Marrow"),
        ("HIV infections", "HIV Infections"),
        ("B-cell lymphoma", "B-cell Lymphoma"),
        ("(relapsed) myeloma", "(Relapsed) Myeloma"),
    ],
)
def test_title_case_keeps_capitals(text: str, cased: str) -> None:
    assert title_case(text) == cased


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("This is one. This is two.", "This is one."),
        ("Given with e.g. Drug A at 1.5 mg. Second.", "Given with e.g. Drug A at 1.5 mg."),
        (
            "A \\<5 % share of **bold** [linked](https://example.org) words\n\nMore.",
            "A <5 % share of bold linked words",
        ),
        ("* First point\n* Second", "First point Second"),
        ("word " * 100, "word " * 59 + "word…"),
        ("", ""),
        (None, ""),
    ],
)
def test_first_sentence_is_plain_and_short(text: str | None, sentence: str) -> None:
    assert first_sentence(text) == sentence
