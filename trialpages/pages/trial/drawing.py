"""A small drawing: SVG made of attributes and classes only, wide enough for a phone, with words that fit.

The style sheet gives every color, so that a drawing follows light, dark, print and forced colors.
Text is wrapped here, because SVG does not wrap; a drawing never needs to be wider than a phone.
"""

from __future__ import annotations

import textwrap

from markupsafe import Markup, escape

WIDTH = 360
LINE = 20
CHARACTERS = 44
"""Characters of a line at the usual size across the whole drawing."""


class Drawing:
    """A drawing that grows downward: `y` is the top of the free space."""

    def __init__(self) -> None:
        self.parts: list[Markup] = []
        self.y = 0.0

    def text(
        self, words: str, *, x: float = 0, characters: int = CHARACTERS, kind: str = "", lines: int = 3
    ) -> None:
        """Write words from `x` on, wrapped, cut with an ellipsis after so many lines."""
        for line in wrapped(words, characters, lines):
            self.y += LINE
            self.parts.append(
                Markup('<text x="{}" y="{}"{}>{}</text>').format(
                    _number(x), _number(self.y - 5), Markup(' class="{}"').format(kind) if kind else "", line
                )
            )

    def bar(self, start: float, width: float, kind: str, height: float = 12) -> None:
        """Draw a bar at the free space, from `start`, `width` wide."""
        self.parts.append(
            Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>').format(
                kind, _number(start), _number(self.y), _number(width), _number(height)
            )
        )

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a thin line."""
        self.parts.append(
            Markup('<line x1="{}" y1="{}" x2="{}" y2="{}"/>').format(*map(_number, (x1, y1, x2, y2)))
        )

    def space(self, height: float) -> None:
        """Leave room."""
        self.y += height

    def svg(self, label: str) -> Markup:
        """Return the drawing, which `label` describes to those who do not see it."""
        opening = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            WIDTH, _number(self.y + 4), label
        )
        return opening + Markup("").join(self.parts) + Markup("</svg>")


def wrapped(words: str, characters: int, lines: int) -> list[Markup]:
    """Return a text as escaped lines; a text that is too long ends with an ellipsis."""
    found = textwrap.wrap(words, characters, max_lines=lines, placeholder=" …", break_long_words=True)
    return [escape(line) for line in found]


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
