"""What one search costs in Chromium: bytes, requests, rounds and time, on a slow phone connection and warm.

A search is an address of the search page, opened in a browser that has nothing of the site. What came is read from
the browser's own records of requests; bytes are those of the bodies, packed by gzip. A round is a request that began
after another one had ended: the depth counts those that had to wait for one another. A place and the beginnings of
words are no part of an address, so those are asked of the engine's modules, from a page without any.
"""

from __future__ import annotations

import statistics
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, CDPSession, Page

SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
"""Slow 4G: milliseconds of each request, and bytes a second."""
FAST = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
BLANK = "robots.txt"
"""A file of a site that asks for no other."""
WAIT_MS = 180_000
REPEATS = 5
FIRST, LATER, INDEX, REST = "scripts of the page", "scripts of the answer", "index", "rest"
SIZE = 10
"""Results of a page."""
RESULT = "[data-search-results] a"
"""Where the search page has its results."""

Request = tuple[str, float, float, int]
"""Address, milliseconds of start and end, bytes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search of the benchmark."""

    name: str
    words: str
    filters: Mapping[str, str] = field(default_factory=dict)
    near: Mapping[str, float] | None = None
    beginnings: bool = False
    """Whether the time is that of the names offered for every beginning of the words."""
    budget: str = ""
    """The row of the budgets that it belongs to."""

    @property
    def address(self) -> str:
        """The search in an address of the search page."""
        return f"search/?{urlencode({'q': self.words, **self.filters})}"

    @property
    def query(self) -> dict[str, Any]:
        """The search as the engine takes it."""
        return {
            "words": self.words,
            "filters": {name: [value] for name, value in self.filters.items()},
            "age": None,
            "near": self.near,
            "order": "distance" if self.near else "relevance",
            "exact": False,
            "from": 0,
            "size": SIZE,
        }


@dataclass(frozen=True, slots=True)
class Cost:
    """What a search cost; times in milliseconds."""

    total: int
    """Trials that were found."""
    sizes: Mapping[str, int]
    """Bytes of the scripts that the page opens with, of other scripts, of the index, and of the page and its styles."""
    requests: int
    rounds: int
    cold: float
    """Until the first result is there, over the slow connection."""
    warm: float
    """The same search once more on the same page, over no slow connection."""


_WATCH = """(selector) => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector(selector)) return;
    window.firstResult = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}"""

_REQUESTS = """(until) => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter(({ startTime, responseEnd }) => responseEnd && startTime < until)
  .map(({ name, startTime, responseEnd, encodedBodySize }) => [name, startTime, responseEnd, encodedBodySize])"""

_ENGINE = """async ({ scripts, folder, query, repeats }) => {
  const begun = performance.now();
  const [{ search }, { openIndex }] = await Promise.all(["search-engine.js", "search-load.js"].map((name) => import(scripts + name)));
  const index = await openIndex({ folder });
  const ask = async () => {
    const found = await search(index, query);
    await found.cards();
    return found.total;
  };
  const total = await ask();
  const cold = performance.now();
  const warm = [];
  for (let time = 0; time < repeats; time += 1) {
    const before = performance.now();
    await ask();
    warm.push(performance.now() - before);
  }
  return { total, begun, cold, warm };
}"""

_BEGINNINGS = """async ({ scripts, folder, words, repeats }) => {
  const begun = performance.now();
  const [{ suggest }, { openIndex }] = await Promise.all(["search-suggest.js", "search-load.js"].map((name) => import(scripts + name)));
  const index = await openIndex({ folder });
  const beginnings = Array.from(words, (_, at) => words.slice(0, at + 1));
  await suggest(index, beginnings[2]);
  const cold = performance.now();
  for (const text of beginnings) await suggest(index, text);
  const warm = [];
  for (let time = 0; time < repeats; time += 1) {
    for (const text of beginnings) {
      const before = performance.now();
      await suggest(index, text);
      warm.push(performance.now() - before);
    }
  }
  return { total: 0, begun, cold, warm };
}"""


def first_scripts(browser: Browser, site: str) -> frozenset[str]:
    """Return the names of the scripts with which the search page opens, before anything is asked."""
    page = browser.new_page()
    page.goto(f"{site}search/", wait_until="networkidle")
    requests = page.evaluate(_REQUESTS, WAIT_MS)
    page.close()
    return frozenset(PurePosixPath(urlsplit(name).path).name for name, *_ in requests if _is_script(name))


