"""What the search page does with bad input, a damaged index, no connection and a browser that keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.searching import LISTED, answered, ask, listed, said, words
from browser.watched import Watched, watched

NO_STORAGE = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
}
"""
ODD = {
    "stop words": "the of and",
    "marks": "?!... ()",
    "HTML": "<img src=x onerror=alert(1)>",
    "a regular expression": "(.*+?[leuk",
    "a prototype": "__proto__",
    "a constructor": "constructor toString hasOwnProperty",
    "control characters": "leukemia\x00\x07\x1b",
    "bidi characters": "\u202eleukemia\u2066",
    "Chinese": "白血病",
    "Cyrillic": "лейкемия",
    "emoji": "🩸🧬",
    "half a pair": "leukemia \ud83e",
    "percent": "100% %E0%A4%A",
}


@pytest.fixture
def watch(browser: Browser, address: str) -> Iterator[Watched]:
    with watched(browser, address) as opened:
        opened.page.goto(f"{address}search/")
        yield opened
        assert opened.all_troubles() == []


@pytest.mark.parametrize("name", ODD)
def test_odd_words_are_answered(watch: Watched, name: str) -> None:
    page = watch.page
    page.evaluate(
        """(text) => {
          const field = document.getElementById("search-words");
          field.value = text;
          field.form.requestSubmit();
        }""",
        ODD[name],
    )
    answered(page)
    assert page.locator("main img, main b, main script").count() == 0
    before = said(page).inner_text()
    page.reload()
    expect(said(page)).to_have_text(before.replace("\n\n", ""))


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("the of and", "These words are too common to search for. Type an illness or a treatment."),
        ("?!...", "There is no word to search for in “?!...”."),
        ("白血病", "No trial on this site fits your search."),
    ],
)
def test_words_that_find_nothing_are_explained(watch: Watched, typed: str, reading: str) -> None:
    ask(watch.page, typed)
    expect(said(watch.page)).to_contain_text(reading)


def test_ten_thousand_characters_are_cut_and_the_page_says_so(watch: Watched) -> None:
    ask(watch.page, "leukemia " * 1111)
    expect(said(watch.page)).to_contain_text("Your text is long. Only its first part was searched.")
    assert listed(watch.page)
    assert len(watch.page.url) < 2000
    watch.page.reload()
    expect(said(watch.page)).to_contain_text("Your text is long.")


@pytest.mark.parametrize("text", ["leukemia" * 30, f"{'x' * 200} leukemia"])
def test_one_long_word_does_not_widen_a_small_screen(browser: Browser, address: str, text: str) -> None:
    with watched(browser, address, viewport={"width": 320, "height": 640}) as watch:
        watch.page.goto(f"{address}search/?q={quote(text)}")
        answered(watch.page)
        expect(watch.page.locator(".chip")).to_contain_text(text)
        assert watch.page.evaluate("document.documentElement.scrollWidth") == 320
        assert watch.all_troubles() == []


def test_an_address_may_hold_anything(browser: Browser, address: str) -> None:
    odd = "?q=%3Cb%3E&status=%22%3E%3Cb%3E&status=__proto__&country=nowhere&sort=constructor&age=47&sex=X&%ff=%ff"
    with watched(browser, address) as watch:
        watch.page.goto(f"{address}search/{odd}")
        expect(said(watch.page)).to_contain_text("No trial on this site fits")
        assert watch.page.locator("main b, main img").count() == 0
        expect(watch.page.get_by_label("Age in years")).to_have_value("")
        watch.page.get_by_role("button", name="Clear all").click()
        expect(said(watch.page)).to_have_text("Your search is cleared.")
        assert watch.all_troubles() == []


