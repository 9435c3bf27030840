"""What builds have left: the memos of the preview's own build and of the user's, and their files. Read, never written.

A memo that is being written, is of another version, is damaged or is not there gives nothing; it never raises.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from trialpages.machine.memo import SITE_FILES, Memo, memo_version_is_known, open_memo_read_only
from trialpages.model.card import Card
from trialpages.preview.memory.held import HeldTrial
from trialpages.preview.memory.kept_places import own_build
from trialpages.stages.build import MEMO_NAME
from trialpages.stages.decoding import DecodeState, TrialInput, known_key, read_trial, unit_key
from trialpages.stages.options import Options

T = TypeVar("T")

FEW_TRIALS = 500
"""Trials that a memo is asked for one by one; for more, all are as quick."""


class Kept:
    """The memos, the preview's own first; every method may be called in any thread."""

    def __init__(self, options: Options, own: Options | None = None) -> None:
        own = own or own_build(options)
        self._places = ((own.cache / MEMO_NAME, own.output), (options.cache / MEMO_NAME, options.output))
        self._lock = threading.Lock()
        self._open: dict[Path, Memo] = {}

    def record(self, name: str, key: str) -> bytes | None:
        """Return an encoded trial that was remembered under a key."""
        return self._first(lambda memo: memo.record_of(name, key))

    def search_entry(self, name: str, key: str) -> str | None:
        """Return a trial's entry in the list of all trials, remembered under a key."""
        return self._first(lambda memo: memo.extra_of(name, key))

    def figure(self, code: str) -> str | None:
        """Return the empty figure that charts are filled into."""
        return self._first(lambda memo: memo.value("figure template", code))

    def trials(self, inputs: Iterable[TrialInput], state: DecodeState) -> dict[str, HeldTrial]:
        """Return those of some trials that are remembered as their files are now."""
        waiting = {trial.trial_id: trial for trial in inputs}
        found: dict[str, HeldTrial] = {}

        def ask(memo: Memo) -> dict[str, HeldTrial]:
            return dict(_trials(memo, waiting, state))

        for path, _output in self._places:
            if waiting:
                found |= self._ask(path, ask) or {}
                for name in found:
                    waiting.pop(name, None)
        return found

    def signs(self) -> tuple[tuple[int, int], ...]:
        """Return what moves when a build writes to a memo."""
        found = []
        for path, _output in self._places:
            for each in (path, Path(f"{path}-wal")):
                try:
                    status = each.stat()
                except OSError:
                    continue
                found.append((status.st_mtime_ns, status.st_size))
        return tuple(found)

    def histories(self, memo: Memo, name: str, is_wanted: Callable[[], bool]) -> None:
        """Copy the histories of the first memo that has them as they are wanted."""
        for path, _output in self._places:
            self._ask(path, lambda other: memo.copy_histories(other, name))
            if is_wanted():
                return

    def site_file(self, path: str) -> bytes | None:
        """Return a file that belongs to no page, as the last build has left it."""
        for memo, output in self._places:
            row = self._ask(memo, lambda opened: opened.file(path))
            if row is not None and row.url == SITE_FILES:
                try:
                    return (output / path).read_bytes()
                except OSError:
                    continue
        return None

    def page_file(self, path: str, url: str) -> bytes | None:
        """Return the last good file of a page."""
        for memo, output in self._places:
            row = self._ask(memo, lambda opened: opened.file(path))
            if row is not None and row.url == url:
                try:
                    return (output / path).read_bytes()
                except OSError:
                    continue
        return None

    def _first(self, ask: Callable[[Memo], T | None]) -> T | None:
        for path, _output in self._places:
            found = self._ask(path, ask)
            if found is not None:
                return found
        return None

    def _ask(self, path: Path, ask: Callable[[Memo], T]) -> T | None:
        with self._lock:
            try:
                memo = self._open.get(path)
                if memo is None:
                    if not path.is_file():
                        return None
                    memo = open_memo_read_only(path)
                    if not memo_version_is_known(memo):
                        memo.close()
                        return None
                    self._open[path] = memo
                return ask(memo)
            except (sqlite3.Error, OSError, msgspec.MsgspecError):
                gone = self._open.pop(path, None)
                if gone is not None:
                    gone.close()
                return None


def _trials(
    memo: Memo, waiting: Mapping[str, TrialInput], state: DecodeState
) -> Iterator[tuple[str, HeldTrial]]:
    is_few = len(waiting) <= FEW_TRIALS
    stamps = {} if is_few else memo.stamps()
    decode = msgspec.msgpack.Decoder(Card).decode
    for unit in memo.known_units(tuple(waiting) if is_few else None):
        trial = waiting.get(unit.name)
        if trial is None:
            continue
        key = known_key(trial, stamps, state.code)
        if key is not None and key != unit.key:
            continue
        if key is not None:
            digests = tuple((file.path, stamps[file.path][1]) for file in trial.files)
        else:
            # The stamps do not tell, as after a fresh checkout: the files themselves do.
            read = read_trial(state, trial)
            digests = read.digests
            if read.faults or unit_key(trial, digests, state.code) != unit.key:
                continue
        card = decode(unit.card) if unit.card else None
        yield (
            unit.name,
            HeldTrial(unit.key, state, digests, unit.digest, card, unit.diagnostics, remembered_key=unit.key),
        )
