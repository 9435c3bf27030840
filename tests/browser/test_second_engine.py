"""The main journeys in Firefox: what works in one engine only is a fault."""

from __future__ import annotations

import subprocess

from browser.tools import PROJECT, firefox_path, npm_file, program

JOURNEYS = 8
LONGEST = 120
"""Seconds on a busy machine; alone it takes about ten."""


def test_main_journeys_in_firefox(address: str) -> None:
    npm_file("puppeteer-core/package.json")
    command = [program("node"), str(PROJECT / "tests/browser/second_engine.mjs"), firefox_path(), address]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=LONGEST)
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr[-3000:]}"
    assert ran.stdout.count("ok: ") >= JOURNEYS and "FAILED" not in ran.stdout
