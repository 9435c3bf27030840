"""How well the search finds what patients mean, beside MiniSearch and Pagefind over the same texts.

The judged queries lie in `tests/relevance/`, with the reason of each. For every engine the first ten answers are
compared with the judgments: recall@10 is the share of the relevant trials (at most ten) that are among them,
nDCG@10 also counts grade and place. `make relevance` calls it; the real records are read from beside the checkout.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from benchmarks.search_corpus import RECORDS, real_records, write_index  # noqa: E402

JUDGMENTS = PROJECT / "tests" / "relevance"
DEPTH = 10
"""Answers that a reader looks at."""
ALL = "all"


@dataclass(frozen=True, slots=True)
class Judged:
    """One query with the grade (1 to 3) of each relevant trial; all others are not relevant."""

    query: str
    kind: str
    reason: str
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Answered:
    """What our engine says to a query: the first ids, how many there are, and how it read the words."""

    ids: tuple[str, ...]
    total: int
    units: tuple[Mapping[str, Any], ...]
    relaxed: bool


def judged_queries(folder: Path = JUDGMENTS) -> tuple[Judged, ...]:
    """Return all judged queries, in the order of their files."""
    return tuple(
        Judged(entry["query"], entry["kind"], entry["reason"], entry["relevant"])
        for path in sorted(folder.glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text("utf-8"))
    )


def recall(answers: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Return the share of the relevant trials, at most ten, that are among the first ten answers."""
    found = sum(answer in relevant for answer in answers[:DEPTH])
    return found / min(DEPTH, len(relevant))


