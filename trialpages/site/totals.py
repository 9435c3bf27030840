"""Totals of organizations and persons: their trials and people in the site's own corpus.

An organization counts a trial once: as its lead sponsor, else as a collaborator. Sums are made once
for all trials; a trial's own share is taken off when its page asks, so that a page says what the
others did. People are never summed over things that differ: what a party leads apart from what it helps
with, actual apart from planned, interventional apart from observational, and apart from both a count that
says neither. Missing counts, the stand-in 99999999 and expanded access are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from trialpages.model.card import Card
from trialpages.model.editorial import SponsorFile
from trialpages.model.spots_left import UNKNOWN_COUNT
from trialpages.site.context import People as People
from trialpages.site.context import Totals
from trialpages.site.names import fold_name, fold_person
from trialpages.site.site import Site
from trialpages.site.topics import Topic
from trialpages.words.fields import record

NOBODY = People()
LEAD_SPONSOR = "LEAD_SPONSOR"
COLLABORATOR = "COLLABORATOR"
SMALL_CORPUS = 1000
"""Trials; below that, sums would say more about this site than about the organization or the treatment."""


@record
class Party:
    """An organization or a person in a trial, with the key under which all its trials are counted."""

    key: str
    name: str
    role: str
    agency_class: str | None
    topic: Topic | None


@dataclass(slots=True)
class Sums:
    """Running sums of one organization or person."""

    lead_trials: int = 0
    collaborator_trials: int = 0
    lead_people: People = NOBODY
    collaborator_people: People = NOBODY

    def add(self, leads: bool, people: People, sign: int = 1) -> None:
        """Count a trial in, or with a sign of -1 out."""
        if leads:
            self.lead_trials += sign
            self.lead_people = _added(self.lead_people, people, sign)
        else:
            self.collaborator_trials += sign
            self.collaborator_people = _added(self.collaborator_people, people, sign)

    def without(self, leads: bool, people: People) -> Sums:
        """Return these sums without one trial that they hold."""
        rest = replace(self)
        rest.add(leads, people, -1)
        return rest


def _added(sums: People, people: People, sign: int) -> People:
    if people == NOBODY:
        return sums
    return People(
        **{
            field.name: getattr(sums, field.name) + sign * getattr(people, field.name)
            for field in fields(People)
        }
    )


def people_of(card: Card) -> People:
    """Return the people whom a trial adds to the sums."""
    if (
        card.enrollment is None
        or card.enrollment.count == UNKNOWN_COUNT
        or card.study_type == "EXPANDED_ACCESS"
    ):
        return NOBODY
    count, kind = card.enrollment.count, card.enrollment.type
    if card.study_type == "OBSERVATIONAL":
        return {"ACTUAL": People(observed_actual=count), "ESTIMATED": People(observed_estimated=count)}.get(
            kind or "", People(observed_unstated=count)
        )
    return {"ACTUAL": People(actual=count), "ESTIMATED": People(estimated=count)}.get(
        kind or "", People(unstated=count)
    )


def parties(card: Card, site: Site) -> tuple[Party, ...]:
    """Return who runs a trial: the lead sponsor, the collaborators and the officials, each once."""
    found: dict[str, Party] = {}
    for party in _all_parties(card, site):
        found.setdefault(party.key, party)
    return tuple(found.values())


def _all_parties(card: Card, site: Site) -> Iterator[Party]:
    agencies = [(LEAD_SPONSOR, card.lead_sponsor)] if card.lead_sponsor else []
    for role, agency in [*agencies, *((COLLABORATOR, agency) for agency in card.collaborators)]:
        topic = site.sponsors.named(agency.name)
        key = f"organization {topic.slug if topic else fold_name(agency.name)}"
        yield Party(key=key, name=agency.name, role=role, agency_class=agency.agency_class, topic=topic)
    for name, affiliation, official_role in card.officials:
        topic = site.sponsors.person(name)
        # Two people may share a name: without a file that says who is who, the affiliation tells them apart.
        own = topic.slug if topic else f"{fold_person(name)} of {fold_name(affiliation or '')}"
        yield Party(key=f"person {own}", name=name, role=official_role or "", agency_class=None, topic=topic)


def sums(site: Site) -> dict[str, Sums]:
    """Return the sums of every organization and person of the site, by key."""
    found: dict[str, Sums] = {}
    for card in site.cards:
        people = people_of(card)
        for party in parties(card, site):
            found.setdefault(party.key, Sums()).add(party.role != COLLABORATOR, people)
    return found


def totals(card: Card, site: Site, all_sums: Mapping[str, Sums]) -> tuple[Totals, ...]:
    """Return the totals of each party of a trial over the other trials of the site."""
    people = people_of(card)
    counted = card.trial_id in site.by_id
    return tuple(
        _totals(party, _rest(all_sums.get(party.key), party.role != COLLABORATOR, people, counted))
        for party in parties(card, site)
    )


def _rest(of: Sums | None, leads: bool, people: People, counted: bool) -> Sums:
    if of is None:
        return Sums()
    return of.without(leads, people) if counted else of


def _totals(party: Party, rest: Sums) -> Totals:
    file = party.topic.file if party.topic else None
    return Totals(
        name=party.topic.name if party.topic and file else party.name,
        role=party.role,
        agency_class=party.agency_class,
        slug=party.topic.slug if party.topic else None,
        lead_trials=rest.lead_trials,
        collaborator_trials=rest.collaborator_trials,
        file=file if isinstance(file, SponsorFile) else None,
        lead_people=rest.lead_people,
        collaborator_people=rest.collaborator_people,
    )
