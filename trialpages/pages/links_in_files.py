"""What a published file links to, read from its text: pages, style sheets, feeds, sitemaps, manifests.

Reads what browsers read: attributes in any quotes and order, on one line or many, also from templates that are not
ours. Scripts are not read, nor is what they add to a page. The text is never held to be well-formed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import field

from trialpages.words.fields import record

GIVEN = r"((?:[^>\"']|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))*+)(?:>|\Z)"
TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|<(script|style|textarea|title)\b{GIVEN}(.*?)(?:</\1\s*>|\Z)"
    rf"|<([a-z][a-z0-9:-]*+)(?=[\s/]){GIVEN}",
    re.DOTALL | re.IGNORECASE,
)
"""Whatever begins is taken to its end or to that of the text, so that no text is read more than once."""

ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
ADDRESSES = {"action", "cite", "data", "formaction", "href", "manifest", "poster", "src", "xlink:href"}
ADDRESS_LISTS = {"imagesrcset", "srcset"}
WORTH_READING = re.compile(
    r"(?:^|[\s\"'])(?:id|href|src|srcset|action|cite|data|data-[a-z-]+|form|formaction|imagesrcset|manifest|name|poster"
    r"|property|xlink:href)\s*=",
    re.IGNORECASE,
)
"""Of a tag without any of these nothing is wanted, and most tags have none."""

WITH_PICTURES = {"img", "input", "svg"}
OPENED_BY_SCRIPTS = re.compile(r"\.{1,2}/\S*")
"""What an attribute `data-...` holds when it is an address that a script opens."""

NAMED_IN_META = {"og:image", "og:url", "og:audio", "og:video", "twitter:image"}
IN_STYLES = re.compile(r"url\(\s*[\"']?([^\"')\s]+)|@import\s+[\"']([^\"']+)")
IN_FEEDS = re.compile(
    r"<(?:[a-z]+:)?(?:link|content|logo|icon)\b[^<>]*?\b(?:href|src)\s*=\s*[\"']([^\"']*)", re.IGNORECASE
)
IN_SITEMAPS = re.compile(r"<loc>\s*([^<]*?)\s*</loc>|<(?:[a-z]+:)?link\b[^<>]*?\bhref\s*=\s*[\"']([^\"']*)")
FULL_ADDRESS = re.compile(r"https?://\S+")
ALTERNATIVES = ("alt", "aria-label", "aria-labelledby")
"""Attributes of which an image needs one; an empty `alt` says that the image is decoration."""


@record
class Link:
    """An address that a file names: as written, and at which character it stands first."""

    address: str
    at: int
    is_folder: bool = False
    """Whether a script opens files below the address, so that it may be a folder without a page."""
    is_data: bool = False
    """Whether the address stands in structured data, where the part behind `#` is only a name."""


@record
class Linked:
    """What one file links to, and what a page says of itself. Every address stands once."""

    links: tuple[Link, ...] = ()
    ids: frozenset[str] = frozenset()
    repeated_ids: tuple[tuple[str, int], ...] = ()
    """Ids that stand more than once, and at which character the last one does."""
    silent_images: tuple[Link, ...] = field(default=())
    """Images without an alternative text, by their address."""


def read_file(path: str, text: str) -> Linked:
    """Return what a published file links to, by the kind that its name tells."""
    name = path.rpartition("/")[2]
    if name.endswith((".html", ".htm")):
        return read_page(text)
    if name.endswith(".css"):
        # A style sheet's `url(#name)` means a part of whatever page uses it.
        return _linked(each for each in _found(IN_STYLES, text, start=0) if not each[0].startswith("#"))
    if name.endswith(".webmanifest") or name == "manifest.json":
        return _linked((address, 0, "") for address in _manifest(text))
    if name.startswith("sitemap") and name.endswith(".xml"):
        return _linked(_found(IN_SITEMAPS, text, start=0))
    if name.endswith(".xml"):
        return _linked(_found(IN_FEEDS, text, start=0))
    return Linked()


def is_read(path: str) -> bool:
    """Say whether a file of this name can link to others."""
    name = path.rpartition("/")[2]
    return name.endswith((".html", ".htm", ".css", ".webmanifest", ".xml")) or name == "manifest.json"


def read_page(text: str) -> Linked:
    """Return what an HTML page links to, its ids, and its images without words."""
    links: list[tuple[str, int, str]] = []
    ids: dict[str, int] = {}
    repeated: list[tuple[str, int]] = []
    silent: list[tuple[str, int]] = []
    for tag in TAG.finditer(text):
        raw, raw_attributes, raw_text, name, given = tag.groups()
        if raw is None and (
            name is None or not (WORTH_READING.search(given) or name.lower() in WITH_PICTURES)
        ):
            continue
        found = _attributes(raw_attributes if raw is not None else given)
        element = (raw or name).lower()
        at = tag.start()
        if element != "base":
            links.extend((address, at, kind) for address, kind in _addresses(element, found))
        if raw and element == "style":
            links.extend(_found(IN_STYLES, raw_text, start=tag.start(3)))
        if raw and element == "script" and "json" in found.get("type", ""):
            links.extend((address, at, "data") for address in _structured(raw_text))
        if own := found.get("id") or (found.get("name") if element == "a" else None):
            if own in ids:
                repeated.append((own, at))
            ids[own] = at
        if _is_silent(element, found):
            silent.append((found.get("src", ""), at))
    return Linked(
        links=_linked(links).links,
        ids=frozenset(ids),
        repeated_ids=tuple(dict(repeated).items()),
        silent_images=tuple(Link(address=address, at=at) for address, at in silent),
    )


def line_of(text: str, at: int) -> int:
    """Return the line, from 1, of a character."""
    return text.count("\n", 0, at) + 1


def _attributes(text: str) -> dict[str, str]:
    """Return attributes by lower-case name; the first of a name counts, as in browsers."""
    found: dict[str, str] = {}
    for name, *values in ATTRIBUTE.findall(text):
        value = values[0] or values[1] or values[2]
        found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
    return found


def _addresses(element: str, found: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        if name in ADDRESSES:
            if name != "data" or element == "object":
                yield value.strip(), ""
        elif name in ADDRESS_LISTS:
            for candidate in value.split(","):
                if candidate.split():
                    yield candidate.split()[0], ""
        elif name.startswith("data-") and value.startswith("."):
            for part in value.split():
                if OPENED_BY_SCRIPTS.fullmatch(part):
                    yield part, "folder"
    if element == "meta" and (found.get("property") or found.get("name")) in NAMED_IN_META:
        yield found.get("content", "").strip(), ""


def _is_silent(element: str, found: dict[str, str]) -> bool:
    is_image = element == "img" or (element == "input" and found.get("type", "").lower() == "image")
    is_drawing = element == "svg" and found.get("role") == "img"
    if found.get("aria-hidden") == "true" or found.get("role") in ("presentation", "none"):
        return False
    if is_drawing:
        return not any(found.get(name) for name in ALTERNATIVES[1:])
    return is_image and not any(name in found for name in ALTERNATIVES)


def _structured(text: str) -> Iterator[str]:
    """Yield full addresses from structured data; what cannot be read is nobody's link."""
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value[key] for key in reversed(value))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, str) and FULL_ADDRESS.fullmatch(value):
            yield value


def _manifest(text: str) -> Iterator[str]:
    """Yield the addresses of a web app's manifest."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    for entry in (
        found,
        *_objects(found, "icons"),
        *_objects(found, "screenshots"),
        *_objects(found, "shortcuts"),
    ):
        for name in ("start_url", "src", "url"):
            if isinstance(entry, dict) and isinstance(entry.get(name), str):
                yield entry[name]


def _objects(found: object, name: str) -> list[object]:
    value = found.get(name) if isinstance(found, dict) else None
    return value if isinstance(value, list) else []


def _found(pattern: re.Pattern[str], text: str, *, start: int) -> Iterator[tuple[str, int, str]]:
    for match in pattern.finditer(text):
        address = next((group for group in match.groups() if group is not None), "")
        yield html.unescape(address), start + match.start(), ""


def _linked(found: Iterable[tuple[str, int, str]]) -> Linked:
    """Return the links, each address once, where it stands first."""
    first: dict[tuple[str, str], int] = {}
    for address, at, kind in found:
        first.setdefault((address, kind), at)
    return Linked(
        links=tuple(
            Link(address=address, at=at, is_folder=kind == "folder", is_data=kind == "data")
            for (address, kind), at in first.items()
        )
    )
