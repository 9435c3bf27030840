"""A preview that says what a test has told it: pages from a folder, with edits, and what is said of them.

It speaks as `trialpages.preview.web.server` does, so that the client can be tried in states that a real site reaches
only by chance: a nudge in the middle of an update, a connection that cannot be made, a page that cannot be made.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import livereload
from livereload.handlers import LiveReloadHandler
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

import trialpages.preview
from trialpages.pages.security_policy import HEADER_POLICY

CLIENT = Path(trialpages.preview.__path__[0]) / "client"
LIVERELOAD = Path(livereload.__path__[0]) / "vendors" / "livereload.js"
NO_FACTS: dict[str, Any] = {
    "page": {"path": "", "url": "", "kind": "page", "title": "A made-up page", "trial": None},
    "blocks": [],
    "faults": [],
    "drift": None,
    "depends": {
        "files": [],
        "shared": [],
        "templates": [],
        "trials": [],
        "trials_hidden": 0,
        "settings": [],
        "parts": [],
    },
    "reason": {"said": "", "files": [], "parts": []},
    "made": {"version": 1, "digest": "", "is_provisional": False, "bytes": 0},
}


class ToldPreview:
    """What the server shows; a test changes it and nudges."""

    def __init__(self, folder: Path, base: str) -> None:
        self.folder = folder
        self.base = base
        self.address = ""
        self.files: dict[str, bytes] = {}
        """Files that differ from those of the folder."""
        self.version = 1
        self.here: list[dict[str, Any]] = []
        self.elsewhere: list[dict[str, Any]] = []
        self.hidden = 0
        self.broken = False
        """Whether pages cannot be made."""
        self.progress: str | None = None
        self.facts: dict[str, Any] = NO_FACTS
        self.opens = True
        self.opened: list[Any] = []
        self.connects = True
        self.asked: list[str] = []
        """What the client asked for, in order."""
        self.in_flight = self.most_in_flight = 0
        """How many pages the client is waiting for, and the most that it ever waited for."""
        self.named = "*"
        """What a nudge names: the addresses of style sheets, or everything."""
        self.hold: Callable[[], None] = lambda: None
        """Called between the making of a page and its sending to the client."""
        self.waiting: set[Any] = set()
        self.loop: asyncio.AbstractEventLoop | None = None

    def read(self, path: str) -> bytes | None:
        """Return a file of the site; a folder's is its page."""
        if not path or path.endswith("/"):
            path += "index.html"
        if path in self.files:
            return self.files[path]
        file = self.folder / path
        return file.read_bytes() if file.is_file() else None

    def edit(self, path: str, *changes: tuple[str, str], count: int = 1) -> None:
        """Change a file's text; what is changed must be there. The page hears of it."""
        text = (self.read(path) or b"").decode()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, count)
        self.files[path + "index.html" if not path or path.endswith("/") else path] = text.encode()
        self.nudge()

    def nudge(self) -> None:
        """Tell the pages that something has changed."""
        self.version += 1

        def tell() -> None:
            for each in list(self.waiting):
                each.write_message(
                    {"command": "reload", "path": self.named, "liveCSS": False, "liveImg": False}
                )

        assert self.loop
        self.loop.call_soon_threadsafe(tell)

    def look(self, path: str) -> tuple[int, bytes, str]:
        """Return how a page answers: status, content, digest."""
        content = self.read(path)
        status = 404 if content is None else 500 if self.broken else 200
        content = (
            content
            if status == 200 and content is not None
            else b"<!doctype html><body><main>made up</main></body>"
        )
        return status, content, hashlib.sha256(f"{status}".encode() + content).hexdigest()[:12]

    def state(self, path: str) -> dict[str, Any]:
        """Return what the client is told of a page."""
        status, _, digest = self.look(path)
        every = [*self.here, *self.elsewhere]
        counts = {
            name: sum(fault["severity"] == name for fault in every) for name in ("error", "warning", "note")
        }
        return {
            "version": self.version,
            "page": {"path": path, "url": path, "digest": digest, "status": status, "is_provisional": False},
            "faults": {
                "here": self.here,
                "elsewhere": self.elsewhere,
                "counts": counts,
                "hidden": self.hidden,
            },
            "progress": self.progress,
            "base": self.base,
        }


