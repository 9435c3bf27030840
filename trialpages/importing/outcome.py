"""What became of one trial in an import, in plain words that can be kept, shown and handed on.

An outcome holds no record and no trial, so that a journal of half a million of them stays small.
"""

from __future__ import annotations

from trialpages.model.checks_drift import OldWords
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.fields import record

NEW = "new"
ADDED = "added"
CHANGED = "changed"
RENEWED = "renewed"
CONFIRMED = "confirmed"
KEPT = "kept"
FAILED = "failed"
KINDS = (NEW, ADDED, CHANGED, RENEWED, CONFIRMED, KEPT, FAILED)
"""A new trial with its scaffold; a record for a folder without one; a record with other facts; a confirmed
record whose date was renewed; a confirmed record that was left alone; a record that we did not take; one that
could not be had."""

WRITTEN = frozenset((NEW, ADDED, CHANGED, RENEWED))


@record
class ToldChange:
    """One change in words: in short for a list, and what stood there before and stands there now."""

    kind: str
    words: str
    matters_to_readers: bool
    before: str | None = None
    after: str | None = None
    diff: tuple[str, ...] = ()
    """Lines of a diff, each with `-`, `+` or a space before it; empty where the words say it all."""


@record
class Outcome:
    """What became of one trial."""

    trial_id: str
    """The name of its folder."""
    kind: str
    title: str = ""
    before: str | None = None
    """The last update of the record that was held; None where there was none."""
    after: str | None = None
    """The last update of the record that came."""
    changes: tuple[ToldChange, ...] = ()
    old_words: tuple[OldWords, ...] = ()
    new_faults: tuple[Diagnostic, ...] = ()
    """Errors in editors' files that the new record brings to light: until they are answered, nothing is published."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What went otherwise than asked."""

    @property
    def matters_to_readers(self) -> bool:
        """Whether something changed that a reader of the page would care about."""
        return any(change.matters_to_readers for change in self.changes)
