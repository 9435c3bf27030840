"""The configuration of nginx for a site: the rules of `headers.py` in nginx's words.

Two maps choose headers by the file that nginx serves in the end, so a page for an address that does not exist is
never kept for ever. All headers stand in the server's own block: nginx forgets them wherever a block below adds one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trialpages.pages.former_pages import Redirect
from trialpages.pages.headers import CACHE, EVERYWHERE, OPEN_TO_ALL, OTHERWISE, PREVIEW, RULES
from trialpages.pages.host_files import MOVED, destination
from trialpages.pages.media_types import MEDIA_TYPES, UNKNOWN, UTF_8, is_text
from trialpages.words.fields import record


@record
class Server:
    """Where the site's files lie, and where nginx serves them."""

    folder: str
    """The output, an absolute path."""
    name: str = "trials.example.org"
    listen: str = "80"
    base: str = "/"
    """The path below which the site stands, with slashes at both ends."""
    has_brotli: bool = False
    """Whether nginx has the module for files that end in `.br`."""
    is_preview: bool = False
    redirects: Sequence[Redirect] = ()
    """Former pages: nginx, unlike other hosts, can say that one is gone for good (410), and shows its page with it."""


def nginx_configuration(server: Server) -> str:
    """Return the maps and the server block; they stand inside of nginx's `http` block."""
    return "\n".join((*_maps(server), "", *_server(server), ""))


def _maps(server: Server) -> Iterator[str]:
    yield from _map("$trialpages_cache", CACHE, OTHERWISE.headers[CACHE], server)
    for number, name in enumerate(OPEN_TO_ALL):
        yield from _map(f"$trialpages_open_{number}", name, "", server)


def _map(variable: str, header: str, otherwise: str, server: Server) -> Iterator[str]:
    yield f"map $uri {variable} {{"
    yield f'    default "{otherwise}";'
    for rule in RULES:
        if (value := rule.headers.get(header, "")) != otherwise:
            yield f'    "~^{re.escape(server.base)}(?:{rule.pattern})(?:\\.gz|\\.br)?$" "{value}";'
    yield "}"


def _server(server: Server) -> Iterator[str]:
    yield "server {"
    yield f"    listen {server.listen};"
    yield f"    server_name {server.name};"
    yield "    server_tokens off;"
    yield "    absolute_redirect off;"
    yield ""
    yield f"    location {server.base} {{"
    yield f"        alias {server.folder.rstrip('/')}/;"
    yield "        index index.html;"
    yield "    }"
    # What begins with a dot or an underline is for hosts, and no file of the site's readers.
    yield f"    location ~ ^{re.escape(server.base)}[._] {{ return 404; }}"
    yield f"    error_page 404 {server.base}404.html;"
    yield from (_former(server.base, each) for each in server.redirects)
    yield ""
    yield f"    default_type {UNKNOWN};"
    yield "    types {"
    for kind, endings in _types().items():
        yield f"        {kind} {' '.join(endings)};"
    yield "    }"
    yield "    charset utf-8;"
    # nginx counts HTML among both by itself.
    yield f"    charset_types {' '.join(kind for kind in _texts(with_charset=True) if kind != 'text/html')};"
    yield ""
    yield "    gzip on;"
    yield "    gzip_vary on;"
    yield "    gzip_proxied any;"
    yield f"    gzip_types {' '.join(kind for kind in _texts() if kind != 'text/html')};"
    yield "    gzip_static on;"
    if server.has_brotli:
        yield "    brotli_static on;"
    yield ""
    yield f"    add_header {CACHE} $trialpages_cache always;"
    for number, name in enumerate(OPEN_TO_ALL):
        yield f"    add_header {name} $trialpages_open_{number} always;"
    for name, value in {**EVERYWHERE, **(PREVIEW if server.is_preview else {})}.items():
        yield f'    add_header {name} "{value}" always;'
    yield "}"


def _former(base: str, former: Redirect) -> str:
    if former.status in MOVED:
        to = destination(former.target)
        # A dollar would begin a variable of nginx.
        to = (f"{base.rstrip('/')}{to}" if to.startswith("/") else to).replace("$", "%24")
        does = f'return {former.status} "{to}";'
    else:
        does = f"error_page {former.status} {base}{former.target}; return {former.status};"
    return f"    location = {base}{former.source} {{ {does} }}"


def _types() -> dict[str, list[str]]:
    """Return the ends of names by type, without the charset, which nginx adds."""
    found: dict[str, list[str]] = {}
    for ending, kind in MEDIA_TYPES.items():
        found.setdefault(kind.removesuffix(UTF_8), []).append(ending)
    return found


def _texts(*, with_charset: bool = False) -> list[str]:
    found = {
        kind.removesuffix(UTF_8)
        for ending, kind in MEDIA_TYPES.items()
        if (UTF_8 in kind if with_charset else is_text(f"x.{ending}"))
    }
    return sorted(found)
