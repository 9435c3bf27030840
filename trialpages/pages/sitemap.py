"""The sitemap and robots.txt: which pages there are and on which day each last changed in substance.

A day comes from dated facts and reviews, never from the build, so an unchanged page keeps its day.
A sitemap holds full addresses only: without the site's own address there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from xml.sax.saxutils import escape

from trialpages.pages.page import Page, RawFile, absolute, is_absolute
from trialpages.read.config import Config
from trialpages.site.site import Site
from trialpages.words.fields import record

URLS_PER_FILE = 50_000
"""The limit of the sitemap protocol, version 0.9."""

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NOTE = "no sitemap: it needs the site's full address (base_url in site.yaml, or --base-url)"


PREVIEW_ROBOTS = RawFile(path="robots.txt", kind="robots", content=b"User-agent: *\nAllow: /\n")
"""What stands for the list of pages in a preview. Nothing is refused: a search engine that may not read a page never
meets its `noindex`, and lists the address when another site names it."""


@record
class Entry:
    """A page in the sitemap: its address from the site's root, and its day."""

    url: str
    lastmod: str | None = None


@record
class Sitemap:
    """The files, and a note when there is no sitemap among them."""

    files: tuple[RawFile, ...]
    note: str | None = None


def entries(site: Site, pages: Iterable[Page]) -> Iterator[Entry]:
    """Yield every page that search engines may list: the site's own pages, then the trials by id."""
    for page in pages:
        if page.indexed:
            yield Entry(url=page.url, lastmod=page.lastmod)
    for trial_id in sorted(site.by_id):
        yield Entry(url=f"trials/{trial_id}/", lastmod=site.by_id[trial_id].lastmod)


def sitemap(
    found: Iterable[Entry], config: Config, per_file: int = URLS_PER_FILE, *, is_preview: bool = False
) -> Sitemap:
    """Return sitemap.xml, in several files under an index when it is long, and robots.txt; no sitemap of a preview."""
    if is_preview:
        return Sitemap(files=(PREVIEW_ROBOTS,))
    if not is_absolute(config):
        return Sitemap(files=(robots(config),), note=NOTE)
    remaining = iter(found)
    chunks = list(iter(lambda: list(islice(remaining, per_file)), []))
    if len(chunks) <= 1:
        files = [_file("sitemap.xml", _urlset(chunks[0] if chunks else (), config))]
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(chunks) + 1)]
        files = [_file("sitemap.xml", _index(zip(names, chunks, strict=True), config))]
        files += [_file(name, _urlset(chunk, config)) for name, chunk in zip(names, chunks, strict=True)]
    return Sitemap(files=(*files, robots(config)))


def robots(config: Config) -> RawFile:
    """Return robots.txt: everything may be read; the sitemap is named when there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if is_absolute(config):
        lines.append(f"Sitemap: {absolute(config, 'sitemap.xml')}")
    return RawFile(path="robots.txt", kind="robots", content=("\n".join(lines) + "\n").encode())


def _urlset(found: Sequence[Entry], config: Config) -> list[str]:
    lines = [f'<urlset xmlns="{NAMESPACE}">']
    lines += [_element("url", absolute(config, entry.url), entry.lastmod) for entry in found]
    return [*lines, "</urlset>"]


def _index(named: Iterable[tuple[str, Sequence[Entry]]], config: Config) -> list[str]:
    lines = [f'<sitemapindex xmlns="{NAMESPACE}">']
    for name, chunk in named:
        newest = max((entry.lastmod for entry in chunk if entry.lastmod), default=None)
        lines.append(_element("sitemap", absolute(config, name), newest))
    return [*lines, "</sitemapindex>"]


def _element(name: str, address: str, lastmod: str | None) -> str:
    day = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<{name}><loc>{escape(address)}</loc>{day}</{name}>"


def _file(name: str, lines: Sequence[str]) -> RawFile:
    text = "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', *lines)) + "\n"
    return RawFile(path=name, kind="sitemap", content=text.encode())
