"""The memo: it may be lost, broken or foreign at any moment, and only costs time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from trialpages.machine.memo import FileRow, PageRow, Stamp, Unit, open_memo, open_memo_read_only

UNIT = Unit(
    "NCT00000001", "key", "digest", b"card", b"record", "{}", "[]", b"document", "order of it", "digest of it"
)


def test_what_is_remembered_is_found_again(tmp_path: Path) -> None:
    memo = open_memo(tmp_path / "memo")
    with memo.transaction():
        memo.remember_units([UNIT])
        memo.remember_stamps({"a.yaml": (Stamp(1, 2, 3), "digest")})
        memo.remember_pages([PageRow("a/", "trial", {"view": "x"}, "it was not there")])
        memo.remember_files([FileRow("a/index.html", "a/", 1, 2)])
    memo.close()
    memo = open_memo_read_only(tmp_path / "memo")
    assert memo.unit_keys() == {"NCT00000001": "key"}
    assert memo.record("NCT00000001") == b"record"
    assert (next(memo.units()).record, next(memo.units()).document) == (None, None)
    assert memo.document("NCT00000001") == b"document"
    assert (next(memo.units()).document_order, next(memo.units()).document_digest) == (
        "order of it",
        "digest of it",
    )
    assert memo.stamps() == {"a.yaml": (Stamp(1, 2, 3), "digest")}
    assert memo.page("a/") == PageRow("a/", "trial", {"view": "x"}, "it was not there")
    assert memo.files() == {"a/index.html": FileRow("a/index.html", "a/", 1, 2)}


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    memo = open_memo(tmp_path / "memo")
    with pytest.raises(RuntimeError), memo.transaction():
        memo.remember_units([UNIT])
        raise RuntimeError
    assert memo.unit_keys() == {}


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_broken_file_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "memo").write_bytes(content)
    memo = open_memo(tmp_path / "memo")
    memo.remember_units([UNIT])
    assert memo.unit_keys() == {"NCT00000001": "key"}


def test_a_truncated_memo_is_replaced(tmp_path: Path) -> None:
    memo = open_memo(tmp_path / "memo")
    memo.remember_units(
        [Unit(f"NCT{n:08d}", "k", "d", b"c" * 900, None, "", "[]", None, "", "") for n in range(200)]
    )
    memo.close()
    whole = (tmp_path / "memo").read_bytes()
    (tmp_path / "memo").write_bytes(whole[: len(whole) // 2])
    memo = open_memo(tmp_path / "memo")
    assert memo.unit_keys() == {}


def test_a_memo_of_another_version_is_replaced(tmp_path: Path) -> None:
    memo = open_memo(tmp_path / "memo")
    memo.remember_units([UNIT])
    memo.close()
    with sqlite3.connect(tmp_path / "memo") as connection:
        connection.execute("update remembered set value = 'older' where name = 'version'")
    memo = open_memo(tmp_path / "memo")
    assert memo.unit_keys() == {}


def test_a_value_holds_only_under_its_key(tmp_path: Path) -> None:
    memo = open_memo(tmp_path / "memo")
    memo.remember_value("figure", "one", "value")
    assert memo.value("figure", "one") == "value"
    assert memo.value("figure", "two") is None
