"""Trials to measure the search with: the real records, and as many made-up ones as are asked for.

The real ones pass the stages that a build passes, with this project's own conditions, treatments, sponsors and
synonyms, and without its trials. `resampled.py` makes more trials from them. Both are a `Corpus`: all that the files
of an index depend on.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from trialpages.machine.collector import collector_at_rest
from trialpages.machine.memo import Memo, open_memo
from trialpages.model.card import Card
from trialpages.model.shared_files import SharedFiles
from trialpages.model.trial import Trial
from trialpages.search.concepts import concepts
from trialpages.search.document import SearchDocument, Told
from trialpages.search.index import index_files
from trialpages.search.manifest import LATEST
from trialpages.search.numbering import order_key
from trialpages.site.cards import card
from trialpages.site.site import assemble
from trialpages.site.staleness import on_day
from trialpages.stages.content import read_content
from trialpages.stages.decoding import DecodeState, load_trial
from trialpages.stages.inputs import code_digest
from trialpages.stages.options import Options, silent
from trialpages.stages.search_index import value_sets
from trialpages.stages.trials import decode_trials
from trialpages.words.diagnostics import Sink
from trialpages.words.language import Language, use

PROJECT = Path(__file__).resolve().parent.parent
RECORDS = Path(
    os.environ.get("TRIALPAGES_RECORDS") or PROJECT.parent / "shared" / "ctgov" / "ctg-studies.json.zip"
)
CACHE = PROJECT / ".cache" / "search-corpus"
TODAY = datetime.date(2026, 11, 23)
SHARED = ("conditions", "sponsors", "treatments", "search-synonyms.yaml")
"""What the real records take of this project's content."""

Values = Iterable[tuple[str, str, Iterable[str]]]
"""Slug, label and trial ids of each value of a facet."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that the files of an index depend on."""

    order: Sequence[str]
    """Ids of the trials in the order of the index."""
    documents: Callable[[], Iterator[SearchDocument]]
    """The documents in that order, anew with each call."""
    values: Sequence[tuple[str, Values]]
    """The facets with many values."""
    shared: SharedFiles
    told: Callable[[], Iterator[Told]] | None = None
    """What the documents say, where it can be read alone."""

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the index, as a build does."""
        find = partial(concepts, shared=self.shared)
        return index_files(self.order, self.documents, find, self.values, told=self.told)


@dataclass(frozen=True, slots=True)
class Records:
    """The real records as a corpus, and as trials with their cards."""

    corpus: Corpus
    trials: Callable[[], Iterator[tuple[Card, Trial]]]


def real_records(folder: Path, *, cache: Path = CACHE, jobs: int = 2) -> Records:
    """Return the real records; `folder` must be empty, and stay for as long as trials are asked for.

    What the records are decoded to is kept in the folder `cache`, for as long as our code stays as it is.
    """
    options = _site(folder, jobs)
    sink: Sink = []
    content = read_content(options, sink)
    language = Language()
    use(language)
    with _memo(cache) as memo:
        state = DecodeState(
            options.directory,
            content.snapshot,
            content.config.registry or "",
            content.config.registry_retrieved,
            code_digest(language),
            memo.unit_keys(),
            language,
            content.config.severities,
            frozenset(),
        )
        found = decode_trials(options, memo, content, state, sink, silent)
        site = assemble(on_day(found.cards, content.config, options.today), content.shared, content.config)
        decode = msgspec.msgpack.Decoder(SearchDocument).decode
        documents = [decode(memo.document(each.trial_id) or b"") for each in site.cards]
    documents.sort(key=order_key)

    def trials() -> Iterator[tuple[Card, Trial]]:
        for each in site.cards:
            trial = load_trial(state, content.trials[each.trial_id], None)
            if trial is not None:
                yield card(trial), trial

    ids = [document.trial_id for document in documents]
    return Records(Corpus(ids, lambda: iter(documents), value_sets(site), content.shared), trials)


@contextlib.contextmanager
def _memo(folder: Path) -> Iterator[Memo]:
    """Open the memo of a folder when no other process has it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        memo = open_memo(folder / "memo.sqlite")
        try:
            yield memo
        finally:
            memo.close()


def shared_files() -> SharedFiles:
    """Return this project's own conditions, treatments, sponsors and synonyms."""
    return read_content(_options(PROJECT, 1), []).shared


def _site(folder: Path, jobs: int) -> Options:
    """Write a site whose snapshot is the real records, and return the options of its build."""
    content = folder / "content"
    content.mkdir(parents=True)
    for name in SHARED:
        source = PROJECT / "content" / name
        if source.is_dir():
            shutil.copytree(source, content / name)
        elif source.exists():
            shutil.copy(source, content / name)
    (folder / RECORDS.name).symlink_to(RECORDS.resolve())
    (folder / "site.yaml").write_text(f"name: Real records\nregistry: {RECORDS.name}\n", "utf-8")
    return _options(folder, jobs)


def _options(folder: Path, jobs: int) -> Options:
    return Options(
        directory=folder,
        content=folder / "content",
        templates=folder / "templates",
        assets=folder / "assets",
        output=folder / "output",
        cache=folder,
        today=TODAY,
        jobs=jobs,
    )


def write_index(corpus: Corpus, folder: Path) -> Path:
    """Write the index of a corpus below the folder `search` of a site, and return the folder that its content names."""
    pending = folder / "pending"
    made: set[Path] = set()
    pointer = b""
    with collector_at_rest():
        for path, data in corpus.files():
            if path == LATEST:
                pointer = data
                continue
            target = pending / path
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            target.write_bytes(data)
    named = folder / str(msgspec.json.decode(pointer)["index"])
    shutil.rmtree(named, ignore_errors=True)
    pending.rename(named)
    (folder / LATEST).write_bytes(pointer)
    return named
