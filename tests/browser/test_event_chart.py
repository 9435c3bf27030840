"""The explorer of health problems on a made-up page, with each bundle of the chart library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from browser.server import serving
from browser.tools import PROJECT, npm_file
from browser.watched import Watched, watched
from trialpages.pages.plotly_bundle import split_bundle
from trialpages.pages.security_policy import POLICY
from trialpages.site.charts import figure_template

PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width"><title>Made-up trial</title><link rel="icon" href="icon.svg">
<link rel="stylesheet" href="page.css"></head><body><main><h1>A made-up trial</h1><p class="far">Far above.</p>
<section id="side-effects"><h2>Health problems</h2><figure id="figure"><div data-chart="adverse-events.json" data-styles="explorer.css" data-plotly="plotly.js" data-plotly-css="plotly.css" hidden></div>
<div id="side-effects-table"><table><caption>Health problems</caption><tbody><tr><th scope="row">Fever</th>
<td>43 of 54</td></tr></tbody></table></div></figure></section></main>
<script type="module" src="js/starter.js"></script></body></html>"""
STYLES = """*{box-sizing:border-box}:root{color-scheme:light dark;--ink:#111;--bar-first:#0e7385;--bar-second:#a85b16;--bar-track:#e1e9ea}
@media (prefers-color-scheme:dark){:root{--ink:#eee;--bar-first:#4aa9b8}}
body{margin:8px;font-family:sans-serif}figure{margin:0}.far{height:2000px}
@media print{.event-chart{display:none}}"""
STARTER = """import { start } from "./side-effects.js"; start(document.querySelector("[data-chart]"));"""


def _events() -> dict[str, Any]:
    """Made-up counts of two groups: four odd rows, then forty alike."""
    more = range(40)
    return {
        "format": 2,
        "source_trial": "NCT00000001",
        "frequency_threshold": 5,
        "default_groups": [0, 1],
        "template": json.loads(figure_template()),
        "groups": [
            {"id": "EG000", "title": "Drug A", "num_at_risk": 54},
            {"id": "EG001", "title": "Drug B <b>& more</b>", "num_at_risk": 50},
        ],
        "rows": {
            "kinds": [["serious", 1], ["other", 43]],
            "term": [
                *("Nausea", "Pyrexia", "Nausea", "A <b>&</b> B"),
                *(f"Made-up problem {n} with a rather long name" for n in more),
            ],
            "num_affected": [[1, 43, 0, None, *(2 for _n in more)], [None, 5, 50, 1, *(3 for _n in more)]],
            "num_at_risk": [54, [None, *(50 for _n in range(43))]],
            "lay_term": {"values": ["fever"], "at": [None, 0, *(None for _n in range(42))]},
            "organ_system": {"values": ["General", "Gut"], "at": [1, 0, 1, *(None for _n in range(41))]},
        },
    }


def _bundle(name: str) -> bytes:
    if name == "package":
        return resources.files("plotly").joinpath("package_data/plotly.min.js").read_bytes()
    return npm_file("plotly.js-basic-dist-min/plotly-basic.min.js").read_bytes()


