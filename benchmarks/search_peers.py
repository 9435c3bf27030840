"""MiniSearch and Pagefind over the texts that our index reads, so that all three answer the same questions.

Both are installed by npm into `.cache/peers` (`make relevance` and `make budgets` do it). Each is asked with several
reasonable settings from its own documentation, and is judged by the best of them. Both get the same fields with the
same weights: MiniSearch by `boost`, Pagefind by `data-pagefind-weight` on the pages that it indexes.
"""

from __future__ import annotations

import html
import itertools
import json
import math
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.lighthouse import browser
from benchmarks.packed_server import serving
from benchmarks.search_texts import BOOSTS

PROJECT = Path(__file__).resolve().parent.parent
PEERS = PROJECT / ".cache" / "peers"
DEPTH = 10
"""Answers that a reader looks at."""

Texts = Mapping[str, str]
"""The texts of a trial by field; `id` is its number."""
Answers = Sequence[Sequence[str]]
"""For each query the ids of its first answers."""

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "full": BOOSTS,
    "half": {field: math.sqrt(boost) for field, boost in BOOSTS.items()},
    "none": dict.fromkeys(BOOSTS, 1.0),
}
"""How much more a title counts than a summary."""
MINISEARCH_SETTINGS: tuple[tuple[str, Mapping[str, Any]], ...] = tuple(
    (
        f"{weights} boost, combineWith {how}, fuzzy {fuzzy}, prefix {prefix}",
        {"boost": WEIGHTS[weights], "combineWith": how, "fuzzy": fuzzy, "prefix": prefix},
    )
    for weights, how, fuzzy, prefix in itertools.product(
        WEIGHTS, ("OR", "AND", "AND, then OR"), (False, 0.2, "long"), (False, True)
    )
)
PAGEFIND_SETTINGS: tuple[Mapping[str, float], ...] = (
    {},
    {"termSimilarity": 10.0},
    {"termSimilarity": 50.0},
    {"termSimilarity": 10.0, "pageLength": 0.0},
    {"termSimilarity": 10.0, "termFrequency": 0.5},
    {"termSimilarity": 10.0, "termSaturation": 0.5},
)
"""Of its option `ranking`."""


def minisearch(documents: Sequence[Texts], queries: Sequence[str]) -> list[tuple[str, Answers]]:
    """Return a name for each setting, and the answers of MiniSearch with it."""
    asked = {
        "fields": list(BOOSTS),
        "documents": documents,
        "queries": queries,
        "settings": [setting for _name, setting in MINISEARCH_SETTINGS],
    }
    script = PROJECT / "benchmarks" / "peers" / "minisearch.mjs"
    done = subprocess.run(
        ["node", str(script), str(PEERS)],  # noqa: S607
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: Sequence[Answers] = json.loads(done.stdout)["answers"]
    return [(name, found) for (name, _), found in zip(MINISEARCH_SETTINGS, answers, strict=True)]


def pagefind(documents: Sequence[Texts], queries: Sequence[str], folder: Path) -> list[tuple[str, Answers]]:
    """Return a name for each setting, and the answers of Pagefind with it; it writes into a folder of each weights."""
    answers: list[tuple[str, Answers]] = []
    for weights, boosts in WEIGHTS.items():
        write_pages((page_of(document, boosts) for document in documents), folder / weights)
        subprocess.run([*pagefind_program(), str(folder / weights)], capture_output=True, check=True)
        found = _asked_of_pagefind(folder / weights, documents[0]["id"], queries)
        for setting, said in zip(PAGEFIND_SETTINGS, found, strict=True):
            ranking = ", ".join(f"{name} {value:g}" for name, value in setting.items())
            answers.append((f"{weights} weights, {ranking or 'ranking as it comes'}", said))
    return answers


def _asked_of_pagefind(folder: Path, page_of_site: str, queries: Sequence[str]) -> Sequence[Answers]:
    """Return the answers to the queries with each setting."""
    with serving(folder, policy="") as address, sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser())
        page = launched.new_page()
        page.goto(f"{address}{page_of_site}/")
        script = f"{address}pagefind/pagefind.js"
        asked = {"script": script, "queries": queries, "settings": PAGEFIND_SETTINGS, "depth": DEPTH}
        answers: Sequence[Answers] = page.evaluate(_ASK, asked)
        launched.close()
    return answers


_ASK = """async ({ script, queries, settings, depth }) => {
  const pagefind = await import(script);
  const ids = new Map();
  const idOf = async (result) => {
    if (!ids.has(result.id)) ids.set(result.id, (await result.data()).url.split("/").at(-2));
    return ids.get(result.id);
  };
  const answers = [];
  for (const ranking of settings) {
    await pagefind.destroy();
    await pagefind.options({ ranking });
    await pagefind.init();
    const all = [];
    for (const query of queries) {
      const { results } = await pagefind.search(query);
      all.push(await Promise.all(results.slice(0, depth).map(idOf)));
    }
    answers.push(all);
  }
  return answers;
}"""


def page_of(document: Texts, boosts: Mapping[str, float]) -> tuple[str, str]:
    """Return a trial's number and its page: each field with its weight, the title as the heading."""
    parts = "".join(
        f'<p data-pagefind-weight="{weight:g}">{html.escape(document[field])}</p>'
        for field, weight in boosts.items()
        if field != "title" and document[field]
    )
    title = html.escape(document["title"])
    return document["id"], f'<h1 data-pagefind-weight="{boosts["title"]:g}">{title}</h1>{parts}'


def write_pages(pages: Iterable[tuple[str, str]], folder: Path) -> None:
    """Write one page for each number and content, as Pagefind reads them."""
    for number, content in pages:
        target = folder / number / "index.html"
        target.parent.mkdir(parents=True)
        target.write_text(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Trial</title></head>'
            f"<body><main data-pagefind-body>{content}</main></body></html>",
            "utf-8",
        )


def pagefind_program() -> tuple[str, ...]:
    """Return the command that indexes a folder with Pagefind."""
    return (str(PEERS / "node_modules" / ".bin" / "pagefind"), "--site")


def best(answers: Sequence[tuple[str, Answers]], value: Callable[[Answers], float]) -> tuple[str, Answers]:
    """Return the setting with the highest value, of equal ones the first."""
    return max(answers, key=lambda named: value(named[1]))
