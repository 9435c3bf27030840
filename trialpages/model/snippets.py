"""Blank entries that an editor offers: the fields that must be there, and those that most entries have.

They are made from the records, in the form of VS Code's `defaultSnippets`, which other readers of a
schema pass over. A place to fill in shows the field's meaning, or the values to choose from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trialpages.model.adverse_event_records import AdverseEvent, EventCount, EventGroup
from trialpages.model.editorial import PlainCriterion, Stage, Timeline, Visit
from trialpages.model.trial import Location, TrialDate
from trialpages.words.shapes import Group, ListOf, Number, Text, ValueShape, YesNo, shape_of

USUAL: dict[type[Any], tuple[str, ...]] = {
    PlainCriterion: ("key",),
    Location: ("facility", "status"),
    Visit: ("what", "duration_minutes"),
    Stage: ("typical",),
    TrialDate: ("type",),
    Timeline: ("screening", "treatment", "follow_up"),
    EventGroup: ("serious_num_affected", "serious_num_at_risk", "other_num_affected", "other_num_at_risk"),
    EventCount: ("num_affected", "num_at_risk"),
    AdverseEvent: ("organ_system", "counts"),
}
"""Fields that need not be there, but mostly are."""

WITHOUT: frozenset[str] = frozenset({"$", "}", "\\"})


def snippet(kind: type[Any]) -> dict[str, Any] | None:
    """Return a blank entry of a record; None for one that is written as a single value."""
    names = _names(kind)
    if len(names) < 2:
        return None
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower()
    stops = iter(range(1, 100))
    return {
        "label": f"blank {name}",
        "description": f"{shape_of(kind).meaning} Fill in what is marked.",
        "body": _body(kind, stops),
    }


def _names(kind: type[Any]) -> list[str]:
    usual = USUAL.get(kind, ())
    return [name for name, field in shape_of(kind).fields.items() if field.required or name in usual]


def _body(kind: type[Any], stops: Iterator[int]) -> dict[str, Any]:
    fields = shape_of(kind).fields
    return {name: _place(fields[name].value, fields[name].meaning, stops) for name in _names(kind)}


def _place(shape: ValueShape, meaning: str, stops: Iterator[int]) -> Any:
    if isinstance(shape, ListOf):
        return [_place(shape.entry, meaning, stops)]
    if isinstance(shape, Group):
        return _body(shape.record, stops)
    stop = next(stops)
    if isinstance(shape, Text) and shape.values:
        return f"${{{stop}|{','.join(shape.values)}|}}"
    if isinstance(shape, YesNo):
        return f"${{{stop}|yes,no|}}"
    if isinstance(shape, Number):
        # A bare number is what stands there once it is filled in.
        return f"${{{stop}:0}}"
    example = shape.example.split(" or ")[0] if isinstance(shape, Text) and shape.example else meaning
    return f'"${{{stop}:{"".join(letter for letter in example if letter not in WITHOUT)}}}"'
