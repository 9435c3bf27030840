"""One guess at what an author meant, or none."""

from __future__ import annotations

import pytest

from trialpages.words.suggest import edits, nearest

FIELDS = ("brief_title", "official_title", "inclusion_criteria", "exclusion_criteria", "conditions", "sex")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("briefTitle", "brief_title"),
        ("Brief Title", "brief_title"),
        ("brief-title", "brief_title"),
        ("breif_title", "brief_title"),
        ("condition", "conditions"),
        ("inclusion", "inclusion_criteria"),
        ("criteria", None),
        ("title", None),
        ("colour", None),
        ("sax", "sex"),
        ("se", None),
        ("", None),
        ("---", None),
    ],
)
def test_the_nearest_name_is_guessed_or_nothing(written: str, meant: str | None) -> None:
    assert nearest(written, FIELDS) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("status", "overall_status"),
        ("Sponsor", "lead_sponsor"),
        ("known status", "last_known_status"),
        ("date", None),
        ("sor", None),
    ],
)
def test_the_last_words_of_a_name_stand_for_the_shortest_one(written: str, meant: str | None) -> None:
    names = ("last_known_status", "overall_status", "lead_sponsor", "stats", "start_date", "end_date")
    assert nearest(written, names) == meant


def test_a_heading_is_found_by_a_long_part_of_it() -> None:
    headings = ("In short", "What are the potential side effects?")
    assert nearest("Potential side effects", headings) == headings[1]


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("abc", "abc", 0),
        ("abc", "acb", 1),
        ("abc", "ab", 1),
        ("abc", "abcd", 1),
        ("abc", "xbc", 1),
        ("abc", "cba", 2),
    ],
)
def test_edits_counts_swapped_neighbors_once(first: str, second: str, count: int) -> None:
    assert edits(first, second, limit=9) == count


def test_edits_stops_above_the_limit() -> None:
    assert edits("a" * 50, "b" * 50, limit=2) == 3


def test_another_number_is_no_slip_but_another_way_to_write_it_is() -> None:
    assert nearest("NCT00000009", ["NCT00000001"]) is None
    assert nearest("nct-00000001", ["NCT00000001"]) == "NCT00000001"
    assert nearest("NTC00000001", ["NCT00000001"]) == "NCT00000001"
