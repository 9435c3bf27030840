"""The HTML validator finds nothing on any page of the sample site."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from browser.tools import npm_file, program

# The validator reads files, which have no origin, and holds JSON-LD for a script; the browser tests hold
# the policy against real pages.
POLICY = "violates Content Security Policy"
JAR = "vnu-jar/build/dist/vnu.jar"


def complaints(*places: Path) -> list[str]:
    """Return what the validator says of files or folders of HTML."""
    command = [program("java"), "-Xss1m", "-jar", str(npm_file(JAR)), "--format", "json", "--Werror"]
    ran = subprocess.run(
        [*command, "--skip-non-html", *map(str, places)], capture_output=True, text=True, check=False
    )
    messages = json.loads(ran.stderr or ran.stdout)["messages"]
    return [
        f"{message.get('url', '').removeprefix('file:')}:{message.get('lastLine', '')}: {message['message']}"
        for message in messages
        if POLICY not in message["message"]
    ]


def test_every_page_is_valid_html(site: Path) -> None:
    assert complaints(site) == []


def test_validator_complains_where_it_should(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text('<!doctype html><html lang="en"><title>Bad</title><p><div id="a"></div><b id="a"></b>')
    assert any("Duplicate ID" in complaint for complaint in complaints(page))
