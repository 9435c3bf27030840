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
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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
    """Return where the JSON breaks off. The quick reader tells no line, so the slow one reads again."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line, column = _line_and_column(data[: fault.start].decode("utf-8"))
        return make("not-utf8", f"Byte 0x{data[fault.start]:02x} is not UTF-8", Span(path, line, column))
    try:
        json.loads(text)
    except json.JSONDecodeError as fault:
        cut = not text[fault.pos :].strip() or fault.msg.startswith("Unterminated string")
        what = (
            "The file breaks off in the middle of the record" if cut else f"The file is not JSON: {fault.msg}"
        )
        return make("registry-json", what, Span(path, fault.lineno, fault.colno), help=FETCH_AGAIN)
    except RecursionError:
        what = "The brackets are nested too deep; a record has about ten levels"
        return make("registry-json", what, Span(path), help=FETCH_AGAIN)
    except ValueError as fault:
        reason = str(fault)
    return make("registry-json", f"The file is not JSON: {reason}", Span(path), help=FETCH_AGAIN)


def _line_and_column(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")
