"""The shared files: treatments, conditions and sponsors, one file each; glossary, plain terms and synonyms, as lists.

The name of a file is the slug of what it describes, and part of that page's address. Two files or
entries that claim one name are refused: it would not be clear which of them speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from trialpages.model.editorial import (
    AdverseEventTerm,
    ConditionFile,
    GlossaryEntry,
    SearchSynonyms,
    SponsorFile,
    TreatmentFile,
)
from trialpages.model.former_page import FormerPageEntry, check_former_pages
from trialpages.model.synonym_checks import check_synonyms
from trialpages.model.vocabulary import Slug
from trialpages.read.decode import decode
from trialpages.read.document import Document, Location, read_yaml
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span
from trialpages.words.fields import Shape, record
from trialpages.words.shapes import pattern, shape_of
from trialpages.words.suggest import fold, nearest

Named = TypeVar("Named", TreatmentFile, ConditionFile, SponsorFile)
Entry = TypeVar("Entry", GlossaryEntry, AdverseEventTerm, SearchSynonyms, FormerPageEntry)
Term = TypeVar("Term", GlossaryEntry, AdverseEventTerm)

GLOSSARY = "glossary.yaml"
ADVERSE_EVENT_TERMS = "adverse-event-terms.yaml"
SEARCH_SYNONYMS = "search-synonyms.yaml"
FORMER_PAGES = "former-pages.yaml"


@record
class SharedFiles:
    """What all trials share, each kind in the order of its file names or entries."""

    treatments: tuple[TreatmentFile, ...] = ()
    conditions: tuple[ConditionFile, ...] = ()
    sponsors: tuple[SponsorFile, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    adverse_event_terms: tuple[AdverseEventTerm, ...] = ()
    search_synonyms: tuple[SearchSynonyms, ...] = ()
    former_pages: tuple[FormerPageEntry, ...] = ()


def read_shared(files: Mapping[str, bytes], sink: Sink) -> SharedFiles:
    """Return the shared files by their paths; a faulty file is left out, with its faults in the sink."""
    treatments = _folder(files, "treatments", TreatmentFile, sink)
    conditions = _folder(files, "conditions", ConditionFile, sink)
    return SharedFiles(
        treatments=treatments,
        conditions=conditions,
        sponsors=_folder(files, "sponsors", SponsorFile, sink),
        glossary=_terms(files, GLOSSARY, GlossaryEntry, sink, "glossary entry"),
        adverse_event_terms=_terms(files, ADVERSE_EVENT_TERMS, AdverseEventTerm, sink, "term"),
        search_synonyms=_synonyms(files, (*conditions, *treatments), sink),
        former_pages=_former_pages(files, sink),
    )


def _folder(files: Mapping[str, bytes], folder: str, kind: type[Named], sink: Sink) -> tuple[Named, ...]:
    noun = folder.removesuffix("s")
    read: list[Named] = []
    documents: dict[str, Document] = {}
    paths = sorted(path for path in files if _parts(path)[:1] == (folder,))
    for path in paths:
        document = read_yaml(files[path], path, sink)
        slug = _slug(path, sink)
        made = decode(document, kind, sink, noun=noun, required=("name",)) if document else None
        if made is not None and document is not None and slug is not None:
            documents[slug] = document
            read.append(replace(made, slug=slug))
    _refuse_shared_names(read, documents, sink)
    conditions = tuple(file for file in read if isinstance(file, ConditionFile))
    _check_parents(conditions, {_stem(path) for path in paths}, documents, sink)
    return tuple(read)


def _parts(path: str) -> tuple[str, ...]:
    """Return the last folder and the file name, when the file lies in a folder."""
    return tuple(path.split("/")[-2:]) if "/" in path else ()


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _slug(path: str, sink: Sink) -> str | None:
    slug = _stem(path)
    (shape,) = (mark for mark in Slug.__metadata__ if isinstance(mark, Shape))  # type: ignore[attr-defined]
    if pattern(shape.pattern).fullmatch(slug):
        return slug
    what = f"The file name '{slug}' cannot be part of an address"
    help_text = f"use lower-case letters, digits and hyphens, such as {shape.example}.yaml"
    sink.append(make("wrong-form", what, Span(path), help_text))
    return None


def _refuse_shared_names(read: list[Named], documents: dict[str, Document], sink: Sink) -> None:
    """Report a name that two files of one kind claim as their own."""
    owners: dict[str, str] = {}
    for file in read:
        document = documents[file.slug]
        for location, name in _names(file):
            owner = owners.setdefault(_same(name), file.slug)
            if owner != file.slug:
                what = f"'{name}' is already a name in {documents[owner].path}"
                help_text = "keep the name in one of the two files"
                sink.append(document.fault("duplicate-entry", what, location, help=help_text))


def _names(file: TreatmentFile | ConditionFile | SponsorFile) -> Iterator[tuple[Location, str]]:
    yield ("name",), file.name
    for index, name in enumerate(file.other_names):
        yield ("other_names", index), name


def _check_parents(
    conditions: tuple[ConditionFile, ...], slugs: set[str], documents: dict[str, Document], sink: Sink
) -> None:
    """Report a wider condition that has no file, or that is the condition itself, also by way of others."""
    parents = {file.slug: file.parent for file in conditions}
    for file in conditions:
        if file.parent is None:
            continue
        if file.parent not in slugs:
            guess = nearest(file.parent, sorted(slugs))
            help_text = f"did you mean '{guess}'?" if guess else f"add conditions/{file.parent}.yaml"
            what = f"There is no condition '{file.parent}'"
        elif _is_own_ancestor(file.slug, parents):
            what, help_text = (
                f"'{file.parent}' is a part of this condition itself",
                "take one of the parents away",
            )
        else:
            continue
        sink.append(documents[file.slug].fault("unknown-reference", what, ("parent",), help=help_text))


def _is_own_ancestor(slug: str, parents: Mapping[str, str | None]) -> bool:
    above, seen = parents.get(slug), set[str]()
    while above is not None and above not in seen:
        if above == slug:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _check_related(entries: Sequence[tuple[int, GlossaryEntry]], document: Document, sink: Sink) -> None:
    """Report a related word that the glossary does not have."""
    terms = {_same(name): entry.term for _, entry in entries for name in (entry.term, *entry.other_names)}
    for index, entry in entries:
        for position, word in enumerate(entry.see):
            if _same(word) not in terms:
                guess = nearest(word, terms.values())
                help_text = f"did you mean '{guess}'?" if guess else "add an entry for it, or take it away"
                what = f"The glossary has no word '{word}'"
                location = (index, "see", position)
                sink.append(document.fault("unknown-reference", what, location, help=help_text))


def _terms(
    files: Mapping[str, bytes], name: str, kind: type[Term], sink: Sink, noun: str
) -> tuple[Term, ...]:
    """Return the entries of a list of terms, each of which has one entry."""
    document, made = _entries(files, name, kind, sink, noun)
    if document is None:
        return ()
    found = [(index, entry) for index, entry in made if entry is not None]
    _refuse_repeated_terms(found, document, sink)
    if len(found) == len(made):
        # With a faulty entry left out, a word that points to it would be reported in vain.
        related = [(index, entry) for index, entry in found if isinstance(entry, GlossaryEntry)]
        _check_related(related, document, sink)
    return tuple(entry for _, entry in found)


def _synonyms(
    files: Mapping[str, bytes], named: Sequence[ConditionFile | TreatmentFile], sink: Sink
) -> tuple[SearchSynonyms, ...]:
    """Return the groups of words for the search."""
    document, made = _entries(files, SEARCH_SYNONYMS, SearchSynonyms, sink, "entry")
    if document is None:
        return ()
    found = [(index, group) for index, group in made if group is not None]
    check_synonyms(found, document, named, sink)
    return tuple(group for _, group in found)


def _former_pages(files: Mapping[str, bytes], sink: Sink) -> tuple[FormerPageEntry, ...]:
    """Return the pages that editors say are gone."""
    document, made = _entries(files, FORMER_PAGES, FormerPageEntry, sink, "entry")
    if document is None:
        return ()
    found = [(index, entry) for index, entry in made if entry is not None]
    check_former_pages(found, document, sink)
    return tuple(entry for _, entry in found)


def _entries(
    files: Mapping[str, bytes], name: str, kind: type[Entry], sink: Sink, noun: str
) -> tuple[Document | None, list[tuple[int, Entry | None]]]:
    """Return the document of a file that is a list, and each entry with its position; None for a faulty one."""
    path = next((path for path in sorted(files) if path.rpartition("/")[2] == name), None)
    document = read_yaml(files[path], path, sink) if path is not None else None
    if document is None:
        return None, []
    if not isinstance(document.value, list):
        first = next(iter(shape_of(kind).fields))
        help_text = f"begin each entry with `- {first}:`"
        sink.append(document.fault("wrong-type", f"{name} needs a list of entries", help=help_text))
        return None, []
    return document, [
        (index, decode(document, kind, sink, noun=f"{noun} {index + 1}", location=(index,)))
        for index in range(len(document.value))
    ]


def _refuse_repeated_terms(entries: list[tuple[int, Term]], document: Document, sink: Sink) -> None:
    seen: dict[str, int] = {}
    for index, entry in entries:
        first = seen.setdefault(_same(entry.term), index)
        if first != index:
            line = document.span((first, "term")).line
            what = f"'{entry.term}' has an entry already"
            notes = (f"the first one is on line {line}",)
            fault = document.fault(
                "duplicate-entry", what, (index, "term"), help="keep one of the two", notes=notes
            )
            sink.append(fault)


def _same(name: str) -> str:
    """Return what makes two names one: letters and digits, without case and separators."""
    return fold(name) or name
