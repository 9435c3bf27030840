"""What tests of the search page share: the page, its parts by name, and what it says."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

STATUS = "[data-search-status]"
LISTED = "#results > li"


def words(page: Page) -> Locator:
    """The field for words."""
    return page.get_by_label("Illness, treatment")


def ask(page: Page, text: str) -> None:
    """Submit words, and wait for the answer."""
    words(page).fill(text)
    words(page).press("Enter")
    answered(page)


def answered(page: Page) -> str:
    """Wait until the page has said something of this search, and return it."""
    expect(page.locator(STATUS)).to_contain_text("your search")
    return page.locator(STATUS).inner_text()


def said(page: Page) -> Locator:
    """What the page says aloud."""
    return page.locator(STATUS)


def listed(page: Page) -> list[str]:
    """The numbers of the trials in the list."""
    links = page.locator(f"{LISTED} h3 a").all()
    return [(link.get_attribute("href") or "").rstrip("/").rpartition("/")[2] for link in links]


def chips(page: Page) -> list[str]:
    """The parts of the search above the list."""
    found = page.locator("[data-search-chips] .chip").all_inner_texts()
    return [text.removeprefix("Remove:").strip() for text in found]


def count_of(page: Page, facet: str, value: str) -> int:
    """The number behind a value."""
    place = page.locator(f"label:has(input[name={facet}][value={value}]) [data-count]")
    return int(place.inner_text().replace(",", ""))
