"""The threads behind the preview: they watch, take in what was saved, settle, and let the rest be made behind.

    watch   --batches-->  apply  --change-->  the loop nudges the pages that look different
                            |
                            +--> settle, when it is quiet or a list is asked for --change--> the loop again
                                    |
                                    +--> the whole site is made behind, by another process

Three threads, so that no save waits for a settling site and none is missed while another is taken in. No exception ends
a thread: it is told in the terminal as a fault of ours, and whatever was lost with it is looked for again among
everything.
"""

from __future__ import annotations

import datetime
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import Protocol

from trialpages.preview.batch import Batch
from trialpages.preview.web.served import ServedSite
from trialpages.preview.web.terminal import Terminal
from trialpages.words.fields import record

QUIET_SECONDS = 0.3
"""The site settles when nothing was saved for this long, or for as long as settling took the last time."""

LONGEST_QUIET_SECONDS = 3.0
"""A large site takes seconds to settle, and the next save would share the processor with that."""

READING_SECONDS = 1.0
"""Watching begins when the site has been read, or after this long: both at once would keep the first page waiting.
Then the site is looked through once more, for what was saved before it was watched."""

AGAIN_SECONDS = 1.0
LONGEST_AGAIN_SECONDS = 30.0
"""After a fault of ours the same is tried again after this long, and later and later while it lasts."""

DOING = {
    "watch": "the watching of files failed, and begins again",
    "apply": "a change could not be taken in, and is tried again",
    "settle": "the site could not be settled, and it is tried again",
}

DAY_SECONDS = 20.0
"""How often the calendar is looked at."""

Watch = Callable[[threading.Event], Iterator[Batch]]


@record
class Change:
    """Something that open pages may show: the files that were saved, and since when that is known (monotonic)."""

    paths: tuple[str, ...] = ()
    began: float = 0.0
    is_settled: bool = False


class MadeBehind(Protocol):
    """What makes the whole site behind the preview."""

    began: float
    """When the last making began (monotonic)."""

    def want(self) -> None:
        """Let the site be made soon."""

    def stop(self) -> None:
        """End it."""


class Work:
    """Keeps a site as it is on the disk."""

    def __init__(
        self,
        *,
        site: ServedSite,
        watch: Watch,
        behind: MadeBehind,
        terminal: Terminal,
        changed: Callable[[Change], None],
        today: Callable[[], datetime.date] | None = None,
        quiet_seconds: float = QUIET_SECONDS,
    ) -> None:
        self._site = site
        self._watch = watch
        self._behind = behind
        self._terminal = terminal
        self._changed = changed
        self._today = today
        self._day = today() if today else None
        self._shortest_quiet = self._quiet = quiet_seconds
        self._stop = threading.Event()
        self._batches: SimpleQueue[Batch | None] = SimpleQueue()
        self._unsettled = threading.Condition()
        self._has_unsettled = False
        self._wants_behind = False
        self._last = 0.0
        self.is_ready = threading.Event()
        self._threads = [
            threading.Thread(target=self._guarded, args=(name, work), name=name, daemon=True)
            for name, work in (
                ("watch", self._watching),
                ("apply", self._applying),
                ("settle", self._settling),
            )
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self, patience_seconds: float) -> None:
        """End the threads and what is made behind, and wait for them this long in all."""
        self._stop.set()
        self._batches.put(None)
        with self._unsettled:
            self._unsettled.notify_all()
        self._behind.stop()
        end = time.monotonic() + patience_seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))

    def look_through(self) -> None:
        """Look at everything again."""
        self._batches.put(Batch(is_everything=True))

    def _guarded(self, name: str, work: Callable[[], None]) -> None:
        failed = 0
        while not self._stop.is_set():
            try:
                work()
            except Exception:
                failed += 1
                self._terminal.ours(DOING[name], traceback.format_exc())
                self._stop.wait(min(AGAIN_SECONDS * 2 ** (failed - 1), LONGEST_AGAIN_SECONDS))

    def _watching(self) -> None:
        self.is_ready.wait(READING_SECONDS)
        is_watching = False
        for batch in self._watch(self._stop):
            if not is_watching:
                # Nobody knows what was saved before, or while an earlier watching was interrupted.
                is_watching = True
                self.look_through()
            if batch.paths or batch.is_everything:
                self._batches.put(batch)
        if not self._stop.is_set():
            self._stop.wait(AGAIN_SECONDS)

    def _applying(self) -> None:
        failed = 0
        batch = Batch()
        while not self._stop.is_set():
            try:
                if self.is_ready.is_set():
                    self._apply(Batch(paths=batch.paths, is_everything=batch.is_everything or failed > 0))
                else:
                    self._open()
                failed = 0
            except Exception:
                failed += 1
                self._terminal.ours(DOING["apply"], traceback.format_exc())
            batch = self._next(
                min(AGAIN_SECONDS * 2 ** (failed - 1), LONGEST_AGAIN_SECONDS) if failed else None
            )

    def _open(self) -> None:
        self._site.open()
        self.is_ready.set()
        self._changed(Change())
        self._touched()

    def _apply(self, batch: Batch) -> None:
        began = time.monotonic()
        self._site.apply(batch)
        self._touched()
        self._changed(Change(paths=tuple(sorted(batch.paths)), began=began))

    def _next(self, seconds: float | None) -> Batch:
        """Wait for the next batch, at most this long, and return all that has come meanwhile as one."""
        try:
            first = self._batches.get(timeout=seconds)
        except Empty:
            return Batch()
        return self._with_waiting(first) if first is not None else Batch()

    def _with_waiting(self, first: Batch) -> Batch:
        """Return one batch of all that has come meanwhile."""
        found = [first]
        try:
            while True:
                batch = self._batches.get_nowait()
                if batch is None:
                    self._batches.put(None)
                    break
                found.append(batch)
        except Empty:
            pass
        paths = frozenset().union(*(each.paths for each in found))
        return Batch(paths=paths, is_everything=any(each.is_everything for each in found))

    def settle_again(self) -> None:
        """Settle once more, with what was made behind; nothing has to be made behind for that."""
        with self._unsettled:
            self._has_unsettled = True
            self._unsettled.notify_all()

    def _touched(self) -> None:
        with self._unsettled:
            self._wants_behind = True
            self._last = time.monotonic()
            self._has_unsettled = True
            self._unsettled.notify_all()

    def _settling(self) -> None:
        while not self._stop.is_set():
            self._turn_of_day()
            with self._unsettled:
                if not self._has_unsettled:
                    self._unsettled.wait(DAY_SECONDS)
                    continue
                left = self._last + self._quiet - time.monotonic()
                if left > 0:
                    self._unsettled.wait(left)
                    continue
                self._has_unsettled = False
                wants_behind, self._wants_behind = self._wants_behind, False
            began = time.monotonic()
            try:
                self._site.settle()
            except Exception:
                self._touched()
                raise
            self._quiet = min(max(self._shortest_quiet, time.monotonic() - began), LONGEST_QUIET_SECONDS)
            self._changed(Change(is_settled=True))
            if wants_behind:
                self._behind.want()

    def _turn_of_day(self) -> None:
        if self._today is None or not self.is_ready.is_set():
            return
        day = self._today()
        if day != self._day:
            self._site.on_day(day)
            self._day = day
            self._terminal.say(f"it is {day.isoformat()} now, and so on the pages")
            self._touched()
