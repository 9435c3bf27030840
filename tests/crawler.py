"""A crawler that follows every address of a site, as a browser without scripts and a reader of its data would.

It knows nothing of how the site was made: it asks, by HTTP or on the disk, and reads what comes. An address that a
page has for another site is left alone; one that names the site by its full address is kept apart (`absolute`).
"""

from __future__ import annotations

import functools
import http.client
import http.server
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from browser.server import Handler, Server
from lxml import html

ATTRIBUTES = ("href", "src", "action", "formaction", "poster", "data", "cite")
LISTS = ("srcset", "imagesrcset")
OPENED_BY_SCRIPTS = re.compile(r"\.{1,2}/\S*|[\w-]+\.json")
IN_STYLES = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")
IN_SCRIPTS = re.compile(
    r"(?:\bfrom\s*|\bimport\s*\(?\s*)[\"'](\.{1,2}/[^\"']*)[\"'](?=\s*(?:[;),\n]|$))"
    r"|\bnew URL\(\s*[\"'](\.{1,2}/[^\"']*)[\"'],\s*import\.meta\.url",
    re.MULTILINE,
)
IN_XML = re.compile(r"\bhref=[\"']([^\"']*)[\"']|<loc>([^<]*)</loc>")
REFRESH = re.compile(r"^\s*\d+\s*;\s*url=(.*)$", re.IGNORECASE)
NOT_FOUND = "404.html"

Fetch = Callable[[str], tuple[int, str, bytes]]
"""From an address without a fragment to status, kind of content and bytes."""


@dataclass
class Crawl:
    """What was found below one address: files that answered, what is broken, and full addresses."""

    base: str
    own: str
    """The full address that the site says it has."""
    fetch: Fetch
    reached: set[str] = field(default_factory=set)
    """Paths of files in the output."""
    broken: list[str] = field(default_factory=list)
    absolute: dict[str, set[str]] = field(default_factory=dict)
    """Full addresses of this site, each with the files that name it."""
    anchors: dict[str, set[str]] = field(default_factory=dict)
    wanted: list[tuple[str, str, str]] = field(default_factory=list)

    def path_of(self, address: str) -> str:
        """Return the path in the output that an address below the base leads to."""
        path = unquote(urlsplit(address).path).removeprefix(unquote(urlsplit(self.base).path))
        return f"{path}index.html" if path == "" or path.endswith("/") else path

    def run(self, *starts: str) -> Crawl:
        """Follow everything from some addresses below the base."""
        waiting = [(urljoin(self.base, start), "the start") for start in starts]
        seen: set[str] = set()
        while waiting:
            address, source = waiting.pop()
            if address in seen:
                continue
            seen.add(address)
            status, kind, data = self.fetch(address)
            if status != 200:
                self.broken.append(f"{source}: {address.removeprefix(self.base)}: {status}")
                continue
            path = self.path_of(address)
            self.reached.add(path)
            waiting += [(each, path) for each in self.follow(address, path, kind, data)]
        for source, address, anchor in self.wanted:
            if anchor not in self.anchors.get(address, {anchor}):
                self.broken.append(f"{source}: {address.removeprefix(self.base)}: no id '{anchor}'")
        return self

    def follow(self, address: str, path: str, kind: str, data: bytes) -> Iterator[str]:
        """Yield the addresses below the base that a file names; say which of them leave it."""
        for link in self.links(address, path, kind, data):
            full, anchor = urldefrag(urljoin(address, link))
            if full.startswith(self.own):
                self.absolute.setdefault(full.removeprefix(self.own), set()).add(path)
            elif full.startswith(self.base):
                if anchor and kind == "html":
                    self.wanted.append((path, full, unquote(anchor)))
                yield full
            elif (
                full.partition("/")[0] == self.base.partition("/")[0]
                and urlsplit(full).netloc == urlsplit(self.base).netloc
            ):
                self.broken.append(f"{path}: {link}: outside of the site's path")

    def links(self, address: str, path: str, kind: str, data: bytes) -> Iterator[str]:
        """Yield every address that a file names, as it stands there."""
        if kind == "html":
            yield from self.in_page(address, data)
        elif kind == "css":
            yield from (
                a or b for a, b in IN_STYLES.findall(data.decode()) if not (a or b).startswith(("data:", "#"))
            )
        elif kind == "javascript":
            yield from (a or b for a, b in IN_SCRIPTS.findall(data.decode()))
        elif kind == "xml":
            yield from (a or b for a, b in IN_XML.findall(data.decode()))
        elif kind == "json":
            yield from (urljoin(self.base, each) for each in in_data(path, data))

    def in_page(self, address: str, data: bytes) -> Iterator[str]:
        tree: Any = html.fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
        self.anchors[address] = {str(each) for each in tree.xpath("//@id | //a/@name")}
        for element in tree.iter():
            for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
                if name in LISTS:
                    yield from (part.split()[0] for part in value.split(",") if part.strip())
                elif name in ATTRIBUTES and not value.startswith(("mailto:", "tel:", "data:")):
                    yield value
                elif name.startswith("data-"):
                    # A folder below which a script asks for files has no page of its own.
                    found = (part for part in value.split() if OPENED_BY_SCRIPTS.fullmatch(part))
                    yield from (part for part in found if not part.endswith("/"))
        for content in tree.xpath("//meta[@http-equiv='refresh']/@content"):
            yield REFRESH.sub(r"\1", content)
        for content in tree.xpath("//meta[starts-with(@property, 'og:')]/@content"):
            if content.startswith(("https://", "http://")):
                yield content
        for text in tree.xpath("//script[@type='application/ld+json']/text()"):
            yield from (each for each in strings(json.loads(text)) if each.startswith(self.own))


