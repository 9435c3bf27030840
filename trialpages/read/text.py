"""Bytes to text: UTF-8 and nothing else, with or without a byte order mark, with any line ends."""

from __future__ import annotations

import re

from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Sink, Span

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
NAMES = {
    "\x85": "the line separator U+0085",
    "\u2028": "the line separator U+2028",
    "\u2029": "the paragraph separator U+2029",
}


def decode_text(data: bytes, path: str, sink: Sink) -> str | None:
    """Return the file's text without its byte order mark, or None with a diagnostic that names the place."""
    try:
        return data.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        sink.append(_not_utf8(data.removeprefix(BYTE_ORDER_MARK), path, error.start))
        return None


def control_character(text: str, path: str, sink: Sink, first_line: int = 1) -> bool:
    """Tell, and report, whether the text holds a character that nobody can see."""
    found = UNWANTED.search(text)
    if found is None:
        return False
    before = lines_of(text[: found.start()])
    line, column = len(before), len(before[-1]) + 1
    character = found[0]
    name = NAMES.get(character, f"the control character U+{ord(character):04X}")
    whole = lines_of(text)[line - 1]
    sink.append(
        make(
            "control-character",
            f"There is an invisible character here: {name}",
            Span(path, line + first_line - 1, column, column + 1),
            "delete it, or type the line again",
            # The separator itself ends the line, so it is shown as one more character.
            whole if character in whole else f"{whole}{character}",
        )
    )
    return True


def lines_of(text: str) -> list[str]:
    """Return the text's lines as a YAML parser counts them."""
    return LINE_END.split(text)


def _not_utf8(data: bytes, path: str, start: int) -> Diagnostic:
    before = data[:start].decode("utf-8")
    lines = lines_of(before)
    rest = data[start : start + 60].split(b"\n")[0].decode("utf-8", "replace")
    line = f"{lines[-1]}{rest}"
    encoding = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else None
    what = (
        f"The file is written in {encoding}, not in UTF-8" if encoding else "The file is not written in UTF-8"
    )
    notes = () if encoding else (f"the byte here is 0x{data[start]:02X}",)
    span = Span(path, len(lines), len(lines[-1]) + 1, len(lines[-1]) + 2)
    return make("not-utf8", what, span, "save it with the encoding UTF-8", line.rstrip("\r"), notes)
