"""What a page may cost: bytes as a web server sends them, requests in a row, and things that jump.

Bytes are those of brotli at its best, the way the files lie on a server. A script counts when the page asks
for it without being scrolled, on a wide screen and on a phone.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Browser, Page, Request

from browser.conftest import BASE
from browser.interactions import EXAMPLE
from browser.kinds import LONG_RECORDS
from browser.watched import watched

HTML = 14_000
CSS = 8_000
SCRIPT = 10_000
LONGEST_CHAIN = 2
MOST_SHIFT = 0.01
MOST_STEPS = 200

PAGES = {"the example": EXAMPLE, **{name: f"trials/{number}/" for name, number in LONG_RECORDS.items()}}
SCREENS = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

LISTEN = """
window.__shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    const moved = shift.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? String(node?.nodeName));
    if (!shift.hadRecentInput) window.__shifts.push([shift.value, moved.join(" | ")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
PAUSE_MS = 40
"""Between two steps of a reader who scrolls by half a screen and waits for what comes."""


@pytest.fixture(params=PAGES)
def page_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home(request: pytest.FixtureRequest, page_name: str) -> Path:
    """The folder of the site that has the page; the records are asked for only where they are needed."""
    found: Path = request.getfixturevalue("site" if page_name == "the example" else "long_site")
    return found


@pytest.fixture
def served(request: pytest.FixtureRequest, page_name: str) -> str:
    found: str = request.getfixturevalue("address" if page_name == "the example" else "long_address")
    return found


def size(*files: Path) -> int:
    """Bytes of files as they go over the wire, one by one."""
    return sum(len(brotli.compress(file.read_bytes(), quality=11)) for file in files)


def test_html_and_style_sheets(home: Path, page_name: str) -> None:
    page = home / PAGES[page_name] / "index.html"
    text = page.read_text(encoding="utf-8")
    sheets = [
        (page.parent / link).resolve() for link in re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    ]
    assert sheets
    assert size(page) <= HTML
    assert size(*sheets) <= CSS


@pytest.mark.parametrize("screen", SCREENS)
def test_scripts_and_chains_before_anything_is_done(
    browser: Browser, home: Path, served: str, page_name: str, screen: str
) -> None:
    with watched(browser, served, viewport=SCREENS[screen]) as watch:
        chains = _follow(watch.page)
        watch.page.goto(served + PAGES[page_name], wait_until="networkidle")
        scripts = [_file(home, url) for url in chains if urlsplit(url).path.endswith(".js")]
        costs = {file.name: size(file) for file in scripts}
        long = {url: chain for url, chain in chains.items() if len(chain) > LONGEST_CHAIN}
        assert sum(costs.values()) <= SCRIPT, costs
        assert not long, long
        assert watch.all_troubles() == []


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_jumps_while_the_page_loads_and_is_read(
    browser: Browser, served: str, page_name: str, screen: str
) -> None:
    with watched(browser, served, viewport=SCREENS[screen]) as watch:
        watch.page.context.add_init_script(LISTEN)
        watch.page.goto(served + PAGES[page_name], wait_until="load")
        _read_to_the_end(watch.page)
        shifts = watch.page.evaluate("window.__shifts")
        assert sum(value for value, _ in shifts) < MOST_SHIFT, shifts


def _read_to_the_end(page: Page) -> None:
    """Scroll by half a screen at a time, and go on when nothing is on its way."""
    waiting: set[Request] = set()
    page.on("request", lambda request: waiting.add(request))
    page.on("requestfinished", lambda request: waiting.discard(request))
    page.on("requestfailed", lambda request: waiting.discard(request))
    step = "scrollBy(0, innerHeight / 2), scrollY + innerHeight >= document.documentElement.scrollHeight - 2"
    for _step in range(MOST_STEPS):
        ended = page.evaluate(step)
        page.wait_for_timeout(PAUSE_MS)
        while waiting:
            page.wait_for_timeout(PAUSE_MS)
        if ended:
            return
    pytest.fail(f"the page has no end, not after {MOST_STEPS} steps")


def _follow(page: Page) -> dict[str, list[str]]:
    """Return what will hold, for each request, the files that led to it, itself at the end."""
    chains: dict[str, list[str]] = {}

    def sent(event: dict[str, object]) -> None:
        request, initiator = event["request"], event["initiator"]
        assert isinstance(request, dict) and isinstance(initiator, dict)
        url = str(request["url"])
        if url.startswith("data:") or url in chains:
            return
        frames = (initiator.get("stack") or {}).get("callFrames") or [{}]
        cause = initiator.get("url") or frames[0].get("url") or ""
        chains[url] = [*chains.get(cause, [])[:], url]

    session = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", sent)
    session.send("Network.enable")
    return chains


def _file(home: Path, url: str) -> Path:
    return home / urlsplit(url).path.removeprefix(BASE)
