"""Feeds: the trials of a list whose facts are new or have changed, for programs that follow it (Atom, RFC 4287).

Every list of trials has one, at `feed.xml` below the list's own address, and so has the whole site. A feed holds
the trials that changed last, by the days of the content and never by those of the build, and nothing that changes
while they do not. Drafts are in no feed. `docs/feeds.md` says what stands in one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from heapq import nlargest

from trialpages.pages.feed_entries import entry, identity, moment
from trialpages.pages.page import Page, View, absolute
from trialpages.pages.wording import link_parts
from trialpages.pages.xml_text import xml_text
from trialpages.read.config import Config
from trialpages.site.site import Site
from trialpages.words.fields import record
from trialpages.words.language import _, number

FEED = "feed.xml"
KIND = "feed"

ENTRIES = 30
"""Trials in a feed. A program that looks once a week misses none until thirty of a list change in that week."""


@record
class Feed:
    """A feed: what it is called for ever, whose list it follows, and that list's trials."""

    key: str
    """`condition headache`; its permanent identity is made from it."""
    page_url: str
    """The list's own address from the site's root; empty for the whole site."""
    name: str
    """What the list is called; empty for the whole site."""
    trial_ids: Sequence[str]

    @property
    def url(self) -> str:
        """The feed's address from the site's root."""
        return f"{self.page_url}{FEED}"

    @property
    def title(self) -> str:
        """The feed's title, without the site's name."""
        if not self.name:
            return _("New and changed trials")
        return _("{list}: new and changed trials").format(list=self.name)


def site_feed(site: Site) -> Feed:
    """Return the feed of all trials."""
    return Feed(key="all trials", page_url="", name="", trial_ids=tuple(card.trial_id for card in site.cards))


def feed_page(site: Site, config: Config, feed: Feed) -> Page:
    """Return a feed as a page to be made; search engines find the list itself instead."""
    return Page(
        url=feed.url,
        kind=KIND,
        template=FEED,
        make_view=partial(feed_view, site, config, feed),
        indexed=False,
    )


def feed_link(feed: Feed) -> View:
    """Return what a page shows of its feed: a link in its head, and a sentence for people."""
    sentence = _(
        "<a>Follow new and changed trials (feed)</a>. Copy this link into a feed reader: "
        "an app that shows what is new on sites that you choose."
    )
    return {"title": feed.title, "url": feed.url, **link_parts(sentence)}


def feed_view(site: Site, config: Config, feed: Feed) -> View:
    """Return the view of a feed; of trials that changed on one day the first of the list comes first."""
    cards = [card for trial_id in feed.trial_ids if not (card := site.by_id[trial_id]).draft]
    newest = nlargest(ENTRIES, cards, key=lambda card: card.lastmod or "")
    return {
        "id": identity(f"feed {feed.key}"),
        "title": xml_text(feed.title),
        "url": feed.url,
        "page_url": feed.page_url,
        "base": absolute(config, ""),
        "author": xml_text(config.owner or config.name),
        "updated": moment(newest[0].lastmod if newest else None),
        "about": _about(),
        "entries": [entry(site, card) for card in newest],
    }


def _about() -> list[str]:
    """Say to a person who opened the feed in a browser what it is, and what to do with it."""
    return [
        _(
            "This is a feed. Copy its address into a feed reader: an app that shows what is new on sites that you choose."
        ),
        _("It holds up to {count} trials: those that were posted or changed last.").format(
            count=number(ENTRIES)
        ),
    ]
