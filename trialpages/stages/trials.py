"""The decode stage: which trials must be read again, and what is known of all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

import msgspec

from trialpages.machine.memo import Memo, Stamp, Unit
from trialpages.machine.pool import parallel_map
from trialpages.model.card import Card
from trialpages.read import sources
from trialpages.stages.content import Content
from trialpages.stages.decoding import DecodeState, decode_unit, known_key, stored_diagnostics
from trialpages.stages.options import Options, Progress
from trialpages.words.diagnostics import Sink


@dataclass(frozen=True, slots=True)
class Trials:
    """The decoded trials: cards and digests of those that may be published, search records of all."""

    cards: tuple[Card, ...]
    digests: Mapping[str, str]
    search: Mapping[str, str]
    documents: Mapping[str, tuple[str, str]]
    """Of what the search index takes from each: by what it sorts, and its digest."""
    faulty: frozenset[str]
    faulty_cards: tuple[Card, ...]
    read: tuple[str, ...]


def decode_trials(
    options: Options, memo: Memo, content: Content, state: DecodeState, sink: Sink, progress: Progress
) -> Trials:
    """Decode the trials whose sources have changed, and return what is known of all."""
    now_ns = sources.clock_ns()
    stamps = memo.stamps()
    waiting = [
        trial
        for trial in content.trials.values()
        if (key := known_key(trial, stamps, state.code)) is None
        or key != state.remembered_keys.get(trial.trial_id)
    ]
    fresh: list[Unit] = []
    digests: dict[str, str] = {}
    results = parallel_map(decode_unit, waiting, state=state, jobs=options.jobs, name=attrgetter("trial_id"))
    for done, decoded in enumerate(results, 1):
        digests.update(decoded.file_digests)
        if decoded.unit is not None:
            fresh.append(decoded.unit)
        progress("decode", done, len(waiting))
    gone = set(state.remembered_keys) - set(content.trials)
    with memo.transaction():
        memo.remember_units(fresh)
        memo.forget_units(gone)
        memo.remember_stamps(_safe_stamps(content, stamps, digests, now_ns))
    return _trials(options, memo, sink, tuple(unit.name for unit in fresh))


def held_back(cards: Iterable[Card], faulty: Collection[str]) -> frozenset[str]:
    """Return the pages that cannot be made as they should be, so that their last good files stay.

    These are the pages of trials with errors, and of those whose editors chose to show such a trial's counts.
    """
    dependent = (
        found.trial_id
        for found in cards
        if found.side_effects is not None and found.side_effects.source in faulty
    )
    return frozenset(f"trials/{trial_id}/" for trial_id in (*faulty, *dependent))


def _safe_stamps(
    content: Content, known: Mapping[str, tuple[Stamp, str]], digests: Mapping[str, str], now_ns: int
) -> dict[str, tuple[Stamp, str]]:
    kept: dict[str, tuple[Stamp, str]] = {}
    for trial in content.trials.values():
        for file in trial.files:
            if sources.is_young(file, now_ns):
                continue
            found = digests.get(file.path) or (known[file.path][1] if file.path in known else None)
            if found is not None:
                kept[file.path] = (Stamp(file.mtime_ns, file.size, file.inode), found)
    return kept


def _trials(options: Options, memo: Memo, sink: Sink, read: tuple[str, ...]) -> Trials:
    decoder = msgspec.msgpack.Decoder(Card)
    cards: list[Card] = []
    digests: dict[str, str] = {}
    search: dict[str, str] = {}
    documents: dict[str, tuple[str, str]] = {}
    faulty: set[str] = set()
    faulty_cards: list[Card] = []
    for unit in memo.units():
        if unit.diagnostics != "[]":
            sink.extend(stored_diagnostics(unit.diagnostics))
        if not unit.card:
            faulty.add(unit.name)
            continue
        found = decoder.decode(unit.card)
        if found.is_faulty:
            faulty.add(unit.name)
            faulty_cards.append(found)
            continue
        if found.draft and not options.drafts:
            continue
        cards.append(found)
        digests[unit.name] = unit.digest
        search[unit.name] = unit.extra
        documents[unit.name] = (unit.document_order, unit.document_digest)
    return Trials(tuple(cards), digests, search, documents, frozenset(faulty), tuple(faulty_cards), read)
