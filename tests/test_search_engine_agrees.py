"""The browser's engine says of the written files what a plain scan says of the trials.

`SEARCH_SEED` asks other random queries, `SEARCH_QUERIES` more of them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from search.asked import NEAREST, Near, Query
from search.engine import as_answer, suggested, told
from search.meaning import answer
from search.queries import Asker
from search.written import NAMES, Case, cases, real_case
from test_search_oracle import BY_NAME, differences

from trialpages.search.tokens import STOP_WORDS, fold, key, read_words, spelled

SEED = int(os.environ.get("SEARCH_SEED", "2"))
QUERIES = int(os.environ.get("SEARCH_QUERIES", "120"))


def assert_agrees(case: Case, queries: list[Query], folder: Path) -> None:
    """Fail when one of the answers differs."""
    case.write(folder)
    for query, said in zip(queries, told(folder, queries), strict=True):
        expected = answer(case.scan, query)
        assert not differences(expected, as_answer(said, case.reader)), query
        if query.near:
            assert said["distances"] == [place and place[0] for place in expected.nearest or ()]
        assert said["cards"] == [case.corpus.documents[number].trial_id for number in expected.documents]


@pytest.mark.parametrize("name", NAMES)
def test_random_and_hostile_queries_have_the_answers_of_a_scan(name: str, tmp_path: Path) -> None:
    case = cases()[name]
    queries = Asker(case.corpus).queries(SEED, QUERIES if case.scan.trials > 1 else 20)
    queries += [Query(words=words) for words in BY_NAME]
    assert_agrees(case, queries, tmp_path)


def test_random_queries_about_real_records_have_the_answers_of_a_scan(tmp_path: Path) -> None:
    case = real_case()
    assert_agrees(case, Asker(case.corpus).queries(SEED, QUERIES // 4), tmp_path)


@pytest.mark.parametrize("name", ["parted", "hostile"])
def test_slips_and_beginnings_are_read_as_a_scan_reads_them(name: str, tmp_path: Path) -> None:
    case = cases()[name]
    asker = Asker(case.corpus)
    words = [word for word, _trials in case.scan.all_listed]
    typed = [
        *asker.typos(SEED, words, 150),
        *(word[:length] for word in words[:20] for length in (2, 3, 4)),
        "fic",
    ]
    assert_agrees(case, [Query(words=word, size=1) for word in typed], tmp_path)


def test_every_page_of_a_long_list_continues_the_one_before(tmp_path: Path) -> None:
    case = cases()["parted"]
    near = Near(-17.0, 180.0)
    starts = range(0, 36, 9)
    orders = ("relevance", "newest", "distance")
    queries = [
        Query(words="cancer", order=o, near=near, start=start, size=9) for o in orders for start in starts
    ]
    assert answer(case.scan, queries[0]).total > 20
    assert_agrees(case, queries, tmp_path)


def test_distances_hold_at_the_poles_and_across_the_date_line(tmp_path: Path) -> None:
    case = cases()["parted"]
    points = [(90.0, 0.0), (89.99, 179.0), (-90.0, -120.0), (-17.0, 180.0), (-17.0, -180.0), (0.0, 0.0)]
    radii = (0.0, 1.0, 2.1, 10.0, 20015.1)
    queries = [
        Query(near=Near(north, east, radius), order=NEAREST) for north, east in points for radius in radii
    ]
    for north in (-80.0, -30.0, 10.0, 55.0):
        for east in (-179.5, -60.0, 10.0, 120.0):
            queries += [
                Query(words=words, near=Near(north, east), order=NEAREST, size=3) for words in ("", "mild")
            ]
    assert_agrees(case, queries, tmp_path)


def test_suggestions_are_names_that_begin_so_with_their_trials(tmp_path: Path) -> None:
    case = cases()["parted"]
    case.write(tmp_path)
    # A stop word at the end may be the beginning of another word.
    beginnings = [b for b in Asker(case.corpus).beginnings(SEED, 70) if fold(b).split()[-1] not in STOP_WORDS]
    seen = 0
    for beginning, said in zip(beginnings, suggested(tmp_path, beginnings), strict=True):
        whole = key(beginning)
        words = read_words(beginning)
        start = " ".join([*(term for _word, term in words[:-1]), spelled(words[-1][0])])
        begun = [k for k in case.scan.keys if k.startswith((start, f"{whole} ")) or k == whole]
        named = {(case.scan.name(k), len(case.scan.found(k))) for k in begun}
        rows = [(row["name"], row["trials"]) for row in said if not row["before"]]
        assert set(rows) <= named, beginning
        assert [-trials for _name, trials in rows] == sorted(-trials for _name, trials in rows)
        listed = case.scan.suggestions(start[:2]) if len(start) > 1 else []
        assert {name for name, k, _trials in listed if k in begun} <= {name for name, _trials in rows}
        seen += len(rows)
    assert seen > 60
