"""Step scripts: after each edit, what was read and rendered *and what was not*; and four properties.

A script is a site in a string, then steps. A step edits files (`-- path --` with the new content,
`-- path (removed) --`), then names the trials that must be read and the pages that must be rendered,
and no others, and says `[index] made` where the search index must be made anew; everywhere else none of its
files may be touched. `[commit] 2026-01-05` commits the content on a day. `incremental/README.md` shows one. Around
every step, without being asked: incremental equals clean, byte for byte; one job equals two; building again does nothing; and the
diagnostics of a warm build equal those of a cold one.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from made_up_history import MadeUpHistory
from sites import parse_files, published, run, write

from trialpages.stages.options import Report
from trialpages.words.report import render

SCRIPTS = sorted(Path(__file__).with_name("incremental").glob("*.test"))
STEP = re.compile(r"^\[(site|step [^\]]+|commit|read|rendered|index|faults)\][ \t]*(.*)$", re.MULTILINE)
REMOVED = re.compile(r"^-- (.+) \(removed\) --\n", re.MULTILINE)

HOME = "/"
"""How a script writes the home page, whose URL is empty."""


@dataclass
class Step:
    name: str
    files: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    commit: str = ""
    read: list[str] = field(default_factory=list)
    rendered: list[str] | None = None
    index: str = "kept"
    faults: list[str] = field(default_factory=list)


def steps(text: str) -> Iterator[Step]:
    parts = STEP.split(text)[1:]
    current: Step | None = None
    for name, rest, body in zip(parts[0::3], parts[1::3], parts[2::3], strict=True):
        if name == "site" or name.startswith("step "):
            if current:
                yield current
            removed = REMOVED.findall(body)
            current = Step(name, parse_files(REMOVED.sub("", body)), removed)
            continue
        assert current is not None
        words = f"{rest} {body}".split()
        if name == "commit":
            (current.commit,) = words
        elif name == "read":
            current.read = words
        elif name == "faults":
            current.faults = words
        elif name == "index":
            current.index = " ".join(words)
        else:
            current.rendered = words
    if current:
        yield current


def commit_content(site: Path, day: str) -> None:
    """Commit the content of a site on a day; the first commit makes the repository."""
    history = MadeUpHistory(site)
    history.run("add", "--all", "content")
    history.run("commit", "-q", "--allow-empty", "-m", "A change", day=day)


def clean_build(site: Path, folder: Path, **changes: object) -> tuple[Report, dict[str, bytes]]:
    """Build a copy of the site from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("output", ".cache"))
    report = run(folder, **changes)
    return report, published(folder / "output")


def check_properties(site: Path, scratch: Path, report: Report) -> None:
    """Assert the four properties of a site that has just been built incrementally."""
    cold, clean = clean_build(site, scratch / "cold")
    assert render(report.diagnostics, format="text") == render(cold.diagnostics, format="text")
    if not report.errors:
        assert published(site / "output") == clean, "incremental differs from clean"
    _, parallel = clean_build(site, scratch / "parallel", jobs=2)
    assert parallel == clean, "two jobs differ from one"
    again = run(site)
    assert not again.rendered, "building again made something"
    assert not again.read, "building again read something"
    assert not again.index_made, "building again made the search index"
    assert render(again.diagnostics, format="text") == render(cold.diagnostics, format="text")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_step_script(script: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for tick, step in enumerate(steps(script.read_text("utf-8"))):
        write(site, step.files, tick=tick)
        for name in step.removed:
            (site / name).unlink()
            if not any((site / name).parent.iterdir()):
                (site / name).parent.rmdir()
        if step.commit:
            commit_content(site, step.commit)
        report = run(site)
        where = f"{script.name}, {step.name}"
        assert sorted({each.code for each in report.diagnostics}) == sorted(step.faults), where
        if step.name != "site":
            assert sorted(report.read) == sorted(step.read), f"read: {where}"
            rendered = sorted(url or HOME for url in report.rendered)
            assert rendered == sorted(step.rendered or []), f"rendered: {where}"
            assert step.index == ("made" if report.index_made else "kept"), f"index: {where}"
        check_properties(site, tmp_path / "scratch", report)
