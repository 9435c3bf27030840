"""All pages of the site that are no trial's, and the files beside them that are no pages.

The one list of what is published besides trials: a new kind of page is added here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from trialpages.model.former_page import NO_FORMER_PAGES, FormerPages
from trialpages.pages.compare_view import COMPARE, compare_view
from trialpages.pages.feeds import feed_page, site_feed
from trialpages.pages.former_pages import former_pages
from trialpages.pages.glossary_view import GLOSSARY, glossary_view
from trialpages.pages.home_view import SEARCH, home_view
from trialpages.pages.listing_views import browse_pages, newest_day
from trialpages.pages.page import Page, RawFile, View, frame
from trialpages.pages.prose_pages import ProsePage, prose_page
from trialpages.pages.search_view import search_view
from trialpages.pages.site_json import site_json
from trialpages.pages.sitemap import entries, sitemap
from trialpages.pages.topic_indexes import topic_index_pages
from trialpages.pages.topic_views import topic_pages
from trialpages.pages.wording import link_parts
from trialpages.read.config import Config
from trialpages.site.site import Site
from trialpages.words.language import _

NOT_FOUND = "404.html"


def site_pages(
    site: Site, config: Config, prose: tuple[ProsePage, ...], former: FormerPages = NO_FORMER_PAGES
) -> Iterator[Page]:
    """Yield every page but the trials', and every feed, in an order that never depends on the build."""
    yield Page(
        url="",
        kind="home",
        template="home.html",
        make_view=partial(home_view, site, config),
        lastmod=newest_day(site.cards),
    )
    yield Page(
        url=SEARCH, kind="search", template="search.html", make_view=partial(search_view, site, config)
    )
    yield feed_page(site, config, site_feed(site))
    yield from browse_pages(site, config)
    yield from topic_index_pages(site, config)
    yield from topic_pages(site, config)
    yield Page(
        url=GLOSSARY,
        kind="glossary",
        template="glossary.html",
        make_view=partial(glossary_view, site, config),
    )
    yield Page(url=COMPARE, kind="compare", template="compare.html", make_view=partial(compare_view, config))
    for text in sorted(prose, key=lambda text: text.slug):
        yield prose_page(config, text)
    yield from former_pages(site, config, former)
    yield Page(
        url=NOT_FOUND,
        kind="not-found",
        template="404.html",
        make_view=partial(not_found_view, config),
        indexed=False,
    )


def raw_files(
    site: Site,
    config: Config,
    prose: tuple[ProsePage, ...],
    former: FormerPages = NO_FORMER_PAGES,
    *,
    is_preview: bool = False,
) -> tuple[RawFile, ...]:
    """Return the sitemap, robots.txt and site.json."""
    pages = tuple(site_pages(site, config, prose, former))
    about = sitemap(entries(site, pages), config, is_preview=is_preview).files
    return (*about, site_json(site, config, pages, former))


def not_found_view(config: Config) -> View:
    """Return the view of the page that a server shows for an address that does not exist."""
    view = frame(
        config,
        NOT_FOUND,
        title=_("Page not found"),
        description=_("There is no page at this address."),
    )
    search = link_parts(_("<a>search for a trial</a> by its number, an illness or a treatment"))
    return {**view, "search": search, "canonical": "", "json_ld": "", "robots": "noindex"}
