"""What a reader can do on a page: each state of a page that a click or a key leads to.

An entry is a name, the file of the page and a function that does it; a generator may stop between, and
every stop is looked at. `part` is the selector of what changes. Care, privacy and the policy are
measured after each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from trialpages.words.fields import record

EXAMPLE = "trials/NCT02458014/"
TWO_GROUPS = "trials/NCT02130557/"
OPEN = "trials/NCT05326516/"

Act = Callable[[Page], Iterator[str]]


@record
class Interaction:
    """Something that a reader does: where, to which part of the page, and how."""

    url: str
    part: str
    act: Act
    keeps: bool = False
    """Whether the reader asks the page to keep something."""


INTERACTIONS: dict[str, Interaction] = {}


def interaction(name: str, url: str, part: str = "", *, keeps: bool = False) -> Callable[[Act], Act]:
    """Enter a function that does something on a page; it yields the name of each state."""

    def enter(act: Act) -> Act:
        INTERACTIONS[name] = Interaction(url=url, part=part, act=act, keeps=keeps)
        return act

    return enter


@interaction("every fold is open", EXAMPLE)
def open_folds(page: Page) -> Iterator[str]:
    open_every_fold(page)
    yield "open"


@interaction("a search", "search/", "main")
def search(page: Page) -> Iterator[str]:
    status = page.locator("[data-search-status]")
    field = page.get_by_label("Illness, treatment")
    field.press_sequentially("leuk")
    page.get_by_role("option").first.wait_for()
    field.press("ArrowDown")
    yield "with names to choose from"
    field.press("Escape")
    field.fill("blintumomab")
    field.press("Enter")
    expect(status).to_contain_text("Showing trials for")
    yield "with a typo"
    field.fill("xyzzyq")
    field.press("Enter")
    page.get_by_text("No trial on this site fits").first.wait_for()
    yield "with none"


@interaction("a search is narrowed", "search/?q=leukemia", "main")
def narrow(page: Page) -> Iterator[str]:
    status = page.locator("[data-search-status]")
    expect(status).to_contain_text("fit your search")
    for summary in page.locator("#search-filters summary").all():
        summary.click()
    page.locator("details[data-group=sponsor] input").first.wait_for()
    page.get_by_label("Age in years").fill("no age")
    page.get_by_label("Never started").check()
    expect(page.locator("#search-age-fault")).not_to_be_empty()
    yield "to nothing, with a wrong age"
    page.get_by_label("Never started").uncheck()
    page.get_by_label("Age in years").fill("47")
    page.get_by_label("Your town or postcode").fill("Houston, TX")
    page.get_by_role("button", name="Show trials near me").click()
    page.get_by_label("How far away").select_option(index=3)
    page.get_by_role("button", name="Remove: Within").wait_for()
    yield "by age and place"


@interaction("the self-check", OPEN, "#eligibility")
def self_check(page: Page) -> Iterator[str]:
    check = page.locator("#self-check")
    check.scroll_into_view_if_needed()
    radios = check.get_by_role("radio")
    radios.first.wait_for()
    yield "offered"
    groups = check.locator("fieldset").all()
    for group in groups[: len(groups) // 2]:
        group.get_by_label("Not sure").check()
    yield "half answered"
    check.get_by_label("Age", exact=True).fill("not a number")
    for group in groups:
        group.get_by_label("Yes").check()
    yield "in conflict, with a wrong age"
    check.get_by_role("button", name="Clear my answers").click()
    yield "cleared"


@interaction("a trial is saved", EXAMPLE, "header.first-screen", keeps=True)
def save(page: Page) -> Iterator[str]:
    page.get_by_role("button", name="Save this trial").click()
    page.get_by_role("button", name="Remove this trial").wait_for()
    yield "saved"


@interaction("two trials side by side", "compare/", "main", keeps=True)
def compare(page: Page) -> Iterator[str]:
    page.get_by_text("You have no saved trials yet.").wait_for()
    yield "empty"
    here = page.url
    for trial in (EXAMPLE, OPEN):
        page.goto(here.replace("compare/", trial))
        page.get_by_role("button", name="Save this trial").click()
    page.goto(here)
    page.locator(".comparison-table").wait_for()
    yield "side by side"
    page.get_by_role("button", name="Remove all").click()
    page.get_by_role("button", name="Undo").wait_for()
    yield "removed"


@interaction("the chart of health problems", TWO_GROUPS, "#side-effects")
def chart(page: Page) -> Iterator[str]:
    drawn = page.locator("#side-effects .barlayer .point")
    page.locator("#side-effects-table").scroll_into_view_if_needed()
    page.locator(".event-chart").scroll_into_view_if_needed()
    drawn.first.wait_for()
    status = page.locator("#side-effects-chart .event-chart-status")
    yield "two groups"
    page.get_by_label("Compare with").select_option(label="No other group")
    page.get_by_label("Show health problems of").select_option(index=1)
    expect(status).to_contain_text("Imatinib")
    yield "one group"
    page.get_by_label("Compare with").select_option(index=1)
    page.get_by_label("The difference between two groups").check()
    expect(status).to_contain_text("ifference")
    yield "difference"
    page.get_by_label("The difference between two groups").press("ArrowUp")
    page.get_by_label("Serious", exact=True).check()
    page.get_by_label("Find a problem").fill("no such problem")
    expect(drawn).to_have_count(0)
    yield "nothing fits"


@interaction("places near me", OPEN, "#locations")
def places(page: Page) -> Iterator[str]:
    part = page.locator("#locations")
    part.scroll_into_view_if_needed()
    field = part.get_by_label("Your town or postcode")
    field.fill("no such town")
    part.get_by_role("button", name="Show places near me").click()
    expect(part.get_by_role("status").first).not_to_be_empty()
    yield "an unknown town"
    field.fill("Houston")
    field.press("Enter")
    which = part.get_by_role("button", name="Houston, Texas, United States")
    which.wait_for()
    yield "more than one town"
    which.click()
    part.get_by_text(re.compile(r"\d (km|miles)")).first.wait_for()
    yield "found"


def open_every_fold(page: Page) -> None:
    """Open every `details` of a page."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
