"""Pages of a long list: which items stand on which page, and the links from one page to the others.

The first page keeps the list's own address and the others lie below it as `page/2/`, so an address
never changes when the list grows by a page.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.words.fields import record
from trialpages.words.language import _

NEIGHBORS = 1
"""Pages on either side of the current one that are linked by number, beside the first and the last."""


@record
class Part:
    """One page of a list: its number from 1, how many there are, and which items stand on it."""

    number: int
    count: int
    start: int
    stop: int


def parts(item_count: int, page_size: int) -> Iterator[Part]:
    """Yield the pages of a list; an empty list has one page."""
    count = max(1, -(-item_count // page_size))
    for number in range(1, count + 1):
        start = (number - 1) * page_size
        yield Part(number=number, count=count, start=start, stop=min(start + page_size, item_count))


def part_url(base: str, number: int) -> str:
    """Return the address of a page of the list at `base`."""
    return base if number == 1 else f"{base}page/{number}/"


def page_links(base: str, part: Part) -> list[dict[str, object]]:
    """Return the links between the pages of a list; nothing for a list of one page."""
    if part.count == 1:
        return []
    near = range(part.number - NEIGHBORS, part.number + NEIGHBORS + 1)
    numbers = [number for number in range(1, part.count + 1) if number in (1, part.count) or number in near]
    links: list[dict[str, object]] = []
    if part.number > 1:
        links.append(_link(base, part.number - 1, _("Previous page"), current=False))
    last = 0
    for number in numbers:
        if number > last + 2:
            links.append({"title": "…", "url": None, "current": False})
        elif number == last + 2:
            links.append(_link(base, number - 1, str(number - 1), current=False))
        links.append(_link(base, number, str(number), current=number == part.number))
        last = number
    if part.number < part.count:
        links.append(_link(base, part.number + 1, _("Next page"), current=False))
    return links


def _link(base: str, number: int, title: str, *, current: bool) -> dict[str, object]:
    return {"title": title, "url": part_url(base, number), "current": current}


def list_view(base: str, part: Part) -> dict[str, object]:
    """Return what a template needs of a list's pages: links, neighbors, and which items are shown."""
    return {
        "pages": page_links(base, part),
        "previous": part_url(base, part.number - 1) if part.number > 1 else "",
        "next": part_url(base, part.number + 1) if part.number < part.count else "",
        "number": part.number,
        "count": part.count,
        "first": part.start + 1,
        "last": part.stop,
    }


def title_of_part(title: str, part: Part) -> str:
    """Return a page's title: with its number when it is not the first."""
    if part.number == 1:
        return title
    return _("{title}, page {page} of {pages}").format(title=title, page=part.number, pages=part.count)
