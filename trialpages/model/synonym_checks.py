"""The checks of `search-synonyms.yaml`: one meaning for each name, and no name that can find nothing.

Names are compared by their words, without letter case: `shock wave` and `shockwave` are two names. A name that no
trial has is no fault: the list may serve more trials than a site has today. A name that differs by one letter from one
that the content knows is a likely slip, and a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from trialpages.model.editorial import ConditionFile, SearchSynonyms, TreatmentFile
from trialpages.model.names import words_of
from trialpages.read.document import Document, Location
from trialpages.words.diagnostics import Sink
from trialpages.words.suggest import edits, fold

Groups = Sequence[tuple[int, SearchSynonyms]]
"""The groups without a fault in a field of their own, each with its position in the file."""
File = ConditionFile | TreatmentFile
Files = Sequence[File]

SHORTEST_SLIP = 7
"""Letters of a name that is compared with others of nearly the same spelling."""


def check_synonyms(groups: Groups, document: Document, files: Files, sink: Sink) -> None:
    """Report names without letters, empty lists, names with two meanings, and likely slips."""
    owners = {words_of(name): file for file in reversed(files) for name in (file.name, *file.other_names)}
    for index, group in groups:
        _check_lists(index, group, document, sink)
        _check_files(index, group, document, owners, sink)
    _check_owners(groups, document, sink)
    _check_circles(groups, document, sink)
    _check_slips(groups, document, files, sink)


def _check_lists(index: int, group: SearchSynonyms, document: Document, sink: Sink) -> None:
    raw = document.value[index]  # type: ignore[index]
    for field in ("names", "finds", "typed"):
        if raw.get(field) == []:  # type: ignore[union-attr]
            cure = "write a name" if field == "names" else "write a name, or take the field away"
            sink.append(document.fault("empty-value", f"'{field}' is empty", (index, field), help=cure))
    own: set[str] = set()
    for location, name in _names(index, group, "names", "typed", "finds"):
        key = words_of(name)
        if not key:
            cure = "write a name of letters or digits"
            sink.append(
                document.fault("wrong-form", f"'{name}' has nothing to search for", location, help=cure)
            )
        elif key in own:
            what = f"'{name}' stands in this entry already"
            sink.append(document.fault("duplicate-entry", what, location, help="keep one of the two"))
        own.add(key)


def _check_files(
    index: int, group: SearchSynonyms, document: Document, owners: Mapping[str, File], sink: Sink
) -> None:
    """Report a group that makes one thing of two conditions or treatments that have files of their own."""
    first: File | None = None
    for location, name in _names(index, group, "names", "typed"):
        owner = owners.get(words_of(name))
        first = first or owner
        if owner is not None and owner is not first and first is not None:
            what = f"'{name}' is a name of {owner.name}, and another name here is one of {first.name}"
            cure = "write narrower things under `finds`, and take away what is something else"
            sink.append(document.fault("ambiguous-reference", what, location, help=cure))


def _check_owners(groups: Groups, document: Document, sink: Sink) -> None:
    """Report a name in two groups: it would not be clear which of them speaks."""
    owners: dict[str, tuple[int, Location]] = {}
    for index, group in groups:
        for location, name in _names(index, group, "names", "typed"):
            owner, first = owners.setdefault(words_of(name), (index, location))
            if owner != index:
                what = f"'{name}' is a name of another entry already"
                notes = (f"the first one is on line {document.span(first).line}",)
                cure = "keep it in one entry, or make the two entries one"
                sink.append(document.fault("duplicate-entry", what, location, help=cure, notes=notes))


def _check_circles(groups: Groups, document: Document, sink: Sink) -> None:
    """Report two groups that find each other: then both are one thing."""
    owner = {
        words_of(name): index for index, group in groups for _, name in _names(index, group, "names", "typed")
    }
    found = {index: {owner.get(words_of(name)) for name in group.finds} for index, group in groups}
    for index, group in groups:
        for location, name in _names(index, group, "finds"):
            other = owner.get(words_of(name))
            if other is not None and other < index and index in found[other]:
                what = f"Entry {index + 1} and '{name}' find each other"
                cure = "if both are the same, write them as `names` of one entry; else keep the wider one's `finds`"
                sink.append(document.fault("ambiguous-reference", what, location, help=cure))


def _check_slips(groups: Groups, document: Document, files: Files, sink: Sink) -> None:
    """Warn of a name to find that is one letter away from a name that the content knows."""
    known = {fold(name): name for file in files for name in (file.name, *file.other_names)}
    known |= {
        fold(name): name for index, group in groups for _, name in _names(index, group, "names", "typed")
    }
    by_ending = _by_halves(known)
    for index, group in groups:
        for location, name in _names(index, group, "finds"):
            key = fold(name)
            if key in known or len(key) < SHORTEST_SLIP:
                continue
            near = {each for half in _halves(key) for each in by_ending.get(half, ())}
            guess = next((each for each in sorted(near) if edits(key, each, 1) == 1), None)
            if guess is not None:
                what = f"'{name}' is almost '{known[guess]}', but not quite"
                cure = f"write {known[guess]}, or give '{name}' an entry of its own if it is another thing"
                sink.append(document.fault("nearly-a-name", what, location, help=cure))


def _by_halves(keys: dict[str, str]) -> dict[tuple[str, str], list[str]]:
    """Return names by their halves: two names that differ in one letter share the beginning or the ending."""
    found: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        for half in _halves(key):
            found.setdefault(half, []).append(key)
    return found


def _halves(key: str) -> tuple[tuple[str, str], tuple[str, str]]:
    size = (SHORTEST_SLIP - 1) // 2
    return ("begins", key[:size]), ("ends", key[-size:])


def _names(index: int, group: SearchSynonyms, *fields: str) -> Iterator[tuple[Location, str]]:
    for field in fields:
        for position, name in enumerate(getattr(group, field)):
            yield (index, field, position), name
