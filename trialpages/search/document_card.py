"""What the index shows and filters of one trial: its card in results and its places on the map."""

from __future__ import annotations

from typing import Any

from trialpages.model.card import Card
from trialpages.model.freshness import dates_that_age
from trialpages.model.labels import site_is_open
from trialpages.model.trial import Location, Trial
from trialpages.site.cards import purpose_language
from trialpages.words.countries import town_name
from trialpages.words.language import record_language

Place = tuple[str, float, float]


def result_card(card: Card, *, who_for: str, where: str, phase: str) -> dict[str, Any]:
    """Return what a list of results shows of a trial; absent facts are absent keys."""
    dates = dates_that_age(card)
    shown = {
        "id": card.trial_id,
        "title": card.title,
        "status": card.overall_status,
        "title_language": "" if card.has_own_title else record_language(),
        "phase": phase,
        "who_for": who_for,
        "purpose": card.purpose,
        "purpose_language": purpose_language(card),
        "where": where,
        "verified": card.status_verified_date,
        "retrieved": dates.get("retrieved"),
        "ends": dates.get("primary_completion"),
        "updated": card.last_update_post_date,
    }
    return {name: value for name, value in shown.items() if value}


def places_that_count(trial: Trial) -> tuple[Place, ...]:
    """Return the open places of an open trial that has any, else all places, with a position on the map."""
    is_open = [site_is_open(trial.overall_status, place.status) for place in trial.locations]
    counting = [
        place for place, own in zip(trial.locations, is_open, strict=True) if own or True not in is_open
    ]
    return tuple(
        sorted({_place(place) for place in counting if None not in (place.latitude, place.longitude)})
    )


def _place(place: Location) -> Place:
    name = town_name(place.city, place.state, place.country)
    return name, round(place.latitude or 0.0, 2) + 0.0, round(place.longitude or 0.0, 2) + 0.0
