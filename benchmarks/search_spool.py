"""Many trials on disk: documents in the order of the index, as a build's memo holds them.

A document is written as it is made and read again when the index asks for it, so that neither takes memory for
all of them at once.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from benchmarks.resampled import Made, trial_id
from benchmarks.search_corpus import Corpus
from trialpages.model.shared_files import SharedFiles
from trialpages.search.document import SearchDocument, Told
from trialpages.search.index import Passing
from trialpages.search.numbering import order_key

DOCUMENTS = "documents.bin"
CONTENTS = "contents.bin"
FACETS = ("country", "condition", "treatment", "sponsor")


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the documents lie, and which trials have each value; numbers as the bytes of an array."""

    numbers: bytes
    """Of the trials in the order of the index, counted from 1."""
    starts: bytes
    """In the file, in the same order."""
    sizes: bytes
    values: list[tuple[str, list[tuple[str, str, bytes]]]]
    """Slug, label and numbers of trials by facet."""


def spool(made: Iterable[Made], folder: Path) -> None:
    """Write made-up trials into an empty folder."""
    encode = msgspec.msgpack.Encoder().encode
    keys: list[tuple[str, int, int, int]] = []
    values: dict[str, dict[str, tuple[str, array[int]]]] = {facet: {} for facet in FACETS}
    start = 0
    with (folder / DOCUMENTS).open("wb") as file:
        for number, (document, theirs) in enumerate(made, 1):
            start += keys[-1][3] if keys else 0
            keys.append((order_key(document), number, start, file.write(encode(document))))
            for facet, these in theirs.items():
                for slug, label in these:
                    values[facet].setdefault(slug, (label, array("I")))[1].append(number)
    keys.sort()
    contents = Contents(
        numbers=array("I", (number for _key, number, _start, _size in keys)).tobytes(),
        starts=array("Q", (start for _key, _number, start, _size in keys)).tobytes(),
        sizes=array("I", (size for _key, _number, _start, size in keys)).tobytes(),
        values=[
            (facet, [(slug, label, numbers.tobytes()) for slug, (label, numbers) in these.items()])
            for facet, these in values.items()
        ],
    )
    (folder / CONTENTS).write_bytes(msgspec.msgpack.encode(contents))


def spooled(folder: Path, shared: SharedFiles) -> Corpus:
    """Return the trials of a folder as a corpus that reads them one by one."""
    contents = msgspec.msgpack.decode((folder / CONTENTS).read_bytes(), type=Contents)

    def documents(kind: type[Passing]) -> Iterator[Passing]:
        decode = msgspec.msgpack.Decoder(kind).decode
        with (folder / DOCUMENTS).open("rb") as file:
            for start, size in zip(array("Q", contents.starts), array("I", contents.sizes), strict=True):
                yield decode(os.pread(file.fileno(), size, start))

    values = [
        (facet, [(slug, label, _Ids(numbers)) for slug, label, numbers in these])
        for facet, these in contents.values
    ]
    order = [*_Ids(contents.numbers)]
    return Corpus(order, partial(documents, SearchDocument), values, shared, partial(documents, Told))


class _Ids:
    """The ids of trials whose numbers lie in bytes."""

    def __init__(self, numbers: bytes) -> None:
        self._numbers = numbers

    def __iter__(self) -> Iterator[str]:
        return map(trial_id, array("I", self._numbers))
