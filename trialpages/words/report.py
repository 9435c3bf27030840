"""The report: diagnostics as text for people, one line each for editors, or JSON for tools.

The only module that turns diagnostics into text. Input is shown, never obeyed: control characters
in a quoted line are replaced, so that content cannot move the cursor of a terminal. Equal
diagnostics are shown once, in the order of path, line and column.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from trialpages.words.diagnostics import ERROR, NOTE, SEVERITIES, WARNING, Diagnostic, place

LIMIT = 200
"""Diagnostics shown in full before only totals by code follow."""

WIDTH = 100
"""Columns of a quoted line; a longer line is cut around the place of the fault."""

LEAD = 24
"""Columns kept before the place of the fault in a line that is cut."""

UNSEEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
RESET = "\x1b[0m"
STYLES = {
    ERROR: "\x1b[1;31m",
    WARNING: "\x1b[1;33m",
    NOTE: "\x1b[1;36m",
    "bold": "\x1b[1m",
    "frame": "\x1b[1;34m",
}


def render(
    diagnostics: Iterable[Diagnostic],
    *,
    format: str = "text",  # noqa: A002 - the name of the command's flag
    color: bool = False,
    limit: int = LIMIT,
) -> str:
    """Return the report as `text`, `short` or `json`; without diagnostics it is empty (`[]` as JSON)."""
    ordered = in_order(diagnostics)
    if format == "json":
        return json.dumps(plain_objects(ordered), ensure_ascii=False, indent=2) + "\n"
    show = _short if format == "short" else _full
    shown = [show(diagnostic, color) for diagnostic in ordered[:limit]]
    if len(ordered) > limit:
        shown.append(_totals_by_code(ordered, limit))
    between = "\n" if format == "short" else "\n\n"
    return between.join(shown) + "\n" if shown else ""


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics by place, each one once."""
    return sorted(dict.fromkeys(diagnostics), key=place)


def plain_objects(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Return the diagnostics as plain objects for a JSON report, by place, each one once."""
    return [
        {
            "code": diagnostic.code,
            "severity": diagnostic.severity,
            "path": diagnostic.span.path,
            "line": diagnostic.span.line,
            "column": diagnostic.span.column,
            "end_column": diagnostic.span.end_column,
            "what": _encodable(diagnostic.what),
            "help": _encodable(diagnostic.help),
            "notes": [_encodable(note) for note in diagnostic.notes],
            "source_line": _encodable(diagnostic.source_line),
        }
        for diagnostic in in_order(diagnostics)
    ]


def totals(diagnostics: Iterable[Diagnostic], ending: str | None = None) -> str:
    """Return the closing line, such as `3 errors, 1 warning in 2 files; nothing was written`."""
    ordered = in_order(diagnostics)
    severities = Counter(diagnostic.severity for diagnostic in ordered)
    parts = [counted(severities[word], word) for word in SEVERITIES if severities[word]]
    if not parts:
        line = "no errors"
    else:
        files = {diagnostic.span.path for diagnostic in ordered}
        line = f"{', '.join(parts)} in {counted(len(files), 'file')}"
    return f"{line}; {ending}" if ending else line


def counted(number: int, noun: str) -> str:
    """Return the number with its noun: `1 error`, `1,200 errors`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _full(diagnostic: Diagnostic, color: bool) -> str:
    span = diagnostic.span
    number = str(span.line)
    # Without a quoted line there is no line number to line up with.
    gutter = " " * len(number) if diagnostic.source_line is not None else " "
    head = _styled(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity, color)
    lines = [f"{head}{_styled(f': {_visible(diagnostic.what)}', 'bold', color)}"]
    arrow = _styled("-->", "frame", color)
    lines.append(f"{gutter}{arrow} {_visible(span.path)}:{span.line}:{span.column}")
    if diagnostic.source_line is not None:
        bar = _styled("|", "frame", color)
        text, before, width = _window(diagnostic.source_line, span.column, span.end_column)
        carets = _styled("^" * width, diagnostic.severity, color)
        lines.append(f"{_styled(number, 'frame', color)} {bar} {text}".rstrip())
        lines.append(f"{gutter} {bar} {' ' * before}{carets}")
    lines += [_remark("note", note, gutter, color) for note in diagnostic.notes]
    if diagnostic.help:
        lines.append(_remark("help", diagnostic.help, gutter, color))
    return "\n".join(lines)


def _remark(word: str, text: str, gutter: str, color: bool) -> str:
    first, *rest = text.split("\n")
    sign = _styled("=", "frame", color)
    margin = " " * (len(gutter) + len(f" = {word}: "))
    head = f"{gutter} {sign} {_styled(f'{word}:', 'bold', color)} {_visible(first)}"
    return "\n".join([head, *(f"{margin}{_visible(line)}".rstrip() for line in rest)])


def _short(diagnostic: Diagnostic, color: bool) -> str:
    span = diagnostic.span
    head = _styled(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity, color)
    remark = f" ({diagnostic.help.splitlines()[0].strip()})" if diagnostic.help else ""
    return f"{_visible(span.path)}:{span.line}:{span.column}: {head}: {_visible(diagnostic.what)}{_visible(remark)}"


def _totals_by_code(ordered: Sequence[Diagnostic], limit: int) -> str:
    lines = [f"... and {len(ordered) - limit:,} more; in all:"]
    by_code = Counter((diagnostic.severity, diagnostic.code) for diagnostic in ordered)
    for (severity, code), number in sorted(by_code.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"{number:>8,}  {severity}[{code}]")
    return "\n".join(lines)


def _window(line: str, column: int, end_column: int | None) -> tuple[str, int, int]:
    """Return the part of the line that is shown, the columns before the carets, and their number."""
    line = line.rstrip("\r\n")
    start = min(max(column - 1, 0), len(line))
    end = max(start + 1, (end_column or column + 1) - 1)
    left = 0
    before_mark = after_mark = ""
    if len(line) > WIDTH:
        left = min(max(0, start - LEAD), max(0, len(line) - WIDTH))
        before_mark = "..." if left else ""
        after_mark = "..." if left + WIDTH < len(line) else ""
        line = line[left : left + WIDTH]
    shown_start, shown_end = start - left, min(end - left, len(line))
    before = columns(_visible(before_mark + line[:shown_start]))
    width = max(1, columns(_visible(line[shown_start:shown_end])))
    return _visible(before_mark + line + after_mark), before, width


def columns(text: str) -> int:
    """Count the columns that a text takes on a terminal: none for accents, two for wide letters."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _visible(text: str) -> str:
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text).replace("\t", "    ")


def encodable(text: str) -> str:
    """Return the text without the halves of characters that no encoding can write."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _encodable(text: str | None) -> str | None:
    return None if text is None else encodable(text)


def _styled(text: str, style: str, color: bool) -> str:
    return f"{STYLES[style]}{text}{RESET}" if color else text
