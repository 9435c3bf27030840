"""The search record of a trial: one object of `search/trials.json`, with all that search and filters need.

Codes stay the registry's and the registry's texts English, in every language of the site; the labels, for whom a
trial is and the countries are in the site's language, and a title or a purpose in another one says so. Absent
facts are absent keys. Eligibility texts are left out on purpose: they name what is excluded. The fields are listed
in `docs/search.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from trialpages.model.ages import years
from trialpages.model.card import Card
from trialpages.model.freshness import dates_that_age
from trialpages.model.labels import phase_label, status_label
from trialpages.model.names import is_placebo, without_dose, words_of
from trialpages.model.trial import Trial
from trialpages.site.cards import purpose_language
from trialpages.words.countries import country_name
from trialpages.words.language import record_language

MAX_CITIES = 40
"""Towns in a record; a trial may have more than a thousand places."""
MAX_WORDS = 200
"""Other words in a record."""

SearchRecord = dict[str, Any]


def search_record(card: Card, trial: Trial, who_for: str = "") -> SearchRecord:
    """Return a trial's search record with the words for whom it is; keys of unknown facts are left out."""
    dates = dates_that_age(card)
    record: SearchRecord = {
        "id": card.trial_id,
        "url": f"trials/{card.trial_id}/",
        "title": card.title,
        "title_language": "" if card.has_own_title else record_language(),
        "brief_title": card.brief_title if card.brief_title != card.title else "",
        "acronym": trial.acronym,
        "purpose": card.purpose,
        "purpose_language": purpose_language(card),
        "status": card.overall_status,
        "status_label": status_label(card.overall_status),
        "study_type": card.study_type,
        "phases": [phase for phase in card.phases if phase != "NA"],
        "phase_label": phase_label(card.phases),
        "primary_purpose": trial.primary_purpose,
        "conditions": list(card.conditions),
        "interventions": _distinct(
            without_dose(item.name) for item in card.interventions if not is_placebo(item.name)
        ),
        "treatment_class": card.treatment_class,
        "mesh_terms": _distinct(mesh.term for mesh in (*trial.condition_meshes, *trial.intervention_meshes)),
        "lead_sponsor": card.lead_sponsor.name if card.lead_sponsor else None,
        "sponsor_class": card.lead_sponsor.agency_class if card.lead_sponsor else None,
        "countries": [country_name(name) for name in card.countries],
        "cities": _distinct(", ".join(part for part in place[:2] if part) for place in card.cities)[
            :MAX_CITIES
        ],
        "places": card.location_count or None,
        "open_places": card.open_location_count or None,
        "minimum_age_years": years(card.minimum_age),
        "maximum_age_years": years(card.maximum_age),
        "sex": card.sex,
        "who_for": who_for,
        "healthy_volunteers": card.healthy_volunteers,
        "has_results": card.has_results,
        "no_placebo_only_group": card.no_placebo_only_group,
        "start_date": card.start_date.date if card.start_date else None,
        "first_posted": card.study_first_post_date,
        "updated": card.last_update_post_date,
        "status_verified": card.status_verified_date,
        "retrieved": dates.get("retrieved"),
        "ends": dates.get("primary_completion"),
        "aliases": list(trial_numbers(card, trial)),
        "words": other_words(card, trial),
    }
    return {name: value for name, value in record.items() if value not in (None, "", [])}


def other_words(card: Card, trial: Trial) -> list[str]:
    """Return the words that no other field holds, folded: other names, keywords, titles, partners, people."""
    parts = (
        *(name for item in card.interventions for name in (item.name, *item.other_names)),
        *trial.keywords,
        trial.official_title or "",
        *(agency.name for agency in card.collaborators),
        *(name for name in card.countries if country_name(name) != name),
        *(official[0] for official in card.officials),
    )
    held = set(words_of(" ".join((card.title, card.brief_title, card.purpose, *card.conditions))).split())
    words = dict.fromkeys(word for part in parts for word in words_of(part).split() if word not in held)
    return list(words)[:MAX_WORDS]


def trial_numbers(card: Card, trial: Trial) -> Iterator[str]:
    """Yield the trial's numbers here and in other registries."""
    yield from card.aliases
    yield from (other.id for other in trial.secondary_ids)
    if trial.org_study_id:
        yield trial.org_study_id


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))
