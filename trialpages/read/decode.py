"""Plain values to a record: every fault of every field in one pass, in the author's words.

What a record accepts is `words/shapes.py`. Values are text, as they stand in the file, and the
field decides what the text means. A field without a value counts as absent. A group with one
required field may be written as that field's bare value: `start_date: 2015-11`. Nothing raises:
faults are in the sink. `decode` makes no record with a fault; `decode_sound` makes one of the fields
that have none, so that the checks of these can still run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from trialpages.read import values
from trialpages.read.document import Document, Location, Value
from trialpages.words.diagnostics import Sink
from trialpages.words.shapes import (
    FieldShape,
    Group,
    ListOf,
    RecordShape,
    Text,
    TextByName,
    ValueShape,
    shape_of,
)
from trialpages.words.suggest import nearest

T = TypeVar("T")

MOST_NAMES = 12
"""Names of fields that a message lists."""

FAULT = values.FAULT


@dataclass(frozen=True, slots=True)
class Sound(Generic[T]):
    """A record of the fields without a fault, and the names of the fields that a fault left out."""

    record: T
    faulty: frozenset[str]


def decode(
    document: Document,
    kind: type[T],
    sink: Sink,
    *,
    noun: str,
    required: tuple[str, ...] = (),
    location: Location = (),
) -> T | None:
    """Return the record that the document holds at the location, or None with its faults in the sink.

    `noun` is what the record is called in messages; `required` names fields that must be there
    although the record has a default for them.
    """
    found = decode_sound(document, kind, sink, noun=noun, required=required, location=location)
    return None if found is None or found.faulty else found.record


def decode_sound(
    document: Document,
    kind: type[T],
    sink: Sink,
    *,
    noun: str,
    required: tuple[str, ...] = (),
    location: Location = (),
    examples: tuple[str, ...] = (),
) -> Sound[T] | None:
    """Return the record of the fields that have no fault; None when no record can be made of them.

    A field that is not known counts as a fault of the field that was meant. `examples` names
    fields that a message offers when the value is no group of fields at all.
    """
    value: Value = document.value
    for step in location:
        value = value[step]  # type: ignore[index]
    decoder = _Decoder(document, sink, noun, required, location)
    shape = shape_of(kind)
    if type(value) is not dict:
        decoder.not_a_group(shape, value, location, examples)
        return None
    fields, faulty = decoder.fields(shape, value, location)
    needed = {name for name, field in shape.fields.items() if field.required}
    return Sound(kind(**fields), faulty) if needed <= set(fields) else None


class _Decoder:
    """Decodes one document; carries what every step of the way down needs."""

    __slots__ = ("document", "noun", "required", "root", "sink")

    def __init__(
        self, document: Document, sink: Sink, noun: str, required: tuple[str, ...], root: Location
    ) -> None:
        self.document = document
        self.sink = sink
        self.noun = noun
        self.required = required
        self.root = root

    def group(self, kind: type[Any], value: Value, location: Location) -> Any:
        """Return the record of a group inside another, or FAULT."""
        shape = shape_of(kind)
        if type(value) is not dict:
            short = shape.short_form
            if short is not None and type(value) is str:
                made = self.value(short.value, value, location)
                return FAULT if made is FAULT else kind(**{short.name: made})
            self.not_a_group(shape, value, location)
            return FAULT
        fields, faulty = self.fields(shape, value, location)
        return FAULT if faulty else kind(**fields)

    def fields(
        self, shape: RecordShape, value: dict[str, Value], location: Location
    ) -> tuple[dict[str, Any], frozenset[str]]:
        """Return the values of the fields without a fault, and the names of the others."""
        known = shape.fields
        unknown = [name for name in value if name not in known]
        faulty: set[str] = set()
        for name in unknown:
            self._unknown(shape, name, location)
            faulty.add(nearest(name, known) or name)
        made: dict[str, Any] = {}
        for name, part in value.items():
            if part is not None and name in known:
                made[name] = self.value(known[name].value, part, (*location, name))
        for name, field in known.items():
            needed = field.required or (location == self.root and name in self.required)
            if not needed or value.get(name) is not None:
                continue
            faulty.add(name)
            if not any(nearest(each, [name]) for each in unknown):
                self._missing(field, value, location)
        faulty |= {name for name, part in made.items() if part is FAULT}
        return {name: part for name, part in made.items() if name not in faulty}, frozenset(faulty)

    def value(self, shape: ValueShape, value: Value, location: Location) -> Any:
        """Return a field's value, or FAULT."""
        if type(shape) is ListOf:
            return self._list(shape, value, location)
        if type(shape) is Group:
            return self.group(shape.record, value, location)
        if type(shape) is TextByName:
            return self._texts(shape, value, location)
        if type(value) is str:
            made = values.scalar(shape, value)  # type: ignore[arg-type]
            if type(made) is not values.Misfit:
                return made
            return self._fault(made.code, f"{self._subject(location)} {made.what}", location, made.help)
        return self._not_a_scalar(shape, value, location)

    def _list(self, shape: ListOf, value: Value, location: Location) -> Any:
        if type(value) is not list:
            return self._not_a_list(shape, value, location)
        entries: list[Any] = []
        for index, part in enumerate(value):
            here = (*location, index)
            if part is None:
                what = f"{self._subject(here)} is empty"
                help_text = "write a value after the dash, or take the dash away"
                entries.append(self._fault("empty-value", what, here, help_text))
                continue
            entries.append(self.value(shape.entry, part, here))
        return FAULT if _has_fault(entries) else tuple(entries)

    def _texts(self, shape: TextByName, value: Value, location: Location) -> Any:
        if type(value) is not dict:
            what = f"{self._subject(location)} needs fields of its own, but is {values.described(value)}"
            return self._fault("wrong-type", what, location, "write `name: text` on the next lines, indented")
        made: dict[str, Any] = {}
        for name, text in value.items():
            if type(text) is str and text.strip():
                made[name] = self.value(Text(values=shape.values), text, (*location, name))
            else:
                here = (*location, name)
                what = f"{self._subject(here)} needs one text, but is {values.described(text)}"
                made[name] = self._fault("wrong-type", what, here, f"write `{name}: some text`")
        return FAULT if _has_fault(made.values()) else made

    def _unknown(self, shape: RecordShape, name: str, location: Location) -> None:
        subject = self._subject(location)
        guess = nearest(name, shape.fields)
        inner = self._home_of(shape, name)
        if name in shape.machine_made:
            help_text = "the builder fills it itself; take it out"
        elif guess:
            help_text = f"did you mean '{guess}'?"
        elif inner:
            help_text = f"it belongs inside '{inner}'"
        elif len(shape.fields) <= MOST_NAMES:
            help_text = f"the fields are {', '.join(shape.fields)}"
        else:
            help_text = "docs/content.md lists the fields"
        self._fault(
            "unknown-field", f"{subject} has no field '{name}'", (*location, name), help_text, key=True
        )

    @staticmethod
    def _home_of(shape: RecordShape, name: str) -> str | None:
        for field in shape.fields.values():
            value = field.value.entry if isinstance(field.value, ListOf) else field.value
            if isinstance(value, Group) and name in shape_of(value.record).fields:
                return field.name
        return None

    def _missing(self, field: FieldShape, value: dict[str, Value], location: Location) -> None:
        what = f"{self._subject(location)} has no '{field.name}'"
        help_text = f"add `{field.name}: ...`"
        where = (*location, field.name) if field.name in value else location
        self._fault("missing-field", what, where, help_text, key=True)

    def not_a_group(
        self, shape: RecordShape, value: Value, location: Location, examples: tuple[str, ...] = ()
    ) -> None:
        """Report a value where a group of fields belongs."""
        subject = self._subject(location)
        names = ", ".join(examples or list(shape.fields)[:4])
        what = f"{subject} needs fields of its own, but is {values.described(value)}"
        help_text = f"write fields such as {names}, each as `name: value`"
        if type(value) is list and location != self.root:
            help_text = f"{help_text}, without the dash"
        self._fault("wrong-type", what, location, help_text)

    def _not_a_list(self, shape: ListOf, value: Value, location: Location) -> Any:
        name = location[-1]
        what = f"{self._subject(location)} needs a list, but is {values.described(value)}"
        if type(value) is str:
            text = value.strip().split("\n")[0]
            help_text = f"write\n{name}:\n  - {text}"
        else:
            help_text = "begin each entry with `- `"
        return self._fault("wrong-type", what, location, help_text)

    def _not_a_scalar(self, shape: ValueShape, value: Value, location: Location) -> Any:
        what = f"{self._subject(location)} needs {values.wanted(shape)}, but is {values.described(value)}"
        help_text = f"write {values.example(shape)}"
        if type(value) is dict and len(value) == 1:
            # A text such as `Aspirin: 100 mg` is a field with a name to YAML.
            ((name, text),) = value.items()
            if type(text) is str and isinstance(location[-1], int):
                help_text = f'put the text in quotes: "{name}: {text}"'
        return self._fault("wrong-type", what, location, help_text)

    def _fault(
        self, code: str, what: str, location: Location, help_text: str | None, *, key: bool = False
    ) -> Any:
        self.sink.append(self.document.fault(code, what, location, key=key, help=help_text))
        return FAULT

    def _subject(self, location: Location) -> str:
        """Return what a place is called at the beginning of a sentence."""
        if location == self.root:
            return self.noun[:1].upper() + self.noun[1:]
        last = location[-1]
        if isinstance(last, str):
            return f"'{last}'"
        above = next((f" of '{step}'" for step in reversed(location) if isinstance(step, str)), "")
        return f"Entry {last + 1}{above}"


def _has_fault(values_made: Iterable[Any]) -> bool:
    return any(value is FAULT for value in values_made)
