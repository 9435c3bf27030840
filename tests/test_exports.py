from __future__ import annotations

import csv
import io
import json

import pytest

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventCount, EventGroup
from trialpages.model.card import Card
from trialpages.model.editorial import Figure, SponsorFile
from trialpages.model.trial import Agency, Contact, Enrollment, Location, Override, Trial
from trialpages.model.trial_files import read_trial
from trialpages.pages.exports import adverse_events_csv, as_cell, trial_json
from trialpages.site.cards import card
from trialpages.site.context import People, SourceTrial, TimeFacts, Totals, TrialContext

NO_TIME = TimeFacts(
    today=None,
    status_is_stale=False,
    status_stale_reason=None,
    progress_percent=None,
    spots_left=None,
    spots_left_until=None,
    spots_left_is_editorial=False,
)


def context(
    totals: tuple[Totals, ...] = (), similar: tuple[Card, ...] = (), source: SourceTrial | None = None
) -> TrialContext:
    return TrialContext(
        condition_links=(),
        treatment_links=(),
        sponsor_link=None,
        totals=totals,
        treatment_rows=(),
        similar=similar,
        source_trial=source,
        corpus="the trials on this site",
        corpus_size=10,
        time=NO_TIME,
    )


def event(term: str, *counts: tuple[str, int | None, int | None], organ: str | None = None) -> AdverseEvent:
    return AdverseEvent(
        term=term,
        organ_system=organ,
        counts=tuple(EventCount(group_id=group, num_affected=a, num_at_risk=n) for group, a, n in counts),
    )


def test_csv_has_a_line_for_each_row_and_group_in_the_records_order() -> None:
    events = AdverseEvents(
        event_groups=(
            EventGroup(id="EG000", title="Drug A, first"),
            EventGroup(id="EG001", title="=Placebo", other_num_at_risk=8),
        ),
        other_events=(
            event("Cough", ("EG001", 1, None), ("EG000", 1, 300), organ="Chest"),
            event("Rash", ("EG000", None, 0)),
        ),
        serious_events=(
            AdverseEvent(
                term="Pyrexia",
                notes="Made up",
                counts=(
                    EventCount(group_id="EG000", num_affected=43, num_at_risk=54, num_events=61),
                    EventCount(group_id="EG001", num_affected=9, num_at_risk=5),
                ),
            ),
        ),
        unsorted_events=(event('Say "ah"', ("EG000", 0, 54)),),
    )
    assert adverse_events_csv(events, {"pyrexia": "fever"}, "NCT00000009") == (
        "source_trial,group_id,group_title,kind,term,lay_term,organ_system,num_affected,num_at_risk,percent,"
        "num_events,notes\n"
        'NCT00000009,EG000,"Drug A, first",serious,Pyrexia,fever,,43,54,80,61,Made up\n'
        "NCT00000009,EG001,'=Placebo,serious,Pyrexia,fever,,9,5,,,Made up\n"
        'NCT00000009,EG000,"Drug A, first",other,Cough,,Chest,1,300,0,,\n'
        "NCT00000009,EG001,'=Placebo,other,Cough,,Chest,1,8,13,,\n"
        'NCT00000009,EG000,"Drug A, first",other,Rash,,,,0,,,\n'
        "NCT00000009,EG001,'=Placebo,other,Rash,,,,8,,,\n"
        'NCT00000009,EG000,"Drug A, first",,"Say ""ah""",,,0,54,0,,\n'
        'NCT00000009,EG001,\'=Placebo,,"Say ""ah""",,,,8,,,\n'
    )


def test_csv_reads_back_as_it_was_written() -> None:
    events = AdverseEvents(
        event_groups=(EventGroup(id="EG000", title='Line\nbreak, "quoted"'),),
        other_events=(event("Pyréxia", ("EG000", 1, 2)),),
    )
    (line,) = csv.DictReader(io.StringIO(adverse_events_csv(events, {}, "NCT00000009"), newline=""))
    assert (line["group_title"], line["term"], line["percent"]) == ('Line\nbreak, "quoted"', "Pyréxia", "50")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cell_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    assert as_cell(f"{start}1+1") == f"'{start}1+1"
    assert as_cell("1+1") == "1+1"
    assert as_cell(0) == "0"
    assert as_cell(None) == ""


