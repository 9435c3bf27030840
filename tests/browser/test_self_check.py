"""The self-check in a real browser: what it asks and says, that it keeps silent about the answers, and that it can be used by all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from sites import run, trial, write

from browser.server import serving
from browser.watched import Watched, watched

ASKED, PLAIN, LISTED, UNSPLIT, OVER = (f"NCT0000000{number}" for number in range(1, 6))
"""Made-up trials: with questions, the same with bounds in years, with the record's rules alone, with rules that are one text, and one that is over."""
RULES = """inclusion_criteria:
  - text: Proven madeupitis, grade 2 or higher
  - text: Consent is given in writing
exclusion_criteria:
  - text: Pregnancy or breast feeding
  - text: Any other illness that is not stable
plain_criteria:
  - {plain: A doctor found madeupitis., kind: inclusion, original: Proven madeupitis}
  - {plain: I do not want to sign., kind: exclusion, original: "Any other illness", self_check: false}
  - {plain: I am pregnant., kind: exclusion, original: Pregnancy or breast}
"""
RECORD = "|\n  Inclusion Criteria:\n\n  Part A:\n\n  * Fever, of which\n    * high\n    * low\n" + "".join(
    f"  * Rule {number}\n" for number in range(1, 61)
)
TIMELINE = "timeline:\n  screening: {text: 3 weeks, days_max: 21}\n"


LOOKS: tuple[dict[str, Any], ...] = (
    {},
    {"color_scheme": "dark"},
    {"viewport": {"width": 320, "height": 640}},
    {"forced_colors": "active"},
)
"""How the page is looked at; a plain look is checked at every step."""


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of made-up trials; gives its address."""
    site = tmp_path_factory.mktemp("self-check")
    ages = {"minimum_age": "6 Months", "maximum_age": "17 Years", "sex": "FEMALE"}
    contents = {
        ASKED: trial(**ages) + RULES + TIMELINE,
        PLAIN: trial(minimum_age="18 Years") + RULES,
        LISTED: trial(eligibility_criteria=RECORD + "\n  Exclusion Criteria:\n\n  * Cough"),
        UNSPLIT: trial(eligibility_criteria="Adults with fever."),
        OVER: trial(overall_status="COMPLETED", **ages) + RULES,
    }
    write(
        site,
        {
            "site.yaml": "name: Made-up site\n",
            **{f"content/trials/{number}/trial.yaml": text for number, text in contents.items()},
        },
    )
    report = run(site)
    assert report.errors == 0
    with serving(site / "output", "/some/path/") as address:
        yield address


@contextmanager
def opened(browser: Browser, address: str, number: str = ASKED, **options: Any) -> Iterator[Watched]:
    """A trial's page with its self-check started; nothing may go wrong on it."""
    with watched(browser, address, **options) as watch:
        watch.page.goto(f"{address}trials/{number}/")
        started(watch.page)
        yield watch
        assert watch.all_troubles() == []


def started(page: Page) -> None:
    page.locator("[data-self-check]").scroll_into_view_if_needed()
    expect(page.locator(".self-check-result")).to_be_visible()
    # What the page itself asks for when it is scrolled has come before the reader answers.
    page.wait_for_load_state("networkidle")


def answer(page: Page, question: str, value: str) -> None:
    page.get_by_role("group", name=question).get_by_label(value, exact=True).check()


def type_age(page: Page, age: str, unit: str = "months") -> None:
    page.get_by_label("Age", exact=True).fill(age)
    page.get_by_label("Unit of the age").select_option(label=unit)


def status(page: Page) -> Locator:
    return page.locator("[data-self-check]").get_by_role("status")


