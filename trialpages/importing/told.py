"""What changed in a record, and which words of editors may be out of date by it, told for whoever reviews it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from trialpages.importing.outcome import ToldChange
from trialpages.model.changes import Change, changes
from trialpages.model.changes_editorial import reworded_prose
from trialpages.model.changes_texts import Difference
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


def told_changes(before: Trial, after: Trial) -> tuple[ToldChange, ...]:
    """Return what changed from one record to the next, what readers ask for first at the top."""
    return tuple(_told(each, reworded_prose(before, after, each)) for each in changes(before, after))


def new_faults(trial_id: str, files: Mapping[str, bytes], data: bytes, folder: str) -> tuple[Diagnostic, ...]:
    """Return the errors in editors' files that a new record brings to light.

    `files` are the folder's with the record that was held, `data` is the new record, `folder` is where they
    lie, as it is shown.
    """
    earlier: Sink = []
    read_sound_part(trial_id, files, folder, earlier)
    now: Sink = []
    read_sound_part(trial_id, {**files, RECORD: data}, folder, now)
    known = {(fault.code, fault.span, fault.what) for fault in earlier}
    return tuple(
        fault
        for fault in now
        if fault.severity == ERROR
        and (fault.code, fault.span, fault.what) not in known
        and not fault.span.path.endswith(RECORD)
    )


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
        yield f"- {_short(was)}"
        yield f"+ {_short(now)}"
    for text in change.removed:
        yield f"- {_short(text)}"
    for text in change.added:
        yield f"+ {_short(text)}"


def _short(text: str | None) -> str | None:
    if text is None:
        return None
    plain = " ".join(ESCAPED.sub(r"\1", text).split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rstrip()} …"
