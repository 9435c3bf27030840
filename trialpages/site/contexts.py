"""The context of a trial page: all that it shows beside its own trial, made in the reduce stage.

The index is made once from the site; each context is then a few look-ups, whatever the number of
trials. No context holds a count of the whole site, or every page would be made again whenever a
trial is added: `corpus` names the corpus without its size unless the site's owner words it, and
`corpus_size` is rounded down to its first digit, which is enough to tell a small corpus from a large one.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date

from trialpages.model.card import Card
from trialpages.model.dates import earliest_day, latest_day
from trialpages.model.editorial import ConditionFile
from trialpages.model.freshness import REASONS, RED
from trialpages.model.spots_left import open_spots
from trialpages.model.timeline import progress_percent
from trialpages.read.config import Config
from trialpages.site.context import TimeFacts, TreatmentRow, TrialContext
from trialpages.site.similar import similar, similar_index
from trialpages.site.site import Site
from trialpages.site.source_trial import renewed_index, source_index, source_trial
from trialpages.site.staleness import status_freshness
from trialpages.site.topics import Topic
from trialpages.site.totals import sums, totals
from trialpages.site.treatment_rows import treatment_row
from trialpages.words.language import N_

DEFAULT_CORPUS = N_("the trials on this site")

NO_PROGRESS = frozenset(
    {
        "WITHDRAWN",
        "TERMINATED",
        "SUSPENDED",
        "UNKNOWN",
        "WITHHELD",
        "AVAILABLE",
        "NO_LONGER_AVAILABLE",
        "TEMPORARILY_NOT_AVAILABLE",
        "APPROVED_FOR_MARKETING",
    }
)
"""Statuses in which the planned dates do not tell how far a trial is."""


class ContextIndex:
    """What all contexts look up: made once from the site, in one pass each; rows of treatments as they are asked."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.sums = sums(site)
        self.similar = similar_index(site)
        self.sources = source_index(site)
        self._rows: dict[str, TreatmentRow] = {}

    def renewed(self, site: Site, cards: Mapping[str, Card]) -> ContextIndex:
        """Return the index of a site that differs in the words of some cards alone, and in nothing that is counted."""
        found = copy(self)
        found.site = site
        found.sources = renewed_index(self.sources, cards)
        return found

    def treatment_row(self, topic: Topic) -> TreatmentRow:
        """Return the row of a treatment over all its trials; each is counted once however many pages show it."""
        row = self._rows.get(topic.slug)
        if row is None:
            cards = [self.site.by_id[trial_id] for trial_id in topic.trial_ids if trial_id in self.site.by_id]
            row = self._rows[topic.slug] = treatment_row(topic, cards)
        return row


def trial_context(card: Card, index: ContextIndex, config: Config, today: date) -> TrialContext:
    """Return what the page of a trial shows beside its own trial on a given day."""
    site = index.site
    treatment_links = site.treatment_links(card)
    treatments = (site.treatments.by_slug[link.url.split("/")[1]] for link in treatment_links)
    return TrialContext(
        condition_links=site.condition_links(card),
        treatment_links=treatment_links,
        sponsor_link=site.sponsor_link(card),
        totals=totals(card, site, index.sums),
        treatment_rows=tuple(index.treatment_row(topic) for topic in treatments),
        similar=similar(card, site, index.similar, config.similar_count),
        source_trial=source_trial(card, site, index.sources),
        corpus=config.corpus or DEFAULT_CORPUS,
        corpus_size=magnitude(len(site.cards)),
        time=time_facts(card, config, today),
        conditions=_condition_files(card, site),
    )


def magnitude(count: int) -> int:
    """Round a count down to a power of ten, so that one trial more does not change every page.

    >>> magnitude(2365)
    1000
    """
    power: int = 10 ** (len(str(count)) - 1)
    return min(power, count)


def _condition_files(card: Card, site: Site) -> tuple[ConditionFile, ...]:
    topics = (site.conditions.named(name) for name in card.conditions)
    files = {topic.slug: topic.file for topic in topics if topic and isinstance(topic.file, ConditionFile)}
    return tuple(files.values())


def time_facts(card: Card, config: Config, today: date) -> TimeFacts:
    """Return what depends on the day: whether the status is stale, the progress and the open places."""
    state = status_freshness(card, config, today)
    spots = None
    if config.spots_left:
        spots = open_spots(
            overall_status=card.overall_status,
            enrollment=card.enrollment,
            start_date=card.start_date,
            primary_completion_date=card.primary_completion_date,
            status_verified_date=card.status_verified_date,
            today=today,
            retrieved=card.retrieved,
            editorial=card.spots_left,
        )
    return TimeFacts(
        today=today.isoformat() if spots and not spots.is_editorial else None,
        status_is_stale=bool(state.reasons),
        status_stale_reason=REASONS[state.reasons[0]] if state.reasons else None,
        progress_percent=_progress(card, today),
        spots_left=spots.value if spots else None,
        spots_left_until=spots.until if spots else None,
        spots_left_is_editorial=bool(spots and spots.is_editorial),
        facts_are_too_old=state.level == RED,
    )


def _progress(card: Card, today: date) -> int | None:
    if card.overall_status in NO_PROGRESS or card.start_date is None or card.primary_completion_date is None:
        return None
    start, end = earliest_day(card.start_date.date), latest_day(card.primary_completion_date.date)
    return progress_percent(start, end, today) if start and end else None