def _serve(folder: Path, bundle: str) -> Iterator[str]:
    split = split_bundle(_bundle(bundle))
    files = {
        "index.html": PAGE.encode(),
        "page.css": STYLES.encode(),
        "icon.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "adverse-events.json": json.dumps(_events()).encode(),
        "explorer.css": (PROJECT / "assets/chart/explorer.css").read_bytes(),
        "plotly.js": split.script,
        "plotly.css": split.styles.encode(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "js").mkdir()
    (folder / "js/starter.js").write_text(STARTER)
    for script in (PROJECT / "assets/js").glob("*.js"):
        (folder / "js" / script.name).write_bytes(script.read_bytes())
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module", params=["package", "basic"])
def page_address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from _serve(tmp_path_factory.mktemp("chart"), request.param)


@pytest.fixture(scope="module")
def one_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    smaller = (PROJECT / "node_modules/plotly.js-basic-dist-min").exists()
    yield from _serve(tmp_path_factory.mktemp("chart"), "basic" if smaller else "package")


def scroll_to_chart(page: Page) -> None:
    page.locator("#side-effects-table").scroll_into_view_if_needed()
    expect(page.locator(".event-chart-figure .xtick").first).to_be_visible()


def bars(page: Page) -> int:
    """Bars of the groups, without the tracks below them."""
    return page.locator(".event-chart-figure .barlayer .trace:not(:first-child) .point").count()


def names(page: Page) -> list[str]:
    return page.locator(".event-chart-figure .scatterlayer .trace").last.locator("text").all_text_contents()


def test_chart_draws_and_switches_without_a_violation(browser: Browser, page_address: str) -> None:
    with watched(browser, page_address) as watch:
        page = watch.page
        page.goto(page_address)
        assert page.evaluate("Boolean(window.Plotly)") is False
        scroll_to_chart(page)
        status = page.get_by_role("status")
        expect(status).to_have_text(
            re.compile(r"“Drug A”: 25 of 43 health problems shown, .* Fever \(Pyrexia\), 43 of 54 \(80%\)\.")
        )
        assert bars(page) == 25
        page.get_by_label("Show health problems of").select_option("1")
        expect(status).to_contain_text("At the top: Nausea, 50 of 50 (100%).")
        page.get_by_label("Compare with").select_option("0")
        expect(status).to_contain_text("Drug B <b>& more</b> 50 of 50 (100%), Drug A 0 of 54 (0%)")
        assert bars(page) == 50
        page.get_by_role("button", name="Show 19 more").click()
        expect(status).to_contain_text("44 health problems shown")
        assert any("A <b>&</b> B" in name for name in names(page))
        bar = page.locator(".event-chart-figure .barlayer .trace").nth(1).locator(".point").first
        bar.scroll_into_view_if_needed()
        box = bar.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
        expect(page.locator(".event-chart-figure .hoverlayer")).to_contain_text("50 of 50 (100%)")
        assert watch.all_troubles() == []


def test_difference_has_points_with_intervals_and_says_what_could_be_chance(
    browser: Browser, one_address: str
) -> None:
    with watched(browser, one_address) as watch:
        page = watch.page
        page.goto(one_address)
        scroll_to_chart(page)
        page.get_by_role("radio", name="The difference between two groups").check()
        status = page.get_by_role("status")
        expect(status).to_contain_text("largest difference first. At the top: Nausea, 100 fewer in 100;")
        assert page.locator(".event-chart-figure .xerror").count() == 25
        assert page.locator(".event-chart-figure .xtick").all_text_contents() == [
            "100 fewer",
            "0",
            "100 more",
        ]
        page.get_by_label("Find a problem").fill("made-up 7")
        expect(status).to_have_text(
            re.compile("4 health problems shown, .* likely between 13 fewer and 7 more; this could be chance")
        )
        page.get_by_role("button", name="Zoom in").click()
        expect(page.locator(".event-chart-figure .xtitle")).to_contain_text("not from 100 fewer to 100 more")
        page.get_by_role("button", name="Show the full scale, from 100 fewer to 100 more").click()
        expect(page.locator(".event-chart-figure .xtitle")).to_have_count(0)
        assert watch.all_troubles() == []


def test_choices_stand_in_the_address_and_come_back_with_it(browser: Browser, one_address: str) -> None:
    with watched(browser, one_address) as watch:
        page = watch.page
        page.goto(one_address)
        scroll_to_chart(page)
        status = page.get_by_role("status")
        page.get_by_label("Compare with").select_option("1")
        page.get_by_role("spinbutton", name="In at least this many of 100 people").fill("6")
        expect(status).to_contain_text("25 of 42 health problems")
        page.get_by_role("radio", name="Not serious").check()
        page.get_by_label("Body system").select_option("Gut")
        page.get_by_label("Order").select_option("name")
        expect(status).to_contain_text("1 health problem shown, by name. At the top: Nausea")
        address = "#side-effects?g=0,1&kind=other&min=6&system=Gut&sort=name"
        assert page.evaluate("location.hash") == address
        page.reload()
        page.locator("#side-effects-table").scroll_into_view_if_needed()
        expect(status).to_contain_text("1 health problem shown, by name. At the top: Nausea")
        expect(page.get_by_label("Body system")).to_have_value("Gut")
        page.get_by_role("button", name="Clear all choices").click()
        expect(status).to_contain_text("25 of 43 health problems shown, most frequent first")
        expect(status).to_be_focused()
        assert page.evaluate("location.hash") == "#side-effects"
        page.get_by_label("Find a problem").fill("no such thing")
        expect(status).to_contain_text("No listed health problem fits these choices")
        expect(status).to_contain_text("only if more than 5% of people")
        assert page.get_by_role("listbox").is_hidden()
        assert watch.all_troubles() == []


def test_rows_are_read_by_keyboard_and_by_pointer(browser: Browser, one_address: str) -> None:
    with watched(browser, one_address) as watch:
        page = watch.page
        page.goto(one_address)
        scroll_to_chart(page)
        rows, words = page.get_by_role("listbox"), page.locator(".event-reading-words")
        rows.focus()
        expect(words).to_contain_text(
            "Fever (Pyrexia): 43 of 54 people, about 80 in 100, likely between 67 and 88 in 100."
        )
        selected = page.locator(".event-options [aria-selected=true]")
        expect(selected).to_have_accessible_name(
            "Fever (Pyrexia): 43 of 54 people, about 80 in 100, likely between 67 and 88 in 100. "
            "It was not reported in the other 11 people, about 20 in 100."
        )
        array = page.get_by_role("img", name="80 of 100 figures are filled; 20 are not.")
        expect(array.locator("path")).to_have_count(2)
        page.keyboard.press("ArrowDown")
        expect(words).to_contain_text("Made-up problem 0 with a rather long name: 2 of 54 people")
        for key in ("End", "PageUp", "Home", "PageDown", "ArrowUp"):
            page.keyboard.press(key)
        expect(selected).to_have_accessible_name(
            re.compile("^Made-up problem 16 with a rather long name: 2 of 54")
        )
        assert page.get_by_role("option", name="Fever (Pyrexia), 43 of 54 (80%)").count() == 1
        active = page.evaluate("document.activeElement.getAttribute('aria-activedescendant')")
        assert selected.get_attribute("id") == active
        assert covered_rows(page)["selected"] == 0
        page.keyboard.press("Tab")
        assert covered_rows(page) == {"selected": 0, "all": 0}
        track = page.locator(".event-chart-figure .barlayer .trace").nth(0).locator(".point").nth(1)
        track.scroll_into_view_if_needed()
        box = track.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 5, box["y"] + 5)
        expect(words).to_contain_text("Made-up problem 0")
        assert covered_rows(page) == {"selected": 0, "all": 0}
        page.mouse.click(box["x"] + 5, box["y"] + 5)
        expect(rows).to_be_focused()
        assert covered_rows(page)["selected"] == 0
        assert words.evaluate("words => words.getBoundingClientRect().bottom <= innerHeight")
        assert watch.all_troubles() == []


