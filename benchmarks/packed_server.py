"""A web server as a good host is: files packed by brotli or gzip, cached as their names allow, with the policy as a header."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import re
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import brotli

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".csv": "text/csv; charset=utf-8",
}
PACKED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml", ".csv")
FOREVER = "public, max-age=31536000, immutable"
FRESH = "public, max-age=0, must-revalidate"
NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{10,}(?:\.|/)")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; manifest-src 'self'; font-src 'self'; frame-ancestors 'none'"
)


@lru_cache(maxsize=500)
def packed(path: Path, how: str) -> bytes:
    """Return a file as it goes over the wire."""
    content = path.read_bytes()
    if how == "br":
        return bytes(brotli.compress(content, quality=11))
    return gzip.compress(content, 9, mtime=0) if how == "gzip" else content


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers GET and HEAD for the files of a folder, and says nothing."""

    protocol_version = "HTTP/1.1"

    def __init__(
        self,
        *given: Any,
        folder: Path,
        packings: Sequence[str] = ("br", "gzip"),
        policy: str = POLICY,
        sent: list[tuple[str, int]] | None = None,
        **options: Any,
    ) -> None:
        self.folder = folder.resolve()
        self.packings = packings
        self.policy = policy
        self.sent = sent
        super().__init__(*given, **options)

    def do_GET(self) -> None:
        """Send a file, or the page for what is not there."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Send the headers of a file."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        asked = self.path.partition("?")[0].partition("#")[0].lstrip("/")
        path = (self.folder / asked).resolve()
        if path.is_dir():
            path = path / "index.html"
        status = HTTPStatus.OK
        if not path.is_file() or not path.is_relative_to(self.folder):
            path, status = self.folder / "404.html", HTTPStatus.NOT_FOUND
        accepted = self.headers.get("Accept-Encoding", "")
        packs = path.suffix in PACKED
        how = next((name for name in self.packings if packs and name in accepted), "")
        body = packed(path, how)
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        if how:
            self.send_header("Content-Encoding", how)
        if packs:
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Cache-Control", FOREVER if NAMED_BY_CONTENT.search(asked) else FRESH)
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if with_body:
            self.wfile.write(body)
            if self.sent is not None:
                self.sent.append((self.path, len(body)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  The base class names it so.
        """Keep the terminal for the figures."""


class Server(http.server.ThreadingHTTPServer):
    """A server that does not complain when a browser hangs up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A closed connection is the browser's right."""


@contextlib.contextmanager
def serving(folder: Path, **options: Any) -> Iterator[str]:
    """Serve a folder on a free port; gives its address.

    Options: `packings`, the best first; the `policy`; and `sent`, a list that hears of each path and the bytes sent.
    """
    server = Server(("127.0.0.1", 0), functools.partial(Handler, folder=folder, **options))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
