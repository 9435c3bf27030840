"""Every kind of page, and every state that a reader can bring it into, is there for everyone.

axe's whole set of rules in light, and those that may come out differently in the dark, with forced colors, at
320 pixels, with text at 200 % and on paper; with them what axe leaves out: width, targets, drawn text.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.care import LOOKS, NARROW, WIDE, faults, focused, measure
from browser.interactions import EXAMPLE, INTERACTIONS, open_every_fold
from browser.kinds import KINDS, LONG_RECORDS, page_of
from browser.watched import Watched, watched

MOST_STOPS = 1000
PROBLEMS, PLACES = (f"trials/{number}/" for number in LONG_RECORDS.values())
LONG_KINDS = ("glossary", "all health problems", "all places")
"""Hundreds of entries of one make: the first dozen of each list is measured by axe."""
LONG_LISTS = (f"{PROBLEMS}adverse-events/", f"{PLACES}places/")
LOOKS_AT_LONG_PAGES = {
    "light": replace(LOOKS["light"], repeated=False, checks=("tooWide",)),
    "320 px": LOOKS["320 px"],
}
LOOKS_BETWEEN = {name: look for name, look in LOOKS.items() if name in ("light", "320 px")}
LOOKS_AT_THE_END = {name: look for name, look in LOOKS.items() if name not in LOOKS_BETWEEN}
"""Each state is looked at in light and on a narrow screen; the last one of an interaction in every look."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_in_every_look(browser: Browser, site: Path, address: str, kind: str) -> None:
    with watched(browser, address, viewport=WIDE) as watch:
        watch.page.goto(address + page_of(site, kind))
        looks = {**LOOKS, **LOOKS_AT_LONG_PAGES} if kind in LONG_KINDS else LOOKS
        found = [*faults(watch.page, looks), *watch.all_troubles()]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("url", [PROBLEMS, PLACES])
def test_the_longest_pages(browser: Browser, long_address: str, url: str) -> None:
    with watched(browser, long_address, viewport=WIDE) as watch:
        watch.page.goto(long_address + url)
        found = [*faults(watch.page, LOOKS_AT_LONG_PAGES), *watch.all_troubles()]
    assert not found, "\n".join(found)


def test_the_longest_lists_fit_a_phone(browser: Browser, long_address: str) -> None:
    found: list[str] = []
    with watched(browser, long_address, viewport=NARROW) as watch:
        for url in LONG_LISTS:
            watch.page.goto(long_address + url)
            found += [*measure(watch.page, "tooWide"), *measure(watch.page, "smallTargets")]
            found += watch.all_troubles()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", INTERACTIONS)
def test_after_each_interaction_in_every_look(browser: Browser, address: str, name: str) -> None:
    done = INTERACTIONS[name]
    found: list[str] = []
    with watched(browser, address, viewport=WIDE) as watch:
        watch.page.goto(address + done.url)
        state = ""
        for state in done.act(watch.page):
            found += [f"{state}: {fault}" for fault in faults(watch.page, LOOKS_BETWEEN, done.part)]
        found += [f"{state}: {fault}" for fault in faults(watch.page, LOOKS_AT_THE_END, done.part)]
        found += watch.all_troubles()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("viewport", [WIDE, {"width": 390, "height": 844}], ids=["wide", "phone"])
def test_tab_reaches_everything_and_every_stop_is_seen(
    browser: Browser, address: str, viewport: dict[str, int]
) -> None:
    with watched(browser, address, viewport=viewport, reduced_motion="reduce") as watch:
        watch.page.goto(address + EXAMPLE)
        open_every_fold(watch.page)
        wrong, stops = _tab_through(watch)
        wanted = watch.page.locator("main a[href]:visible, main button:visible, main summary:visible").count()
    assert not wrong, "\n".join(wrong)
    assert stops >= wanted


def _tab_through(watch: Watched) -> tuple[list[str], int]:
    """Press Tab until the focus leaves the page; return what was wrong and the number of stops."""
    wrong: list[str] = []
    for stops in range(MOST_STOPS):
        watch.page.keyboard.press("Tab")
        found = focused(watch.page)
        if found is None:
            return wrong, stops
        wrong += found
    return [*wrong, f"the focus never leaves the page, not after {MOST_STOPS} stops"], MOST_STOPS


def test_nothing_moves_when_less_motion_is_asked_for(browser: Browser, site: Path, address: str) -> None:
    listen = """window.__smooth = [];
    for (const [owner, name] of [[window, "scrollTo"], [window, "scrollBy"], [Element.prototype, "scrollIntoView"],
        [Element.prototype, "scrollTo"], [Element.prototype, "scrollBy"]]) {
      const own = owner[name];
      owner[name] = function (...given) {
        if (given.some((one) => one?.behavior === "smooth")) window.__smooth.push(`${name} is smooth`);
        return own.apply(this, given);
      };
    }"""
    found: list[str] = []
    with watched(browser, address, reduced_motion="reduce") as watch:
        watch.page.context.add_init_script(listen)
        for kind in KINDS:
            watch.page.goto(address + page_of(site, kind))
            found += [f"{kind}: {fault}" for fault in measure(watch.page, "motion")]
        for name, done in INTERACTIONS.items():
            watch.page.evaluate("localStorage.clear()")
            watch.page.goto(address + done.url)
            for state in done.act(watch.page):
                found += [f"{name}, {state}: {fault}" for fault in measure(watch.page, "motion")]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("markup", "check", "said"),
    [
        ("<button id=b style='min-height:0;height:20px;padding:0'>Go</button>", "smallTargets", "target of"),
        ("<p>Words around a <a href=#>link</a>.</p>", "smallTargets", ""),
        ("<div style='width:5000px'>Wide</div>", "tooWide", "pixels wider"),
        (
            "<svg width=99 height=40><rect width=99 height=40 fill='#777'/><text y=20 fill='#888'>a b</text></svg>",
            "drawnText",
            "drawn text at 1.",
        ),
        (
            "<svg width=99 height=40><rect width=99 height=40 fill='#777'/><text y=20 fill='#000'>a b</text></svg>",
            "drawnText",
            "",
        ),
        ("<p style='transition: color 1s'>Moves</p>", "motion", "transition"),
    ],
)
def test_own_checks_see_what_they_should(browser: Browser, markup: str, check: str, said: str) -> None:
    page = browser.new_page()
    page.set_content(f"<!doctype html><html lang=en><body>{markup}")
    found = "\n".join(measure(page, check))
    page.close()
    assert said in found and bool(found) == bool(said)
