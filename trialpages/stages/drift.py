"""What changed in a record since its words were read against it: from version control, for the command `check`.

A drift is told in any case. Where the older record is found in the history, the notes say what changed and name
only the words that this touches; where it is not, they say why and name all words.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from trialpages.machine.git import NO_OBJECT, GitError, Repository, commits, contents, refusal, repository
from trialpages.model.changes import changes
from trialpages.model.checks_drift import outdated_words
from trialpages.model.places import Places
from trialpages.model.registry import decode_registry
from trialpages.model.trial import Trial
from trialpages.model.trial_files import RECORD, read_sound_part
from trialpages.pages.change_notes import change_note
from trialpages.words.diagnostics import Diagnostic, Sink

CODE = "record-newer-than-words"
MOST_CHANGES = 12
"""Changes that are told of one record."""

FEW_RECORDS = 200
"""Records whose history is asked for by name; for more, that of all trials is as quick."""

NOTHING_TOUCHED = "nothing of this seems to touch the words"
FilesOf = Callable[[str], tuple[str, Mapping[str, bytes]]]
"""Returns the folder and the files, by name, of a trial."""


def tell_drift(content: Path, files_of: FilesOf, sink: Sink) -> None:
    """Put into the notes of each drift in the sink what the history tells of it; `content` is the content's folder."""
    drifts = [each for each in sink if each.code == CODE]
    if not drifts:
        return
    history = _History(content, tuple(_trial_id(each) for each in drifts))
    told = {id(each): _told(each, history, files_of) for each in drifts}
    sink[:] = [told.get(id(each), each) for each in sink]


class _History:
    """The versions of some trials' records that version control knows."""

    def __init__(self, content: Path, trial_ids: Sequence[str]) -> None:
        self.trouble = ""
        self.is_shallow = False
        self._versions: dict[str, list[str]] = {}
        self._repo = repository(content)
        if self._repo is None:
            self.trouble = refusal(content)
            return
        self.is_shallow = self._repo.is_shallow
        try:
            self._versions = _versions(self._repo, trial_ids)
        except GitError as error:
            self.trouble = str(error)

    def records(self, trial_id: str) -> Generator[Trial, None, None]:
        """Yield the older records of a trial, the newest first."""
        if self._repo is None:
            return
        try:
            for data in contents(self._repo, self._versions.get(trial_id, [])):
                record = decode_registry(data, RECORD, []) if data else None
                if record is not None:
                    yield record
        except GitError:
            # What a damaged repository does not tell is as unknown as what it never held.
            return


def _versions(repo: Repository, trial_ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the names of all contents of each trial's record, the newest first."""
    paths = {f"trials/{trial_id}/{RECORD}": trial_id for trial_id in trial_ids}
    found: dict[str, list[str]] = {}
    for commit in commits(repo, *(paths if len(paths) <= FEW_RECORDS else ("trials",))):
        for change in commit.changes:
            if change.path in paths and change.after != NO_OBJECT:
                found.setdefault(paths[change.path], []).append(change.after)
    return found


def _told(drift: Diagnostic, history: _History, files_of: FilesOf) -> Diagnostic:
    if history.trouble:
        return _with(drift, f"what changed in the record is not known: {history.trouble}")
    trial_id = _trial_id(drift)
    folder, files = files_of(trial_id)
    if RECORD not in files:
        return _with(
            drift, "what changed in the record is not known: it lies in the snapshot, not in the folder"
        )
    trial = read_sound_part(trial_id, files, folder, [])
    now = decode_registry(files[RECORD], RECORD, [])
    if trial is None or now is None or trial.reviewed_against is None:
        return drift
    older = _as_of(history.records(trial_id), trial.reviewed_against)
    if older is None:
        why = "this copy of the repository holds only the latest part of its history (git fetch --unshallow)"
        if not history.is_shallow:
            why = f"no version of it is as old as {trial.reviewed_against}"
        return _with(drift, f"what changed in the record is not known: {why}")
    found = changes(older, now)
    notes = [f"changed: {change_note(change)}" for change in found[:MOST_CHANGES]]
    if len(found) > MOST_CHANGES:
        notes.append(f"and {len(found) - MOST_CHANGES} more changes")
    words = outdated_words(trial, Places(trial_id, folder, files), found)
    return replace(drift, notes=(*notes, *(map(str, words) if words else (NOTHING_TOUCHED,))))


def _as_of(records: Generator[Trial, None, None], day: str) -> Trial | None:
    """Return the newest record that had not changed after a day; older ones are not read."""
    with closing(records) as found:
        return next((each for each in found if (each.last_update_post_date or "9") <= day), None)


def _with(drift: Diagnostic, note: str) -> Diagnostic:
    return replace(drift, notes=(*drift.notes, note))


def _trial_id(drift: Diagnostic) -> str:
    return drift.span.path.split("/")[-2]
