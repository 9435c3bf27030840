"""The search page of the sample site: what it finds, what it puts into the address, and what it never does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.watched import Watched, watched


@pytest.fixture
def watch(browser: Browser, address: str) -> Iterator[Watched]:
    with watched(browser, address) as opened:
        opened.page.goto(f"{address}search/")
        yield opened
        assert opened.all_troubles() == []


def links(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator("[data-search-results] a").all()]


def fitting(site: Path, **wanted: str) -> int:
    records = json.loads((site / "search/trials.json").read_text("utf-8"))
    return sum(all(record.get(key) == value for key, value in wanted.items()) for record in records)


def test_words_find_trials_as_links_and_the_count_is_said(watch: Watched, address: str) -> None:
    page = watch.page
    page.get_by_label("Illness, treatment").fill("BLINA-tumomab")
    page.get_by_role("button", name="Find trials").click()
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ trials? of \d+ fits? your search\.$"))
    assert page.url.endswith("?q=BLINA-tumomab")
    page.locator("[data-search-results] a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.startswith(f"{address}trials/")
    page.go_back()
    expect(page.locator("[data-search-results] a").first).to_be_visible()
    expect(page.get_by_label("Illness, treatment")).to_have_value("BLINA-tumomab")


def test_a_result_says_what_the_same_trial_says_in_a_list(watch: Watched, address: str) -> None:
    page = watch.page
    page.goto(f"{address}search/?q=NCT02458014")
    line = page.locator("[data-search-results] .listing-line").first
    expect(line.locator(".status svg > *")).to_have_count(1)
    found = (line.inner_text().split("\n"), line.locator("svg").inner_html())
    page.goto(f"{address}browse/status/active-not-recruiting/")
    listed = page.locator("li:has(a[href*=NCT02458014]) .listing-line").first
    assert found == (listed.inner_text().split("\n"), listed.locator("svg").inner_html())


@pytest.mark.parametrize(
    ("typed", "other", "said"),
    [
        ("leukaemia", "leukemia", ""),
        ("Blincyto", "blinatumomab", "Showing trials for: Blinatumomab (Blincyto)."),
        ("ALL", "acute lymphoblastic leukemia", "Showing trials for: Acute lymphoblastic leukemia (ALL)."),
        ("nct 02458014", "NCT02458014", ""),
    ],
)
def test_names_and_spellings_find_the_same(watch: Watched, typed: str, other: str, said: str) -> None:
    found = []
    for words in (other, typed):
        watch.page.goto(f"{watch.page.url.partition('?')[0]}?q={words}")
        expect(watch.page.get_by_role("status")).to_contain_text("your search")
        found.append(links(watch.page))
    assert found[0] == found[1] and found[0]
    expect(watch.page.get_by_role("status")).to_contain_text(said)


def test_submitting_what_is_shown_makes_no_step(watch: Watched) -> None:
    steps = watch.page.evaluate("history.length")
    watch.page.get_by_label("Illness, treatment").fill("leukemia")
    expect(watch.page.get_by_role("status")).to_contain_text("your search")
    watch.page.get_by_role("button", name="Find trials").click()
    assert watch.page.evaluate("history.length") == steps


def test_only_the_page_itself_is_current(watch: Watched, address: str) -> None:
    link = watch.page.get_by_role("navigation", name="Main").get_by_role("link", name="Search")
    expect(link).to_have_attribute("aria-current", "page")
    watch.page.goto(f"{address}trials/NCT02458014/")
    expect(link).to_have_attribute("aria-current", "true")


def test_filters_agree_with_the_index(watch: Watched, site: Path) -> None:
    watch.page.get_by_label("Status").select_option("COMPLETED")
    number = fitting(site, status="COMPLETED")
    expect(watch.page.get_by_role("status")).to_contain_text(f"{number} trial")
    assert len(links(watch.page)) == number


def test_age_stays_out_of_the_address(watch: Watched) -> None:
    asked: list[str] = []
    watch.page.on("request", lambda request: asked.append(request.url))
    watch.page.get_by_label("Age in years").fill("47")
    watch.page.get_by_role("button", name="Find trials").click()
    expect(watch.page.get_by_role("status")).to_contain_text("your search")
    assert "47" not in watch.page.url.partition("search/")[2]
    assert not [url for url in asked if "47" in url.partition("search/")[2]]


def test_nothing_found_says_what_to_loosen(watch: Watched) -> None:
    watch.page.get_by_label("Status").select_option("COMPLETED")
    watch.page.get_by_label("Illness, treatment").fill("no such words")
    expect(watch.page.get_by_role("status")).to_contain_text("No trial on this site fits")
    watch.page.get_by_role("button", name="Search without the words").click()
    expect(watch.page.get_by_role("status")).to_contain_text("your search")
    expect(watch.page.get_by_label("Illness, treatment")).to_have_value("")


def test_an_address_with_markup_is_only_text(browser: Browser, address: str) -> None:
    with watched(browser, address) as watch:
        watch.page.goto(f"{address}search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&status=%22%3E%3Cb%3E")
        expect(watch.page.get_by_role("status")).not_to_be_empty()
        assert watch.page.locator("main img, main b").count() == 0
        assert watch.all_troubles() == []


def test_a_lost_index_leaves_the_lists(browser: Browser, address: str) -> None:
    with watched(browser, address, block="trials.json") as watch:
        watch.page.goto(f"{address}search/?q=leukemia")
        expect(watch.page.get_by_role("status")).to_contain_text("could not be loaded")
        assert watch.page.get_by_role("heading", name="Lists of all").is_visible()
