"""The sample site, built once for all tests of a run that ask for it, however many processes they run in."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
TODAY = "2026-11-23"
BASE = "/repo/"
"""Below which path the site says that it stands, as a project's site at GitHub does."""
ADDRESS = f"https://trials.example{BASE}"

FORMER = """\
- page: trials/NCT00000001/
  reason: This made-up trial was never there.
  since: 2026-11-20
- page: conditions/made-up/
- page: old/made-up/
  moved_to: trials/NCT02458014/
"""
"""Former pages of all kinds, since a sample of which nothing has vanished has none."""


def built_sample(factory: pytest.TempPathFactory) -> Path:
    """Return the output of the sample with made-up former pages, its text files compressed beforehand."""
    shared = factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    folder = shared / "compressed-sample"
    with (shared / "compressed-sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "output/index.html").exists():
            _build(folder)
    return folder / "output"


def _build(folder: Path) -> None:
    (folder / "source").mkdir(parents=True)
    for path in (PROJECT / "content").iterdir():
        (folder / "source" / path.name).symlink_to(path)
    (folder / "source" / "former-pages.yaml").write_text(FORMER, "utf-8")
    command = [sys.executable, str(PROJECT / "build.py"), "build", "-C", str(PROJECT), "--today", TODAY]
    command += ["--content", str(folder / "source"), "--output", str(folder / "output")]
    command += ["--cache", str(folder / "cache"), "--base-url", ADDRESS, "--precompress"]
    built = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if built.returncode:
        pytest.fail(
            f"the sample does not build:\n{built.stdout[-3000:]}\n{built.stderr[-3000:]}", pytrace=False
        )
