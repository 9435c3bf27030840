"""A preview of a made-up site in memory, served by the real server in this process, and raw requests to it."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import http.client
import json
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sites import options

from trialpages.preview.answer import Answer
from trialpages.preview.batch import Batch
from trialpages.preview.web.hub import Parts, Preview, Wishes
from trialpages.preview.web.listening import listen
from trialpages.preview.web.server import Place, run
from trialpages.preview.web.terminal import Terminal
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.digest import digest

PATIENCE_SECONDS = 20.0


def until(is_so: Callable[[], object], what: str) -> None:
    """Wait until something is so; fail when it never is."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.005)


class MadeUpSite:
    """Files by path, as `LiveSite` answers them; a test may change them, or let a method fail or wait."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.faults: list[Diagnostic] = []
        self.page_faults: dict[str, tuple[Diagnostic, ...]] = {}
        self.version = 1
        self.applied: list[Batch] = []
        self.settled = 0
        self.days: list[datetime.date] = []
        self.on_open: Callable[[], object] = lambda: None
        self.on_apply: Callable[[Batch], object] = lambda batch: None
        self.on_answer: Callable[[str], object] = lambda path: None
        self.asked: list[str] = []
        self.said: str | None = None

    def open(self) -> None:
        self.on_open()

    def apply(self, batch: Batch) -> None:
        self.on_apply(batch)
        self.applied.append(batch)
        self.version += 1

    def settle(self) -> bool:
        self.settled += 1
        return False

    def on_day(self, today: datetime.date) -> None:
        self.days.append(today)

    def answer(self, path: str) -> Answer | None:
        self.asked.append(path)
        self.on_answer(path)
        file = f"{path}index.html" if path == "" or path.endswith("/") else path
        faults = self.page_faults.get(file, ())
        if file not in self.files and not faults:
            return None
        content = self.files.get(file, "").encode()
        url = file.removesuffix("index.html") if file.endswith("index.html") else ""
        return Answer(path=file, url=url, content=content, digest=digest(content), faults=faults)

    def diagnostics(self) -> list[Diagnostic]:
        return self.faults

    def progress(self) -> str | None:
        return self.said


class Got(NamedTuple):
    """An answer, read to its end."""

    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> str | None:
        return dict(self.headers).get(name)


class Behind:
    """Counts how often the whole site was wanted."""

    def __init__(self) -> None:
        self.wanted = 0
        self.is_stopped = False

    began = 0.0

    def want(self) -> None:
        self.wanted += 1

    def stop(self) -> None:
        self.is_stopped = True


class Running:
    """A preview that runs in a thread of this process."""

    def __init__(self, directory: Path, site: MadeUpSite, host: str = "127.0.0.1", **changes: Any) -> None:
        self.site = site
        self.host = host
        self.behind = Behind()
        self.saved: queue.SimpleQueue[Batch] = queue.SimpleQueue()
        self.said = ""
        self.opened: list[tuple[str, int | None]] = []
        self.preview: Preview | None = None
        self._interrupted = threading.Event()
        sockets, self.port = listen(host, 0)
        place = Place(sockets=sockets, address="")
        made = options(directory, **changes)
        terminal = Terminal(self._say)
        wishes = Wishes(host=host)
        self._thread = threading.Thread(
            target=lambda: run(made, wishes, terminal, place, self._parts, self._interrupted)
        )
        self._thread.start()

    def _say(self, text: str) -> None:
        self.said += text

    def _parts(self, preview: Preview) -> Parts:
        self.preview = preview
        return Parts(
            site=self.site,
            watch=self._watch,
            behind=self.behind,
            page_facts=lambda site, page, made_behind: {"page": page},
            open_in_editor=self._open,
        )

    def _watch(self, stop: threading.Event) -> Iterator[Batch]:
        yield Batch()
        while not stop.is_set():
            with contextlib.suppress(queue.Empty):
                yield self.saved.get(timeout=0.02)

    def _open(self, directory: Path, path: str, line: int | None) -> str | None:
        self.opened.append((path, line))
        return None if path.startswith("content/") else f"{directory}/{path} is no file of the site"

    def get(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None, body: str | None = None
    ) -> Got:
        """Send a request as it stands."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.putrequest(method, path, skip_host="Host" in (headers or {}))
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body.encode() if body is not None else None)
            answer = connection.getresponse()
            return Got(answer.status, answer.getheaders(), answer.read().decode())
        finally:
            connection.close()

    def state(self, page: str = "") -> Any:
        return json.loads(self.get(f"/__preview/state?page={page}").text)

    def save(self, *paths: str) -> None:
        """Tell of saved files."""
        self.saved.put(Batch(paths=frozenset(paths)))

    def stop(self) -> None:
        self._interrupted.set()
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()


@contextlib.contextmanager
def running(directory: Path, site: MadeUpSite, **changes: Any) -> Iterator[Running]:
    """Run a preview for the length of a block."""
    made = Running(directory, site, **changes)
    try:
        yield made
    finally:
        made.stop()


class Page:
    """An open page, as livereload's script connects it."""

    def __init__(
        self, preview: Running, page: str, origin: str | None = None, host: str | None = None
    ) -> None:
        from tornado.httpclient import HTTPRequest
        from tornado.websocket import websocket_connect

        self.messages: queue.SimpleQueue[str | bytes | None] = queue.SimpleQueue()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        own = f"127.0.0.1:{preview.port}"
        request = HTTPRequest(
            f"ws://{own}/livereload", headers={"Origin": origin or f"http://{own}", "Host": host or own}
        )

        async def connect() -> Any:
            return await websocket_connect(request, on_message_callback=self.messages.put)

        self.socket = self._run(connect())
        self.say({"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]})
        assert json.loads(self.next())["command"] == "hello"
        self.say({"command": "info", "plugins": {}, "url": f"http://{own}/{page}"})
        until(lambda: preview.preview and page in preview.preview.channel.pages(), f"/{page} never opened")

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_SECONDS)

    def say(self, message: Any) -> None:
        async def write() -> None:
            await self.socket.write_message(message if isinstance(message, str) else json.dumps(message))

        self._run(write())

    def next(self) -> str:
        message = self.messages.get(timeout=PATIENCE_SECONDS)
        return message if isinstance(message, str) else ""

    def close(self) -> None:
        async def close() -> None:
            self.socket.close()
            await self._loop.shutdown_default_executor()

        self._run(close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_SECONDS)
