"""What the search index takes from one trial. Every trial here is made up."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from trialpages.model.summary import Block, Summary
from trialpages.model.trial import (
    Agency,
    ArmGroup,
    Criterion,
    Intervention,
    Location,
    MeshTerm,
    Outcome,
    SecondaryId,
    Trial,
)
from trialpages.search.document import SearchDocument, search_document
from trialpages.search.document_names import keywords_in, names_in, natural, treatment_name
from trialpages.search.document_texts import longest
from trialpages.search.headings import disease_groups, treatment_groups
from trialpages.search.numbered import arabic, joined, name_key, parted
from trialpages.search.short_forms import is_short_form, short_forms, stands_for
from trialpages.site.cards import card
from trialpages.words.language import Language, use


def made_up(**facts: Any) -> Trial:
    return Trial(**{"trial_id": "NCT00000001", "brief_title": "A made-up study", **facts})


def document(**facts: Any) -> SearchDocument:
    trial = made_up(**facts)
    return search_document(card(trial), trial)


def levels(**facts: Any) -> dict[str, int]:
    return dict(document(**facts).words)


def names(**facts: Any) -> dict[str, tuple[str, int]]:
    return {key: (label, level) for key, label, level in document(**facts).names}


def test_the_whole_document_of_a_small_trial() -> None:
    trial = Trial(
        trial_id="NCT00000001",
        brief_title="Aspirin for headaches",
        conditions=("Headache",),
        interventions=(Intervention(name="Aspirin 81 mg", type="DRUG", other_names=("ASA 1234",)),),
        overall_status="RECRUITING",
        study_type="INTERVENTIONAL",
        phases=("PHASE2",),
        sex="FEMALE",
        minimum_age="18 Months",
        last_update_post_date="2026-11-01",
        lead_sponsor=Agency(name="Made-up Clinic", agency_class="OTHER"),
        locations=(
            Location(
                city="Boston",
                state="Massachusetts",
                country="United States",
                latitude=42.358,
                longitude=-71.06,
            ),
        ),
    )
    found = search_document(card(trial), trial, who_for="From 18 months", where="Boston", phase="Phase 2")
    assert found == SearchDocument(
        trial_id="NCT00000001",
        words=(
            ("1234", 2),
            ("81", 3),
            ("asa", 2),
            ("asa1234", 2),
            ("aspirin", 4),
            ("boston", 1),
            ("clinic", 2),
            ("headach", 4),
            ("made", 2),
            ("madeup", 2),
            ("massachusett", 1),
            ("mg", 3),
            ("nct00000001", 3),
            ("stat", 1),
            ("united", 1),
            ("up", 2),
        ),
        texts=("aspirin headach", "aspirin 81 mg"),
        surfaces=("headache", "headaches", "massachusetts", "states"),
        names=(
            ("asa1234", "ASA 1234", 2),
            ("aspirin", "Aspirin", 3),
            ("boston", "Boston", 1),
            ("headach", "Headache", 3),
            ("made up clinic", "Made-up Clinic", 2),
            ("massachusett", "Massachusetts", 1),
            ("phas2", "Phase 2", 1),
            ("united stat", "United States", 1),
        ),
        links=(("other name", "aspirin", "asa1234"),),
        status="RECRUITING",
        study_type="INTERVENTIONAL",
        phases=("PHASE2",),
        sex="FEMALE",
        healthy_volunteers=False,
        has_results=False,
        no_placebo_only_group=False,
        sponsor_class="OTHER",
        minimum_age=1.5,
        maximum_age=None,
        updated="2026-11-01",
        places=(("Boston, Massachusetts", 42.36, -71.06),),
        card={
            "id": "NCT00000001",
            "title": "Aspirin for Headache",
            "status": "RECRUITING",
            "phase": "Phase 2",
            "who_for": "From 18 months",
            "where": "Boston",
            "updated": "2026-11-01",
        },
    )


def test_a_document_survives_being_remembered() -> None:
    found = document(conditions=("Heart Failure (HF)",), keywords=("β-blocker",))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=SearchDocument) == found


def test_a_trial_without_facts_has_a_document() -> None:
    found = document(brief_title="…")
    assert (found.words, found.names, found.links, found.places) == ((("nct00000001", 3),), (), (), ())
    assert found.card == {"id": "NCT00000001", "title": "…"}


def test_what_is_excluded_or_might_happen_is_not_found() -> None:
    found = levels(
        eligibility_criteria="No diabetes",
        exclusion_criteria=(Criterion(text="Asthma"),),
        primary_outcomes=(Outcome(measure="Death"),),
        detailed_description="Nausea is frequent.",
        summaries=(
            Summary(
                blocks=(
                    Block(kind="side_effects", heading="", markdown="Vomiting", line=1),
                    Block(kind="who", heading="", markdown="Nobody with gout", line=2),
                    Block(kind="what", heading="", markdown="A **mattress** is tested", line=3),
                )
            ),
        ),
    )
    assert "mattress" in found
    assert not {"diabet", "asthma", "death", "nausea", "vomiting", "gout"} & set(found)


def test_weights_of_fields_add_up_to_levels() -> None:
    found = levels(
        brief_title="Alpha one",
        official_title="Alpha beta trial",
        brief_summary="Gamma delta.\n\nAlpha epsilon.",
        conditions=("Alpha", "Zeta"),
        keywords=("Zeta", "Eta"),
        condition_meshes=(MeshTerm(id="D1", term="Zeta"),),
    )
    # A title and a condition; a condition, a keyword and a heading; a title alone; a keyword; the purpose; the rest.
    assert [found[word] for word in ("alpha", "zeta", "one", "eta", "gamma", "epsilon")] == [4, 3, 3, 2, 2, 1]


def test_texts_say_what_a_trial_is_about_each_once_and_not_beyond_a_comma() -> None:
    found = document(
        brief_title="Heart failure in type II diabetes, kidney disease (failure of it) and non-small cell cancer",
        official_title="HEART FAILURE",
        acronym="SOMENAME",
        conditions=("Type 2 Diabetes", "Stage III Gout"),
        keywords=("small cell", "chest; neck pain"),
        condition_meshes=(MeshTerm(id="D1", term="Failure, Hepatic, Chronic"),),
        brief_summary="Sleep and rest are studied. Blood pressure is only mentioned.",
        lead_sponsor=Agency(name="Institute of Skin Diseases"),
        interventions=(
            Intervention(name="Tai chi", type="OTHER", other_names=("Shadow boxing",)),
            Intervention(name="Placebo tablets", type="DRUG"),
            Intervention(name="Usual care", type="OTHER"),
        ),
    )
    assert found.texts == (
        "heart failur type2 diabet",
        "chronic hepatic failur",
        "nonsmall cell cancer",
        "sleep rest studied",
        "kidney diseas",
        "shadow boxing",
        "small cell",
        "stag3 gout",
        "neck pain",
        "tai chi",
    )


def test_each_of_many_conditions_says_less() -> None:
    many = names(conditions=tuple(f"Illness{number}x" for number in range(11)))
    assert many["illness0x"] == ("Illness0x", 3)
    assert many["illness5x"] == ("Illness5x", 2)


def test_a_treatment_that_is_compared_says_less_than_the_tested_one() -> None:
    facts = {
        "interventions": (
            Intervention(name="Newdrug", type="DRUG"),
            Intervention(name="Olddrug", type="DRUG"),
        ),
        "arm_groups": (
            ArmGroup(label="A", type="EXPERIMENTAL", intervention_names=("Newdrug",)),
            ArmGroup(label="B", type="ACTIVE_COMPARATOR", intervention_names=("Olddrug",)),
        ),
    }
    assert (levels(**facts)["newdrug"], levels(**facts)["olddrug"]) == (3, 2)


def test_placebo_dose_and_usual_care_are_no_names() -> None:
    facts = {
        "interventions": (
            Intervention(name="Metformin 500 mg tablets (Glucophage)", type="DRUG"),
            Intervention(name="Placebo tablets", type="DRUG", other_names=("Sugarpill",)),
            Intervention(name="Usual care", type="OTHER"),
        )
    }
    assert names(**facts) == {"metformin": ("Metformin", 3), "glucophag": ("Glucophage", 2)}
    found = levels(**facts)
    assert found["care"] == 1
    assert "placebo" not in found and "sugarpill" not in found


def test_numbers_of_the_trial_are_found_whole() -> None:
    found = levels(
        nct_id_aliases=("NCT00000002",),
        secondary_ids=(SecondaryId(id="2005-001234-12"),),
        org_study_id="AB-1234",
    )
    assert [found[term] for term in ("nct00000001", "nct00000002", "200500123412", "ab1234")] == [3, 3, 3, 3]
    assert found["001234"] == 2


def test_countries_are_found_in_the_language_of_the_site_too() -> None:
    place = Location(city="Wien", country="Austria")
    use(Language(code="de"))
    try:
        found = names(locations=(place,))
    finally:
        use(Language())
    assert found["osterreich"] == ("Österreich", 1)
    assert found["austria"] == ("Austria", 1)


def at(latitude: float | None, status: str | None = None, city: str = "Town") -> Location:
    return Location(city=city, country="France", status=status, latitude=latitude, longitude=2.0)


def test_open_places_count_where_there_are_any() -> None:
    some_open = (at(1.0, "COMPLETED"), at(2.001, "RECRUITING"), at(2.004, "RECRUITING"), at(3.0))
    assert document(overall_status="RECRUITING", locations=some_open).places == (("Town, France", 2.0, 2.0),)
    assert [place[1] for place in document(overall_status="COMPLETED", locations=some_open).places] == [
        1.0,
        2.0,
        3.0,
    ]


def test_an_open_place_without_a_position_is_not_replaced_by_a_closed_one() -> None:
    places = (at(None, "RECRUITING"), at(1.0, "COMPLETED"))
    assert document(overall_status="RECRUITING", locations=places).places == ()


def test_two_thousand_sites_in_one_city_are_one_place() -> None:
    found = document(locations=tuple(at(1.0) for _ in range(2000)))
    assert found.places == (("Town, France", 1.0, 2.0),)


def test_names_in_entries_of_lists() -> None:
    assert names_in("Heart Failure (HF); Atrial fibrillation") == (
        ("heart failur", "Heart Failure"),
        ("hf", "HF"),
        ("atrial fibrillation", "Atrial fibrillation"),
    )
    assert names_in("ID (iron deficiency)") == (("iron deficiency", "iron deficiency"), ("id", "ID"))
    assert names_in("Control group") == ()
    assert names_in("Hepatitis A") == ()  # The search drops the A, and `hepatitis` is wider.
    assert names_in("To find out whether one made-up device is better than another one") == ()
    assert [key for key, _ in keywords_in("gout, fever, pain")] == ["gout", "fever", "pain"]
    assert [key for key, _ in keywords_in("Hypertrophy, left")] == ["hypertrophy left"]


def test_a_text_within_another_is_left_out_by_whole_words() -> None:
    assert longest(["heart attack", "art attack", "a heart attack again", "heart"]) == (
        "heart attack again",
        "art attack",
    )


def test_names_of_treatments_lose_dose_and_brackets() -> None:
    assert treatment_name("Vardenafil (Levitra, BAY38-9456), 20 mg") == ("vardenafil", "Vardenafil")
    assert treatment_name("BAY 58-2667") == ("bay582667", "BAY 58-2667")
    assert treatment_name("Placebo (dextrose)") is None


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Leukemia, Myeloid, Acute", "Acute Myeloid Leukemia"),
        ("Made-up Company, Inc.", "Made-up Company, Inc."),
        ("Pregnancy, High Risk and Low Risk", "Pregnancy, High Risk and Low Risk"),
        ("Fever", "Fever"),
    ],
)
def test_names_that_catalogues_turn_around(label: str, said: str) -> None:
    assert natural(label) == said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Heart failure with preserved ejection fraction (HFpEF)",
            [("HFpEF", "Heart failure with preserved ejection fraction")],
        ),
        (
            "IIEF(International Index of Erectile Function)",
            [("IIEF", "International Index of Erectile Function")],
        ),
        (
            "ST-segment elevation myocardial infarction (STEMI)",
            [("STEMI", "ST-segment elevation myocardial infarction")],
        ),
        ("adolescents and young adults (AYA)", [("AYA", "adolescents and young adults")]),
        ("CRC (colorectal cancer)", []),
        ("Atrial fibrillation (paroxysmal)", []),
        ("Some words (AHF)", []),
        ("(HF)", []),
        ("", []),
    ],
)
def test_short_forms_that_a_text_explains(text: str, found: list[tuple[str, str]]) -> None:
    assert list(short_forms(text)) == found


def test_what_looks_like_a_short_form() -> None:
    assert [
        is_short_form(name) for name in ("ED", "cGVHD", "COVID-19", "Lipitor", "MabThera", "Ang II", "x", "")
    ] == [
        True,
        True,
        True,
        False,
        False,
        False,
        False,
        False,
    ]
    assert stands_for("AML", "acute myeloid leukemia") and not stands_for(
        "AML", "some acute myeloid leukemia"
    )


def test_numbers_belong_to_the_word_before_them() -> None:
    assert arabic("Type II diabetes, stage IV; an IV line") == "Type 2 diabetes, stage 4; an IV line"
    assert joined(["diabet", "type", "1"]) == ["diabet", "type1"]
    assert joined(["age", "65"]) == ["age", "65"]
    assert name_key("Hepatitis C") == "hepatitc" and parted("hepatitc") == "hepatit c"
    assert name_key("Type II Diabetes") == name_key("type 2 diabetes") == "type2 diabet"
    assert parted("type2 diabet") == "type 2 diabet"


def test_a_trial_of_one_type_does_not_have_the_words_of_the_other() -> None:
    found = levels(brief_title="GLP 1 in type 2 diabetes", conditions=("Type II diabetes",))
    assert {"type2", "glp1", "type", "1", "2", "ii"} <= set(found)
    assert "type1" not in found


def mesh(*terms: str) -> tuple[MeshTerm, ...]:
    return tuple(MeshTerm(id="D0", term=term) for term in terms)


def test_wider_headings_that_someone_would_search_for() -> None:
    above = mesh("Heart Diseases", "Pathological Conditions, Anatomical", "Neoplasms by Site", "Necrosis")
    assert list(disease_groups(above)) == ["Heart Diseases"]
    assert list(disease_groups(mesh("Mental Disorders", "Sexual Dysfunction, Physiological"))) == []
    assert list(disease_groups(mesh("Mental Disorders"))) == ["Mental Disorders"]
    assert list(
        treatment_groups(mesh("Heterocyclic Compounds", "Vasodilator Agents", "Enzyme Inhibitors"))
    ) == ["Vasodilator Agents"]
    found = names(condition_ancestors=above, condition_meshes=mesh("Heart Failure, Diastolic"))
    assert found == {
        "heart diseas": ("Heart Diseases", 1),
        "diastolic heart failur": ("Diastolic Heart Failure", 2),
    }
