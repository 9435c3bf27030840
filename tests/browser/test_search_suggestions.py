"""Names to choose from while one types: a combobox by the keyboard, the pointer and a screen reader's names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.care import LOOKS, faults
from browser.searching import LISTED, answered, chips, words
from browser.watched import Watched, watched


@pytest.fixture
def watch(browser: Browser, address: str) -> Iterator[Watched]:
    with watched(browser, address) as opened:
        opened.page.goto(f"{address}search/")
        yield opened
        assert opened.all_troubles() == []


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def typed(page: Page, text: str) -> Locator:
    """Type into the field, and wait for names."""
    field = page.get_by_role("combobox", name="Illness, treatment")
    words(page).press_sequentially(text)
    expect(options(page).first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    return field


def test_arrows_walk_and_enter_takes_a_name(watch: Watched, address: str) -> None:
    page = watch.page
    field = typed(page, "acute lymph")
    first = options(page).first
    assert first.inner_text().split("\n")[0] == "Acute lymphoblastic leukemia"
    expect(options(page).and_(page.locator("[aria-selected=true]"))).to_have_count(0)
    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Acute lymphoblastic leukemia")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page).to_have_url(f"{address}search/?q=Acute+lymphoblastic+leukemia")
    assert "trials of 17 fit" in answered(page)


def test_keys_that_move_in_the_text_leave_the_list(watch: Watched) -> None:
    field = typed(watch.page, "leuk")
    for key, caret in (("Home", 0), ("ArrowRight", 1), ("End", 4), ("ArrowLeft", 3)):
        field.press("ArrowDown")
        expect(options(watch.page).first).to_have_attribute("aria-selected", "true")
        field.press(key)
        assert field.get_attribute("aria-activedescendant") is None
        assert field.evaluate("(element) => element.selectionStart") == caret


def test_escape_closes_the_list_and_leaves_the_words(watch: Watched) -> None:
    field = typed(watch.page, "leuk")
    field.press("Escape")
    expect(options(watch.page)).to_have_count(0)
    expect(field).to_have_value("leuk")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(options(watch.page).first).to_be_visible()
    field.press("Tab")
    expect(options(watch.page)).to_have_count(0)


def test_enter_without_a_chosen_name_searches_for_what_is_typed(watch: Watched) -> None:
    field = typed(watch.page, "leuk")
    field.press("Enter")
    expect(options(watch.page)).to_have_count(0)
    answered(watch.page)
    assert chips(watch.page) == ["“leuk”"]


def test_the_pointer_takes_a_name(watch: Watched) -> None:
    field = typed(watch.page, "blina")
    options(watch.page).filter(has_text="Blinatumomab").first.click()
    expect(field).to_have_value("Blinatumomab")
    expect(field).to_be_focused()
    expect(watch.page.locator(LISTED).first).to_be_visible()


def test_words_before_a_name_stay(watch: Watched) -> None:
    field = typed(watch.page, "leukemia blina")
    options(watch.page).filter(has_text="Blinatumomab").first.click()
    expect(field).to_have_value("leukemia Blinatumomab")


def test_an_open_list_is_there_for_everyone(watch: Watched) -> None:
    typed(watch.page, "leuk").press("ArrowDown")
    assert list(faults(watch.page, LOOKS, "main")) == []
