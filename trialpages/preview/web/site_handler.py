"""The handlers of the preview: the site at the addresses of production, and the preview's own under `/__preview/`.

No handler works on the loop: whatever takes time is asked for in a crew of threads. No answer is kept by a browser, none
goes to a page of another site, none tells an absolute path. A browser that does not read its answer is let go.
"""

from __future__ import annotations

import asyncio
import json
import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tornado.iostream import StreamClosedError
from tornado.web import Finish, HTTPError, RequestHandler

from trialpages.pages.headers import headers_for
from trialpages.preview.answer import Answer
from trialpages.preview.web.added import (
    POLICY,
    faulty_page,
    missing_page,
    scripts,
    waiting_page,
    with_scripts,
)
from trialpages.preview.web.channel import local_address
from trialpages.preview.web.hosts import is_own, is_same_origin
from trialpages.preview.web.hub import NOT_FOUND
from trialpages.preview.web.state import Look
from trialpages.preview.web.wanted import Elsewhere, folder_address, wanted

if TYPE_CHECKING:
    from trialpages.preview.web.hub import Preview

CLIENT = Path(__file__).parent.parent / "client"
CLIENT_FILE = re.compile(r"[a-z][a-z0-9-]*\.(?:js|css|svg)")
SEND_SECONDS = 30.0
"""A browser that takes longer to read an answer is let go."""

READY_SECONDS = 5.0
"""A request waits this long for the site to be read; then the page says how far that is."""

