"""A stream of JSON becomes one record after another, with little more than one of them in memory.

Read are a bare study, `{"studies": [...]}` and an array, of any length. What is none of them is handed on
whole, as far as it is small, for the reader of records to say what it is.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span

CHUNK = 1 << 20
"""Bytes that are read at once."""

LARGEST_RECORD = 50_000_000
"""Letters of one record; the largest real one has 1.5 million."""

LIST_START = re.compile(
    r"\s*(?:\{\s*(?:\"(?:totalCount|nextPageToken)\"\s*:\s*(?:\d+|\"[^\"]*\")\s*,\s*)*\"studies\"\s*:\s*)?\["
)
NO_SPACE = re.compile(r"\S")
CUT_OFF = "download it again; what came before this place has been brought"


class Readable(Protocol):
    """Whatever gives bytes when it is asked: a file, a file in an archive, a pipe."""

    def read(self, size: int, /) -> bytes:
        """Return at most this many bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The bytes of one record, and where it was found, as it is shown."""

    data: bytes
    shown: str


def entries(opened: Readable, shown: str, sink: Sink) -> Iterator[Entry]:
    """Yield the records of an open file; damage goes to the sink, and what came before it counts."""
    window = _Window(opened)
    try:
        window.more()
        start = LIST_START.match(window.text)
        if start is None:
            window.more(LARGEST_RECORD)
            yield Entry(window.text.encode("utf-8"), shown)
            return
        window.take(start.end())
        yield from _of_list(window, shown, sink)
    except UnicodeDecodeError as error:
        what = f"Byte 0x{error.object[error.start]:02x} is not UTF-8"
        sink.append(make("not-utf8", what, Span(shown), help=CUT_OFF))


def _of_list(window: _Window, shown: str, sink: Sink) -> Iterator[Entry]:
    count = 0
    while True:
        sign = window.next_sign()
        if sign == "]":
            break
        if sign == "," and count:
            window.take(1)
            sign = window.next_sign()
        found = window.value()
        if found is None:
            what = f"The list breaks off or is no JSON after {count:,} record{'' if count == 1 else 's'}"
            sink.append(make("registry-json", what, Span(shown), help=CUT_OFF))
            return
        count += 1
        yield Entry(found, f"{shown}[{count}]")
    if not count:
        what = "The file holds an empty list of studies"
        sink.append(make("registry-not-a-study", what, Span(shown), help="choose another file"))


class _Window:
    """The part of a text that is in memory: it grows at its end, and what was taken from it is forgotten."""

    def __init__(self, opened: Readable) -> None:
        self.text = ""
        self._at = 0
        self._opened = opened
        self._letters = codecs.getincrementaldecoder("utf-8-sig")()
        self._ended = False
        self._json = json.JSONDecoder()

    def more(self, letters: int = CHUNK) -> bool:
        """Forget what was taken, read more of the file, and tell whether there was any."""
        parts = [self.text[self._at :]]
        self._at = 0
        before = length = len(parts[0])
        while length < before + letters and not self._ended:
            read = self._opened.read(CHUNK)
            self._ended = not read
            parts.append(self._letters.decode(read, final=self._ended))
            length += len(parts[-1])
        self.text = "".join(parts)
        return length > before

    def take(self, count: int) -> None:
        """Go on behind this many letters."""
        self._at += count

    def next_sign(self) -> str:
        """Go to the next letter that is no white space, and return it; empty at the end."""
        while True:
            found = NO_SPACE.search(self.text, self._at)
            self._at = found.start() if found else len(self.text)
            if found or not self.more():
                return self.text[self._at : self._at + 1]

    def value(self) -> bytes | None:
        """Take one JSON value; None where there is none."""
        while True:
            try:
                _, end = self._json.raw_decode(self.text, self._at)
            except (ValueError, RecursionError):
                length = len(self.text) - self._at
                if length > LARGEST_RECORD or not self.more(max(length, CHUNK)):
                    return None
                continue
            if end == len(self.text) and self.more():
                continue
            found = self.text[self._at : end]
            self._at = end
            return found.encode("utf-8", "replace")
