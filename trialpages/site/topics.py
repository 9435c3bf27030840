"""Topics: conditions, treatments and sponsors that have a page of their own, under all their names.

A topic gathers the trials that name it. Spellings that differ only as `names.py` allows are one
topic, and so are treatments that differ only in their dose; a shared file adds the other names that it lists, its description and a fixed slug. A trial
of a narrower condition belongs to the wider condition's topic too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType

from trialpages.model.card import Card, CardIntervention
from trialpages.model.editorial import ConditionFile, SponsorFile, TreatmentFile
from trialpages.model.names import is_placebo, treatment_key, without_dose
from trialpages.model.titles import TREATMENT_TYPES
from trialpages.site.context import Link
from trialpages.site.names import fold_name, fold_person
from trialpages.site.slugs import unique_slugs
from trialpages.words.fields import record

TopicFile = ConditionFile | TreatmentFile | SponsorFile


@record
class Topic:
    """A condition, a treatment or a sponsor with the trials that name it, in the order of listings."""

    kind: str
    """`condition`, `treatment` or `sponsor`."""
    slug: str
    name: str
    file: TopicFile | None
    trial_ids: tuple[str, ...]
    spellings: tuple[str, ...]
    """The names under which the trials have it, the most frequent first."""

    @property
    def url(self) -> str:
        """The topic's page, from the site's root."""
        return f"{self.kind}s/{self.slug}/"

    @property
    def is_registered(self) -> bool:
        """Whether the name is the registry's, in English; sponsors' names are names in every language."""
        return self.file is None and self.kind != "sponsor"

    @property
    def link(self) -> Link:
        """A link to the topic's page."""
        return Link(text=self.name, url=self.url, is_registered=self.is_registered)


@record
class TopicIndex:
    """All topics of one kind, by name from A to Z, and how to find one."""

    kind: str
    topics: tuple[Topic, ...] = ()
    by_slug: Mapping[str, Topic] = field(default_factory=dict)
    slug_of_key: Mapping[str, str] = field(default_factory=dict)
    """From the folded name to the slug."""
    person_slug_of_key: Mapping[str, str] = field(default_factory=dict)
    """The same for persons."""

    def named(self, name: str) -> Topic | None:
        """Return the topic that a name stands for."""
        found = self.slug_of_key.get(name_key(self.kind, name))
        return self.by_slug[found] if found is not None else None

    def person(self, name: str) -> Topic | None:
        """Return the topic of a person, whatever academic titles the name carries."""
        found = self.person_slug_of_key.get(fold_person(name))
        return self.by_slug[found] if found is not None else None


def name_key(kind: str, name: str) -> str:
    """Return what all spellings of the name of a topic have in common."""
    return treatment_key(name) if kind == "treatment" else fold_name(name)


Mention = tuple[str, str]
"""A folded name, and the name as the record spells it."""


def condition_topics(cards: Iterable[Card], files: Iterable[ConditionFile]) -> TopicIndex:
    """Gather the conditions that trials study, narrower ones under the wider ones too."""
    known = tuple(files)
    gathering = _Gathering("condition", known)
    wider = _wider_conditions(known)
    folded = _Folded(fold_name)
    for card in cards:
        gathering.add(card, ((folded(name), name) for name in card.conditions), wider=wider)
    return gathering.index()


def treatment_topics(cards: Iterable[Card], files: Iterable[TreatmentFile]) -> TopicIndex:
    """Gather what trials give or do, without placebos and without doses."""
    gathering = _Gathering("treatment", files)
    folded = _Folded(treatment_key)
    undosed = _Folded(without_dose)
    for card in cards:
        named = (*card.treatments, *(item.treatment for item in card.interventions if item.treatment))
        mentions = _treatment_mentions(card, folded, gathering)
        gathering.add(card, ((key, undosed(name)) for key, name in mentions), named)
    return gathering.index()


def sponsor_topics(cards: Iterable[Card], files: Iterable[SponsorFile]) -> TopicIndex:
    """Gather who leads or supports trials: organizations by name, persons only where a file describes them."""
    gathering = _Gathering("sponsor", files)
    folded = _Folded(fold_name)
    folded_person = _Folded(fold_person)
    people = gathering.person_slug_of_key
    for card in cards:
        officials = (folded_person(official[0]) for official in card.officials) if people else ()
        named = [people[key] for key in officials if key in people]
        gathering.add(card, ((folded(name), name) for name in agency_names(card)), named)
    return gathering.index()


def agency_names(card: Card) -> tuple[str, ...]:
    """Return the names of the lead sponsor and the collaborators, the lead sponsor first."""
    lead = (card.lead_sponsor.name,) if card.lead_sponsor else ()
    return (*lead, *(agency.name for agency in card.collaborators))


def is_treatment(intervention: CardIntervention) -> bool:
    """Say whether an intervention is a treatment by its type and its name."""
    return intervention.type in TREATMENT_TYPES and not is_placebo(intervention.name)


