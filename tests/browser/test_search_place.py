"""Trials near the reader: by town, postcode or device, within a distance, the nearest first."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.searching import LISTED, answered, ask, chips, listed
from browser.watched import Watched, watched

PARIS = {"latitude": 48.8534, "longitude": 2.3488}


@pytest.fixture
def watch(browser: Browser, address: str) -> Iterator[Watched]:
    with watched(browser, address, geolocation=PARIS, permissions=["geolocation"]) as opened:
        opened.page.goto(f"{address}search/")
        yield opened
        assert opened.all_troubles() == []


def field(page: Page) -> Locator:
    """The field for a place, which is there once its part of the form is opened."""
    page.locator("[data-search-place] summary").click()
    return page.get_by_label("Your town or postcode")


def distances(page: Page) -> list[int]:
    """Miles to the nearest place of each trial in the list; the first number of a text."""
    texts = page.locator(f"{LISTED} .search-nearest").all_inner_texts()
    return [
        int(found[1]) for text in texts if (found := re.search(r"([\d,]+) miles?", text.replace(",", "")))
    ]


def test_a_postcode_brings_the_nearest_trials_first(watch: Watched, address: str) -> None:
    page = watch.page
    place = field(page)
    place.fill("77030")
    place.press("Enter")
    assert re.match(r"\d+ trials of 17 fit", answered(page))
    expect(page.locator(f"{LISTED} .search-nearest").first).to_have_text(
        re.compile(r"^Nearest: Houston, Texas, \d miles? \(\d km\)$")
    )
    assert chips(page) == ["Near ZIP code 77030, United States"]
    expect(page.get_by_label("Sort by")).to_have_value("distance")
    assert len(distances(page)) > 5
    assert distances(page) == sorted(distances(page))
    assert page.url == f"{address}search/"


def test_a_distance_leaves_out_what_is_farther(watch: Watched) -> None:
    page = watch.page
    field(page).fill("Houston, TX")
    page.get_by_role("button", name="Show trials near me").click()
    everything = answered(page)
    page.get_by_label("How far away").select_option("50 miles")
    expect(page.get_by_role("button", name="Remove: Within 50 miles of Houston")).to_be_visible()
    assert page.locator("[data-search-status]").inner_text() != everything
    assert max(distances(page)) <= 50
    page.get_by_role("button", name="Remove: Within 50 miles of Houston").click()
    expect(page.locator(f"{LISTED}")).to_have_count(0)
    expect(page.get_by_label("How far away")).to_be_hidden()


def test_the_device_is_asked_only_by_its_button(watch: Watched) -> None:
    page = watch.page
    field(page)
    page.get_by_role("button", name="Use my location").click()
    answered(page)
    assert chips(page) == ["Near your location"]
    expect(page.locator(f"{LISTED} .search-nearest").first).to_contain_text("France")


def test_an_order_that_the_reader_chose_stays(watch: Watched, address: str) -> None:
    page = watch.page
    ask(page, "leukemia")
    best = listed(page)
    field(page).fill("Paris, France")
    page.get_by_role("button", name="Show trials near me").click()
    expect(page.locator(f"{LISTED} .search-nearest").first).to_be_visible()
    page.get_by_label("Sort by").select_option("relevance")
    expect(page).to_have_url(f"{address}search/?q=leukemia&sort=relevance")
    page.wait_for_function("best => document.querySelector('#results a').href.includes(best)", arg=best[0])
    assert listed(page) == best
    expect(page.locator(f"{LISTED} .search-nearest").first).to_contain_text("km")


def test_a_town_that_nobody_knows_changes_nothing(watch: Watched) -> None:
    page = watch.page
    ask(page, "leukemia")
    before = listed(page)
    field(page).fill("Qqqqqqq")
    page.get_by_role("button", name="Show trials near me").click()
    expect(page.get_by_text("We do not know “Qqqqqqq”.")).to_be_visible()
    assert listed(page) == before


def test_the_place_names_no_request_and_no_address(watch: Watched) -> None:
    page = watch.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field(page).fill("Houston, TX 77030")
    page.get_by_role("button", name="Show trials near me").click()
    answered(page)
    page.get_by_label("How far away").select_option("100 miles")
    expect(page.get_by_role("button", name="Remove: Within 100 miles")).to_be_visible()
    assert not [
        url for url in [*asked, page.url] if re.search("houston|77030|29[.]7|95[.]3|100", url, re.IGNORECASE)
    ]
