"""The judged queries are sound data: every trial exists, every grade and reason is given, none is judged twice.

Whether the search finds these trials is measured elsewhere; `relevance/README.md` says how they are judged.
"""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from trialpages.read.document import read_yaml
from trialpages.words.diagnostics import Sink

FOLDER = Path(__file__).parent / "relevance"
FILES = sorted(FOLDER.glob("*.yaml"))
USUAL_PLACE = Path(__file__).parents[2] / "shared" / "ctgov" / "ctg-studies.json.zip"
RECORDS = Path(os.environ.get("TRIALPAGES_RECORDS") or USUAL_PLACE)

FIELDS = ("query", "kind", "reason", "relevant")
KINDS = {
    *("drug", "brand", "abbreviation", "misspelling", "plain words"),
    *("condition", "place", "combined", "spelling"),
}
FEWEST_QUERIES = 120
FEWEST_OF_A_KIND = 10
FEWEST_WORDS_OF_A_REASON = 4


def judged(path: Path) -> list[dict[str, Any]]:
    """Return the entries of a file; a trial given twice under a query is a fault of the file."""
    sink: Sink = []
    document = read_yaml(path.read_bytes(), path.name, sink)
    assert not sink, sink
    assert document is not None
    assert isinstance(document.value, list)
    entries: list[Any] = document.value
    return entries


def every_entry() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name of the file and the entry, over all files."""
    for path in FILES:
        for entry in judged(path):
            yield path.name, entry


def folded(query: str) -> str:
    """Return a query without case, accents and doubled spaces, as readers hardly ever mean those."""
    plain = unicodedata.normalize("NFKD", query.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_entry_is_whole(path: Path) -> None:
    for entry in judged(path):
        assert tuple(entry) == FIELDS, entry
        query = entry["query"]
        assert query == query.strip() != ""
        assert entry["kind"] in KINDS, query
        assert len(entry["reason"].split()) >= FEWEST_WORDS_OF_A_REASON, query
        assert entry["reason"].endswith("."), query
        assert entry["relevant"], query
        for trial_id, grade in entry["relevant"].items():
            assert re.fullmatch(r"NCT\d{8}", trial_id), (query, trial_id)
            assert grade in ("1", "2", "3"), (query, trial_id)


def test_a_best_answer_exists_for_every_query() -> None:
    """A query whose best trial only touches it measures nothing."""
    for name, entry in every_entry():
        assert set(entry["relevant"].values()) & {"2", "3"}, (name, entry["query"])


def test_no_query_is_judged_twice() -> None:
    seen: dict[str, str] = {}
    for name, entry in every_entry():
        query = folded(entry["query"])
        assert query not in seen, (entry["query"], name, seen[query])
        seen[query] = name


def test_there_are_enough_queries_of_every_kind() -> None:
    kinds = [entry["kind"] for _, entry in every_entry()]
    assert len(kinds) >= FEWEST_QUERIES
    assert {kind: kinds.count(kind) for kind in sorted(KINDS) if kinds.count(kind) < FEWEST_OF_A_KIND} == {}


@pytest.mark.skipif(
    not RECORDS.exists(), reason="no records at hand; set TRIALPAGES_RECORDS to a snapshot of the registry"
)
def test_every_judged_trial_is_in_the_records() -> None:
    with zipfile.ZipFile(RECORDS) as archive:
        known = {Path(name).stem for name in archive.namelist()}
    for name, entry in every_entry():
        assert set(entry["relevant"]) <= known, (name, entry["query"], set(entry["relevant"]) - known)
