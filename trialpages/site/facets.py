"""Facets: the ways in which listings divide the trials, each value with its trials.

A value of a facet is a listing. Conditions, treatments and sponsors are topics with pages of their
own, so their values lead there; status, phase and country have their listings under `browse/`.
A trial stands once in each value that holds for it: combined phases are a value of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from trialpages.model.card import Card
from trialpages.model.labels import phase_label, status_label
from trialpages.site.order import status_rank
from trialpages.site.slugs import slug, unique_slugs
from trialpages.site.topics import TopicIndex
from trialpages.words.countries import country_name
from trialpages.words.fields import record

Value = TypeVar("Value", bound=Hashable)

PHASE_ORDER = ("EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4", "NA")


@record
class FacetValue:
    """One value: its label, its listing's address from the site's root, and its trials in listing order."""

    slug: str
    label: str
    url: str
    trial_ids: tuple[str, ...]
    name: str = ""
    """The value as the record has it, where the label is a translation of a name."""
    is_registered: bool = False
    """Whether the label is in the registry's words, which are English."""


@record
class Facet:
    """One way to divide the trials."""

    name: str
    values: tuple[FacetValue, ...]
    """Status from open to closed, phase from early to late, the others by number of trials."""
    missing: int
    """Trials that have no value at all, for example no country."""

    @property
    def url(self) -> str:
        """The facet's own page, from the site's root."""
        return f"browse/{self.name}/"


def status_facet(cards: Sequence[Card]) -> Facet:
    """Divide the trials by their status, from open to never started."""
    return _coded("status", cards, _statuses, status_rank, lambda code: status_label(code[0]))


def phase_facet(cards: Sequence[Card]) -> Facet:
    """Divide the trials by phase, from early to late; studies without a phase come last."""
    return _coded("phase", cards, _phases, _phase_rank, phase_label)


def country_facet(cards: Sequence[Card]) -> Facet:
    """Divide the trials by the countries of their places; a trial stands in each of its countries."""
    trials = _gather(cards, lambda card: card.countries)
    slugs = unique_slugs(trials)
    values = [
        FacetValue(
            slug=slugs[name],
            label=country_name(name),
            url=f"browse/country/{slugs[name]}/",
            trial_ids=tuple(ids),
            name=name,
        )
        for name, ids in trials.items()
    ]
    return _facet("country", sorted(values, key=_by_count), cards)


def topic_facet(index: TopicIndex, cards: Sequence[Card]) -> Facet:
    """Divide the trials by topic; a topic that no trial names has no value."""
    values = (
        FacetValue(
            slug=topic.slug,
            label=topic.name,
            url=topic.url,
            trial_ids=topic.trial_ids,
            is_registered=topic.is_registered,
        )
        for topic in index.topics
        if topic.trial_ids
    )
    return _facet(index.kind, sorted(values, key=_by_count), cards)


def _statuses(card: Card) -> tuple[tuple[str, ...], ...]:
    return ((card.overall_status,),) if card.overall_status else ()


def _phases(card: Card) -> tuple[tuple[str, ...], ...]:
    return (tuple(sorted(card.phases, key=_phase_rank)) or ("NA",),)


def _phase_rank(phase: str) -> int:
    return PHASE_ORDER.index(phase) if phase in PHASE_ORDER else len(PHASE_ORDER)


def _coded(
    name: str,
    cards: Sequence[Card],
    codes: Callable[[Card], Iterable[tuple[str, ...]]],
    rank: Callable[[str], int],
    label: Callable[[tuple[str, ...]], str],
) -> Facet:
    """Divide the trials by coded values, in the order of their ranks."""
    trials = _gather(cards, codes)
    values = []
    for code in sorted(trials, key=lambda code: ([rank(part) for part in code], code)):
        slug = "not-a-phase" if code == ("NA",) else _code_slug(code)
        values.append(
            FacetValue(
                slug=slug, label=label(code), url=f"browse/{name}/{slug}/", trial_ids=tuple(trials[code])
            )
        )
    return _facet(name, values, cards)


def _code_slug(code: tuple[str, ...]) -> str:
    """Return `phase-1-2` for PHASE1 and PHASE2, `not-yet-recruiting` for NOT_YET_RECRUITING."""
    spaced = [re.sub(r"(?<=[A-Z])(?=[0-9])", "_", part).replace("_", "-").lower() for part in code]
    return slug("-".join([spaced[0], *(part.removeprefix("phase-") for part in spaced[1:])]))


def _gather(cards: Iterable[Card], values: Callable[[Card], Iterable[Value]]) -> dict[Value, list[str]]:
    trials: dict[Value, list[str]] = {}
    for card in cards:
        for value in dict.fromkeys(values(card)):
            trials.setdefault(value, []).append(card.trial_id)
    return trials


def _by_count(value: FacetValue) -> tuple[int, str, str]:
    return -len(value.trial_ids), value.label.casefold(), value.slug


def _facet(name: str, values: Iterable[FacetValue], cards: Sequence[Card]) -> Facet:
    kept = tuple(values)
    placed = {trial_id for value in kept for trial_id in value.trial_ids}
    return Facet(name=name, values=kept, missing=len(cards) - len(placed))
