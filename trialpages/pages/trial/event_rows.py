"""The rows of counted health problems as a table shows them: the plain name, the small print, the numbers.

The small print holds what the record says of a row alone: the medical term, the body system, its
notes, and how it was asked about where that differs from row to row.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from trialpages.model.adverse_event_records import AdverseEvents
from trialpages.model.adverse_events import SERIOUS, EventRow, Tally, percent_text, rows
from trialpages.pages.markup import plain_text
from trialpages.pages.trial.marks import registered
from trialpages.pages.trial.section import View
from trialpages.pages.wording import capital
from trialpages.pages.words import PlainWords, lay_term
from trialpages.site.charts import asked_text
from trialpages.words.fields import record
from trialpages.words.language import _, number, record_language


@record
class Naming:
    """How rows are named: in which plain words, and what of the record differs from row to row."""

    words: PlainWords
    assessments_differ: bool = False
    vocabularies_differ: bool = False


def naming_of(events: AdverseEvents, words: PlainWords) -> Naming:
    """Return how the rows of one record are named; what is the same in all rows is said once elsewhere."""
    every = [row.event for row in rows(events)]
    return Naming(
        words=words,
        assessments_differ=len({event.assessment_type for event in every}) > 1,
        vocabularies_differ=len({event.source_vocabulary for event in every}) > 1,
    )


def row_view(row: EventRow, tallies: Iterable[Tally], naming: Naming) -> View:
    """Return a row with one cell for each group."""
    return {**named(row, naming), "cells": [cell(tally) for tally in tallies]}


def named(row: EventRow, naming: Naming, *, with_system: bool = True) -> View:
    """Name a problem: the plain words first, then the medical term and the body system in small print."""
    event = row.event
    plain = lay_term(naming.words, event.term)
    detail = [capital(event.term) if plain else "", (event.organ_system or "") if with_system else ""]
    notes: list[str] = [registered(plain_text(event.notes))]
    if naming.assessments_differ:
        notes.append(asked_text(event.assessment_type))
    if naming.vocabularies_differ and event.source_vocabulary:
        dictionary = registered(event.source_vocabulary)
        notes.append(escape(_("Term of {dictionary}")).format(dictionary=dictionary))
    return {
        "name": capital(plain or event.term),
        "lang": "" if plain else record_language(),
        "serious": row.kind == SERIOUS,
        "detail": " · ".join(part for part in detail if part),
        "note": Markup(" · ").join(part for part in notes if part),
    }


def cell(tally: Tally) -> View:
    """Return a count as the table shows it; a share that cannot be told has no bar."""
    shown = percent_text(tally.num_affected, tally.num_at_risk)
    known = bool(tally.num_at_risk) and tally.num_affected is not None
    share = tally.share or 0
    return {
        "width": f"{100 * share:.1f}%" if share else "",
        "of": of_people(tally) if known else "",
        "percent": shown if tally.is_reported else capital(shown),
    }


def of_people(tally: Tally) -> str:
    """Say the two numbers of a count, both of which are known."""
    return _("{affected} of {at_risk}").format(
        affected=number(tally.num_affected or 0), at_risk=number(tally.num_at_risk or 0)
    )
