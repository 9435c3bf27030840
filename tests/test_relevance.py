"""The search finds what patients mean: over the real records, no judged query answers worse than it did.

`relevance/found.json` holds how many relevant trials each query has among its first ten, and the means over all
queries. After a change that makes the search better, `pytest --update tests/test_relevance.py` writes it anew; read
the difference. `make relevance` says what a query found instead, and how other search engines do.
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.relevance import ALL, DEPTH, Judged, judged_queries, means, ndcg, ours, recall
from benchmarks.search_corpus import RECORDS, real_records, write_index

FOUND = Path(__file__).parent / "relevance" / "found.json"


def test_recall_is_the_share_of_at_most_ten_relevant_trials() -> None:
    relevant = {"a": 3, "b": 1, "c": 1, "d": 2}
    assert recall(["x", "a", "b"], relevant) == 0.5
    assert recall([*"xxxxxxxxxx", "a"], relevant) == 0
    assert recall([f"{number}" for number in range(10)], {f"{number}": 1 for number in range(40)}) == 1


def test_ndcg_counts_grades_and_places() -> None:
    relevant = {"a": 3, "b": 1}
    best = 7 + 1 / math.log2(3)
    assert ndcg(["a", "b"], relevant) == 1
    assert ndcg(["b", "a"], relevant) == pytest.approx((1 + 7 / math.log2(3)) / best)
    assert ndcg(["x", "a"], relevant) == pytest.approx((7 / math.log2(3)) / best)
    assert ndcg([], relevant) == 0


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Judged, Sequence[str]]]:
    """The first ten trials that the page's own engine finds for each judged query among all real records."""
    if not RECORDS.exists():
        pytest.skip(f"the registry records are not beside this checkout: {RECORDS.name}")
    if shutil.which("node") is None:
        pytest.skip("node is not here")
    folder = tmp_path_factory.mktemp("relevance")
    write_index(real_records(folder / "records").corpus, folder / "search")
    judged = judged_queries()
    said = ours(folder / "search", [each.query for each in judged])
    return [(each, answer.ids) for each, answer in zip(judged, said, strict=True)]


def test_no_query_loses_a_relevant_trial_of_its_first_ten(
    answers: list[tuple[Judged, Sequence[str]]], request: pytest.FixtureRequest
) -> None:
    found = {each.query: sum(trial_id in each.relevant for trial_id in ids) for each, ids in answers}
    _, mean_recall, mean_ndcg = means([each for each, _ in answers], [ids for _, ids in answers])[ALL]
    if request.config.getoption("--update"):
        floors = {f"recall@{DEPTH}": _floor(mean_recall), f"nDCG@{DEPTH}": _floor(mean_ndcg)}
        FOUND.write_text(json.dumps({**floors, "found": found}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    stored: dict[str, Any] = json.loads(FOUND.read_text("utf-8"))
    lost = {
        query: f"{found.get(query)} of {count}"
        for query, count in stored["found"].items()
        if found.get(query, 0) < count
    }
    assert not lost, f"relevant trials among the first ten that are left: {lost}"
    assert found.keys() == stored["found"].keys(), "run pytest --update to take up new queries"
    assert mean_recall >= stored[f"recall@{DEPTH}"]
    assert mean_ndcg >= stored[f"nDCG@{DEPTH}"]


def _floor(mean: float) -> float:
    """Return a mean as it is stored: three decimals, never more than it was."""
    return math.floor(mean * 1000) / 1000
