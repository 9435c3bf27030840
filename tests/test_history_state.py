"""Which commit is checked out, read from git's files alone and by the command: both say the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from made_up_history import MadeUpHistory

from trialpages.machine import git_state
from trialpages.machine.git_state import NO_STATE, State, state


def asked(folder: Path) -> str:
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command not be asked."""

    def refuse(folder: Path) -> None:
        raise AssertionError(f"git was asked about {folder}")

    monkeypatch.setattr(git_state, "repository", refuse)


def test_no_repository_has_no_state(tmp_path: Path) -> None:
    assert state(tmp_path) == NO_STATE
    assert state(tmp_path / "missing") == NO_STATE


def test_before_the_first_commit_there_is_no_head(tmp_path: Path) -> None:
    MadeUpHistory(tmp_path)
    assert state(tmp_path) == NO_STATE


@pytest.mark.usefixtures("without_git")
def test_the_commit_is_read_without_a_process(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    first = history.commit("2026-01-02", {"content/a": "one"})
    assert state(tmp_path / "content") == State(first)
    second = history.commit("2026-01-03", {"content/a": "two"})
    assert state(tmp_path / "content") == State(second)
    history.run("pack-refs", "--all")
    assert state(tmp_path) == State(second)
    history.run("checkout", "-q", "--detach", first)
    assert state(tmp_path) == State(first)


@pytest.mark.usefixtures("without_git")
def test_a_second_checkout_has_its_own_commit(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path / "first")
    commit = history.commit("2026-01-02", {"a": "one"})
    history.run("worktree", "add", "-q", "-b", "beside", str(tmp_path / "second"))
    (tmp_path / "second" / "a").write_text("two")
    history.commit("2026-01-03", {"a": "three"})
    assert state(tmp_path / "second") == State(commit)
    assert state(tmp_path / "first") == State(asked(tmp_path / "first")) != State(commit)


def test_a_cut_history_names_where_it_is_cut(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path / "whole")
    history.commit("2026-01-02", {"a": "one"})
    second = history.commit("2026-01-03", {"a": "two"})
    third = history.commit("2026-01-04", {"a": "three"})
    cut = tmp_path / "cut"
    subprocess.run(["git", "clone", "-q", "--depth", "2", history.folder.as_uri(), str(cut)], check=True)
    assert state(cut) == State(third, frozenset({second}))


def test_where_the_files_do_not_tell_the_command_is_asked(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    commit = history.commit("2026-01-02", {"a": "one"})
    history.run("symbolic-ref", "refs/heads/other", "refs/heads/main")
    history.run("symbolic-ref", "HEAD", "refs/heads/other")
    assert state(tmp_path) == State(commit)
