"""What has changed on the page of a trial, in a real browser: a made-up trial that changed in many ways."""

from __future__ import annotations

from made_up_versions import ID
from playwright.sync_api import Browser

from browser.care import LOOKS, NARROW, WIDE, faults, measure
from browser.interactions import open_every_fold
from browser.watched import watched

PAGE = f"trials/{ID}/"
PART = "#what-changed"


def test_the_section_in_every_look(browser: Browser, changed_address: str) -> None:
    with watched(browser, changed_address, viewport=WIDE) as watch:
        watch.page.goto(changed_address + PAGE)
        open_every_fold(watch.page)
        found = [*faults(watch.page, LOOKS, PART), *watch.all_troubles()]
    assert not found, "\n".join(found)


def test_a_phone_and_no_script_show_the_same_changes(browser: Browser, changed_address: str) -> None:
    with watched(browser, changed_address, viewport=NARROW) as watch:
        watch.page.goto(changed_address + PAGE)
        assert measure(watch.page, "tooWide") == []
        with_script = watch.page.locator(f"{PART} > ul > li > ul").all_inner_texts()
    with watched(browser, changed_address, viewport=NARROW, java_script_enabled=False) as watch:
        watch.page.goto(changed_address + PAGE)
        part = watch.page.locator(PART)
        assert part.locator("> ul > li > ul").all_inner_texts() == with_script
        earlier = part.locator("> details")
        assert not earlier.locator("li").first.is_visible()
        earlier.locator("> summary").press("Enter")
        assert earlier.locator("li").first.is_visible()
        assert part.get_by_text("This page was added on March 1, 2025.").is_visible()


def test_paper_shows_the_words_that_changed(browser: Browser, changed_address: str) -> None:
    with watched(browser, changed_address) as watch:
        watch.page.goto(changed_address + PAGE)
        words = watch.page.locator(f"{PART} > ul dd").first
        assert not words.is_visible()
        watch.page.emulate_media(media="print")
        assert words.is_visible()


def test_the_feed_of_the_trial_is_a_page_for_people(browser: Browser, changed_address: str) -> None:
    with watched(browser, changed_address, viewport=NARROW) as watch:
        watch.page.goto(changed_address + PAGE)
        address = watch.page.locator(f"{PART} a[href$='feed.xml']").get_attribute("href")
        watch.page.goto(f"{changed_address}{PAGE}{address}")
        shown = watch.page.evaluate(
            "getSelection().selectAllChildren(document.documentElement), getSelection().toString()"
        )
        assert "We changed a fact on this page: status." in shown
        assert watch.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert watch.all_troubles() == []
