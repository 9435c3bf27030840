"""What the search index takes from one trial: its words, its names, its codes, its places and its card.

The document is made from one trial alone and knows nothing of the others, so it can be remembered with the
trial. A word stands in it once, at the highest level at which the trial says it. Rules of eligibility and
outcomes are left out on purpose: they name what is excluded, and what might go wrong.
"""

from __future__ import annotations

from typing import Any

from trialpages.model.ages import years
from trialpages.model.card import Card
from trialpages.model.trial import Trial
from trialpages.search.document_card import places_that_count, result_card
from trialpages.search.document_fields import fields
from trialpages.search.document_links import links
from trialpages.search.document_texts import strong_texts
from trialpages.search.document_words import Weights
from trialpages.site.search_records import trial_numbers
from trialpages.words.fields import record


@record
class Told:
    """What a trial says: the part of its document in which names are looked for when all documents have passed by."""

    trial_id: str
    words: tuple[tuple[str, int], ...]
    """Each term with its level, sorted by term; trial numbers and other ids of the trial are among them."""
    texts: tuple[str, ...]
    """Texts that say what the trial is about, each as its terms with spaces between them; a name that stands in one
    is the trial's, though the record may not list it. No text stands in another."""


@record
class SearchDocument(Told):
    """What the index takes from one trial. Keys are those of `numbered.name_key`, levels 1 (mentioned) to 4 (about)."""

    surfaces: tuple[str, ...]
    """Folded words as they are written, where they differ from their term, sorted; typos are compared with them."""
    names: tuple[tuple[str, str, int], ...]
    """Key, label and level of what the record lists by name, one entry a key, sorted by key."""
    links: tuple[tuple[str, str, str], ...]
    """Pairs of keys that may be the same thing, after the kind of evidence for it, sorted (`document_links.py`)."""
    status: str | None
    study_type: str | None
    phases: tuple[str, ...]
    sex: str | None
    healthy_volunteers: bool
    has_results: bool
    no_placebo_only_group: bool
    sponsor_class: str | None
    minimum_age: float | int | None
    """In years; None where the record sets no bound."""
    maximum_age: float | int | None
    updated: str | None
    """The day (2026-11-23) on which the record last changed."""
    places: tuple[tuple[str, float, float], ...]
    """Name, degrees north and degrees east (two decimals) of the places that count, one entry a place, sorted."""
    card: dict[str, Any]
    """What a list of results shows of the trial; absent facts are absent keys."""


def search_document(
    card: Card, trial: Trial, *, who_for: str = "", where: str = "", phase: str = ""
) -> SearchDocument:
    """Return a trial's document; `who_for`, `where` and `phase` are the words of its card in lists."""
    weighed = Weights()
    told = tuple(fields(card, trial))
    for field in told:
        weighed.add(field)
    weighed.add_numbers(trial_numbers(card, trial))
    return SearchDocument(
        trial_id=trial.trial_id,
        words=weighed.words(),
        texts=strong_texts(told),
        surfaces=tuple(sorted(weighed.surfaces)),
        names=weighed.names(),
        links=links(trial),
        status=card.overall_status,
        study_type=card.study_type,
        phases=card.phases,
        sex=card.sex,
        healthy_volunteers=card.healthy_volunteers is True,
        has_results=card.has_results,
        no_placebo_only_group=card.no_placebo_only_group,
        sponsor_class=card.lead_sponsor.agency_class if card.lead_sponsor else None,
        minimum_age=years(card.minimum_age),
        maximum_age=years(card.maximum_age),
        updated=card.last_update_post_date,
        places=places_that_count(trial),
        card=result_card(card, who_for=who_for, where=where, phase=phase),
    )