def ndcg(answers: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Return the discounted gain of the first ten answers, by that of the best ten there could be."""
    gained = [relevant.get(answer, 0) for answer in answers[:DEPTH]]
    best = sorted(relevant.values(), reverse=True)[:DEPTH]
    return _discounted(gained) / _discounted(best)


def _discounted(grades: Sequence[int]) -> float:
    """Return the gain 2^grade - 1 of each place, divided by the logarithm of the place (Burges et al. 2005)."""
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def ours(folder: Path, queries: Sequence[str]) -> list[Answered]:
    """Answer queries with the search page's own engine, from the index below a folder `search`."""
    done = subprocess.run(
        ["node", str(PROJECT / "benchmarks" / "first_ten.mjs")],  # noqa: S607
        input=json.dumps({"folder": str(folder), "queries": queries}),
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        Answered(tuple(each["ids"]), each["total"], tuple(each["units"]), each["relaxed"])
        for each in json.loads(done.stdout)
    ]


def means(judged: Sequence[Judged], answers: Sequence[Sequence[str]]) -> dict[str, tuple[int, float, float]]:
    """Return the number of queries, the mean recall and the mean nDCG by kind, and of all."""
    by_kind: dict[str, list[tuple[float, float]]] = {ALL: []}
    for each, ids in zip(judged, answers, strict=True):
        values = recall(ids, each.relevant), ndcg(ids, each.relevant)
        by_kind[ALL].append(values)
        by_kind.setdefault(each.kind, []).append(values)
    return {
        kind: (
            len(values),
            statistics.fmean(value for value, _ in values),
            statistics.fmean(value for _, value in values),
        )
        for kind, values in by_kind.items()
    }


def main() -> int:
    """Ask, compare and print; 1 when a peer is ahead of us in all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    parser.add_argument(
        "--worst", type=int, default=20, help="our worst queries to show (default: %(default)s)"
    )
    given = parser.parse_args()
    if not RECORDS.exists():
        print("The registry records are not beside this checkout: set TRIALPAGES_RECORDS.", file=sys.stderr)
        return 1
    judged = judged_queries()
    queries = [each.query for each in judged]
    with tempfile.TemporaryDirectory(prefix="trialpages-relevance-") as made:
        records = real_records(Path(made) / "records")
        write_index(records.corpus, Path(made) / "search")
        answered = ours(Path(made) / "search", queries)
        engines: dict[str, Sequence[Sequence[str]]] = {"ours": [each.ids for each in answered]}
        if not given.alone:
            engines.update(_peers(judged, records.trials(), Path(made) / "pages"))
    found = {engine: means(judged, answers) for engine, answers in engines.items()}
    print(table(found))
    titles = {document.trial_id: document.card["title"] for document in records.corpus.documents()}
    for line in worst(judged, answered, engines, titles, given.worst):
        print(line)
    mine = found.pop("ours")[ALL]
    return int(any(theirs[ALL][1] >= mine[1] or theirs[ALL][2] >= mine[2] for theirs in found.values()))


def _peers(
    judged: Sequence[Judged], trials: Iterable[Any], folder: Path
) -> dict[str, Sequence[Sequence[str]]]:
    """Return the answers of each peer with the setting that has the highest nDCG."""
    from benchmarks.search_peers import best, minisearch, pagefind
    from benchmarks.search_texts import texts_of

    queries = [each.query for each in judged]
    documents = [texts_of(card, trial) for card, trial in trials]
    found = {}
    for name, answers in (
        ("MiniSearch", minisearch(documents, queries)),
        ("Pagefind", pagefind(documents, queries, folder)),
    ):
        print(f"{name}, by setting: recall@{DEPTH}, nDCG@{DEPTH}")
        for setting, ids in answers:
            _, first, second = means(judged, ids)[ALL]
            print(f"  {first:.3f} {second:.3f}  {setting}")
        chosen, found[name] = best(answers, lambda ids: means(judged, ids)[ALL][2])
        print(f"  the best: {chosen}\n")
    return found


def table(found: Mapping[str, Mapping[str, tuple[int, float, float]]]) -> str:
    """Return the means of all engines, one line a kind."""
    first, *_ = found.values()
    heads = [f"{engine} {what}" for engine in found for what in (f"recall@{DEPTH}", f"nDCG@{DEPTH}")]
    lines = ["| queries | n | " + " | ".join(heads) + " |", "|---|---" + "|---" * len(heads) + "|"]
    for kind, (count, *_) in first.items():
        values = [f"{value:.3f}" for engine in found.values() for value in engine[kind][1:]]
        lines.append(f"| {kind} | {count} | " + " | ".join(values) + " |")
    return "\n".join(lines)


def worst(
    judged: Sequence[Judged],
    answered: Sequence[Answered],
    engines: Mapping[str, Sequence[Sequence[str]]],
    titles: Mapping[str, str],
    count: int,
) -> Iterable[str]:
    """Yield lines on the queries that we answer worst: how we read them, and what we found and missed."""
    values = [ndcg(said.ids, each.relevant) for each, said in zip(judged, answered, strict=True)]
    for place in sorted(range(len(judged)), key=lambda place: values[place])[:count]:
        each, said = judged[place], answered[place]
        others = ", ".join(f"{name} {ndcg(ids[place], each.relevant):.2f}" for name, ids in engines.items())
        units = " + ".join(f"{unit['typed']} ({unit['kind']}: {unit['read']})" for unit in said.units)
        relaxed = ", any word" if said.relaxed else ""
        yield f"\n{each.query} [{each.kind}] nDCG: {others}"
        yield f"  read as {units or 'nothing'}{relaxed}; {said.total} found, {len(each.relevant)} relevant"
        for trial_id in said.ids:
            yield f"  {each.relevant.get(trial_id, 0)} {trial_id} {titles.get(trial_id, '')}"
        missed = sorted(set(each.relevant) - set(said.ids), key=lambda trial_id: -each.relevant[trial_id])
        for trial_id in missed[:3]:
            yield f"  missed {each.relevant[trial_id]}: {trial_id} {titles.get(trial_id, 'not in the records')}"


if __name__ == "__main__":
    sys.exit(main())
