"""A repository of which git does not tell the history: said, and no build ends for it. All content is made up."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from made_up_history import MadeUpHistory
from made_up_versions import FOLDER, ID, RECORD, SITE, record
from sites import published, run
from test_history import FEED, kinds, known, settle

from trialpages.stages.options import Report

BUILD = str(Path(__file__).parent.parent / "build.py")


def two_versions(folder: Path) -> MadeUpHistory:
    history = MadeUpHistory(folder)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01")})
    history.commit("2026-02-03", {RECORD: record("2026-02-01", status="COMPLETED")})
    return history


def codes(report: Report) -> list[str]:
    return [each.code for each in report.diagnostics]


def test_a_repository_of_another_user_is_said_until_git_may_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_versions(tmp_path)
    settle(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("LANGUAGE", "de")
    report = run(tmp_path, strict=True)
    assert report.published
    (note,) = report.diagnostics
    assert (note.code, note.severity) == ("history-unknown", "note")
    assert "dubious ownership" in note.what
    assert f"--add safe.directory '{tmp_path}'" in str(note.help)
    assert FEED not in published(tmp_path / "output")
    assert codes(run(tmp_path)) == ["history-unknown"]
    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER")
    assert codes(run(tmp_path)) == []
    assert FEED in published(tmp_path / "output")


def test_a_checkout_without_the_command_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_versions(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    (note,) = run(tmp_path).diagnostics
    assert note.code == "history-unknown"
    assert "the command git is not there" in note.what


def test_a_repository_that_lost_its_commits_ends_no_build(tmp_path: Path) -> None:
    history = two_versions(tmp_path)
    first = history.run("rev-parse", "HEAD~1").strip()
    lost = tmp_path / ".git" / "objects" / first[:2] / first[2:]
    lost.unlink()
    report = run(tmp_path)
    assert report.published
    assert codes(report) == ["history-unknown"]
    info = subprocess.run(
        [sys.executable, BUILD, "info", "-C", str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert re.search(r"^history +none: git could not", info.stdout, re.MULTILINE)


def test_a_damaged_content_is_said_with_one_job_and_with_two(tmp_path: Path) -> None:
    history = two_versions(tmp_path)
    name = history.run("rev-parse", f"HEAD~1:{RECORD}").strip()
    kept = tmp_path / ".git" / "objects" / name[:2] / name[2:]
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes()[:-200] + b"x" * 200)
    for jobs in (1, 2):
        report = run(tmp_path, jobs=jobs)
        assert report.published
        assert codes(report) == ["history-unknown"]
        assert "may be damaged" in report.diagnostics[0].what


def test_a_content_that_this_copy_lost_is_a_version_that_cannot_be_read(tmp_path: Path) -> None:
    history = two_versions(tmp_path)
    name = history.run("rev-parse", f"HEAD~1:{RECORD}").strip()
    (tmp_path / ".git" / "objects" / name[:2] / name[2:]).unlink()
    report = run(tmp_path)
    assert report.diagnostics == []
    assert FEED not in published(tmp_path / "output")


@pytest.mark.parametrize(
    "name",
    ["GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_SHALLOW_FILE", "GIT_LITERAL_PATHSPECS"],
)
def test_variables_of_a_hook_lead_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    two_versions(tmp_path)
    (tmp_path / "other").write_text("0" * 40)
    monkeypatch.setenv(name, "1" if name.endswith("SPECS") else str(tmp_path / "other"))
    assert kinds(known(tmp_path)) == ["2026-02-01 registry: status"]


def test_a_second_checkout_a_lone_commit_and_a_submodule_have_their_history(tmp_path: Path) -> None:
    history = two_versions(tmp_path / "first")
    history.run("worktree", "add", "-q", "--detach", str(tmp_path / "second"))
    assert kinds(known(tmp_path / "second")) == ["2026-02-01 registry: status"]
    outer = MadeUpHistory(tmp_path / "outer")
    source = str(tmp_path / "first")
    outer.run("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", source, "inner")
    assert kinds(known(tmp_path / "outer" / "inner")) == ["2026-02-01 registry: status"]


def test_an_empty_repository_has_no_history(tmp_path: Path) -> None:
    two_versions(tmp_path)
    shutil.rmtree(tmp_path / ".git")
    MadeUpHistory(tmp_path)
    report = run(tmp_path)
    assert report.diagnostics == []
    assert f"trials/{ID}/index.html" in published(tmp_path / "output")
    assert (tmp_path / FOLDER).exists()
