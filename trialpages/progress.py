"""Progress: one live line on a terminal, a few plain lines in a pipe, nothing for short work."""

from __future__ import annotations

import contextlib
import time
from types import TracebackType
from typing import TextIO

LIVE_SECONDS = 0.1
PLAIN_SECONDS = 10.0


class ProgressLine:
    """Shows how far a stage has come. On a terminal the line is removed at the end."""

    def __init__(self, stream: TextIO | None, *, quiet: bool) -> None:
        self._stream = stream
        self._live = stream is not None and stream.isatty()
        self._quiet = quiet
        self._shown = time.monotonic()
        self._width = 0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._width:
            self._write("\r" + " " * self._width + "\r")

    def show(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` units of a stage are made, unless something was shown a moment ago.

        A total of 0 is one that nobody knows.
        """
        now = time.monotonic()
        if self._quiet or now - self._shown < (LIVE_SECONDS if self._live else PLAIN_SECONDS):
            return
        self._shown = now
        line = f"{stage}: {done:,} of {total:,}" if total > 0 else f"{stage}: {done:,}"
        if self._live:
            self._write("\r" + line.ljust(self._width))
            self._width = max(self._width, len(line))
        else:
            self._write(f"{line}\n")

    def _write(self, text: str) -> None:
        # Progress that nobody can read is not worth a failed build.
        with contextlib.suppress(OSError, ValueError):
            if self._stream is not None:
                self._stream.write(text)
                self._stream.flush()
