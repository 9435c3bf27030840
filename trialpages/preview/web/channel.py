"""The open pages: livereload's WebSocket, and the nudge that tells a page to ask how it stands.

The protocol is livereload's, three habits of it are not: it takes connections of any origin, it forgets a change within
three seconds of another, and it sends the path of the file on this machine. A nudge names nothing; the client asks
`state` and compares, so a nudge too many does no harm, and one that comes late is the same as one in time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.websocket import WebSocketClosedError

from trialpages.preview.web.hosts import is_own, is_same_origin
from trialpages.preview.web.wanted import page_of

EVERYTHING = "*"
"""What a page is told to load again when it has no style sheet."""
LONGEST_MESSAGE = 16_384
"""Bytes; the longest message of livereload's script holds one address."""


class Channel:
    """The pages that are open in browsers, and what each was last told of."""

    def __init__(self) -> None:
        self._open: dict[ChannelHandler, str] = {}

    def pages(self) -> dict[str, list[ChannelHandler]]:
        """Return the connections by the page that they show; `""` is home."""
        found: dict[str, list[ChannelHandler]] = {}
        for handler, page in self._open.items():
            found.setdefault(page, []).append(handler)
        return found

    def opened(self, handler: ChannelHandler, page: str) -> None:
        """Remember what a connection shows."""
        self._open[handler] = page

    def closed(self, handler: ChannelHandler) -> None:
        """Forget a connection."""
        self._open.pop(handler, None)

    def close_all(self) -> None:
        """Say good-bye to every page; each connects again when the preview is back."""
        for handler in list(self._open):
            handler.close(1001)


class ChannelHandler(LiveReloadHandler):  # type: ignore[misc]
    """One page's connection."""

    def initialize(
        self,
        channel: Channel,
        host: str,
        base: Callable[[], str],
        opened: Callable[[str], None],
    ) -> None:
        """Take the list of open pages, the `--host`, where the site lies, and who wants to know of a page."""
        self._tell_opened = opened
        self._channel = channel
        self._given = host
        self._base = base
        self.seen = ""
        """The digest of what the page was last told of."""

    async def prepare(self) -> None:
        """Refuse who does not mean this preview."""
        if not is_own(self.request.headers.get("Host", ""), self._given, local_address(self)):
            self.set_status(403)
            self.finish("This preview answers only at its own address.\n")

    def check_origin(self, origin: str) -> bool:
        """Accept only pages that this server itself has sent."""
        return is_same_origin(origin, self.request.headers.get("Host", ""))

    def on_message(self, message: str | bytes) -> None:
        """Shake hands, and learn which page this is; whatever else is said ends the connection."""
        try:
            said = json.loads(message)
            command = said["command"]
            address = urlsplit(str(said.get("url", "")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.close(1003)
            return
        if command == "hello":
            super().on_message(json.dumps({"command": "hello"}))
        elif command == "info":
            found = page_of(address.path, self._base())
            page = found if found is not None else "404.html"
            self._channel.opened(self, page)
            self._tell_opened(page)

    def on_close(self) -> None:
        """Forget the page."""
        self._channel.closed(self)

    def nudge(self, styles: Sequence[str]) -> None:
        """Tell the page to ask how it stands, and which style sheets it links now, so that it can load them at once."""
        path = " ".join(styles) or EVERYTHING
        self.send_message({"command": "reload", "path": path, "liveCSS": False, "liveImg": False})

    def send_message(self, message: dict[str, Any]) -> None:
        """Send a message; a page that is gone is forgotten."""
        try:
            sent = self.write_message(json.dumps(message))
        except WebSocketClosedError:
            self._channel.closed(self)
            return
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())


def local_address(handler: Any) -> str:
    """Return the address of this machine at which a request came in."""
    try:
        return str(handler.request.connection.stream.socket.getsockname()[0])
    except (AttributeError, OSError, IndexError):
        return ""
