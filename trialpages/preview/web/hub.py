"""The hub: between the open pages, the site in memory, and the threads that keep it; on the loop, it only hands on."""

from __future__ import annotations

import asyncio
import datetime
import time
import traceback
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from trialpages.preview.web.asking import Asking
from trialpages.preview.web.base import base_path, may_move
from trialpages.preview.web.channel import Channel
from trialpages.preview.web.served import ServedSite
from trialpages.preview.web.state import Look, look_of, page_state, sight
from trialpages.preview.web.terminal import Terminal
from trialpages.preview.web.veil import Veil
from trialpages.preview.web.work import Change, MadeBehind, Watch, Work
from trialpages.read.sources import relative
from trialpages.stages.options import Options
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.fields import record

NOT_FOUND = "404.html"

OPEN_PAGES_SECONDS = 2.0
"""The line of a batch waits at most this long for the open pages that it concerns."""


@record
class Wishes:
    """What the command line asks of a preview, besides what it shows."""

    host: str
    opens_browser: bool = False
    follows_day: bool = False


@record
class Parts:
    """What the preview is put together from; a test puts in its own."""

    site: ServedSite
    watch: Watch
    behind: MadeBehind
    page_facts: Callable[[Any, str, Sequence[Diagnostic]], dict[str, Any]]
    open_in_editor: Callable[..., str | None]


class Preview:
    """A running preview, as its handlers see it."""

    def __init__(
        self,
        options: Options,
        wishes: Wishes,
        terminal: Terminal,
        port: int,
        assembled: Callable[[Preview], Parts],
    ) -> None:
        self.wishes = wishes
        self.terminal = terminal
        self.base = base_path(options)
        self.veil = Veil(options)
        self.channel = Channel()
        self.made_behind: tuple[Diagnostic, ...] = ()
        """What the making of the whole site has found beyond what the site itself knows."""
        self.progress_behind: str | None = None
        self._saved: dict[str, float] = {}
        """When it was last known that a file was saved (monotonic)."""
        self._options = options
        self._parts = parts = assembled(self)
        self.asking = Asking(parts.site)
        self._site = parts.site
        self._port = port
        self._content = relative(options.directory, options.content)
        self._ready = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._telling = asyncio.Lock()
        self._sights: dict[str, str] = {}
        """What was last shown of each page that is open."""
        self.work = Work(
            site=parts.site,
            watch=parts.watch,
            behind=parts.behind,
            terminal=terminal,
            changed=self.changed,
            today=_today if wishes.follows_day else None,
        )

    async def is_ready(self, seconds: float) -> bool:
        """Say whether the site has been read, after waiting for it at most this long."""
        if not self._ready.is_set():
            try:
                await asyncio.wait_for(self._ready.wait(), seconds)
            except TimeoutError:
                return False
        return True

    def progress(self) -> str | None:
        """Say how far the reading is; None when it is done."""
        return self.progress_behind or self._site.progress()

    def port_of(self, host: str) -> int:
        """Return the port that a browser knows, which is another one behind a forwarded port."""
        try:
            return urlsplit(f"//{host}").port or 80
        except ValueError:
            return self._port

    async def look(self, path: str) -> Look:
        """Return how a path from the site's root answers now."""
        answer = await self.asking.answer(path)
        return look_of(answer, None if answer else await self.asking.answer(NOT_FOUND))

    async def state(self, page: str) -> dict[str, Any]:
        """Return the state of a page, as `/__preview/state` sends it."""
        version = self._site.version
        look = await self.look(page.removesuffix("index.html"))

        def made() -> dict[str, Any]:
            return page_state(
                version=version,
                page=page,
                look=look,
                diagnostics=self.diagnostics(),
                progress=self.progress(),
                base=self.base,
                content=self._content,
                veil=self.veil.over,
            )

        return await self.asking.work(made)

    def diagnostics(self) -> Sequence[Diagnostic]:
        """Return all that is wrong with the content now."""
        return (*self._site.diagnostics(), *self.made_behind)

    async def page_facts(self, page: str) -> dict[str, Any]:
        """Return what the editor's panel says of a page."""
        return await self.asking.work(lambda: self._parts.page_facts(self._site, page, self.made_behind))

    async def open_in_editor(self, path: str, line: int | None) -> str | None:
        """Open a file of the site in the editor; return why not."""
        directory = self._options.directory
        return await self.asking.work(lambda: self._parts.open_in_editor(directory, path, line))

    def changed(self, change: Change) -> None:
        """Take note, in any thread, that the site has changed."""
        saved = {relative(self._options.directory, Path(path)) for path in change.paths}
        self._saved |= dict.fromkeys(saved, time.monotonic())
        self.made_behind = tuple(each for each in self.made_behind if each.span.path not in saved)
        if may_move(self._options, change.paths):
            self.base = base_path(self._options, self.base)
        try:
            self._loop.call_soon_threadsafe(self._begin, change)
        except RuntimeError:
            # The loop has ended meanwhile.
            return

    def _begin(self, change: Change) -> None:
        self._ready.set()
        self._keep(self._tell(change))

    def _keep(self, work: Coroutine[None, None, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            trace = "".join(traceback.format_exception(error))
            self.terminal.ours("the open pages could not be told of a change", trace)

    async def _tell(self, change: Change) -> None:
        """Nudge the pages that look different now, and say in the terminal what was done."""
        pages = self.channel.pages()
        self._sights = {page: seen for page, seen in self._sights.items() if page in pages}
        tasks = {asyncio.create_task(self._tell_page(page)): page for page in pages}
        moved: list[str] = []
        if tasks:
            done, _waiting = await asyncio.wait(tasks, timeout=OPEN_PAGES_SECONDS)
            moved = sorted(f"/{tasks[task]}" for task in done if task.result())
        if change.paths:
            files = [relative(self._options.directory, Path(path)) for path in change.paths]
            self.terminal.batch(files, moved, time.monotonic() - change.began)
        async with self._telling:
            await self.asking.work(lambda: self.terminal.faults(self.diagnostics()))

    def behind_progress(self, said: str | None) -> None:
        """Take note, in any thread, of how far the making of the whole site is; None when it is done."""
        self.progress_behind = said

    def behind_done(self, found: Sequence[Diagnostic]) -> None:
        """Take note, in any thread, of what the making of the whole site has found, and of its files."""
        self.progress_behind = None
        known = frozenset(self._site.diagnostics())
        began = self._parts.behind.began
        # A file that was saved since may be mended: it is made once more, and that will tell.
        self._saved = {path: moment for path, moment in self._saved.items() if moment >= began}
        self.made_behind = tuple(
            each for each in found if each not in known and each.span.path not in self._saved
        )
        self.work.settle_again()

    def opened(self, page: str) -> None:
        """Take note of how a page stands as somebody opens it."""
        if self._ready.is_set() and page not in self._sights:
            self._keep(self._note(page))

    async def _note(self, page: str) -> None:
        seen = sight(await self.state(page))
        self._sights.setdefault(page, seen)

    async def _tell_page(self, page: str) -> bool:
        """Nudge the connections that were not told of how a page stands now; say whether it has moved."""
        state = await self.state(page)
        seen = sight(state)
        has_moved = self._sights.get(page, seen) != seen
        self._sights[page] = seen
        for each in self.channel.pages().get(page, ()):
            # One that was never told may have loaded the page before the change: it is told once too often.
            if each.seen != seen:
                each.seen = seen
                each.nudge(state["styles"])
        return has_moved


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()
