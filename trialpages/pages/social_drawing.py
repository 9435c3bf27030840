"""Draw a picture for sharing: words on a calm ground, as a PNG of 16 colors.

The fonts lie beside the code, so that a picture is the same on every machine; nothing is asked of the
system. A picture holds no date and no name of a program. This module is imported only by who draws:
its library takes longer to load than most builds take.
"""

from __future__ import annotations

import io
from functools import cache, lru_cache

from PIL import Image, ImageDraw, ImageFont

from trialpages.pages.social_image import FONTS, HEIGHT, WIDTH, ImageWords, Palette

SANS, SERIF = "NotoSans-Regular.ttf", "NotoSerif-Bold.ttf"
MARGIN = 72
INNER = WIDTH - 2 * MARGIN
TITLE_TOP, TITLE_BOTTOM = 150, 408
TITLE_SIZES = (68, 62, 56, 50, 44, 40)
TITLE_LEADING = 1.24
SMALL, USUAL = 28, 32
FACTS_TOP = 440
COLUMN_GAP = 40
COLUMN_SHARES = {3: (5, 3, 5), 2: (1, 1), 1: (1,)}
INK, SOFT = 255, 196
"""How much of the ink covers the paper: soft words let some of the paper through."""
STEPS = 14
"""Shades between paper and ink; two more colors make the 16 of a picture of 4 bits."""
ACCENT, LINE = STEPS, STEPS + 1
COMPRESSION = 4
ELLIPSIS = "…"
NARROW = 5
"""The letters of the narrowest kind that fit into the height of a line."""
LONGEST = 400
"""Characters of a text that are looked at; fewer fit."""


def draw(words: ImageWords, colors: Palette) -> bytes:
    """Return a picture of 1200 x 630 as PNG."""
    image = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(image)
    _head(pen, words)
    _title(pen, words.title or words.number)
    _facts(pen, words.facts)
    shades = image.point([round(value * (STEPS - 1) / 255) for value in range(256)])
    shades.putpalette(_palette(colors))
    shapes = ImageDraw.Draw(shades)
    shapes.rectangle((0, 0, WIDTH, 15), fill=ACCENT)
    shapes.rectangle((MARGIN, FACTS_TOP, WIDTH - MARGIN, FACTS_TOP + 1), fill=LINE)
    shapes.rectangle((MARGIN, FACTS_TOP, MARGIN + 95, FACTS_TOP + 7), fill=ACCENT)
    file = io.BytesIO()
    shades.save(file, "PNG", bits=4, compress_level=COMPRESSION)
    return file.getvalue()


def _head(pen: ImageDraw.ImageDraw, words: ImageWords) -> None:
    font = _font(SANS, SMALL)
    right = font.getlength(words.number) if words.title else 0
    name = _lines(words.site, font, INNER - right - COLUMN_GAP, 1)
    if name:
        pen.text((MARGIN, 96), name[0], font=font, fill=SOFT, anchor="ls")
    if words.title:
        pen.text((WIDTH - MARGIN, 96), words.number, font=font, fill=SOFT, anchor="rs")


def _title(pen: ImageDraw.ImageDraw, text: str) -> None:
    for size in TITLE_SIZES:
        font = _font(SERIF, size)
        leading = size * TITLE_LEADING
        room = int((TITLE_BOTTOM - TITLE_TOP) / leading)
        lines = _lines(text, font, INNER, room)
        if not lines[-1].endswith(ELLIPSIS):
            break
    top = float(TITLE_TOP)
    for line in _balanced(text, lines, font):
        pen.text((MARGIN, round(top + size)), line, font=font, fill=INK, anchor="ls")
        top += leading


def _facts(pen: ImageDraw.ImageDraw, facts: tuple[tuple[str, str], ...]) -> None:
    if not facts:
        return
    shares = COLUMN_SHARES[len(facts)]
    unit = (INNER - COLUMN_GAP * (len(facts) - 1)) / sum(shares)
    left = float(MARGIN)
    for share, (label, value) in zip(shares, facts, strict=True):
        pen.text((round(left), FACTS_TOP + 54), label, font=_font(SANS, SMALL), fill=SOFT, anchor="ls")
        font = _font(SANS, USUAL)
        for position, line in enumerate(_lines(value, font, unit * share, 2)):
            pen.text((round(left), FACTS_TOP + 100 + 42 * position), line, font=font, fill=INK, anchor="ls")
        left += unit * share + COLUMN_GAP


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # The other layout engine loads a library of the system, and another one would give other pictures.
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def _width(font: ImageFont.FreeTypeFont, line: str) -> float:
    """Return how wide a line is: its words and the spaces between them, since this layout joins no letters."""
    words = line.split(" ")
    return sum(_length(font, word) for word in words) + (len(words) - 1) * _length(font, " ")


@lru_cache(maxsize=2048)
def _length(font: ImageFont.FreeTypeFont, word: str) -> float:
    return font.getlength(word)


def _lines(text: str, font: ImageFont.FreeTypeFont, width: float, most: int) -> list[str]:
    """Return a text as lines that fit; what is too long ends with an ellipsis."""
    found: list[str] = []
    for word in text[:LONGEST].split():
        longer = f"{found[-1]} {word}" if found else word
        if found and _width(font, longer) <= width:
            found[-1] = longer
        else:
            found.append(word)
    shown = [_cut(line, font, width) for line in found[:most]]
    if len(found) > most:
        shown[-1] = _cut(f"{shown[-1].removesuffix(ELLIPSIS)}{ELLIPSIS}", font, width)
    return shown


def _cut(line: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if _width(font, line) <= width:
        return line
    # No letter is so narrow that more of them fit; measuring takes as long as the text is long.
    kept = line.removesuffix(ELLIPSIS)[: int(width / font.size * NARROW)]
    while kept and _width(font, f"{kept}{ELLIPSIS}") > width:
        kept = kept[:-1].rstrip()
    return f"{kept}{ELLIPSIS}"


def _balanced(text: str, lines: list[str], font: ImageFont.FreeTypeFont) -> list[str]:
    """Return lines of about the same length, as many as before."""
    if len(lines) < 2 or lines[-1].endswith(ELLIPSIS):
        return lines
    narrow, wide = INNER / 2, float(INNER)
    best = lines
    while wide - narrow > 20:
        width = (narrow + wide) / 2
        tried = _lines(text, font, width, len(lines))
        if any(line.endswith(ELLIPSIS) for line in tried):
            narrow = width
        else:
            best, wide = tried, width
    return best


def _palette(colors: Palette) -> list[int]:
    paper, ink = _rgb(colors["paper"]), _rgb(colors["ink"])
    flat: list[int] = []
    for step in range(STEPS):
        share = step / (STEPS - 1)
        flat += [round(back + (front - back) * share) for back, front in zip(paper, ink, strict=True)]
    return [*flat, *_rgb(colors["accent"]), *_rgb(colors["line"])]


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