def stored(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("({...localStorage, ...sessionStorage})")
    return found


def test_answers_become_a_cautious_verdict_and_leave_no_trace(browser: Browser, made_up: str) -> None:
    with opened(browser, made_up) as watch:
        page = watch.page
        before = page.url, page.evaluate("history.length")
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        expect(status(page)).to_have_text("0 of 4 answered.")
        type_age(page, "5")
        page.keyboard.press("Tab")
        expect(status(page)).to_contain_text("“Age: 6 months to 17 years.” may mean that you cannot join.")
        type_age(page, "17", "years")
        answer(page, "Sex", "Female")
        answer(page, "A doctor found madeupitis.", "Not sure")
        expect(status(page)).to_have_text(
            "3 of 4 answered.Nothing rules you out so far. Ask about what you are not sure of."
        )
        answer(page, "I am pregnant.", "Yes")
        said = "4 of 4 answered.Your answer to “I am pregnant.” may mean that you cannot join. Rules can have exceptions: ask."
        expect(status(page)).to_have_text(said)
        assert page.locator(".self-check-result li").all_inner_texts() == [
            "“I am pregnant.” My answer: Yes. Can there be an exception?",
            "“A doctor found madeupitis.” My answer: Not sure. How can we find out?",
        ]
        answer(page, "I am pregnant.", "No")
        answer(page, "A doctor found madeupitis.", "Yes")
        expect(status(page)).to_contain_text("You may be able to join. Only the study team can tell.")
        assert "eligib" not in page.locator("#self-check").inner_text().casefold()
        assert page.get_by_role("group", name="I do not want to sign.").count() == 0
        assert page.get_by_text("I do not want to sign.").is_visible()
        page.get_by_role("button", name="Clear my answers").click()
        expect(status(page)).to_contain_text("Your answers are cleared.")
        expect(page.get_by_label("Age", exact=True)).to_be_focused()
        assert page.locator("#self-check :checked:not(option)").count() == 0
        assert (requests, stored(page), (page.url, page.evaluate("history.length"))) == ([], {}, before)
        assert page.evaluate(
            "[...document.querySelectorAll('#self-check input, #self-check select')].every((one) => one.autocomplete === 'off')"
        )


def test_answers_are_kept_only_while_the_reader_says_so(browser: Browser, made_up: str) -> None:
    with opened(browser, made_up, PLAIN) as watch:
        page = watch.page
        remember = page.get_by_label("Remember my answers on this device")
        expect(remember).not_to_be_checked()
        answer(page, "I am pregnant.", "No")
        assert stored(page) == {}
        remember.check()
        page.get_by_label("Age in years").fill("40")
        page.keyboard.press("Tab")
        assert list(stored(page)) == [f"trialpages:/some/path/:self-check:{PLAIN}"]
        page.reload()
        started(page)
        expect(status(page)).to_contain_text(
            "These are the answers that you kept on this device.2 of 3 answered."
        )
        expect(page.get_by_label("Age in years")).to_have_value("40")
        remember.uncheck()
        assert stored(page) == {}
        remember.check()
        assert len(stored(page)) == 1
        page.get_by_role("button", name="Clear my answers").click()
        assert stored(page) == {}
        expect(remember).not_to_be_checked()


def test_a_new_version_of_the_page_can_take_the_answers_over(browser: Browser, made_up: str) -> None:
    with opened(browser, made_up) as watch:
        answer(watch.page, "I am pregnant.", "Yes")
        script = """async () => {
          const entry = document.querySelector('script[type="module"]').src;
          const check = await import(new URL("self-check.js", entry).href);
          const element = document.querySelector("[data-self-check]");
          const given = check.answers(element);
          check.restore(element, {});
          const none = check.answers(element);
          check.restore(element, {...given, sex: "FEMALE", other: "yes"});
          return [Object.values(given), none, Object.values(check.answers(element))];
        }"""
        assert watch.page.evaluate(script) == [["yes"], {}, ["FEMALE", "yes"]]
        expect(status(watch.page)).to_contain_text("2 of 4 answered.")


def test_everything_works_by_keyboard_alone(browser: Browser, made_up: str) -> None:
    with opened(browser, made_up) as watch:
        page = watch.page
        page.get_by_label("Age", exact=True).focus()
        for key in ("4", "Tab", "Tab", "Space", "Tab", "Space", "ArrowRight", "Tab", "Enter", "Tab"):
            page.keyboard.press(key)
        expect(status(page)).to_contain_text("3 of 4 answered.Your answer to “A doctor found madeupitis.”")
        assert page.locator("#self-check details").first.get_attribute("open") is not None
        outline = "getComputedStyle(document.activeElement).outlineWidth"
        assert page.evaluate(outline) == "3px"


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_accessible_before_halfway_and_after(
    browser: Browser, made_up: str, look: dict[str, Any]
) -> None:
    with opened(browser, made_up, **look) as watch:
        page = watch.page
        assert look or axe(page) == []
        type_age(page, "old")
        answer(page, "I am pregnant.", "Yes")
        expect(page.get_by_label("Age", exact=True)).to_have_attribute("aria-invalid", "true")
        assert small_targets(page) == []
        assert axe(page) == []
        type_age(page, "9")
        answer(page, "Sex", "Female")
        answer(page, "A doctor", "Yes")
        assert look or axe(page) == []
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def small_targets(page: Page) -> list[str]:
    """What a finger can hardly meet: a label counts for its button."""
    script = """() => [...document.querySelectorAll("#self-check :is(label, select, input[type=text], button, summary)")]
      .filter((one) => one.checkVisibility()).map((one) => [one, one.getBoundingClientRect()])
      .filter(([one, {width, height}]) => Math.min(width, height) < (one.matches("summary") ? 24 : 44))
      .map(([one]) => one.outerHTML)"""
    found: list[str] = page.evaluate(script)
    return found


def axe(page: Page) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found = Axe().run(page, context="#eligibility", options=options).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


def test_rules_in_medical_words_are_a_list_to_take_along(browser: Browser, made_up: str) -> None:
    with opened(browser, made_up, LISTED) as watch:
        page = watch.page
        boxes = page.locator("#self-check .criteria").get_by_role("checkbox")
        expect(boxes).to_have_count(62)
        expect(page.get_by_role("checkbox", name="Part A:")).to_have_count(0)
        page.get_by_role("checkbox", name="Fever, of which").check()
        page.get_by_role("checkbox", name="Cough").check()
        expect(status(page)).to_have_text("2 rules ticked.")
        assert axe(page) == []
        page.evaluate("window.print = () => {}")
        page.get_by_role("button", name="Print my list").click()
        page.emulate_media(media="print")
        parts = page.locator(".self-check-summary > ul").all_inner_texts()
        assert [" ".join(part.split()) for part in parts[:2]] == ["Part A: Fever, of which high low", "Cough"]


@pytest.mark.parametrize("number", [UNSPLIT, OVER])
def test_nothing_is_asked_where_nothing_can_be(browser: Browser, made_up: str, number: str) -> None:
    with watched(browser, made_up) as watch:
        watch.page.goto(f"{made_up}trials/{number}/")
        assert watch.page.locator("[data-self-check]").count() == 0
        assert watch.page.locator("#eligibility").is_visible()


def test_paper_holds_the_answers_alone_on_one_page(browser: Browser, made_up: str) -> None:
    with opened(browser, made_up) as watch:
        page = watch.page
        answer(page, "I am pregnant.", "Yes")
        page.evaluate("window.print = () => {}")
        page.get_by_role("button", name="Print my answers").click()
        page.emulate_media(media="print")
        paper = page.locator(".self-check-summary")
        text = paper.inner_text()
        assert text.startswith("A made-up study of aspirin")
        for part in (
            f"{ASKED} · {made_up}trials/{ASKED}/",
            "I am pregnant.\tYes",
            "A doctor found madeupitis.\tNot answered",
            "Your answer to “I am pregnant.” may mean",
            "Only the study team can.",
            "Could this trial fit me?",
            "What other choices do I have, with and without a trial?",
            "Notes",
        ):
            assert part in text
        shown = page.locator("body > *").all()
        assert [node.get_attribute("class") for node in shown if node.is_visible()] == ["self-check-summary"]
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        expect(paper).to_have_count(0)
        expect(page.locator("h1")).to_be_visible()


def test_a_reader_further_down_is_not_moved(browser: Browser, made_up: str) -> None:
    with watched(browser, made_up, viewport={"width": 390, "height": 700}) as watch:
        page = watch.page
        for anchor in ("timeline", "sources"):
            page.goto("about:blank")
            page.goto(f"{made_up}trials/{ASKED}/#{anchor}")
            if anchor == "timeline":
                expect(page.locator(".self-check-result")).to_have_count(1)
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            top = page.evaluate(f"document.getElementById('{anchor}').getBoundingClientRect().top")
            bottom = page.evaluate("document.documentElement.scrollHeight - innerHeight - scrollY")
            assert abs(top - 16) < 24 or bottom < 2, anchor
