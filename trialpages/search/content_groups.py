"""Names that the content calls the same thing, in groups, each with the names of narrower things that it finds.

Files of conditions and treatments come first; an entry of `search-synonyms.yaml` that shares a name with one of them
adds to it. What a group finds, it finds with the synonyms and the narrower things of that: editors said both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from trialpages.model.editorial import ConditionFile, SearchSynonyms, TreatmentFile
from trialpages.model.shared_files import SharedFiles
from trialpages.search.numbered import name_key
from trialpages.search.short_forms import is_short_form

MOST_DIGITS_OF_SHORT_FORM = 2
"""A name with more of them is a code, which means one thing: `KD025`."""

Spelled = dict[str, list[str]]
"""Names by their identity, as editors wrote them."""


@dataclass(slots=True)
class ContentGroup:
    """Names of one thing, what it finds besides, and what readers type for it."""

    label: str
    names: Spelled = field(default_factory=dict)
    finds: Spelled = field(default_factory=dict)
    typed: Spelled = field(default_factory=dict)


def content_groups(shared: SharedFiles, identity: Callable[[str], str]) -> list[ContentGroup]:
    """Return the groups in the order of the content; a name that several claim belongs to the first."""
    gathering = _Gathering(identity)
    for condition in shared.conditions:
        gathering.add(condition.name, *_split(condition), [])
    parents = {file.slug: file for file in shared.conditions}
    for condition in shared.conditions:
        parent = parents.get(condition.parent or "")
        if parent is not None:
            gathering.add(parent.name, [parent.name], [], [condition.name])
    for treatment in shared.treatments:
        gathering.add(treatment.name, *_split(treatment), [])
    for entry in shared.search_synonyms:
        gathering.add(_label(entry), entry.names, entry.typed, entry.finds)
    return gathering.groups


def found_by(group: ContentGroup, owner: dict[str, ContentGroup]) -> Spelled:
    """Return all names that a group finds: its own, the narrower things, and theirs."""
    found: Spelled = {}
    waiting = [group]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        for name, texts in (*current.names.items(), *current.finds.items()):
            found.setdefault(name, []).extend(texts)
        waiting += [owner[name] for name in current.finds if name in owner and name in owner[name].names]
    return found


class _Gathering:
    """Groups while the content is read, and which of them a name belongs to."""

    def __init__(self, identity: Callable[[str], str]) -> None:
        self.groups: list[ContentGroup] = []
        self._identity = identity
        self._owner: dict[str, ContentGroup] = {}

    def add(self, label: str, names: Iterable[str], typed: Iterable[str], finds: Iterable[str]) -> None:
        """Add names to the group that has one of them, or to a new one."""
        own, letters, narrower = (self._spelled(texts) for texts in (names, typed, finds))
        group = next((self._owner[name] for name in (*own, *letters) if name in self._owner), None)
        if group is None:
            group = ContentGroup(label=label)
            self.groups.append(group)
        for kind, given in ((group.names, own), (group.typed, letters)):
            for name, texts in given.items():
                if self._owner.setdefault(name, group) is group:
                    kind.setdefault(name, []).extend(texts)
        for name, texts in narrower.items():
            group.finds.setdefault(name, []).extend(texts)

    def _spelled(self, texts: Iterable[str]) -> Spelled:
        spelled: Spelled = {}
        for text in texts:
            found = name_key(text)
            if found:
                spelled.setdefault(self._identity(found), []).append(text)
        return spelled


def _split(file: ConditionFile | TreatmentFile) -> tuple[list[str], list[str]]:
    """Return the names of a file, and those of them that are short forms with possibly other meanings."""
    short = [name for name in file.other_names if _is_doubtful(name)]
    return [file.name, *(name for name in file.other_names if name not in short)], short


def _is_doubtful(name: str) -> bool:
    digits = sum(letter.isdigit() for letter in name)
    return (is_short_form(name) and digits <= MOST_DIGITS_OF_SHORT_FORM) or len(name_key(name)) < 3


def _label(entry: SearchSynonyms) -> str:
    return entry.names[0] if entry.names else ""
