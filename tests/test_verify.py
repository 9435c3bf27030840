"""The same content gives the same bytes anywhere: `build --verify` proves it, and finds what breaks it."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sites import TODAY, options, published, trial, write

from trialpages.arguments import parse
from trialpages.cli import main
from trialpages.machine.output import owned_paths
from trialpages.stages.options import Options
from trialpages.verifying import argv_of, surroundings

ROOT = Path(__file__).parent.parent
SITE = {
    "content/site.yaml": "name: A made-up site\ngazetteer: no\n",
    "content/trials/NCT00000001/trial.yaml": trial("A made-up text"),
    "content/trials/NCT00000002/trial.yaml": trial("A made-up study of rest"),
}
RANDOM = '{% extends "base.html" %}{% block main %}<p>{{ range(1000000) | random }}</p>{% endblock %}'


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("trialpages.progress.PLAIN_SECONDS", 1e6)
    write(tmp_path / "site", SITE)
    return tmp_path / "site"


def verified(site: Path, *words: str) -> int:
    return main(["build", "--verify", "-C", str(site), "--today", "2026-11-23", "--jobs", "1", *words])


def commit(top: Path, day: str = "2026-01-02") -> None:
    """Put all of a folder under version control."""
    at = f"{day}T12:00:00+00:00"
    env = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    who = ("-c", "user.name=Made Up", "-c", "user.email=made-up@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "Begin")):
        subprocess.run(["git", *words], cwd=top, check=True, env=env)


def test_a_sound_site_is_verified_and_not_touched(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(site) == 0
    before = {path: path.stat().st_mtime_ns for path in sorted(site.rglob("*")) if ".cache" not in path.parts}
    files = len(owned_paths(site / "output"))
    assert capsys.readouterr().out.splitlines()[-1] == f"verified: {files:,} files, byte for byte"
    assert verified(site, "--precompress", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["errors"] == 0
    assert verified(site) == 0
    after = {path: path.stat().st_mtime_ns for path in sorted(site.rglob("*")) if ".cache" not in path.parts}
    assert after.keys() == before.keys()


def test_a_file_that_was_changed_unseen_is_found(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its time and size are as the build left them, so no build looks at it again."""
    assert main(["build", "-C", str(site), "--today", "2026-11-23", "--jobs", "1"]) == 0
    page = site / "output/trials/NCT00000001/index.html"
    status, text = page.stat(), page.read_bytes()
    page.write_bytes(text.replace(b"A made-up text", b"A made-UP text", 1))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    changed = page.read_bytes()
    capsys.readouterr()
    assert verified(site) == 1
    said = capsys.readouterr().out
    line = changed[: changed.index(b"made-UP")].count(b"\n") + 1
    assert f"output/trials/NCT00000001/index.html:{line}" in said
    assert "output-not-repeatable" in said
    assert "A made-UP text" in said and "there it says:" in said and "A made-up text" in said
    assert "verified" not in said
    assert page.read_bytes() == changed, "the output is only read"


def test_a_template_that_throws_dice_is_found(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, {"templates/404.html": RANDOM})
    assert verified(site, "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [(each["code"], each["path"]) for each in found["diagnostics"] if each["severity"] == "error"] == [
        ("output-not-repeatable", "output/404.html")
    ]


