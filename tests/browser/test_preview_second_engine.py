"""The preview's client in Firefox: what works in one engine only is a fault."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from browser.interactions import OPEN
from browser.made_up_facts import ERROR
from browser.told_preview import ToldPreview, previewing
from browser.tools import PROJECT, firefox_path, npm_file, program


def test_the_client_follows_saves_in_firefox(site: Path) -> None:
    npm_file("puppeteer-core/package.json")
    script = str(PROJECT / "tests/browser/preview_second_engine.mjs")
    with previewing(site, "/some/path/") as preview:
        preview.here = [{**ERROR, "severity": "warning"}]
        command = [program("node"), script, firefox_path(), preview.address + OPEN]
        with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout
            seen = []
            for line in running.stdout:
                seen.append(line.strip())
                follow(preview, seen[-1])
    assert (running.returncode, seen) == (0, ["ready", "in place", "loaded again", "error", "mended"])


def follow(preview: ToldPreview, seen: str) -> None:
    """Do what comes after something has been seen."""
    if seen == "ready":
        preview.edit(OPEN, ('<div class="lede">', '<div class="lede"><p>Words made up.</p>'))
    elif seen == "in place":
        source = (preview.read(OPEN) or b"").decode()
        rule = re.search(r'(<li data-kind="\w+">)[^<]+\n', source)
        assert rule
        preview.edit(OPEN, (rule[0], f"{rule[1]}A made-up rule\n"))
    elif seen in ("loaded again", "error"):
        preview.here = [ERROR] if seen == "loaded again" else []
        preview.nudge()
