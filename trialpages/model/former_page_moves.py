"""Where former pages lead in the end: three sources become one, and chains of moves one step.

The first source that names a page decides what stands there; a later one may only add the day, and the illnesses.
A page that exists again wins over all of them. A circle of moves, and a move to nowhere, lead nobody: what stands
there then says that the page is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from trialpages.model.former_page import FormerPage
from trialpages.words.fields import record

STANDS, CIRCLE, NOWHERE, GONE = "stands", "circle", "nowhere", "gone"


@record
class MoveFault:
    """What is odd about a former page: `kind`, and the address that it stumbles over."""

    kind: str
    former: FormerPage
    address: str = ""


def merged(*found: Iterable[FormerPage]) -> dict[str, FormerPage]:
    """Return the former pages of several sources by address, in the order of addresses; the first source wins."""
    pages: dict[str, FormerPage] = {}
    for page in (each for source in found for each in source):
        first = pages.setdefault(page.page, page)
        if first is not page:
            since, conditions = first.since or page.since, first.conditions or page.conditions
            pages[page.page] = replace(first, since=since, conditions=conditions)
    return dict(sorted(pages.items()))


def settled(
    pages: Mapping[str, FormerPage], stands: frozenset[str], base: str = ""
) -> tuple[tuple[FormerPage, ...], tuple[MoveFault, ...]]:
    """Return the former pages that have no page, each with its last destination, and what is odd.

    `stands` are the addresses of all pages; `base` is the site's own full address, empty where it is not known.
    """
    faults: list[MoveFault] = []
    done: list[FormerPage] = []
    away = {
        page: replace(found, moved_to=_inside(found.moved_to, base))
        for page, found in pages.items()
        if page not in stands
    }
    faults += [MoveFault(kind=STANDS, former=found) for page, found in pages.items() if page in stands]
    for found in away.values():
        fault = _fault(found, away, stands)
        if fault is None:
            done.append(replace(found, moved_to=_end(found, away, stands)))
        else:
            faults.append(fault)
            done.append(replace(found, moved_to=""))
    return tuple(done), tuple(faults)


def _inside(address: str, base: str) -> str:
    """Return an address of this site from its root."""
    return address.removeprefix(base) if base and address.startswith(base) else address


def _end(found: FormerPage, away: Mapping[str, FormerPage], stands: frozenset[str]) -> str:
    address = found.moved_to
    while address and address not in stands and address in away:
        address = away[address].moved_to
    return address


def _fault(found: FormerPage, away: Mapping[str, FormerPage], stands: frozenset[str]) -> MoveFault | None:
    """Return why a former page leads nowhere; None when it leads somewhere, or was not meant to."""
    seen = {found.page}
    here = found
    while here.moved_to and not here.is_elsewhere and here.moved_to not in stands:
        if here.moved_to in seen:
            return MoveFault(kind=CIRCLE, former=found, address=here.moved_to)
        if here.moved_to not in away:
            return MoveFault(kind=NOWHERE, former=found, address=here.moved_to)
        seen.add(here.moved_to)
        here = away[here.moved_to]
    if not here.moved_to and here is not found:
        return MoveFault(kind=GONE, former=found, address=here.page)
    return None
