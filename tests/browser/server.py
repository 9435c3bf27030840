"""A web server for a folder, below any path, on a free port of this machine."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves `directory` below `base`, and says nothing."""

    extensions_map = {  # noqa: RUF012  The class attribute is the standard library's own way.
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
    }
    protocol_version = "HTTP/1.1"

    def __init__(
        self, *args: Any, base: str, headers: Mapping[str, str] = MappingProxyType({}), **options: Any
    ) -> None:
        self.base = base
        self.headers_of_all = headers
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        """Map an address to a file; an address outside the base maps to a file that does not exist."""
        if not path.startswith(self.base):
            return str(Path(self.directory) / "outside-of-the-base-path")
        return super().translate_path("/" + path.removeprefix(self.base))

    def end_headers(self) -> None:
        """Send the headers that every answer of this server has."""
        for name, value in self.headers_of_all.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  The base class names it so.
        """Keep the output of the tests clean."""


class Server(http.server.ThreadingHTTPServer):
    """A server that does not complain when a browser hangs up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A closed connection is the browser's right."""


@contextlib.contextmanager
def serving(
    folder: Path, base: str = "/", headers: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """Serve a folder below a base path; gives the address of that path, with a slash at its end."""
    handler = functools.partial(Handler, directory=str(folder), base=base, headers=headers)
    server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{base}"
    finally:
        server.shutdown()
        server.server_close()
