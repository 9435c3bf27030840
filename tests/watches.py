"""A watch for tests: it gathers what a watcher tells, and waits for it with patience."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from sites import options

from trialpages.preview.batch import Batch
from trialpages.preview.watch.watching import batches

PATIENCE_SECONDS = 30.0


class Watch:
    """Watches a site in a thread while the block runs."""

    def __init__(self, site: Path, *, poll: bool = False) -> None:
        self.site = site
        self.batches: list[Batch] = []
        self.said: list[str] = []
        self.fault: BaseException | None = None
        self._poll = poll
        self._stop = threading.Event()
        self._heard = threading.Condition()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        self.wait(lambda: bool(self.batches))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()
        assert self.fault is None

    def _run(self) -> None:
        try:
            for batch in batches(options(self.site), self._stop, poll=self._poll, say=self.said.append):
                with self._heard:
                    self.batches.append(batch)
                    self._heard.notify_all()
        except BaseException as error:  # It is the test's to judge.
            self.fault = error
            with self._heard:
                self._heard.notify_all()

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so; fail when it never is."""
        end = time.monotonic() + PATIENCE_SECONDS
        with self._heard:
            while not is_so():
                assert self.fault is None, self.fault
                assert time.monotonic() < end, f"only this was told: {sorted(self.told())}, said: {self.said}"
                self._heard.wait(0.2)

    def told(self) -> set[str]:
        """Return all that was told so far, relative to the site."""
        return {
            Path(path).relative_to(self.site).as_posix()
            for batch in self.batches
            for path in batch.paths
            if Path(path).is_relative_to(self.site)
        }

    def until(self, *paths: str) -> None:
        """Wait until all of these paths were told."""
        self.wait(lambda: set(paths) <= self.told())

    def forget(self) -> None:
        """Forget what was told so far."""
        with self._heard:
            self.batches.clear()
