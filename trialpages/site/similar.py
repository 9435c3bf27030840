"""Similar trials: a few, open ones first; of those the same condition and treatment, then the same condition.

Each trial is offered the trials that follow it by id among its likes, from the first again after the
last. So the choice costs the same at any size, all trials are offered about equally often, and an
edit of one trial's card redoes about as many pages as a page shows similar trials.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from trialpages.model.card import Card
from trialpages.site.order import is_open
from trialpages.site.site import Site
from trialpages.words.fields import record

_NOT_OFFERED = frozenset({"WITHDRAWN", "WITHHELD"})
"""Trials that never started or hide what they are: nothing for a reader to look at."""

Likeness = tuple[str, ...]
"""The address of a condition, or of a condition and of a treatment."""


@record
class Likes:
    """Ids of the trials of one likeness, each list from A to Z."""

    open_ids: tuple[str, ...]
    other_ids: tuple[str, ...]


@record
class SimilarIndex:
    """The trials of the site by likeness."""

    likes: Mapping[Likeness, Likes] = field(default_factory=dict)


def similar_index(site: Site) -> SimilarIndex:
    """Gather the trials of the site by condition, and by condition and treatment."""
    gathered: dict[Likeness, tuple[list[str], list[str]]] = {}
    for card in sorted(site.cards, key=lambda card: card.trial_id):
        if card.overall_status in _NOT_OFFERED:
            continue
        conditions, treatments = _topics(card, site)
        for likeness in (*_pairs(conditions, treatments), *_alone(conditions)):
            open_ids, other_ids = gathered.setdefault(likeness, ([], []))
            (open_ids if is_open(card) else other_ids).append(card.trial_id)
    return SimilarIndex(
        likes={
            likeness: Likes(open_ids=tuple(open_ids), other_ids=tuple(other_ids))
            for likeness, (open_ids, other_ids) in gathered.items()
        }
    )


def similar(card: Card, site: Site, index: SimilarIndex, count: int) -> tuple[Card, ...]:
    """Return up to `count` similar trials: the editors' choice as they ordered it, then by rule, open ones first."""
    chosen = [name for name in dict.fromkeys(card.similar) if name in site.by_id and name != card.trial_id][
        :count
    ]
    taken = {card.trial_id, *chosen}
    by_rule: list[str] = []
    for trial_id in _candidates(card, site, index, count + len(taken)):
        if len(chosen) + len(by_rule) >= count:
            break
        if trial_id not in taken:
            taken.add(trial_id)
            by_rule.append(trial_id)
    by_rule.sort(key=lambda trial_id: not is_open(site.by_id[trial_id]))
    return tuple(site.by_id[trial_id] for trial_id in (*chosen, *by_rule))


def _candidates(card: Card, site: Site, index: SimilarIndex, count: int) -> Iterator[str]:
    conditions, treatments = _topics(card, site)
    likes = [
        index.likes[likeness]
        for likeness in (*_pairs(conditions, treatments), *_alone(conditions))
        if likeness in index.likes
    ]
    for like in likes:
        yield from following(like.open_ids, card.trial_id, count)
    for like in likes:
        yield from following(like.other_ids, card.trial_id, count)


def following(ids: Sequence[str], trial_id: str, count: int) -> Iterator[str]:
    """Yield up to `count` ids of a sorted list that follow an id, from the first again after the last."""
    start = bisect_right(ids, trial_id)
    for step in range(min(count, len(ids))):
        yield ids[(start + step) % len(ids)]


def _topics(card: Card, site: Site) -> tuple[tuple[str, ...], tuple[str, ...]]:
    conditions = tuple(link.url for link in site.condition_links(card))
    return conditions, tuple(link.url for link in site.treatment_links(card))


def _alone(conditions: Iterable[str]) -> list[Likeness]:
    return [(condition,) for condition in conditions]


def _pairs(conditions: Iterable[str], treatments: Sequence[str]) -> list[Likeness]:
    return [(condition, treatment) for condition in conditions for treatment in treatments]
