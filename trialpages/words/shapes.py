"""What a record accepts, as plain data: read from its type hints and markers, once for each class.

Three readers share it: the decoder of editors' files, the JSON Schemas and the field reference.
So what is accepted, what the editor offers and what the reference says cannot drift apart.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import types
import typing
from dataclasses import dataclass
from typing import Annotated, Any

from annotated_types import Ge, Le, MinLen

from trialpages.words.fields import Doc, MachineMade, OneOf, Shape


@dataclass(frozen=True, slots=True)
class Text:
    """Text, with a pattern and an example of it, or with the only values that it may have."""

    pattern: str | None = None
    example: str | None = None
    values: tuple[str, ...] = ()
    shortest: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A number, whole or not, within bounds."""

    whole: bool
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class YesNo:
    """A yes or a no."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose entries are all of one shape."""

    entry: ValueShape


@dataclass(frozen=True, slots=True)
class TextByName:
    """Texts under names that the author chooses, with the only values that they may have."""

    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of fields: another record."""

    record: type[Any]


ValueShape = Text | Number | YesNo | ListOf | TextByName | Group


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field that people write."""

    name: str
    value: ValueShape
    meaning: str
    required: bool
    default: object = None


@dataclass(frozen=True, slots=True)
class RecordShape:
    """The fields of a record that people write, and those that only the builder fills."""

    meaning: str
    fields: dict[str, FieldShape]
    machine_made: frozenset[str]

    @property
    def short_form(self) -> FieldShape | None:
        """Return the one required field: its bare value may stand for the whole group."""
        required = [field for field in self.fields.values() if field.required]
        only = required[0] if len(required) == 1 else None
        return only if only and isinstance(only.value, Text | Number) else None


_SHAPES: dict[type[Any], RecordShape] = {}


def shape_of(record: type[Any]) -> RecordShape:
    """Return what a record accepts; each class is asked once."""
    shape = _SHAPES.get(record)
    if shape is None:
        shape = _SHAPES[record] = _shape(record)
    return shape


def _shape(record: type[Any]) -> RecordShape:
    hints = typing.get_type_hints(record, include_extras=True)
    fields: dict[str, FieldShape] = {}
    machine_made: set[str] = set()
    for field in dataclasses.fields(record):
        marks = _marks(hints[field.name])
        if any(isinstance(mark, MachineMade) or mark is MachineMade for mark in marks):
            machine_made.add(field.name)
            continue
        meaning = next((mark.text for mark in marks if isinstance(mark, Doc)), "")
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        default = None if field.default is dataclasses.MISSING else field.default
        fields[field.name] = FieldShape(field.name, _value(hints[field.name]), meaning, required, default)
    meaning = (record.__doc__ or "").split("\n\n")[0]
    return RecordShape(" ".join(meaning.split()), fields, frozenset(machine_made))


@functools.cache
def pattern(text: str) -> re.Pattern[str]:
    """Return the compiled pattern."""
    return re.compile(text)


def _marks(hint: Any) -> tuple[Any, ...]:
    return hint.__metadata__ if typing.get_origin(hint) is Annotated else ()


def _value(hint: Any, marks: tuple[Any, ...] = ()) -> ValueShape:
    origin = typing.get_origin(hint)
    if origin is Annotated:
        return _value(hint.__origin__, (*hint.__metadata__, *marks))
    if origin in (types.UnionType, typing.Union):
        (inner,) = (part for part in typing.get_args(hint) if part is not type(None))
        return _value(inner, marks)
    if origin is tuple:
        entry, rest = typing.get_args(hint)
        if rest is not Ellipsis:
            raise TypeError(f"a record cannot hold {hint}")
        return ListOf(_value(entry))
    if origin is dict:
        return TextByName(next((mark.values for mark in marks if isinstance(mark, OneOf)), ()))
    if hint is bool:
        return YesNo()
    if hint in (int, float):
        least = next((mark.ge for mark in marks if isinstance(mark, Ge)), None)
        most = next((mark.le for mark in marks if isinstance(mark, Le)), None)
        return Number(hint is int, typing.cast("float | None", least), typing.cast("float | None", most))
    if hint is str:
        return _text(marks)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return Group(hint)
    raise TypeError(f"a record cannot hold {hint}")


def _text(marks: tuple[Any, ...]) -> Text:
    shape = next((mark for mark in marks if isinstance(mark, Shape)), None)
    values = next((mark.values for mark in marks if isinstance(mark, OneOf)), ())
    shortest = next((mark.min_length for mark in marks if isinstance(mark, MinLen)), 0)
    if shape is None:
        return Text(values=values, shortest=shortest)
    return Text(shape.pattern, shape.example, values, shortest)
