"""Saving trials in the browser and comparing them: what is kept, what is shown, and that nothing leaves the browser.

That nothing is kept before the reader asks is tested for every kind of page in `test_privacy.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.care import LOOKS, faults
from browser.watched import Watched, watched

BORROWED, TWO_GROUPS, OPEN = "NCT02458014", "NCT02130557", "NCT05326516"
STOPPED, PLANNED = "NCT02545283", "NCT05848687"
KEY = "trialpages:/some/path/:saved"


@pytest.fixture
def watch(browser: Browser, address: str) -> Iterator[Watched]:
    with watched(browser, address) as opened:
        yield opened
        # A page that the test leaves stops what it was loading; a file that is missing is heard as an error.
        assert [trouble for trouble in opened.all_troubles() if not trouble.startswith("failed: ")] == []


def stored(page: Page) -> dict[str, str]:
    return dict(page.evaluate("({...localStorage, ...sessionStorage})"))


def put(page: Page, address: str, *ids: str) -> None:
    """Keep trials as the page itself would."""
    page.goto(f"{address}404.html")
    saved = [
        {"id": trial, "title": f"Saved as {trial}", "chosen": place < 4} for place, trial in enumerate(ids)
    ]
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(saved)])


def cells(page: Page, name: str) -> list[str]:
    row = page.locator(".comparison-table tr").filter(has=page.locator(f"th:text-is('{name}')"))
    return [text.strip() for text in row.locator("td").all_inner_texts()]


def test_a_trial_is_saved_compared_and_removed(watch: Watched, address: str) -> None:
    page = watch.page
    for trial in (TWO_GROUPS, BORROWED):
        page.goto(f"{address}trials/{trial}/")
        page.get_by_role("button", name="Save this trial").click()
        expect(page.locator("[data-save]").get_by_role("status")).to_have_text(
            "Saved in this browser only. Anyone who uses it can see it."
        )
    kept = json.loads(stored(page)[KEY])
    assert [(each["id"], each["chosen"]) for each in kept] == [(TWO_GROUPS, True), (BORROWED, True)]
    page.get_by_role("link", name="Compare 2 saved trials").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    assert page.url == f"{address}compare/"
    page.get_by_role("button", name="Remove Bosutinib").click()
    expect(page.get_by_role("columnheader")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.get_by_role("button", name="Remove all").click()
    expect(page.get_by_text("You have no saved trials yet.")).to_be_visible()
    assert stored(page) == {}
    page.goto(f"{address}trials/{BORROWED}/")
    expect(page.get_by_role("button", name="Save this trial")).to_be_visible()


def test_counts_keep_their_people_and_their_source(watch: Watched, address: str) -> None:
    put(watch.page, address, TWO_GROUPS, BORROWED, OPEN)
    watch.page.goto(f"{address}compare/")
    expect(watch.page.get_by_role("columnheader")).to_have_count(3)
    assert cells(watch.page, "Fever")[1:] == ["43 of 54 (80 in 100)", "no counts on the page"]
    assert cells(watch.page, "Any serious problem") == [
        "98 of 268 (37 in 100)",
        "not reported",
        "no counts on the page",
    ]
    own, borrowed, none = cells(watch.page, "Whose figures")
    assert own.startswith("Bosutinib (268 people)") and none == "no counts on the page"
    assert borrowed.startswith("From another trial, NCT02393859.") and "children" in borrowed
    assert cells(watch.page, "Phase") == ["Phase 3", "Phase 2", "Phase 1"]
    assert cells(watch.page, "Status")[0].startswith("Finished")


def test_four_of_five_are_compared(watch: Watched, address: str) -> None:
    five = (TWO_GROUPS, BORROWED, OPEN, STOPPED, "NCT05567406")
    put(watch.page, address, *five)
    watch.page.goto(f"{address}compare/")
    expect(watch.page.get_by_role("columnheader")).to_have_count(4)
    last = watch.page.get_by_role("checkbox").nth(4)
    last.click()
    expect(last).not_to_be_checked()
    expect(watch.page.locator(".comparison-said")).to_contain_text("4 trials are chosen")
    watch.page.get_by_role("checkbox").nth(0).uncheck()
    expect(watch.page.get_by_role("columnheader")).to_have_count(3)
    last.check()
    expect(watch.page.get_by_role("columnheader")).to_have_count(4)
    watch.page.reload()
    expect(last).to_be_checked()


def test_a_trial_that_is_gone_is_said_to_be(watch: Watched, address: str) -> None:
    put(watch.page, address, "NCT00000001", BORROWED)
    watch.page.goto(f"{address}compare/")
    expect(watch.page.get_by_text("Saved as NCT00000001 is no longer on this site.")).to_be_visible()
    expect(watch.page.get_by_role("columnheader")).to_have_count(1)
    watch.troubles[:] = [trouble for trouble in watch.troubles if "404" not in trouble]


def test_an_old_page_is_said_to_be_old(watch: Watched, address: str) -> None:
    page = watch.page

    def as_built_in_2023(route: Route) -> None:
        answer = route.fetch()
        warning = '<div class="warning" data-stale="copy_very_old"'
        assert warning in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(warning, '<div hidden data-stale=""'))

    put(page, address, PLANNED)
    page.route(f"**/trials/{PLANNED}/", as_built_in_2023)
    for day, old in (("2023-11-20", False), ("2030-01-01", True)):
        page.clock.set_fixed_time(f"{day}T12:00:00")
        page.goto(f"{address}compare/")
        expect(page.get_by_role("columnheader")).to_have_count(1)
        assert ("This page may be out of date." in cells(page, "Status")[0]) is old
        assert ("These facts are from 6 years ago. Check the" in cells(page, "Status")[0]) is old
        assert page.locator("td .status.tone-open").count() == 0 or not old
        assert (cells(page, "How to ask") == ["First check whether the trial is still open."]) is old


def test_damaged_and_refused_storage_break_nothing(watch: Watched, address: str) -> None:
    page = watch.page
    page.goto(f"{address}404.html")
    page.evaluate("key => localStorage.setItem(key, '{\"oops')", KEY)
    page.goto(f"{address}compare/")
    expect(page.get_by_text("You have no saved trials yet.")).to_be_visible()
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full') }")
    page.goto(f"{address}trials/{BORROWED}/")
    page.get_by_role("button", name="Save this trial").click()
    expect(page.locator("[data-save]").get_by_role("status")).to_contain_text("does not let the site keep")
    expect(page.get_by_role("button", name="Save this trial")).to_be_visible()


def test_two_tabs_stay_in_step(watch: Watched, address: str) -> None:
    page = watch.page
    page.goto(f"{address}trials/{BORROWED}/")
    other = page.context.new_page()
    other.goto(f"{address}compare/")
    page.get_by_role("button", name="Save this trial").click()
    expect(other.get_by_role("columnheader")).to_have_count(1)
    other.get_by_role("button", name="Remove", exact=False).click()
    expect(page.get_by_role("button", name="Save this trial")).to_be_visible()


def test_a_link_names_trials_only_when_asked_and_keeps_nothing(watch: Watched, address: str) -> None:
    page = watch.page
    put(page, address, TWO_GROUPS, BORROWED)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}compare/")
    page.get_by_role("button", name="Copy a link").click()
    expect(page.locator(".comparison-said")).to_contain_text("The link is copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{address}compare/?trials={TWO_GROUPS},{BORROWED}"
    assert page.url == f"{address}compare/"
    page.evaluate("localStorage.clear()")
    page.goto(link)
    expect(page.get_by_role("columnheader")).to_have_count(2)
    assert stored(page) == {}
    page.get_by_role("button", name="Save these trials").click()
    page.wait_for_url(f"{address}compare/")
    expect(page.get_by_role("checkbox")).to_have_count(2)


def test_the_nearest_open_place_is_found_without_telling_anybody(watch: Watched, address: str) -> None:
    page = watch.page
    put(page, address, OPEN, TWO_GROUPS)
    page.goto(f"{address}compare/")
    before = stored(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Your town or postcode").fill("Houston, TX 77030")
    page.get_by_role("button", name="Show places near me").click()
    expect(page.locator(".place-form [role=status]")).to_contain_text("nearest to Houston")
    near, finished = cells(page, "Where")
    assert "Nearest place listed as open: Houston" in near
    assert finished.startswith("No place is listed as open.")
    assert stored(page) == before
    assert page.url == f"{address}compare/" and not any("ouston" in url for url in asked)
    page.get_by_role("button", name="Forget my place").click()
    expect(page.locator(".place-form [role=status]")).to_have_text("Your place is forgotten.")
    assert "Nearest" not in cells(page, "Where")[0]
    expect(page.get_by_role("link", name="GeoNames")).to_be_visible()


@pytest.mark.parametrize("ids", [(), (TWO_GROUPS,), (TWO_GROUPS, BORROWED, OPEN, STOPPED)], ids=len)
def test_every_state_is_accessible(watch: Watched, address: str, ids: tuple[str, ...]) -> None:
    put(watch.page, address, *ids)
    watch.page.goto(f"{address}compare/")
    expect(watch.page.get_by_role("columnheader")).to_have_count(len(ids))
    assert list(faults(watch.page, LOOKS)) == []


@pytest.mark.parametrize("count", [2, 4])
def test_paper_for_a_doctor_is_one_sheet(watch: Watched, address: str, count: int) -> None:
    ids = (TWO_GROUPS, BORROWED, OPEN, STOPPED)[:count]
    watch.page.goto(f"{address}compare/?trials={','.join(ids)}")
    expect(watch.page.get_by_role("columnheader")).to_have_count(count)
    for paper in ("A4", "Letter"):
        sheet = watch.page.pdf(format=paper, landscape=True)
        assert sheet.count(b"/Type /Page\n") == 1, paper
    watch.page.emulate_media(media="print")
    expect(watch.page.get_by_role("heading", level=1)).to_have_text(
        "Trials to talk about", use_inner_text=True
    )
    expect(watch.page.get_by_text("My notes")).to_be_visible()
    expect(watch.page.get_by_text(f"{address}trials/{BORROWED}/")).to_be_visible()
    assert watch.page.locator("button:visible, input:visible").count() == 0


def test_back_to_search_leads_to_the_search_of_this_tab(watch: Watched, address: str) -> None:
    page = watch.page
    page.goto(f"{address}search/?q=leukemia&phase=PHASE2")
    page.get_by_label("Age in years").fill("44")
    expect(page.locator("[data-search-results] a").first).to_be_visible()
    assert stored(page) == {}
    page.locator("[data-search-results] a").first.click()
    back = page.get_by_role("link", name="Back to search")
    assert back.evaluate("link => link.href") == f"{address}search/?q=leukemia&phase=PHASE2"
    assert "44" not in json.dumps(stored(page))
    page.goto(f"{address}trials/{TWO_GROUPS}/places/")
    assert back.evaluate("link => link.href") == f"{address}search/?q=leukemia&phase=PHASE2"
    back.click()
    expect(page.get_by_label("Illness, treatment")).to_have_value("leukemia")
