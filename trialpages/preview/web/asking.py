"""Asking the site for pages without ever holding up the loop: in a crew of threads, one for each page and version.

Whoever asks for a page that is being made waits for the same one, unless the site has moved on since: then the page is
made anew, so nobody is given an older page than the moment of asking. A template that does not end is ended from
outside, and named: a render that takes longer than `LIMIT_SECONDS` is interrupted where it stands.
"""

from __future__ import annotations

import asyncio
import ctypes
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import FrameType
from typing import TypeVar

from trialpages.preview.answer import Answer
from trialpages.preview.web.crew import Crew
from trialpages.preview.web.served import ServedSite
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.digest import digest

THREADS = 32
LIMIT_SECONDS = 10.0

Made = TypeVar("Made")


class TakesTooLongError(BaseException):
    """Raised inside of a render that does not end; no template can catch it."""


@dataclass(slots=True)
class _Run:
    """One page being made."""

    future: Future[Answer | None] = field(default_factory=Future)
    began: float = 0.0
    thread: int = 0
    place: Span | None = None


class Asking:
    """The way to a site's pages for the loop."""

    def __init__(self, site: ServedSite, limit_seconds: float = LIMIT_SECONDS) -> None:
        self._site = site
        self._limit = limit_seconds
        self._crew = Crew("page", THREADS)
        self._running: dict[tuple[str, int], _Run] = {}
        self._lock = threading.Lock()

    async def answer(self, path: str) -> Answer | None:
        """Return what the site has at a path now. Raises whatever the site raises."""
        run = self._run(path)
        try:
            return await asyncio.shield(asyncio.wrap_future(run.future))
        except TakesTooLongError:
            # It was interrupted so late that nobody inside could say so.
            return _endless(path, run.place, self._limit)

    async def work(self, work: Callable[[], Made]) -> Made:
        """Run something else that may take a moment beside the loop."""
        return await asyncio.wrap_future(self._crew.submit(work))

    def end_what_takes_too_long(self) -> None:
        """Interrupt every render that has gone on for too long; to be called now and then."""
        now = time.monotonic()
        with self._lock:
            for run in self._running.values():
                if run.thread and run.place is None and now - run.began > self._limit:
                    run.place = _template_of(sys._current_frames().get(run.thread))
                    if run.place is not None:
                        _interrupt(run.thread)

    def end(self, patience_seconds: float) -> None:
        """End the threads; what does not end is interrupted."""
        with self._lock:
            for run in self._running.values():
                if run.thread:
                    _interrupt(run.thread)
        self._crew.end(patience_seconds)

    def _run(self, path: str) -> _Run:
        key = (path, self._site.version)
        with self._lock:
            run = self._running.get(key)
            if run is not None:
                return run
            run = self._running[key] = _Run()
            run.future = self._crew.submit(lambda: self._made(key, run))
            return run

    def _made(self, key: tuple[str, int], run: _Run) -> Answer | None:
        path = key[0]
        try:
            with self._lock:
                run.began, run.thread = time.monotonic(), threading.get_ident()
            return self._site.answer(path)
        except TakesTooLongError:
            return _endless(path, run.place, self._limit)
        finally:
            with self._lock:
                run.thread = 0
                self._running.pop(key, None)


def _endless(path: str, place: Span | None, limit: float) -> Answer:
    fault = _too_long(place or Span("templates"), path, limit)
    return Answer(path=path, url=path, content=b"", digest=digest(fault.what), faults=(fault,))


def _too_long(place: Span, path: str, limit: float) -> Diagnostic:
    what = f"The template had not ended after {limit:.0f} seconds on the page /{path}"
    return make("template-fault", what, place, "look for a loop that does not end near this line")


def _template_of(frame: FrameType | None) -> Span | None:
    """Return the line of the template that a thread is in; None outside of templates."""
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return Span(f"templates/{template.name}", template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return None


def _interrupt(thread: int) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TakesTooLongError))
