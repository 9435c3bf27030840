"""The first map: sources become trials, one at a time, in parallel, remembered.

A trial's key is the digest of the bytes of its own files, its record in the snapshot, our code, and what
decides what is said of it: settings, and the short forms that the glossary explains.
What is remembered is the card, the search record, the document of the search index, the diagnostics, and -
when YAML made the trial - the trial itself. A trial made from JSON alone is as quick to make again as to remember.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from trialpages.machine.memo import Stamp, Unit
from trialpages.model.card import Card
from trialpages.model.checks import check_trial
from trialpages.model.checks_acronyms import short_forms
from trialpages.model.registry import decode_registry
from trialpages.model.shared_files import SharedFiles
from trialpages.model.trial import Trial
from trialpages.model.trial_files import read_sound_part
from trialpages.pages.listing_items import kind_of_study, places, who_for
from trialpages.read import sources
from trialpages.read.config import Config
from trialpages.read.snapshot import BROKEN, Member, Snapshot, broken_archive
from trialpages.read.sources import SourceFile
from trialpages.search.document import search_document
from trialpages.search.numbering import order_key
from trialpages.site.cards import card
from trialpages.site.search_records import search_record
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import ERROR, Diagnostic, Sink, Span
from trialpages.words.digest import digest
from trialpages.words.language import Language, use
from trialpages.words.severities import apply_severities, parts

LARGEST_FILE = 60_000_000
"""Bytes; no file of a trial is read beyond this."""


@dataclass(frozen=True, slots=True)
class TrialInput:
    """Where one trial comes from: its folder's files, a snapshot's record, or both."""

    trial_id: str
    folder: str
    files: tuple[SourceFile, ...]
    member: Member | None


@dataclass(frozen=True, slots=True)
class DecodeState:
    """What every worker needs to decode any trial."""

    directory: Path
    snapshot: Snapshot | None
    snapshot_path: str
    retrieved: str | None
    code: str
    remembered_keys: Mapping[str, str]
    language: Language
    severities: Mapping[str, str]
    short_forms: frozenset[str]
    """Those that the glossary explains."""


def decode_state(
    directory: Path,
    config: Config,
    snapshot: Snapshot | None,
    shared: SharedFiles,
    code: str,
    known: Mapping[str, str],
    language: Language,
) -> DecodeState:
    """Return what decoding any trial needs, from the settings and shared files of one state of the sources.

    `code` is the digest of the program, `known` are the keys of the remembered trials.
    """
    explained = short_forms(shared.glossary)
    return DecodeState(
        directory=directory,
        snapshot=snapshot,
        snapshot_path=config.registry or "",
        retrieved=config.registry_retrieved,
        code=key_of_all(code, config, explained),
        remembered_keys=known,
        language=language,
        severities=config.severities,
        short_forms=explained,
    )


@dataclass(frozen=True, slots=True)
class Decoded:
    """One decoded trial. `unit` is None when the remembered one still holds."""

    trial_id: str
    file_digests: tuple[tuple[str, str], ...]
    unit: Unit | None


def known_key(trial: TrialInput, stamps: Mapping[str, tuple[Stamp, str]], code: str) -> str | None:
    """Return the trial's key without reading anything, or None when some file must be read."""
    digests: list[tuple[str, str]] = []
    for file in trial.files:
        remembered = stamps.get(file.path)
        if remembered is None or remembered[0] != Stamp(file.mtime_ns, file.size, file.inode):
            return None
        digests.append((file.path, remembered[1]))
    return unit_key(trial, digests, code)


def key_of_all(code: str, config: Config, explained: Iterable[str]) -> str:
    """Return the digest of what every trial's key depends on: code, settings, and short forms that the glossary explains."""
    source = (config.registry or "", config.registry_retrieved or "")
    return digest(code, *source, *parts(config.severities), "", *sorted(explained))


def unit_key(trial: TrialInput, digests: Iterable[tuple[str, str]], code: str) -> str:
    """Return the digest of everything that a trial is made from."""
    member = trial.member.digest if trial.member else ""
    return digest(code, trial.trial_id, member, *(part for pair in digests for part in pair))


@dataclass(frozen=True, slots=True)
class ReadTrial:
    """One trial's files as they were read: bytes by name, the digest of each by path, and what could not be read."""

    contents: Mapping[str, bytes]
    digests: tuple[tuple[str, str], ...]
    faults: tuple[Diagnostic, ...]


def read_trial(state: DecodeState, trial: TrialInput) -> ReadTrial:
    """Read one trial's files."""
    sink: Sink = []
    contents = _read(state, trial, sink)
    digests = tuple((file.path, digest(contents.get(_name(file), b""))) for file in trial.files)
    return ReadTrial(contents, digests, tuple(sink))


def decode_unit(state: DecodeState, trial: TrialInput) -> Decoded:
    """Read one trial's files and decode them, unless their content is the remembered one."""
    use(state.language)
    read = read_trial(state, trial)
    key = unit_key(trial, read.digests, state.code)
    if not read.faults and state.remembered_keys.get(trial.trial_id) == key:
        return Decoded(trial.trial_id, read.digests, None)
    sink = list(read.faults)
    decoded = make_trial(state, trial, read.contents, sink)
    return Decoded(trial.trial_id, read.digests, _unit(trial, key, decoded, sink))


