"""Markdown with an optional block of YAML fields at the top, between two lines of three dashes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trialpages.read.conflict import merge_conflict
from trialpages.read.document import Document, read_yaml, too_large
from trialpages.read.text import control_character, decode_text
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span

FENCE = re.compile(r"---[ \t]*")


@dataclass(frozen=True, slots=True)
class MarkdownDocument:
    """One Markdown file: its fields, if it has any, and its prose with the line on which that begins."""

    path: str
    front: Document | None
    body: str
    body_line: int
    lines: tuple[str, ...]

    def source_line(self, line: int) -> str | None:
        """Return a line of the file by its number from 1."""
        return self.lines[line - 1] if 1 <= line <= len(self.lines) else None


def read_markdown(data: bytes, path: str, sink: Sink) -> MarkdownDocument | None:
    """Return the file's fields and prose, or None with a diagnostic in the sink. Line ends become newlines."""
    if too_large(data, path, sink):
        return None
    text = decode_text(data, path, sink)
    if text is None or control_character(text, path, sink):
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    undecided = merge_conflict(lines, path)
    if undecided is not None:
        sink.append(undecided)
        return None
    if not FENCE.fullmatch(lines[0]):
        return MarkdownDocument(path, None, "\n".join(lines), 1, tuple(lines))
    end = next((i for i, line in enumerate(lines[1:], 1) if FENCE.fullmatch(line)), None)
    if end is None:
        what = "The block of fields that opens here is never closed"
        help_text = "end it with another line of three dashes"
        sink.append(make("front-matter-open", what, Span(path, 1, 1, 4), help_text, lines[0]))
        return None
    front = None
    written = "\n".join(lines[1:end])
    if any(line.strip() and not line.lstrip().startswith("#") for line in lines[1:end]):
        front = read_yaml(written.encode(), path, sink, first_line=2)
        if front is None:
            return None
    return MarkdownDocument(path, front, "\n".join(lines[end + 1 :]), end + 2, tuple(lines))
