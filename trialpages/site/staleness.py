"""Whether a trial's status can still be trusted on a given day: the same answer on its page and in every list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from trialpages.model.card import Card
from trialpages.model.freshness import LASTING_STATUSES, Freshness, freshness
from trialpages.read.config import Config


def status_freshness(card: Card, config: Config, today: date) -> Freshness:
    """Return how fresh a trial's status is.

    An old copy is no reason for a warning when the trial's status is one that trials do not leave.
    """
    end = card.completion_date or card.primary_completion_date
    return freshness(
        overall_status=card.overall_status,
        status_verified_date=card.status_verified_date,
        retrieved=None if card.overall_status in LASTING_STATUSES else card.retrieved,
        completion_date=end.date if end else None,
        today=today,
        amber_copy_days=config.stale_after_days,
    )


def on_day(cards: Iterable[Card], config: Config, today: date) -> tuple[Card, ...]:
    """Return the cards, each knowing whether its status is stale on that day."""
    return tuple(
        replace(card, status_is_stale=True) if status_freshness(card, config, today).reasons else card
        for card in cards
    )
