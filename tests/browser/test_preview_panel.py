"""The preview's overlay and the editor's panel: what they say, and that they disturb neither page nor reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from browser.interactions import EXAMPLE, OPEN
from browser.made_up_facts import ELSEWHERE, ERROR, FACTS, OTHER_ERROR, TRIAL, WARNING, WORDS
from browser.told_preview import ToldPreview, previewing
from browser.watched import watched

LOOKS: tuple[dict[str, Any], ...] = (
    {},
    {"color_scheme": "dark"},
    {"viewport": {"width": 320, "height": 640}},
    {"forced_colors": "active"},
)


@pytest.fixture
def preview(site: Path) -> Iterator[ToldPreview]:
    """A preview of the sample site; each test has its own."""
    with previewing(site, "/some/path/") as served:
        yield served


def show(page: Page, preview: ToldPreview, url: str = OPEN) -> None:
    page.goto(preview.address + url)
    expect(page.locator(".tab")).to_be_visible()
    while not preview.waiting:
        page.wait_for_timeout(10)


def test_errors_come_and_go_by_themselves(browser: Browser, preview: ToldPreview) -> None:
    with watched(browser, preview.address) as watch:
        page = watch.page
        show(page, preview)
        overlay, said = (
            page.locator(".overlay"),
            page.locator("trialpages-preview").get_by_role("status").first,
        )
        expect(overlay).to_be_hidden()
        page.locator("main a").first.focus()
        preview.here = [WARNING, ERROR]
        preview.nudge()
        expect(overlay.get_by_role("heading")).to_have_text("1 error on this page")
        expect(said).to_have_text("1 error on this page. There is no field 'enrolment' in a trial")
        fault = overlay.locator(".fault")
        assert fault.count() == 1
        words = fault.inner_text().split("\n")
        assert [line.strip() for line in words if line.strip()] == [
            "Error There is no field 'enrolment' in a trial",
            f"{TRIAL}:12:1 unknown-field",
            "enrolment: 413",
            "^",
            "To mend it: write 'enrollment'",
        ]
        note = overlay.locator(".overlay-note")
        expect(note).to_have_text("Until it is mended, the page below may be an older one.")
        assert page.evaluate("document.activeElement.closest('main') !== null")
        page.keyboard.press("Escape")
        expect(overlay).to_be_hidden()
        preview.nudge()
        page.wait_for_load_state("networkidle")
        expect(overlay).to_be_hidden()
        preview.here = [ERROR, OTHER_ERROR]
        preview.nudge()
        expect(overlay.get_by_role("heading")).to_have_text("2 errors on this page")
        overlay.get_by_role("button", name="Close").click()
        expect(overlay).to_be_hidden()
        preview.here = []
        preview.nudge()
        expect(said).to_have_text("The errors on this page are mended.")
        preview.here = [ERROR]
        preview.nudge()
        expect(overlay).to_be_visible()
        preview.here = []
        preview.nudge()
        expect(overlay).to_be_hidden()
        assert watch.all_troubles() == []


def test_a_page_that_cannot_be_made_stays_as_it_was_last(browser: Browser, preview: ToldPreview) -> None:
    with watched(browser, preview.address) as watch:
        page = watch.page
        show(page, preview, EXAMPLE)
        page.evaluate("() => { window.survives = true }")
        preview.broken, preview.here = True, [ERROR]
        preview.nudge()
        expect(page.locator(".overlay")).to_contain_text(
            "The page cannot be made. Below is the last one that could."
        )
        expect(page.locator("h1")).to_be_visible()
        preview.broken, preview.here = False, []
        preview.edit(EXAMPLE, ("</h1>", " mended</h1>"))
        expect(page.locator("h1")).to_contain_text("mended")
        expect(page.locator(".overlay")).to_be_hidden()
        assert page.evaluate("window.survives")
        preview.broken, preview.here = True, [ERROR]
        preview.nudge()
        page.goto(preview.address + EXAMPLE)
        expect(page.locator(".overlay-note")).to_have_text("The page cannot be made yet.")
        preview.broken, preview.here = False, []
        preview.nudge()
        expect(page.locator("h1")).to_contain_text("mended")
        assert [each for each in watch.all_troubles() if "500" not in each] == []


def test_faults_elsewhere_are_counted_and_listed_on_request(browser: Browser, preview: ToldPreview) -> None:
    preview.elsewhere, preview.hidden = ELSEWHERE, 4
    with watched(browser, preview.address) as watch:
        page = watch.page
        show(page, preview)
        expect(page.locator(".tab")).to_have_text("Editor's panel 2 errors elsewhere")
        expect(page.locator(".overlay")).to_be_hidden()
        page.locator(".tab").click()
        page.locator("summary", has_text="2 errors elsewhere").click()
        expect(page.locator(".elsewhere li")).to_have_count(4)
        expect(page.locator(".elsewhere li").nth(1)).to_contain_text("content/glossary.yaml:40:1")
        expect(page.locator(".elsewhere li").last).to_have_text("and 4 more")
        assert watch.all_troubles() == []


def test_the_panel_tells_what_is_known_of_the_page(browser: Browser, preview: ToldPreview) -> None:
    preview.facts, preview.here = FACTS, [WARNING]
    with watched(browser, preview.address) as watch:
        page = watch.page
        show(page, preview)
        tab, drawer = page.locator(".tab"), page.locator(".drawer")
        expect(tab).to_have_text("Editor's panel 1 warning grade 8.8")
        expect(drawer).to_be_hidden()
        tab.click()
        expect(
            page.get_by_role("region", name="Editor's panel").get_by_role("button", name="Close")
        ).to_be_focused()
        blocks = drawer.locator(".block")
        assert [" ".join(text.split()) for text in blocks.all_inner_texts()][:2] == [
            "First screen trial.yaml:1 the trial's facts",
            "Summary grade 7.9 (aim 8, limit 10) summary.md:1 the summary",
        ]
        expect(blocks.nth(2)).to_contain_text("grade 11.2, above the limit of 10")
        expect(blocks.nth(2)).to_contain_text("split the longest sentences")
        expect(blocks.nth(4)).to_contain_text("too short to grade (9 words)")
        expect(blocks.nth(4)).to_contain_text("people.html:1")
        for words in (
            "The record is newer than the words",
            "A fact or a word of the trial itself has changed.",
            "2 files of its own",
            "4 other trials",
            "No errors in other pages.",
        ):
            expect(drawer).to_contain_text(words)
        blocks.nth(1).get_by_role("button", name="summary.md").click()
        while not preview.opened:
            page.wait_for_timeout(10)
        assert preview.opened == [{"path": WORDS, "line": 1}]
        preview.progress = "reading 3,200 of 10,000 trials"
        preview.nudge()
        expect(drawer).to_contain_text("The rest of the site is being made: reading 3,200 of 10,000 trials.")
        expect(drawer).to_contain_text("No errors found so far.")
        preview.progress = None
        expect(drawer).not_to_contain_text("3,200")
        expect(drawer).to_contain_text("No errors in other pages.")
        drawer.press("Escape")
        expect(drawer).to_be_hidden()
        expect(tab).to_be_focused()
        assert watch.all_troubles() == []


def test_a_block_is_outlined_without_a_change_of_the_page(browser: Browser, preview: ToldPreview) -> None:
    preview.facts = FACTS
    with watched(browser, preview.address, reduced_motion="reduce") as watch:
        page = watch.page
        show(page, preview)
        page.locator(".tab").click()
        outline = page.locator(".outline")
        expect(outline).to_be_hidden()
        eligibility = page.get_by_role("button", name="Can I take part?")
        before = page.locator("body").evaluate("(body) => body.outerHTML")
        eligibility.click()
        expect(eligibility).to_have_attribute("aria-pressed", "true")
        expect(outline).to_be_visible()
        box, part = outline.bounding_box(), page.locator("#eligibility").bounding_box()
        assert box and part and abs(box["y"] - part["y"]) <= 5 and abs(box["height"] - part["height"]) <= 10
        assert -20 <= part["y"] <= 40
        eligibility.click()
        expect(outline).to_be_hidden()
        after = page.locator("body").evaluate("(body) => body.outerHTML")
        assert "outline" not in after and abs(len(after) - len(before)) < 20_000
        assert watch.all_troubles() == []


def test_the_panel_stays_open_on_the_next_page(browser: Browser, preview: ToldPreview) -> None:
    with watched(browser, preview.address) as watch:
        page = watch.page
        show(page, preview)
        page.locator(".tab").click()
        show_again = preview.address + EXAMPLE
        page.goto(show_again)
        expect(page.locator(".drawer")).to_be_visible()
        page.locator(".drawer").get_by_role("button", name="Close").click()
        page.goto(preview.address)
        expect(page.locator(".tab")).to_be_visible()
        expect(page.locator(".drawer")).to_be_hidden()
        assert page.evaluate("sessionStorage.length") == 0
        assert watch.all_troubles() == []


def test_without_an_editor_the_place_can_be_copied(browser: Browser, preview: ToldPreview) -> None:
    preview.here, preview.opens = [ERROR], False
    with watched(browser, preview.address) as watch:
        page = watch.page
        show(page, preview)
        page.locator(".overlay .opens").click()
        expect(page.get_by_label("The place in the file")).to_have_value(f"{TRIAL}:12:1")
        expect(page.locator(".overlay")).to_contain_text("No editor could be opened. Copy the place:")
        preview.nudge()
        page.wait_for_load_state("networkidle")
        expect(page.get_by_label("The place in the file")).to_be_visible()
        assert [each for each in watch.all_troubles() if "409" not in each] == []


@pytest.mark.parametrize("look", LOOKS)
def test_overlay_and_panel_can_be_used_by_all(
    browser: Browser, preview: ToldPreview, look: dict[str, Any]
) -> None:
    preview.facts, preview.here, preview.elsewhere = FACTS, [WARNING, ERROR, OTHER_ERROR], ELSEWHERE
    with watched(browser, preview.address, **look) as watch:
        page = watch.page
        show(page, preview)
        expect(page.locator(".overlay")).to_be_visible()
        assert axe(page) == []
        assert small_targets(page) == []
        page.keyboard.press("Escape")
        page.locator(".tab").click()
        expect(page.locator(".block").first).to_be_visible()
        page.evaluate(
            "document.querySelector('trialpages-preview').shadowRoot.querySelectorAll('details').forEach((fold) => { fold.open = true })"
        )
        assert axe(page) == []
        assert small_targets(page) == []
        for size in ("100%", "200%"):
            page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            drawer = page.locator(".drawer-body")
            assert drawer.evaluate("(body) => body.scrollWidth - body.clientWidth") <= 0
        page.emulate_media(media="print")
        expect(page.locator(".drawer")).to_be_hidden()


def axe(page: Page) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found = Axe().run(page, context="trialpages-preview", options=options).response
    # It does look behind the shadow root.
    assert any(passed["id"] == "button-name" for passed in found["passes"])
    return [
        f"{fault['id']}: {node['html'][:160]}" for fault in found["violations"] for node in fault["nodes"]
    ]


def small_targets(page: Page) -> list[str]:
    script = """() => [...document.querySelector("trialpages-preview").shadowRoot.querySelectorAll("button, summary, input")]
      .filter((one) => one.checkVisibility()).filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < 24)
      .map((one) => one.outerHTML)"""
    found: list[str] = page.evaluate(script)
    return found
