"""Codes for editors' words that the registry's record may have left behind."""

from __future__ import annotations

from trialpages.words.codes.entry import Entry, note, warning

DRIFT: tuple[Entry, ...] = (
    warning(
        "record-newer-than-words",
        "The record has changed since the words were last read against it",
        "The facts of a page follow the registry by themselves; the editors' words do not. Somebody has to read them again.",
        "reviewed_against: 2026-05-01  # and the record changed on 2026-10-20",
        "reviewed_against: 2026-10-20",
    ),
    note(
        "not-reviewed-against",
        "Nobody has said against which version of the record the words were read",
        "With `reviewed_against:` the check can tell when the record has changed since.",
        "plain_criteria: [...]  # beside a registry.json",
        "reviewed_against: 2026-10-20\nplain_criteria: [...]",
    ),
    warning(
        "status-in-words",
        "A summary says something else about joining than the status does",
        "Readers see both, and do not know which of the two holds. The page shows the status in any case.",
        "The study is looking for people.  # and overall_status is COMPLETED",
        "The study has ended.",
    ),
)
