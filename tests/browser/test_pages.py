"""Every kind of page of the sample site, in a real browser: quiet, complete without script, and it fits a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.care import NARROW, measure
from browser.kinds import page_kinds
from browser.watched import watched


@pytest.mark.parametrize("viewport", [{"width": 1200, "height": 900}, NARROW], ids=["wide", "phone"])
def test_pages_open_quietly_and_fit(
    browser: Browser, site: Path, address: str, viewport: dict[str, int]
) -> None:
    faults: list[str] = []
    with watched(browser, address, viewport=viewport) as watch:
        for kind, url in page_kinds(site).items():
            watch.page.goto(address + url)
            faults += [
                f"{kind}: {fault}" for fault in (*measure(watch.page, "tooWide"), *watch.all_troubles())
            ]
            watch.troubles.clear()
    assert not faults, "\n".join(faults)


def test_pages_are_complete_without_scripts(browser: Browser, site: Path, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 900, "height": 900})
    page = context.new_page()
    for kind, url in page_kinds(site).items():
        page.goto(address + url)
        assert page.locator("h1").count() == 1, kind
        assert page.locator("main").inner_text().strip(), kind
    page.goto(f"{address}trials/NCT02130557/")
    assert page.locator("#side-effects-table tbody tr").first.is_visible()
    context.close()


def test_paper_has_no_controls(browser: Browser, site: Path, address: str) -> None:
    with watched(browser, address) as watch:
        for kind, url in page_kinds(site).items():
            watch.page.goto(address + url)
            watch.page.emulate_media(media="print")
            controls = watch.page.locator("button, input, select, nav")
            shown = [node for node in controls.all() if node.is_visible()]
            assert [node.evaluate("node => node.outerHTML.slice(0, 120)") for node in shown] == [], kind
            watch.page.emulate_media(media="screen")


def test_first_tab_stop_skips_to_the_text(browser: Browser, address: str) -> None:
    with watched(browser, address) as watch:
        watch.page.goto(address)
        watch.page.keyboard.press("Tab")
        watch.page.keyboard.press("Enter")
        assert watch.page.evaluate("location.hash") == "#main"


def test_a_sample_chart_is_one_that_plotly_accepts(browser: Browser, address: str) -> None:
    import plotly.graph_objects as go

    with watched(browser, address) as watch:
        watch.page.goto(f"{address}trials/NCT02130557/")
        watch.page.locator("#side-effects-table").scroll_into_view_if_needed()
        watch.page.locator(".event-chart-figure .barlayer").first.wait_for()
        watch.page.locator(".event-chart-status", has_text="“Bosutinib” and “Imatinib”").wait_for()
        read = "() => { const {data, layout} = document.querySelector('.js-plotly-plot'); return {data, layout} }"
        drawn = watch.page.evaluate(read)
        go.Figure(data=drawn["data"], layout=drawn["layout"])
        assert len(drawn["data"]) >= 4
        assert watch.all_troubles() == []
