"""Paper has what the screen folds away: rules, measures and health problems, without dead controls."""

from __future__ import annotations

from playwright.sync_api import Browser

from browser.watched import watched


def test_folded_rules_and_problems_are_printed(browser: Browser, address: str) -> None:
    with watched(browser, address) as watch:
        page = watch.page
        page.goto(f"{address}trials/NCT02458014/")
        rule = page.locator("#eligibility details .registry-text").first
        problem = page.locator("#side-effects-more-rows th[scope=row]").first
        assert not rule.is_visible() and not problem.is_visible()
        page.emulate_media(media="print")
        assert rule.is_visible() and problem.is_visible()
        shown = [
            text
            for text in page.locator("main summary:visible").all_inner_texts()
            if text.startswith("Show ")
        ]
        assert shown == []
        # Browsers leave out backgrounds on paper, and with them a mark that is one.
        for mark in (".key-facts li", ".criteria-inclusion > li", "#eligibility"):
            color = page.locator(mark).first.evaluate(
                "item => getComputedStyle(item, '::before').printColorAdjust"
            )
            assert color == "exact", mark
        assert watch.all_troubles() == []