def test_each_fact_has_its_source_and_unknown_ones_are_absent() -> None:
    trial = Trial(
        trial_id="NCT00000001",
        has_registry_record=True,
        edited_fields=("acronym",),
        title="Our words",
        acronym="MADEUP",
        brief_title="A study",
        overall_status="COMPLETED",
        healthy_volunteers=False,
        enrollment=Enrollment(count=0, type="ACTUAL"),
        overrides=(
            Override(field="overall_status", registry_value="UNKNOWN", reason="The sponsor told us."),
        ),
    )
    found = json.loads(trial_json(trial, context()))
    assert found == {
        "format": 1,
        "trial_id": "NCT00000001",
        "title": {"value": "Our words", "source": "editors"},
        "brief_title": {"value": "A study", "source": "registry"},
        "acronym": {"value": "MADEUP", "source": "editors"},
        "overall_status": {
            "value": "COMPLETED",
            "source": "editors",
            "registry_value": "UNKNOWN",
            "reason": "The sponsor told us.",
        },
        "enrollment": {"value": {"count": 0, "type": "ACTUAL"}, "source": "registry"},
        "healthy_volunteers": {"value": False, "source": "registry"},
    }


def test_trial_without_a_registry_record_is_the_editors() -> None:
    found = json.loads(trial_json(Trial(trial_id="LOCAL-1", brief_title="A study"), context()))
    assert found["brief_title"]["source"] == "editors"


def test_contacts_are_left_out() -> None:
    person = Contact(name="A made-up office", phone="000")
    place = Location(city="Town", country="Country", contacts=(person,))
    text = trial_json(
        Trial(trial_id="NCT00000001", locations=(place,), central_contacts=(person,)), context()
    )
    assert "office" not in text
    assert json.loads(text)["locations"]["value"] == [{"city": "Town", "country": "Country"}]


def test_what_the_site_counted_names_its_corpus_and_wider_sources_stay_apart() -> None:
    file = SponsorFile(
        slug="hospital",
        name="Hospital",
        previous_trials=Figure(value=3039, source="A made-up page", as_of="2024"),
    )
    totals = Totals(
        name="Hospital",
        role="LEAD_SPONSOR",
        agency_class=None,
        slug="hospital",
        lead_trials=2,
        collaborator_trials=0,
        file=file,
        lead_people=People(actual=40),
    )
    other = card(Trial(trial_id="NCT00000002", brief_title="Another"))
    source = SourceTrial(card=other, chosen_by="editor", mismatches=("age",), group_ids=("EG000",))
    trial = Trial(trial_id="NCT00000001", lead_sponsor=Agency(name="Hospital"))
    found = json.loads(trial_json(trial, context(totals=(totals,), similar=(other,), source=source)))
    assert found["totals"]["corpus"] == "the trials on this site"
    assert found["totals"]["source"] == "computed"
    (row,) = found["totals"]["value"]
    assert row["lead_trials"] == 2
    assert row["from_wider_sources"] == {
        "previous_trials": {"value": 3039, "source": "A made-up page", "as_of": "2024"}
    }
    assert found["similar_trials"]["value"] == [{"trial_id": "NCT00000002", "title": "Another"}]
    assert found["side_effects_from"] == {
        "value": {
            "trial_id": "NCT00000002",
            "chosen_by": "editor",
            "differs_in": ["age"],
            "group_ids": ["EG000"],
        },
        "source": "editors",
    }


def test_sources_are_known_for_a_record_that_the_editors_completed() -> None:
    study = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A made-up study"},
            "designModule": {"studyType": "INTERVENTIONAL"},
        }
    }
    files = {
        "registry.json": json.dumps(study).encode(),
        "trial.yaml": b"acronym: MADEUP\nstudy_type: INTERVENTIONAL\n",
    }
    trial = read_trial("NCT00000001", files, "trials/NCT00000001", [])
    assert trial is not None
    found = json.loads(trial_json(trial, context()))
    sources = {name: fact["source"] for name, fact in found.items() if isinstance(fact, dict)}
    assert sources == {
        "nct_id": "registry",
        "brief_title": "registry",
        "acronym": "editors",
        "study_type": "editors",
    }
