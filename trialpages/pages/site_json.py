"""site.json: facts about the whole site for programs, documented in `docs/site-json.md`.

Counts of the whole site stand here and on lists, never on a trial's page: a trial's page must not
change because another trial was added.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from trialpages.model.former_page import NO_FORMER_PAGES, FormerPages
from trialpages.pages.feeds import FEED, KIND
from trialpages.pages.former_pages import KIND as FORMER
from trialpages.pages.former_pages import listed
from trialpages.pages.page import Page, RawFile
from trialpages.read.config import Config
from trialpages.site.order import STATUS_ORDER
from trialpages.site.site import Site

VERSION = 1


def site_json(
    site: Site, config: Config, pages: Iterable[Page], former: FormerPages = NO_FORMER_PAGES
) -> RawFile:
    """Return the file; its numbers are those of this build's pages and trials."""
    text = json.dumps(site_facts(site, config, pages, former), ensure_ascii=False, indent=2)
    return RawFile(path="site.json", kind="site-json", content=f"{text}\n".encode())


def site_facts(
    site: Site, config: Config, pages: Iterable[Page], former: FormerPages = NO_FORMER_PAGES
) -> dict[str, object]:
    """Return what the file says, in the order in which `docs/site-json.md` explains it."""
    pages = tuple(pages)
    statuses = Counter(card.overall_status for card in site.cards)
    known = [status for status in STATUS_ORDER if status is not None]
    ordered = [*known, *sorted(status for status in statuses if status and status not in known)]
    kinds = Counter(page.kind for page in pages)
    kinds["trial"] = len(site.cards)
    feeds = kinds.pop(KIND, 0)
    return {
        "version": VERSION,
        "name": config.name,
        "description": config.description,
        "owner": config.owner,
        "language": config.language,
        "base_url": config.base_url,
        "corpus": site.corpus,
        "trials": len(site.cards),
        "trials_open": site.open_count,
        "trials_by_status": {status: statuses[status] for status in ordered if statuses[status]},
        "trials_without_status": statuses[None],
        "trials_with_results": sum(card.has_results for card in site.cards),
        "newest_update": _newest(card.last_update_post_date for card in site.cards),
        "newest_retrieved": _newest(card.retrieved for card in site.cards),
        "conditions": len(site.conditions.topics),
        "treatments": len(site.treatments.topics),
        "sponsors": len(site.sponsors.topics),
        "countries": len(site.facet("country").values),
        "pages": dict(sorted(kinds.items())),
        "search": "search/trials.json",
        "feed": FEED,
        "feeds": feeds,
        "addresses": grouped((*_addresses(site, pages), *former.kept)),
        "former_pages": listed(former.pages),
    }


def grouped(addresses: Iterable[str]) -> dict[str, list[str]]:
    """Return the addresses of pages but the home page: the names of the pages, by the folder they lie in."""
    found: dict[str, list[str]] = {}
    for address in sorted(set(addresses)):
        folder, _slash, name = address.removesuffix("/").rpartition("/")
        found.setdefault(f"{folder}/" if folder else "", []).append(name)
    return dict(sorted(found.items()))


def _addresses(site: Site, pages: Iterable[Page]) -> Iterator[str]:
    """Yield the addresses that must not vanish silently: every page that is linked, but no former one."""
    yield from (page.url for page in pages if page.url.endswith("/") and page.kind != FORMER)
    yield from (f"trials/{card.trial_id}/" for card in site.cards)


def _newest(days: Iterable[str | None]) -> str | None:
    return max((day for day in days if day), default=None)
