"""The home page: what this site is, the search form, trials that are open, and ways to look further."""

from __future__ import annotations

from trialpages.model.dates import show_date
from trialpages.pages.listing_items import listing_item
from trialpages.pages.listing_views import facet_words, value_links
from trialpages.pages.open_counts import confirmed_sentence
from trialpages.pages.page import View, frame
from trialpages.pages.wording import counted, number
from trialpages.read.config import Config
from trialpages.site.order import OPEN_STATUSES, is_open
from trialpages.site.site import Site

SEARCH = "search/"
TRIALS_SHOWN = 6
CONDITIONS_SHOWN = 18

DEFAULT_DESCRIPTION = "What each trial tests, who can join, what can go wrong and where it is."


def home_view(site: Site, config: Config) -> View:
    """Return the view of the home page; a site without an open trial shows others."""
    opened = [card for card in site.cards if is_open(card)]
    cards = opened or site.cards
    listed = " listed as open" if opened else ""
    shown = cards[:TRIALS_SHOWN]
    conditions = site.facet("condition").values
    description = config.description or DEFAULT_DESCRIPTION
    return {
        **frame(config, "", title=config.name, description=description),
        "lede": description,
        "counts": counts(site),
        "search_url": SEARCH,
        "trials_title": "Trials listed as open" if opened else "Trials",
        "trials": [listing_item(card) for card in shown],
        "shown": _shown(
            len(shown), f"{counted(len(cards), 'trial')}{listed}", is_all=len(shown) == len(cards)
        ),
        "more": _open_lists(site) if len(shown) < len(opened) else [],
        "conditions": value_links(conditions[:CONDITIONS_SHOWN]),
        "all_conditions": f"All {counted(len(site.conditions.topics), 'condition')} from A to Z"
        if len(conditions) > CONDITIONS_SHOWN
        else "",
        "ways": ways(site),
    }


def ways(site: Site) -> list[View]:
    """Return links to the facets' pages with a line on what each is."""
    return [
        {"text": title, "url": facet.url, "hint": explained}
        for facet in site.facets
        if facet.values
        for title, explained in (facet_words(site, facet.name),)
    ]


def counts(site: Site) -> str:
    """Say how many trials the site holds, how many are listed as open, and how new its newest record is."""
    total = len(site.cards)
    if not total:
        return "There is no trial on this site yet."
    opened = site.open_count
    newest = max(
        (card.last_update_post_date for card in site.cards if card.last_update_post_date), default=None
    )
    verb = "is" if opened == 1 else "are"
    sentences = (
        f"{counted(total, 'trial')} on this site, of which {number(opened)} {verb} listed as open.",
        confirmed_sentence(site.cards, site.newest_day),
        f"The newest change in a record is of {show_date(newest)}." if newest else "",
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _shown(count: int, total: str, *, is_all: bool) -> str:
    return f"{total}, newest facts first." if is_all else f"{number(count)} of {total}, newest facts first."


def _open_lists(site: Site) -> list[View]:
    return [
        {"text": f"See all {counted(len(value.trial_ids), 'trial')}: {value.label}", "url": value.url}
        for value in site.facet("status").values
        if site.by_id[value.trial_ids[0]].overall_status in OPEN_STATUSES
    ]
