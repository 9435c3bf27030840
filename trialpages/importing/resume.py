"""What an import has done so far, kept in the cache folder, so that the same command goes on where it ended.

A journal is lines of JSON: outcomes, and marks that say how far the source has been read. A last line that is
cut off is passed over. It may be deleted at any moment and only costs work: whatever was written is found
again as it is. The journal of a command that came to its end is removed, and one of yesterday is not taken up,
because the registry's pages have moved on.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from trialpages.importing.outcome import FAILED, Outcome
from trialpages.words.fields import record

SUFFIX = ".import.jsonl"
"""Of every journal's name; those that are too old are removed, whatever command they are of."""

LASTS_SECONDS = 24 * 3600.0


@record
class Mark:
    """How far a source has been read: all before it is done."""

    source: str
    count: int
    """Records, in the order of the source."""
    token: str | None = None
    """Of the page that comes next, where the source has pages."""
    total: int = 0
    """Of all records of the source; 0 where nobody knows."""
    is_end: bool = False
    """Whether the whole source is done."""


@record
class Line:
    """One line of the journal."""

    outcome: Outcome | None = None
    mark: Mark | None = None


class Journal:
    """The journal of one command. Without a path it keeps nothing, as for a dry run."""

    def __init__(self, path: Path | None, *, start_over: bool = False) -> None:
        self._path = path
        self._opened: IO[bytes] | None = None
        self.mark: Mark | None = None
        self.done: set[str] = set()
        """Trials that an earlier run has done behind the last mark."""
        self._start_over = start_over

    def earlier(self) -> Iterator[Outcome]:
        """Yield what an interrupted run of the same command has done, then open the journal to go on in it.

        What could not be had is not among it: it is tried again.
        """
        if self._path is None:
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        for path in self._path.parent.glob(f"*{SUFFIX}"):
            if not _is_fresh(path) or (self._start_over and path == self._path):
                path.unlink(missing_ok=True)
        whole = 0
        if self._path.exists():
            with self._path.open("rb") as opened:
                for data in opened:
                    line = _line(data)
                    if line is None:
                        break
                    whole += len(data)
                    if line.mark is not None:
                        self.mark = line.mark
                        self.done.clear()
                    elif line.outcome is not None and line.outcome.kind != FAILED:
                        self.done.add(line.outcome.trial_id)
                        yield line.outcome
        with contextlib.suppress(OSError):
            self._opened = self._path.open("ab", buffering=0)
            self._opened.truncate(whole)

    def note(self, outcome: Outcome) -> None:
        """Remember what became of one trial."""
        self._write(Line(outcome=outcome))

    def reach(self, mark: Mark) -> None:
        """Remember how far the source has been read."""
        self.mark = mark
        self.done.clear()
        self._write(Line(mark=mark))

    def close(self, *, finished: bool) -> None:
        """Close the journal; the one of a finished command is removed."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None
        if finished and self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _write(self, line: Line) -> None:
        """Write a line at once. On a full disk the journal ends: it only saves work, and must not cost any."""
        if self._opened is None:
            return
        data = msgspec.json.encode(line) + b"\n"
        try:
            is_whole = self._opened.write(data) == len(data)
        except OSError:
            is_whole = False
        if not is_whole:
            self._opened.close()
            self._opened = None


def _line(data: bytes) -> Line | None:
    if not data.endswith(b"\n"):
        return None
    try:
        return msgspec.json.decode(data, type=Line)
    except msgspec.MsgspecError:
        return None


def _is_fresh(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < LASTS_SECONDS
    except OSError:
        return False
