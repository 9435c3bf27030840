"""Diagnostics: what is wrong with the content, where, and how to mend it, as plain data.

A diagnostic is made where the fault is seen, handed on in a list (a sink), and printed once, sorted
by place. Content never raises. `report.py` is the only module that turns diagnostics into text;
`catalogue.py` holds the permanent codes.
"""

from __future__ import annotations

from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"
NOTE = "note"
"""A remark that fails nothing, not even with `--strict`."""

SEVERITIES = (ERROR, WARNING, NOTE)
"""From the gravest to the mildest."""

STOPS_EVERYTHING = frozenset({"template-fault", "template-too-slow", "template-missing", "asset-missing"})
"""Codes of faults that stop every page, so that each page and each change has to do with them."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one line: path relative to the site directory, line and columns from 1."""

    path: str
    line: int = 1
    column: int = 1
    end_column: int | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: a permanent code, what was found, where, and how to mend it."""

    code: str
    what: str
    span: Span
    help: str | None = None
    source_line: str | None = None
    notes: tuple[str, ...] = ()
    severity: str = ERROR


Sink = list[Diagnostic]


def place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    """Return the order in which diagnostics are shown: by path, line, column, code, text."""
    span = diagnostic.span
    return span.path, span.line, span.column, diagnostic.code, diagnostic.what
