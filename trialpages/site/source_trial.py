"""Whose side effects a trial without counts of its own shows: the editors' choice, else by rule, else nobody's.

The rule asks for a trial on this site that counted health problems in a group given all the medicines
that this trial tests. Among those the better one has, in this order: people of the same ages, the same
condition, the medicine alone, the higher phase, more people in that group, the later end. A trial
whose ages or condition differ is never borrowed by rule unless the editors' file names the difference
(`mismatch_note`): children's side effects on an adults' page mislead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from trialpages.model.adverse_events import gives_treatment
from trialpages.model.card import Card, CardGroup
from trialpages.model.labels import phase_rank
from trialpages.model.mismatch import age_groups, mismatches
from trialpages.model.names import is_placebo, names_one_of, treatment_key
from trialpages.site.context import SourceTrial
from trialpages.site.names import fold_name
from trialpages.site.site import Site
from trialpages.site.treatment_rows import group_gets, topic_keys
from trialpages.words.fields import record

MEDICINE_TYPES = frozenset({"DRUG", "BIOLOGICAL", "COMBINATION_PRODUCT", "GENETIC"})
"""Types of intervention whose side effects carry over from one trial to another."""


Names = frozenset[str]
"""All names of one medicine, as `names.treatment_key` gives them."""


@record
class Candidate:
    """A trial to borrow from, and its groups: those that got the medicines first, the largest of them first."""

    card: Card
    group_ids: tuple[str, ...]
    is_alone: bool
    num_at_risk: int


@record
class SourceIndex:
    """Trials of the site that counted health problems, by the name of a treatment."""

    cards_by_name: Mapping[str, tuple[Card, ...]] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The names under which a trial stands, by trial."""


def source_index(site: Site) -> SourceIndex:
    """Gather the trials whose health problems were counted under all names of what they give."""
    gathered: dict[str, dict[str, Card]] = {}
    names: dict[str, list[str]] = {}
    for card in site.cards:
        if not card.adverse_event_groups:
            continue
        for intervention in card.interventions:
            for name in medicine_names(intervention.name, site, (intervention.treatment,)):
                gathered.setdefault(name, {})[card.trial_id] = card
                names.setdefault(card.trial_id, []).append(name)
    return SourceIndex(
        cards_by_name={name: tuple(cards[key] for key in sorted(cards)) for name, cards in gathered.items()},
        names=names,
    )


def renewed_index(index: SourceIndex, cards: Mapping[str, Card]) -> SourceIndex:
    """Return the index with other cards in the place of those of the same trials, which give the same medicines."""
    by_name = dict(index.cards_by_name)
    for name in {name for trial_id in cards for name in index.names.get(trial_id, ())}:
        by_name[name] = tuple(cards.get(each.trial_id, each) for each in by_name[name])
    return replace(index, cards_by_name=by_name)


def medicine_names(name: str, site: Site, slugs: Iterable[str | None] = ()) -> Names:
    """Return all names under which a medicine is known on this site, its own among them."""
    topics = [site.treatments.named(name), *(site.treatments.by_slug.get(slug) for slug in slugs if slug)]
    names = {treatment_key(name), *(key for topic in topics if topic for key in topic_keys(topic))}
    return frozenset(names - {""})


def source_trial(card: Card, site: Site, index: SourceIndex) -> SourceTrial | None:
    """Return the trial whose counts the page shows, or nothing when it has its own or none fits."""
    choice = card.side_effects
    if choice is not None and not choice.show:
        return None
    if card.has_adverse_events and not card.adverse_event_groups:
        # The trial posted that it has nothing to list: another trial's counts would contradict it.
        return None
    if choice is not None and choice.source and choice.source != card.trial_id:
        chosen = site.by_id.get(choice.source)
        return _chosen(card, chosen, choice.groups) if chosen and chosen.adverse_event_groups else None
    if card.adverse_event_groups:
        return None
    best = best_candidate(card, site, index)
    if best is None:
        return None
    acknowledged = choice is not None and bool(choice.mismatch_note)
    if not acknowledged and not (same_ages(card, best.card) and same_condition(card, best.card)):
        return None
    return SourceTrial(
        card=best.card,
        chosen_by="rule",
        mismatches=mismatches(card, best.card),
        group_ids=(choice.groups if choice and choice.groups else best.group_ids),
    )


