"""Made-up sites with their written indexes, for tests: each a corpus beside the sizes that its files were cut to."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from browser.tools import PROJECT, registry_records

from search.corpora import Corpus, corpus
from search.reader import LATEST, Reader
from search.records import corpus_of, hostile_records, shared_files
from search.scan import Scan
from trialpages.model.shared_files import SharedFiles
from trialpages.search.index import index_files
from trialpages.search.names import Names
from trialpages.search.sizes import Sizes

EVERY = int(os.environ.get("SEARCH_RECORDS_EVERY", "12"))
"""Of the real records only each that many-th is tried, unless somebody has the time for more."""
WHOLE = Sizes()
TINY = Sizes(
    collapse=0,
    inline_trials=5,
    top=3,
    chunk=2,
    shard_bytes=80,
    tile_bytes=200,
    values_bytes=60,
    days_block=7,
    suggestions=3,
    fuzzy_words=90,
    top_values=2,
)
"""Sizes at which a hundred trials need every kind of file, and several of each."""


@dataclass(frozen=True)
class Case:
    """A site: its trials, and the files of its index."""

    corpus: Corpus
    sizes: Sizes = WHOLE

    @cached_property
    def scan(self) -> Scan:
        """The trials, for a plain scan."""
        return scan_of(self.corpus, self.sizes)

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The files below `search/` by path."""
        return written(self.corpus, self.sizes)

    @cached_property
    def reader(self) -> Reader:
        """The files, to be read."""
        return Reader(self.files)

    def write(self, folder: Path) -> None:
        """Write the files below a folder."""
        for path, content in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def scan_of(found: Corpus, sizes: Sizes = WHOLE) -> Scan:
    """Return the trials of a corpus for a plain scan."""
    names = Names()
    for number, document in enumerate(found.documents):
        names.add(number, document)
    return Scan(
        found.documents,
        found.concepts,
        found.sets,
        names.label,
        most_listed=sizes.fuzzy_words,
        most_suggestions=sizes.suggestions,
    )


def written(found: Corpus, sizes: Sizes) -> dict[str, bytes]:
    """Return the files of an index by path below `search/`."""
    values = [
        (facet, [(slug, label, trial_ids) for slug, (label, trial_ids) in values.items()])
        for facet, values in found.values.items()
    ]
    order = [document.trial_id for document in found.documents]
    files = dict(
        index_files(order, lambda: found.documents, lambda _names: found.concepts, values, sizes=sizes)
    )
    latest = files.pop(LATEST)
    folder = json.loads(latest)["index"]
    return {LATEST: latest, **{f"{folder}/{path}": content for path, content in files.items()}}


@cache
def cases() -> dict[str, Case]:
    """Return the made-up sites by name."""
    return {
        "bundled": Case(corpus(1, 60)),
        "parted": Case(corpus(2, 130), TINY),
        "hostile": Case(corpus(3, 101, hostile=0.7), TINY),
        "one trial": Case(corpus(4, 1)),
        "one trial, parted": Case(corpus(5, 1), TINY),
        "no trial": Case(corpus(6, 0)),
        "no trial, parted": Case(corpus(7, 0), TINY),
        "bare records": Case(corpus_of(hostile_records(), SharedFiles())),
        "bare records, parted": Case(corpus_of(hostile_records(), SharedFiles()), TINY),
    }


NAMES = (
    *("bundled", "parted", "hostile", "one trial", "one trial, parted", "no trial", "no trial, parted"),
    *("bare records", "bare records, parted"),
)


@cache
def real_case() -> Case:
    """Return every so many of the real records; a test is skipped where they are not at hand."""
    with zipfile.ZipFile(registry_records()) as archive:
        records = [archive.read(name) for name in sorted(archive.namelist())[::EVERY]]
    return Case(corpus_of(records, shared_files(PROJECT / "content")))
