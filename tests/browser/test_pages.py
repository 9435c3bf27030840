"""Every kind of page of the sample site, in a real browser: quiet, private, accessible, and it fits a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser.kinds import page_kinds
from browser.watched import watched

EVERY_RULE = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
LOOKS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "light": ({}, EVERY_RULE),
    "dark": ({"color_scheme": "dark"}, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}),
    "phone": (
        {"viewport": {"width": 320, "height": 640}},
        {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]},
    ),
}
"""How a page is looked at, and the rules that may come out differently then."""


@pytest.mark.parametrize("look", LOOKS)
def test_pages_are_quiet_fit_and_accessible(browser: Browser, site: Path, address: str, look: str) -> None:
    faults: list[str] = []
    options, rules = LOOKS[look]
    with watched(browser, address, **options) as watch:
        for kind, url in page_kinds(site).items():
            watch.page.goto(address + url)
            faults += [f"{kind}: {finding}" for finding in _axe(watch.page, rules)]
            wide = watch.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                faults.append(f"{kind}: {wide} pixels wider than the screen ({_widest(watch.page)})")
            faults += [f"{kind}: {trouble}" for trouble in watch.all_troubles()]
            watch.troubles.clear()
    assert not faults, "\n".join(faults)


def _axe(page: Page, rules: dict[str, Any]) -> list[str]:
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"axe {fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in found
        for node in fault["nodes"]
    ]


def _widest(page: Page) -> str:
    script = """() => [...document.querySelectorAll("main *, header *, footer *")]
      .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 3).map((node) => node.outerHTML.slice(0, 100)).join(" | ")"""
    return str(page.evaluate(script))


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
        watch.page.get_by_role("group", name="Compare with").get_by_label("Imatinib").check()
        watch.page.get_by_text("Bosutinib and Imatinib:").wait_for()
        read = "() => { const {data, layout} = document.querySelector('.js-plotly-plot'); return {data, layout} }"
        drawn = watch.page.evaluate(read)
        go.Figure(data=drawn["data"], layout=drawn["layout"])
        assert len(drawn["data"]) == 6
        assert watch.all_troubles() == []
