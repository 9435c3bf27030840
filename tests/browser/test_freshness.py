"""A page gets old on the reader's own day: told by a clock that runs ahead of the build. The trial is made up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sites import run, write

from browser.server import serving
from browser.tools import PROJECT
from browser.watched import watched

SITE = "name: A made-up site\ndescription: For tests\nshow_contacts: true\n"
TRIAL = """
title: A made-up study of aspirin
nct_id: NCT00000001
overall_status: RECRUITING
status_verified_date: 2026-10
retrieved: 2026-11-20
study_type: INTERVENTIONAL
start_date: {date: 2025-11-23, type: ACTUAL}
primary_completion_date: {date: 2027-11-23, type: ESTIMATED}
completion_date: {date: 2030-01, type: ESTIMATED}
enrollment: {count: 40, type: ESTIMATED}
conditions: [Headache]
lead_sponsor: {name: A made-up hospital, agency_class: OTHER}
central_contacts: [{name: Study desk, phone: 000-0000}]
locations: [{facility: A made-up clinic, city: Town, country: France, status: RECRUITING, contacts: [{name: Clinic desk, phone: 000-1111}]}]
primary_outcomes: [{measure: Pain, time_frame: 2 years}]
"""
MANY = "NCT00000002"
MANY_PLACES = (
    TRIAL.replace("NCT00000001", MANY).partition("locations:")[0]
    + "locations:\n"
    + "".join(
        f"- {{facility: A made-up clinic, city: Town {number}, state: State {number % 4}, country: France, latitude: {43 + number % 7}, "
        f"longitude: {number % 6}, status: RECRUITING, contacts: [{{name: Clinic desk, phone: 000-1111}}]}}\n"
        for number in range(70)
    )
)
BUILT = "2026-11-23"
WARNING = "[data-stale]"


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = tmp_path_factory.mktemp("old-page")
    write(
        site,
        {
            "content/site.yaml": SITE,
            "content/trials/NCT00000001/trial.yaml": TRIAL,
            f"content/trials/{MANY}/trial.yaml": MANY_PLACES,
        },
    )
    report = run(site, templates=PROJECT / "templates", assets=PROJECT / "assets")
    assert (site / "output/trials/NCT00000001/index.html").exists(), report
    with serving(site / "output") as address:
        yield f"{address}trials/NCT00000001/"


@contextmanager
def on(browser: Browser, address: str, day: str, **options: Any) -> Iterator[Page]:
    """The page on a reader's day; nothing may go wrong on it, and nothing may move when the script starts."""
    with watched(browser, address, **options) as watch:
        page = watch.page
        page.clock.set_fixed_time(f"{day}T12:00:00")
        page.add_init_script(
            "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) "
            "window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
        )
        page.goto(address)
        expect(page.locator("[data-status]")).to_be_visible()
        page.wait_for_function("document.readyState === 'complete'")
        yield page
        assert [text for text in watch.all_troubles() if "places.js" not in text] == []


def strip(page: Page) -> str:
    return " ".join(page.locator("[data-status]").inner_text().split())


def contents(page: Page) -> list[str]:
    return page.locator("nav[aria-labelledby='contents-title'] a").all_inner_texts()


def test_a_page_of_today_says_how_old_its_dates_are_and_warns_of_nothing(
    browser: Browser, made_up: str
) -> None:
    with on(browser, made_up, BUILT) as page:
        assert "in October 2026. That was 1 month ago." in strip(page)
        assert "on November 20, 2026. That was 3 days ago." in strip(page)
        assert "Open: looking for people" in strip(page)
        assert page.locator("[data-status].tone-open").count() == 1
        assert not page.locator(WARNING).is_visible()
        assert page.locator("#spots-left").is_visible()
        assert "Spots left" in contents(page)
        assert page.get_by_text("About 50% of the time").inner_text().endswith("has passed.")
        assert page.get_by_text("Study desk: 000-0000").is_visible()
        assert page.evaluate("window.shift") == 0


def test_after_forty_days_the_copy_is_old(browser: Browser, made_up: str) -> None:
    with on(browser, made_up, "2027-01-02") as page:
        assert " ".join(page.locator(WARNING).inner_text().split()) == (
            "This page may be out of date. These facts are from 1 month ago. "
            "Check the registry record or ask the study team."
        )
        assert "Open: looking for people This may have changed." in strip(page)
        assert page.locator("[data-status] .tone-open").count() == 0
        assert page.locator("#spots-left").is_visible()
        assert page.get_by_text("Study desk: 000-0000").is_visible()
        assert page.get_by_role("link", name="How to ask about joining").is_visible()


def test_after_seven_months_places_and_contacts_are_gone(browser: Browser, made_up: str) -> None:
    with on(browser, made_up, "2027-06-23") as page:
        assert "These facts are from 7 months ago." in page.locator(WARNING).inner_text()
        assert strip(page).startswith(
            "Status of this trial: Was open when last checked This may have changed."
        )
        assert "still looks for people" in page.locator(WARNING).inner_text()
        assert not page.locator("#spots-left").is_visible()
        assert "Spots left" not in contents(page)
        assert page.locator(".contents-folded summary").text_content() == (
            f"On this page: {len(contents(page))} sections"
        )
        assert page.get_by_text("000-0000").count() == 0
        assert not any(phone.is_visible() for phone in page.get_by_text("000-1111").all())
        page.get_by_role("link", name="How to ask whether it is still open").click()
        expect(page.locator("#contact")).to_be_in_viewport()
        assert "Check the registry record or ask the study team." in page.locator("#contact").inner_text()


