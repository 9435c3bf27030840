"""Marks that version control leaves where two people changed the same lines and nobody has decided yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span

OPENS = re.compile(r"<{7}(?: (?P<side>.*))?")
DIVIDES = re.compile(r"={7}")
CLOSES = re.compile(r">{7}(?: (?P<side>.*))?")
HELP = (
    "keep one side, or join the two, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>\n"
    "GitHub offers this in the pull request, as 'Resolve conflicts'"
)


def merge_conflict(lines: Sequence[str], path: str, first_line: int = 1) -> Diagnostic | None:
    """Return the first undecided change of a file's lines, or None; `first_line` is the number of the first.

    A lone row of equal signs is how Markdown may underline a heading, so the opening mark decides.
    """
    for number, text in enumerate(lines):
        if OPENS.fullmatch(text.rstrip()) and (ends := _ends(lines, number)):
            middle, end = ends
            what = "Two versions of this part stand here, and nobody has decided between them"
            sides = _lines(number, middle, first_line), _lines(middle, end, first_line)
            notes = (f"one side is {sides[0]}, the other {sides[1]}",)
            span = Span(path, number + first_line, 1, len(text.rstrip()) + 1)
            return make("merge-conflict", what, span, HELP, text.rstrip(), notes)
    return None


def _ends(lines: Sequence[str], start: int) -> tuple[int, int] | None:
    """Return the lines of the mark between the sides and of the closing mark; None where they are missing."""
    middle = None
    for number in range(start + 1, len(lines)):
        text = lines[number].rstrip()
        if middle is None and DIVIDES.fullmatch(text):
            middle = number
        elif middle is not None and CLOSES.fullmatch(text):
            return middle, number
    return None


def _lines(opening: int, closing: int, first_line: int) -> str:
    """Return the lines between two marks, in words."""
    first, last = opening + first_line + 1, closing + first_line - 1
    if first > last:
        return "empty"
    return f"line {first}" if first == last else f"lines {first} to {last}"
