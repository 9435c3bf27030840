"""The preview's web side: one loop that only hands on, between the open pages, the site in memory, and its threads.

It listens before it has read anything; a request that comes too early waits a little, then gets a page that says how far
the reading is. livereload gives the protocol and the script in the page; its watcher, its ignored saves and its open
WebSocket are replaced (`channel.py`, `work.py`). One interruption ends it: connections, threads, and what is made behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable

from tornado.httpserver import HTTPServer
from tornado.web import Application

from trialpages.preview.web.channel import LONGEST_MESSAGE, ChannelHandler
from trialpages.preview.web.hub import Parts, Preview, Wishes
from trialpages.preview.web.site_handler import (
    ClientHandler,
    Handler,
    OpenHandler,
    PanelHandler,
    SiteHandler,
    StateHandler,
)
from trialpages.preview.web.terminal import Terminal
from trialpages.stages.options import Options
from trialpages.words.fields import record

IDLE_SECONDS = 120.0
"""A connection on which nothing is asked for this long is closed; so is one whose request does not end."""

LONGEST_HEADERS = 32_768
LONGEST_BODY = 65_536
PING_SECONDS = 30.0
"""A page that does not answer a ping within this time is gone."""

LOOK_SECONDS = 0.25
"""How often it is looked whether a page takes too long."""

END_SECONDS = 3.0
"""What has not ended after this long ends with the program."""


def application(preview: Preview) -> Application:
    """Return the preview's web application."""
    named = {"preview": preview}
    channel = {
        "channel": preview.channel,
        "host": preview.wishes.host,
        "base": lambda: preview.base,
        "opened": preview.opened,
    }
    return Application(
        [
            ("/livereload", ChannelHandler, channel),
            ("/(livereload.js)", ClientHandler, named),
            ("/__preview/state", StateHandler, named),
            ("/__preview/panel", PanelHandler, named),
            ("/__preview/open", OpenHandler, named),
            ("/__preview/(.*)", ClientHandler, named),
            (".*", SiteHandler, named),
        ],
        default_handler_class=Handler,
        default_handler_args=named,
        log_function=lambda _handler: None,
        websocket_ping_interval=PING_SECONDS,
        websocket_ping_timeout=PING_SECONDS,
        websocket_max_message_size=LONGEST_MESSAGE,
    )


@record
class Place:
    """Where the preview listens: its sockets, and the address for a browser of this machine."""

    sockets: list[socket.socket]
    address: str


def run(
    options: Options,
    wishes: Wishes,
    terminal: Terminal,
    place: Place,
    assembled: Callable[[Preview], Parts],
    interrupted: threading.Event,
) -> None:
    """Serve until interrupted; `interrupted` may be set already."""
    for name in ("tornado", "livereload", "asyncio"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False

    async def serve() -> None:
        port = place.sockets[0].getsockname()[1]
        await _serve(Preview(options, wishes, terminal, port, assembled), place, interrupted)

    asyncio.run(serve())


async def _serve(preview: Preview, place: Place, interrupted: threading.Event) -> None:
    server = HTTPServer(
        application(preview),
        idle_connection_timeout=IDLE_SECONDS,
        body_timeout=IDLE_SECONDS,
        max_header_size=LONGEST_HEADERS,
        max_body_size=LONGEST_BODY,
    )
    server.add_sockets(place.sockets)
    preview.work.start()
    if preview.wishes.opens_browser:
        threading.Thread(target=webbrowser.open, args=(place.address,), name="browser", daemon=True).start()
    ended = _when_interrupted(interrupted)
    try:
        while not interrupted.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), LOOK_SECONDS)
            preview.asking.end_what_takes_too_long()
    finally:
        server.stop()
        preview.channel.close_all()
        await asyncio.to_thread(preview.work.stop, END_SECONDS)
        preview.asking.end(END_SECONDS / 2)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(server.close_all_connections(), END_SECONDS / 2)


def _when_interrupted(interrupted: threading.Event) -> asyncio.Event:
    """Return an event of the loop that is set by the first interruption, also by one that has come already."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end(number: int, _frame: object) -> None:
        interrupted.set()
        loop.call_soon_threadsafe(ended.set)
        # A second one ends it whatever hangs.
        signal.signal(number, signal.SIG_DFL)

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)
    if interrupted.is_set():
        ended.set()
    return ended