def test_panel_leaves_room_for_its_row_on_a_small_screen(browser: Browser, one_address: str) -> None:
    with watched(browser, one_address, viewport={"width": 320, "height": 600}) as watch:
        page = watch.page
        page.goto(f"{one_address}#side-effects?g=0,1")
        page.get_by_role("button", name="Show the interactive chart").click()
        page.locator(".event-reading-words").evaluate("words => { words.style.fontSize = '2rem' }")
        page.get_by_role("listbox").focus()
        for _row in range(3):
            page.keyboard.press("ArrowDown")
            assert covered_rows(page)["selected"] == 0
        panel = page.get_by_role("group", name="The health problem that you chose")
        page.keyboard.press("Tab")
        expect(panel).to_be_focused()
        assert watch.all_troubles() == []


def covered_rows(page: Page) -> dict[str, int]:
    """Count the rows on the screen that the reading panel lies over: the one that is read, and all."""
    counted: dict[str, int] = page.evaluate(
        """() => {
          const panel = document.querySelector(".event-reading").getBoundingClientRect();
          const covered = [...document.querySelectorAll(".event-options > *")].filter((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return bottom > panel.top + 1 && top < panel.bottom - 1;
          });
          return { selected: covered.filter((row) => row.ariaSelected === "true").length, all: covered.length };
        }"""
    )
    return counted


def test_explorer_is_accessible(browser: Browser, one_address: str) -> None:
    with watched(browser, one_address) as watch:
        page = watch.page
        page.goto(one_address)
        scroll_to_chart(page)
        page.get_by_label("Compare with").select_option("1")
        expect(page.get_by_role("status")).to_contain_text("and “Drug B")
        for mode in ("How many people had each problem", "The difference between two groups"):
            page.get_by_role("radio", name=mode).check()
            page.get_by_role("listbox").focus()
            found = Axe().run(page, context="#side-effects").response["violations"]
            assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_axis_is_always_0_to_100_and_bars_fill_their_share(browser: Browser, one_address: str) -> None:
    with watched(browser, one_address) as watch:
        watch.page.goto(one_address)
        scroll_to_chart(watch.page)
        layers = watch.page.locator(".event-chart-figure .barlayer .trace")
        track, bar = (layers.nth(n).locator(".point").first.bounding_box() for n in (0, 1))
        assert track is not None and bar is not None
        assert bar["width"] / track["width"] == pytest.approx(43 / 54, abs=0.01)
        assert watch.page.locator(".event-chart-figure .xtick").all_text_contents() == ["0", "50", "100%"]
        labels = watch.page.locator(".event-chart-figure .xtick text").first.bounding_box()
        assert labels is not None and labels["y"] < track["y"]
        title = watch.page.locator(".event-chart .event-chart-title")
        expect(title).to_have_text("Of every 100 people, how many had each health problem: “Drug A”")


