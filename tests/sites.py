"""Small sites for tests: written from a string, built in process, read back as bytes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from trialpages.stages.build import build
from trialpages.stages.options import Options, Report

TODAY = datetime.date(2026, 11, 23)
SETTLED_NS = 1_700_000_000_000_000_000
"""A time long past, given to written files so that their stamps may be trusted; tests never wait."""

MARK = re.compile(r"^-- (.+) --\n", re.MULTILINE)


def parse_files(text: str) -> dict[str, str]:
    """Return the files of a string in which a line `-- path --` begins each; blank lines at an end do not count."""
    parts = MARK.split(text)
    contents = (content.rstrip("\n") + "\n" for content in parts[2::2])
    return dict(zip(parts[1::2], contents, strict=True))


def write(site: Path, files: Mapping[str, str | bytes], *, tick: int = 0) -> None:
    """Write files and give them a settled time; a later tick is a later time."""
    import os

    for name, content in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        moment = SETTLED_NS + tick * 1_000_000_000
        os.utime(path, ns=(moment, moment))


def options(site: Path, **changes: object) -> Options:
    """Return options for a site in its own folder."""
    made = Options(
        directory=site,
        content=site / "content",
        templates=site / "templates",
        assets=site / "assets",
        output=site / "output",
        cache=site / ".cache",
        today=TODAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def run(site: Path, **changes: object) -> Report:
    """Build a site in process."""
    return build(options(site, **changes))


def published(output: Path) -> dict[str, bytes]:
    """Return every file of an output folder by path."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def trial(title: str = "A made-up study of aspirin", **facts: str) -> str:
    """Return the YAML of a made-up trial."""
    values = {
        "title": title,
        "overall_status": "RECRUITING",
        "study_type": "INTERVENTIONAL",
        "conditions": "[Headache]",
        "lead_sponsor": "{name: A made-up hospital, agency_class: OTHER}",
        **facts,
    }
    return "".join(f"{name}: {value}\n" for name, value in values.items())
