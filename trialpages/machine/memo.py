"""The memo: what the last build knew, in one SQLite file that may be deleted at any moment.

It remembers these things, all keyed by content and never by time, place or order:

=============  ==========================  =====================================================
table          key                         value
=============  ==========================  =====================================================
``stamps``     path of a source            its stamp and the digest of its content
``units``      trial id                    the key, digest and products of a decoded trial
``pages``      URL of a page               its key by named parts, and why it was last made
``files``      path in the output          the page that owns it, and its stamp after writing
``histories``  trial id                    the key and digest of what it has been through, and that itself
``values``     a name                      one remembered value and the key under which it holds
=============  ==========================  =====================================================

A stamp (modification time, size, inode) only decides whether a file must be read again; it is not
kept for a file so young that a second write could leave the stamp alone. What never enters a key:
modification times, absolute paths, the clock, the host, hash order.

The memo is sound under three conditions: remembered values are never changed, a unit depends on the
named parts of its key alone, and files are written before they are remembered. A memo of another
version, or one that cannot be read, is thrown away and the build starts from nothing.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSION = "2"

TABLES = """
create table if not exists stamps (
  path text primary key, mtime_ns integer, size integer, inode integer, digest text) without rowid;
create table if not exists units (
  name text primary key, key text, digest text, card blob, record blob, extra text, diagnostics text,
  document blob, document_order text, document_digest text) without rowid;
create table if not exists pages (
  url text primary key, kind text, parts text, reason text) without rowid;
create table if not exists files (
  path text primary key, url text, mtime_ns integer, size integer) without rowid;
create table if not exists histories (
  name text primary key, key text, digest text, value blob) without rowid;
create table if not exists remembered (
  name text primary key, key text, value text) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells cheaply that a file has not been touched."""

    mtime_ns: int
    size: int
    inode: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One remembered trial: its key and digest, and its products as bytes and text."""

    name: str
    key: str
    digest: str
    card: bytes
    record: bytes | None
    extra: str
    diagnostics: str
    document: bytes | None
    """What the search index takes from the trial, which only the making of the index needs."""
    document_order: str
    """By which the documents of all trials sort."""
    document_digest: str


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """As much of a remembered trial as is read at once for all."""

    name: str
    key: str
    digest: str
    card: bytes
    diagnostics: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What one trial's content has been through, encoded; without changes its digest is empty."""

    name: str
    key: str
    digest: str
    value: bytes


@dataclass(frozen=True, slots=True)
class PageRow:
    """One remembered page: its key by named parts, and why it was made the last time."""

    url: str
    kind: str
    parts: Mapping[str, str]
    reason: str


SITE_FILES = "(site)"
"""The owner of files that belong to no page: assets, the sitemap, the search index."""

SECOND_FORMS = "(compressed)"
"""The owner of files that are another file, made smaller."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file in the output that we wrote."""

    path: str
    url: str
    mtime_ns: int
    size: int