def test_chart_has_a_name_and_hides_its_drawing_from_screen_readers(
    browser: Browser, one_address: str
) -> None:
    with watched(browser, one_address) as watch:
        watch.page.goto(one_address)
        scroll_to_chart(watch.page)
        chart = watch.page.get_by_role("img", name=re.compile("^Bar chart from 0 to 100 percent. “Drug A”"))
        expect(chart).to_have_accessible_description("Health problems")
        assert chart.locator("svg:not([aria-hidden=true])").count() == 0
        assert watch.page.locator(".event-chart a, .modebar-btn").count() == 0


def test_table_does_not_move_when_the_chart_comes(browser: Browser, one_address: str) -> None:
    with watched(browser, one_address) as watch:
        watch.page.goto(one_address)
        table = watch.page.locator("#side-effects-table")
        before = table.evaluate("node => node.getBoundingClientRect().top + scrollY")
        scroll_to_chart(watch.page)
        assert table.evaluate("node => node.getBoundingClientRect().top + scrollY") == before


@pytest.mark.parametrize(
    "block",
    [
        "plotly.js",
        "plotly.css",
        "explorer.css",
        "adverse-events.json",
        "event-explorer.js",
        "side-effects.js",
    ],
)
def test_table_is_untouched_when_a_file_does_not_come(browser: Browser, one_address: str, block: str) -> None:
    with watched(browser, one_address, block=block) as watch:
        watch.page.goto(one_address)
        watch.page.wait_for_load_state()
        figure = watch.page.locator("#figure")
        table = watch.page.locator("#side-effects-table")
        box = table.bounding_box()
        figure.scroll_into_view_if_needed()
        _until(watch, block)
        after = table.bounding_box()
        assert (
            box is not None
            and after is not None
            and (box["width"], box["height"]) == (after["width"], after["height"])
        )
        assert watch.page.get_by_role("cell", name="43 of 54").is_visible()
        if block == "side-effects.js":
            assert watch.page.locator("[data-chart]").is_hidden()
        else:
            expect(watch.page.get_by_role("status")).to_have_text(
                "The chart could not be loaded. The table has all the numbers."
            )
        assert [
            trouble
            for trouble in watch.all_troubles()
            if block not in trouble and "ERR_FAILED" not in trouble
        ] == []


@pytest.mark.parametrize("block", ["", "plotly.js"])
def test_phone_asks_first(browser: Browser, one_address: str, block: str) -> None:
    with watched(
        browser, one_address, block=block, viewport={"width": 320, "height": 640}, has_touch=True
    ) as watch:
        page = watch.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(one_address)
        page.locator("#side-effects-table").scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        assert not [url for url in asked if "plotly" in url or "adverse-events" in url]
        page.get_by_role("button", name="Show the interactive chart").tap()
        if block:
            expect(page.get_by_role("status")).to_contain_text("could not be loaded")
            return
        expect(page.locator(".event-chart-figure .barlayer .point").first).to_be_visible()
        expect(page.get_by_label("Show health problems of")).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        right = page.evaluate(
            "Math.max(...[...document.querySelectorAll('.event-chart-figure text')].map(t => t.getBoundingClientRect().right))"
        )
        assert right <= 320
        assert watch.all_troubles() == []


def test_colors_follow_the_page_into_the_dark(browser: Browser, one_address: str) -> None:
    with watched(browser, one_address) as watch:
        watch.page.goto(one_address)
        scroll_to_chart(watch.page)
        bar = watch.page.locator(".event-chart-figure .barlayer .trace").nth(1).locator("path").first
        expect(bar).to_have_css("fill", "rgb(14, 115, 133)")
        watch.page.emulate_media(color_scheme="dark")
        expect(bar).to_have_css("fill", "rgb(74, 169, 184)")


def test_print_keeps_the_table_and_leaves_the_chart_out(browser: Browser, one_address: str) -> None:
    with watched(browser, one_address) as watch:
        watch.page.goto(one_address)
        scroll_to_chart(watch.page)
        watch.page.emulate_media(media="print")
        assert watch.page.locator("#side-effects-table").is_visible()
        assert watch.page.locator(".event-chart").is_hidden()


def _until(watch: Watched, name: str) -> None:
    """Wait until a file has been asked for in vain, and a moment more."""
    for _try in range(100):
        if any(name in trouble for trouble in watch.troubles):
            break
        watch.page.wait_for_timeout(50)
    watch.page.wait_for_timeout(150)


def test_width_changes_redraw_the_chart(browser: Browser, one_address: str) -> None:
    with watched(browser, one_address) as watch:
        watch.page.goto(one_address)
        scroll_to_chart(watch.page)
        watch.page.set_viewport_size({"width": 500, "height": 800})
        expect(watch.page.locator(".event-chart-figure .main-svg").first).to_have_attribute("width", "484")
        assert watch.all_troubles() == []
