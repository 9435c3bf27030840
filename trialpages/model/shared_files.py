"""The shared files: treatments, conditions and sponsors, one file each; glossary and plain terms, as lists.

The name of a file is the slug of what it describes, and part of that page's address. Two files or
entries that claim one name are refused: it would not be clear which of them speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from trialpages.model.editorial import (
    AdverseEventTerm,
    ConditionFile,
    GlossaryEntry,
    SponsorFile,
    TreatmentFile,
)
from trialpages.model.vocabulary import Slug
from trialpages.read.decode import decode
from trialpages.read.document import Document, read_yaml
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span
from trialpages.words.fields import Shape, record
from trialpages.words.shapes import pattern
from trialpages.words.suggest import fold

Named = TypeVar("Named", TreatmentFile, ConditionFile, SponsorFile)
Entry = TypeVar("Entry", GlossaryEntry, AdverseEventTerm)

GLOSSARY = "glossary.yaml"
ADVERSE_EVENT_TERMS = "adverse-event-terms.yaml"


@record
class SharedFiles:
    """What all trials share, each kind in the order of its file names or entries."""

    treatments: tuple[TreatmentFile, ...] = ()
    conditions: tuple[ConditionFile, ...] = ()
    sponsors: tuple[SponsorFile, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    adverse_event_terms: tuple[AdverseEventTerm, ...] = ()


def read_shared(files: Mapping[str, bytes], sink: Sink) -> SharedFiles:
    """Return the shared files by their paths; a faulty file is left out, with its faults in the sink."""
    return SharedFiles(
        treatments=_folder(files, "treatments", TreatmentFile, sink),
        conditions=_folder(files, "conditions", ConditionFile, sink),
        sponsors=_folder(files, "sponsors", SponsorFile, sink),
        glossary=_entries(files, GLOSSARY, GlossaryEntry, sink, "glossary entry"),
        adverse_event_terms=_entries(files, ADVERSE_EVENT_TERMS, AdverseEventTerm, sink, "term"),
    )


def _folder(files: Mapping[str, bytes], folder: str, kind: type[Named], sink: Sink) -> tuple[Named, ...]:
    noun = folder.removesuffix("s")
    read: list[Named] = []
    documents: dict[str, Document] = {}
    for path in sorted(path for path in files if _parts(path)[:1] == (folder,)):
        document = read_yaml(files[path], path, sink)
        slug = _slug(path, sink)
        made = decode(document, kind, sink, noun=noun, required=("name",)) if document else None
        if made is not None and document is not None and slug is not None:
            documents[slug] = document
            read.append(replace(made, slug=slug))
    _refuse_shared_names(read, documents, sink)
    return tuple(read)


def _parts(path: str) -> tuple[str, ...]:
    """Return the last folder and the file name, when the file lies in a folder."""
    return tuple(path.split("/")[-2:]) if "/" in path else ()


def _slug(path: str, sink: Sink) -> str | None:
    slug = path.rpartition("/")[2].removesuffix(".yaml")
    (shape,) = (mark for mark in Slug.__metadata__ if isinstance(mark, Shape))  # type: ignore[attr-defined]
    if pattern(shape.pattern).fullmatch(slug):
        return slug
    what = f"The file name '{slug}' cannot be part of an address"
    help_text = f"use lower-case letters, digits and hyphens, such as {shape.example}.yaml"
    sink.append(make("wrong-form", what, Span(path), help_text))
    return None


def _refuse_shared_names(read: list[Named], documents: dict[str, Document], sink: Sink) -> None:
    """Report a name that two files of one kind claim as their own."""
    owners: dict[str, Named] = {}
    for file in read:
        document = documents[file.slug]
        places = [("name", file.name), *((("other_names", i), name) for i, name in enumerate(file.other_names))]
        for place, name in places:
            owner = owners.setdefault(_same(name), file)
            if owner is not file:
                location = (place,) if isinstance(place, str) else place
                what = f"'{name}' is already a name in {documents[owner.slug].path}"
                help_text = "keep the name in one of the two files"
                sink.append(document.fault("duplicate-entry", what, location, help=help_text))


def _entries(
    files: Mapping[str, bytes], name: str, kind: type[Entry], sink: Sink, noun: str
) -> tuple[Entry, ...]:
    path = next((path for path in sorted(files) if path.rpartition("/")[2] == name), None)
    document = read_yaml(files[path], path, sink) if path is not None else None
    if document is None:
        return ()
    if not isinstance(document.value, list):
        help_text = "begin each entry with `- term:`"
        sink.append(document.fault("wrong-type", f"{name} needs a list of entries", help=help_text))
        return ()
    made = [
        (index, decode(document, kind, sink, noun=f"{noun} {index + 1}", location=(index,)))
        for index in range(len(document.value))
    ]
    found = [(index, entry) for index, entry in made if entry is not None]
    _refuse_repeated_terms(found, document, sink, lambda entry: entry.term)
    return tuple(entry for _, entry in found)


def _refuse_repeated_terms(
    entries: list[tuple[int, Entry]], document: Document, sink: Sink, term: Callable[[Entry], str]
) -> None:
    seen: dict[str, int] = {}
    for index, entry in entries:
        first = seen.setdefault(_same(term(entry)), index)
        if first != index:
            line = document.span((first, "term")).line
            what = f"'{entry.term}' has an entry already"
            notes = (f"the first one is on line {line}",)
            fault = document.fault("duplicate-entry", what, (index, "term"), help="keep one of the two", notes=notes)
            sink.append(fault)


def _same(name: str) -> str:
    """Return what makes two names one: letters and digits, without case and separators."""
    return fold(name) or name
