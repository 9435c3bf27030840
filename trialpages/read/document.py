"""YAML as plain values: text, lists, mappings and nothing, with the place of each when it is asked for.

Every scalar is the text that stands in the file: `NO`, `02115`, `12:30` and `2025-09-01` never turn
into something else. Only an empty value, `~` and `null` without quotes mean nothing (`None`). What
makes YAML hard to review is refused: duplicate keys, anchors, aliases, merge keys, tags, several
documents, keys that are no text, invisible characters. The file is read as a stream of events, so
deep nesting and alias bombs end in a diagnostic and never grow the stack or the memory.

Places cost nothing until the first fault: they are found by reading the same bytes again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

from trialpages.read.marks import Mark, Marks
from trialpages.read.text import control_character, decode_text, lines_of
from trialpages.read.yaml_faults import syntax_fault
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Sink, Span

Value = str | None | list["Value"] | dict[str, "Value"]
Location = tuple[str | int, ...]

LARGEST = 2_000_000
"""Bytes of a YAML or Markdown file; people write less than a hundredth of it by hand."""

DEEPEST = 60
"""Levels of nesting. The deepest content, nested eligibility rules, has about a dozen."""

NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Document:
    """One read YAML text: its plain value, and the place of every part of it."""

    __slots__ = ("_lines", "_marks", "data", "first_line", "path", "value")

    def __init__(self, path: str, data: bytes, value: Value, first_line: int = 1) -> None:
        self.path = path
        self.data = data
        self.value = value
        self.first_line = first_line
        self._marks: Marks | None = None
        self._lines: list[str] | None = None

    def span(self, location: Location = (), *, key: bool = False) -> Span:
        """Return the place of a value, or of its key; of the nearest part around it if it is not there."""
        if self._marks is None:
            self._marks = _marks(self.data)
        return self._marks.find(location, key=key).span(self.path, self.first_line - 1)

    def source_line(self, line: int) -> str | None:
        """Return a line of the file by its number from 1."""
        if self._lines is None:
            self._lines = lines_of(decode_text(self.data, self.path, []) or "")
        index = line - self.first_line
        return self._lines[index] if 0 <= index < len(self._lines) else None

    def fault(
        self,
        code: str,
        what: str,
        location: Location = (),
        *,
        key: bool = False,
        help: str | None = None,  # noqa: A002 - the word that the report shows
        notes: tuple[str, ...] = (),
    ) -> Diagnostic:
        """Return a diagnostic about a part of the file, with its line."""
        span = self.span(location, key=key)
        return make(code, what, span, help, self.source_line(span.line), notes)


def read_yaml(data: bytes, path: str, sink: Sink, *, first_line: int = 1) -> Document | None:
    """Return the file's one YAML document, or None with a diagnostic in the sink.

    A key that is given twice is an error too, but leaves a document, so that the file's other faults
    are told in the same run.

    `first_line` is the number of the data's first line in the file, for YAML inside Markdown.
    """
    found, faults = _read_once(data, path, first_line)
    sink.extend(faults)
    return found


@lru_cache(maxsize=4)
def _read_once(data: bytes, path: str, first_line: int) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read a document. The last ones are remembered, since a save beside a file and a search for a line read it again."""
    sink: Sink = []
    if too_large(data, path, sink):
        return None, tuple(sink)
    text = decode_text(data, path, sink)
    if text is None or control_character(text, path, sink, first_line):
        return None, tuple(sink)
    reader = _Reader(Document(path, data, None, first_line))
    found = reader.read()
    sink.extend(reader.faults)
    if any(fault.code != "duplicate-key" for fault in reader.faults):
        return None, tuple(sink)
    if found is None:
        sink.append(
            make("empty-file", "The file holds nothing", Span(path, first_line), "delete it or fill it")
        )
        return None, tuple(sink)
    return Document(path, data, found, first_line), tuple(sink)


def too_large(data: bytes, path: str, sink: Sink) -> bool:
    """Tell, and report, whether a file is larger than anyone writes by hand."""
    if len(data) <= LARGEST:
        return False
    what = f"The file has {len(data):,} bytes; the limit is {LARGEST:,}"
    sink.append(make("file-too-large", what, Span(path), "move large sets of facts to registry.json"))
    return True


def events(data: bytes) -> Iterator[Any]:
    """Yield the parser's events. Raises yaml.YAMLError."""
    parser: Any = _parser(data.removeprefix(b"\xef\xbb\xbf"))
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        # Only the parser in C lacks the method; the one in Python has reference cycles to cut.
        getattr(parser, "dispose", lambda: None)()