def _treatment_mentions(card: Card, folded: _Folded, gathering: _Gathering) -> Iterator[Mention]:
    for intervention in card.interventions:
        if intervention.treatment in gathering.files:
            continue
        key = folded(intervention.name)
        if is_treatment(intervention) or key in gathering.slug_of_key:
            yield key, intervention.name


class _Folded:
    """Fold each spelling once, however many trials use it."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._seen: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        key = self._seen.get(name)
        if key is None:
            key = self._seen[name] = self._fold(name)
        return key


class _Gathering:
    """Topics while the cards are being read: those of shared files by slug, the others by folded name."""

    def __init__(self, kind: str, files: Iterable[TopicFile]) -> None:
        self.kind = kind
        self.files: dict[str, TopicFile] = {
            file.slug: file for file in sorted(files, key=lambda file: file.slug)
        }
        self.slug_of_key: dict[str, str] = {}
        self.person_slug_of_key: dict[str, str] = {}
        self._trials_of_file: dict[str, list[str]] = {slug: [] for slug in self.files}
        self._trials_of_key: dict[str, list[str]] = {}
        self._spellings: dict[str, dict[str, int]] = {}
        for slug, file in self.files.items():
            self._know(slug, file)

    def _know(self, slug: str, file: TopicFile) -> None:
        """Take in the names of a shared file; the first file that claims a name keeps it."""
        for name in (file.name, *file.other_names):
            if _is_person(file):
                self.person_slug_of_key.setdefault(fold_person(name), slug)
            else:
                self.slug_of_key.setdefault(name_key(self.kind, name), slug)

    def add(
        self,
        card: Card,
        mentions: Iterable[Mention],
        named: Iterable[str] = (),
        wider: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        """Count a trial once for each topic that it mentions by name, names by its file, or widens to."""
        slugs = dict.fromkeys(slug for slug in named if slug in self.files)
        keys: dict[str, None] = {}
        for key, spelling in mentions:
            if not key:
                continue
            counts = self._spellings.setdefault(key, {})
            counts[spelling] = counts.get(spelling, 0) + 1
            slug = self.slug_of_key.get(key)
            if slug is None:
                keys[key] = None
            else:
                slugs[slug] = None
        for slug in tuple(slugs):
            slugs.update(dict.fromkeys(wider.get(slug, ())))
        for slug in slugs:
            self._trials_of_file[slug].append(card.trial_id)
        for key in keys:
            self._trials_of_key.setdefault(key, []).append(card.trial_id)

    def index(self) -> TopicIndex:
        """Return the topics by name, each with its slug."""
        spellings = {key: _by_frequency(counts) for key, counts in self._spellings.items()}
        # An address is made of what all spellings share: another spelling may become the most frequent one.
        slug_of_key = unique_slugs(self._trials_of_key, taken=self.files)
        topics = [self._of_file(slug, file, spellings) for slug, file in self.files.items()]
        topics += [
            Topic(
                kind=self.kind,
                slug=slug_of_key[key],
                name=_headed(spellings[key][0]),
                file=None,
                trial_ids=tuple(trial_ids),
                spellings=spellings[key],
            )
            for key, trial_ids in self._trials_of_key.items()
        ]
        topics.sort(key=lambda topic: (topic.name.casefold(), topic.slug))
        return TopicIndex(
            kind=self.kind,
            topics=tuple(topics),
            by_slug={topic.slug: topic for topic in topics},
            slug_of_key={**slug_of_key, **self.slug_of_key},
            person_slug_of_key=self.person_slug_of_key,
        )

    def _of_file(self, slug: str, file: TopicFile, spellings: Mapping[str, tuple[str, ...]]) -> Topic:
        names = (file.name, *file.other_names)
        keys = dict.fromkeys(name_key(self.kind, name) for name in names)
        found = dict.fromkeys(name for key in keys for name in spellings.get(key, ()))
        return Topic(
            kind=self.kind,
            slug=slug,
            name=file.name,
            file=file,
            trial_ids=tuple(self._trials_of_file[slug]),
            spellings=tuple(found),
        )


def _by_frequency(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return spellings, the most frequent first; of equals the one that starts with a capital letter."""
    if len(counts) == 1:
        return tuple(counts)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name[:1].islower(), name)))


def _headed(name: str) -> str:
    """Return a name with a large first letter, unless its first word has a spelling of its own (mRNA, pH)."""
    return name[:1].upper() + name[1:] if name.partition(" ")[0].islower() else name


def _is_person(file: TopicFile | None) -> bool:
    return isinstance(file, SponsorFile) and file.kind == "person"


def _wider_conditions(files: Sequence[ConditionFile]) -> dict[str, tuple[str, ...]]:
    """Return the wider conditions of each, the nearest first; a circle of parents ends where it closes."""
    parents = {file.slug: file.parent for file in files}
    wider: dict[str, tuple[str, ...]] = {}
    for slug in parents:
        chain: list[str] = []
        parent = parents[slug]
        while parent is not None and parent in parents and parent != slug and parent not in chain:
            chain.append(parent)
            parent = parents[parent]
        wider[slug] = tuple(chain)
    return wider
