"""Back, reload and the way back from a trial: the same search, the same list, the same place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.searching import LISTED, answered, ask, chips, listed, said, words
from browser.watched import Watched, watched


@pytest.fixture
def watch(browser: Browser, address: str) -> Iterator[Watched]:
    with watched(browser, address, viewport={"width": 1200, "height": 500}) as opened:
        opened.page.goto(address)
        opened.page.goto(f"{address}search/")
        yield opened
        assert opened.all_troubles() == []


def down(page: Page) -> int:
    """Scroll to the last trial of the list, and wait until the page has kept that."""
    page.locator(LISTED).last.scroll_into_view_if_needed()
    top = int(page.evaluate("Math.round(scrollY)"))
    page.wait_for_function("top => history.state?.top === top", arg=top)
    assert top > 0
    return top


def test_what_is_typed_is_one_step_and_what_is_chosen_another(watch: Watched, address: str) -> None:
    page = watch.page
    words(page).press_sequentially("leukemia", delay=30)
    answered(page)
    page.get_by_label("Finished").check()
    expect(page).to_have_url(f"{address}search/?q=leukemia&status=COMPLETED")
    words(page).press("End")
    words(page).press_sequentially(" cells", delay=30)
    expect(page).to_have_url(f"{address}search/?q=leukemia+cells&status=COMPLETED")
    for url in ("?q=leukemia&status=COMPLETED", "?q=leukemia"):
        page.go_back()
        expect(page).to_have_url(f"{address}search/{url}")
        expect(words(page)).to_have_value("leukemia")
    expect(page.get_by_label("Finished")).not_to_be_checked()
    assert chips(page) == ["“leukemia”"]
    page.go_back()
    expect(page).to_have_url(address)
    page.go_forward()
    answered(page)
    assert chips(page) == ["“leukemia”"]


def test_submitting_what_is_shown_makes_no_step(watch: Watched) -> None:
    steps = watch.page.evaluate("history.length")
    ask(watch.page, "leukemia")
    watch.page.get_by_role("button", name="Find trials").click()
    assert watch.page.evaluate("history.length") == steps


def test_a_search_after_a_finished_one_leaves_a_step_between(watch: Watched) -> None:
    page = watch.page
    ask(page, "leukemia")
    first = listed(page)
    words(page).fill("lymphoma")
    expect(page).to_have_url(re.compile("lymphoma"))
    page.go_back()
    expect(words(page)).to_have_value("leukemia")
    page.wait_for_function("first => document.querySelector('#results a').href.includes(first)", arg=first[0])


def test_reload_gives_the_same_list_at_the_same_place(watch: Watched) -> None:
    page = watch.page
    ask(page, "leukemia")
    page.get_by_role("button", name=re.compile("more trial")).click()
    before = listed(page)
    assert len(before) > 10
    top = down(page)
    page.reload()
    expect(page.locator(LISTED)).to_have_count(len(before))
    assert listed(page) == before
    page.wait_for_function("top => Math.round(scrollY) === top", arg=top)


def test_back_from_a_trial_gives_the_same_list_at_the_same_place(watch: Watched) -> None:
    page = watch.page
    page.get_by_label("Open: looking").check()
    answered(page)
    expect(page.locator(LISTED)).to_have_count(10)
    top = down(page)
    page.locator(f"{LISTED} a").last.click()
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    expect(page.locator(LISTED)).to_have_count(10)
    page.wait_for_function("top => Math.round(scrollY) === top", arg=top)
    assert chips(page) == ["Open: looking for people"]


def test_back_to_search_on_a_trial_leads_to_the_list_as_it_was_left(watch: Watched, address: str) -> None:
    page = watch.page
    ask(page, "leukemia")
    page.get_by_role("button", name=re.compile("more trial")).click()
    count = page.locator(LISTED).count()
    top = down(page)
    page.locator(f"{LISTED} a").last.click()
    page.get_by_role("link", name="Back to search").click()
    expect(page).to_have_url(f"{address}search/?q=leukemia")
    expect(page.locator(LISTED)).to_have_count(count)
    page.wait_for_function("top => Math.round(scrollY) === top", arg=top)


def test_back_to_search_in_a_browser_that_does_not_name_its_steps(watch: Watched, address: str) -> None:
    page = watch.page
    page.add_init_script(
        "delete window.navigation; Object.defineProperty(window, 'navigation', { value: undefined })"
    )
    ask(page, "leukemia")
    page.locator(f"{LISTED} a").first.click()
    page.get_by_role("link", name="Back to search").click()
    expect(page).to_have_url(f"{address}search/?q=leukemia")
    answered(page)


def kept(page: Page) -> list[str]:
    """The names of what the tab keeps."""
    names = page.evaluate("[...Object.keys(sessionStorage), ...Object.keys(localStorage)]")
    return sorted(name.rpartition(":")[2] for name in names)


def test_age_and_place_are_kept_only_after_a_tick(watch: Watched) -> None:
    page = watch.page
    box = page.get_by_label("Keep my age and place until I close this tab")
    page.get_by_label("Age in years").fill("7")
    answered(page)
    page.locator("[data-search-place] summary").click()
    page.get_by_label("Your town or postcode").fill("Houston, TX")
    page.get_by_role("button", name="Show trials near me").click()
    expect(page.get_by_label("How far away")).to_be_visible()
    page.get_by_label("How far away").select_option("100")
    expect(page.get_by_role("button", name="Remove: Within 100 miles of Houston")).to_be_visible()
    assert kept(page) == []
    page.reload()
    expect(page.get_by_label("Age in years")).to_have_value("")
    assert chips(page) == []

    page.get_by_label("Age in years").fill("7")
    box.check()
    page.locator("[data-search-place] summary").click()
    page.get_by_label("Your town or postcode").fill("Houston, TX")
    page.get_by_role("button", name="Show trials near me").click()
    page.get_by_label("How far away").select_option("100")
    expect(page.get_by_role("button", name="Remove: Within 100 miles of Houston")).to_be_visible()
    assert kept(page) == ["age", "place", "radius"]
    found = listed(page)
    page.reload()
    expect(page.locator(LISTED)).to_have_count(len(found))
    assert chips(page) == ["Age 7", "Within 100 miles of Houston, Texas, United States"]
    assert listed(page) == found
    box.uncheck()
    assert kept(page) == []
    box.check()
    assert kept(page) == ["age", "place", "radius"]
    page.get_by_role("button", name="Clear all").click()
    expect(said(page)).to_have_text("Your search is cleared.")
    assert kept(page) == []
