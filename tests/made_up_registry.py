"""A made-up registry whose few studies fill every section of a page, and its proper names.

The first study takes people, has too many places and too many health problems for its page, and says all that a
record can say. The others are what it is not: one that only observes, one that was withdrawn, one that has ended.
"""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sites import parse_files

Study = dict[str, Any]

FULL = Path(__file__).parent / "ctgov" / "NCT00000001.json"
ORGANS = ("Gastrointestinal disorders", "Nervous system disorders", "General disorders")
SITE = """
-- site.yaml --
name: Sitio
language: LANGUAGE
registry: studies.zip
registry_retrieved: 2026-11-20
"""


def files(language: str) -> dict[str, str | bytes]:
    """Return a site over the registry in a language, without a word by editors."""
    return {**parse_files(SITE.replace("LANGUAGE", language)), "studies.zip": snapshot(studies())}


def snapshot(found: dict[str, Study]) -> bytes:
    """Return studies as the registry's own download holds them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number, study in found.items():
            archive.writestr(zipfile.ZipInfo(f"{number}.json"), json.dumps(study))
    return file.getvalue()


def studies() -> dict[str, Study]:
    """Return the made-up studies by number."""
    return {study["protocolSection"]["identificationModule"]["nctId"]: study for study in _all()}


def _all() -> Iterator[Study]:
    yield _open_study()
    ended = _numbered(2, "A second made-up study of fever", "COMPLETED")
    ended["protocolSection"]["designModule"]["designInfo"]["maskingInfo"] = {"masking": "NONE"}
    ended["protocolSection"]["eligibilityModule"] |= {"sex": "ALL", "healthyVolunteers": True}
    yield ended
    withdrawn = _numbered(3, "A third made-up study of fever", "WITHDRAWN")
    withdrawn["protocolSection"]["designModule"]["enrollmentInfo"] = {"count": 0, "type": "ACTUAL"}
    del withdrawn["protocolSection"]["contactsLocationsModule"]["locations"]
    yield withdrawn
    observed = _numbered(4, "A fourth made-up study of fever", "UNKNOWN")
    protocol = observed["protocolSection"]
    protocol["statusModule"]["lastKnownStatus"] = "RECRUITING"
    protocol["designModule"] = {
        "studyType": "OBSERVATIONAL",
        "patientRegistry": True,
        "targetDuration": "5 Years",
        "designInfo": {"observationalModel": "COHORT", "timePerspective": "PROSPECTIVE"},
        "bioSpec": {"retention": "SAMPLES_WITH_DNA", "description": "Blood of the people."},
        "enrollmentInfo": {"count": 90, "type": "ACTUAL"},
    }
    protocol["eligibilityModule"] |= {
        "samplingMethod": "NON_PROBABILITY_SAMPLE",
        "studyPopulation": "People who were seen at the clinic.",
    }
    yield observed


def _numbered(number: int, title: str, status: str) -> Study:
    study: Study = copy.deepcopy(json.loads(FULL.read_text("utf-8")))
    names = study["protocolSection"]["identificationModule"]
    names |= {"nctId": f"NCT0000000{number}", "briefTitle": title, "nctIdAliases": []}
    study["protocolSection"]["statusModule"]["overallStatus"] = status
    return study


def _open_study() -> Study:
    study = _numbered(1, "A made-up study with every fact", "RECRUITING")
    protocol = study["protocolSection"]
    protocol["statusModule"] |= {"statusVerifiedDate": "2026-10-05"}
    protocol["outcomesModule"]["secondaryOutcomes"] = [
        {"measure": f"Number of the people with cough {number}", "timeFrame": "up to 18 months"}
        for number in range(1, 6)
    ]
    rules = "".join(f"* The person is able to walk {number} miles\n" for number in range(1, 9))
    protocol["eligibilityModule"]["eligibilityCriteria"] = (
        f"Inclusion Criteria:\n\n{rules}\nExclusion Criteria:\n\n* Allergy to the made-up drug\n"
    )
    places = protocol["contactsLocationsModule"]["locations"]
    for number in range(1, 71):
        places.append(
            {
                "facility": f"Hospital {number}",
                "status": ("RECRUITING", "NOT_YET_RECRUITING", "COMPLETED")[number % 3],
                "city": f"Ciudad {number % 7}",
                "country": ("Germany", "United States", "Korea, Republic of")[number % 3],
                "geoPoint": {"lat": 10.0 + number / 10, "lon": 20.0 + number},
            }
        )
    study["resultsSection"]["adverseEventsModule"] = _events()
    return study


def _events() -> Study:
    groups = [
        {
            "id": f"EG00{index}",
            "title": title,
            "description": f"The people of {title} got the drug.",
            "deathsNumAffected": 1,
            "deathsNumAtRisk": 54,
            "seriousNumAffected": 24,
            "seriousNumAtRisk": 54,
            "otherNumAffected": 50,
            "otherNumAtRisk": 54,
        }
        for index, title in enumerate(("The drug", "The placebo", "The other drug"))
    ]
    return {
        "frequencyThreshold": "5",
        "timeFrame": "From the first day to the last",
        "description": "How the problems were counted.",
        "eventGroups": groups,
        "seriousEvents": [_event(number, 54) for number in range(4)],
        "otherEvents": [_event(number, 54) for number in range(4, 30)],
    }


def _event(number: int, at_risk: int) -> Study:
    return {
        "term": f"Problem of the body {number}",
        "organSystem": ORGANS[number % len(ORGANS)],
        "sourceVocabulary": "MedDRA 23.1",
        "assessmentType": "SYSTEMATIC_ASSESSMENT",
        "stats": [
            {"groupId": f"EG00{index}", "numAffected": (number * 7 + index) % 50, "numAtRisk": at_risk}
            for index in range(3)
        ],
    }


def proper_names() -> frozenset[str]:
    """Return what is a name in every language: of places, hospitals, sponsors, persons, numbers and products."""
    found = {
        "Sitio",
        "ClinicalTrials.gov",
        "PubMed",
        "MedDRA",
        "EudraCT",
        "JavaScript",
        "JSON",
        "CSV",
        "PNG",
        "CC BY",
    }
    for study in studies().values():
        protocol = study["protocolSection"]
        names = protocol["identificationModule"]
        found |= {names["acronym"], names["orgStudyIdInfo"]["id"], "Made-up registry"}
        found |= {item["id"] for item in names["secondaryIdInfos"]}
        parties = protocol["sponsorCollaboratorsModule"]
        found |= {parties["leadSponsor"]["name"], *(each["name"] for each in parties["collaborators"])}
        contacts = protocol["contactsLocationsModule"]
        people = (*contacts["overallOfficials"], *contacts["centralContacts"])
        found |= {person["name"] for person in people} | {"Made-up Person", "Professor"}
        for place in contacts.get("locations", ()):
            found |= {place[part] for part in ("facility", "city", "state") if part in place}
    return frozenset(found)


def words_of_record() -> frozenset[str]:
    """Return every text of the studies, and the titles that are made of them."""
    made = {
        "Fictivine + Tea: green for Made-up Fever",
        "Made-up Fever study: A fourth made-up study of fever",
    }
    return frozenset(made.union(*(_texts(study) for study in studies().values())))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if any(letter.isalpha() for letter in value):
            yield " ".join(value.split())
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