class _Nudges(LiveReloadHandler):  # type: ignore[misc]
    def initialize(self, told: ToldPreview) -> None:
        self.told = told

    def prepare(self) -> None:
        if not self.told.connects:
            self.set_status(403)
            self.finish()

    def on_message(self, message: str) -> None:
        said = json.loads(message)
        if said["command"] == "hello":
            super().on_message(message)
        else:
            self.told.waiting.add(self)

    def on_close(self) -> None:
        self.told.waiting.discard(self)


class _Answers(RequestHandler):
    def initialize(self, told: ToldPreview) -> None:
        self.told = told

    async def get(self, path: str) -> None:
        told = self.told
        self.set_header("Cache-Control", "no-store")
        page = self.get_query_argument("page", "")
        if path == "__preview/state":
            told.asked.append("state")
            self.finish(told.state(page))
        elif path == "__preview/panel":
            self.finish(told.facts)
        elif path.startswith("__preview/") or path == "livereload.js":
            file = LIVERELOAD if path == "livereload.js" else CLIENT / path.removeprefix("__preview/")
            self._send(file.name, file.read_bytes())
        elif path == "favicon.ico":
            self.set_status(204)
        else:
            await self._site(path.removeprefix(told.base.strip("/")).removeprefix("/"))

    async def _site(self, path: str) -> None:
        told = self.told
        if path and not path.endswith("/"):
            self._send(path, told.read(path) or b"")
            return
        status, content, digest = told.look(path)
        if self.request.headers.get("Sec-Fetch-Mode") != "navigate":
            told.asked.append("page")
            told.in_flight += 1
            told.most_in_flight = max(told.most_in_flight, told.in_flight)
            await asyncio.get_running_loop().run_in_executor(None, told.hold)
            told.in_flight -= 1
        self.set_status(status)
        self.set_header("Content-Security-Policy", HEADER_POLICY)
        port = self.request.host.rpartition(":")[2]
        tags = (
            f'<script src="/livereload.js?port={port}&amp;mindelay=100&amp;maxdelay=1000"></script>'
            f'<script type="module" src="/__preview/client.js" data-base="{told.base}" data-digest="{digest}"></script>'
        )
        self._send("index.html", content.replace(b"</body>", f"{tags}</body>".encode()))

    def post(self, path: str) -> None:
        assert path == "__preview/open" and self.request.headers["X-Trialpages-Preview"] == "1"
        self.told.opened.append(json.loads(self.request.body))
        self.set_status(204 if self.told.opens else 409)
        self.finish()

    def _send(self, name: str, content: bytes) -> None:
        kind = {".js": "text/javascript"}.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
        self.set_header("Content-Type", kind or "application/octet-stream")
        self.finish(content)


@contextmanager
def previewing(folder: Path, base: str = "/") -> Iterator[ToldPreview]:
    """Serve a built site as a preview, on a free port of this machine."""
    told = ToldPreview(folder, base)
    ready = threading.Event()
    stop: list[Callable[[], object]] = []

    def run() -> None:
        async def serve() -> None:
            told.loop = asyncio.get_running_loop()
            ended = asyncio.Event()
            stop.append(lambda: told.loop and told.loop.call_soon_threadsafe(ended.set))
            server = HTTPServer(
                Application(
                    [
                        ("/livereload", _Nudges, {"told": told}),
                        ("/(.*)", _Answers, {"told": told}),
                    ],
                    log_function=lambda _handler: None,
                )
            )
            [listening] = bind_sockets(0, "127.0.0.1")
            server.add_sockets([listening])
            told.address = f"http://127.0.0.1:{listening.getsockname()[1]}{base}"
            ready.set()
            await ended.wait()
            server.stop()
            await server.close_all_connections()

        asyncio.run(serve())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield told
    finally:
        stop[0]()
        thread.join(10)
