"""`serve`: the site in memory, at the addresses of production; what is saved is shown at once.

It listens first and loads everything else after. `preview/web/server.py` tells how it goes on.
"""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from trialpages.arguments import Arguments, UsageError
from trialpages.preview.web.hosts import is_visible_to_others
from trialpages.preview.web.listening import CannotListenError, address, addresses_for_others, listen
from trialpages.said import write

if TYPE_CHECKING:
    from trialpages.preview.web.hub import Parts, Preview


SWITCH_SECONDS = 0.0005
"""How long one thread keeps the others waiting, at most. A save that is taken in gives way at each file that it reads; with
Python's own 5 ms it would wait that long each time for a site that settles."""


def serve(arguments: Arguments) -> int:
    """Serve until interrupted; return the exit code."""
    sys.setswitchinterval(SWITCH_SECONDS)
    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # What is being loaded just now is loaded; then it ends.
        signal.signal(number, lambda _number, _frame: interrupted.set())
    try:
        sockets, port = listen(arguments.host, arguments.port)
    except CannotListenError as error:
        raise UsageError(str(error)) from error
    from trialpages.preview.web.base import base_path

    base = base_path(arguments.options)
    here = address(arguments.host, port, base)
    _greet(arguments, port, here, base)
    from trialpages.preview.web.hub import Wishes
    from trialpages.preview.web.server import Place, run
    from trialpages.preview.web.terminal import Terminal

    terminal = Terminal(
        lambda text: write(sys.stdout, text),
        quiet=arguments.quiet,
        color=arguments.color and sys.stdout is not None and sys.stdout.isatty(),
        form=arguments.format,
    )
    wishes = Wishes(
        host=arguments.host,
        opens_browser=arguments.open_browser,
        follows_day=arguments.own.today is None,
    )
    place = Place(sockets=sockets, address=here)
    run(arguments.options, wishes, terminal, place, lambda preview: _parts(arguments, preview), interrupted)
    terminal.say("stopped")
    return 0


def _greet(arguments: Arguments, port: int, here: str, base: str) -> None:
    lines = []
    if port != arguments.port and arguments.port:
        lines.append(f"port {arguments.port} is taken, so this is another one")
    lines.append(f"serving {here}  (Ctrl-C stops)")
    if is_visible_to_others(arguments.host):
        others = addresses_for_others(arguments.host, port, base)
        lines.extend(f"on the network: {each}" for each in others if each != here)
        lines.append("everybody on the network can see this preview, with its drafts and its faults")
    write(sys.stdout, "".join(f"{line}\n" for line in lines))


def _parts(arguments: Arguments, preview: Preview) -> Parts:
    from trialpages.preview.behind.behind import Behind
    from trialpages.preview.memory.live_site import LiveSite
    from trialpages.preview.panel.editor import open_in_editor
    from trialpages.preview.watch.watching import batches
    from trialpages.preview.web.hub import Parts

    options = arguments.options

    def page_facts(*asked: Any) -> dict[str, Any]:
        # It looks into all that a page is made of, and nobody asks for it before a page is open.
        from trialpages.preview.panel.page_facts import page_facts

        return page_facts(*asked)

    def watch(stop: threading.Event) -> Any:
        return batches(options, stop, poll=arguments.own.poll, say=preview.terminal.warn)

    behind = Behind(options, preview.behind_progress, preview.behind_done, preview.terminal.warn)
    return Parts(
        site=LiveSite(options, behind.own),
        watch=watch,
        behind=behind,
        page_facts=page_facts,
        open_in_editor=open_in_editor,
    )
