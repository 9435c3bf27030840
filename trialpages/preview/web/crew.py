"""A small crew of threads for work that may wait: as many as are needed at once, up to a number.

Unlike the standard library's, the threads end with the program even when one of them never comes back, as in a template
that loops for ever.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

Made = TypeVar("Made")


class Crew:
    """Runs functions in threads and hands out futures."""

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most
        self._waiting: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._free = 0
        self._is_ended = False

    def submit(self, work: Callable[[], Made]) -> Future[Made]:
        """Run a function soon; after the end nothing runs, and the future is cancelled."""
        future: Future[Made] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                made = work()
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(made)

        with self._lock:
            if self._is_ended:
                future.cancel()
                return future
            self._waiting.put(run)
            self._free -= 1
            if self._free < 0 and len(self._threads) < self._most:
                self._free += 1
                number = len(self._threads) + 1
                thread = threading.Thread(target=self._work, name=f"{self._name} {number}", daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def end(self, patience_seconds: float) -> None:
        """Let the threads end, and wait for them this long in all."""
        import time

        with self._lock:
            self._is_ended = True
            threads = list(self._threads)
        for _ in threads:
            self._waiting.put(None)
        end = time.monotonic() + patience_seconds
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (work := self._waiting.get()) is not None and not self._is_ended:
            work()
            with self._lock:
                self._free += 1
