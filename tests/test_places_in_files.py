"""Lines of fields and members, against files whose lines were counted by hand."""

from __future__ import annotations

import json

import pytest

from trialpages.model.registry import decode_registry
from trialpages.model.trial import Trial
from trialpages.preview.panel.places_in_files import Stretch, record_places, yaml_places
from trialpages.preview.panel.record_fields import RECORD_FIELDS

YAML = """\
# line 1: a made-up trial
title: One line
brief_summary: >-
  Folded
  over lines

  and a gap

# a comment that belongs to no field
conditions:
  - Headache
  # inside the list
  - >
    A long
    name
lead_sponsor: {name: A made-up hospital,
  agency_class: OTHER
}
plain_criteria:
  - plain: I am an adult.
    kind: inclusion
  -
    plain: I am well.
empty:
quoted: "two
  lines"
"""
BY_HAND = {
    ("title",): (2, 2),
    ("brief_summary",): (3, 7),
    ("conditions",): (10, 15),
    ("conditions", 0): (11, 11),
    ("conditions", 1): (13, 15),
    ("lead_sponsor",): (16, 18),
    ("lead_sponsor", "agency_class"): (17, 17),
    ("plain_criteria",): (19, 23),
    ("plain_criteria", 0): (20, 21),
    ("plain_criteria", 1): (23, 23),
    ("plain_criteria", 1, "plain"): (23, 23),
    ("quoted",): (25, 26),
}


def lines_of(data: bytes) -> dict[tuple[str | int, ...], tuple[int, int]]:
    return {where: (found.line, found.end_line) for where, found in yaml_places(data).items()}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(YAML.encode(), id="newlines"),
        pytest.param(YAML.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(b"\xef\xbb\xbf" + YAML.encode(), id="byte order mark"),
    ],
)
def test_the_lines_of_a_file_are_those_that_were_counted_by_hand(data: bytes) -> None:
    found = lines_of(data)
    assert {where: found[where] for where in BY_HAND} == BY_HAND


def test_an_empty_field_has_a_place_and_says_nothing() -> None:
    found = yaml_places(YAML.encode())[("empty",)]
    assert (found.line, found.is_nothing) == (24, True)
    assert not yaml_places(YAML.encode())[("title",)].is_nothing


@pytest.mark.parametrize("data", [b"title: [open\n", b"title: a: b\n", b"\xff\xfe", b'title: "half', b""])
def test_a_file_that_cannot_be_read_has_no_places(data: bytes) -> None:
    assert yaml_places(data) == {}


def test_a_group_as_a_name_loses_no_other_place() -> None:
    assert lines_of(b"? [a, b]\n: c\nd: e\n")["d",] == (3, 3)


RECORD = """\
{
  "protocolSection": {
    "identificationModule": {"nctId": "NCT00000001",
      "briefTitle": "A made-up study"},
    "statusModule": {
      "overallStatus": "RECRUITING",
      "startDateStruct": {
        "date": "2025-01"
      }
    }
  },
  "hasResults": false
}
"""


@pytest.mark.parametrize(
    "before, after, moved",
    [("", "", 0), ("[\n", "\n]", 1), ('{"studies": [\n', "\n]}", 1), ("﻿", "", 0)],
    ids=["bare", "in a list", "in an answer", "byte order mark"],
)
def test_the_lines_of_a_record_are_those_that_were_counted_by_hand(
    before: str, after: str, moved: int
) -> None:
    places = record_places(f"{before}{RECORD}{after}".encode())
    by_hand = {
        ("protocolSection", "identificationModule", "briefTitle"): (4, 4),
        ("protocolSection", "statusModule"): (5, 10),
        ("protocolSection", "statusModule", "startDateStruct"): (7, 9),
        ("hasResults",): (12, 12),
    }
    for place, (line, end) in by_hand.items():
        found = places.of(place)
        assert found is not None
        assert (found.line, found.end_line) == (line + moved, end + moved)
    assert places.of(("protocolSection", "designModule", "phases")) is None


def test_a_record_on_one_line_is_told_apart_by_columns() -> None:
    data = json.dumps(json.loads(RECORD)).encode()
    title = record_places(data).of(("protocolSection", "identificationModule", "briefTitle"))
    assert title == Stretch(line=1, column=data.index(b'"briefTitle"') + 1, end_line=1)
    assert title.holds(1, title.column + 3)
    assert not title.holds(1, title.column - 3)


def test_a_record_that_is_broken_has_no_places() -> None:
    assert record_places(RECORD.encode()[:-30]).of(("hasResults",)) is None


