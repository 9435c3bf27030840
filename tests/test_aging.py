"""What the day makes old is a note at the trial's file, or one note for a whole registry file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_up_cards import made_up_card

from trialpages.model.card import Card
from trialpages.model.trial import TrialDate
from trialpages.read.config import Config
from trialpages.site.aging import check_aging

TODAY = date(2026, 11, 23)
FACTS = b"brief_title: A made-up study\nretrieved: 2026-01-01\n"


def told(*cards: Card, records: frozenset[str] = frozenset(), **files: bytes) -> list[str]:
    contents = {name.replace("_", "."): data for name, data in files.items()} or {"trial.yaml": FACTS}
    config = Config(registry="data/made-up.zip")
    found = check_aging(cards, records, config, TODAY, lambda _: ("content", contents))
    lines = []
    for each in found:
        assert each.severity == "note"
        notes = "".join(f" | {note}" for note in each.notes)
        lines.append(f"{each.span.path}:{each.span.line} {each.code}: {each.what}{notes}")
    return lines


def recruiting(**changes: object) -> Card:
    facts = {"overall_status": "RECRUITING", "status_verified_date": "2026-11", "retrieved": "2026-11-20"}
    return made_up_card(1, **{**facts, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"retrieved": None}, ""),
        ({"retrieved": "2026-10-24"}, ""),
        ({"retrieved": "2026-10-23"}, "The facts were taken from the registry 31 days ago"),
        ({"retrieved": "2023-01-01"}, "The facts were taken from the registry 1,422 days ago"),
        ({"retrieved": "2023-01-01", "overall_status": "COMPLETED"}, ""),
        ({"status_verified_date": "2026-03"}, "The status was last confirmed in March 2026"),
        (
            {"completion_date": TrialDate(date="2026-10"), "retrieved": "2026-10-01"},
            "The status is RECRUITING, but the study was to end by October 2026"
            " | The facts were taken from the registry 53 days ago",
        ),
    ],
)
def test_a_trial_is_told_at_its_file(changes: dict[str, object], expected: str) -> None:
    line = f"content/trial.yaml:2 stale-record: {expected}"
    assert told(recruiting(**changes)) == ([line] if expected else [])


def test_a_summary_beside_a_record_of_the_registry_file_is_told_at_that_file() -> None:
    (line,) = told(recruiting(status_verified_date="2026-03"), summary_md=b"## In short")
    assert line.startswith("data/made-up.zip:1 stale-record: ")


def test_a_record_of_its_own_is_told_at_the_record() -> None:
    files = {"trial_yaml": b"draft: no\n", "registry_json": b"{}"}
    (line,) = told(recruiting(retrieved="2026-01-01"), **files)  # type: ignore[arg-type]
    assert line.startswith("content/registry.json:1 stale-record: The facts were taken")


def test_records_of_a_registry_file_are_told_together() -> None:
    cards = [
        recruiting(retrieved="2026-01-01", status_verified_date="2026-01"),
        made_up_card(2, overall_status="NOT_YET_RECRUITING", retrieved="2026-01-01"),
        made_up_card(3, overall_status="COMPLETED", retrieved="2026-01-01"),
    ]
    assert told(*cards, records=frozenset(card.trial_id for card in cards)) == [
        "data/made-up.zip:1 stale-record: 2 of 3 records in this file may be out of date"
        " | 2 copied more than half a year ago | 1 not confirmed for six months"
    ]


def test_an_old_review_is_told_at_the_summary() -> None:
    assert told(replace(recruiting(), reviewed_on="2024-11-24")) == []
    assert told(replace(recruiting(), reviewed_on="2024-11-22")) == [
        "content/summary.md:1 review-too-old: The summary was last reviewed on November 22, 2024"
    ]
