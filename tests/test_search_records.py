from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from trialpages.model.trial import (
    Agency,
    Intervention,
    Location,
    MeshTerm,
    Official,
    SecondaryId,
    Trial,
    TrialDate,
)
from trialpages.pages.listing_items import who_for
from trialpages.site.cards import card
from trialpages.site.search_records import MAX_CITIES, MAX_WORDS, SearchRecord, search_record
from trialpages.words import language

FULL = Trial(
    trial_id="NCT00000001",
    nct_id_aliases=("NCT00000009",),
    secondary_ids=(SecondaryId(id="2014-000000-00"),),
    org_study_id="HOSP-1",
    title="Drug A for Asthma",
    brief_title="A Made-up Study",
    acronym="MADEUP",
    treatment_class="Antibodies",
    official_title="A made-up study of inhaled drug",
    overall_status="RECRUITING",
    study_type="INTERVENTIONAL",
    phases=("PHASE1", "PHASE2"),
    primary_purpose="TREATMENT",
    conditions=("Asthma",),
    keywords=("wheeze",),
    condition_meshes=(MeshTerm(id="D0", term="Asthma, Made-up"),),
    intervention_meshes=(MeshTerm(id="D1", term="Drug A"),),
    interventions=(
        Intervention(name="Drug A 5 mg", type="DRUG", other_names=("Brand®",)),
        Intervention(name="Placebo", type="DRUG"),
    ),
    lead_sponsor=Agency(name="Hospital", agency_class="OTHER"),
    collaborators=(Agency(name="Company"),),
    overall_officials=(Official(name="Ann Example"),),
    locations=(
        Location(city="Town", state="Region", country="Country", status="RECRUITING"),
        Location(city="Village", country="Country", status="COMPLETED"),
    ),
    minimum_age="6 Months",
    maximum_age="17 Years",
    sex="ALL",
    healthy_volunteers=False,
    has_results=True,
    start_date=TrialDate(date="2020-01"),
    study_first_post_date="2019-12-01",
    last_update_post_date="2024-01-01",
    status_verified_date="2024-01",
    retrieved="2024-02-01",
    primary_completion_date=TrialDate(date="2025-06"),
    brief_summary="What it is for. More.",
)


def record(trial: Trial) -> SearchRecord:
    return search_record(card(trial), trial, who_for(card(trial)))


def test_record_holds_all_that_search_and_filters_need() -> None:
    assert record(FULL) == {
        "id": "NCT00000001",
        "url": "trials/NCT00000001/",
        "title": "Drug A for Asthma",
        "brief_title": "A Made-up Study",
        "acronym": "MADEUP",
        "purpose": "What it is for.",
        "status": "RECRUITING",
        "status_label": "Open: looking for people",
        "study_type": "INTERVENTIONAL",
        "phases": ["PHASE1", "PHASE2"],
        "phase_label": "Phase 1/2",
        "primary_purpose": "TREATMENT",
        "conditions": ["Asthma"],
        "interventions": ["Drug A"],
        "treatment_class": "Antibodies",
        "mesh_terms": ["Asthma, Made-up", "Drug A"],
        "lead_sponsor": "Hospital",
        "sponsor_class": "OTHER",
        "countries": ["Country"],
        "cities": ["Town, Region", "Village"],
        "places": 2,
        "open_places": 1,
        "minimum_age_years": 0.5,
        "maximum_age_years": 17,
        "sex": "ALL",
        "who_for": "6 months to 17 years",
        "healthy_volunteers": False,
        "has_results": True,
        "no_placebo_only_group": False,
        "start_date": "2020-01",
        "first_posted": "2019-12-01",
        "updated": "2024-01-01",
        "status_verified": "2024-01",
        "retrieved": "2024-02-01",
        "ends": "2025-06",
        "aliases": ["NCT00000009", "2014-000000-00", "HOSP-1"],
        "words": ["5", "mg", "brand", "placebo", "wheeze", "of", "inhaled", "company", "ann", "example"],
    }


def test_unknown_facts_are_absent_keys() -> None:
    assert set(record(Trial(trial_id="NCT00000001"))) == {
        "id",
        "url",
        "title",
        "status_label",
        "phase_label",
        "has_results",
        "no_placebo_only_group",
    }


def test_cities_and_words_are_bounded() -> None:
    places = tuple(Location(city=f"Town {number}", country="Country") for number in range(500))
    words = tuple(f"word{number}" for number in range(500))
    found = record(Trial(trial_id="NCT00000001", locations=places, keywords=words))
    assert len(found["cities"]) == MAX_CITIES
    assert len(found["words"]) == MAX_WORDS
    assert found["places"] == 500


def test_rules_on_who_may_join_are_not_searched() -> None:
    trial = Trial(trial_id="NCT00000001", eligibility_criteria="No pregnancy", exclusion_criteria=())
    assert "pregnancy" not in str(record(trial))


def test_every_field_is_documented() -> None:
    text = (Path(__file__).parent.parent / "docs" / "search.md").read_text("utf-8")
    section = text.partition("## `search/trials.json`")[2].partition("\n## `")[0]
    documented = set(re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE))
    assert documented == set(record(FULL)) | {"title_language", "purpose_language"}


def test_a_site_in_another_language_has_its_labels_and_countries_and_says_what_is_english() -> None:
    trial = replace(FULL, title=None, locations=(Location(city="Town", country="Germany"),))
    language.use(language.Language(code="es"))
    try:
        found = record(trial)
    finally:
        language.use(language.Language())
    assert (found["title_language"], found["purpose_language"]) == ("en", "en")
    assert found["countries"] == ["Alemania"]
    assert "germany" in found["words"]
