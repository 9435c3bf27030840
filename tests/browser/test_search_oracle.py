"""What the page's search says in a browser is what a plain scan of the trials says.

The sample site has one bundle; a made-up site of many small files is served with the same pages.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from search.asked import NEAREST, Near, Query
from search.corpora import Corpus
from search.engine import ASKING, as_answer
from search.meaning import Source, answer
from search.queries import Asker
from search.reader import Reader, files_of
from search.records import corpus_of_site
from search.written import cases, scan_of
from sites import options

from browser.conftest import BASE
from browser.searching import LISTED, answered, listed
from browser.server import serving
from browser.tools import PROJECT
from browser.watched import watched
from trialpages.pages.headers import EVERYWHERE

QUERIES = 40
PAGE = 10
"""Trials that the page lists at first."""
ASK = """async ({ modules, folder, queries }) => {
  %s
  const { search } = await import(`${modules}search-engine.js`);
  const { openIndex } = await import(`${modules}search-load.js`);
  const index = await openIndex({ folder });
  const answers = [];
  for (const query of queries) answers.push(await answer(search, index, query));
  return answers;
}"""
SHOWN = """labels => labels.map((label) => {
  const { name, value } = label.querySelector("input");
  return [name, value, label.querySelector("[data-count]").textContent];
})"""
"""Facet, code and number of trials of every value that the form shows a number for."""
FITTING = re.compile(r"([\d,]+) trials? of [\d,]+ fit")
ADDRESSES: tuple[dict[str, list[str]], ...] = (
    {"q": ["lung cancer"]},
    {"q": ["leukaemia"], "status": ["RECRUITING", "COMPLETED"]},
    {"q": ["heart atack"], "sort": ["newest"]},
    {"q": ["cancer xqzzy"], "sex": ["FEMALE"]},
    {"phase": ["PHASE2", "PHASE3"], "results": ["yes"]},
    {"q": ["constructor"], "no_placebo_only_group": ["yes"], "sort": ["newest"]},
    {"q": ["diab"], "study_type": ["INTERVENTIONAL"], "country": ["spain", "united-states"]},
    {"q": ["aspirin"], "status": ["WITHDRAWN"], "phase": ["PHASE4"]},
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The trials of the sample site."""
    cache = tmp_path_factory.mktemp("sample")
    return corpus_of_site(options(PROJECT, cache=cache, output=cache / "output"))


@pytest.fixture(scope="module")
def parted(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample site's pages with the index of the made-up one."""
    folder = tmp_path_factory.mktemp("parted")
    for path in site.iterdir():
        if path.name != "search":
            (folder / path.name).symlink_to(path)
    cases()["parted"].write(folder / "search")
    (folder / "search" / "index.html").write_bytes((site / "search" / "index.html").read_bytes())
    with serving(folder, BASE, EVERYWHERE) as served:
        yield served


def ask(page: Page, address: str, site: Path, queries: list[Query]) -> list[dict[str, Any]]:
    """Return what the page's own modules say of each query."""
    modules = next(site.glob("assets/js.*")).relative_to(site).as_posix()
    page.goto(f"{address}about/")
    script = ASK % ASKING.read_text("utf-8").replace("export async", "async")
    given = {
        "modules": f"{address}{modules}/",
        "folder": f"{address}search/",
        "queries": [query.as_json() for query in queries],
    }
    said: list[dict[str, Any]] = page.evaluate(script, given)
    return said


def assert_agrees(
    page: Page, address: str, site: Path, source: Source, reader: Reader, corpus: Corpus
) -> None:
    """Fail when the browser answers a random query otherwise than a scan."""
    queries = Asker(corpus).queries(3, QUERIES)
    queries += [Query(near=Near(-17.0, 180.0, radius), order=NEAREST) for radius in (1.0, 50.0, None)]
    for query, said in zip(queries, ask(page, address, site, queries), strict=True):
        expected = answer(source, query)
        assert as_answer(said, reader) == expected, query
        assert said["cards"] == [corpus.documents[number].trial_id for number in expected.documents]


def test_the_sample_site_answers_as_a_scan(
    browser: Browser, address: str, site: Path, sample: Corpus
) -> None:
    with watched(browser, address) as opened:
        reader = Reader(files_of(site / "search"))
        assert_agrees(opened.page, address, site, scan_of(sample), reader, sample)
        assert opened.all_troubles() == []


def test_a_site_of_many_files_answers_as_a_scan(browser: Browser, parted: str, site: Path) -> None:
    case = cases()["parted"]
    with watched(browser, parted) as opened:
        assert_agrees(opened.page, parted, site, case.scan, case.reader, case.corpus)
        assert opened.all_troubles() == []


def test_the_page_of_the_sample_site_shows_what_a_scan_finds(
    browser: Browser, address: str, sample: Corpus
) -> None:
    with watched(browser, address) as opened:
        for asked in ({"q": ["blinatumomab"]}, {"q": ["leukemia"], "phase": ["PHASE2"]}, *ADDRESSES[-2:]):
            assert_shown(opened.page, address, scan_of(sample), sample, asked)
        assert opened.all_troubles() == []


def test_the_page_of_a_site_of_many_files_shows_what_a_scan_finds(browser: Browser, parted: str) -> None:
    case = cases()["parted"]
    with watched(browser, parted) as opened:
        for asked in ADDRESSES:
            assert_shown(opened.page, parted, case.scan, case.corpus, asked)
        assert opened.all_troubles() == []


def assert_shown(
    page: Page, address: str, source: Source, corpus: Corpus, asked: dict[str, list[str]]
) -> None:
    """Fail when the page shows another number, other counts or another order than a scan finds."""
    page.goto(f"{address}search/?{urllib.parse.urlencode(asked, doseq=True)}")
    text = answered(page)
    filters = {name: tuple(values) for name, values in asked.items() if name not in ("q", "sort")}
    words, order = asked.get("q", [""])[0], asked.get("sort", ["relevance"])[0]
    expected = answer(source, Query(words=words, filters=filters, order=order, size=PAGE))
    found = FITTING.search(text)
    assert (int(found[1].replace(",", "")) if found else 0) == expected.total, asked
    expect(page.locator(LISTED)).to_have_count(len(expected.documents))
    assert listed(page) == [corpus.documents[number].trial_id for number in expected.documents], asked
    shown = [row for row in page.locator("label:has([data-count])").evaluate_all(SHOWN) if row[1]]
    assert shown
    for facet, value, count in shown:
        assert int(count.replace(",", "")) == expected.counts[facet].get(value, 0), (asked, facet, value)
