"""Where each value and each key of a YAML text stands: made only when a place is asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from trialpages.words.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text: lines and columns from 0, as the parser counts them."""

    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    @staticmethod
    def of(event: Any) -> Mark:
        """Return the stretch that a parser's event covers."""
        start, end = event.start_mark, event.end_mark
        return Mark(start.line, start.column, end.line, end.column)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is written there."""
        return (self.line, self.column) == (self.end_line, self.end_column)

    def span(self, path: str, lines_before: int = 0) -> Span:
        """Return the first line's part of the stretch as a place in the file."""
        on_one_line = self.end_line == self.line and self.end_column > self.column
        end = self.end_column + 1 if on_one_line else None
        return Span(path, self.line + 1 + lines_before, self.column + 1, end)


@dataclass(slots=True)
class Node:
    """One value's place, with the places of its keys and of its parts."""

    mark: Mark
    keys: dict[str, Mark] = field(default_factory=dict)
    parts: dict[str | int, Node] = field(default_factory=dict)

    def first_key(self) -> Mark | None:
        """Return the place of the first field's name, when the value is a group of fields."""
        return next(iter(self.keys.values()), None)


@dataclass(slots=True)
class Marks:
    """The places of all values of a text."""

    root: Node
    repeated: list[tuple[str, tuple[int, int], Mark]]

    @staticmethod
    def read(events: Iterable[Any]) -> Marks:
        """Gather the places from the events, as far as the text can be read."""
        marks = Marks(Node(Mark()), [])
        # A fault is already reported; what stands before it has its place.
        with contextlib.suppress(yaml.YAMLError):
            marks._gather(events)
        return marks

    def find(self, location: tuple[str | int, ...], *, key: bool = False) -> Mark:
        """Return the place of a value or its key; of the nearest value around it when it is not there."""
        node = self.root
        mark = node.first_key() or node.mark
        for step in location:
            part = node.parts.get(step)
            if part is None:
                return mark
            name = node.keys.get(str(step))
            # A group of fields and an empty value are shown by their name; an entry of a list that is
            # a group is shown by its first field.
            if name is not None and (key or part.parts or part.mark.is_empty):
                mark = name
            else:
                mark = part.first_key() or part.mark
            node = part
        return mark

    def earlier_key(self, key: str, place: tuple[int, int]) -> Mark | None:
        """Return the first place of a key that is repeated at the given line and column."""
        for name, repeated, first in self.repeated:
            if name == key and repeated == place:
                return first
        return None

    def _gather(self, events: Iterable[Any]) -> None:
        stack: list[tuple[Node, bool]] = []
        pending: list[tuple[str, Mark] | None] = []
        seen_root = False
        for event in events:
            if isinstance(event, yaml.CollectionEndEvent):
                if len(stack) > 1:
                    stack.pop()
                    pending.pop()
                continue
            if not isinstance(event, yaml.NodeEvent):
                continue
            node = Node(Mark.of(event))
            if not stack:
                if seen_root:
                    return
                seen_root = True
                self.root = node
            elif not self._attach(stack[-1], pending, event, node):
                continue
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append((node, isinstance(event, yaml.MappingStartEvent)))
                pending.append(None)

    def _attach(
        self, parent: tuple[Node, bool], pending: list[tuple[str, Mark] | None], event: Any, node: Node
    ) -> bool:
        """Put a value into its parent; return False when it was a key."""
        above, is_mapping = parent
        if not is_mapping:
            above.parts[len(above.parts)] = node
            return True
        waiting = pending[-1]
        if waiting is None:
            name = event.value if isinstance(event, yaml.ScalarEvent) else ""
            pending[-1] = name, node.mark
            return False
        name, mark = waiting
        if name in above.keys:
            self.repeated.append((name, (mark.line, mark.column), above.keys[name]))
        else:
            above.keys[name] = mark
            above.parts[name] = node
        pending[-1] = None
        return True