def test_a_source_that_the_build_does_not_name_is_found(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of the output that only the first build made, as one that was read beyond the inputs would."""
    assert main(["build", "-C", str(site), "--today", "2026-11-23", "--jobs", "1"]) == 0
    (site / "output/extra.html").write_text("extra")
    with (site / "output/.trialpages-files").open("a") as listing:
        listing.write("extra.html\n")
    capsys.readouterr()
    assert verified(site, "--format", "short") == 1
    assert "output/extra.html: error: This file is not made each time: the second build did not make it" in (
        re.sub(r"\s*\[output-not-repeatable\]|:\d+:\d+", "", capsys.readouterr().out)
    )


def test_the_history_is_told_the_same(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The site lies in a folder of a repository, and its pages tell what has changed."""
    commit(site.parent)
    write(
        site,
        {"content/trials/NCT00000001/trial.yaml": trial("A made-up text", overall_status="COMPLETED")},
        tick=1,
    )
    commit(site.parent, "2026-02-03")
    index = (site.parent / ".git/index").read_bytes()
    assert verified(site) == 0
    assert "verified:" in capsys.readouterr().out
    assert b"This page was added on" in (site / "output/trials/NCT00000001/index.html").read_bytes()
    assert (site.parent / ".git/index").read_bytes() == index


def test_a_site_with_errors_is_not_verified(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, {"content/trials/NCT00000002/trial.yaml": "title: [\n"}, tick=1)
    assert verified(site, "--keep-going") == 1
    out, err = capsys.readouterr()
    assert "not verified: the pages with errors are as an earlier build made them" in err
    assert "verified:" not in out


def test_a_second_build_that_fails_says_why(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialpages.verifying.argv_of", lambda _options: ["--today=never"])
    assert verified(site) == 1
    assert "the second build did not succeed: --today wants a day" in capsys.readouterr().err


def test_the_second_command_line_asks_for_the_same(tmp_path: Path) -> None:
    """Every option of a build is among its words, so none can be forgotten."""
    write(tmp_path, {**SITE, "previous.json": "{}", "templates/a": "", "assets/a": ""})
    asked = options(
        tmp_path,
        base_url="https://www.example.org/",
        jobs=3,
        drafts=True,
        strict=True,
        keep_going=True,
        target="s3",
        preview=True,
        precompress=True,
        previous=tmp_path / "previous.json",
    )
    of_check = {"sources_only", "changed"}
    plain = options(tmp_path)
    for field in dataclasses.fields(Options):
        if field.name not in of_check and field.default is not dataclasses.MISSING:
            assert getattr(asked, field.name) != getattr(plain, field.name), f"{field.name} is not tried"
    assert parse(["build", *argv_of(asked)]).options == asked


def test_the_second_build_is_elsewhere_on_the_earth(monkeypatch: pytest.MonkeyPatch) -> None:
    first = surroundings()
    for name in ("LC_ALL", "TZ", "PYTHONHASHSEED"):
        monkeypatch.setenv(name, first[name])
    second = surroundings()
    assert all(first[name] != second[name] for name in ("LC_ALL", "TZ", "PYTHONHASHSEED"))


ANOTHER_DAY = """
import datetime, sys, time
shift = float(sys.argv.pop(1)) * 86400
seconds, nanoseconds = time.time, time.time_ns
time.time = lambda: seconds() + shift
time.time_ns = lambda: nanoseconds() + int(shift * 1e9)
class Date(datetime.date):
    @classmethod
    def today(cls): return cls.fromtimestamp(time.time())
class DateTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
from trialpages.cli import main
datetime.date, datetime.datetime = Date, DateTime
sys.exit(main(sys.argv[1:]))
"""
"""A build on another day of the clock: what asks the clock at the time of a call gets that day."""


def test_two_folders_zones_locales_days_and_seeds_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    commit(site.parent)
    other = tmp_path / "another folder with a longer name" / "été"
    other.parent.mkdir()
    subprocess.run(["git", "clone", "-q", str(tmp_path), str(other)], check=True)
    places = (
        (site, "0", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
        (other / "site", "400", {"TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "22"}),
    )
    for number, (folder, days, here) in enumerate(places, 1):
        words = ["build", "--precompress", "--today", TODAY.isoformat(), "--jobs", str(number)]
        done = subprocess.run(
            [sys.executable, "-c", ANOTHER_DAY, days, *words],
            cwd=folder,
            env={**os.environ, **here, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    first, second = (published(folder / "output") for folder, _, _ in places)
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
