"""Finding the studies in a registry file, and saying what a file is that holds none.

Read are a bare study, `{"studies": [...]}` and an array of studies. The formats of the registry's
old website and files that are no JSON at all are recognized, so that the message can name them.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from trialpages.model.registry.fields import kind_of
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span

SURE_SIGN = "protocolSection"
CLASSIC_KEYS = ("FullStudiesResponse", "StudyFieldsResponse", "FullStudy", "FieldValuesResponse")
FETCH_AGAIN = "Fetch the record again from https://clinicaltrials.gov/api/v2/studies/ and the trial's number."
NEWER_FORMAT = (
    "Fetch it in the present format, from https://clinicaltrials.gov/api/v2/studies/ and the trial's number."
)
ONE_LIST = "Put the records into one list, [ ... , ... ], or give each a file of its own."
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
BYTE = re.compile(r"\(byte (\d+)\)")
WORD = re.compile(rb"-?[A-Za-z]{1,20}")
BINARY = {b"PK": "a zip archive", b"\x1f\x8b": "compressed (gzip)", b"%PDF": "a PDF"}
"""How files begin that are often taken for a record."""

SYNTAX = {
    "Expecting value": "A value is missing here, or is none that JSON knows",
    "Expecting property name": "The name of a field, in double quotes, is missing here",
    "Expecting ':'": "A colon is missing here",
    "Expecting ','": "A comma is missing here, or a bracket is not closed",
    "Illegal trailing comma": "There is a comma too many here",
    "Invalid control character": "A line break or an invisible character stands inside a text",
    "Invalid \\": "This backslash begins no sign that JSON knows",
}
"""Beginnings of the slow reader's messages, and what they mean."""


def studies_in(data: bytes, path: str, sink: Sink) -> list[dict[str, Any]]:
    """Return the raw studies of a file, in its order; what is not a study goes to the sink."""
    data = data.removeprefix(BYTE_ORDER_MARK)
    if not data.strip():
        sink.append(make("registry-json", "The file is empty", Span(path), help=FETCH_AGAIN))
        return []
    if data.lstrip().startswith(b"<"):
        _refuse_markup(data, path, sink)
        return []
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        sink.append(_broken(data, path, str(fault)))
        return []
    return _studies(value, path, sink)


def _studies(value: object, path: str, sink: Sink) -> list[dict[str, Any]]:
    if isinstance(value, dict) and SURE_SIGN not in value and isinstance(value.get("studies"), list):
        value = value["studies"]
    rows = value if isinstance(value, list) else [value]
    if not rows:
        _refuse(path, "The file holds an empty list of studies", sink)
    studies: list[dict[str, Any]] = []
    for index, row in enumerate(rows):
        where = f"Entry {index + 1} of the list" if isinstance(value, list) else "The file"
        if isinstance(row, dict) and isinstance(row.get(SURE_SIGN), dict):
            studies.append(row)
        elif isinstance(row, dict) and _is_classic(row):
            what = f"{where} is in the format of the registry's old website"
            sink.append(make("registry-classic-format", what, Span(path), help=NEWER_FORMAT))
        else:
            _refuse(path, f"{where} is not a study: {_described(row)}", sink)
    return studies


def _is_classic(row: dict[str, Any]) -> bool:
    if any(key in row for key in CLASSIC_KEYS) or "ProtocolSection" in row:
        return True
    study = row.get("Study")
    return isinstance(study, dict) and "ProtocolSection" in study


def _described(row: object) -> str:
    if not isinstance(row, dict):
        return f"found {kind_of(row)}"
    if not row:
        return "found an empty group of fields"
    if SURE_SIGN in row:
        return f"its {SURE_SIGN} is {kind_of(row[SURE_SIGN])}"
    names = [name[:40] for name in list(row)[:5]]
    more = f" and {len(row) - 5} more" if len(row) > 5 else ""
    return f"it has no {SURE_SIGN}, only {', '.join(names)}{more}"


def _refuse(path: str, what: str, sink: Sink) -> None:
    sink.append(make("registry-not-a-study", what, Span(path), help=FETCH_AGAIN))


def _refuse_markup(data: bytes, path: str, sink: Sink) -> None:
    start = data[:4000].lower()
    if b"<clinical_study" in start or b"<search_results" in start:
        what = "The file is XML in the format of the registry's old website"
        sink.append(make("registry-classic-format", what, Span(path), help=NEWER_FORMAT))
    elif b"<html" in start or b"<!doctype html" in start:
        title = re.search(rb"<title[^>]*>\s*(.{1,80}?)\s*</title>", data[:20000], re.IGNORECASE | re.DOTALL)
        named = f' with the title "{title[1].decode("utf-8", "replace")}"' if title else ""
        _refuse(path, f"The file is an HTML page{named}, not JSON", sink)
    else:
        _refuse(path, "The file is markup (it starts with <), not JSON", sink)


def _broken(data: bytes, path: str, reason: str) -> Any:
    """Return where the JSON breaks off. The quick reader tells a byte only, so the slow one reads again."""
    kind = next((words for start, words in BINARY.items() if data.startswith(start)), None)
    if kind or b"\0" in data:
        what = f"The file is {kind or 'binary data'}, not JSON"
        return make("registry-json", what, Span(path), help=FETCH_AGAIN)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line, column = _line_and_column(data[: fault.start].decode("utf-8"))
        return make("not-utf8", f"Byte 0x{data[fault.start]:02x} is not UTF-8", Span(path, line, column))
    try:
        json.loads(text)
    except json.JSONDecodeError as fault:
        what, help_text = _syntax(text, fault)
        return make("registry-json", what, Span(path, fault.lineno, fault.colno), help=help_text)
    except RecursionError:
        what = "The brackets are nested too deep; a record has about ten levels"
        return make("registry-json", what, Span(path), help=FETCH_AGAIN)
    except ValueError:
        pass
    return _at_byte(data, path, reason)


def _syntax(text: str, fault: json.JSONDecodeError) -> tuple[str, str]:
    """Return what is wrong at a place, in our words, and the cure."""
    rest = text[fault.pos :].lstrip()
    if not rest or fault.msg.startswith("Unterminated string"):
        return "The file breaks off in the middle of the record", FETCH_AGAIN
    if fault.msg == "Extra data":
        if rest[0] in "{[":
            return "A second record begins here (JSON lines); a file holds one value", ONE_LIST
        return "The record ends before this place, and more follows", FETCH_AGAIN
    for start, what in SYNTAX.items():
        if fault.msg.startswith(start):
            return what, FETCH_AGAIN
    return "The file is not JSON from this place on", FETCH_AGAIN


def _at_byte(data: bytes, path: str, reason: str) -> Any:
    """Return the fault at the byte that the quick reader names; the slow one takes NaN and Infinity."""
    found = BYTE.search(reason)
    offset = min(int(found[1]), len(data)) if found else 0
    word = WORD.match(data, offset)
    what = f"'{word[0].decode()}' is no JSON value" if word else "The file is not JSON from this place on"
    line, column = _line_and_column(data[:offset].decode("utf-8", "ignore"))
    return make("registry-json", what, Span(path, line, column), help=FETCH_AGAIN)


def _line_and_column(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")
