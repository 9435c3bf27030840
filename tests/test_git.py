"""What we ask of git: history by the main line, what differs, and contents. Everything here is made up."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from made_up_history import MadeUpHistory

from trialpages.machine.git import (
    NO_OBJECT,
    GitError,
    changed_paths,
    commits,
    contents,
    files_at,
    main_line,
    refusal,
    repository,
)


def test_a_folder_without_version_control_has_no_repository(tmp_path: Path) -> None:
    assert repository(tmp_path) is None


def test_before_the_first_commit_there_is_no_history(tmp_path: Path) -> None:
    MadeUpHistory(tmp_path)
    repo = repository(tmp_path)
    assert repo is not None
    assert repo.head == ""
    assert list(commits(repo, "content")) == []


def test_commits_come_newest_first_with_contents_before_and_after(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {"site/content/trials/A/é x.md": "one", "other.txt": "beside"})
    history.commit("2026-03-04", {"site/content/trials/A/é x.md": "two"})
    history.commit("2026-03-05", {"site/content/trials/A/é x.md": None})
    repo = repository(tmp_path / "site")
    assert repo is not None
    assert repo.prefix == "site/"
    found = list(commits(repo, "content"))
    assert [commit.day for commit in found] == ["2026-03-05", "2026-03-04", "2026-01-02"]
    (removed,), (changed,), (added,) = (commit.changes for commit in found)
    assert removed.path == changed.path == added.path == "content/trials/A/é x.md"
    assert removed.after == added.before == NO_OBJECT
    assert list(contents(repo, [changed.before, NO_OBJECT, changed.after])) == [b"one", None, b"two"]
    assert files_at(repo, found[1].name, "content") == {"content/trials/A/é x.md": changed.after}


def test_what_a_merge_brought_counts_on_its_day(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {"content/a": "one"})
    history.run("checkout", "-q", "-b", "side")
    history.commit("2026-01-03", {"content/a": "two"})
    history.commit("2026-01-04", {"content/a": "three"})
    history.run("checkout", "-q", "main")
    history.run("merge", "-q", "--no-ff", "-m", "merge", "side", day="2026-02-01")
    repo = repository(tmp_path)
    assert repo is not None
    assert [commit.day for commit in commits(repo, "content")] == ["2026-02-01", "2026-01-02"]


def test_what_differs_counts_committed_and_new_files_but_not_those_of_the_other_line(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {"content/a": "one", "content/b": "one"})
    history.run("checkout", "-q", "-b", "work")
    history.commit("2026-01-03", {"content/a": "two"})
    (tmp_path / "content" / "new").write_text("x")
    history.run("branch", "-f", "elsewhere", "main")
    repo = repository(tmp_path)
    assert repo is not None
    assert changed_paths(repo, "main") == {"content/a", "content/new"}
    with pytest.raises(GitError, match="nowhere"):
        changed_paths(repo, "nowhere")


def test_a_copy_with_a_cut_history_says_so(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path / "whole")
    history.commit("2026-01-02", {"content/a": "one"})
    history.commit("2026-01-03", {"content/a": "two"})
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", (tmp_path / "whole").as_uri(), str(tmp_path / "cut")],
        check=True,
    )
    repo = repository(tmp_path / "cut")
    assert repo is not None
    assert repo.is_shallow


def test_many_contents_come_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    texts = {f"content/{number:03}": f"{number}\n" * 4000 for number in range(100)}
    history.commit("2026-01-02", texts)
    repo = repository(tmp_path)
    assert repo is not None
    names = files_at(repo, repo.head, "content")
    asked = [name for path in texts for name in (names[path], NO_OBJECT)]
    told = list(contents(repo, asked))
    assert told == [found for text in texts.values() for found in (text.encode(), None)]
    assert list(contents(repo, [])) == []


def test_only_later_commits_are_told_and_only_those_of_the_named_folders(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    first = history.commit("2026-01-02", {"content/a/x": "one", "content/b*/x": "one"})
    second = history.commit("2026-01-03", {"content/b*/x": "two"})
    third = history.commit("2026-01-04", {"content/bc/x": "one"})
    repo = repository(tmp_path)
    assert repo is not None
    assert main_line(repo) == (third, second, first)
    assert [commit.name for commit in commits(repo, "content", after=first)] == [third, second]
    assert [commit.name for commit in commits(repo, "content/b*")] == [second, first]
    assert [commit.name for commit in commits(repo, "content/a", "content/bc")] == [third, first]
    with pytest.raises(GitError):
        list(commits(repo, "content", after="nowhere"))


def test_why_a_folder_has_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "not a git repository" in refusal(tmp_path)
    assert refusal(tmp_path / "missing").startswith("there is no folder")
    MadeUpHistory(tmp_path / "made")
    assert refusal(tmp_path / "made") == ""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(tmp_path) == "the command git is not there"
    assert repository(tmp_path / "made") is None