OWN_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Handler(RequestHandler):
    """What all handlers share: who is answered, and what becomes of faults of ours."""

    SUPPORTED_METHODS: tuple[str, ...] = ("GET", "HEAD", "POST")

    def initialize(self, preview: Preview) -> None:
        """Take the running preview."""
        self.preview = preview

    def set_default_headers(self) -> None:
        """Set what every answer has."""
        self.clear_header("Server")
        for name, value in OWN_HEADERS.items():
            self.set_header(name, value)

    async def prepare(self) -> None:
        """Refuse who does not mean this preview, and what a page of another site asks for."""
        host = self.request.headers.get("Host", "")
        if not is_own(host, self.preview.wishes.host, local_address(self)):
            self._refuse("This preview answers only at its own address.")
        headers = self.request.headers
        is_of_others = headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        if is_of_others and headers.get("Sec-Fetch-Mode") != "navigate":
            self._refuse("This preview answers only its own pages.")

    def compute_etag(self) -> None:
        """Give no tag: nothing is kept."""

    async def respond(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        """Send an answer; whoever does not read it in time is let go."""
        self.set_status(status)
        for name, value in headers.items():
            self.set_header(name, value)
        try:
            await asyncio.wait_for(self.finish(content), SEND_SECONDS)
        except StreamClosedError:
            return
        except TimeoutError:
            self.close_connection()

    def close_connection(self) -> None:
        """Hang up."""
        stream = getattr(self.request.connection, "stream", None)
        if stream is not None:
            stream.close()

    async def send_json(self, found: object) -> None:
        """Send plain data."""
        text = self.preview.veil.over(json.dumps(found, ensure_ascii=False))
        await self.respond(
            200, text.encode("utf-8", "replace"), {"Content-Type": "application/json; charset=utf-8"}
        )

    def write_error(self, status_code: int, **_facts: Any) -> None:
        """Say only what kind of fault it is; the terminal has the rest."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        if status_code == 405:
            self.set_header("Allow", "GET, HEAD")
        self.finish(f"{status_code} {self._reason}\n")

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Say in the terminal what went wrong here; a browser that hangs up is its right."""
        if not isinstance(error, (HTTPError, StreamClosedError)):
            doing = f"the answer to {self.request.path} failed"
            self.preview.terminal.ours(doing, "".join(traceback.format_exception(kind, error, trace)))

    def _refuse(self, why: str) -> None:
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{why}\n")
        raise Finish


class SiteHandler(Handler):
    """A file of the site, at the address that it will have in production."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    async def head(self) -> None:
        """Answer like GET; Tornado leaves the body out."""
        await self.get()

    async def get(self) -> None:
        """Send a file, a redirect to the folder's address, or the site's own 404 page."""
        if not await self.preview.is_ready(READY_SECONDS):
            page = waiting_page(self.preview.progress())
            await self.respond(503, page, {"Content-Type": "text/html; charset=utf-8", "Retry-After": "1"})
            return
        base = self.preview.base
        found = wanted(self.request.path, base)
        if isinstance(found, Elsewhere):
            self._lead(found.address)
            return
        look = await self.preview.look(found.path if found else NOT_FOUND)
        if found is None:
            look = Look(status=404, answer=look.answer, digest=look.digest)
        elif look.status == 404 and found.path and not found.path.endswith("/"):
            folder = await self.preview.look(f"{found.path}/")
            if folder.status != 404:
                self._lead(folder_address(found.path, base))
                return
        await self._send(look)

    def _lead(self, address: str) -> None:
        query = f"?{self.request.query}" if self.request.query else ""
        self.redirect(f"{address}{query}", permanent=False)

    async def _send(self, look: Look) -> None:
        answer = look.answer or Answer(path=NOT_FOUND, url="", content=missing_page(), digest="")
        content = answer.content
        if look.status == 500:
            content = self.preview.veil.over(faulty_page(answer.faults).decode()).encode()
        headers = {
            **headers_for(answer.path if look.status != 500 else NOT_FOUND),
            "Cache-Control": "no-store",
        }
        if headers["Content-Type"].startswith("text/html"):
            port = self.preview.port_of(self.request.host)
            content = with_scripts(content, scripts(port, self.preview.base, look.digest))
        self.clear_header("Cross-Origin-Resource-Policy")
        await self.respond(look.status, content, headers)


class StateHandler(Handler):
    """How a page is now."""

    SUPPORTED_METHODS = ("GET",)

    async def get(self) -> None:
        """Send the state of the page that the query names; a client tries again while the site is read."""
        if not await self.preview.is_ready(READY_SECONDS):
            raise HTTPError(503)
        await self.send_json(await self.preview.state(self.get_query_argument("page", "")))


class PanelHandler(Handler):
    """What an editor wants to know of a page."""

    SUPPORTED_METHODS = ("GET",)

    async def get(self) -> None:
        """Send the facts of the page that the query names."""
        if not await self.preview.is_ready(READY_SECONDS):
            raise HTTPError(503)
        page = self.get_query_argument("page", "").removesuffix("index.html")
        await self.send_json(await self.preview.page_facts(page))


class OpenHandler(Handler):
    """Opens a file of the site in the editor of this machine, when a page of this preview asks for it."""

    SUPPORTED_METHODS = ("POST",)

    async def post(self) -> None:
        """Open the place that the body names; 204 when it is open, 409 with the reason when it is not."""
        headers = self.request.headers
        is_ours = is_same_origin(headers.get("Origin"), headers.get("Host", ""))
        if not is_ours or headers.get("X-Trialpages-Preview") != "1":
            self._refuse("Only a page of this preview may ask for that.")
        try:
            said = json.loads(self.request.body)
            path, line = said["path"], said.get("line")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise HTTPError(400) from None
        if not isinstance(path, str) or not (line is None or type(line) is int):
            raise HTTPError(400)
        why = await self.preview.open_in_editor(path, line)
        if why is None:
            self.set_status(204)
            await self.finish()
            return
        text = self.preview.veil.over(why)
        await self.respond(409, text.encode(), {"Content-Type": "text/plain; charset=utf-8"})


class ClientHandler(Handler):
    """The client's own files, and livereload's script."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    async def head(self, name: str) -> None:
        """Answer like GET."""
        await self.get(name)

    async def get(self, name: str) -> None:
        """Send a file."""
        path = livereload_script() if name == "livereload.js" else CLIENT / name
        content = None
        if name == "livereload.js" or CLIENT_FILE.fullmatch(name):
            content = await self.preview.asking.work(lambda: _read(path))
        if not isinstance(content, bytes):
            raise HTTPError(404)
        kind = headers_for(name)["Content-Type"]
        await self.respond(200, content, {"Content-Type": kind})


def livereload_script() -> Path:
    """Return where the package keeps its script."""
    from livereload import handlers

    return Path(str(handlers.__file__)).parent / "vendors" / "livereload.js"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
