"""What the browser tests need of the machine: a browser, Java, packages of npm; skipping is never silent."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

PROJECT = Path(__file__).resolve().parents[2]
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def lacking(what: str, how: str) -> NoReturn:
    """Skip the test and say why; where `CI` is set, fail instead."""
    message = f"{what} is not here: {how}"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def browser_path(playwright_own: str) -> str:
    """The browser of `$CHROMIUM`, of PATH, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        if found:
            return found
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    if Path(playwright_own).exists():
        return playwright_own
    lacking("a Chromium", "set CHROMIUM, install `chromium`, or run `playwright install chromium`")


def firefox_path() -> str:
    """The Firefox of `$FIREFOX` or of PATH."""
    for name in (os.environ.get("FIREFOX", ""), "firefox-esr", "firefox"):
        found = shutil.which(name) if name else None
        if found:
            return found
    lacking("a Firefox", "set FIREFOX, or install `firefox-esr`")


def registry_records() -> Path:
    """The real registry records beside the checkout; whoever has none skips, and the reason says so."""
    beside = PROJECT.parent / "shared" / "ctgov" / "ctg-studies.json.zip"
    path = Path(os.environ.get("TRIALPAGES_RECORDS", beside))
    if not path.exists():
        pytest.skip(f"the registry records are not beside this checkout: {path.name}")
    return path


def npm_file(path: str) -> Path:
    """A file of an npm package of the project."""
    found = PROJECT / "node_modules" / path
    if not found.exists():
        lacking(f"node_modules/{path}", "run `npm ci --ignore-scripts`")
    return found


def program(name: str) -> str:
    """A program on PATH."""
    found = shutil.which(name)
    if found is None:
        lacking(f"the program '{name}'", "install it to run this check")
    return found
