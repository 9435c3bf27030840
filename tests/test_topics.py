from __future__ import annotations

import pytest
from made_up_cards import agency, drugs, made_up_card

from trialpages.model.editorial import ConditionFile, SponsorFile, TreatmentFile
from trialpages.model.trial import Intervention, Official
from trialpages.site.names import fold_name, fold_person
from trialpages.site.topics import condition_topics, sponsor_topics, treatment_topics


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("M.D. Anderson Cancer Center", "MD  Anderson cancer center", True),
        ("Acute-Lymphoblastic Leukemia", "acute lymphoblastic leukemia", True),
        ("Crohn's Disease", "Crohn’s disease", True),
        ("Hospital, Brest", "Hospital Brest", True),
        ("HER2+ Cancer", "HER2- Cancer", False),
        ("Type 1.5", "Type 15", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert (fold_name(one) == fold_name(other)) is same


@pytest.mark.parametrize(
    "name", ["Ada Example, MD, PhD", "Dr. Ada Example", "Ada Example M.D.", "ADA EXAMPLE"]
)
def test_academic_titles_do_not_matter(name: str) -> None:
    assert fold_person(name) == "ada example"


def test_spellings_are_merged_and_the_most_frequent_one_is_the_name() -> None:
    cards = [
        made_up_card(1, conditions=("asthma", "Asthma")),
        made_up_card(2, conditions=("Asthma",)),
        made_up_card(3, conditions=("Dry  cough",)),
    ]
    topics = condition_topics(cards, ())
    found = [(each.slug, each.name, each.trial_ids) for each in topics.topics]
    assert found == [
        ("asthma", "Asthma", ("NCT00000001", "NCT00000002")),
        ("dry-cough", "Dry  cough", ("NCT00000003",)),
    ]
    assert topics.named("ASTHMA") is topics.by_slug["asthma"]
    assert topics.named("Gout") is None


LONG = "A made-up illness of the body with a name that nobody would say in one breath"


@pytest.mark.parametrize(("usual", "other"), [("A.L.L.", "ALL"), (LONG, LONG.upper())])
def test_an_address_stays_when_another_spelling_becomes_the_most_frequent(usual: str, other: str) -> None:
    before = condition_topics([made_up_card(1, conditions=(usual,))], ()).topics
    cards = [made_up_card(number, conditions=(name,)) for number, name in enumerate((usual, other, other), 1)]
    after = condition_topics(cards, ()).topics
    assert [topic.url for topic in before] == [topic.url for topic in after]
    assert before[0].name != after[0].name


def test_a_file_brings_its_names_and_the_wider_condition() -> None:
    files = (
        ConditionFile(slug="leukemia", name="Leukemia"),
        ConditionFile(slug="all", name="Acute leukemia", other_names=("ALL",), parent="leukemia"),
        ConditionFile(slug="unused", name="Unused"),
    )
    cards = [made_up_card(1, conditions=("ALL",)), made_up_card(2, conditions=("leukemia", "ALL"))]
    topics = condition_topics(cards, files)
    assert topics.by_slug["all"].trial_ids == ("NCT00000001", "NCT00000002")
    assert topics.by_slug["leukemia"].trial_ids == ("NCT00000001", "NCT00000002")
    assert topics.by_slug["unused"].trial_ids == ()
    assert topics.by_slug["all"].spellings == ("ALL",)


def test_parents_in_a_circle_end() -> None:
    files = (
        ConditionFile(slug="a", name="A", parent="b"),
        ConditionFile(slug="b", name="B", parent="a"),
    )
    topics = condition_topics([made_up_card(1, conditions=("A",))], files)
    assert [each.trial_ids for each in topics.topics] == [("NCT00000001",), ("NCT00000001",)]


def test_treatments_leave_out_placebos_tests_and_doses() -> None:
    interventions = (
        *drugs("metformin 500 mg", "Placebo", "Sham feeding"),
        *drugs("Blood draw", kind="DIAGNOSTIC_TEST"),
        *drugs("Questionnaire", kind="OTHER"),
        *drugs("Yoga", kind="BEHAVIORAL"),
    )
    cards = [made_up_card(1, interventions=interventions), made_up_card(2, interventions=drugs("Metformin"))]
    topics = treatment_topics(cards, ())
    assert [(each.name, each.trial_ids) for each in topics.topics] == [
        ("Metformin", ("NCT00000001", "NCT00000002")),
        ("Yoga", ("NCT00000001",)),
    ]


def test_a_treatment_file_wins_by_slug_and_by_alias() -> None:
    file = TreatmentFile(slug="examplumab", name="Examplumab", other_names=("EX-1", "Questionnaire"))
    cards = [
        made_up_card(1, interventions=(Intervention(name="Something", type="DRUG", treatment="examplumab"),)),
        made_up_card(2, interventions=drugs("ex 1")),
        made_up_card(3, interventions=drugs("Questionnaire", kind="OTHER")),
        made_up_card(4, treatments=("examplumab",)),
    ]
    topics = treatment_topics(cards, (file,))
    assert [each.slug for each in topics.topics] == ["examplumab"]
    assert len(topics.topics[0].trial_ids) == 4


def test_sponsors_gather_both_roles_and_persons_only_with_a_file() -> None:
    person = SponsorFile(slug="ada-example", name="Ada Example", kind="person")
    cards = [
        made_up_card(1, lead_sponsor=agency("M.D. Example Center"), collaborators=(agency("Helper"),)),
        made_up_card(
            2,
            lead_sponsor=agency("Helper"),
            collaborators=(agency("MD Example Center"), agency("Helper")),
            overall_officials=(Official(name="Ada Example, MD"), Official(name="Bob Example")),
        ),
    ]
    topics = sponsor_topics(cards, (person,))
    assert {each.slug: each.trial_ids for each in topics.topics} == {
        "ada-example": ("NCT00000002",),
        "helper": ("NCT00000001", "NCT00000002"),
        "md-example-center": ("NCT00000001", "NCT00000002"),
    }
    assert topics.person("Dr. Ada Example") is topics.by_slug["ada-example"]
    assert topics.named("Ada Example") is None


def test_letter_case_of_the_first_word_is_kept_where_it_means_something() -> None:
    cards = [made_up_card(1, interventions=drugs("mRNA vaccine", "tadalafil"))]
    assert [each.name for each in treatment_topics(cards, ()).topics] == ["mRNA vaccine", "Tadalafil"]
