"""One browser for the whole run, and the sample site built once for all workers."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from browser.server import serving
from browser.tools import PROJECT, browser_path

TODAY = "2026-11-23"
WAIT_MS = 20_000
"""How long an expectation waits on a busy machine; one that is met costs nothing of it."""
BASE = "/some/path/"
"""Below which path the site is served, as on a project page of a code host."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        path = browser_path(playwright.chromium.executable_path)
        launched = playwright.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, built into a folder that all workers of this run share."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    output = shared / "sample-site"
    with (shared / "sample-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (output / "index.html").exists():
            _build(output, shared / "sample-site-cache")
    return output


def _build(output: Path, cache: Path) -> None:
    command = [sys.executable, "build.py", "build", "-C", ".", "--today", TODAY]
    command += ["--output", str(output), "--cache", str(cache), "--base-url", f"https://trials.example{BASE}"]
    built = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if built.returncode:
        pytest.fail(
            f"the sample site does not build:\n{built.stdout[-3000:]}\n{built.stderr[-3000:]}", pytrace=False
        )


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the sample site is served."""
    with serving(site, BASE) as served:
        yield served
