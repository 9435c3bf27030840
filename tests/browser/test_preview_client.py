"""The preview in a browser: a page that is open follows what is saved, and its reader keeps her place."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.interactions import EXAMPLE, OPEN
from browser.told_preview import ToldPreview, previewing
from browser.watched import Watched, watched

BASE = "/some/path/"
FOLD = "#design details"


@pytest.fixture
def preview(site: Path) -> Iterator[ToldPreview]:
    """A preview of the sample site; each test has its own."""
    with previewing(site, BASE) as served:
        yield served


@contextmanager
def opened(browser: Browser, preview: ToldPreview, url: str = OPEN, **options: Any) -> Iterator[Watched]:
    """Open a page with the client at work; nothing may go wrong on it. `survives` tells whether it was loaded again."""
    with watched(browser, preview.address, **options) as watch:
        watch.page.goto(preview.address + url)
        ready(watch.page, preview)
        watch.page.evaluate("() => { window.survives = true }")
        yield watch
        assert watch.all_troubles() == []


def ready(page: Page, preview: ToldPreview) -> None:
    """Wait until the client has taken up the page: it has asked, and is connected."""
    expect(page.locator(".tab")).to_be_visible()
    page.wait_for_load_state("networkidle")
    while not preview.waiting:
        page.wait_for_timeout(10)


def survives(page: Page) -> bool:
    found: bool = page.evaluate("window.survives === true")
    return found


def start_self_check(page: Page) -> None:
    page.locator("#self-check").scroll_into_view_if_needed()
    expect(page.locator(".self-check-result")).to_be_visible()


def start_places(page: Page) -> None:
    """Let the part over the one that is looked at grow before anything is measured."""
    page.locator("#locations").scroll_into_view_if_needed()
    expect(page.locator("#locations input").first).to_be_visible()


def answered(page: Page) -> int:
    found: int = page.locator("#self-check input[type=radio]:checked").count()
    return found


def top(page: Page, selector: str) -> float:
    found: float = page.evaluate("(one) => document.querySelector(one).getBoundingClientRect().top", selector)
    return found


def test_an_edit_of_words_changes_the_page_in_place(browser: Browser, preview: ToldPreview) -> None:
    with opened(browser, preview) as watch:
        page = watch.page
        start_self_check(page)
        page.locator("#self-check fieldset").first.get_by_label("Not sure").check()
        page.locator(FOLD).first.evaluate("(fold) => { fold.open = true }")
        start_places(page)
        page.locator("#contact").scroll_into_view_if_needed()
        page.locator("#contact a").first.focus()
        before = top(page, "#contact")
        title = page.locator("h1").inner_text()
        lede = page.locator("#summary .lede p").first.inner_text()
        preview.edit(OPEN, (title, "A made-up title"), count=99)
        preview.edit(OPEN, (lede, "Made-up words." + " More of them." * 200))
        expect(page.locator("h1")).to_have_text("A made-up title")
        expect(page.locator("#summary .lede p").first).to_contain_text("Made-up words. More")
        assert page.title().startswith("A made-up title |")
        assert (survives(page), answered(page)) == (True, 1)
        assert page.locator(FOLD).first.get_attribute("open") is not None
        assert abs(top(page, "#contact") - before) < 2
        assert page.evaluate("document.activeElement.closest('#contact') !== null")
        # Nothing of the client stays on the page itself.
        assert page.evaluate("document.documentElement.hasAttribute('style')") is False


def test_a_part_that_scripts_hold_loads_the_page_again_as_it_was(
    browser: Browser, preview: ToldPreview
) -> None:
    with opened(browser, preview) as watch:
        page = watch.page
        start_self_check(page)
        for group in page.locator("#self-check fieldset").all():
            if group.get_by_label("Not sure").count():
                group.get_by_label("Not sure").check()
        before = answered(page)
        page.locator(FOLD).first.evaluate("(fold) => { fold.open = true }")
        start_places(page)
        link = page.locator("#contact a").first
        link.scroll_into_view_if_needed()
        link.focus()
        place = top(page, "#contact")
        source = (preview.read(OPEN) or b"").decode()
        first = re.search(r'(<li data-kind="\w+">)([^<]+)\n<details>', source)
        assert first and before > 2
        preview.edit(OPEN, (first[0], f"{first[1]}A made-up rule\n<details>"))
        expect(page.locator("#self-check")).to_contain_text("A made-up rule")
        expect(page.locator("#self-check input[type=radio]:checked")).to_have_count(before - 1)
        assert not survives(page)
        assert page.locator(FOLD).first.get_attribute("open") is not None
        expect(page.locator("#contact a").first).to_be_focused()
        assert abs(top(page, "#contact") - place) < 3
        assert page.evaluate("[sessionStorage.length, localStorage.length, history.scrollRestoration]") == [
            0,
            0,
            "auto",
        ]


@pytest.mark.parametrize("named", ["*", "{}assets/site.made-up.css", "{}assets/missing.css", "a.css b.css"])
def test_a_style_sheet_is_swapped_without_a_reload(
    browser: Browser, preview: ToldPreview, named: str
) -> None:
    with opened(browser, preview, EXAMPLE) as watch:
        page = watch.page
        sheet = re.search(
            r'rel="stylesheet" href="(?:\.\./)*(assets/site\.\w+\.css)"',
            (preview.read(EXAMPLE) or b"").decode(),
        )
        assert sheet
        styles = (preview.read(sheet[1]) or b"") + b"@layer components { h1 { color: rgb(1, 2, 3); } }"
        preview.files["assets/site.made-up.css"] = styles
        page.evaluate("() => { const links = document.styleSheets; window.fewest = links.length;"
                      "new MutationObserver(() => { window.fewest = Math.min(window.fewest, [...links].filter((one) => one.href).length) })"
                      ".observe(document.head, { childList: true }) }")  # fmt: skip
        preview.named = named.format("../" * EXAMPLE.count("/"))
        preview.edit(EXAMPLE, (sheet[1], "assets/site.made-up.css"))
        expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
        expect(page.locator("head link[rel=stylesheet]")).to_have_count(1)
        expect(page.locator("head link[rel=stylesheet][href$='/site.made-up.css']")).to_have_count(1)
        assert survives(page)
        assert page.evaluate("window.fewest") >= 1


def test_two_quick_saves_end_in_the_second(browser: Browser, preview: ToldPreview) -> None:
    go_on, is_held = threading.Event(), threading.Event()

    def hold() -> None:
        is_held.set()
        assert go_on.wait(10)

    with opened(browser, preview, EXAMPLE) as watch:
        page = watch.page
        preview.asked.clear()
        preview.hold = hold
        preview.edit(EXAMPLE, ("</h1>", " First</h1>"))
        while not is_held.is_set():
            page.wait_for_timeout(10)
        for name in ("Second", "Third", "Last"):
            preview.files[EXAMPLE + "index.html"] = re.sub(
                rb" \w+</h1>", f" {name}</h1>".encode(), preview.read(EXAMPLE) or b""
            )
            preview.nudge()
        go_on.set()
        expect(page.locator("h1")).to_contain_text(" Last")
        assert survives(page)
        assert preview.most_in_flight == 1 and preview.asked.count("page") in (2, 3, 4)


def test_what_was_missed_is_caught_up(browser: Browser, preview: ToldPreview) -> None:
    with opened(browser, preview, EXAMPLE) as watch:
        page = watch.page
        waiting, preview.waiting = preview.waiting, set()
        preview.edit(EXAMPLE, ("</h1>", " one</h1>"))
        page.evaluate("() => { document.dispatchEvent(new Event('visibilitychange')) }")
        expect(page.locator("h1")).to_contain_text("one")
        preview.edit(EXAMPLE, ("</h1>", " two</h1>"))
        page.evaluate("() => { dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })) }")
        expect(page.locator("h1")).to_contain_text("one two")
        preview.edit(EXAMPLE, ("</h1>", " three</h1>"))
        assert preview.loop
        for each in waiting:
            preview.loop.call_soon_threadsafe(each.close)
        expect(page.locator("h1")).to_contain_text("one two three")
        assert survives(page)


def test_without_a_connection_the_page_asks_by_itself(browser: Browser, preview: ToldPreview) -> None:
    preview.connects = False
    with watched(browser, preview.address) as watch:
        page = watch.page
        page.goto(preview.address + EXAMPLE)
        expect(page.locator(".tab")).to_be_visible()
        preview.edit(EXAMPLE, ("</h1>", " without</h1>"))
        expect(page.locator("h1")).to_contain_text("without")
        assert {text for text in watch.all_troubles() if "WebSocket" not in text} == set()


def test_a_page_that_changed_while_it_came_is_loaded_again(browser: Browser, preview: ToldPreview) -> None:
    with watched(browser, preview.address) as watch:
        page = watch.page

        def edit_meanwhile(route: Route) -> None:
            if b"meanwhile" not in (preview.read(EXAMPLE) or b""):
                preview.edit(EXAMPLE, ("</h1>", " meanwhile</h1>"))
            route.continue_()

        page.route("**/__preview/client.js", edit_meanwhile)
        page.goto(preview.address + EXAMPLE)
        expect(page.locator("h1")).to_contain_text("meanwhile")
        assert watch.all_troubles() == []


def test_scripts_that_change_load_the_page_again(browser: Browser, preview: ToldPreview) -> None:
    with opened(browser, preview, EXAMPLE) as watch:
        page = watch.page
        preview.edit(EXAMPLE, ('type="module" src="', 'type="module" data-made-up src="'))
        expect(page.locator("head script[data-made-up]")).to_have_count(1)
        assert not survives(page)


def test_a_page_that_is_gone_says_so(browser: Browser, preview: ToldPreview) -> None:
    with watched(browser, preview.address) as watch:
        page = watch.page
        page.goto(preview.address + EXAMPLE)
        ready(page, preview)
        kept, preview.folder = preview.folder, Path("/nowhere")
        preview.nudge()
        expect(page.locator("main")).to_have_text("made up")
        preview.folder = kept
        preview.nudge()
        expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("url", ["", "search/", "compare/", "glossary/", "conditions/"])
def test_every_kind_of_page_is_previewed_in_silence(browser: Browser, preview: ToldPreview, url: str) -> None:
    with opened(browser, preview, url) as watch:
        preview.edit(url, ("</footer>", "<p>Made up</p></footer>"))
        expect(watch.page.locator("footer")).to_contain_text("Made up")
        assert survives(watch.page)


STEP = 13
"""Of the pages of the sample site every thirteenth; two that follow each other may have anything in common."""
MERGES = """async (texts) => {
  const { merge } = await import("/__preview/merging.js");
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
  return texts.map(([old, fresh]) => {
    const live = parsed(old);
    const changes = merge(parsed(old).documentElement, parsed(fresh).documentElement, live.documentElement, (link, href) => link.setAttribute("href", href));
    changes?.forEach((change) => change());
    return [changes !== null, live.documentElement.isEqualNode(parsed(changes ? fresh : old).documentElement)];
  });
}"""


def test_a_merged_page_equals_the_new_one_or_stays_the_old_one(
    browser: Browser, preview: ToldPreview
) -> None:
    paths = [
        path.relative_to(preview.folder).as_posix() for path in sorted(preview.folder.glob("*/**/index.html"))
    ]
    texts = [(preview.read(path) or b"").decode() for path in paths]
    pairs = list(itertools.pairwise(texts[::STEP]))
    summary = next(text for text in texts if 'class="lede"' in text and 'id="summary"' in text)
    paragraphs = re.findall(r"<p>.*?</p>", summary[summary.index('id="summary"') :], re.S)[:5]
    edits = [
        (one, other)
        for index, one in enumerate(paragraphs)
        for other in (
            one + one,
            f"{one}<p>New <b>words</b></p>",
            "<ul><li>New</li></ul>",
            "",
            paragraphs[-index],
        )
    ]
    pairs += [(summary, summary.replace(one, other)) for one, other in edits]
    with opened(browser, preview, EXAMPLE) as watch:
        found = watch.page.evaluate(MERGES, pairs)
    assert all(is_right for _, is_right in found)
    assert all(is_merged for is_merged, _ in found[-len(edits) :])
    assert len(edits) == 25 and len(found) > 35


def test_a_built_site_holds_nothing_of_the_preview(site: Path) -> None:
    files = [
        path for path in site.rglob("*") if path.suffix in (".html", ".js", ".css", ".json", ".txt", ".xml")
    ]
    assert len(files) > 50
    assert [
        path
        for path in files
        if b"__preview" in path.read_bytes() or b"trialpages-preview" in path.read_bytes()
    ] == []
