"""What the preview adds to a page, and the pages that it makes itself: for waiting, and for a page that has a fault.

Into a page of the site go two scripts before its end and nothing else, so that what is previewed is what is published.
Its own pages hold to the same strict policy: no inline script or style.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from trialpages.words.diagnostics import Diagnostic
from trialpages.words.report import render

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""The policy of the preview's own pages."""

RELOAD_SECONDS = 1


def scripts(port: int, base: str, digest: str) -> str:
    """Return the tags of livereload's script and of the client.

    The client learns from its tag where the site begins, and which version of the page it is: what the state calls its
    digest, so that a save between the page and the client's first question is not missed.
    """
    query = f"port={port}&amp;mindelay=100&amp;maxdelay=1000"
    return (
        f'<script src="/livereload.js?{query}"></script>'
        f'<script type="module" src="/__preview/client.js" data-base="{html.escape(base)}"'
        f' data-digest="{digest}"></script>'
    )


def with_scripts(content: bytes, tags: str) -> bytes:
    """Return a page with tags just before the end of its body."""
    head, found, tail = content.rpartition(b"</body>")
    added = tags.encode()
    return b"".join((head, added, found, tail)) if found else content + added


def faulty_page(faults: Sequence[Diagnostic]) -> bytes:
    """Return the page that stands in for one that cannot be made: what is wrong, and where."""
    said = html.escape(render(faults, format="text", color=False).strip() or "The reason is in the terminal.")
    return _page("This page cannot be made yet", f"<pre>{said}</pre>")


def missing_page() -> bytes:
    """Return the page for an address without a page, on a site without a 404 page."""
    return _page("Page not found", "<p>There is no such page.</p>")


def waiting_page(progress: str | None) -> bytes:
    """Return the page that is shown until the site has been read; it reloads by itself."""
    said = html.escape(progress or "reading the site")
    reload = f'<meta http-equiv="refresh" content="{RELOAD_SECONDS}">'
    return _page("The preview is getting ready", f'<p role="status">{said}</p>', reload)


def _page(title: str, body: str, head: str = "") -> bytes:
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n{head}<title>{title}</title>\n</head>\n'
        f"<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()
