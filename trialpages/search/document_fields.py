"""What a reader may search a trial by: each text of a record with what a word in it weighs.

A title and the main condition weigh most, for they say what the trial is about; one of many conditions, a comparison
treatment or a keyword weighs less; a sponsor, a place or a summary only mentions. Weights of different fields add
up. Rules of eligibility, outcomes and the texts on side effects are no fields: they name what is excluded and what
might go wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialpages.model.card import Card
from trialpages.model.names import is_placebo
from trialpages.model.summary import Summary
from trialpages.model.titles import experimental_interventions
from trialpages.model.trial import Intervention, Trial
from trialpages.search.document_names import (
    NOT_NAMES,
    Name,
    keywords_in,
    names_in,
    natural,
    one_name,
    treatment_name,
    without_brackets,
)
from trialpages.search.headings import disease_groups, treatment_groups
from trialpages.search.numbered import name_key
from trialpages.words.countries import country_name
from trialpages.words.fields import record
from trialpages.words.language import ENGLISH, base_of, current

TITLE = 6
LISTED = 6
"""The first condition, or a treatment of a short list."""
OTHER_NAME = 4
HEADING = 3
"""A MeSH heading of a condition."""
KEYWORD = 3
TOLD = 2
"""An official title, the sentence on the purpose, the lead sponsor."""
MENTIONED = 1

SHORT_LIST = 3
"""Conditions or treatments of which each still says much."""
LONG_LIST = 10
"""Beyond, one of them says half as much as the first."""

SAID_BLOCKS = frozenset({"purpose", "what"})
"""Blocks of an editors' summary that say what a trial is about."""


@record
class Field:
    """Texts that a record holds in one place, and names among them, each with its weight."""

    texts: tuple[tuple[str, int], ...] = ()
    names: tuple[tuple[Name, int], ...] = ()
    is_about: bool = True
    """Whether a part of its texts may name what the trial is about. A sponsor's does not: an institute of kidney
    diseases tries more than these."""


def fields(card: Card, trial: Trial) -> Iterator[Field]:
    """Yield the fields of a trial, the weightiest first."""
    yield _titles(card, trial)
    yield _conditions(trial.conditions)
    yield _treatments(trial)
    yield _headings(trial)
    yield _keywords(trial.keywords)
    yield Field(texts=((trial.official_title or "", TOLD), (card.purpose, TOLD)))
    yield Field(texts=((trial.brief_summary or "", MENTIONED), *_prose(trial.summaries)))
    yield _sponsors(card)
    yield _places(card)
    yield _kinds(trial)


def _titles(card: Card, trial: Trial) -> Field:
    """Return the titles; one that is made from treatment and condition says nothing new."""
    own = card.title if card.has_own_title else ""
    acronym = one_name(trial.acronym or "")
    return Field(
        texts=tuple(
            (text, TITLE) for text in (own, trial.brief_title or "", trial.acronym or "", trial.trial_id)
        ),
        names=((acronym, TITLE),) if acronym else (),
    )


def _conditions(conditions: Sequence[str]) -> Field:
    weighed = [(name, _in_list(index, len(conditions))) for index, name in enumerate(conditions)]
    return Field(
        texts=tuple(weighed),
        names=tuple((found, weight) for name, weight in weighed for found in names_in(name)),
    )


def _in_list(index: int, count: int) -> int:
    """Return the weight of an entry: the more entries, the less each says; the first one says the most."""
    if index == 0:
        return LISTED
    return LISTED - 1 if count <= SHORT_LIST else LISTED - 2 if count <= LONG_LIST else LISTED - 3


