"""What the YAML parser complains about, in words that tell an author what to change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from trialpages.read.conflict import merge_conflict
from trialpages.read.text import lines_of
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span

if TYPE_CHECKING:
    from trialpages.read.document import Document

QUOTE = "put the value in quotes, or on the next lines after `|`"
SHOWN_WHERE_OPENED = ("expected ':'", "expected ',' or")
"""Problems that the parser notices later than where the author has to look."""

ALIGN = "fields that belong together begin in the same column"

PROBLEMS: tuple[tuple[str, str, str, str | None], ...] = (
    ("mapping values are not allowed", "yaml-syntax", "There is a second ': ' in this value", QUOTE),
    ("could not find expected ':'", "yaml-syntax", "This line is no `name: value`",
     "write `name: value`, or indent the text that belongs to the value above"),
    ("sequence entries are not allowed", "yaml-syntax", "A list cannot begin here", "begin it on the next line"),
    ("undefined tag handle", "yaml-tag", "Text that begins with ! is a YAML tag", QUOTE),
    ("unknown escape character", "yaml-syntax", "Between double quotes, a backslash has a special meaning",
     "use single quotes, or write two backslashes"),
    ("expected escape sequence", "yaml-syntax", "Between double quotes, a backslash has a special meaning",
     "use single quotes, or write two backslashes"),
    ("invalid unicode", "control-character", "This text holds an invisible character", "type the character itself"),
    ("control characters are not allowed", "control-character", "There is an invisible character here", "delete it"),
    ("expected alphabetic", "yaml-alias", "Text that begins with * or & is a YAML alias", QUOTE),
    ("expected ',' or ']'", "yaml-syntax", "A list in square brackets is not closed, or a comma is missing",
     "write one entry a line with `- ` instead"),
    ("expected ',' or '}'", "yaml-syntax", "A group in braces is not closed, or a comma is missing",
     "write one field a line instead"),
    ("expected '-' indicator", "yaml-syntax", "This line does not line up with the list above it",
     "entries of a list begin in the same column"),
    ("expected key", "yaml-syntax", "This line does not line up with the lines above it", ALIGN),
    ("expected <block end>", "yaml-syntax", "This line does not line up with the lines above it", ALIGN),
    ("expected <document start>", "yaml-syntax", "This line does not belong to what stands above it", ALIGN),
    ("expected '<document start>'", "yaml-syntax", "This line does not belong to what stands above it", ALIGN),
    ("comment or line break", "yaml-syntax", "Text after `|` or `>` begins on the next line",
     "move the text to the next line, and indent it"),
    ("comment or a line break", "yaml-syntax", "Text after `|` or `>` begins on the next line",
     "move the text to the next line, and indent it"),
    ("node content", "yaml-syntax", "A value is missing here", "write the value, or take the comma away"),
    ("found a tab character", "tab-indent", "This line is indented with a tab", "use spaces"),
    ("exceeded max depth", "too-deep", "Values are nested too deeply here", "take some levels away"),
    ("unexpected ':'", "yaml-syntax", "There is a ':' inside the brackets", QUOTE),
    ("unexpected end of stream", "yaml-syntax", "The file ends before this is closed", "close the quote or bracket"),
    ("unexpected document indicator", "yaml-syntax", "A line with `---` or `...` stands inside a quoted text", "close the quote"),
)  # fmt: skip
"""Part of the parser's words, our code, what the author sees, how to mend. The first that fits counts."""

TAB = re.compile(r"[ -]*\t[ \t]*")


def syntax_fault(error: Any, document: Document) -> Diagnostic:
    """Return the diagnostic for what stopped the parser, at the place that the author should look at."""
    undecided = merge_conflict(
        lines_of(document.data.decode("utf-8", "replace")), document.path, document.first_line
    )
    if undecided is not None:
        return undecided
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = str(getattr(error, "context", None) or "")
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    tab = _tab(document, mark, opened)
    if tab is not None:
        what = "This line is indented with a tab"
        return make("tab-indent", what, tab, "use spaces", document.source_line(tab.line))
    code, what, help_text = _words(problem)
    if "quoted scalar" in context and "unexpected" in problem:
        what, help_text, mark = (
            "The quote that opens here is never closed",
            "close it with the same mark",
            opened,
        )
    elif "cannot start any token" in problem and mark is not None:
        character = _character(document, mark)
        if character == "\t":
            code, what, help_text = "tab-indent", "There is a tab before the value", "use a space"
        else:
            what, help_text = f"A value cannot begin with '{character}'", QUOTE
    elif mark is None or any(part in problem for part in SHOWN_WHERE_OPENED):
        mark = opened or mark
    elif "mapping values" in problem and ":" not in _before(document, mark):
        what, help_text = "This line is indented as if it belonged to the value above it", ALIGN
    span = _span(document, mark)
    return make(code, what, span, help_text, document.source_line(span.line))


def _words(problem: str) -> tuple[str, str, str | None]:
    lowered = problem.lower()
    for part, code, what, help_text in PROBLEMS:
        if part in lowered:
            return code, what, help_text
    return "yaml-syntax", "This is not readable as YAML", f"the reader says: {problem}"


def _tab(document: Document, *marks: Any) -> Span | None:
    """Return the place of a tab that indents one of the lines that the parser names, or the one before."""
    for mark in marks:
        if mark is None:
            continue
        number = mark.line + document.first_line
        for line in (number, number - 1):
            text = document.source_line(line) or ""
            found = TAB.match(text)
            if found and text.strip():
                column = text.index("\t") + 1
                return Span(document.path, line, column, found.end() + 1)
    return None


def _span(document: Document, mark: Any) -> Span:
    if mark is None:
        return Span(document.path, document.first_line)
    line = mark.line + document.first_line
    text = document.source_line(line)
    if text is None or (not text.strip() and line > document.first_line):
        # The parser stops after the end; the last written line is where the author looks.
        while line > document.first_line and not (document.source_line(line) or "").strip():
            line -= 1
        return Span(document.path, line, len((document.source_line(line) or "").rstrip()) + 1)
    return Span(document.path, line, mark.column + 1)


def _before(document: Document, mark: Any) -> str:
    return (document.source_line(mark.line + document.first_line) or "")[: mark.column]


def _character(document: Document, mark: Any) -> str:
    text = document.source_line(mark.line + document.first_line) or ""
    return text[mark.column : mark.column + 1] or "?"
