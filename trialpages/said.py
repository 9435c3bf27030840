"""What the command line says: reports in the form that is asked for, on streams that may be broken.

In a GitHub workflow the report is annotations, and a summary that is added to the step's own.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TextIO

from trialpages.arguments import Arguments
from trialpages.machine.faults import ForeignFilesError
from trialpages.stages.options import Report

FOR_TOOLS = ("json", "sarif")
"""Forms in which standard output ends with one object, whatever has happened."""

STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable in which a workflow names the file that a step adds its summary to."""


def report(arguments: Arguments, found: Report, seconds: float, failure: str | None = None) -> None:
    """Write a report to standard output: diagnostics and a last line, or one object for tools.

    `failure` says why a run ended before its time; tools find it in their object, and people have been told on
    standard error.
    """
    if arguments.format in FOR_TOOLS:
        write(sys.stdout, for_tools(arguments.format, found, failure, _prefix(arguments)))
        return
    if arguments.format == "github":
        _annotate(arguments, found, "" if failure else _last_line(arguments, found, seconds))
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


def for_tools(form: str, found: Report, failure: str | None = None, prefix: str = "") -> str:
    """Return the report as one object, JSON or SARIF; `prefix` leads from the repository's top to the site."""
    if form == "json":
        return as_json(found, failure)
    from trialpages import __version__
    from trialpages.words.report_sarif import sarif

    return sarif(found.diagnostics, version=__version__, prefix=prefix, failure=failure)


def ended(form: str, why: str) -> None:
    """Say in the form that is asked for that nothing could be done, and why."""
    complain(why)
    if form in FOR_TOOLS:
        write(sys.stdout, for_tools(form, Report(), why))
    elif form == "github":
        from trialpages.words.report_github import notice_of_end

        write(sys.stdout, notice_of_end(why))


def _annotate(arguments: Arguments, found: Report, last_line: str) -> None:
    """Write annotations, and all faults to the step's summary; without a summary they follow in short."""
    from trialpages.words.report import render
    from trialpages.words.report_github import SUMMARY_BYTES, annotated, by_weight, left_over, summary, unread

    ordered = by_weight(found.diagnostics, arguments.options.changed or frozenset())
    prefix = _prefix(arguments)
    write(sys.stdout, annotated(ordered, prefix))
    place = os.environ.get(STEP_SUMMARY)
    if place:
        taken = Path(place).stat().st_size if Path(place).exists() else 0
        text = summary(ordered, prefix, ending=last_line.strip(), room=SUMMARY_BYTES - taken)
        with contextlib.suppress(OSError), Path(place).open("a", encoding="utf-8") as file:
            file.write(text)
    else:
        write(sys.stdout, unread(render(left_over(ordered), format="short")))
    if not arguments.quiet:
        write(sys.stdout, last_line)


def _prefix(arguments: Arguments) -> str:
    """Return the way from the top of the repository to the site; empty where there is no repository."""
    from trialpages.machine.git import repository

    found = repository(arguments.options.directory)
    return found.prefix if found else ""


def _diagnostics(arguments: Arguments, found: Report) -> str:
    if not found.diagnostics:
        return ""
    from trialpages.words.report import render

    color = arguments.color and sys.stdout is not None and sys.stdout.isatty()
    text = render(found.diagnostics, format="short" if arguments.format == "short" else "text", color=color)
    return text if text.endswith("\n") else f"{text}\n"


def _last_line(arguments: Arguments, report: Report, seconds: float) -> str:
    faults = f"{_count(report.errors, 'error')}, {_count(report.warnings, 'warning')}"
    if report.notes:
        faults = f"{faults}, {_count(report.notes, 'note')}"
    if arguments.command == "check":
        checked = f"{_count(report.trials, 'trial')} and {_count(report.pages, 'page')} checked"
        if not report.pages:
            checked = f"{_count(report.trials, 'trial')} checked, but no pages{_why_no_pages(arguments)}"
        line = f"{checked}, {faults}, {seconds:.2f} s\n"
        elsewhere = (
            f"{_count(report.elsewhere, 'fault')} elsewhere, not of this change, "
            f"{'is' if report.elsewhere == 1 else 'are'} not shown\n"
        )
        return line + (elsewhere if report.elsewhere else "")
    if not report.published:
        return f"{_count(report.trials, 'trial')}, nothing was written, {faults}, {seconds:.2f} s\n"
    pages = f"{_count(report.pages, 'page')} ({report.written} written, {report.kept} kept, {report.removed} removed)"
    return f"{_count(report.trials, 'trial')}, {pages}, {faults}, {seconds:.2f} s, {_size(report.bytes)}\n"


def _why_no_pages(arguments: Arguments) -> str:
    if arguments.options.sources_only:
        return " (--sources-only)"
    return " (mend the errors outside of the trials' folders first)"


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
        "notes": found.notes,
        "elsewhere": found.elsewhere,
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
