"""Concepts: names that mean the same thing, so that a search for one finds the trials of all.

What editors wrote comes first and is never overruled: files of conditions and treatments, then the list of synonyms.
Then come the groups that the records agree on (`record_groups.py`), one step and no chains, and last every name of
several words that two trials list. A key belongs to one concept. Single words without synonyms are no concepts.

Precision comes before completeness here: a missing synonym hides a trial that another word finds, but a wrong one
shows a sick person the wrong trials.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialpages.model.shared_files import SharedFiles
from trialpages.search.content_groups import ContentGroup, Spelled, content_groups, found_by
from trialpages.search.document_links import SALTS
from trialpages.search.document_names import MOST_TERMS, natural
from trialpages.search.names import Names, as_label
from trialpages.search.numbered import name_key, parted
from trialpages.search.record_groups import LEAST_LISTED, Evidence, Group, record_groups
from trialpages.search.short_forms import is_short_form
from trialpages.search.tokens import key
from trialpages.words.fields import record

__all__ = ["SURE_SHARE", "Concept", "Names", "concepts"]

SURE_SHARE = 0.7
"""Of the trials that hold a doubtful short form, how many must be trials of the concept by its other names."""


@record
class Concept:
    """What a reader may type and which names are then searched. A key belongs to one concept at most."""

    keys: tuple[str, ...]
    """What a reader may type, as `tokens.key` reads it, sorted."""
    label: str
    """What the page calls it."""
    finds: tuple[str, ...]
    """Keys of the names whose trials are found, as documents list them (`numbered.name_key`), sorted."""
    doubtful: tuple[str, ...] = ()
    """Names that may mean other things too (`ed`, `hcl`), sorted. One is sure when at least `SURE_SHARE` of the trials
    that have it are trials of `finds` anyway; only those count that have it at level 2 or more, unless they are fewer
    than two. A sure one is searched too, and is a key even if it is not among `keys`. One that is not sure leads here
    only if it is among `keys`, because editors wrote so; its own trials are left out."""


def concepts(names: Names, shared: SharedFiles) -> tuple[Concept, ...]:
    """Return the concepts of a site, sorted by their first key."""
    evidence = Evidence(names)
    groups = record_groups(evidence)
    making = _Making(names, evidence)
    making.take_content(content_groups(shared, evidence.identity), groups)
    for group in groups:
        making.take_group(group)
    making.take_names()
    return tuple(sorted(making.made, key=lambda concept: concept.keys))


class _Making:
    """Concepts while they are made; whoever takes a name first keeps it."""

    def __init__(self, names: Names, evidence: Evidence) -> None:
        self.made: list[Concept] = []
        self._names = names
        self._evidence = evidence
        self._taken: set[str] = set()

    def take_content(self, groups: list[ContentGroup], of_records: Iterable[Group]) -> None:
        """Make the concepts of the content, each with what the records add to its names."""
        owner = {name: group for group in groups for name in (*group.typed, *group.names)}
        more = _additions(of_records)
        for group in groups:
            self._taken.update((*group.names, *group.typed))
        for group in groups:
            added = [name for name in _linked(group.names, more) if name not in self._taken]
            short = [name for name in _letters(group.names, more) if name not in self._taken]
            self._taken.update((*added, *short))
            finds = found_by(group, owner)
            linked = (name for name in _linked(finds, more) if name not in owner)
            self._make(
                as_label(group.label),
                keys=(
                    *map(key, _texts(group.names, group.typed)),
                    *_typed(self._keys((*group.names, *group.typed, *added))),
                ),
                finds=(*map(name_key, _texts(finds)), *self._keys((*finds, *added, *linked))),
                doubtful=(*map(name_key, _texts(group.typed)), *self._keys((*group.typed, *short))),
            )

    def take_group(self, group: Group) -> None:
        """Make the concept of a group of the records, without the names that are taken."""
        own = [name for name in group.names if name not in self._taken]
        if not own or own[0] != group.names[0]:
            return
        short = [name for name in group.short if name not in self._taken]
        if len(own) + len(short) < 2:
            return
        self._taken.update((*own, *short))
        keys = self._keys(own)
        self._make(self._label(own), _typed(keys), keys, self._keys(short))

    def take_names(self) -> None:
        """Make the concepts of names of several words that are left."""
        for name, count in self._evidence.trials.items():
            if " " in name and count >= LEAST_LISTED and name not in self._taken:
                keys = self._keys([name])
                self._make(self._label([name]), _typed(keys), keys)

    def _make(
        self, label: str, keys: Iterable[str], finds: Iterable[str], doubtful: Iterable[str] = ()
    ) -> None:
        wanted = {each for each in keys if each and each.count(" ") < MOST_TERMS}
        unsure = set(doubtful)
        if wanted:
            found = {each for each in finds if each} - unsure
            self.made.append(
                Concept(
                    keys=tuple(sorted(wanted)),
                    label=label,
                    finds=tuple(sorted(found)),
                    doubtful=tuple(sorted(unsure)),
                )
            )

    def _keys(self, identities: Iterable[str]) -> list[str]:
        """Return the keys by which the records have these names."""
        return [key for own in identities for key in self._evidence.keys.get(own, ())]

    def _label(self, identities: list[str]) -> str:
        """Return what most trials call it, a name rather than a short form or a code."""
        keys = [each for own in identities for each in self._evidence.keys[own] if each in self._names.listed]
        labels = {each: self._names.label(each) for each in keys}
        best = keys[0]
        if len(keys) > 1:
            trials = self._names.listed.count
            best = min(keys, key=lambda each: (_is_odd(each, labels[each]), -trials(each), labels[each]))
        label = labels[best]
        turned = natural(label)
        return as_label(turned if turned != label and name_key(turned) in keys else label)


def _texts(*groups: Spelled) -> Iterator[str]:
    for spelled in groups:
        for texts in spelled.values():
            yield from texts


def _typed(keys: Iterable[str]) -> Iterator[str]:
    """Yield the keys of names as readers type them, with and without a space before a number."""
    for name in keys:
        yield name
        yield parted(name)


def _is_odd(name: str, label: str) -> bool:
    """Say whether a name is a short form or a code, or says what salt a medicine is."""
    is_code = is_short_form(label) or any(letter.isdigit() for letter in label)
    return is_code or not SALTS.isdisjoint(name.split(" "))


Additions = dict[str, Group]


def _additions(groups: Iterable[Group]) -> Additions:
    """Return the groups of the records by the names in them."""
    return {name: group for group in groups for name in group.names}


def _linked(names: Iterable[str], groups: Additions) -> Iterator[str]:
    """Yield the names that the records call the same as one of these."""
    own = set(names)
    yield from dict.fromkeys(
        other for name in names if name in groups for other in groups[name].names if other not in own
    )


def _letters(names: Iterable[str], groups: Additions) -> Iterator[str]:
    yield from dict.fromkeys(short for name in names if name in groups for short in groups[name].short)
