"""The feeds of the sample site: valid, leading to what exists, and readable for a person who opens one in a browser."""

from __future__ import annotations

from pathlib import Path

from feed_rules import addresses, faults
from playwright.sync_api import Browser

from browser.conftest import BASE
from browser.watched import watched

ROOT = f"https://trials.example{BASE}"

SHOWN = "getSelection().selectAllChildren(document.documentElement), getSelection().toString().trim()"
"""The text that a person sees: what can be selected. Elements of XML have no text of their own to ask for."""


def test_every_feed_is_valid_and_leads_to_files_of_the_site(site: Path) -> None:
    feeds = sorted(site.rglob("feed.xml"))
    assert len(feeds) > 100
    for feed in feeds:
        content = feed.read_bytes()
        name = feed.relative_to(site).as_posix()
        assert faults(content) == [], name
        found = addresses(content)
        assert found[0] == f"{ROOT}{name}"
        for address in found:
            path = address.removeprefix(ROOT)
            assert (site / (f"{path}index.html" if path.endswith("/") or not path else path)).is_file(), (
                address
            )


def test_a_feed_in_a_browser_is_a_page_for_people(browser: Browser, site: Path, address: str) -> None:
    with watched(browser, address, viewport={"width": 320, "height": 640}) as seen:
        seen.page.goto(f"{address}feed.xml")
        shown = seen.page.evaluate(SHOWN)
        assert shown.startswith("New and changed trials")
        assert "app that shows what is new" in shown
        assert "urn:uuid" not in shown
        assert "T00:00:00Z" not in shown
        link = seen.page.get_by_role("link", name="Read about this trial").first
        target = str(link.get_attribute("href")).removeprefix(ROOT)
        assert (site / target / "index.html").is_file()
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert seen.all_troubles() == []