def _treatments(trial: Trial) -> Field:
    """Return what the trial gives: what it tests, then what it compares with, then what is no treatment."""
    tested = {item.name for item in experimental_interventions(trial)}
    texts: list[tuple[str, int]] = []
    names: list[tuple[Name, int]] = []
    for index, item in enumerate(trial.interventions):
        if is_placebo(item.name):
            continue
        is_generic = name_key(without_brackets(item.name)[0]) in NOT_NAMES
        weight = MENTIONED if is_generic else _in_list(index, len(trial.interventions))
        if item.name not in tested:
            weight = min(weight, OTHER_NAME)
        texts.append((item.name, weight))
        texts += ((name, min(weight, OTHER_NAME)) for name in item.other_names if not is_placebo(name))
        names += ((name, weight) for name in _given(treatment_name(item.name)))
        names += ((name, min(weight, OTHER_NAME)) for name in _other_names(item))
    editors = (slug.replace("-", " ") for slug in trial.treatments)
    texts += ((name, LISTED) for name in editors)
    if trial.treatment_class:
        texts.append((trial.treatment_class, HEADING))
        names += ((name, HEADING) for name in names_in(trial.treatment_class))
    return Field(texts=tuple(texts), names=tuple(names))


def _other_names(item: Intervention) -> Iterator[Name]:
    for text in item.other_names:
        yield from _given(treatment_name(text))
    yield from _given(one_name(without_brackets(item.name)[1]))


def _given(name: Name | None) -> tuple[Name, ...]:
    return (name,) if name else ()


def _headings(trial: Trial) -> Field:
    """Return the registry's own headings; of the wider ones only those that someone would search for."""
    own = [(natural(mesh.term), HEADING) for mesh in trial.condition_meshes]
    own += [(natural(mesh.term), TOLD) for mesh in trial.intervention_meshes]
    wider = [*disease_groups(trial.condition_ancestors), *treatment_groups(trial.intervention_ancestors)]
    single = [term for term in wider if " " not in term]
    return Field(
        texts=(*own, *((term, MENTIONED) for term in single)),
        names=(
            *((name, weight) for term, weight in own for name in names_in(term)),
            *((name, MENTIONED) for term in wider for name in names_in(natural(term))),
        ),
    )


def _keywords(keywords: Sequence[str]) -> Field:
    weight = KEYWORD if len(keywords) <= LONG_LIST else TOLD
    return Field(
        texts=tuple((text, weight) for text in keywords),
        names=tuple((name, weight) for text in keywords for name in keywords_in(text)),
    )


def _prose(summaries: Sequence[Summary]) -> Iterator[tuple[str, int]]:
    """Yield the editors' text on what the trial is about, in English and the site's language."""
    languages = {base_of(ENGLISH), base_of(current())}
    for summary in summaries:
        if base_of(summary.language) in languages:
            yield from ((block.markdown, MENTIONED) for block in summary.blocks if block.kind in SAID_BLOCKS)


def _sponsors(card: Card) -> Field:
    lead = [(card.lead_sponsor.name, TOLD)] if card.lead_sponsor else []
    agencies = [*lead, *((agency.name, MENTIONED) for agency in card.collaborators)]
    return Field(
        texts=tuple(agencies),
        names=tuple((found, weight) for name, weight in agencies for found in names_in(name)),
        is_about=False,
    )


def _places(card: Card) -> Field:
    """Return towns, states and countries, these also as the site's language calls them."""
    countries = [name for country in card.countries for name in (country, country_name(country))]
    texts = dict.fromkeys(
        part for part in (*countries, *(part for place in card.cities for part in place[:2])) if part
    )
    return Field(
        texts=tuple((text, MENTIONED) for text in texts),
        names=tuple((found, MENTIONED) for text in texts for found in names_in(text)),
    )


_PHASES = {f"PHASE{number}": f"Phase {number}" for number in range(1, 5)} | {"EARLY_PHASE1": "Early phase 1"}


def _kinds(trial: Trial) -> Field:
    """Return the phases and whether healthy people are wanted, as names alone: `phase` and `2` say nothing apart."""
    kinds = [_PHASES[phase] for phase in trial.phases if phase in _PHASES]
    named = [(name_key(name), name) for name in kinds]
    if trial.healthy_volunteers:
        named.append((name_key("healthy volunteers"), "Healthy volunteers"))
    return Field(names=tuple((name, MENTIONED) for name in named))