WHOLE = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT00000001",
            "nctIdAliases": ["NCT00000002"],
            "secondaryIdInfos": [{"id": "made-up-1"}],
            "orgStudyIdInfo": {"id": "made-up-2"},
            "briefTitle": "A made-up study",
            "officialTitle": "A made-up study in full",
            "acronym": "MADE",
        },
        "statusModule": {
            "overallStatus": "UNKNOWN",
            "lastKnownStatus": "RECRUITING",
            "whyStopped": "Made up",
            "statusVerifiedDate": "2026-01",
            "startDateStruct": {"date": "2025-01"},
            "primaryCompletionDateStruct": {"date": "2027-01"},
            "completionDateStruct": {"date": "2028-01"},
            "studyFirstPostDateStruct": {"date": "2024-01-01"},
            "resultsFirstPostDateStruct": {"date": "2026-01-01"},
            "lastUpdatePostDateStruct": {"date": "2026-02-01"},
        },
        "sponsorCollaboratorsModule": {
            "leadSponsor": {"name": "A made-up hospital"},
            "collaborators": [{"name": "A made-up school"}],
            "responsibleParty": {"type": "SPONSOR"},
        },
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2"],
            "patientRegistry": True,
            "targetDuration": "1 Year",
            "expandedAccessTypes": {"individual": True},
            "enrollmentInfo": {"count": 10},
            "designInfo": {
                "allocation": "RANDOMIZED",
                "interventionModel": "PARALLEL",
                "interventionModelDescription": "Made up",
                "primaryPurpose": "TREATMENT",
                "observationalModel": "COHORT",
                "timePerspective": "PROSPECTIVE",
                "maskingInfo": {
                    "masking": "SINGLE",
                    "maskingDescription": "Made up",
                    "whoMasked": ["PARTICIPANT"],
                },
            },
            "bioSpec": {"retention": "NONE_RETAINED", "description": "Made up"},
        },
        "descriptionModule": {"briefSummary": "Made up.", "detailedDescription": "Made up at length."},
        "conditionsModule": {"conditions": ["Headache"], "keywords": ["made up"]},
        "armsInterventionsModule": {"armGroups": [{"label": "One"}], "interventions": [{"name": "Aspirin"}]},
        "outcomesModule": {
            "primaryOutcomes": [{"measure": "One"}],
            "secondaryOutcomes": [{"measure": "Two"}],
            "otherOutcomes": [{"measure": "Three"}],
        },
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n* Adult",
            "minimumAge": "18 Years",
            "maximumAge": "80 Years",
            "stdAges": ["ADULT"],
            "sex": "ALL",
            "genderBased": True,
            "genderDescription": "Made up",
            "healthyVolunteers": False,
            "studyPopulation": "Made up",
            "samplingMethod": "PROBABILITY_SAMPLE",
        },
        "contactsLocationsModule": {
            "locations": [{"city": "Town", "country": "Nowhere"}],
            "centralContacts": [{"name": "A made-up office"}],
            "overallOfficials": [{"name": "A made-up person"}],
        },
        "referencesModule": {
            "references": [{"citation": "Made up."}],
            "seeAlsoLinks": [{"url": "https://example.org/"}],
        },
    },
    "documentSection": {"largeDocumentModule": {"largeDocs": [{"label": "Made up"}]}},
    "derivedSection": {
        "conditionBrowseModule": {
            "meshes": [{"id": "D1", "term": "One"}],
            "ancestors": [{"id": "D2", "term": "Two"}],
        },
        "interventionBrowseModule": {
            "meshes": [{"id": "D3", "term": "Three"}],
            "ancestors": [{"id": "D4", "term": "Four"}],
        },
        "miscInfoModule": {"removedCountries": ["Nowhere"], "versionHolder": "2026-02-02"},
    },
    "resultsSection": {"adverseEventsModule": {"eventGroups": [{"id": "EG000", "title": "One"}]}},
    "hasResults": True,
}
"""A made-up record that states every fact which a trial takes from one."""


def decoded(record: object) -> Trial:
    trial = decode_registry(json.dumps(record).encode(), "record.json", [])
    assert trial is not None
    return trial


@pytest.mark.parametrize("name", sorted(set(RECORD_FIELDS) - {"nct_id"}))
def test_a_fact_is_read_from_the_member_that_the_table_names(name: str) -> None:
    whole = decoded(WHOLE)
    assert getattr(whole, name) not in (None, (), "")
    without = json.loads(json.dumps(WHOLE))
    *way, member = RECORD_FIELDS[name]
    group = without
    for step in way:
        group = group[step]
    del group[member]
    assert getattr(decoded(without), name) != getattr(whole, name)


def test_the_table_names_every_fact_that_a_record_states() -> None:
    whole, nothing = decoded(WHOLE), Trial()
    stated = {name for name in Trial.__dataclass_fields__ if getattr(whole, name) != getattr(nothing, name)}
    made_from_others = {
        "trial_id",
        "has_registry_record",
        "inclusion_criteria",
        "exclusion_criteria",
        "other_criteria",
    }
    assert stated - made_from_others == set(RECORD_FIELDS)
