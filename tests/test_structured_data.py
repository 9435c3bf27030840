from __future__ import annotations

import json
from typing import Any

from trialpages.model.summary import Summary
from trialpages.model.trial import Agency, ArmGroup, Location, SecondaryId, Trial
from trialpages.pages.structured_data import designs, for_script, structured_data, study
from trialpages.read.config import Config
from trialpages.site.context import Link, TimeFacts, TrialContext

CONTEXT = TrialContext(
    condition_links=(
        Link(text="Asthma", url="conditions/asthma/"),
        Link(text="Gout", url="conditions/gout/"),
    ),
    treatment_links=(),
    sponsor_link=None,
    totals=(),
    treatment_rows=(),
    similar=(),
    source_trial=None,
    corpus="the trials on this site",
    corpus_size=10,
    time=TimeFacts(
        today=None,
        status_is_stale=False,
        status_stale_reason=None,
        progress_percent=None,
        spots_left=None,
        spots_left_until=None,
        spots_left_is_editorial=False,
    ),
)
CONFIG = Config(name="Made up", base_url="https://example.org/repo/")


def page(trial: Trial, config: Config = CONFIG) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(structured_data(trial, CONTEXT, config))
    return found


def test_trial_is_described_in_todays_vocabulary() -> None:
    trial = Trial(
        trial_id="NCT00000001",
        nct_id="NCT00000001",
        brief_title="A made-up study",
        overall_status="RECRUITING",
        has_results=False,
        study_type="INTERVENTIONAL",
        phases=("PHASE2",),
        conditions=("Asthma",),
        secondary_ids=(SecondaryId(id="2014-000000-00", type="EUDRACT_NUMBER"), SecondaryId(id="X")),
        lead_sponsor=Agency(name="Hospital"),
        locations=(Location(city="Town", country="Country"), Location(city="Town", country="Country")),
    )
    assert study(trial, "#study") == {
        "@type": "MedicalTrial",
        "@id": "#study",
        "name": "A made-up study",
        "code": [
            {"@type": "MedicalCode", "codeValue": "NCT00000001", "codingSystem": "ClinicalTrials.gov"},
            {"@type": "MedicalCode", "codeValue": "2014-000000-00", "codingSystem": "EUDRACT_NUMBER"},
        ],
        "healthCondition": [{"@type": "MedicalCondition", "name": "Asthma"}],
        "sponsor": [{"@type": "Organization", "name": "Hospital"}],
        "status": ["https://schema.org/Recruiting", "https://schema.org/ResultsNotAvailable"],
        "studyLocation": [{"@type": "AdministrativeArea", "name": "Town, Country"}],
        "trialDesign": ["https://schema.org/MultiCenterTrial"],
    }


def test_words_that_left_the_vocabulary_are_not_written() -> None:
    text = json.dumps(study(Trial(phases=("PHASE2",), study_type="INTERVENTIONAL"), "#study"))
    assert not any(f'"{word}"' in text for word in ("phase", "outcome", "population", "adverseOutcome"))


def test_unknown_status_is_left_out() -> None:
    assert "status" not in study(Trial(overall_status="UNKNOWN"), "#study")


def test_observational_study_has_its_own_type_and_no_trial_design() -> None:
    found = study(Trial(study_type="OBSERVATIONAL", masking="NONE"), "#study")
    assert found["@type"] == "MedicalObservationalStudy"
    assert "trialDesign" not in found


def test_design_in_schema_org_words() -> None:
    trial = Trial(
        allocation="RANDOMIZED",
        masking="QUADRUPLE",
        arm_groups=(ArmGroup(label="Control", type="PLACEBO_COMPARATOR"),),
        locations=(Location(city="Town", country="A"), Location(city="Town", country="B")),
    )
    assert [design.rpartition("/")[2] for design in designs(trial)] == [
        "RandomizedTrial",
        "TripleBlindedTrial",
        "PlaceboControlledTrial",
        "MultiCenterTrial",
        "InternationalTrial",
    ]


def test_page_has_absolute_addresses_and_a_breadcrumb() -> None:
    found = page(Trial(trial_id="NCT00000001", nct_id="NCT00000001", title="Drug A for Asthma"))
    assert found["@type"] == "MedicalWebPage"
    assert found["url"] == "https://example.org/repo/trials/NCT00000001/"
    assert found["isBasedOn"] == "https://clinicaltrials.gov/study/NCT00000001"
    assert [
        (item["position"], item["name"], item["item"]) for item in found["breadcrumb"]["itemListElement"]
    ] == [
        (1, "Home", "https://example.org/repo/"),
        (2, "Asthma", "https://example.org/repo/conditions/asthma/"),
        (3, "Drug A for Asthma", "https://example.org/repo/trials/NCT00000001/"),
    ]


def test_page_of_a_site_without_an_address_is_relative() -> None:
    found = page(Trial(trial_id="NCT00000001"), Config(name="Made up"))
    assert found["url"] == "../../trials/NCT00000001/"
    assert "isBasedOn" not in found


def test_reviewer_is_named_only_when_there_was_a_review() -> None:
    reviewed = Summary(language="en", reviewed_by="Made-up Nurse", reviewed_on="2026-01-02")
    found = page(Trial(trial_id="NCT00000001", summaries=(reviewed,)))
    assert (found["lastReviewed"], found["reviewedBy"]["name"]) == ("2026-01-02", "Made-up Nurse")
    assert "reviewedBy" not in page(
        Trial(trial_id="NCT00000001", summaries=(Summary(reviewed_by="Someone"),))
    )


def test_text_cannot_end_the_script_element() -> None:
    text = structured_data(Trial(trial_id="NCT00000001", title="</script><!-- & \u2028"), CONTEXT, CONFIG)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["name"] == "</script><!-- & \u2028"
    assert for_script("<") == '"\\u003c"'
