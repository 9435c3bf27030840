"""What changed in a record, and which words of editors may be out of date by it, told for whoever reviews it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from trialpages.importing.outcome import ToldChange
from trialpages.importing.untold import untold
from trialpages.model.changes import Change, changes
from trialpages.model.changes_editorial import reworded_prose
from trialpages.model.changes_texts import Difference
from trialpages.model.checks import check_trial
from trialpages.model.checks_drift import OldWords, outdated_words
from trialpages.model.places import Places
from trialpages.model.trial import Trial
from trialpages.model.trial_files import RECORD, read_sound_part
from trialpages.pages.change_notes import change_note
from trialpages.words.diagnostics import ERROR, Diagnostic, Sink

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A sign of Markdown that means itself."""

LONGEST = 400
"""Letters of one rule or value; what is longer is read in the file itself."""

REST = "other-facts"
"""The kind of what is only named."""

LEAD = 80
"""Letters that are shown before the first difference of a long text."""


def told_changes(before: Trial, after: Trial) -> tuple[ToldChange, ...]:
    """Return what changed from one version of a trial to the next, what readers ask for first at the top."""
    return tuple(_told(each, reworded_prose(before, after, each)) for each in changes(before, after))


def told_update(before: Trial, after: Trial) -> tuple[ToldChange, ...]:
    """Return what changed from one record to the next, and at the end the names of what no change tells."""
    found = changes(before, after)
    told = tuple(_told(each, reworded_prose(before, after, each)) for each in found)
    rest = untold(before, after, found)
    return (*told, ToldChange(kind=REST, words=rest, matters_to_readers=False)) if rest else told


def new_faults(trial_id: str, files: Mapping[str, bytes], data: bytes, folder: str) -> tuple[Diagnostic, ...]:
    """Return the errors that a new record brings to light: a build finds the same ones, and stops.

    `files` are the folder's with the record that was held, `data` is the new record, `folder` is where they
    lie, as it is shown.
    """
    known = {(fault.code, fault.span, fault.what) for fault in _faults(trial_id, files, folder)}
    return tuple(
        fault
        for fault in _faults(trial_id, {**files, RECORD: data}, folder)
        if fault.severity == ERROR and (fault.code, fault.span, fault.what) not in known
    )


def _faults(trial_id: str, files: Mapping[str, bytes], folder: str) -> Sink:
    found: Sink = []
    trial = read_sound_part(trial_id, files, folder, found)
    if trial is not None:
        check_trial(trial, files, folder, found)
    return found


def old_words(
    trial_id: str, files: Mapping[str, bytes], data: bytes, folder: str, before: Trial, after: Trial
) -> tuple[OldWords, ...]:
    """Return the editors' words that the step from one record to the next may have made untrue."""
    renewed = {**files, RECORD: data}
    trial = read_sound_part(trial_id, renewed, folder, [])
    if trial is None:
        return ()
    return outdated_words(trial, Places(trial_id, folder, renewed), changes(before, after))


def _told(change: Change, prose: Difference) -> ToldChange:
    return ToldChange(
        kind=change.kind,
        words=change_note(change),
        matters_to_readers=change.matters_to_readers,
        before=_short(change.before),
        after=_short(change.after),
        diff=(*_diff(change), *_diff(prose)),
    )


def _diff(change: Change | Difference) -> Iterator[str]:
    """Yield the lines that are gone and new, those of a reworded entry one after the other."""
    for was, now in change.reworded:
        old, new = _around_difference(_plain(was), _plain(now))
        yield f"- {old}"
        yield f"+ {new}"
    for text in change.removed:
        yield f"- {_short(text)}"
    for text in change.added:
        yield f"+ {_short(text)}"


def _short(text: str | None) -> str | None:
    return None if text is None else _cut(_plain(text))


def _around_difference(was: str, now: str) -> tuple[str, str]:
    """Return both texts; of long ones the part where they begin to differ, so that the difference is seen."""
    if max(len(was), len(now)) <= LONGEST:
        return was, now
    same = next((at for at, pair in enumerate(zip(was, now, strict=False)) if pair[0] != pair[1]), len(was))
    start = was.rfind(" ", 0, max(0, same - LEAD)) + 1
    before = "… " if start else ""
    return f"{before}{_cut(was[start:])}", f"{before}{_cut(now[start:])}"


def _plain(text: str) -> str:
    return " ".join(ESCAPED.sub(r"\1", text).split())


def _cut(plain: str) -> str:
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rstrip()} …"
