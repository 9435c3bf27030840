"""The few lines by which a trial stands in a list: made from its card, the same in every list.

What the card does not know is left out, never filled with a guess.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialpages.model.ages import age_range_text
from trialpages.model.card import Card
from trialpages.model.dates import show_date
from trialpages.model.labels import SEX_LABELS, STUDY_TYPE_LABELS, phase_label
from trialpages.pages.wording import counted, in_country, joined, status_mark

UNITED_STATES = "United States"
"""Where a state says more than the country to those who live there."""

AGE_GROUPS = (("CHILD", "children"), ("ADULT", "adults to 64"), ("OLDER_ADULT", "people of 65 and over"))


def listing_item(card: Card) -> dict[str, object]:
    """Return what the template's listing shows of a trial; an empty text hides a part."""
    return {
        "title": card.title,
        "url": f"trials/{card.trial_id}/",
        "status": _status(card),
        "purpose": card.purpose,
        "who_for": who_for(card),
        "phase": kind_of_study(card),
        "places": places(card),
        "checked": checked(card),
        "is_stale": card.status_is_stale,
    }


def _status(card: Card) -> dict[str, str]:
    """Return the status; an open one that may have changed loses the color of open trials."""
    mark = status_mark(card.overall_status)
    return {**mark, "tone": "waiting"} if card.status_is_stale and mark["tone"] == "open" else mark


def who_for(card: Card) -> str:
    """Say for what ages and which sex a trial is.

    Age groups stand in for missing bounds; a record that gives neither says nothing.
    """
    parts = []
    if card.minimum_age or card.maximum_age:
        parts.append(age_range_text(card.minimum_age, card.maximum_age))
    elif card.standard_ages:
        parts.append(age_groups(card.standard_ages))
    if card.sex in ("FEMALE", "MALE"):
        parts.append(f"{SEX_LABELS[card.sex].lower()} only")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def age_groups(standard_ages: Sequence[str]) -> str:
    """Say for which of the registry's age groups a trial is, when it gives no ages in years."""
    given = [words for code, words in AGE_GROUPS if code in standard_ages]
    return "any age" if len(given) == len(AGE_GROUPS) else joined(given)


def kind_of_study(card: Card) -> str:
    """Say the phase of a trial, or what kind of study it is when it has none."""
    if card.study_type in ("OBSERVATIONAL", "EXPANDED_ACCESS"):
        return STUDY_TYPE_LABELS[card.study_type]
    return phase_label(card.phases)


def places(card: Card) -> str:
    """Say where a trial is: its one city, or how many places in how many countries."""
    if not card.location_count:
        return ""
    if len(card.cities) == 1:
        where = _city(*card.cities[0])
        if card.location_count == 1:
            return where
        return f"{counted(card.location_count, 'place')} in {where}" if where else ""
    if len(card.countries) == 1:
        return f"{counted(card.location_count, 'place')} in {in_country(card.countries[0])}"
    if not card.countries:
        return counted(card.location_count, "place")
    return f"{counted(card.location_count, 'place')} in {counted(len(card.countries), 'country')}"


def checked(card: Card) -> str:
    """Say when the sponsor last confirmed the status, and when that is too long ago to be trusted."""
    if not card.status_verified_date:
        return "Status may have changed" if card.status_is_stale else ""
    day = show_date(card.status_verified_date)
    return f"Status from {day}; it may have changed" if card.status_is_stale else f"Status checked {day}"


def _city(city: str, state: str | None, country: str) -> str:
    region = state if state and country == UNITED_STATES else country
    return ", ".join(part for part in (city, region) if part)
