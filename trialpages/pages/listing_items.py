"""The few lines by which a trial stands in a list: made from its card, the same in every list.

What the card does not know is left out, never filled with a guess.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialpages.model.ages import age_range_text
from trialpages.model.card import Card
from trialpages.model.dates import show_date
from trialpages.model.labels import STUDY_TYPE_LABELS, label, phase_label
from trialpages.pages.wording import capital, in_country, joined, status_mark
from trialpages.site.cards import purpose_language
from trialpages.words.countries import town_name
from trialpages.words.language import N_, _, amount, record_language

AGE_GROUPS = (
    ("CHILD", N_("children")),
    ("ADULT", N_("adults to 64")),
    ("OLDER_ADULT", N_("people of 65 and over")),
)
ONLY_SEX = {"FEMALE": N_("female only"), "MALE": N_("male only")}


def listing_item(card: Card) -> dict[str, object]:
    """Return what the template's listing shows of a trial; an empty text hides a part."""
    return {
        "title": card.title,
        "lang": "" if card.has_own_title else record_language(),
        "url": f"trials/{card.trial_id}/",
        "status": _status(card),
        "purpose": card.purpose,
        "purpose_lang": purpose_language(card),
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
    if card.sex in ONLY_SEX:
        parts.append(_(ONLY_SEX[card.sex]))
    return capital(", ".join(parts))


def age_groups(standard_ages: Sequence[str]) -> str:
    """Say for which of the registry's age groups a trial is, when it gives no ages in years."""
    given = [_(words) for code, words in AGE_GROUPS if code in standard_ages]
    return _("any age") if len(given) == len(AGE_GROUPS) else joined(given)


def kind_of_study(card: Card) -> str:
    """Say the phase of a trial, or what kind of study it is when it has none."""
    if card.study_type in ("OBSERVATIONAL", "EXPANDED_ACCESS"):
        return label(STUDY_TYPE_LABELS, card.study_type) or ""
    return phase_label(card.phases)


def places(card: Card) -> str:
    """Say where a trial is: its one city, or how many places in how many countries."""
    if not card.location_count:
        return ""
    if len(card.cities) == 1:
        where = town_name(*card.cities[0])
        if card.location_count == 1:
            return where
        return _places_in(card.location_count, where) if where else ""
    if len(card.countries) == 1:
        return _places_in(card.location_count, in_country(card.countries[0]))
    if not card.countries:
        return amount(card.location_count, "{count} place", "{count} places")
    countries = amount(len(card.countries), "{count} country", "{count} countries")
    return _places_in(card.location_count, countries)


def _places_in(count: int, where: str) -> str:
    return amount(count, "{count} place in {where}", "{count} places in {where}", where=where)


def checked(card: Card) -> str:
    """Say when the sponsor last confirmed the status, and when that is too long ago to be trusted."""
    if not card.status_verified_date:
        return _("Status may have changed") if card.status_is_stale else ""
    day = show_date(card.status_verified_date)
    said = _("Status from {day}; it may have changed") if card.status_is_stale else _("Status checked {day}")
    return said.format(day=day)
