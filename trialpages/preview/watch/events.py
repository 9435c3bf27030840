"""What the system tells of changes, as the server hears it: from a process of its own (see `events_process.py`)."""

from __future__ import annotations

import contextlib
import json
import queue
import threading
import time
from collections.abc import Iterable, Sequence

from trialpages.preview.behind import child
from trialpages.words.fields import record

BEGINNING_SECONDS = 60.0
"""A system that has not begun to watch after this long counts as one that does not tell."""


@record
class Fault:
    """Why nothing is told any more: in the library's words, and the system's number for it."""

    what: str
    number: int | None = None


class Events:
    """Tells what has changed in some folders and below. When it cannot go on, `fault` says why."""

    def __init__(self, folders: Sequence[str]) -> None:
        self.fault: Fault | None = None
        self.has_begun = False
        self._patient_until = time.monotonic() + BEGINNING_SECONDS
        self._told: queue.SimpleQueue[frozenset[str] | Fault] = queue.SimpleQueue()
        self._process = child.start("trialpages.preview.watch.events_process")
        self._reader = threading.Thread(target=self._read, name="hear of changes", daemon=True)
        self._reader.start()
        if self._process.stdin is not None:
            # If it has ended already, the reader tells.
            with contextlib.suppress(OSError):
                self._process.stdin.write(json.dumps(list(folders)).encode() + b"\n")
                self._process.stdin.flush()

    def take(self, patience_seconds: float) -> frozenset[str]:
        """Return what has changed; wait this long for it at most."""
        found: set[str] = set()
        try:
            if self.fault is not None:
                time.sleep(patience_seconds)
                return frozenset()
            told = self._told.get(timeout=patience_seconds)
            while not self._is_end(told):
                found.update(_paths(told))
                told = self._told.get_nowait()
        except queue.Empty:
            if not self.has_begun and time.monotonic() > self._patient_until:
                self.fault = Fault(what="it takes too long to begin")
        return frozenset(found)

    def close(self) -> None:
        """End the process."""
        child.end(self._process)
        self._reader.join(child.PATIENCE_SECONDS)

    def _is_end(self, told: frozenset[str] | Fault) -> bool:
        self.has_begun = True
        if isinstance(told, Fault):
            self.fault = told
        return isinstance(told, Fault)

    def _read(self) -> None:
        last = Fault(what="the process that watches has ended")
        assert self._process.stdout is not None
        with self._process.stdout as lines, contextlib.suppress(OSError, ValueError):
            # A line that is cut off is the end as well.
            for line in lines:
                told = json.loads(line)
                if isinstance(told, dict):
                    last = Fault(what=str(told.get("fault")), number=told.get("number"))
                else:
                    self._told.put(frozenset(told))
        self._told.put(last)


def _paths(told: frozenset[str] | Fault) -> Iterable[str]:
    return () if isinstance(told, Fault) else told
