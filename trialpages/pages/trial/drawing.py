"""A small drawing: SVG made of attributes and classes only, wide enough for a phone, with words that fit.

The style sheet gives every color, so that a drawing follows light, dark, print and forced colors.
Text is wrapped here by the usual widths of letters, because SVG does not wrap and the reader's font
is not known. A drawing is as wide as the narrowest phone, so that its words hardly shrink there.
No rule of the style sheet names an element around a drawn one: a drawing may be shown a second time by `<use>`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from markupsafe import Markup

from trialpages.words.fields import record

WIDTH = 320
LINE = 20
SIZES = {"": 15, "soft": 15, "strong": 15, "large": 20, "axis": 14}
"""The size of each kind of text; on a page 288 pixels wide the smallest is still more than 12 pixels."""
BOLD = 1.1
"""How much wider bold letters are."""
GAP = 10
"""Between words on the left and words on the right of one line."""

_NARROW = frozenset("fijlrtI.,:;'|!()[]/ -’“”·")
_WIDE = frozenset("mwMW@%—…+=<>≤≥")
ICONS = {
    "person": "m9 0a4 4 0 1 1 0 8 4 4 0 0 1 0-8zm-8 19c0-6 3-9 8-9s8 3 8 9z",
    "yes": "m2 10 5 5 9-11",
    "no": "m9 2a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zm-4 7.5h8",
    "list": "m1 4h16m-16 6h16m-16 6h16",
}
"""Shapes 18 wide and 19 high, each beginning at the upper left corner."""
ICON_SPACE = 28


@record
class Words:
    """Words in a drawing: their kind, after how many lines they are cut, and the language if not the page's."""

    text: str
    kind: str = ""
    lines: int = 3
    language: str = ""


class Drawing:
    """A drawing that grows downward: `y` is the top of the free space."""

    def __init__(self) -> None:
        self.parts: list[Markup] = []
        self.is_cut = False
        """Whether words were too long, so that the drawing does not hold them all."""
        self.y = 0.0

    def text(self, words: Words | str, *, x: float = 0, width: float | None = None) -> None:
        """Write words from `x` on, wrapped, cut with an ellipsis after so many lines."""
        shown = Words(text=words) if isinstance(words, str) else words
        lines = wrapped(shown.text, WIDTH - x if width is None else width, shown.kind, shown.lines)
        self.is_cut = self.is_cut or "".join("".join(lines).split()) != "".join(shown.text.split())
        for line in lines:
            self.y += LINE if SIZES[shown.kind] <= LINE * 0.8 else LINE + 6
            self.label(line, x, self.y - 5, shown.kind, language=shown.language)

    def pair(self, left: Words, right: Words) -> None:
        """Write words on the left and, at the end of their last line or below it, words on the right."""
        lines = wrapped(left.text, WIDTH, left.kind, left.lines)
        own = text_width(right.text, right.kind)
        together = wrapped(left.text, WIDTH - own - GAP, left.kind, left.lines)
        fits = own < WIDTH / 2 and len(together) == len(lines)
        self.text(left, width=WIDTH - own - GAP if fits else WIDTH)
        if fits:
            self.label(right.text, WIDTH, self.y - 5, right.kind, anchor="end")
        else:
            self.text(right)

    def label(
        self, text: str, x: float, y: float, kind: str = "", *, anchor: str = "", language: str = ""
    ) -> None:
        """Write one line at a place; `anchor` is empty, `middle` or `end`."""
        names = " ".join(part for part in (kind, anchor) if part)
        more = Markup(' class="{}"').format(names) if names else Markup("")
        more += Markup(' lang="{}"').format(language) if language else Markup("")
        self.parts.append(
            Markup('<text x="{}" y="{}"{}>{}</text>').format(_number(x), _number(y), more, text)
        )

    def bar(self, start: float, width: float, kind: str, height: float = 12) -> None:
        """Draw a bar at the free space, from `start`, `width` wide."""
        self.parts.append(
            Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>').format(
                kind, _number(start), _number(self.y), _number(width), _number(height)
            )
        )

    def path(self, kind: str, way: str) -> None:
        """Draw a path in SVG's own words."""
        self.parts.append(Markup('<path class="{}" d="{}"/>').format(kind, way))

    def icon(self, name: str, *places: tuple[float, float]) -> None:
        """Draw a shape with its upper left corner at each of some places."""
        way = "".join(f"M{_number(x)} {_number(y)}{ICONS[name]}" for x, y in places)
        self.path("person" if name == "person" else "icon", way)

    def marked(self, icon: str, words: str) -> None:
        """Write words behind a shape."""
        self.icon(icon, (0, self.y + 2))
        self.text(words, x=ICON_SPACE)

    def box(self, x: float, paragraphs: Sequence[Words], *, icons: int = 0) -> float:
        """Draw a box around paragraphs, with so many persons before them; return the height of its middle."""
        top = self.y
        before = len(self.parts)
        self.y += 7
        inner = x + 14 + (ICON_SPACE - 8) * icons + (6 if icons else 0)
        for words in paragraphs:
            self.text(words, x=inner, width=WIDTH - inner - 8)
        self.y += 7
        if icons:
            height = (top + self.y) / 2 - 10
            self.icon("person", *((x + 12 + (ICON_SPACE - 8) * place, height) for place in range(icons)))
        frame = Markup('<rect class="box" x="{}" y="{}" width="{}" height="{}" rx="4"/>').format(
            *map(_number, (x + 1, top + 1, WIDTH - x - 2, self.y - top - 2))
        )
        self.parts.insert(before, frame)
        return (top + self.y) / 2

    def space(self, height: float) -> None:
        """Leave room."""
        self.y += height

    def svg(self, label: str, *, name: str = "") -> Markup:
        """Return the drawing, which `label` describes to those who do not see it.

        What it holds gets the id `name`, so that it can be shown again.
        """
        inner = Markup("").join(self.parts)
        if name:
            inner = Markup('<g id="{}">{}</g>').format(name, inner)
        return svg_element(self.height, label, inner)

    @property
    def height(self) -> float:
        """How high the drawing is."""
        return self.y + 4


def svg_element(height: float, label: str, inner: Markup) -> Markup:
    """Return an SVG element of a drawing's width."""
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, _number(height), label, inner
    )


def text_width(text: str, kind: str = "") -> float:
    """Return about how wide a text is; a little more than in most fonts."""
    ems = sum(map(_em, text))
    return ems * SIZES[kind] * (BOLD if kind in ("strong", "large") else 1)


def wrapped(text: str, width: float, kind: str = "", lines: int = 3) -> list[str]:
    """Return a text as lines that fit; a text that is too long ends with an ellipsis."""
    found = [""]
    for word in _pieces(text, width, kind):
        longer = f"{found[-1]} {word}" if found[-1] else word
        if text_width(longer, kind) <= width or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    if len(found) <= lines:
        return [line for line in found if line]
    last = found[lines - 1]
    while last and text_width(f"{last} …", kind) > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*found[: lines - 1], f"{last} …"]


def _pieces(text: str, width: float, kind: str) -> Iterable[str]:
    """Yield the words; one that is wider than a line in pieces."""
    for word in text.split():
        if text_width(word, kind) <= width:
            yield word
            continue
        piece = ""
        for character in word:
            if piece and text_width(piece + character, kind) > width:
                yield piece
                piece = ""
            piece += character
        yield piece


@cache
def _em(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.9
    if ord(character) >= 0x2E80:
        return 1.0
    return 0.7 if character.isupper() else 0.6


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
