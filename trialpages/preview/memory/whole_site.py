"""The site put together from all cards, and what is found from it: contexts of trials, and all other pages.

Each part is made when it is first asked for and kept; nothing that was given out ever changes. Where only words of some
cards or of the glossary have changed, a whole site is renewed: what is counted and sorted is shared with the one before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import partial
from operator import attrgetter

from trialpages.model.card import Card
from trialpages.model.shared_files import SharedFiles
from trialpages.pages.page import Page
from trialpages.pages.site_pages import site_pages
from trialpages.read.config import Config
from trialpages.site.context import TrialContext
from trialpages.site.contexts import ContextIndex, trial_context
from trialpages.site.site import Site, assemble
from trialpages.site.staleness import on_day

WORDS_OF_A_CARD = frozenset(
    {
        "title",
        "brief_title",
        "has_own_title",
        "purpose",
        "purpose_language",
        "why_stopped",
        "reviewed_on",
        "lastmod",
        "shows_spots_left",
        "spots_left",
    }
)
"""Fields that a page shows and by which nothing is counted, sorted or chosen."""

_COUNTED = tuple(field.name for field in fields(Card) if field.name not in WORDS_OF_A_CARD)


def differ_in_words(one: Card, other: Card) -> bool:
    """Tell whether two cards differ in words alone."""
    return all(getattr(one, name) == getattr(other, name) for name in _COUNTED)


class WholeSite:
    """A site on a day. Every method may be called in any thread."""

    def __init__(self, site: Site, config: Config, today: date, cards: Mapping[str, Card]) -> None:
        self.site = site
        self._cards = cards
        self.config = config
        self.today = today
        self._lock = threading.RLock()
        self._index: ContextIndex | None = None
        self._contexts: dict[str, TrialContext] = {}
        self._root = self
        self._pages: dict[str, Page] = {}
        self._rest: Iterator[Page] | None = None

    @property
    def shape(self) -> object:
        """The same object for all sites that differ in words alone."""
        return self._root

    def on_its_day(self, card: Card) -> Card | None:
        """Return a card as this site shows it on its day; None when it was put together from another card."""
        return self.site.by_id.get(card.trial_id) if self._cards.get(card.trial_id) is card else None

    def index(self) -> ContextIndex:
        """Return what all contexts look up."""
        with self._lock:
            if self._index is None:
                self._index = ContextIndex(self.site)
            return self._index

    def context(self, trial_id: str) -> TrialContext:
        """Return what the page of a trial shows beside its own trial."""
        with self._lock:
            found = self._contexts.get(trial_id)
            if found is None:
                card = self.site.by_id[trial_id]
                found = self._contexts[trial_id] = trial_context(card, self.index(), self.config, self.today)
            return found

    def context_of_new(self, card: Card) -> TrialContext:
        """Return the context of a trial whose card is not the site's yet: its own facts new, the others' as they are."""
        (on_this_day,) = on_day((card,), self.config, self.today)
        found = trial_context(on_this_day, self.index(), self.config, self.today)
        known = self.site.by_id.get(card.trial_id)
        if known is not None and _parties(known) == _parties(card):
            # The sums hold what this trial said before, which its own new facts cannot be taken off.
            found = replace(found, totals=self.context(card.trial_id).totals)
        return found

    def page(self, url: str) -> Page | None:
        """Return a page that is no trial's, no page of prose and no former page."""
        root = self._root
        with root._lock:
            while url not in root._pages and root._make_one():
                pass
            found = root._pages.get(url)
        return found if found is None or self is root else _rebound(found, root.site, self.site)

    def pages(self) -> tuple[Page, ...]:
        """Return all pages that are no trials', no pages of prose and no former pages."""
        root = self._root
        with root._lock:
            while root._make_one():
                pass
            found = tuple(root._pages.values())
        return found if self is root else tuple(_rebound(page, root.site, self.site) for page in found)

    def warm(self, goes_on: Callable[[], bool]) -> None:
        """Make now what takes long, little by little, as long as that is wanted."""
        self.index()
        has_more = True
        while has_more and goes_on():
            with self._root._lock:
                has_more = self._root._make_one()

    def renewed(self, cards: Mapping[str, Card], shared: SharedFiles) -> WholeSite:
        """Return the site with other words on some cards or in the shared files, and nothing else changed."""
        on_this_day = {card.trial_id: card for card in on_day(cards.values(), self.config, self.today)}
        site = self.site
        if on_this_day:
            ids = map(attrgetter("trial_id"), site.cards)
            ordered = tuple(map(on_this_day.get, ids, site.cards))
            site = replace(site, cards=ordered, by_id={**site.by_id, **on_this_day})
        found = WholeSite(
            replace(site, shared=shared),
            self.config,
            self.today,
            {**self._cards, **cards} if cards else self._cards,
        )
        found._root = self._root
        with self._lock:
            if self._index is not None:
                found._index = self._index.renewed(found.site, on_this_day)
            if not on_this_day:
                found._contexts = dict(self._contexts)
        return found

    def _make_one(self) -> bool:
        """Make one page more; say whether there was one left."""
        if self._rest is None:
            self._rest = site_pages(self.site, self.config, ())
        made = next(self._rest, None)
        if made is not None:
            self._pages[made.url] = made
        return made is not None


def whole_site(
    cards: Iterable[Card], shared: SharedFiles, config: Config, today: date, before: WholeSite | None = None
) -> WholeSite:
    """Put a site together; cards that the site before has shown on that day are not looked at again."""
    if before is not None and (before.config, before.today) != (config, today):
        before = None
    given = {card.trial_id: card for card in cards}
    shown = {card.trial_id: before.on_its_day(card) for card in given.values()} if before is not None else {}
    new = on_day((card for name, card in given.items() if shown.get(name) is None), config, today)
    known = {name: card for name, card in shown.items() if card is not None}
    return WholeSite(assemble((*known.values(), *new), shared, config), config, today, given)


def _parties(card: Card) -> tuple[object, ...]:
    return card.lead_sponsor, card.collaborators, card.officials


def _rebound(page: Page, before: Site, after: Site) -> Page:
    """Return a page that is made from another site."""
    made = page.make_view
    if not isinstance(made, partial):
        return page
    arguments = [after if each is before else each for each in made.args]
    return replace(page, make_view=partial(made.func, *arguments, **made.keywords))
