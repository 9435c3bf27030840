"""The report as SARIF 2.1.0, the format in which code scanning and editors take the findings of a tool.

A finding keeps its fingerprint when lines are added above it: it is made from the code, the file and the text of
the line, never from the line's number.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from trialpages.words.catalogue import CATALOGUE
from trialpages.words.diagnostics import ERROR, NOTE, WARNING, Diagnostic
from trialpages.words.digest import digest
from trialpages.words.report import encodable, in_order
from trialpages.words.report_github import repository_path

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
LEVELS = {ERROR: "error", WARNING: "warning", NOTE: "note"}
FINGERPRINT = "primaryLocationLineHash"
"""The name under which code scanning looks for what makes two findings one."""


def sarif(
    diagnostics: Iterable[Diagnostic], *, version: str, prefix: str = "", failure: str | None = None
) -> str:
    """Return one run as SARIF. `prefix` leads from the top of the repository to the site.

    `failure` says why the run ended before its time; its findings are then not all.
    """
    ordered = in_order(diagnostics)
    codes = sorted({each.code for each in ordered})
    number_of_code = {code: number for number, code in enumerate(codes)}
    seen: Counter[str] = Counter()
    results = []
    for each in ordered:
        mark = _fingerprint(each, prefix)
        seen[mark] += 1
        results.append(_result(each, prefix, number_of_code[each.code], f"{mark}:{seen[mark]}"))
    run: dict[str, object] = {
        "tool": {
            "driver": {"name": "trialpages", "version": version, "rules": [_rule(code) for code in codes]}
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(failure)],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> dict[str, object]:
    entry = CATALOGUE[code]
    help_text = f"{entry.why}\n\nLike this it is refused:\n\n{_block(entry.bad)}\n\nLike this it works:\n\n{_block(entry.good)}"
    return {
        "id": code,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.why},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": LEVELS[entry.severity]},
    }


def _block(text: str) -> str:
    """Return lines that Markdown shows as they stand."""
    return "\n".join(f"    {line}" for line in text.splitlines())


def _invocation(failure: str | None) -> dict[str, object]:
    if failure is None:
        return {"executionSuccessful": True}
    told = {"level": "error", "message": {"text": encodable(failure)}}
    return {"executionSuccessful": False, "toolExecutionNotifications": [told]}


def _result(diagnostic: Diagnostic, prefix: str, number: int, mark: str) -> dict[str, object]:
    span = diagnostic.span
    region: dict[str, object] = {"startLine": span.line, "startColumn": span.column}
    if span.end_column is not None:
        region["endColumn"] = max(span.end_column, span.column)
    if diagnostic.source_line is not None:
        region["snippet"] = {"text": encodable(diagnostic.source_line)}
    parts = [diagnostic.what, *diagnostic.notes, *([diagnostic.help] if diagnostic.help else [])]
    path = quote(encodable(repository_path(span.path, prefix)), safe="/")
    location = {"artifactLocation": {"uri": path, "uriBaseId": ROOT}, "region": region}
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": number,
        "level": LEVELS[diagnostic.severity],
        "message": {"text": encodable("\n".join(parts))},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {FINGERPRINT: mark},
    }


def _fingerprint(diagnostic: Diagnostic, prefix: str) -> str:
    line = diagnostic.source_line
    text = " ".join(line.split()) if line is not None and line.strip() else diagnostic.what
    return digest(diagnostic.code, repository_path(diagnostic.span.path, prefix), encodable(text))[:16]
