"""The records in files that people have downloaded: every shape of the registry, one record at a time.

A zip of one file a study, flat or in folders; a zip of files with many studies; an array; `{"studies": [...]}`;
one bare study. What cannot be read becomes a diagnostic, and the records around it are brought all the same.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from trialpages.importing.archive import Archive, Inside
from trialpages.importing.streaming import Entry, Readable, entries
from trialpages.read.snapshot import ARCHIVE_START, BROKEN, LARGEST_JSON, LARGEST_RECORD, MAC_EXTRA, NCT_NAME
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span

DOWNLOAD_AGAIN = "download it again; what was brought before stays"
PIPE = "-"
"""The file name that means standard input."""


def all_of_them(_number: str) -> bool:
    """Want every trial."""
    return True


class Source:
    """A file of records. `total` is the number of its files, for progress; None for what is no archive."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path = path
        self.shown = shown
        self.total: int | None = None
        self.done = 0
        self._has_any = False

    def entries(self, sink: Sink, wants: Callable[[str], bool] = all_of_them) -> Iterator[Entry]:
        """Yield the records. Raises OSError where the file cannot be read.

        `wants` tells by a trial's number whether a file that is named after it is worth unpacking.
        """
        self._has_any = False
        for entry in self._entries(sink, wants):
            self._has_any = True
            yield entry
        if not self._has_any and not sink:
            what = "The archive holds no study record"
            help_text = "choose the zip of JSON files: on the registry's site, Download, then JSON"
            sink.append(make("registry-not-a-study", what, Span(self.shown), help=help_text))

    def _entries(self, sink: Sink, wants: Callable[[str], bool]) -> Iterator[Entry]:
        with self.path.open("rb") as opened:
            is_archive = opened.read(len(ARCHIVE_START)) == ARCHIVE_START
            opened.seek(0)
            if not is_archive:
                yield from entries(opened, self.shown, sink)
                return
        try:
            with Archive(self.path) as archive:
                self.total = archive.count
                for inside in archive:
                    self.done += 1
                    if not _may_hold_records(inside, self.shown, sink):
                        continue
                    named = NCT_NAME.search(inside.name)
                    self._has_any |= named is not None
                    if named is None or wants(named[1]):
                        yield from self._inside(archive, inside, sink)
        except BROKEN as error:
            what = f"The archive is cut off or damaged: {error}"
            sink.append(make("zip-broken", what, Span(self.shown), help=DOWNLOAD_AGAIN))

    def _inside(self, archive: Archive, inside: Inside, sink: Sink) -> Iterator[Entry]:
        shown = f"{self.shown}!{inside.name}"
        try:
            with archive.open(inside) as opened:
                if NCT_NAME.search(inside.name):
                    yield Entry(_whole(opened, inside), shown)
                else:
                    yield from entries(opened, shown, sink)
        except BROKEN as error:
            what = f"The file in the archive is damaged: {error}"
            sink.append(make("zip-broken", what, Span(shown), help="download the archive again"))


def pipe_entries(opened: Readable, sink: Sink) -> Iterator[Entry]:
    """Yield the records that come through a pipe."""
    yield from entries(opened, "standard input", sink)


def _whole(opened: Readable, inside: Inside) -> bytes:
    data = opened.read(LARGEST_RECORD + 1)
    if len(data) > LARGEST_RECORD:
        raise zipfile.BadZipFile(f"{inside.name} is larger than the archive says")
    return data


def _may_hold_records(inside: Inside, shown: str, sink: Sink) -> bool:
    """Tell whether a file in an archive may hold records; report those that look like an attack."""
    name = inside.name
    if name.endswith("/") or not name.lower().endswith(".json") or MAC_EXTRA.search(name):
        return False
    where = Span(f"{shown}!{name}")
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
        what = f"The archive holds a file with an unsafe name: {name!r}"
        help_text = "download the archive again from the registry itself"
        sink.append(make("zip-unsafe-name", what, where, help_text))
        return False
    limit = LARGEST_RECORD if NCT_NAME.search(name) else LARGEST_JSON
    if inside.size > limit:
        what = f"The file would unpack to {inside.size:,} bytes; the limit is {limit:,}"
        sink.append(make("zip-too-large", what, where, "take this file out of the archive"))
        return False
    return True
