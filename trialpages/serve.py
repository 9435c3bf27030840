"""`serve`: build, watch, build again, and tell the open pages; the server survives every fault.

One thread watches and builds, one batch of changes at a time; what is saved during a build is the
next batch. The main thread serves, so a build never holds up a page.
"""

from __future__ import annotations

import sys
import threading
import traceback
import webbrowser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from trialpages.arguments import Arguments, UsageError
from trialpages.stages.build import build
from trialpages.stages.inputs import built_in
from trialpages.stages.options import Options, Report

if TYPE_CHECKING:
    from tornado.httpserver import HTTPServer

    from trialpages.preview import PreviewState

PORTS_TO_TRY = 10
QUIET_MILLISECONDS = 40
"""A batch of changes ends when nothing has changed for this long: editors save in several steps."""


def serve(arguments: Arguments) -> int:
    """Serve until interrupted; return the exit code."""
    import asyncio

    from trialpages.preview import PreviewState

    base_path = urlsplit(arguments.options.base_url or "/").path or "/"
    state = PreviewState(arguments.options.output, base_path)
    _build(arguments, arguments.options, state)
    try:
        asyncio.run(_serve(arguments, state))
    except KeyboardInterrupt:
        sys.stdout.write("\nstopped\n")
    return 0


async def _serve(arguments: Arguments, state: PreviewState) -> None:
    import asyncio

    from tornado.httpserver import HTTPServer

    from trialpages.preview import ReloadHandler, application

    server = HTTPServer(application(state))
    port = _listen(server, arguments.host, arguments.port)
    if port != arguments.port:
        sys.stdout.write(f"port {arguments.port} is taken, so this is another one\n")
    address = f"http://{arguments.host}:{port}{state.base_path}"
    sys.stdout.write(f"serving {address}  (Ctrl-C stops)\n")
    sys.stdout.flush()
    if arguments.open_browser:
        webbrowser.open(address)
    loop = asyncio.get_running_loop()
    stop = threading.Event()

    def watch() -> None:
        # Fork is not safe beside threads, and a batch of saves touches few pages: one process is right here.
        options = replace(arguments.options, jobs=1)
        for _ in _batches(options, stop):
            _build(arguments, options, state)
            loop.call_soon_threadsafe(ReloadHandler.reload_waiters, "*")

    watcher = threading.Thread(target=watch, name="watch", daemon=True)
    watcher.start()
    try:
        await asyncio.Event().wait()
    finally:
        stop.set()
        server.stop()
        watcher.join(timeout=2)


def _listen(server: HTTPServer, host: str, first: int) -> int:
    last: OSError | None = None
    for port in range(first, min(first + PORTS_TO_TRY, 65536)):
        try:
            server.listen(port, host)
        except PermissionError as error:
            raise UsageError(
                f"port {port} may only be used by the system; choose one from 1024 up"
            ) from error
        except OSError as error:
            last = error
            continue
        return port
    raise UsageError(f"no port from {first} to {first + PORTS_TO_TRY - 1} on {host} is free: {last}")


def watched_folders(options: Options) -> list[Path]:
    """Return the folders whose changes matter and that exist."""
    wanted = {
        options.content,
        options.templates,
        options.assets,
        built_in("templates"),
        built_in("assets"),
    }
    site_file = options.directory / "site.yaml"
    return sorted(folder for folder in (*wanted, site_file) if folder.exists())


def _batches(options: Options, stop: threading.Event) -> Iterator[None]:
    """Yield once when watching has begun, so that no save before that is lost, and once a batch of changes."""
    import watchfiles

    has_begun = False
    for changes in watchfiles.watch(
        *watched_folders(options),
        debounce=400,
        step=QUIET_MILLISECONDS,
        stop_event=stop,
        rust_timeout=300,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        if changes or not has_begun:
            has_begun = True
            yield


def _build(arguments: Arguments, options: Options, state: PreviewState) -> Report | None:
    from trialpages.words.report import render

    try:
        report = build(options)
    except Exception as error:
        state.fault = f"{error}\n\n{traceback.format_exc()}"
        sys.stderr.write(f"{state.fault}\n")
        return None
    state.fault = ""
    state.diagnostics = report.diagnostics
    if report.diagnostics and not arguments.quiet:
        sys.stdout.write(
            render(report.diagnostics, format="text", color=arguments.color and sys.stdout.isatty())
        )
    if not arguments.quiet:
        done = "nothing was written" if not report.published else f"{report.written} pages written"
        sys.stdout.write(f"{report.trials} trials, {done}\n")
    sys.stdout.flush()
    return report
