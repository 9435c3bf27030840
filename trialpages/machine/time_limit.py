"""A limit of time for work in Python that might never end, such as a template with a loop.

In a process's main thread the system's alarm ends the work; in any other thread, and on Windows, a watching thread does.
Both can only end Python: one call of a library that never returns is not ended. What is ended raises `TimeLimitError`
where it was just then, so a traceback tells the place; and raises it again a moment later where that was swallowed.

Limits may stand in one another: whichever is over first ends the work. Nothing is left behind: neither an alarm, nor
another's alarm changed, nor an error that comes after the end of its block.
"""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import Any

AGAIN_SECONDS = 1.0
"""After this long the error is raised again, if the work still goes on: it was swallowed, or another limit is over too."""

IDLE_SECONDS = 1.0
"""So long the watching thread stays when there is nothing to watch."""


class TimeLimitError(Exception):
    """Work took longer than it may."""


class time_limit:  # noqa: N801 - it is used like a function, and written like the standard library's
    """Limits the time that a block may take, in seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._guard: _Alarm | _Watch = _watch

    def __enter__(self) -> None:
        is_main = threading.current_thread() is threading.main_thread()
        self._guard = _alarm if is_main and hasattr(signal, "setitimer") else _watch
        self._guard.begin(self, time.monotonic() + self._seconds)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while True:
            try:
                self._guard.end(self)
            except TimeLimitError:
                # It comes too late: the work is done.
                continue
            return


class _Alarm:
    """Limits in the main thread, by the system's alarm."""

    def __init__(self) -> None:
        self._ends: dict[time_limit, float] = {}
        self._handler: Any = None
        self._others: tuple[float, float] = (0.0, 0.0)
        self._began = 0.0

    def begin(self, limit: time_limit, end: float) -> None:
        if not self._ends:
            self._began = time.monotonic()
            self._handler = signal.signal(signal.SIGALRM, self._ring)
            self._others = signal.setitimer(signal.ITIMER_REAL, 0)
        self._ends[limit] = end
        self._set()

    def end(self, limit: time_limit) -> None:
        self._ends.pop(limit, None)
        if self._ends:
            self._set()
        elif self._handler is not None:
            left, interval = self._others
            if left:
                left = max(left - (time.monotonic() - self._began), 1e-6)
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._handler)
            signal.setitimer(signal.ITIMER_REAL, left, interval)
            self._handler = None

    def _set(self) -> None:
        left = min(self._ends.values()) - time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, max(left, 1e-6), AGAIN_SECONDS)

    def _ring(self, _number: int, frame: FrameType | None) -> None:
        # Between the end of a block and that of its limit there is nothing to end.
        if frame is not None and frame.f_code.co_filename == __file__:
            return
        if self._ends and min(self._ends.values()) <= time.monotonic():
            raise TimeLimitError


class _Watch:
    """Limits in any thread, watched by a thread that ends when there is nothing to watch."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._ends: dict[time_limit, tuple[float, int]] = {}
        self._thread: threading.Thread | None = None

    def begin(self, limit: time_limit, end: float) -> None:
        with self._changed:
            self._ends[limit] = (end, threading.get_ident())
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="time limit", daemon=True)
                self._thread.start()
            self._changed.notify()

    def end(self, limit: time_limit) -> None:
        with self._changed:
            self._ends.pop(limit, None)

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._ends and not self._changed.wait(IDLE_SECONDS) and not self._ends:
                    self._thread = None
                    return
                now = time.monotonic()
                for limit, (end, thread) in list(self._ends.items()):
                    if end <= now:
                        self._ends[limit] = (now + AGAIN_SECONDS, thread)
                        _raise_in(thread)
                if self._ends:
                    self._changed.wait(max(min(end for end, _ in self._ends.values()) - now, 0.001))


def _raise_in(thread: int) -> None:
    """Raise the error in a thread as soon as it runs Python, unless it is just leaving its block."""
    frame = sys._current_frames().get(thread)
    if frame is not None and frame.f_code.co_filename not in (__file__, threading.__file__):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TimeLimitError))


_alarm = _Alarm()
_watch = _Watch()
