"""Made-up output folders for tests of deploying: as a build leaves them, but without the build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trialpages.cli import main
from trialpages.machine.output import OWNED

INDEX = "search/0123456789abcdef"
FILES = {
    "index.html": "home",
    "404.html": "nothing here",
    "sitemap.xml": "<urlset/>",
    "site.json": "{}",
    "assets/site.0123456789.css": "body{}",
    "assets/trial.0123456789.js": "let a",
    "trials/NCT00000001/index.html": "<p>made up 1",
    "trials/NCT00000001/trial.json": '{"a": 1}',
    "trials/NCT00000001/feed.xml": "<feed/>",
    "trials/NCT00000002/index.html": "<p>made up 2",
    "trials/NCT00000002/trial.json": '{"a": 2}',
    "conditions/headache/index.html": "<ul>",
    f"{INDEX}/manifest.json": "{}",
    "search/latest.json": '{"index": "0123456789abcdef"}',
}


def write_output(site: Path, files: Mapping[str, str | None] = FILES) -> None:
    """Write the output of a made-up build; what it does not hold any more is removed."""
    output = site / "output"
    wanted = {path: text for path, text in files.items() if text is not None}
    for path, text in wanted.items():
        target = output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    for each in sorted(output.rglob("*")):
        if each.is_file() and each.relative_to(output).as_posix() not in wanted:
            each.unlink()
    (output / OWNED).write_text("".join(f"{path}\n" for path in sorted(wanted)), encoding="utf-8")


def deploy(site: Path, destination: str | Path, *words: str) -> int:
    """Deploy, and return the exit code."""
    return main(["deploy", str(destination), "-C", str(site), *words])
