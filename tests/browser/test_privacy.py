"""What a reader does stays with the reader: no other host is asked, and nothing is kept that nobody asked to keep.

Every fold is opened and every question of every kind of page is answered, by whatever answers it.
What may be kept, a saved trial and answers under "remember", is tested where it is made, key by key.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import BASE
from browser.interactions import EXAMPLE, INTERACTIONS, OPEN, open_every_fold
from browser.kinds import KINDS, page_of
from browser.watched import watched

KEPT = """async () => [
  ...Object.keys(localStorage).map((key) => `localStorage: ${key}`),
  ...Object.keys(sessionStorage).map((key) => `sessionStorage: ${key}`),
  ...(document.cookie ? [`cookie: ${document.cookie}`] : []),
  ...(await indexedDB.databases()).map((database) => `indexedDB: ${database.name}`),
  ...(await caches.keys()).map((name) => `cache: ${name}`),
  ...(await navigator.serviceWorker.getRegistrations()).map((worker) => `worker: ${worker.scope}`),
]"""
"""What the page has left on the device."""

ANSWER = """() => {
  const asks = "input:not([type=hidden]), select, textarea";
  const keeps = /remember|keep|save/i;
  let answered = 0;
  for (const field of document.querySelectorAll(asks)) {
    const words = `${field.labels?.[0]?.textContent ?? ""} ${field.name} ${field.id}`;
    if (!field.checkVisibility() || keeps.test(words)) continue;
    if (field.matches("[type=radio], [type=checkbox]")) field.click();
    else {
      field.focus();
      if (field.matches("select")) field.selectedIndex = field.options.length - 1;
      else field.value = field.matches("[type=number], [inputmode=numeric]") ? "47" : "Houston";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    answered += 1;
  }
  return answered;
}"""
"""Answer everything that is asked, but for the offers to keep it."""

ADDRESSES_MAY_SAY = {"search"}
"""Kinds of pages that write what was typed into their own address, so that a search can be sent to a friend."""


@pytest.mark.parametrize("kind", KINDS)
def test_answers_on_every_kind_of_page_stay_on_it(
    browser: Browser, site: Path, address: str, kind: str
) -> None:
    with watched(browser, address) as watch:
        page = watch.page
        page.goto(address + page_of(site, kind), wait_until="networkidle")
        open_every_fold(page)
        _scroll_through(page)
        page.evaluate(ANSWER)
        page.evaluate(ANSWER)  # What the first answers brought up is answered too.
        page.wait_for_load_state("networkidle")
        assert "47" not in page.url.partition("?")[2] + page.url.partition("#")[2]
        if kind not in ADDRESSES_MAY_SAY:
            assert "Houston" not in page.url
        assert page.evaluate(KEPT) == []
        assert watch.all_troubles() == []


@pytest.mark.parametrize("name", [name for name, done in INTERACTIONS.items() if not done.keeps])
def test_what_a_reader_does_leaves_nothing_behind(browser: Browser, address: str, name: str) -> None:
    done = INTERACTIONS[name]
    with watched(browser, address) as watch:
        watch.page.goto(address + done.url)
        for state in done.act(watch.page):
            assert watch.page.evaluate(KEPT) == [], state
        assert watch.all_troubles() == []


def test_the_self_check_asks_nobody_and_keeps_only_what_is_ticked(browser: Browser, address: str) -> None:
    with watched(browser, address) as watch:
        page = watch.page
        page.goto(address + OPEN)
        check = page.locator("#self-check")
        check.scroll_into_view_if_needed()
        check.get_by_role("radio").first.wait_for()
        page.wait_for_load_state("networkidle")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        before = page.url
        open_every_fold(page)
        check.get_by_label("Age", exact=True).fill("47")
        for answer in check.get_by_role("radio").all():
            answer.check()
        assert page.evaluate(KEPT) == []
        remember = check.get_by_label("Remember my answers on this device")
        remember.check()
        number = OPEN.split("/")[1]
        assert page.evaluate(KEPT) == [f"localStorage: trialpages:{BASE}:self-check:{number}"]
        remember.uncheck()
        assert page.evaluate(KEPT) == []
        check.get_by_role("button", name="Clear my answers").click()
        assert (asked, page.url) == ([], before)
        assert watch.all_troubles() == []


def test_a_saved_trial_is_the_only_thing_kept(browser: Browser, address: str) -> None:
    with watched(browser, address) as watch:
        watch.page.goto(address + EXAMPLE)
        watch.page.get_by_role("button", name="Save this trial").click()
        assert watch.page.evaluate(KEPT) == [f"localStorage: trialpages:{BASE}:saved"]
        watch.page.get_by_role("button", name="Remove this trial").click()
        assert watch.page.evaluate(KEPT) == []


def _scroll_through(page: Page) -> None:
    """Bring every part of the page near the screen, so that all that loads on approach is loaded."""
    page.evaluate(
        """async () => {
          for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
            scrollTo(0, top);
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
          }
        }"""
    )
    page.wait_for_load_state("networkidle")