def measure(browser: Browser, site: str, scripts: str, asked: Asked, first: Container[str]) -> Cost:
    """Return what a search costs.

    `site` is the address of a site, `scripts` its folder of modules from there, `first` the names of those with which
    the page opens.
    """
    given = {
        "scripts": f"{site}{scripts}",
        "folder": f"{site}search/",
        "query": asked.query,
        "words": asked.words,
        "repeats": REPEATS,
    }
    if not asked.near and not asked.beginnings:
        cost, requests = measure_page(browser, f"{site}{asked.address}", RESULT, _ENGINE, given)
        return replace(cost, sizes=_sizes(requests, first))
    page, _connection = _new(browser)
    page.goto(f"{site}{BLANK}")
    found = page.evaluate(_BEGINNINGS if asked.beginnings else _ENGINE, given)
    requests = page.evaluate(_REQUESTS, found["cold"])
    page.context.close()
    return replace(_cost(found, requests, found["cold"] - found["begun"]), sizes=_sizes(requests, first))


def measure_page(
    browser: Browser,
    address: str,
    first: str,
    again: str,
    given: object = None,
    sent: list[tuple[str, int]] | None = None,
) -> tuple[Cost, Sequence[Request]]:
    """Return what a page costs that asks by itself, and its requests, until `first` is there.

    A script asks `again` for warm times.
    `sent` is the server's list: a page does not know what its workers ask for.
    """
    page, connection = _new(browser)
    if sent is not None:
        sent.clear()
    page.add_init_script(f"({_WATCH})({first!r})")
    page.goto(address, wait_until="commit")
    page.wait_for_selector(first, state="attached")
    cold = float(page.evaluate("window.firstResult"))
    requests = page.evaluate(_REQUESTS, cold)
    if sent is not None:
        requests = [(path, 0.0, 0.0, size) for path, size in sent]
    connection.send("Network.emulateNetworkConditions", FAST)
    found = page.evaluate(again, given)
    page.context.close()
    return _cost(found, requests, cold), requests


def _new(browser: Browser) -> tuple[Page, CDPSession]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    connection = context.new_cdp_session(page)
    connection.send("Network.enable")
    connection.send("Network.emulateNetworkConditions", SLOW)
    return page, connection


def _cost(found: Mapping[str, Any], requests: Sequence[Request], cold: float) -> Cost:
    of_index = [(start, end) for name, start, end, _size in requests if kind_of(name, ()) == INDEX]
    return Cost(
        total=found["total"],
        sizes=_sizes(requests, ()),
        requests=len(of_index),
        rounds=rounds(of_index),
        cold=cold,
        warm=statistics.median(found["warm"]),
    )


def _sizes(requests: Sequence[Request], first: Container[str]) -> dict[str, int]:
    sizes = dict.fromkeys((FIRST, LATER, INDEX, REST), 0)
    for name, _start, _end, size in requests:
        sizes[kind_of(name, first)] += size
    return sizes


def kind_of(address: str, first: Container[str]) -> str:
    """Return what a request was for, by its path; `first` are the names of the scripts with which a page opens.

    >>> kind_of("http://host/assets/js.0a/search.js", {"search.js"})
    'scripts of the page'
    """
    path = PurePosixPath(urlsplit(address).path)
    if _is_script(address):
        return FIRST if path.name in first else LATER
    if "pagefind" in path.parts:
        return INDEX
    return INDEX if "search" in path.parts and path.suffix == ".json" else REST


def _is_script(address: str) -> bool:
    """Say whether an address is that of a script, or of Pagefind's own program."""
    path = PurePosixPath(urlsplit(address).path)
    return path.suffix == ".js" or ("pagefind" in path.parts and path.name.startswith("wasm"))


def rounds(requests: Iterable[tuple[float, float]]) -> int:
    """Return how many requests, given by start and end, had to wait for one another.

    >>> rounds([(0, 5), (1, 6), (7, 9)])
    2
    """
    ended: list[tuple[float, int]] = []
    deepest = 0
    for start, end in sorted(requests):
        depth = 1 + max((before for over, before in ended if over <= start), default=0)
        deepest = max(deepest, depth)
        ended.append((end, depth))
    return deepest
