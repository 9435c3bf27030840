"""One browser for the whole run, and the sample site built once for all workers."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_up_versions import much_changed
from playwright.sync_api import Browser, expect, sync_playwright

from browser.kinds import LONG_RECORDS
from browser.server import serving
from browser.tools import PROJECT, browser_path, registry_records
from trialpages.pages.headers import EVERYWHERE

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
    """The sample site, built into a folder that all workers of this run share.

    `TRIALPAGES_SITE` names one that is built already, for work on the tests themselves.
    """
    if built := os.environ.get("TRIALPAGES_SITE"):
        return Path(built)
    return _once(tmp_path_factory, "sample-site", lambda folder: build_site(PROJECT, folder))


@pytest.fixture(scope="session")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the two longest real records: one has 2,029 health problems, the other 1,154 places."""
    records = registry_records()

    def build(folder: Path) -> None:
        folder.mkdir()
        (folder / "content").mkdir()
        (folder / "site.yaml").write_text("name: Long records\nregistry: long.zip\n", encoding="utf-8")
        with zipfile.ZipFile(records) as every, zipfile.ZipFile(folder / "long.zip", "w") as chosen:
            for number in LONG_RECORDS.values():
                chosen.writestr(f"{number}.json", every.read(f"{number}.json"))
        build_site(folder, folder)

    return _once(tmp_path_factory, "long-site", build)


@pytest.fixture(scope="session")
def changed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one made-up trial that changed in many ways, in a repository of its own."""

    def build(folder: Path) -> None:
        much_changed(folder / "source")
        build_site(folder / "source", folder)

    return _once(tmp_path_factory, "changed-site", build)


def _once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Build a site in the first worker that asks, and return its output to all of them."""
    shared = factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / name / "output" / "index.html").exists():
            build(shared / name)
    return shared / name / "output"


def build_site(directory: Path, folder: Path, base_url: str = f"https://trials.example{BASE}") -> None:
    """Build the site of a directory into `folder/output`."""
    command = [sys.executable, str(PROJECT / "build.py"), "build", "-C", str(directory), "--today", TODAY]
    command += ["--output", str(folder / "output"), "--cache", str(folder / "cache")]
    command += ["--base-url", base_url]
    built = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if built.returncode:
        pytest.fail(
            f"the site does not build:\n{built.stdout[-3000:]}\n{built.stderr[-3000:]}", pytrace=False
        )


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the sample site is served, with every header that a host sends for all files."""
    with serving(site, BASE, EVERYWHERE) as served:
        yield served


@pytest.fixture(scope="session")
def changed_address(changed_site: Path) -> Iterator[str]:
    """Where the site of the trial that changed is served."""
    with serving(changed_site, BASE, EVERYWHERE) as served:
        yield served


@pytest.fixture(scope="session")
def long_address(long_site: Path) -> Iterator[str]:
    """Where the site of the longest records is served."""
    with serving(long_site, BASE, EVERYWHERE) as served:
        yield served
