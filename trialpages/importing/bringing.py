"""One record that has come: what it is about, what becomes of it, the writing, and what is told of it.

Nothing but records, and the first files of new trials, is written; a dry run writes nothing at all.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trialpages.importing import outcome
from trialpages.importing.deciding import Decision, alias_followed, alias_kept, decide, not_known
from trialpages.importing.folders import RECORD, Folders
from trialpages.importing.outcome import Outcome
from trialpages.importing.records import Held, facts_of
from trialpages.importing.told import new_faults, old_words, told_update
from trialpages.model.registry import studies_in
from trialpages.model.trial import Trial
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Sink, Span
from trialpages.words.fields import record

NOT_ALLOWED = frozenset((errno.EACCES, errno.EPERM))
STOPS_ALL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO))
"""Faults of the whole disk, after which no other folder fares better."""


@record
class Terms:
    """What an import may do."""

    dry_run: bool = False
    allow_older: bool = False
    only_held: bool = False
    """Leave trials aside whose folders hold no record."""
    only: frozenset[str] | None = None
    """Leave all other numbers aside; None for no such choice."""


class Bringer:
    """Takes records one at a time. Faults of what is no record at all are in `faults`, for the caller to take."""

    def __init__(self, folders: Folders, terms: Terms) -> None:
        self.faults: Sink = []
        self._folders = folders
        self._terms = terms

    def missing(self, number: str) -> Outcome:
        """Return the outcome of a number that the registry does not know."""
        is_held = self._folders.has_record(number)
        fault = not_known(number, self._folders.shown(number), is_held=is_held)
        return Outcome(trial_id=number, kind=outcome.FAILED, diagnostics=(fault,))

    def bring(self, data: bytes, shown: str, *, asked: str | None = None) -> Iterator[Outcome]:
        """Yield what becomes of the studies in some bytes: one as a rule.

        `shown` is where they came from, `asked` the number that was asked for. Raises OSError when the disk fails.
        """
        for study in studies_in(data, shown, self.faults):
            trial = facts_of(study)
            if trial.nct_id is None:
                what = "The record has no NCT number, or none of NCT and eight digits"
                self.faults.append(make("registry-not-a-study", what, Span(shown)))
            else:
                found = self._tried(study, trial, trial.nct_id, asked)
                if found is not None:
                    yield found

    def _tried(self, study: dict[str, Any], new: Trial, number: str, asked: str | None) -> Outcome | None:
        """Return the outcome; what keeps one folder from being read or written does not stop the others."""
        try:
            return self._bring(study, new, number, asked)
        except OSError as error:
            if error.errno in STOPS_ALL:
                raise
            what = f"The record of {number} cannot be put here: {error.strerror or error}"
            cure = "check who may write this folder" if error.errno in NOT_ALLOWED else "mend this"
            help_text = f"{cure}, then run the same command again"
            fault = make("output-not-writable", what, Span(self._folders.shown(number)), help_text)
            return Outcome(trial_id=number, kind=outcome.FAILED, diagnostics=(fault,))

    def _bring(self, study: dict[str, Any], new: Trial, number: str, asked: str | None) -> Outcome | None:
        older = self._older_folder(new, number, asked)
        if older is not None:
            fault = alias_kept(older, number, self._folders.shown(older))
            return self._outcome(older, outcome.KEPT, new, None, (fault,))
        if self._terms.only is not None and number not in self._terms.only:
            return None
        if self._terms.only_held and not self._folders.has_record(number):
            return None
        path = self._folders.shown(number)
        held = self._folders.held(number)
        is_new = not self._folders.exists(number)
        decision = decide(study, new, held, path, folder_is_new=is_new, allow_older=self._terms.allow_older)
        self._write(number, decision, new)
        followed = (alias_followed(asked, number, path),) if asked not in (None, number) else ()
        return self._outcome(number, decision.kind, new, held, (*followed, *decision.diagnostics), decision)

    def _older_folder(self, new: Trial, number: str, asked: str | None) -> str | None:
        """Return the folder that this record would renew, if that bears an older number of the study."""
        if asked is not None and asked != number:
            return asked if self._folders.exists(asked) else None
        if self._folders.exists(number):
            return None
        return next((name for name in new.nct_id_aliases if self._folders.exists(name)), None)

    def _write(self, number: str, decision: Decision, new: Trial) -> None:
        if decision.data is None or self._terms.dry_run:
            return
        if decision.kind == outcome.NEW:
            from trialpages.importing.scaffold import scaffold

            self._folders.begin(number, decision.data, scaffold(number, new))
        else:
            self._folders.put_record(number, decision.data)

    def _outcome(
        self,
        trial_id: str,
        kind: str,
        new: Trial,
        held: Held | None,
        faults: tuple[Diagnostic, ...],
        decision: Decision | None = None,
    ) -> Outcome:
        before = held.trial if held else None
        if before is not None and before.nct_id != new.nct_id:
            before = None
        told = Outcome(
            trial_id=trial_id,
            kind=kind,
            title="" if kind == outcome.CONFIRMED else new.brief_title or "",
            before=before.last_update_post_date if before else None,
            after=new.last_update_post_date,
            diagnostics=faults,
        )
        if decision is None or decision.data is None or kind not in (outcome.CHANGED, outcome.ADDED):
            return told
        files = self._folders.files(trial_id)
        files.pop(RECORD, None)
        if held is not None:
            files[RECORD] = held.data
        folder = self._folders.shown_folder(trial_id)
        faults_now = new_faults(trial_id, files, decision.data, folder)
        if before is None:
            return replace(told, new_faults=faults_now)
        return replace(
            told,
            changes=told_update(before, new),
            old_words=old_words(trial_id, files, decision.data, folder, before, new),
            new_faults=faults_now,
        )