def _chosen(card: Card, source: Card, groups: tuple[str, ...]) -> SourceTrial:
    known = {group.id for group in source.adverse_event_groups}
    picked = tuple(group_id for group_id in groups if group_id in known)
    return SourceTrial(
        card=source,
        chosen_by="editor",
        mismatches=mismatches(card, source),
        group_ids=picked or tuple(group.id for group in source.adverse_event_groups),
    )


def best_candidate(card: Card, site: Site, index: SourceIndex) -> Candidate | None:
    """Return the best trial to borrow from by rule, whatever differs; ties go to the smaller trial id."""
    tested = tested_medicines(card, site)
    if not tested:
        return None
    cards = {
        found.trial_id: found for name in sorted(tested[0]) for found in index.cards_by_name.get(name, ())
    }
    candidates = [
        found
        for trial_id, source in sorted(cards.items())
        if trial_id != card.trial_id and (found := candidate(source, tested)) is not None
    ]
    return max(candidates, key=lambda found: _score(card, found), default=None)


def tested_medicines(card: Card, site: Site) -> tuple[Names, ...]:
    """Return the names of each medicine that a trial tests; nothing when it tests something that is no medicine."""
    found: dict[Names, None] = {}
    by_name = {item.name: item for item in card.interventions}
    for name in card.tested:
        item = by_name.get(name)
        if item is None or item.type not in MEDICINE_TYPES or is_placebo(name):
            return ()
        found[medicine_names(name, site, (item.treatment,))] = None
    return tuple(names for names in found if names)


def candidate(source: Card, tested: tuple[Names, ...]) -> Candidate | None:
    """Return a trial as a candidate when one of its groups got all medicines and counted at least one person."""
    treated = [
        group
        for group in source.adverse_event_groups
        if group.num_at_risk and all(group_gets(group, names) for names in tested)
    ]
    if not treated:
        return None
    every_name = frozenset().union(*tested)
    treated.sort(
        key=lambda group: (
            not _is_alone(group, source, every_name),
            -_sureness(group, every_name),
            -(group.num_at_risk or 0),
        )
    )
    others = (group for group in source.adverse_event_groups if group not in treated)
    return Candidate(
        card=source,
        group_ids=tuple(group.id for group in (*treated, *others)),
        is_alone=_is_alone(treated[0], source, every_name),
        num_at_risk=treated[0].num_at_risk or 0,
    )


def _sureness(group: CardGroup, names: Names) -> int:
    return gives_treatment(group.title, group.description, names)


def _is_alone(group: CardGroup, source: Card, names: Names) -> bool:
    """Say whether a group got nothing else of what its trial gives, by its arm, title and description."""
    others = {treatment_key(item.name) for item in source.interventions if not is_placebo(item.name)} - names
    given = {treatment_key(name) for name in group.treatments if not is_placebo(name)}
    return not (given & others) and not names_one_of(f"{group.title} {group.description}", others)


def _score(card: Card, found: Candidate) -> tuple[bool, int, bool, tuple[int, int], int, str]:
    source = found.card
    return (
        same_ages(card, source),
        condition_likeness(card, source),
        found.is_alone,
        phase_rank(source.phases),
        found.num_at_risk,
        source.completion_date.date if source.completion_date else "",
    )


def same_ages(card: Card, source: Card) -> bool:
    """Say whether two trials share one of the registry's age groups."""
    return not set(age_groups(card)).isdisjoint(age_groups(source))


def same_condition(card: Card, source: Card) -> bool:
    """Say whether two trials have a condition in common, by name or by subject heading."""
    return condition_likeness(card, source) == 2


def condition_likeness(card: Card, source: Card) -> int:
    """Return 2 for a condition in common, 1 when both belong to one wider condition, else 0.

    A wider condition is not the same one: two different leukemias both belong to "Leukemia".
    """
    own, other = set(card.condition_mesh_ids), set(source.condition_mesh_ids)
    named = {fold_name(name) for name in card.conditions} & {fold_name(name) for name in source.conditions}
    if named or own & other:
        return 2
    return 1 if (own | set(card.condition_ancestor_ids)) & (other | set(source.condition_ancestor_ids)) else 0
