"""`serve` and a browser together: what is saved in a site's folder is seen on the page that is open."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from sites import trial, write

from browser.tools import PROJECT
from browser.watched import watched

HERE, OTHER = "NCT00000001", "NCT00000002"
"""Two made-up trials."""
SUMMARY = "## In short\n\nMade-up words about a drug.\n"
STYLES = "@layer components { h1 { color: rgb(1, 2, 3); } }\n"


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Run `serve` in a process of its own; gives the address."""
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "-C", str(site), "--port", "0"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            line = next(line for line in running.stdout if line.startswith("serving "))
            yield line.split()[1]
        finally:
            running.terminate()


def survives(page: Page) -> bool:
    found: bool = page.evaluate("window.survives === true")
    return found


def test_what_is_saved_is_seen(browser: Browser, tmp_path: Path) -> None:
    site = tmp_path / "site"
    folder = site / "content/trials" / HERE
    write(
        site,
        {
            "site.yaml": "name: Made-up site\n",
            f"content/trials/{HERE}/trial.yaml": trial(),
            f"content/trials/{HERE}/summary.md": SUMMARY,
            f"content/trials/{OTHER}/trial.yaml": trial(),
            "assets/css/components/own.css": STYLES,
        },
    )
    files = sorted(path for path in site.rglob("*") if path.is_file())
    with serving(site) as address, watched(browser, address) as watch:
        page = watch.page
        page.goto(f"{address}trials/{HERE}/")
        expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
        expect(page.locator(".tab")).to_be_visible()
        page.evaluate("() => { window.survives = true }")
        (folder / "summary.md").write_text(SUMMARY.replace("a drug", "another drug"))
        expect(page.locator("#summary")).to_contain_text("Made-up words about another drug.")
        (site / "assets/css/components/own.css").write_text(STYLES.replace("1, 2, 3", "4, 5, 6"))
        expect(page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
        facts = (folder / "trial.yaml").read_text()
        (folder / "trial.yaml").write_text(f"{facts}made_up: true\n")
        expect(page.locator(".overlay")).to_contain_text("made_up")
        (folder / "trial.yaml").write_text(facts)
        expect(page.locator(".overlay")).to_be_hidden()
        (site / "content/trials" / OTHER / "trial.yaml").write_text(f"{facts}made_up: true\n")
        expect(page.locator(".tab")).to_contain_text("elsewhere")
        expect(page.locator(".overlay")).to_be_hidden()
        assert survives(page)
        page.locator(".tab").click()
        expect(page.locator(".drawer .block").first).to_contain_text("trial.yaml:")
        assert watch.all_troubles() == []
    kept = sorted(path for path in site.rglob("*") if path.is_file() and ".cache" not in path.parts)
    assert kept == files
