"""What the command line says: reports as text or JSON, and what went wrong, on streams that may be broken."""

from __future__ import annotations

import contextlib
import sys
from typing import TextIO

from trialpages.arguments import Arguments
from trialpages.machine.faults import ForeignFilesError
from trialpages.stages.options import Report


def report(arguments: Arguments, found: Report, seconds: float, failure: str | None = None) -> None:
    """Write a report to standard output: diagnostics and a last line, or one JSON object.

    `failure` says why a run ended before its time; in JSON it is a field, in text it has been said on
    standard error.
    """
    if arguments.format == "json":
        write(sys.stdout, as_json(found, failure))
        return
    write(sys.stdout, _diagnostics(arguments, found))
    if failure is None and not arguments.quiet:
        write(sys.stdout, _last_line(arguments, found, seconds))
    if failure is None and arguments.verbose:
        write(sys.stdout, _stages(found))


def write(stream: TextIO | None, text: str) -> None:
    """Write text where there is somebody to read it; a closed or full stream is not worth a failure."""
    if stream is None or not text:
        return
    with contextlib.suppress(OSError, ValueError):
        stream.write(text)
        stream.flush()


def complain(text: str) -> None:
    """Write a sentence to standard error."""
    write(sys.stderr, f"trialpages: {text}\n")


def _diagnostics(arguments: Arguments, found: Report) -> str:
    if not found.diagnostics:
        return ""
    from trialpages.words.report import render

    color = arguments.color and sys.stdout is not None and sys.stdout.isatty()
    text = render(found.diagnostics, format="short" if arguments.format == "short" else "text", color=color)
    return text if text.endswith("\n") else f"{text}\n"


def _last_line(arguments: Arguments, report: Report, seconds: float) -> str:
    faults = f"{_count(report.errors, 'error')}, {_count(report.warnings, 'warning')}"
    if arguments.command == "check":
        return f"{_count(report.trials, 'trial')} checked, {faults}, {seconds:.2f} s\n"
    if not report.published:
        return f"{_count(report.trials, 'trial')}, nothing was written, {faults}, {seconds:.2f} s\n"
    pages = f"{_count(report.pages, 'page')} ({report.written} written, {report.kept} kept, {report.removed} removed)"
    return f"{_count(report.trials, 'trial')}, {pages}, {faults}, {seconds:.2f} s, {_size(report.bytes)}\n"


def as_json(found: Report, failure: str | None = None) -> str:
    """Return the report as one line of JSON; the same fields always, whatever has happened."""
    import json

    from trialpages.words.report import plain_objects

    fields = {
        "trials": found.trials,
        "pages": found.pages,
        "written": found.written,
        "kept": found.kept,
        "removed": found.removed,
        "errors": found.errors,
        "warnings": found.warnings,
        "bytes": found.bytes,
        "seconds": found.seconds,
        "published": found.published,
        "failure": failure,
        "diagnostics": plain_objects(found.diagnostics),
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _stages(report: Report) -> str:
    return "".join(f"  {name:<9} {seconds:8.3f} s\n" for name, seconds in report.seconds.items())


def foreign_files(arguments: Arguments, error: ForeignFilesError) -> Report:
    """Return the report of a build that found somebody else's files in its output folder."""
    from trialpages.words.catalogue import make
    from trialpages.words.diagnostics import Span

    names = ", ".join(error.paths)
    what = f"The output folder holds files that this program did not write: {names}"
    help_text = "choose an empty folder with --output, or move these files away; nothing was changed"
    where = Span(arguments.shown(arguments.options.output))
    return Report(diagnostics=[make("output-foreign-files", what, where, help_text)])


def failing_disk(arguments: Arguments, error: OSError) -> Report:
    """Return the report of a build that the disk did not let finish."""
    import errno

    from trialpages.words.catalogue import make
    from trialpages.words.diagnostics import Span

    path = str(error.filename) if error.filename else ""
    options = arguments.options
    # New files are staged beside the cache or the output; the author knows only these two by name.
    if not path or "staging" in path:
        path = str(options.output)
    where = Span(arguments.shown(path))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        help_text = "free some space and build again; the last good site is untouched"
        return Report(diagnostics=[make("disk-full", "The disk is full", where, help_text)])
    what = f"This cannot be written: {error.strerror or error}"
    help_text = "check that the folder exists and may be written, or choose another with --output or --cache"
    return Report(diagnostics=[make("output-not-writable", what, where, help_text)])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes >= 1e5 else f"{size_bytes / 1e3:.1f} kB"
