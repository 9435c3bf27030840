"""The texts of a trial by field, for search engines that read texts: from the sources of our own documents.

What `trialpages/search/document_fields.py` reads is here as well: titles, conditions, treatments and their other
names, headings with the wider ones, keywords, purpose and summary, sponsors, places, kinds and numbers. Names of the
same thing, which only our index joins across trials, are no text of a trial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialpages.model.card import Card
from trialpages.model.names import is_placebo
from trialpages.model.trial import Trial
from trialpages.search.document_fields import fields
from trialpages.search.headings import disease_groups, treatment_groups
from trialpages.site.search_records import trial_numbers

BOOSTS = {
    "title": 5.0,
    "conditions": 5.0,
    "treatments": 5.0,
    "other_names": 3.0,
    "mesh": 3.0,
    "keywords": 2.0,
    "official_title": 1.5,
    "summary": 1.0,
    "sponsor": 1.0,
    "places": 1.0,
    "kinds": 1.0,
    "numbers": 1.0,
}
"""Each field with its weight, the same for every engine."""


def texts_of(card: Card, trial: Trial) -> dict[str, str]:
    """Return the texts of a trial by field, and its number as `id`."""
    titles = (card.title if card.has_own_title else "", trial.brief_title, trial.acronym)
    given = [item for item in trial.interventions if not is_placebo(item.name)]
    wider = (*disease_groups(trial.condition_ancestors), *treatment_groups(trial.intervention_ancestors))
    mesh = (*(each.term for each in (*trial.condition_meshes, *trial.intervention_meshes)), *wider)
    agencies = (*((card.lead_sponsor,) if card.lead_sponsor else ()), *card.collaborators)
    *_, kinds = fields(card, trial)
    found: dict[str, Iterable[str | None]] = {
        "title": titles,
        "conditions": trial.conditions,
        "treatments": (*(item.name for item in given), *trial.treatments, trial.treatment_class),
        "other_names": (name for item in given for name in item.other_names),
        "mesh": mesh,
        "keywords": trial.keywords,
        "official_title": (trial.official_title, card.purpose),
        "summary": (trial.brief_summary,),
        "sponsor": (agency.name for agency in agencies),
        "places": _places(card),
        "kinds": (label for (_key, label), _weight in kinds.names),
        "numbers": (trial.trial_id, *trial_numbers(card, trial)),
    }
    return {"id": trial.trial_id, **{field: _joined(texts) for field, texts in found.items()}}


def _places(card: Card) -> Iterator[str | None]:
    yield from card.countries
    for place in card.cities:
        yield from place[:2]


def _joined(texts: Iterable[str | None]) -> str:
    return ". ".join(dict.fromkeys(text for text in texts if text))
