"""The index: from documents in their order to the files that answer every query.

Documents pass by and are not kept: their words become postings, their codes columns, and their cards leave as soon
as a file is full. Then what they say passes a second time, to tell in which texts the names stand that the first pass
found. What is kept of a trial is a few hundred bytes, so half a million fit into two gigabytes.
The files depend on the documents, the concepts and the value sets alone, byte for byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import TypeVar

from trialpages.search.columns import Columns, File
from trialpages.search.concepts import Concept
from trialpages.search.document import SearchDocument, Told
from trialpages.search.lexicon import Lexicon
from trialpages.search.manifest import Contents, bundled, manifest_file, sealed
from trialpages.search.meanings import Meanings
from trialpages.search.names import Names
from trialpages.search.phrases import postings_of_names
from trialpages.search.postings import Postings
from trialpages.search.result_cards import ResultCards
from trialpages.search.sizes import Sizes
from trialpages.search.tiles import Places
from trialpages.search.typos import fuzzy_files
from trialpages.search.value_sets import Memberships, ValueSet, value_files, value_set

Values = Iterable[tuple[str, str, Iterable[str]]]
"""Slug, label and trial ids of each value."""
FindConcepts = Callable[[Names], Iterable[Concept]]
Documents = Callable[[], Iterable[SearchDocument]]
"""The documents in their order, anew with each call."""
AllTold = Callable[[], Iterable[Told]]
"""What the documents say, in the same order."""
Passing = TypeVar("Passing", bound=Told)


def index_files(
    order: Sequence[str],
    documents: Documents,
    find_concepts: FindConcepts,
    value_sets: Iterable[tuple[str, Values]],
    *,
    told: AllTold | None = None,
    sizes: Sizes | None = None,
) -> Iterator[File]:
    """Yield the files of an index by path inside its folder, and `latest.json`, which names the folder, as the last.

    `order` has the ids of the trials, sorted by `numbering.order_key`; `documents` come in that order, and then again
    as `told`, which reads less of them; without it, as whole documents. Raises `ValueError` when they do not, since
    every file would be wrong.
    """
    wanted = sizes or Sizes()
    is_bundled = wanted.is_collapsed(len(order))
    number_of = {trial_id: number for number, trial_id in enumerate(order)}
    sets = [value_set(name, values, number_of) for name, values in value_sets]
    del number_of
    passes = (documents, told or documents)
    files = _files(order, passes, find_concepts, sets, wanted.suiting(len(order)), is_bundled=is_bundled)
    yield from sealed(bundled(files) if is_bundled else files, len(order), is_bundled=is_bundled)


class _Gathered:
    """What is kept of the documents that have passed by."""

    def __init__(self) -> None:
        self.words = Postings()
        self.surfaces: Counter[str] = Counter()
        self.names = Names()
        self.columns = Columns()
        self.places = Places()

    def add(self, number: int, document: SearchDocument) -> None:
        self.words.add(number, document.words)
        self.surfaces.update(document.surfaces)
        self.names.add(number, document)
        self.columns.add(document)
        self.places.add(number, document)


def _files(
    order: Sequence[str],
    passes: tuple[Documents, AllTold],
    find_concepts: FindConcepts,
    sets: Sequence[ValueSet],
    sizes: Sizes,
    *,
    is_bundled: bool,
) -> Iterator[File]:
    documents, told = passes
    trials = len(order)
    gathered = _Gathered()
    yield from _cards(order, documents, gathered, ResultCards(sizes.chunk, _memberships(sets, trials)))
    facets = gathered.columns.facets()
    yield facets.file()
    yield gathered.columns.ages_file()
    yield from gathered.columns.days_files(sizes.days_block)
    yield from gathered.places.files(sizes.tile_bytes)
    told_of_sets = yield from _value_files(sets, sizes)
    fuzzy = yield from fuzzy_files(gathered.words, gathered.surfaces, trials, sizes.fuzzy_words)
    concepts = tuple(find_concepts(gathered.names))
    said = postings_of_names(_in_order(order, told), _searched(concepts))
    lexicon = Lexicon(
        Meanings(gathered.words, gathered.names.listed, said),
        facets,
        gathered.names,
        concepts,
        trials=trials,
        inline_trials=sizes.inline_trials,
        top=sizes.top,
    )
    told_of_lexicon = yield from lexicon.files(gathered.words, sizes.shard_bytes)
    suggest = yield from lexicon.suggestions.files(sizes.suggestions)
    yield manifest_file(
        Contents(
            trials=trials,
            chunk=sizes.chunk,
            is_bundled=is_bundled,
            facets=facets.for_manifest(),
            sets=told_of_sets,
            lexicon=told_of_lexicon,
            suggest=suggest,
            fuzzy=fuzzy,
            places=len(gathered.places),
            days_block=sizes.days_block,
        )
    )


def _cards(
    order: Sequence[str], documents: Documents, gathered: _Gathered, cards: ResultCards
) -> Iterator[File]:
    """Let the documents pass by: yield their cards, and gather the rest."""
    for number, document in enumerate(_in_order(order, documents)):
        gathered.add(number, document)
        yield from cards.add(document)
    yield from cards.rest()


def _in_order(order: Sequence[str], documents: Callable[[], Iterable[Passing]]) -> Iterator[Passing]:
    """Yield the documents once, each in its place; raise `ValueError` for one that is not."""
    for number, (trial_id, document) in enumerate(zip(order, documents(), strict=True)):
        if document.trial_id != trial_id:
            raise ValueError(f"document {number} is {document.trial_id}; the order has {trial_id} there")
        yield document


def _searched(concepts: Iterable[Concept]) -> Iterator[str]:
    """Yield the names whose trials are asked for."""
    for concept in concepts:
        yield from concept.finds
        yield from concept.doubtful


def _value_files(sets: Sequence[ValueSet], sizes: Sizes) -> Generator[File, None, list[dict[str, object]]]:
    """Yield the files of all facets with many values; return what the manifest says of each."""
    told = []
    for values in sets:
        one = yield from value_files(values, sizes.values_bytes, sizes.top_values)
        told.append(one)
    return told


def _memberships(sets: Sequence[ValueSet], trials: int) -> dict[str, Memberships]:
    return {values.name: Memberships(values, trials) for values in sets}
