"""What an address of the preview means: a file of the site, a way to the right address, or nothing. Pure.

Addresses are those of production, below the path of `base_url`. Each part is decoded by itself, and a part that would
be more than a name (`..`, a slash or a backslash in disguise, a control character) means nothing: no address leaves the
site, whatever later makes of it.
"""

from __future__ import annotations

from urllib.parse import quote, unquote_to_bytes

from trialpages.words.fields import record

LONGEST = 2000
"""Characters of a path; no address of a site is as long."""


@record
class Wanted:
    """A path from the site's root as `LiveSite.answer` takes it: `""` is home, a folder ends in a slash."""

    path: str


@record
class Elsewhere:
    """Another address on this server, which answers instead: it begins with a slash."""

    address: str


def wanted(raw: str, base: str) -> Wanted | Elsewhere | None:
    """Return what a raw path of a request means when the site stands below `base`, which has slashes at both ends."""
    if len(raw) > LONGEST or not raw.startswith("/"):
        return None
    if not raw.startswith(base):
        return Elsewhere(address=base) if raw in ("/", base.rstrip("/")) else None
    path = _decoded(raw[len(base) :])
    return None if path is None else Wanted(path=path)


def page_of(raw: str, base: str) -> str | None:
    """Return the page that a browser shows at an address, as a path from the site's root; None outside of the site."""
    found = wanted(raw, base)
    return found.path.removesuffix("index.html") if isinstance(found, Wanted) else None


def folder_address(path: str, base: str) -> str:
    """Return the address of a folder for a path without its slash at the end."""
    return f"{base}{quote(path)}/"


def _decoded(rest: str) -> str | None:
    parts = rest.split("/")
    names = [_name(part) for part in parts]
    if any(name is None for name in names) or any(not name for name in names[:-1]):
        return None
    return "/".join(name for name in names if name is not None)


def _name(part: str) -> str | None:
    """Return one part of a path; None when it is no plain name."""
    try:
        name = unquote_to_bytes(part).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if name in (".", "..") or "/" in name or "\\" in name or not (name == "" or name.isprintable()):
        return None
    return name
