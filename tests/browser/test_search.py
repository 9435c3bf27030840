"""The search page of the sample site: what it finds, what it counts, and what it puts into the address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.searching import LISTED, answered, ask, chips, count_of, listed, said, words
from browser.test_budgets import LISTEN, MOST_SHIFT
from browser.watched import Watched, watched

NUMBER = "NCT02458014"


@pytest.fixture
def watch(browser: Browser, address: str) -> Iterator[Watched]:
    with watched(browser, address) as opened:
        opened.page.goto(f"{address}search/")
        yield opened
        assert opened.all_troubles() == []


def browsed(site: Path, folder: str) -> list[str]:
    """The numbers of the trials in a list of the browse pages."""
    page = (site / "browse" / folder / "index.html").read_text("utf-8")
    return re.findall(r'class="listing-title"><a href="[^"]*trials/(\w+)/"', page)


def test_results_come_as_one_types_and_lead_to_trials(watch: Watched, address: str) -> None:
    page = watch.page
    words(page).press_sequentially("BLINA-tumomab")
    expect(said(page)).to_have_text(re.compile(r"^\d+ trials of 17 fit your search\."))
    expect(page).to_have_url(f"{address}search/?q=BLINA-tumomab")
    page.locator(f"{LISTED} a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.startswith(f"{address}trials/")


def test_trials_with_some_of_the_words_stand_apart_behind_few_that_have_all(watch: Watched) -> None:
    page = watch.page
    ask(page, "blinatumomab children")
    assert answered(page).startswith("3 trials of 17 fit your search.")
    apart = page.get_by_role("region", name="With some of your words")
    expect(said(page)).to_contain_text("Trials with some of your words are listed below.")
    expect(page.locator(LISTED)).to_have_count(3)
    expect(apart).to_contain_text("6 more trials have some of your words, but not all.")
    expect(apart.get_by_role("listitem")).to_have_count(6)
    others = {link.get_attribute("href") for link in apart.locator("h3 a").all()}
    assert not others & {link.get_attribute("href") for link in page.locator(f"{LISTED} h3 a").all()}
    ask(page, "blinatumomab")
    expect(apart).to_have_count(0)


def test_a_result_says_what_the_same_trial_says_in_a_list(watch: Watched, address: str) -> None:
    page = watch.page
    page.goto(f"{address}search/?q={NUMBER}")
    line = page.locator(f"{LISTED} .listing-line").first
    expect(line.locator(".status svg > *")).to_have_count(1)
    entry = page.locator(LISTED)
    found = (entry.inner_text().split("\n"), line.locator("svg").inner_html())
    page.goto(f"{address}browse/status/active-not-recruiting/")
    other = page.locator(f"li:has(a[href*={NUMBER}])")
    assert found == (other.inner_text().split("\n"), other.locator("svg").first.inner_html())


def test_a_status_is_judged_on_the_readers_own_day(browser: Browser, address: str) -> None:
    seen = {}
    for day in ("2023-10-20", "2026-11-23"):
        with watched(browser, address) as watch:
            watch.page.clock.set_fixed_time(f"{day}T12:00:00")
            watch.page.goto(f"{address}search/?q=revumenib")
            answered(watch.page)
            entry = watch.page.locator(LISTED).first
            seen[day] = (
                entry.inner_text().split("\n")[-1].strip(),
                entry.locator(".status").get_attribute("class"),
            )
    assert seen == {
        "2023-10-20": ("Status checked October 2023", "status tone-open"),
        "2026-11-23": ("Status from October 2023; it may have changed", "status tone-waiting"),
    }


@pytest.mark.parametrize(
    ("typed", "other", "reading"),
    [
        ("leukaemia", "leukemia", ""),
        ("Blincyto", "blinatumomab", "Showing trials for: Blinatumomab (Blincyto)."),
        ("ALL", "acute lymphoblastic leukemia", "Showing trials for: Acute lymphoblastic leukemia (ALL)."),
        ("nct 02458014", NUMBER, ""),
        ("blintumomab", "blinatumomab", "Showing trials for: Blinatumomab."),
    ],
)
def test_names_spellings_and_typos_find_the_same(
    watch: Watched, address: str, typed: str, other: str, reading: str
) -> None:
    found = []
    for text in (other, typed):
        watch.page.goto(f"{address}search/?q={text}")
        answered(watch.page)
        expect(watch.page.locator(LISTED).first).to_be_visible()
        found.append(listed(watch.page))
    assert found[0] == found[1]
    expect(said(watch.page)).to_contain_text(reading)


def test_a_typo_has_a_way_back(watch: Watched) -> None:
    page = watch.page
    ask(page, "blintumomab")
    page.get_by_role("button", name="Search instead for “blintumomab”").click()
    expect(said(page)).to_contain_text("No trial on this site fits")
    expect(said(page)).to_be_focused()
    page.reload()
    expect(said(page)).to_contain_text("No trial on this site fits")
    page.get_by_label("Finished").check()
    expect(page).to_have_url(re.compile("COMPLETED"))
    expect(said(page)).to_contain_text("No trial on this site fits")
    page.go_back()
    page.go_back()
    expect(said(page)).to_contain_text("Showing trials for: Blinatumomab.")


def test_counts_of_values_are_those_of_the_lists(watch: Watched, site: Path) -> None:
    page = watch.page
    words(page).focus()
    expect(page.locator("[data-count]").first).not_to_be_empty()
    for value, folder in (("RECRUITING", "status/recruiting"), ("COMPLETED", "status/completed")):
        assert count_of(page, "status", value) == len(browsed(site, folder))
    assert page.locator(LISTED).count() == 0


def test_or_inside_a_facet_and_across_facets(watch: Watched, site: Path, address: str) -> None:
    page = watch.page
    page.get_by_label("Finished").check()
    finished = len(browsed(site, "status/completed"))
    expect(said(page)).to_contain_text(re.compile(rf"^{finished} trials"))
    stopped = count_of(page, "status", "TERMINATED")
    assert stopped > 0
    page.get_by_label("Stopped early").check()
    expect(said(page)).to_contain_text(re.compile(rf"^{finished + stopped} trials"))
    second = count_of(page, "phase", "PHASE2")
    page.get_by_role("checkbox", name="Phase 2").check()
    expect(said(page)).to_contain_text(re.compile(rf"^{second} trial"))
    assert count_of(page, "status", "COMPLETED") + count_of(page, "status", "TERMINATED") == second
    expect(page).to_have_url(f"{address}search/?status=COMPLETED&status=TERMINATED&phase=PHASE2")
    assert chips(page) == ["Finished", "Stopped early", "Phase 2"]


def test_one_sex_takes_the_place_of_the_other(watch: Watched, address: str) -> None:
    page = watch.page
    page.get_by_label("Female").check()
    expect(page).to_have_url(f"{address}search/?sex=FEMALE")
    page.get_by_role("radio", name=re.compile("^Male")).check()
    expect(page).to_have_url(f"{address}search/?sex=MALE")
    page.get_by_label("Any sex").check()
    expect(page).to_have_url(f"{address}search/")
    expect(page.locator("#results")).to_be_hidden()


def test_a_value_that_nothing_has_stays_quiet_and_a_chosen_one_stays(watch: Watched) -> None:
    page = watch.page
    ask(page, "blinatumomab")
    none = page.locator("label.choice", has=page.get_by_label("Never started"))
    expect(none).to_have_class(re.compile("none"))
    none.locator("input").check()
    expect(said(page)).to_contain_text("No trial on this site fits")
    expect(none).not_to_have_class(re.compile("none"))


def test_long_lists_of_values_come_when_they_are_opened(watch: Watched, site: Path, address: str) -> None:
    page = watch.page
    group = page.locator("details[data-group=country]")
    group.locator("summary").click()
    france = group.get_by_label("France")
    expect(france).to_be_visible()
    boxes = group.get_by_role("checkbox")
    before = boxes.count()
    group.get_by_role("button", name="Show more").click()
    expect(boxes.nth(before)).to_be_focused()
    assert count_of(page, "country", "france") == len(browsed(site, "country/france"))
    france.check()
    expect(page).to_have_url(f"{address}search/?country=france")
    expect(france).to_be_focused()
    expect(page.locator(LISTED)).to_have_count(len(browsed(site, "country/france")))
    assert set(listed(page)) == set(browsed(site, "country/france"))
    page.reload()
    expect(said(page)).to_contain_text("your search")
    assert chips(page) == ["France"]


def test_the_order_can_be_chosen(watch: Watched, address: str) -> None:
    page = watch.page
    ask(page, "leukemia")
    best = listed(page)
    page.get_by_label("Sort by").select_option("newest")
    expect(page).to_have_url(f"{address}search/?q=leukemia&sort=newest")
    page.wait_for_function(
        "before => !document.querySelector('#results a').href.includes(before)", arg=best[0]
    )
    assert page.get_by_role("option", name="Nearest first").count() == 0
    page.reload()
    expect(page.get_by_label("Sort by")).to_have_value("newest")


def test_more_trials_come_behind_the_first_ten(watch: Watched) -> None:
    page = watch.page
    ask(page, "leukemia")
    expect(page.locator(LISTED)).to_have_count(10)
    page.get_by_role("button", name=re.compile(r"Show \d+ more trials")).click()
    eleventh = page.locator(LISTED).nth(10).get_by_role("link")
    expect(eleventh).to_be_focused()
    found = listed(page)
    assert len(found) == len(set(found)) > 10
    expect(page.get_by_role("button", name=re.compile("more trial"))).to_be_hidden()


def test_each_part_of_a_search_can_be_taken_out(watch: Watched, address: str) -> None:
    page = watch.page
    page.goto(f"{address}search/?q=leukemia&status=RECRUITING&results=yes")
    answered(page)
    assert chips(page) == ["“leukemia”", "Open: looking for people", "Has results"]
    page.get_by_role("button", name="Remove: Open").press("Enter")
    expect(page).to_have_url(f"{address}search/?q=leukemia&results=yes")
    expect(page.get_by_role("button", name="Remove: Has results")).to_be_focused()
    page.get_by_role("button", name="Clear all").click()
    expect(said(page)).to_have_text("Your search is cleared.")
    expect(said(page)).to_be_focused()
    expect(page).to_have_url(f"{address}search/")
    assert words(page).input_value() == ""
    expect(page.locator("#results")).to_be_hidden()


def test_nothing_found_says_what_to_leave_out(watch: Watched) -> None:
    page = watch.page
    page.get_by_label("Never started").check()
    answered(page)
    ask(page, "blinatumomab")
    expect(said(page)).to_contain_text("No trial on this site fits")
    offers = page.locator(".search-offers button")
    expect(offers).to_have_count(2)
    for offer in offers.all():
        assert re.search(r": \d+ trials?$", offer.inner_text())
    wanted = int(re.search(r"(\d+) trial", offers.first.inner_text())[1])  # type: ignore[index]
    offers.first.click()
    expect(said(page)).to_contain_text(re.compile(f"^{wanted} trial"))


def test_the_only_part_of_a_search_is_no_offer(watch: Watched, address: str) -> None:
    page = watch.page
    for alone in ("q=xyzzyq", "status=nowhere"):
        page.goto(f"{address}search/?{alone}")
        expect(page.get_by_text("Try fewer or other words, or use the lists below.")).to_be_visible()
        expect(said(page)).to_have_text("No trial on this site fits your search.")
        expect(page.locator(".search-offers")).to_have_count(0)
    page.get_by_role("button", name="Remove: nowhere").press("Enter")
    expect(said(page)).to_have_text("Your search is cleared.")
    expect(said(page)).to_be_focused()
    expect(page).to_have_url(f"{address}search/")


def test_words_of_which_no_trial_has_all(watch: Watched) -> None:
    ask(watch.page, "blinatumomab xyzzyq")
    expect(said(watch.page)).to_contain_text(
        "No trial has all of these words. These trials have some of them."
    )
    expect(said(watch.page)).to_contain_text("No trial has the word “xyzzyq”.")
    assert listed(watch.page)


@pytest.mark.parametrize("typed", [NUMBER, "nct 02458014", "02458014", " NCT-02458014 "])
def test_the_number_of_a_trial_leads_to_its_page(watch: Watched, address: str, typed: str) -> None:
    words(watch.page).fill(typed)
    words(watch.page).press("Enter")
    expect(watch.page).to_have_url(f"{address}trials/{NUMBER}/")


@pytest.mark.parametrize(
    ("typed", "leads_to"), [("NCT02458014", f"trials/{NUMBER}/"), ("leukemia", "search/?q=leukemia")]
)
def test_the_form_of_the_home_page(watch: Watched, address: str, typed: str, leads_to: str) -> None:
    page = watch.page
    page.goto(address)
    words(page).fill(typed)
    words(page).press("Enter")
    expect(page).to_have_url(address + leads_to)
    page.go_back()
    expect(page).to_have_url(address)


def test_the_age_stays_out_of_address_and_requests(watch: Watched) -> None:
    page = watch.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
    ask(page, "leukemia")
    everyone = said(page).inner_text()
    page.get_by_label("Age in years").fill("7")
    expect(said(page)).not_to_have_text(everyone)
    assert chips(page)[-1] == "Age 7"
    page.get_by_label("Age in years").fill("777")
    expect(page.locator("#search-age-fault")).to_have_text("Write an age in whole years, such as 47.")
    expect(said(page)).to_have_text(everyone)
    assert page.url.endswith("search/?q=leukemia")
    assert not [url for url in asked if "7" in re.sub(r"127\.0\.0\.1:\d+|[0-9a-f]{10,16}", "", url)]


def test_only_the_page_itself_is_current(watch: Watched, address: str) -> None:
    link = watch.page.get_by_role("navigation", name="Main").get_by_role("link", name="Search")
    expect(link).to_have_attribute("aria-current", "page")
    watch.page.goto(f"{address}trials/{NUMBER}/")
    expect(link).to_have_attribute("aria-current", "true")


def test_one_thing_is_said_for_each_change(watch: Watched) -> None:
    page = watch.page
    ask(page, "leukemia")
    page.evaluate(
        """() => {
          window.__said = [];
          const listen = (records) => window.__said.push(records.at(-1).target.textContent);
          for (const region of document.querySelectorAll("[role=status], [aria-live], [role=alert]")) {
            new MutationObserver(listen).observe(region, { childList: true, characterData: true, subtree: true });
          }
        }"""
    )
    page.get_by_label("Finished").check()
    expect(page.locator(LISTED)).not_to_have_count(10)
    assert len(page.evaluate("window.__said")) == 1


def test_on_a_phone_the_filters_lie_behind_one_button(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport={"width": 390, "height": 844}) as watch:
        page = watch.page
        page.goto(f"{address}search/?q=leukemia&status=RECRUITING")
        answered(page)
        box = page.get_by_label("Finished")
        expect(box).to_be_hidden()
        button = page.get_by_role("button", name="Narrow the list (1 in use)")
        button.press("Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        box.check()
        page.get_by_role("button", name=re.compile(r"See \d+ trials")).click()
        expect(box).to_be_hidden()
        expect(said(page)).to_be_focused()
        expect(page.get_by_role("button", name="Narrow the list (2 in use)")).to_be_visible()
        assert watch.all_troubles() == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("query", ["", "?q=leukemia", "?status=WITHDRAWN&q=leukemia", "?q=xyzzyq"])
def test_nothing_jumps_when_the_list_comes(browser: Browser, address: str, width: int, query: str) -> None:
    with watched(browser, address, viewport={"width": width, "height": 800}) as watch:
        watch.page.context.add_init_script(LISTEN)
        watch.page.goto(f"{address}search/{query}", wait_until="networkidle")
        if query:
            answered(watch.page)
        watch.page.wait_for_timeout(100)
        shifts = watch.page.evaluate("window.__shifts")
        assert sum(value for value, _ in shifts) < MOST_SHIFT, shifts


def test_without_script_the_forms_lead_to_the_lists(browser: Browser, address: str) -> None:
    with watched(browser, address, java_script_enabled=False) as watch:
        for path in ("", "search/"):
            watch.page.goto(address + path)
            words(watch.page).fill("leukemia")
            watch.page.get_by_role("button", name="Find trials").click()
            assert watch.page.url.startswith(f"{address}browse/")
        watch.page.goto(f"{address}search/")
        expect(watch.page.get_by_label("Age in years")).to_be_hidden()


def test_on_paper_stand_the_search_and_what_it_found(watch: Watched) -> None:
    page = watch.page
    ask(page, "leukemia")
    page.emulate_media(media="print")
    expect(page.get_by_text("“leukemia”")).to_be_visible()
    expect(said(page)).to_be_visible()
    expect(page.locator(LISTED).first).to_be_visible()
    for control in page.locator("form, input, select, #search-filters, button:not(.chip)").all():
        expect(control).to_be_hidden()
