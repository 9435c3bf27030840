"""The order of listings: trials that a reader can join first, then the newest facts.

Every listing of the site uses this one order, so a trial keeps its place relative to others on
every page, and a build puts the same trials on the same pages whatever order it read them in.
"""

from __future__ import annotations

from collections.abc import Iterable

from trialpages.model.card import Card

STATUS_ORDER: tuple[str | None, ...] = (
    "RECRUITING",
    "AVAILABLE",
    "NOT_YET_RECRUITING",
    "ENROLLING_BY_INVITATION",
    "ACTIVE_NOT_RECRUITING",
    "SUSPENDED",
    "TEMPORARILY_NOT_AVAILABLE",
    "UNKNOWN",
    None,
    "COMPLETED",
    "APPROVED_FOR_MARKETING",
    "NO_LONGER_AVAILABLE",
    "TERMINATED",
    "WITHHELD",
    "WITHDRAWN",
)
"""From open to never started; `None` is a trial whose status nobody has stated."""

OPEN_STATUSES = frozenset({"RECRUITING", "AVAILABLE"})
"""Statuses under which a person may ask to take part today."""

_RANK = {status: rank for rank, status in enumerate(STATUS_ORDER)}
_RANK_OF_NEW_STATUS = _RANK[None]


def status_rank(status: str | None) -> int:
    """Return the place of a status in listings; a status that the registry adds later ranks as unstated."""
    return _RANK.get(status, _RANK_OF_NEW_STATUS)


def is_open(card: Card) -> bool:
    """Say whether a person may ask to take part."""
    return card.overall_status in OPEN_STATUSES


def listing_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return the cards by status, then newest update first, then by trial id."""
    ordered = sorted(cards, key=lambda card: card.trial_id)
    ordered.sort(key=lambda card: card.last_update_post_date or "", reverse=True)
    ordered.sort(key=lambda card: status_rank(card.overall_status))
    return tuple(ordered)
