"""What changed between two versions of a trial, as a reader or an editor would tell it.

The two may be registry records alone, or trials with the editors' facts and words. Left out is what tells nobody
anything: the day of the copy, white space, letter case, order, contacts' spelling, derived terms, lists of publications.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trialpages.model.change import Change
from trialpages.model.changes_dates import date_changes
from trialpages.model.changes_editorial import word_changes
from trialpages.model.changes_facts import (
    other_changes,
    people_changes,
    result_changes,
    status_changes,
    treatment_changes,
)
from trialpages.model.changes_places import place_changes
from trialpages.model.changes_rules import rule_changes
from trialpages.model.trial import Trial

__all__ = ["Change", "changes"]

SAME_FACT = {
    "minimum_age": ("minimum_age", "maximum_age"),
    "has_results": ("has_results", "adverse_events"),
    "inclusion_criteria": ("eligibility_criteria", "inclusion_criteria", "exclusion_criteria"),
    "exclusion_criteria": ("eligibility_criteria", "inclusion_criteria", "exclusion_criteria"),
    "other_criteria": ("eligibility_criteria", "inclusion_criteria", "exclusion_criteria"),
    "eligibility_criteria": ("eligibility_criteria", "inclusion_criteria", "exclusion_criteria"),
}
"""Fields by which editors can have changed what another field's change tells."""


def changes(before: Trial, after: Trial) -> tuple[Change, ...]:
    """Return what changed, what readers ask for first at the top; nothing for two trials that say the same.

    When a record of the registry comes to a trial or leaves it, that is one change, and what only it tells is none.
    """
    return tuple(_all(before, after))


def _all(before: Trial, after: Trial) -> Iterator[Change]:
    came, went = _record_came(before, after), _record_came(after, before)
    if came or went:
        yield Change(kind="record-added" if came else "record-removed")
    for change in _facts(before, after):
        if (came and _was_unknown(before, change.field)) or (went and _was_unknown(after, change.field)):
            continue
        yield _by_whom(change, before, after)
    yield from word_changes(before, after)


def _facts(before: Trial, after: Trial) -> Iterator[Change]:
    for each in (
        status_changes,
        place_changes,
        people_changes,
        rule_changes,
        treatment_changes,
        date_changes,
        result_changes,
        other_changes,
    ):
        yield from each(before, after)


def _record_came(before: Trial, after: Trial) -> bool:
    return after.has_registry_record and not before.has_registry_record


def _was_unknown(trial: Trial, field: str) -> bool:
    return all(getattr(trial, name) in (None, (), "", False) for name in SAME_FACT.get(field, (field,)))


def _by_whom(change: Change, before: Trial, after: Trial) -> Change:
    """Say whether a fact is the editors': their file states it now, or stated it before."""
    names = SAME_FACT.get(change.field, (change.field,))
    edited = {*before.edited_fields, *after.edited_fields}
    return replace(change, is_editorial=True) if edited.intersection(names) else change
