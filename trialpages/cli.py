"""The command line: commands, flags, what is printed, and exit codes.

Exit codes: 0 fine, 1 faults in the content, 2 wrong use, 3 a fault of ours, 130 interrupted.
Diagnostics and the report go to standard output, progress to standard error.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Sequence
from typing import TextIO

from trialpages.arguments import Arguments, UsageError, parse
from trialpages.machine.faults import ForeignFilesError, LockedError, UnitError
from trialpages.progress import ProgressLine
from trialpages.stages.options import Report

FINE, CONTENT, USAGE, OURS, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        arguments = parse(list(sys.argv[1:] if argv is None else argv))
    except UsageError as error:
        print(f"trialpages: {error}", file=sys.stderr)  # noqa: T201 - the command line talks here
        return USAGE
    except SystemExit as end:
        return int(end.code or 0)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        _complain("interrupted; the last good site is untouched")
        return INTERRUPTED
    except BrokenPipeError:
        return FINE
    except LockedError as error:
        _complain(f"another build of this site is running (process {error.owner}); wait for it or stop it")
        return CONTENT
    except ForeignFilesError as error:
        _print_diagnostics(arguments, _foreign(arguments, error), sys.stdout)
        return CONTENT
    except UsageError as error:
        _complain(str(error))
        return USAGE
    except OSError as error:
        _print_diagnostics(arguments, _disk(arguments, error), sys.stdout)
        return CONTENT
    except UnitError as error:
        _fault_of_ours(str(error))
        return OURS
    except Exception:
        _fault_of_ours(traceback.format_exc())
        return OURS


def _run(arguments: Arguments) -> int:
    if arguments.command in ("build", "check"):
        return _build(arguments)
    if arguments.command == "serve":
        from trialpages.serve import serve

        return serve(arguments)
    if arguments.command == "clean":
        from trialpages.machine.output import clean

        removed = clean(arguments.options.output)
        _forget(arguments)
        _say(arguments, f"removed {removed} files from {arguments.shown(arguments.options.output)}")
        return FINE
    if arguments.command == "info":
        from trialpages.info import info

        sys.stdout.write(info(arguments))
        return FINE
    from trialpages.explain import explain

    text = explain(arguments)
    if text is None:
        _complain(
            f"nothing is known of '{arguments.subject}': give a page's address, a file, or an error code"
        )
        return CONTENT
    sys.stdout.write(text)
    return FINE


def _build(arguments: Arguments) -> int:
    from trialpages.stages.build import build, check

    started = time.perf_counter()
    with ProgressLine(sys.stderr, quiet=arguments.quiet) as progress:
        report = (build if arguments.command == "build" else check)(arguments.options, progress.show)
    seconds = time.perf_counter() - started
    report.seconds["total"] = round(seconds, 4)
    failed = report.errors > 0 or (arguments.options.strict and report.warnings > 0)
    if arguments.format == "json":
        sys.stdout.write(_as_json(report))
    else:
        _print_diagnostics(arguments, report, sys.stdout)
        if not arguments.quiet:
            sys.stdout.write(_last_line(arguments, report, seconds))
        if arguments.verbose:
            sys.stdout.write(_stages(report))
    return CONTENT if failed else FINE


def _print_diagnostics(arguments: Arguments, report: Report, stream: TextIO) -> None:
    if not report.diagnostics:
        return
    from trialpages.words.report import render

    kind = "text" if arguments.format == "text" else arguments.format
    text = render(report.diagnostics, format=kind, color=arguments.color and stream.isatty())
    stream.write(text if text.endswith("\n") else f"{text}\n")


def _last_line(arguments: Arguments, report: Report, seconds: float) -> str:
    faults = f"{_count(report.errors, 'error')}, {_count(report.warnings, 'warning')}"
    if arguments.command == "check":
        return f"{_count(report.trials, 'trial')} checked, {faults}, {seconds:.2f} s\n"
    if not report.published:
        return f"{_count(report.trials, 'trial')}, nothing was written, {faults}, {seconds:.2f} s\n"
    pages = f"{_count(report.pages, 'page')} ({report.written} written, {report.kept} kept, {report.removed} removed)"
    return f"{_count(report.trials, 'trial')}, {pages}, {faults}, {seconds:.2f} s, {_size(report.bytes)}\n"


def _as_json(report: Report) -> str:
    import json

    from trialpages.words.report import render

    found = {
        "trials": report.trials,
        "pages": report.pages,
        "written": report.written,
        "kept": report.kept,
        "removed": report.removed,
        "errors": report.errors,
        "warnings": report.warnings,
        "bytes": report.bytes,
        "seconds": report.seconds,
        "published": report.published,
        "diagnostics": json.loads(render(report.diagnostics, format="json")),
    }
    return json.dumps(found, ensure_ascii=False) + "\n"


def _stages(report: Report) -> str:
    return "".join(f"  {name:<9} {seconds:8.3f} s\n" for name, seconds in report.seconds.items())


def _foreign(arguments: Arguments, error: ForeignFilesError) -> Report:
    from trialpages.words.catalogue import make
    from trialpages.words.diagnostics import Span

    names = ", ".join(error.paths)
    what = f"The output folder holds files that this program did not write: {names}"
    help_text = "choose an empty folder with --output, or move these files away; nothing was changed"
    where = Span(arguments.shown(arguments.options.output))
    return Report(diagnostics=[make("output-foreign-files", what, where, help_text)])


def _disk(arguments: Arguments, error: OSError) -> Report:
    import errno

    from trialpages.words.catalogue import make
    from trialpages.words.diagnostics import Span

    where = Span(
        arguments.shown(error.filename) if error.filename else arguments.shown(arguments.options.output)
    )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Report(diagnostics=[make("disk-full", "The disk is full", where)])
    return Report(
        diagnostics=[make("output-not-writable", f"This cannot be written: {error.strerror or error}", where)]
    )


def _forget(arguments: Arguments) -> None:
    import shutil

    shutil.rmtree(arguments.options.cache, ignore_errors=True)


def _fault_of_ours(detail: str) -> None:
    _complain(
        f"{detail.rstrip()}\n\n"
        "This is a fault in the generator, not in your content. The last good site is untouched.\n"
        "Please report it with the lines above and the output of the command 'info'."
    )


def _say(arguments: Arguments, text: str) -> None:
    if not arguments.quiet:
        sys.stdout.write(f"{text}\n")


def _complain(text: str) -> None:
    sys.stderr.write(f"trialpages: {text}\n")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes >= 1e5 else f"{size_bytes / 1e3:.1f} kB"
