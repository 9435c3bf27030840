"""The site: every card in the order of listings, with the topics and facets that divide them.

Assembled once per build from cards and shared files alone, so that anything which spans trials
(a listing, a link to a condition, a total) is a look-up here and never a look into another trial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from trialpages.model.card import Card
from trialpages.model.shared_files import SharedFiles
from trialpages.read.config import Config
from trialpages.site.context import Link
from trialpages.site.facets import Facet, country_facet, phase_facet, status_facet, topic_facet
from trialpages.site.order import is_open, listing_order
from trialpages.site.topics import (
    Topic,
    TopicIndex,
    condition_topics,
    is_treatment,
    sponsor_topics,
    treatment_topics,
)
from trialpages.words.fields import record
from trialpages.words.language import amount


@record
class Site:
    """What pages share: the cards, and how they are divided."""

    cards: tuple[Card, ...] = ()
    by_id: Mapping[str, Card] = field(default_factory=dict)
    shared: SharedFiles
    corpus: str
    """What counts and totals are taken over, in words: `the 16 trials on this site`."""
    facets: tuple[Facet, ...]
    conditions: TopicIndex
    treatments: TopicIndex
    sponsors: TopicIndex
    newest_day: str | None = None
    """The newest day on which a record was copied or changed: the day of the build is no earlier."""

    @property
    def corpus_size(self) -> int:
        """The number of trials that counts and totals are taken over."""
        return len(self.cards)

    @property
    def open_count(self) -> int:
        """The number of trials that a person may ask to join."""
        return sum(map(is_open, self.cards))

    def facet(self, name: str) -> Facet:
        """Return a facet by its name; there is always one for each of the six names."""
        return next(facet for facet in self.facets if facet.name == name)

    def topic_indexes(self) -> tuple[TopicIndex, ...]:
        """Return the topics of every kind."""
        return self.conditions, self.treatments, self.sponsors

    def condition_links(self, card: Card) -> tuple[Link, ...]:
        """Return links to the conditions that the trial names, in the record's order."""
        return _links(self.conditions.named(name) for name in card.conditions)

    def treatment_links(self, card: Card) -> tuple[Link, ...]:
        """Return links to the treatments of the trial: those that the editors name, then the record's."""
        return _links(_treatment_topics(self.treatments, card))

    def sponsor_link(self, card: Card) -> Link | None:
        """Return the link to the lead sponsor."""
        topic = self.sponsors.named(card.lead_sponsor.name) if card.lead_sponsor else None
        return topic.link if topic else None


def assemble(cards: Iterable[Card], shared: SharedFiles, config: Config) -> Site:
    """Put the cards in order and divide them; of two cards with one trial id the last one stands."""
    by_id = {card.trial_id: card for card in cards}
    ordered = listing_order(by_id.values())
    conditions = condition_topics(ordered, shared.conditions)
    treatments = treatment_topics(ordered, shared.treatments)
    sponsors = sponsor_topics(ordered, shared.sponsors)
    return Site(
        cards=ordered,
        by_id=by_id,
        shared=shared,
        corpus=config.corpus or corpus_words(len(ordered)),
        facets=(
            status_facet(ordered),
            topic_facet(conditions, ordered),
            topic_facet(treatments, ordered),
            phase_facet(ordered),
            country_facet(ordered),
            topic_facet(sponsors, ordered),
        ),
        conditions=conditions,
        treatments=treatments,
        sponsors=sponsors,
        newest_day=max(
            (day for card in ordered for day in (card.retrieved, card.last_update_post_date) if day),
            default=None,
        ),
    )


def corpus_words(count: int) -> str:
    """Say what is counted over when the site's owner does not: all trials on the site."""
    return amount(count, "the one trial on this site", "the {count} trials on this site")


def _treatment_topics(index: TopicIndex, card: Card) -> Iterator[Topic | None]:
    for slug in card.treatments:
        yield index.by_slug.get(slug)
    for intervention in card.interventions:
        filed = index.by_slug.get(intervention.treatment) if intervention.treatment else None
        if filed is not None:
            yield filed
        else:
            topic = index.named(intervention.name)
            if topic is not None and (topic.file is not None or is_treatment(intervention)):
                yield topic


def _links(topics: Iterable[Topic | None]) -> tuple[Link, ...]:
    """Return one link for each topic, in the order in which the topics first come."""
    found = {topic.url: topic for topic in topics if topic is not None}
    return tuple(topic.link for topic in found.values())
