"""The form of one code's entry in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from trialpages.words.diagnostics import ERROR, NOTE, WARNING


@dataclass(frozen=True, slots=True)
class Entry:
    """A permanent code: what it means, why it is a fault, an example of the fault and of the cure."""

    code: str
    severity: str
    title: str
    why: str
    bad: str
    good: str
    is_fixed: bool = False
    """Whether no site can change the severity: the fault leaves nothing that could be published."""


def error(code: str, title: str, why: str, bad: str, good: str) -> Entry:
    """Return the entry of a fault that stops the build."""
    return Entry(code, ERROR, title, why, bad, good)


def fatal(code: str, title: str, why: str, bad: str, good: str) -> Entry:
    """Return the entry of a fault that leaves nothing to publish, whatever a site says of its severity."""
    return Entry(code, ERROR, title, why, bad, good, is_fixed=True)


def warning(code: str, title: str, why: str, bad: str, good: str) -> Entry:
    """Return the entry of a fault that only `--strict` stops at."""
    return Entry(code, WARNING, title, why, bad, good)


def note(code: str, title: str, why: str, bad: str, good: str) -> Entry:
    """Return the entry of a remark that stops nothing."""
    return Entry(code, NOTE, title, why, bad, good)
