"""The form of one code's entry in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from trialpages.words.diagnostics import ERROR, WARNING


@dataclass(frozen=True, slots=True)
class Entry:
    """A permanent code: what it means, why it is a fault, an example of the fault and of the cure."""

    code: str
    severity: str
    title: str
    why: str
    bad: str
    good: str


def error(code: str, title: str, why: str, bad: str, good: str) -> Entry:
    """Return the entry of a fault that stops the build."""
    return Entry(code, ERROR, title, why, bad, good)


def warning(code: str, title: str, why: str, bad: str, good: str) -> Entry:
    """Return the entry of a fault that only `--strict` stops at."""
    return Entry(code, WARNING, title, why, bad, good)
