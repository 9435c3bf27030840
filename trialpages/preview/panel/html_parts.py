"""The parts of a made page: its sections, their headings, and its ids, read from the HTML that our templates write.

It is no parser of HTML: it knows the few elements that it looks for, and text never looks like a tag, since our
templates escape it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from trialpages.words.fields import record

SECTION = re.compile(r"<(/?)section\b([^>]*)>")
ID = re.compile(r'\sid="([^"]*)"')
LABELLED_BY = re.compile(r'\saria-labelledby="([^"]*)"')
ANY_ID = re.compile(r'<[a-zA-Z][^<>]*\sid="([^"]*)"')
TAG = re.compile(r"<[^>]*>")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@record
class Section:
    """A section of a page: the id by which it is found, its selector, its heading's text and its HTML."""

    id: str
    """Its own, else that of its heading."""
    at: str
    heading: str
    html: str


def sections(page: str) -> tuple[Section, ...]:
    """Return the sections of a page in its order; one inside another comes after it."""
    found: list[tuple[int, str, int]] = []
    open_ones: list[tuple[int, str]] = []
    for tag in SECTION.finditer(page):
        if not tag[1]:
            open_ones.append((tag.start(), tag[2]))
        elif open_ones:
            start, attributes = open_ones.pop()
            found.append((start, attributes, tag.end()))
    return tuple(_section(attributes, page[start:end]) for start, attributes, end in sorted(found))


def outside_sections(page: str) -> str:
    """Return the HTML of a page without its sections."""
    kept = page
    for section in sections(page):
        kept = kept.replace(section.html, "")
    return kept


def _section(attributes: str, text: str) -> Section:
    own, label = ID.search(attributes), LABELLED_BY.search(attributes)
    name = html.unescape((own or label)[1]) if own or label else ""  # type: ignore[index]
    at = f'[id="{name}"]' if own else f'section[aria-labelledby="{name}"]' if name else "section"
    return Section(
        id=name, at=at, heading=heading_of(text, html.unescape(label[1]) if label else ""), html=text
    )


def heading_of(text: str, heading_id: str) -> str:
    """Return the words of the element with an id; of the first heading where no id is given."""
    mark = f'id="{html.escape(heading_id)}"' if heading_id else ""
    found = re.search(rf"<(h[1-6])\b[^>]*{re.escape(mark)}[^>]*>(.*?)</\1>", text, re.DOTALL)
    return words_of(found[2]) if found else ""


def ids(page: str) -> frozenset[str]:
    """Return all ids of a page."""
    return frozenset(html.unescape(name) for name in ANY_ID.findall(page))


def title_of(page: str) -> str:
    """Return the words of a page's title."""
    found = TITLE.search(page)
    return words_of(found[1]) if found else ""


def words_of(text: str) -> str:
    """Return a piece of HTML as plain words."""
    return " ".join(html.unescape(TAG.sub(" ", text)).split())


def between(text: str, start: str, end: str) -> str:
    """Return what stands between two pieces of HTML; nothing when the first is not there."""
    _before, found, rest = text.partition(start)
    return rest.partition(end)[0] if found else ""


def elements(text: str, names: str) -> Iterator[tuple[str, str]]:
    """Yield name and words of the elements whose names fit, such as `h[2-6]`, in their order."""
    for found in re.finditer(rf"<({names})\b[^>]*>(.*?)</\1>", text, re.DOTALL):
        yield found[1], words_of(found[2])