def load_trial(state: DecodeState, trial: TrialInput, record: bytes | None) -> Trial | None:
    """Return a trial from its remembered record, or make it again from its sources."""
    if record is not None:
        return msgspec.msgpack.decode(record, type=Trial)
    sink: Sink = []
    made = make_trial(state, trial, _read(state, trial, sink), sink)
    return None if any(each.severity == ERROR for each in sink) else made


def folder_files(
    state: DecodeState, trials: Mapping[str, TrialInput], trial_id: str
) -> tuple[str, dict[str, bytes]]:
    """Return a trial's folder and its files by name, to show where in them a fault stands."""
    trial = trials[trial_id]
    return trial.folder, _read(state, trial, [])


def make_trial(
    state: DecodeState, trial: TrialInput, contents: Mapping[str, bytes], sink: Sink
) -> Trial | None:
    """Decode and check the sound part of one trial; what is wrong goes to the sink, as grave as the site says."""
    made = _made(state, trial, contents, sink)
    apply_severities(sink, state.severities)
    return made


def _made(state: DecodeState, trial: TrialInput, contents: Mapping[str, bytes], sink: Sink) -> Trial | None:
    shown, registry = None, None
    if trial.member and state.snapshot and "registry.json" not in contents:
        shown = f"{state.snapshot_path}!{trial.member.name}"
        try:
            data = state.snapshot.read(trial.member)
        except BROKEN:
            sink.append(broken_archive(shown))
        else:
            registry = decode_registry(data, shown, sink, retrieved=state.retrieved)
        if registry is None and not contents:
            return None
    made = read_sound_part(trial.trial_id, contents, trial.folder, sink, registry=registry, record_path=shown)
    if made is not None:
        check_trial(made, contents, trial.folder, sink, state.short_forms, shown)
    return made


def stored_diagnostics(text: str) -> list[Diagnostic]:
    """Return remembered diagnostics."""
    return msgspec.json.decode(text, type=list[Diagnostic])


def card_of(made: Trial | None, sink: Sink) -> Card | None:
    """Return the card of a decoded trial; that of a faulty one is marked, that of nothing is none.

    The card of a faulty trial lets the checks across trials tell the rest of its faults; it is published nowhere.
    """
    return None if made is None else card(made, is_faulty=any(each.severity == ERROR for each in sink))


def _unit(trial: TrialInput, key: str, made: Trial | None, sink: Sink) -> Unit:
    diagnostics = msgspec.json.encode(sink).decode()
    shown = card_of(made, sink)
    if made is None or shown is None or shown.is_faulty:
        faulty = msgspec.msgpack.encode(shown) if shown else b""
        return Unit(trial.trial_id, key, "", faulty, None, "", diagnostics, None, "", "")
    record = msgspec.msgpack.encode(made)
    is_slow = any(not file.path.endswith(".json") for file in trial.files)
    whom = who_for(shown)
    found = search_text(shown, made)
    texts = {"who_for": whom, "where": places(shown), "phase": kind_of_study(shown)}
    document = search_document(shown, made, **texts)
    encoded = msgspec.msgpack.encode(document)
    return Unit(
        trial.trial_id,
        key,
        digest(record),
        msgspec.msgpack.encode(shown),
        record if is_slow else None,
        found,
        diagnostics,
        encoded,
        order_key(document),
        digest(encoded),
    )


def search_text(shown: Card, made: Trial) -> str:
    """Return a trial's entry in the list of all trials that the browser reads, as JSON."""
    return json.dumps(search_record(shown, made, who_for(shown)), ensure_ascii=False, separators=(",", ":"))


def _read(state: DecodeState, trial: TrialInput, sink: Sink) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for file in trial.files:
        try:
            if file.size > LARGEST_FILE:
                what = f"The file has {file.size:,} bytes; the limit is {LARGEST_FILE:,}"
                sink.append(make("file-too-large", what, Span(file.path)))
                continue
            contents[_name(file)] = sources.read(state.directory, file.path)
        except OSError as error:
            sink.append(
                make("unreadable-file", f"The file cannot be read: {error.strerror}", Span(file.path))
            )
    return contents


def _name(file: SourceFile) -> str:
    return file.path.rpartition("/")[2]


def trial_inputs(
    folders: Iterator[tuple[str, str, tuple[SourceFile, ...]]], snapshot: Snapshot | None
) -> dict[str, TrialInput]:
    """Join folders and snapshot records by trial id, in the order of ids."""
    members = {member.trial_id: member for member in snapshot.members} if snapshot else {}
    joined = {
        trial_id: TrialInput(trial_id, path, files, members.get(trial_id))
        for trial_id, path, files in folders
    }
    for trial_id, member in members.items():
        if trial_id not in joined:
            joined[trial_id] = TrialInput(trial_id, "", (), member)
    return dict(sorted(joined.items()))
