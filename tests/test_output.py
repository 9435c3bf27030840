"""The output folder: only what is ours is written, replaced or removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import published

from trialpages.machine.faults import ForeignFilesError
from trialpages.machine.output import (
    OWNED,
    clean,
    foreign_paths,
    owned_paths,
    publish,
    stage,
)


def make(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Publish files to `folder/output` and return the paths removed."""
    staging, output = folder / "staging", folder / "output"
    staging.mkdir(exist_ok=True)
    staged = [stage(staging, output, path, content) for path, content in files.items()]
    new = [file.path for file in staged if file.is_new]
    return publish(staging, output, new, owned_paths(output), files)


def site(folder: Path) -> dict[str, bytes]:
    return {path: content for path, content in published(folder / "output").items() if path != OWNED}


def test_files_appear_change_and_vanish_with_their_source(tmp_path: Path) -> None:
    make(tmp_path, {"a/index.html": b"one", "b/index.html": b"two"})
    assert site(tmp_path) == {"a/index.html": b"one", "b/index.html": b"two"}
    assert make(tmp_path, {"a/index.html": b"three"}) == ["b/index.html"]
    assert site(tmp_path) == {"a/index.html": b"three"}
    assert not (tmp_path / "output" / "b").exists()


def test_an_equal_file_is_not_touched(tmp_path: Path) -> None:
    make(tmp_path, {"a.html": b"one", "b.html": b"two"})
    before = (tmp_path / "output" / "a.html").stat().st_mtime_ns
    make(tmp_path, {"a.html": b"one", "b.html": b"changed"})
    assert (tmp_path / "output" / "a.html").stat().st_mtime_ns == before


def test_a_file_of_somebody_else_is_never_removed_or_replaced(tmp_path: Path) -> None:
    make(tmp_path, {"a.html": b"one"})
    (tmp_path / "output" / "CNAME").write_bytes(b"theirs")
    make(tmp_path, {"b.html": b"two"})
    assert site(tmp_path) == {"CNAME": b"theirs", "b.html": b"two"}
    with pytest.raises(ForeignFilesError) as caught:
        make(tmp_path, {"b.html": b"three", "CNAME": b"ours"})
    assert caught.value.paths == ("CNAME",)
    assert site(tmp_path) == {"CNAME": b"theirs", "b.html": b"two"}


def test_a_folder_without_our_list_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    assert foreign_paths(tmp_path / "output") == ()
    (tmp_path / "output" / "thesis.txt").write_bytes(b"precious")
    assert foreign_paths(tmp_path / "output") == ("thesis.txt",)


def test_clean_removes_only_ours(tmp_path: Path) -> None:
    make(tmp_path, {"a/b/c.html": b"one"})
    (tmp_path / "output" / "a" / "note.txt").write_bytes(b"theirs")
    assert clean(tmp_path / "output") == 1
    assert published(tmp_path / "output") == {"a/note.txt": b"theirs"}


@pytest.mark.parametrize("line", ["../outside.txt", "/outside.txt", "a/../../outside.txt"])
def test_a_tampered_list_leads_nowhere(tmp_path: Path, line: str) -> None:
    make(tmp_path, {"a.html": b"one"})
    (tmp_path / "outside.txt").write_bytes(b"precious")
    (tmp_path / "output" / OWNED).write_text(f"a.html\n{line}\n")
    make(tmp_path, {"b.html": b"two"})
    assert (tmp_path / "outside.txt").read_bytes() == b"precious"
