"""The command line: commands, and how each way to end becomes an exit code.

Exit codes: 0 fine, 1 faults in the content or on the disk, 2 wrong use, 3 a fault of ours, 130
interrupted. Diagnostics and the report go to standard output, progress and complaints to standard
error. With `--format json` or `sarif` standard output ends with one report, whatever has happened.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Sequence

from trialpages.arguments import Arguments, UsageError, asked_format, parse
from trialpages.machine.faults import ForeignFilesError, LockedError, UnitError
from trialpages.progress import ProgressLine
from trialpages.said import complain, ended, failing_disk, foreign_files, report, write

FINE, CONTENT, USAGE, OURS, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = parse(words)
    except UsageError as error:
        ended(asked_format(words), str(error))
        return USAGE
    except SystemExit as end:
        return int(end.code or 0)
    return _guarded(arguments)


def _guarded(arguments: Arguments) -> int:
    """Run the command and turn every way in which it can fail into words and an exit code."""
    try:
        return COMMANDS[arguments.command](arguments)
    except KeyboardInterrupt:
        return _ended(arguments, INTERRUPTED, "interrupted; the last good site is untouched")
    except BrokenPipeError:
        return FINE
    except LockedError as error:
        why = f"another build of this site is running (process {error.owner}); wait for it or stop it"
        return _ended(arguments, CONTENT, why)
    except UsageError as error:
        return _ended(arguments, USAGE, str(error))
    except ForeignFilesError as error:
        report(arguments, foreign_files(arguments, error), 0.0, "the output folder holds other files")
        return CONTENT
    except OSError as error:
        report(arguments, failing_disk(arguments, error), 0.0, error.strerror or str(error))
        return CONTENT
    except UnitError as error:
        return _ended(arguments, OURS, _fault_of_ours(str(error)))
    except Exception:
        return _ended(arguments, OURS, _fault_of_ours(traceback.format_exc()))


def _ended(arguments: Arguments, exit_code: int, why: str) -> int:
    ended(arguments.format, why)
    return exit_code


def _fault_of_ours(detail: str) -> str:
    return (
        f"{detail.rstrip()}\n\n"
        "This is a fault in the generator, not in your content. The last good site is untouched.\n"
        "Please report it with the lines above and the output of the command 'info'."
    )


def _build(arguments: Arguments) -> int:
    from trialpages.stages.build import build, check

    if arguments.changed_since is not None:
        from trialpages.changed_since import narrowed

        arguments = narrowed(arguments, arguments.changed_since)
    if getattr(arguments.own, "verify", False):
        return _build_and_verify(arguments)
    started = time.perf_counter()
    with ProgressLine(sys.stderr, quiet=arguments.quiet) as progress:
        done = (build if arguments.command == "build" else check)(arguments.options, progress.show)
    seconds = time.perf_counter() - started
    done.seconds["total"] = round(seconds, 4)
    report(arguments, done, seconds)
    failed = done.errors > 0 or (arguments.options.strict and done.warnings > 0)
    return CONTENT if failed else FINE


def _build_and_verify(arguments: Arguments) -> int:
    from trialpages.verifying import build_and_verify

    return build_and_verify(arguments)


def _serve(arguments: Arguments) -> int:
    from trialpages.serve import serve

    return serve(arguments)


def _clean(arguments: Arguments) -> int:
    from trialpages.stages.build import clean

    removed = clean(arguments.options)
    if not arguments.quiet:
        write(sys.stdout, f"removed {removed:,} files from {arguments.shown(arguments.options.output)}\n")
    return FINE


def _info(arguments: Arguments) -> int:
    from trialpages.info import info

    write(sys.stdout, info(arguments))
    return FINE


def _explain(arguments: Arguments) -> int:
    from trialpages.explain import explain

    text = explain(arguments)
    if text is None:
        complain(
            f"nothing is known of '{arguments.subject}': give a page's address, a file, or an error code"
        )
        return CONTENT
    write(sys.stdout, text)
    return FINE


def _new(arguments: Arguments) -> int:
    from trialpages.new_command import run

    return run(arguments)


def _import(arguments: Arguments) -> int:
    from trialpages.import_command import run

    return run(arguments)


def _review(arguments: Arguments) -> int:
    from trialpages.review_command import run

    return run(arguments)


def _deploy(arguments: Arguments) -> int:
    from trialpages.deploy_command import run

    return run(arguments)


COMMANDS: dict[str, Callable[[Arguments], int]] = {
    "build": _build,
    "check": _build,
    "serve": _serve,
    "clean": _clean,
    "info": _info,
    "explain": _explain,
    "new": _new,
    "import": _import,
    "review": _review,
    "deploy": _deploy,
}
