"""A registry snapshot: one file that holds many study records, read without unpacking it.

Every shape that the registry and its tools write is read: a zip of one JSON file a study, flat or
in folders; a zip of a few files with many studies each; a JSON array; `{"studies": [...]}`; one
bare study. A member is known by its name and a digest that costs no reading: the checksum and size
that the zip itself records, or the digest of the record's own bytes.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Sink, Span
from trialpages.words.digest import digest

LARGEST_RECORD = 50_000_000
"""Bytes of one unpacked record; the largest real one has 1.5 million."""

LARGEST_JSON = 2_000_000_000
"""Bytes of one unpacked file of many records."""

ARCHIVE_START = b"PK"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What the reader of archives raises over damage, encryption and compression that it does not know."""

MAC_EXTRA = re.compile(r"(?:^|/)(?:__MACOSX/|\._)")
"""Files that macOS adds to an archive; they hold icons and dates, no records."""

NCT_NAME = re.compile(r"(?:^|/)(NCT[0-9]{8})\.json$")


@dataclass(frozen=True, slots=True)
class Member:
    """One record in a snapshot: the trial's id, where it lies, and a digest of its content."""

    trial_id: str
    name: str
    digest: str
    position: int | None = None
    """The record's place in a file of many; None when the member is a file of its own."""


class Snapshot:
    """An open snapshot. Records that share one file are held as bytes; others are read when asked for."""

    def __init__(
        self,
        path: Path,
        members: tuple[Member, ...],
        records: dict[str, list[bytes]],
        unread: tuple[tuple[str, bytes], ...],
    ) -> None:
        self.path = path
        self.members = members
        self.unread = unread
        """Files that are none of the shapes, by shown name: the reader of records says what is wrong."""
        self._records = records
        self._archive: zipfile.ZipFile | None = None
        self._owner = 0

    def __reduce__(self) -> tuple[object, ...]:
        return Snapshot, (self.path, self.members, self._records, self.unread)

    def read(self, member: Member) -> bytes:
        """Return one record's bytes. Raises OSError and the errors in BROKEN."""
        if member.position is not None:
            return self._records[member.name][member.position]
        return self._opened().read(member.name)

    def _opened(self) -> zipfile.ZipFile:
        # Processes that share one open file share its position, so a forked one opens its own.
        if self._archive is None or self._owner != os.getpid():
            self._archive, self._owner = zipfile.ZipFile(self.path), os.getpid()
        return self._archive


def open_snapshot(path: Path, shown: str, sink: Sink) -> Snapshot:
    """List a snapshot's records; what cannot be read becomes a diagnostic, never a missing trial."""
    contents = _Contents({}, [])
    try:
        if _is_archive(path):
            members = list(_zip_members(path, shown, contents, sink))
        else:
            members = list(_json_members(path.read_bytes(), shown, path.name, contents, sink))
    except BROKEN:
        sink.append(broken_archive(shown))
        members = []
    except OSError as error:
        sink.append(
            make(
                "unreadable-file",
                f"The registry snapshot cannot be read: {error.strerror}",
                Span(shown),
                "check `registry:` in site.yaml; the path is relative to the site's folder",
            )
        )
        members = []
    if not members and not sink and not contents.unread:
        sink.append(make("registry-not-a-study", "The snapshot holds no study record", Span(shown)))
    return Snapshot(path, _unique(members, shown, sink), contents.records, tuple(contents.unread))


def broken_archive(shown: str) -> Diagnostic:
    """Return the diagnostic of an archive, or of a file in it, that cannot be unpacked."""
    return make("zip-broken", "The archive is cut off or damaged", Span(shown), "download it again")


def _is_archive(path: Path) -> bool:
    """Return whether a file is meant to be an archive, whole or not: no JSON begins like one."""
    with path.open("rb") as opened:
        return opened.read(len(ARCHIVE_START)) == ARCHIVE_START or zipfile.is_zipfile(path)


@dataclass(frozen=True, slots=True)
class _Contents:
    """What the listing gathers beside the members."""

    records: dict[str, list[bytes]]
    unread: list[tuple[str, bytes]]


def _zip_members(path: Path, shown: str, contents: _Contents, sink: Sink) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.filename
            where = Span(f"{shown}!{name}")
            if info.is_dir() or not name.lower().endswith(".json") or MAC_EXTRA.search(name):
                continue
            if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
                sink.append(
                    make(
                        "zip-unsafe-name",
                        f"The archive holds a file with an unsafe name: {name!r}",
                        where,
                        "download the snapshot again from the registry itself",
                    )
                )
                continue
            match = NCT_NAME.search(name)
            limit = LARGEST_RECORD if match else LARGEST_JSON
            if info.file_size > limit:
                what = f"The file would unpack to {info.file_size:,} bytes; the limit is {limit:,}"
                help_text = "take this file out of the archive, or download the snapshot again"
                sink.append(make("zip-too-large", what, where, help_text))
                continue
            if match:
                yield Member(match[1], name, f"{info.CRC:08x}-{info.file_size}")
            else:
                with archive.open(info) as opened:
                    content = opened.read(limit + 1)
                yield from _json_members(content, f"{shown}!{name}", name, contents, sink)


class _Identification(msgspec.Struct):
    nctId: str  # noqa: N815 - the registry's key


class _Protocol(msgspec.Struct):
    identificationModule: _Identification  # noqa: N815 - the registry's key


class _Study(msgspec.Struct):
    protocolSection: _Protocol  # noqa: N815 - the registry's key


class _Page(msgspec.Struct):
    studies: list[msgspec.Raw]


def _json_members(content: bytes, shown: str, name: str, contents: _Contents, sink: Sink) -> Iterator[Member]:
    raw = _split(content)
    if raw is None:
        contents.unread.append((shown, content))
        return
    contents.records[name] = raw
    for position, record in enumerate(raw):
        try:
            trial_id = msgspec.json.decode(record, type=_Study).protocolSection.identificationModule.nctId
        except msgspec.MsgspecError:
            what = f"Entry {position + 1} is not a study record: {_lack(record)}"
            sink.append(make("registry-not-a-study", what, Span(shown)))
            continue
        yield Member(trial_id, name, digest(record), position)


def _lack(record: bytes) -> str:
    """Return why an entry is no study, by its first letter: all of it is JSON already."""
    start = record.lstrip()[:1]
    if start == b"{":
        return "it has no NCT number"
    found = {b"n": "nothing (null)", b"[": "a list", b'"': "a text", b"t": "true", b"f": "false"}
    return f"found {found.get(start, 'a number')}"


def _split(content: bytes) -> list[bytes] | None:
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    try:
        return [bytes(raw) for raw in msgspec.json.decode(content, type=list[msgspec.Raw])]
    except msgspec.MsgspecError:
        pass
    try:
        return [bytes(raw) for raw in msgspec.json.decode(content, type=_Page).studies]
    except msgspec.MsgspecError:
        pass
    try:
        msgspec.json.decode(content, type=_Study)
    except msgspec.MsgspecError:
        return None
    return [content]


def _unique(members: list[Member], shown: str, sink: Sink) -> tuple[Member, ...]:
    seen: dict[str, Member] = {}
    for member in members:
        first = seen.setdefault(member.trial_id, member)
        if first is not member:
            what = f"{member.trial_id} stands in the snapshot twice: in {first.name} and in {member.name}"
            help_text = "take one of the two out of the snapshot"
            sink.append(make("duplicate-trial", what, Span(shown), help_text))
    return tuple(sorted(seen.values(), key=lambda member: member.trial_id))
