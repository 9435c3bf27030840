"""The full page of counted health problems: every row of the record in every group, without script.

The tables are parted by list, serious or other, and by body system, so that each stays short. Rows that
nobody had are there too: between groups a zero is information. Nothing is added and no group is pooled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import OTHER, SERIOUS, UNSORTED, EventRow, Tally, count_text, rows, tally
from trialpages.pages.trial.event_rows import Naming, named
from trialpages.pages.trial.event_words import Origin, caption, meaning
from trialpages.pages.trial.section import View
from trialpages.pages.wording import capital
from trialpages.words.language import N_, _, amount

STACKED_GROUPS = 3
"""Groups that a narrow screen shows below each other; more scroll sideways."""

_KINDS = (
    (SERIOUS, "serious", N_("Serious problems")),
    (OTHER, "other", N_("Problems that were not serious")),
    (UNSORTED, "unsorted", N_("Problems that the source does not sort")),
)


def all_problems(events: AdverseEvents, groups: Sequence[EventGroup], origin: Origin, naming: Naming) -> View:
    """Return what the full page shows: lists of tables, and the sentences that say who was measured."""
    every = [(row, tuple(tally(row, group) for group in groups)) for row in rows(events)]
    columns = [[tallies[place] for _row, tallies in every] for place in range(len(groups))]
    return {
        "meaning": meaning(events),
        "caption": caption(origin, groups, columns, events, twice=_has_both_lists(events)),
        "groups": [capital(group.title) for group in groups],
        "stacked": len(groups) <= STACKED_GROUPS,
        "lists": [
            _list(anchor, _(title), [item for item in every if item[0].kind == kind], naming)
            for kind, anchor, title in _KINDS
            if any(row.kind == kind for row, _tallies in every)
        ],
    }


def _has_both_lists(events: AdverseEvents) -> bool:
    terms = {event.term.casefold() for event in events.serious_events}
    return any(event.term.casefold() in terms for event in events.other_events)


def _list(
    anchor: str, title: str, items: Sequence[tuple[EventRow, tuple[Tally, ...]]], naming: Naming
) -> View:
    systems = sorted(
        {row.event.organ_system or "" for row, _tallies in items}, key=lambda name: (not name, name)
    )
    return {
        "id": anchor,
        "title": title,
        "count": amount(len(items), "{count} row", "{count} rows"),
        "tables": [
            {
                "id": f"{anchor}-{place}",
                "is_registered": bool(system),
                "title": system or (_("No body system named") if len(systems) > 1 else title),
                "rows": _rows(
                    [item for item in items if (item[0].event.organ_system or "") == system], naming
                ),
            }
            for place, system in enumerate(systems, start=1)
        ],
    }


def _rows(items: Iterable[tuple[EventRow, tuple[Tally, ...]]], naming: Naming) -> list[View]:
    """Return the rows of one table, the one that is most frequent in any group first."""
    return [
        {
            **named(row, naming, with_system=False),
            "cells": [capital(count_text(of.num_affected, of.num_at_risk)) for of in tallies],
        }
        for row, tallies in sorted(items, key=_order)
    ]


def _order(item: tuple[EventRow, tuple[Tally, ...]]) -> tuple[float, str, int]:
    row, tallies = item
    most = max((of.share for of in tallies if of.share is not None), default=-1.0)
    return -most, row.event.term.casefold(), row.position