def _parser(data: bytes) -> Any:
    if yaml.__with_libyaml__:
        return yaml.cyaml.CParser(data)  # type: ignore[attr-defined]
    return yaml.Loader(data)


class _Reader:
    """Builds plain values from events with a stack of its own; gathers what is refused."""

    __slots__ = ("document", "faults")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.faults: list[Diagnostic] = []

    def read(self) -> Value:
        try:
            return self._read()
        except yaml.YAMLError as error:
            self.faults.append(syntax_fault(error, self.document))
            return None

    def _read(self) -> Value:
        """Follow the events, one level of the stack for each open list or group of fields."""
        root: list[Value] = []
        into: Any = root
        key: str | None = None
        is_mapping = False
        above: list[Any] = []
        for event in events(self.document.data):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if is_mapping and key is None:
                    key = self._key(event, into)
                    continue
                value: Any = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if self._refuses_group(event, len(above), is_mapping and key is None):
                    return None
                value = {} if kind is yaml.MappingStartEvent else []
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                into = above.pop()
                is_mapping = type(into) is dict
                continue
            elif self._refuses_event(event, root):
                return None
            else:
                continue
            if is_mapping:
                into[key] = value
                key = None
            else:
                into.append(value)
            if kind is not yaml.ScalarEvent:
                above.append(into)
                into = value
                is_mapping = kind is yaml.MappingStartEvent
        return root[0] if root else None

    def _scalar(self, event: Any) -> str | None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event)
        value: str = event.value
        if not event.style:
            return None if value in NOTHING else value
        if event.style == '"' and ESCAPED.search(value):
            self._refuse(event, "control-character", "This text holds an invisible character", "delete it")
        return value

    def _refuses_group(self, event: Any, depth: int, is_key: bool) -> bool:
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event)
        if is_key:
            what = "A list or a group of fields stands where a field's name belongs"
            self._refuse(
                event, "yaml-key", what, "write `name: value`; text that begins with [ or { needs quotes"
            )
            return True
        if depth >= DEEPEST:
            what = f"Values are nested more than {DEEPEST} levels deep here"
            self._refuse(event, "too-deep", what, "take some levels away")
            return True
        return False

    def _refuses_event(self, event: Any, root: list[Value]) -> bool:
        if type(event) is yaml.AliasEvent:
            what = f"'*{event.anchor}' repeats another value"
            self._refuse(
                event, "yaml-alias", what, "write the value out; text that begins with * needs quotes"
            )
            return True
        if type(event) is yaml.DocumentStartEvent and root:
            help_text = "put each into a file of its own, or take the line with `---` away"
            self._refuse(event, "yaml-documents", "A second YAML document begins here", help_text)
            return True
        return False

    def _key(self, event: Any, into: Any) -> str:
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event)
        key: str = event.value
        if event.style == '"' and ESCAPED.search(key):
            self._refuse(event, "control-character", "This name holds an invisible character", "delete it")
        if key == "<<" and not event.style:
            self._refuse(event, "yaml-alias", "'<<' merges another value in", "write the fields out")
        elif key in into:
            mark = Mark.of(event)
            first = _first_line_of(self.document, event, key)
            note = (f"it first stands on line {first}",) if first else ()
            self._add("duplicate-key", f"'{key}' is given twice here", mark, "keep one of the two", note)
        return key

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor is not None:
            what = f"'&{event.anchor}' gives a value a name to repeat it by"
            self._refuse(
                event, "yaml-alias", what, "put text that begins with & in quotes; else write values out"
            )
        else:
            short = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(
                event,
                "yaml-tag",
                f"'{short}' is a YAML tag",
                "take it away; text that begins with ! needs quotes",
            )

    def _refuse(self, event: Any, code: str, what: str, help_text: str | None) -> None:
        self._add(code, what, Mark.of(event), help_text, ())

    def _add(self, code: str, what: str, mark: Mark, help_text: str | None, notes: tuple[str, ...]) -> None:
        document = self.document
        span = mark.span(document.path, document.first_line - 1)
        self.faults.append(make(code, what, span, help_text, document.source_line(span.line), notes))


def _first_line_of(document: Document, repeated: Any, key: str) -> int | None:
    """Return the line of the same key's earlier place in the mapping that the repeated key stands in."""
    index = repeated.start_mark.line, repeated.start_mark.column
    mark = _marks(document.data).earlier_key(key, index)
    return mark.line + document.first_line if mark else None


def _marks(data: bytes) -> Marks:
    return Marks.read(events(data))
