"""The rest of a long table on a made-up page: rows come from the data file, a hundred at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.server import serving
from browser.tools import PROJECT
from browser.watched import watched
from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventCount, EventGroup
from trialpages.site.charts import chart_data, figure_template

EVENTS = AdverseEvents(
    event_groups=(EventGroup(id="EG000", title="Drug A"),),
    serious_events=(
        AdverseEvent(term="Pyrexia", counts=(EventCount(group_id="EG000", num_affected=1, num_at_risk=500),)),
    ),
    other_events=tuple(
        AdverseEvent(
            term=f"Made-up problem {n:03}",
            organ_system="Gut",
            counts=(EventCount(group_id="EG000", num_affected=400 - n, num_at_risk=500),),
        )
        for n in range(150)
    ),
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Made-up trial</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"></head><body><main><section id="side-effects">
<div id="side-effects-table"><table><caption>Health problems</caption><tbody>
<tr><th scope="row">Made-up problem 000</th><td data-group="Drug A">400 of 500 <strong>80%</strong></td></tr></tbody></table>
<p class="more-rows"><button type="button" data-more-rows hidden>Show more</button></p></div>
<div data-chart="adverse-events.json" data-plotly="none.js" hidden></div></section></main>
<script type="module" src="js/starter.js"></script></body></html>"""
STARTER = """import { start } from "./side-effects.js"; start(document.querySelector("[data-chart]"));"""


@pytest.fixture
def table_address(tmp_path: Path) -> Iterator[str]:
    data = chart_data(figure_template(), EVENTS, (), {"pyrexia": "fever"}, source_trial="NCT00000001")
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "adverse-events.json").write_text(json.dumps(data))
    (tmp_path / "js").mkdir()
    (tmp_path / "js/starter.js").write_text(STARTER)
    for script in (PROJECT / "assets/js").glob("*.js"):
        (tmp_path / "js" / script.name).write_bytes(script.read_bytes())
    with serving(tmp_path) as address:
        yield address


def test_rows_go_on_in_the_tables_order_a_hundred_at_a_time(browser: Browser, table_address: str) -> None:
    with watched(browser, table_address, viewport={"width": 400, "height": 800}) as watch:
        page = watch.page
        page.goto(table_address)
        rows, more = page.locator("#side-effects-table tbody tr"), page.locator("[data-more-rows]")
        more.click()
        expect(rows).to_have_count(101)
        expect(more).to_have_text("Show more: 50 problems are left")
        assert rows.nth(1).text_content() == "Made-up problem 001Gut399 of 500 80%"
        expect(rows.nth(1).locator("th")).to_be_focused()
        more.click()
        expect(rows).to_have_count(151)
        assert more.is_hidden()
        assert rows.last.text_content() == "Fever SeriousPyrexia1 of 500 <1%"
        expect(page.get_by_role("status").first).to_have_text("151 of 151 problems are in the table.")
        assert watch.all_troubles() == []


def test_table_stays_and_says_so_when_the_rows_do_not_come(browser: Browser, table_address: str) -> None:
    with watched(
        browser, table_address, block="adverse-events.json", viewport={"width": 400, "height": 800}
    ) as watch:
        page = watch.page
        page.goto(table_address)
        page.locator("[data-more-rows]").click()
        expect(page.get_by_role("status").first).to_have_text(
            "The rows could not be loaded. The full table has them all."
        )
        assert page.locator("#side-effects-table tbody tr").count() == 1
