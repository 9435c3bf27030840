"""The report in a GitHub workflow: annotations within GitHub's limits, and a summary that holds every fault.

An annotation is a line `::error file=...::message`. GitHub shows ten of each severity in a step and drops the
others without a word, so the gravest come first, and of these the files of the change; `docs/checking.md` names the
sources. Content can end neither a line nor a property: what has a meaning in a command is escaped.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence, Set

from trialpages.words.diagnostics import ERROR, NOTE, SEVERITIES, WARNING, Diagnostic, place
from trialpages.words.markdown import quoted
from trialpages.words.report import counted, encodable

ANNOTATIONS = 10
"""Annotations of one severity that GitHub shows for one step."""

SUMMARY_BYTES = 1024 * 1024
"""The size of a step's summary above which GitHub shows nothing of it."""

LONGEST_MESSAGE = 4_000
"""Characters of one annotation; a longer message is for the summary."""

COMMANDS = {ERROR: "error", WARNING: "warning", NOTE: "notice"}
NAMES = {ERROR: "Errors", WARNING: "Warnings", NOTE: "Notes"}


def by_weight(diagnostics: Iterable[Diagnostic], changed: Set[str] = frozenset()) -> list[Diagnostic]:
    """Return the diagnostics each once: errors first, of these the changed files first, then by place."""
    return sorted(
        dict.fromkeys(diagnostics),
        key=lambda each: (SEVERITIES.index(each.severity), each.span.path not in changed, *place(each)),
    )


def annotated(ordered: Sequence[Diagnostic], prefix: str = "") -> str:
    """Return the workflow commands of the first diagnostics of each severity, one a line.

    `prefix` leads from the top of the repository to the site: empty, or with a slash at its end.
    """
    return "".join(f"{_annotation(each, prefix)}\n" for each in _first(ordered))


def left_over(ordered: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics that are no annotations."""
    shown = set(_first(ordered))
    return [each for each in ordered if each not in shown]


def _first(ordered: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the first diagnostics of each severity, as many as GitHub shows."""
    found: list[Diagnostic] = []
    for severity in SEVERITIES:
        found += [each for each in ordered if each.severity == severity][:ANNOTATIONS]
    return found


def summary(
    ordered: Sequence[Diagnostic], prefix: str = "", *, ending: str = "", room: int = SUMMARY_BYTES
) -> str:
    """Return all diagnostics as Markdown of at most `room` bytes; what does not fit is counted.

    `ending` is a closing sentence of plain text.
    """
    text = f"### {_headline(ordered)}\n\n{_plain(ending)}\n" if ending else f"### {_headline(ordered)}\n"
    tail = "\n{} more did not fit here; run the check on your computer to see all.\n"
    room -= len(text.encode()) + len(tail) + 12
    severity = ""
    for number, each in enumerate(ordered):
        part = _row(each, prefix)
        if each.severity != severity:
            severity = each.severity
            part = f"\n#### {NAMES[severity]}\n\n| where | what | how to mend it |\n|---|---|---|\n{part}"
        room -= len(part.encode())
        if room < 0:
            return text + tail.format(counted(len(ordered) - number, "fault"))
        text += part
    return text


def notice_of_end(why: str) -> str:
    """Return the workflow command for a run that ended before its time."""
    return f"::error title=trialpages::{_data(why)}\n"


def unread(text: str) -> str:
    """Return lines for the log of a workflow in which no command is hidden.

    GitHub also obeys an older kind of command, `##[...]`, anywhere in a line.
    """
    return text.replace("##[", "## [")


def repository_path(path: str, prefix: str) -> str:
    """Return a path from the top of the repository, as GitHub knows it."""
    return posixpath.normpath(f"{prefix}{path}")


def _annotation(diagnostic: Diagnostic, prefix: str) -> str:
    span = diagnostic.span
    properties = {
        "file": repository_path(span.path, prefix),
        "line": str(span.line),
        "col": str(span.column),
        "endColumn": str(span.end_column) if span.end_column else "",
        "title": diagnostic.code,
    }
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{COMMANDS[diagnostic.severity]} {given}::{_data(_message(diagnostic))}"


def _message(diagnostic: Diagnostic) -> str:
    parts = [diagnostic.what, *diagnostic.notes]
    if diagnostic.help:
        is_guess = diagnostic.help.startswith("did you mean")
        parts.append(f"D{diagnostic.help[1:]}" if is_guess else f"How to mend it: {diagnostic.help}")
    text = "\n".join(parts)
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE]} ..."


def _data(text: str) -> str:
    return encodable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _headline(ordered: Sequence[Diagnostic]) -> str:
    numbers = Counter(each.severity for each in ordered)
    return ", ".join(counted(numbers[word], word) for word in SEVERITIES if numbers[word]) or "No faults"


def _row(diagnostic: Diagnostic, prefix: str) -> str:
    span = diagnostic.span
    where = f"{_plain(repository_path(span.path, prefix))}:{span.line}"
    what = "<br>".join(_plain(text) for text in (diagnostic.what, *diagnostic.notes))
    return f"| {where} | {what} (`{diagnostic.code}`) | {_plain(diagnostic.help or '')} |\n"


def _plain(text: str) -> str:
    """Return text that Markdown shows as it stands, on one line of a table."""
    return "<br>".join(quoted(line) for line in encodable(text).splitlines())