class Memo:
    """An open memo. Only the parent process writes; workers open it read-only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is remembered inside together, or none of it."""
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    # Sources

    def stamps(self) -> dict[str, tuple[Stamp, str]]:
        """Return every source's stamp and digest by path."""
        rows = self._connection.execute("select path, mtime_ns, size, inode, digest from stamps")
        return {path: (Stamp(mtime_ns, size, inode), digest) for path, mtime_ns, size, inode, digest in rows}

    def remember_stamps(self, stamps: Mapping[str, tuple[Stamp, str]]) -> None:
        """Replace all stamps."""
        self._connection.execute("delete from stamps")
        self._connection.executemany(
            "insert into stamps values (?, ?, ?, ?, ?)",
            (
                (path, stamp.mtime_ns, stamp.size, stamp.inode, digest)
                for path, (stamp, digest) in stamps.items()
            ),
        )

    # Trials

    def unit_keys(self) -> dict[str, str]:
        """Return the key of every remembered trial by name."""
        return dict(self._connection.execute("select name, key from units"))

    def units(self) -> Iterator[Unit]:
        """Yield every remembered trial without its record, which only a render needs, and without its document."""
        rows = self._connection.execute(
            "select name, key, digest, card, null, extra, diagnostics, null, document_order, document_digest"
            " from units order by name"
        )
        return (Unit(*row) for row in rows)

    def known_units(self, names: Iterable[str] | None = None) -> Iterator[KnownUnit]:
        """Yield what the preview needs of every remembered trial to begin with, or of some."""
        columns = "select name, key, digest, card, diagnostics from units"
        if names is None:
            rows: Iterable[Any] = self._connection.execute(f"{columns} order by name")
        else:
            ask = f"{columns} where name = ?"
            rows = (row for name in names for row in self._connection.execute(ask, (name,)))
        return (KnownUnit(*row) for row in rows)

    def record_of(self, name: str, key: str) -> bytes | None:
        """Return the encoded trial that was remembered under a key; None when it is another now, or quick to read."""
        row = self._connection.execute(
            "select record from units where name = ? and key = ?", (name, key)
        ).fetchone()
        return row[0] if row else None

    def extra_of(self, name: str, key: str) -> str | None:
        """Return the entry in the list of all trials of one that was remembered under a key."""
        row = self._connection.execute(
            "select extra from units where name = ? and key = ?", (name, key)
        ).fetchone()
        return row[0] if row else None

    def document(self, name: str) -> bytes | None:
        """Return what the search index takes from a trial, encoded."""
        row = self._connection.execute("select document from units where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def record(self, name: str) -> bytes | None:
        """Return the encoded trial, or None when the source is as quick to read."""
        row = self._connection.execute("select record from units where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def remember_units(self, units: Iterable[Unit]) -> None:
        """Remember trials, each under its name."""
        self._connection.executemany(
            "insert or replace into units values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    unit.name,
                    unit.key,
                    unit.digest,
                    unit.card,
                    unit.record,
                    unit.extra,
                    unit.diagnostics,
                    unit.document,
                    unit.document_order,
                    unit.document_digest,
                )
                for unit in units
            ),
        )

    def forget_units(self, names: Iterable[str]) -> None:
        """Forget trials whose source is gone."""
        self._connection.executemany("delete from units where name = ?", ((name,) for name in names))

    # Histories

    def histories(self) -> dict[str, tuple[str, str]]:
        """Return the key and the digest of every remembered history by name."""
        rows = self._connection.execute("select name, key, digest from histories")
        return {name: (key, digest) for name, key, digest in rows}

    def history(self, name: str) -> bytes | None:
        """Return one history, encoded."""
        row = self._connection.execute("select value from histories where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def remember_histories(self, rows: Iterable[HistoryRow]) -> None:
        """Remember histories, each under its name."""
        self._connection.executemany(
            "insert or replace into histories values (?, ?, ?, ?)",
            ((row.name, row.key, row.digest, row.value) for row in rows),
        )

    def copy_histories(self, other: Memo, name: str) -> None:
        """Take over the histories of another memo, and the value with that name, which says for what they hold."""
        with self.transaction():
            for table, some in (("histories", ""), ("remembered", " where name = ?")):
                rows = other._connection.execute(f"select * from {table}{some}", (name,) if some else ())  # noqa: S608
                self._connection.execute(f"delete from {table}{some}", (name,) if some else ())  # noqa: S608
                marks = ", ".join("?" for _ in rows.description)
                self._connection.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608

    def forget_histories(self, names: Iterable[str]) -> None:
        """Forget histories of what is gone."""
        self._connection.executemany("delete from histories where name = ?", ((name,) for name in names))

    # Pages and files

    def pages(self) -> dict[str, PageRow]:
        """Return every remembered page by URL."""
        rows = self._connection.execute("select url, kind, parts, reason from pages")
        return {url: PageRow(url, kind, json.loads(parts), reason) for url, kind, parts, reason in rows}

    def page(self, url: str) -> PageRow | None:
        """Return one remembered page."""
        row = self._connection.execute(
            "select url, kind, parts, reason from pages where url = ?", (url,)
        ).fetchone()
        return PageRow(row[0], row[1], json.loads(row[2]), row[3]) if row else None

    def remember_pages(self, pages: Iterable[PageRow]) -> None:
        """Remember the keys of pages that stand in the output."""
        self._connection.executemany(
            "insert or replace into pages values (?, ?, ?, ?)",
            ((page.url, page.kind, json.dumps(dict(page.parts)), page.reason) for page in pages),
        )

    def forget_pages(self, urls: Iterable[str]) -> None:
        """Forget pages that are no longer made."""
        self._connection.executemany("delete from pages where url = ?", ((url,) for url in urls))

    def files(self) -> dict[str, FileRow]:
        """Return every file that we wrote, by path in the output."""
        rows = self._connection.execute("select path, url, mtime_ns, size from files")
        return {row[0]: FileRow(*row) for row in rows}

    def file(self, path: str) -> FileRow | None:
        """Return one file that we wrote."""
        row = self._connection.execute(
            "select path, url, mtime_ns, size from files where path = ?", (path,)
        ).fetchone()
        return FileRow(*row) if row else None

    def remember_files(self, files: Iterable[FileRow]) -> None:
        """Remember files after they were written."""
        self._connection.executemany(
            "insert or replace into files values (?, ?, ?, ?)",
            ((file.path, file.url, file.mtime_ns, file.size) for file in files),
        )

    def forget_files(self, paths: Iterable[str]) -> None:
        """Forget files that were removed."""
        self._connection.executemany("delete from files where path = ?", ((path,) for path in paths))

    # Single values

    def value(self, name: str, key: str) -> str | None:
        """Return a remembered value if it was remembered under the same key."""
        row = self._connection.execute(
            "select value from remembered where name = ? and key = ?", (name, key)
        ).fetchone()
        return str(row[0]) if row else None

    def remember_value(self, name: str, key: str, value: str) -> None:
        """Remember one value under a key."""
        self._connection.execute("insert or replace into remembered values (?, ?, ?)", (name, key, value))

    def forget_value(self, name: str) -> None:
        """Forget one value."""
        self._connection.execute("delete from remembered where name = ?", (name,))


def open_memo(path: Path) -> Memo:
    """Open the memo for writing; one that cannot be used is replaced by an empty one."""
    try:
        return _open(path)
    except sqlite3.DatabaseError:
        for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}-journal")):
            leftover.unlink(missing_ok=True)
        return _open(path)


def open_memo_read_only(path: Path) -> Memo:
    """Open the memo for a worker, which may look but not write."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    return Memo(sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False))


def memo_version_is_known(memo: Memo) -> bool:
    """Tell whether a memo is one that this version of the program has written."""
    return memo.value("version", "") == VERSION


def memo_in_memory() -> Memo:
    """Return an empty memo that no file holds."""
    return _open(Path(":memory:"))


def _open(path: Path) -> Memo:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.executescript(TABLES)
        found = connection.execute("select value from remembered where name = 'version'").fetchone()
        if found is not None and found[0] != VERSION:
            raise sqlite3.DatabaseError("a memo of another version")
        connection.execute("insert or replace into remembered values ('version', '', ?)", (VERSION,))
        connection.execute("select count(*) from units").fetchone()
    except BaseException:
        connection.close()
        raise
    return Memo(connection)