def troubled(browser: Browser, address: str, changed: dict[str, bytes | None]) -> Iterator[Page]:
    """A page of a site of which some files of the index hold something else, or are not there."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name not in changed:
            route.continue_()
        elif (content := changed[name]) is None:
            route.fulfill(status=404, body="Not found")
        else:
            route.fulfill(status=200, content_type="application/json", body=content)

    page.route("**/search/**/*.json", answer)
    yield page
    context.close()


LATEST = json.dumps({"index": "0123456789abcdef", "trials": 17, "format": 2, "bundles": []}).encode()
LATER = json.dumps({"index": "0123456789abcdef", "trials": 17, "format": 3, "bundles": []}).encode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"latest.json": None}, "The search does not work at the moment."),
        ({"latest.json": b"<!doctype html>"}, "The search does not work at the moment."),
        ({"latest.json": LATEST}, "The search does not work at the moment."),
        ({"index.json": b'{"facets.json":'}, "The search does not work at the moment."),
        ({"cards.json": b"{}"}, "The search does not work at the moment."),
        ({"latest.json": LATER}, "This page is older than the search. Load the page again."),
    ],
    ids=["missing", "no JSON", "another build", "truncated", "without cards", "a later format"],
)
def test_a_damaged_index_leaves_the_lists(
    browser: Browser, address: str, changed: dict[str, bytes | None], sentence: str
) -> None:
    for page in troubled(browser, address, changed):
        page.goto(f"{address}search/?q=leukemia")
        expect(said(page)).to_contain_text(sentence)
        expect(said(page)).to_contain_text("The lists below hold the same trials.")
        expect(page.get_by_role("heading", name="Lists of all")).to_be_visible()
        expect(page.locator("#results")).to_be_hidden()


@pytest.mark.parametrize(
    ("gone", "part"),
    [("search-group.js", "[data-group=country]"), ("search-place.js", "[data-search-place]")],
)
def test_a_part_that_is_gone_says_so_and_the_list_stays(
    browser: Browser, address: str, gone: str, part: str
) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.route(f"**/{gone}", lambda route: route.fulfill(status=404, body="Not found"))
    page.goto(f"{address}search/?q=leukemia")
    expect(page.locator(LISTED)).to_have_count(10)
    page.locator(f"{part} summary").click()
    expect(page.locator(part)).to_contain_text("This part could not be loaded. Load the page again.")
    expect(page.locator(LISTED)).to_have_count(10)
    context.close()


def test_an_index_that_comes_back_is_found_again(browser: Browser, address: str) -> None:
    changed: dict[str, bytes | None] = {"latest.json": None}
    for page in troubled(browser, address, changed):
        page.goto(f"{address}search/?q=leukemia")
        retry = page.get_by_role("button", name="Try again")
        retry.wait_for()
        changed.clear()
        retry.click()
        expect(page.locator(LISTED).first).to_be_visible()
        expect(said(page)).to_be_focused()


@pytest.mark.parametrize("is_begun", [False, True])
def test_without_a_connection_the_page_says_so(browser: Browser, address: str, is_begun: bool) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{address}search/")
    if is_begun:
        page.route("**/latest.json", lambda route: route.abort())
        words(page).focus()
        expect(said(page)).to_contain_text("The search could not be loaded. Check your connection.")
    context.set_offline(True)
    words(page).fill("lymphoma")
    expect(page.get_by_text("The search could not be loaded.").and_(page.locator(":visible"))).to_be_visible()
    page.unroute("**/latest.json")
    context.set_offline(False)
    page.reload()
    ask(page, "lymphoma")
    context.close()


def test_a_browser_that_keeps_nothing_searches_all_the_same(browser: Browser, address: str) -> None:
    with watched(browser, address) as watch:
        page = watch.page
        page.add_init_script(NO_STORAGE)
        page.goto(f"{address}search/?q=leukemia")
        answered(page)
        page.get_by_label("Keep my age and place").check()
        page.get_by_label("Age in years").fill("7")
        expect(page.get_by_role("button", name="Remove: Age 7")).to_be_visible()
        page.locator(f"{LISTED} a").first.click()
        page.get_by_role("link", name="Back to search").click()
        expect(page).to_have_url(f"{address}search/")
        assert watch.all_troubles() == []


def test_saved_trials_are_marked(browser: Browser, address: str, site: Path) -> None:
    with watched(browser, address) as watch:
        page = watch.page
        page.goto(f"{address}trials/NCT02458014/")
        page.get_by_role("button", name="Save this trial").click()
        page.goto(f"{address}search/?q={quote('NCT02458014')}")
        expect(page.locator(LISTED)).to_contain_text("Saved")
        page.evaluate("localStorage.clear(); dispatchEvent(new StorageEvent('storage', { key: null }))")
        expect(page.locator(LISTED)).not_to_contain_text("Saved")
        assert watch.all_troubles() == []


def test_a_late_answer_to_an_old_question_is_dropped(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    held: list[Route] = []
    page.route("**/index.json", lambda route: held.append(route))
    page.goto(f"{address}search/?q=leukemia")
    expect(said(page)).to_have_text("Searching…")
    words(page).fill("blinatumomab")
    page.wait_for_url("**/?q=blinatumomab")
    for route in held:
        route.continue_()
    page.unroute("**/index.json")
    answered(page)
    expect(page.locator(".chip")).to_contain_text("“blinatumomab”")
    assert len(listed(page)) == 5
    context.close()
