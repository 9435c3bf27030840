"""The site as it stands in public: which pages its `site.json` lists, and which it says are gone.

What comes from the network is believed only as far as it is what a build writes: a damaged file, a page of an error
in its place, and a file of another program are refused in words, since a build that took one of them for an empty
site would let every vanished page vanish silently.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from trialpages.model.former_page import EDITORS, PREVIOUS, FormerPage, is_page_address
from trialpages.pages.site_json import VERSION
from trialpages.read.values import DAY
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span
from trialpages.words.fields import record


@record
class PreviousSite:
    """The addresses of the public pages, and the former pages that it knows."""

    addresses: frozenset[str] = frozenset()
    former: tuple[FormerPage, ...] = ()


class _RefusedError(Exception):
    """The file is not what a build writes; the text says why."""


def read_previous(data: bytes, shown: str, sink: Sink) -> PreviousSite | None:
    """Return what a `site.json` lists; None with a fault in the sink where it is none of ours."""
    try:
        facts = _facts(data)
        if "addresses" not in facts:
            what = "This site.json lists no pages, as those of earlier versions did"
            help_text = "nothing needs to be done: the next one lists them"
            sink.append(make("previous-without-pages", what, Span(shown), help_text))
            return PreviousSite()
        return PreviousSite(
            addresses=frozenset(_addresses(facts["addresses"])),
            former=tuple(_former(facts.get("former_pages", []))),
        )
    except _RefusedError as refused:
        help_text = "bring it again: curl --fail https://ADDRESS-OF-THE-SITE/site.json; leave --previous out for a first publication"
        what = f"This is not the site.json of a published site: {refused}"
        sink.append(make("previous-unreadable", what, Span(shown), help_text))
        return None


def vanished(site: PreviousSite, stands: frozenset[str], day: str) -> Iterator[FormerPage]:
    """Yield the former pages of the public site, and its pages that do not stand any more from this day on.

    A later part of a list leads to the list's beginning. A redirect that editors wrote holds as long as they
    keep it; without it the page is gone.
    """
    for page in site.former:
        yield replace(page, by=PREVIOUS, moved_to="" if page.by == EDITORS else page.moved_to)
    for address in sorted(site.addresses - stands):
        yield FormerPage(page=address, by=PREVIOUS, moved_to=list_of_part(address), since=day)


def list_of_part(address: str) -> str:
    """Return the list of which this is a later part; empty for other pages.

    >>> list_of_part("conditions/headache/page/3/")
    'conditions/headache/'
    """
    parts = address.removesuffix("/").split("/")
    return (
        f"{'/'.join(parts[:-2])}/" if len(parts) > 2 and parts[-2] == "page" and parts[-1].isdigit() else ""
    )


def _facts(data: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(data)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise _RefusedError("it is not JSON" if data.strip() else "it is empty") from None
    if not isinstance(found, dict) or not isinstance(found.get("version"), int) or "corpus" not in found:
        raise _RefusedError("it does not hold what every site.json holds")
    if found["version"] > VERSION:
        raise _RefusedError("a newer trialpages wrote it")
    return found


def _addresses(groups: object) -> Iterator[str]:
    if not isinstance(groups, dict):
        raise _RefusedError("its addresses are no groups")
    for folder, names in groups.items():
        if not isinstance(names, list):
            raise _RefusedError("its addresses are no groups of names")
        for name in names:
            yield _checked(f"{folder}{name}/")


def _former(listed: object) -> Iterator[FormerPage]:
    if not isinstance(listed, list):
        raise _RefusedError("its former pages are no list")
    for found in listed:
        if not isinstance(found, dict):
            raise _RefusedError("one of its former pages is not described")
        moved_to, since = found.get("moved_to") or "", found.get("since") or ""
        if (
            not isinstance(moved_to, str)
            or not isinstance(since, str)
            or (since and not DAY.fullmatch(since))
        ):
            raise _RefusedError("one of its former pages is not described as it should be")
        if not moved_to.startswith(("http://", "https://")) and moved_to:
            _checked(moved_to)
        yield FormerPage(
            page=_checked(found.get("page")), by=str(found.get("by")), moved_to=moved_to, since=since
        )


def _checked(address: object) -> str:
    if not isinstance(address, str) or not is_page_address(address):
        raise _RefusedError("it lists an address that no page of ours has")
    return address
