"""The preview's web side: the built site as production serves it, with a reload script and an error panel.

The reload protocol is livereload's. Three of its habits are replaced, each because of a measured
defect: it answers WebSockets of any origin, it ignores changes within three seconds of a reload, and
it polls files itself. Pages are read from the output folder at each request and never cached.
"""

from __future__ import annotations

import html
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.web import Application, RequestHandler

from trialpages.words.diagnostics import ERROR, Diagnostic
from trialpages.words.report import render

PANEL_STYLES = (
    "#trialpages-faults{position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;"
    "padding:1rem;background:#1b1b1f;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap;"
    "z-index:99999;border-top:4px solid #d4351c}"
)


@dataclass(slots=True)
class PreviewState:
    """What the server shows: where the site lies, and what the last build found wrong."""

    output: Path
    base_path: str
    diagnostics: list[Diagnostic] = field(default_factory=list)
    fault: str = ""


class SilentWatcher(Watcher):  # type: ignore[misc]
    """A watcher that watches nothing: `serve.py` does, without polling and without losing a save."""

    def start(self, callback: Callable[[], None]) -> bool:
        """Tell livereload that it need not poll."""
        return True

    def examine(self) -> tuple[None, None]:
        """Report no change; changes are pushed."""
        return None, None


class ReloadHandler(LiveReloadHandler):  # type: ignore[misc]
    """The WebSocket that tells a page to reload."""

    DEFAULT_RELOAD_TIME = 0

    def check_origin(self, origin: str) -> bool:
        """Accept only pages that this server itself has sent."""
        return bool(urlsplit(origin).netloc == self.request.headers.get("Host"))


class SiteHandler(RequestHandler):
    """A file of the site, at the address that it will have in production."""

    def initialize(self, state: PreviewState) -> None:
        """Take what the server shows."""
        self.state = state

    def head(self, path: str) -> None:
        """Answer like GET; Tornado leaves the body out."""
        self.get(path)

    def get(self, path: str) -> None:
        """Send a file, a redirect to the folder's address, or the site's own 404 page."""
        base = self.state.base_path
        if not f"/{path}".startswith(base):
            if path == "":
                self.redirect(base)
                return
            self._not_found()
            return
        inside = f"/{path}"[len(base) :]
        target = _inside(self.state.output, inside)
        if target is not None and target.is_dir():
            if inside and not inside.endswith("/"):
                self.redirect(f"/{path}/", permanent=False)
                return
            target = target / "index.html"
        if target is None or not target.is_file():
            self._not_found()
            return
        self._send(target)

    def _not_found(self) -> None:
        self.set_status(404)
        page = self.state.output / "404.html"
        if page.is_file():
            self._send(page)
        else:
            self._finish_html("<!doctype html><title>Not found</title><p>There is no such page.</p>")

    def _send(self, target: Path) -> None:
        content = target.read_bytes()
        kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        self.set_header("Cache-Control", "no-store")
        if kind == "text/html":
            self._finish_html(content.decode("utf-8", "replace"))
            return
        charset = (
            "; charset=utf-8"
            if kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
            else ""
        )
        self.set_header("Content-Type", kind + charset)
        self.finish(content)

    def _finish_html(self, text: str) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        port = urlsplit(f"//{self.request.host}").port or 80
        script = f'<script src="/livereload.js?port={port}&amp;mindelay=100&amp;maxdelay=1000"></script>'
        self.finish(_before_end(text, panel(self.state) + script))


class PanelStylesHandler(RequestHandler):
    """The style sheet of the error panel; a page's own policy forbids styles in the page."""

    def get(self) -> None:
        """Send the style sheet."""
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(PANEL_STYLES)


def application(state: PreviewState) -> Application:
    """Return the preview's web application."""
    LiveReloadHandler.watcher = SilentWatcher()
    LiveReloadHandler.live_css = False
    return Application(
        [
            ("/livereload", ReloadHandler),
            ("/livereload.js", LiveReloadJSHandler),
            ("/__preview/panel.css", PanelStylesHandler),
            ("/(.*)", SiteHandler, {"state": state}),
        ]
    )


def panel(state: PreviewState) -> str:
    """Return the error panel's HTML, or nothing when the last build found no error."""
    errors = [each for each in state.diagnostics if each.severity == ERROR]
    if not errors and not state.fault:
        return ""
    text = state.fault or render(errors, format="text", color=False)
    return (
        '<link rel="stylesheet" href="/__preview/panel.css">'
        f'<div id="trialpages-faults" role="alert">{html.escape(text)}</div>'
    )


def _inside(output: Path, path: str) -> Path | None:
    target = (output / path).resolve()
    root = output.resolve()
    return target if target == root or root in target.parents else None


def _before_end(text: str, addition: str) -> str:
    head, found, tail = text.rpartition("</body>")
    return f"{head}{addition}{found}{tail}" if found else text + addition
