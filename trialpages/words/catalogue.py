"""The catalogue: every code that a diagnostic may carry, with its meaning, an example and a cure.

A code is permanent: it is never reused for something else. `explain CODE`, `docs/errors.md` and the
severity of a diagnostic all come from here. A new code gets its entry in the table of its subject
in `codes/`, or at the end of `MORE`.
"""

from __future__ import annotations

from trialpages.words.codes.building import BUILDING
from trialpages.words.codes.drift import DRIFT
from trialpages.words.codes.entry import Entry, error, fatal, note, warning
from trialpages.words.codes.fields import FIELDS
from trialpages.words.codes.files import FILES
from trialpages.words.codes.former import FORMER
from trialpages.words.codes.importing import IMPORTING
from trialpages.words.codes.output import OUTPUT
from trialpages.words.codes.prose import PROSE
from trialpages.words.codes.registry import REGISTRY
from trialpages.words.codes.trials import TRIALS
from trialpages.words.diagnostics import Diagnostic, Span

__all__ = ["CATALOGUE", "GROUPS", "Entry", "error", "fatal", "make", "note", "warning"]

MORE: tuple[Entry, ...] = ()

GROUPS: dict[str, tuple[Entry, ...]] = {
    "Files": FILES,
    "Fields": FIELDS,
    "Trials and shared files": TRIALS,
    "Prose": PROSE,
    "Registry records": REGISTRY,
    "Words and the record": DRIFT,
    "Settings, templates, output": BUILDING,
    "Published pages": OUTPUT,
    "Former pages": FORMER,
    "Import": IMPORTING,
    "More": MORE,
}
"""The tables in the order of `docs/errors.md`."""

CATALOGUE: dict[str, Entry] = {entry.code: entry for table in GROUPS.values() for entry in table}


def make(
    code: str,
    what: str,
    span: Span,
    help: str | None = None,  # noqa: A002 - the word that the report shows
    source_line: str | None = None,
    notes: tuple[str, ...] = (),
) -> Diagnostic:
    """Return a diagnostic with the severity that the catalogue gives its code."""
    severity = CATALOGUE[code].severity
    return Diagnostic(code, what, span, help, source_line, notes, severity)
