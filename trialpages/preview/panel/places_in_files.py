"""From which line to which line each value of a YAML or a JSON file stands: found once, without decoding the file.

Lines and columns count from 1, as editors show them. A file that cannot be read as what it is has no places at all:
better no line than a wrong one. What is asked for and not there has no place either.
"""

from __future__ import annotations

import bisect
import json
import re
from functools import lru_cache
from typing import Any

import yaml

from trialpages.model.registry.fields import Place
from trialpages.model.registry.shapes import SURE_SIGN
from trialpages.read.document import NOTHING, Location, events
from trialpages.read.text import BYTE_ORDER_MARK, LINE_END
from trialpages.words.fields import record

SPACE = " \t\r\n"
NEWLINE = re.compile("\n")
CLOSING = {"{": "}", "[": "]"}
FILES_REMEMBERED = 64


@record
class Stretch:
    """A part of a file, from its first line and column to its last line."""

    line: int
    column: int
    end_line: int
    is_nothing: bool = False
    """Whether the value is empty, as a field that still has to be filled in."""

    def holds(self, line: int, column: int) -> bool:
        """Say whether a place lies in it; on one line files the column decides."""
        if self.line == self.end_line == line and column > 1:
            return column >= self.column
        return self.line <= line <= self.end_line


@lru_cache(maxsize=FILES_REMEMBERED)
def yaml_places(data: bytes) -> dict[Location, Stretch]:
    """Return the stretch of every field and entry of a YAML text by its location; nothing for a text with a fault.

    A field's stretch begins at its name, an entry's at its first word, and neither ends in an empty line.
    """
    walk = _Walk(data)
    try:
        for event in events(data):
            walk.take(event)
    except yaml.YAMLError:
        return {}
    return walk.found


class _Walk:
    """Follows the parser's events with a stack of its own."""

    def __init__(self, data: bytes) -> None:
        text = data.removeprefix(BYTE_ORDER_MARK).decode("utf-8", "replace")
        self.lines = LINE_END.split(text)
        self.found: dict[Location, Stretch] = {}
        self.open: list[_Group] = []

    def take(self, event: Any) -> None:
        """Take one event; a key waits for its value."""
        if isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.NodeEvent):
            group = self.open[-1] if self.open else None
            if group is not None and group.waits_for_key:
                group.key, group.key_mark = getattr(event, "value", ""), event.start_mark
                group.waits_for_key = False
                if isinstance(event, yaml.CollectionStartEvent):
                    # A group as a key is refused by the reader; its parts have no location.
                    self.open.append(_Group(None, (), event.start_mark, is_mapping=False))
                return
            self._value(event, group)

    def _value(self, event: Any, group: _Group | None) -> None:
        start = event.start_mark
        location: Location | None = ()
        if group is not None:
            step, start = group.next_step(start)
            location = None if group.location is None else (*group.location, step)
        if isinstance(event, yaml.CollectionStartEvent):
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self.open.append(_Group(location, (start.line, start.column), event.start_mark, is_mapping))
            return
        is_nothing = not getattr(event, "style", None) and getattr(event, "value", "") in NOTHING
        self._note(location, start, self._last_line(event.start_mark, event.end_mark), is_nothing=is_nothing)

    def _close(self, event: Any) -> None:
        group = self.open.pop()
        # The end of a group in brackets is written; that of an indented one is where its last part ends.
        is_written = event.start_mark.index != event.end_mark.index
        last = max(group.last_line, event.end_mark.line if is_written else group.mark.line)
        line, column = group.start or (group.mark.line, group.mark.column)
        self._add(group.location, line, column, last, is_nothing=False)

    def _note(self, location: Location | None, start: Any, last: int, *, is_nothing: bool) -> None:
        self._add(location, start.line, start.column, last, is_nothing=is_nothing)

    def _add(self, location: Location | None, line: int, column: int, last: int, *, is_nothing: bool) -> None:
        if self.open:
            self.open[-1].last_line = max(self.open[-1].last_line, last)
        if location is not None:
            made = Stretch(line=line + 1, column=column + 1, end_line=last + 1, is_nothing=is_nothing)
            self.found.setdefault(location, made)

    def _last_line(self, start: Any, end: Any) -> int:
        """Return the line of a text's last letter; the parser counts the lines after an indented text to it."""
        last: int = end.line - 1 if end.column == 0 and end.line > start.line else end.line
        while last > start.line and not self.lines[last].strip():
            last -= 1
        return last