def in_data(path: str, data: bytes) -> Iterator[str]:
    """Yield the files, from the site's root, that a file of data names."""
    found = json.loads(data)
    folder = path.rpartition("/")[0]
    if path == "search/latest.json":
        yield from (f"search/{found['index']}/{name}" for name in ("manifest.json", *found["bundles"]))
    elif path == "search/trials.json":
        yield from (each["url"] for each in found)
    elif path == "gazetteer/outlines.json":
        yield from (each["path"] for each in found)
    elif path.startswith("gazetteer/") and path.endswith("/index.json"):
        yield from (
            f"{folder}/{kind}-{number}.json" for kind, parts in found.items() for number in range(len(parts))
        )
    elif path == "site.json":
        yield from (found["search"], found["feed"])
        yield from (f"{above}{name}/" for above, names in found["addresses"].items() for name in names)
        yield from (each["page"] for each in found["former_pages"])


def strings(value: object) -> Iterator[str]:
    """Yield every text of a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


KINDS = {"html": "html", "css": "css", "js": "javascript", "xml": "xml", "json": "json"}


def kind_of(path: str) -> str:
    """Return the kind of a file by its name."""
    return KINDS.get(path.rpartition(".")[2], "")


def from_disk(address: str) -> tuple[int, str, bytes]:
    """Fetch a file from the disk, as a reader who opens the folder: a folder's page must lie in it."""
    path = Path(unquote(urlsplit(address).path))
    path = path / "index.html" if address.endswith("/") else path
    return (200, kind_of(path.name), path.read_bytes()) if path.is_file() else (404, "", b"")


class PagesHandler(Handler):
    """Answers as GitHub Pages does: no listing, an address without its ending, and the site's own page for 404."""

    # Or each small file waits for an answer to its headers.
    disable_nagle_algorithm = True

    def send_head(self) -> Any:
        """Serve a file, or the page that says that there is none."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and (path / "index.html").is_file():
            return super().send_head()
        if path.is_file():
            return super().send_head()
        if path.with_name(f"{path.name}.html").is_file():
            self.path += ".html"
            return super().send_head()
        page = Path(str(self.directory)) / NOT_FOUND
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(page.stat().st_size))
        self.end_headers()
        return page.open("rb")


@contextmanager
def pages(folder: Path, base: str) -> Iterator[str]:
    """Serve a folder below a path as GitHub Pages does; gives the address of that path."""
    server = Server(("127.0.0.1", 0), functools.partial(PagesHandler, directory=str(folder), base=base))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{base}"
    finally:
        server.shutdown()
        server.server_close()


class Http:
    """Fetches over one connection, and takes the kind of content from what the server says."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)

    def __call__(self, address: str) -> tuple[int, str, bytes]:
        parts = urlsplit(address)
        self.connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        answer = self.connection.getresponse()
        said = answer.getheader("Content-Type") or ""
        return answer.status, said.partition(";")[0].rpartition("/")[2], answer.read()