def places_page(made_up: str) -> str:
    return made_up.replace("NCT00000001", f"{MANY}/places").removesuffix("/") + "/"


def test_the_page_of_all_places_warns_and_hides_contacts_too(browser: Browser, made_up: str) -> None:
    with on(browser, places_page(made_up), BUILT) as page:
        assert page.get_by_text("000-1111").first.is_visible()
        assert not page.locator(WARNING).is_visible()
        assert "Open: looking for people" in strip(page)
        assert page.evaluate("window.shift") == 0
    with on(browser, places_page(made_up), "2028-11-23", viewport={"width": 390, "height": 844}) as page:
        expect(page.locator(WARNING)).to_be_in_viewport()
        assert "These facts are from 24 months ago." in page.locator(WARNING).inner_text()
        assert not any(phone.is_visible() for phone in page.get_by_text("000-1111").all())
        assert colors(page, ".places .status") == colors(page, "[data-status] .status") != set()
        assert page.locator("[data-status] .tone-open").count() == 0


def test_the_map_and_the_places_by_distance_are_as_quiet_as_the_list(browser: Browser, made_up: str) -> None:
    with on(browser, made_up.replace("NCT00000001", MANY), "2028-11-23") as page:
        page.locator("#locations").scroll_into_view_if_needed()
        page.get_by_label("Your town or postcode").fill("Lyon, France")
        page.keyboard.press("Enter")
        expect(page.locator(".places-near li")).to_have_count(10)
        assert not any(phone.is_visible() for phone in page.get_by_text("000-1111").all())
        quiet = colors(page, "[data-status] .status")
        assert colors(page, ".places-near .status") == quiet
        assert colors(page, ".place-map figcaption .status") == quiet
        assert colors(page, ".place-map .dots") == quiet


def colors(page: Page, selector: str) -> set[str]:
    return set(page.locator(selector).evaluate_all("all => all.map((each) => getComputedStyle(each).color)"))


@pytest.mark.parametrize("width", [1280, 320])
def test_after_two_years_the_first_screen_says_so(browser: Browser, made_up: str, width: int) -> None:
    with on(browser, made_up, "2028-11-23", viewport={"width": width, "height": 900}) as page:
        warning = page.locator(WARNING)
        expect(warning).to_be_in_viewport()
        assert "These facts are from 24 months ago." in warning.inner_text()
        assert page.get_by_text("% of the time from the start").is_hidden()
        assert "(36 months ago)" not in page.locator("#timeline").inner_text()
        assert "November 23, 2025 (3 years ago)" in page.locator("#timeline").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("zone", "is_old"), [("Pacific/Honolulu", False), ("Pacific/Kiritimati", True)])
def test_the_day_is_that_of_the_readers_own_calendar(
    browser: Browser, made_up: str, zone: str, is_old: bool
) -> None:
    with watched(browser, made_up, timezone_id=zone) as watch:
        # On one island it is still the thirtieth day of the copy, on the other one the day after.
        watch.page.clock.set_fixed_time(datetime(2026, 12, 21, 2, tzinfo=UTC))
        watch.page.goto(made_up)
        expect(watch.page.locator("[data-save] button")).to_be_visible()
        assert watch.page.locator(WARNING).is_visible() is is_old


def test_a_clock_that_is_behind_the_page_changes_nothing(browser: Browser, made_up: str) -> None:
    with on(browser, made_up, "2020-01-01") as page:
        assert "ago" not in page.locator("main").inner_text()
        assert not page.locator(WARNING).is_visible()
        assert page.locator("#spots-left").is_visible()
        assert "had passed when this page was made" in page.locator("#timeline").inner_text()


def test_a_page_that_was_old_when_it_was_made_is_warned_of_once(browser: Browser, address: str) -> None:
    with on(browser, f"{address}trials/NCT05326516/", BUILT) as page:
        assert page.locator(WARNING).count() == 1
        said = page.locator(WARNING).inner_text()
        assert "the day when it was to end has passed" in said
        assert "months ago" not in said
        assert page.evaluate("window.shift") < 0.01


def test_without_script_every_word_stays_true(browser: Browser, made_up: str) -> None:
    with watched(browser, made_up, java_script_enabled=False) as watch:
        watch.page.goto(made_up)
        text = watch.page.locator("main").inner_text()
        assert "ago" not in text
        assert "About 50% of the time from the start to November 23, 2027 (expected) had passed" in text


def test_the_contents_name_the_section_that_is_read(browser: Browser, address: str) -> None:
    with on(browser, f"{address}trials/NCT02458014/", BUILT, viewport={"width": 1280, "height": 800}) as page:
        current = page.locator("nav[aria-labelledby='contents-title'] [aria-current]")
        page.locator("#timeline").scroll_into_view_if_needed()
        page.evaluate("document.getElementById('timeline').scrollIntoView()")
        expect(current).to_have_attribute("href", "#timeline")
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        expect(current).to_have_attribute("href", "#sources")
        assert page.evaluate("document.activeElement === document.body")


def test_the_contents_stay_quiet_where_motion_is_reduced(browser: Browser, address: str) -> None:
    with on(browser, f"{address}trials/NCT02458014/", BUILT, reduced_motion="reduce") as page:
        page.evaluate("document.getElementById('timeline').scrollIntoView()")
        page.wait_for_timeout(200)
        assert page.locator("nav.contents [aria-current]").count() == 0
