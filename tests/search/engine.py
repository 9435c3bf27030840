"""The page's own search engine, asked under node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from browser.tools import PROJECT, program

from search.asked import Answer, Query, Unit
from search.reader import Reader

SCRIPT = Path(__file__).parent / "engine.mjs"
ASKING = Path(__file__).parent / "asking.mjs"


def told(folder: Path, queries: Iterable[Query]) -> list[dict[str, Any]]:
    """Return what the engine says of each query over the files in a folder."""
    answers: list[dict[str, Any]] = _asked(
        {"folder": str(folder), "query": query.as_json()} for query in queries
    )
    return answers


def suggested(folder: Path, beginnings: Iterable[str]) -> list[list[dict[str, Any]]]:
    """Return the names that the engine suggests for each beginning."""
    names: list[list[dict[str, Any]]] = _asked(
        {"folder": str(folder), "beginning": beginning} for beginning in beginnings
    )
    return names


def _asked(questions: Iterable[dict[str, Any]]) -> list[Any]:
    lines = [json.dumps(question) for question in questions]
    ran = subprocess.run(
        [program("node"), str(SCRIPT)],
        cwd=PROJECT,
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(answers) == len(lines)
    return answers


def as_answer(said: Mapping[str, Any], reader: Reader) -> Answer:
    """Return the engine's answer as the oracle speaks: values by their codes, without zeros."""
    codes = {
        facet["name"]: [code for code, _label, _total in facet["values"]]
        for facet in reader.manifest["facets"]
    }
    return Answer(
        total=said["total"],
        documents=tuple(said["documents"]),
        nearest=None
        if said["nearest"] is None
        else tuple(place and (place["km"], place["name"]) for place in said["nearest"]),
        counts={
            **{
                facet: {codes[facet][value]: count for value, count in rows if count}
                for facet, rows in said["counts"].items()
            },
            **{facet: {slug: count for slug, count in rows if count} for facet, rows in said["sets"].items()},
        },
        units=tuple(Unit(unit["typed"], unit["kind"], unit["name"], unit["read"]) for unit in said["units"]),
        relaxed=said["relaxed"],
        some=said["some"] and (said["some"]["total"], tuple(said["some"]["documents"])),
        loosened={entry["part"]: entry["total"] for entry in said["loosened"]},
        cut=said["cut"],
    )
