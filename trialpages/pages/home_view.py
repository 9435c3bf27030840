"""The home page: what this site is, the search form, trials that are open, and ways to look further."""

from __future__ import annotations

from trialpages.model.dates import show_date
from trialpages.pages.feeds import feed_link, site_feed
from trialpages.pages.listing_items import listing_item
from trialpages.pages.listing_views import facet_words, trials_text, value_links
from trialpages.pages.open_counts import confirmed_sentence
from trialpages.pages.page import View, frame
from trialpages.pages.wording import link_parts
from trialpages.read.config import Config
from trialpages.site.order import OPEN_STATUSES, is_open
from trialpages.site.site import Site
from trialpages.words.language import N_, _, amount, number

SEARCH = "search/"
TRIALS_SHOWN = 6
CONDITIONS_SHOWN = 18

DEFAULT_DESCRIPTION = N_("What each trial tests, who can join, what can go wrong and where it is.")


def home_view(site: Site, config: Config) -> View:
    """Return the view of the home page; a site without an open trial shows others."""
    opened = [card for card in site.cards if is_open(card)]
    cards = opened or site.cards
    shown = cards[:TRIALS_SHOWN]
    conditions = site.facet("condition").values
    description = config.description or _(DEFAULT_DESCRIPTION)
    feed = feed_link(site_feed(site))
    return {
        **frame(config, "", title=config.name, description=description),
        "lede": description,
        "counts": counts(site),
        "browse": link_parts(_("You can also <a>browse all lists</a>.")),
        "search_url": SEARCH,
        "trials_title": _("Trials listed as open") if opened else _("Trials"),
        "trials": [listing_item(card) for card in shown],
        "shown": _shown(len(shown), len(cards), is_open=bool(opened)),
        "more": _open_lists(site) if len(shown) < len(opened) else [],
        "conditions": value_links(conditions[:CONDITIONS_SHOWN]),
        "all_conditions": _all_conditions(site) if len(conditions) > CONDITIONS_SHOWN else "",
        "ways": [*ways(site), _follow(feed)],
        "feed": feed,
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
        return _("There is no trial on this site yet.")
    opened = site.open_count
    newest = max(
        (card.last_update_post_date for card in site.cards if card.last_update_post_date), default=None
    )
    sentences = (
        amount(
            opened,
            "{trials} on this site, of which {count} is listed as open.",
            "{trials} on this site, of which {count} are listed as open.",
            trials=trials_text(total),
        ),
        confirmed_sentence(site.cards, site.newest_day),
        _("The newest change in a record was on {day}.").format(day=show_date(newest)) if newest else "",
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _shown(count: int, total: int, *, is_open: bool) -> str:
    """Say how many trials stand here, and of how many."""
    if is_open:
        trials = amount(total, "{count} trial listed as open", "{count} trials listed as open")
    else:
        trials = trials_text(total)
    if count == total:
        return _("{trials}, newest facts first.").format(trials=trials)
    return _("{count} of {trials}, newest facts first.").format(count=number(count), trials=trials)


def _follow(feed: View) -> View:
    """Return the link to the feed of the whole site as one of the ways."""
    hint = _("For a feed reader: an app that shows what is new on sites that you choose.")
    return {"text": feed["text"], "url": feed["url"], "hint": hint}


def _all_conditions(site: Site) -> str:
    return amount(
        len(site.conditions.topics),
        "All {count} condition from A to Z",
        "All {count} conditions from A to Z",
    )


def _open_lists(site: Site) -> list[View]:
    return [
        {
            "text": amount(
                len(value.trial_ids),
                "See all {count} trial with the status “{status}”",
                "See all {count} trials with the status “{status}”",
                status=value.label,
            ),
            "url": value.url,
        }
        for value in site.facet("status").values
        if site.by_id[value.trial_ids[0]].overall_status in OPEN_STATUSES
    ]