class _Group:
    """An open list or group of fields."""

    __slots__ = (
        "count",
        "is_mapping",
        "key",
        "key_mark",
        "last_line",
        "location",
        "mark",
        "start",
        "waits_for_key",
    )

    def __init__(
        self, location: Location | None, start: tuple[int, int] | tuple[()], mark: Any, is_mapping: bool
    ) -> None:
        self.location = location
        self.start = start
        self.mark = mark
        self.is_mapping = is_mapping
        self.waits_for_key = is_mapping
        self.key = ""
        self.key_mark: Any = None
        self.count = 0
        self.last_line = mark.line

    def next_step(self, mark: Any) -> tuple[str | int, Any]:
        """Return the name or number of the next part, and where it begins."""
        if self.is_mapping:
            self.waits_for_key = True
            return self.key, self.key_mark
        self.count += 1
        return self.count - 1, mark


class RecordPlaces:
    """The places of a registry record's members; each object is looked through once, when it is first asked for."""

    def __init__(self, data: bytes) -> None:
        self._text = data.decode("utf-8-sig", "replace")
        self._skip = json.JSONDecoder().raw_decode
        self._members: dict[int, dict[str | int, tuple[int, int, int]]] = {}
        self._ends = [found.start() for found in NEWLINE.finditer(self._text)]
        try:
            self._root: int | None = self._study()
        except (ValueError, RecursionError):
            self._root = None

    def of(self, place: Place) -> Stretch | None:
        """Return the stretch of a member, from its name to its value's end; None when it is not there."""
        if self._root is None or not place:
            return None
        start, value, end = 0, self._root, 0
        try:
            for step in place:
                found = self._parts(value).get(step)
                if found is None:
                    return None
                start, value, end = found
        except (ValueError, RecursionError):
            return None
        line, column = self._line(start)
        return Stretch(line=line, column=column, end_line=self._line(max(end - 1, start))[0])

    def _study(self) -> int | None:
        """Return where the only study begins: the file may wrap it in a list, or in the answer to a question."""
        start = self._space(0)
        if self._text.startswith("{", start) and SURE_SIGN not in self._parts(start):
            start = self._parts(start).get("studies", (0, start, 0))[1]
        if self._text.startswith("[", start):
            start = self._parts(start).get(0, (0, start, 0))[1]
        return start

    def _parts(self, offset: int) -> dict[str | int, tuple[int, int, int]]:
        """Return name, value and end of each part of an object or a list, as offsets."""
        if offset not in self._members:
            opening = self._text[offset : offset + 1]
            found: dict[str | int, tuple[int, int, int]] = {}
            at = self._space(offset + 1)
            while opening in CLOSING and self._text[at : at + 1] not in ("}", "]", ""):
                key: str | int = len(found)
                start = at
                if opening == "{":
                    key, at = self._skip(self._text, at)
                    at = self._space(self._space(at) + 1)
                end = self._skip(self._text, at)[1]
                found[key] = (start, at, end)
                at = self._space(end)
                if not self._text.startswith((",", CLOSING[opening]), at):
                    raise ValueError("the text ends, or goes on, where no JSON does")
                at = self._space(at + 1) if self._text.startswith(",", at) else at
            if opening in CLOSING and not self._text.startswith(CLOSING[opening], at):
                raise ValueError("the text ends before a bracket is closed")
            self._members[offset] = found
        return self._members[offset]

    def _line(self, offset: int) -> tuple[int, int]:
        before = bisect.bisect_left(self._ends, offset)
        return before + 1, offset - (self._ends[before - 1] if before else -1)

    def _space(self, offset: int) -> int:
        while offset < len(self._text) and self._text[offset] in SPACE:
            offset += 1
        return offset


@lru_cache(maxsize=FILES_REMEMBERED)
def record_places(data: bytes) -> RecordPlaces:
    """Return the places of a record; those of the last few records are kept."""
    return RecordPlaces(data)
