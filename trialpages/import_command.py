"""`import`: bring registry records, or renew them. Only registry.json and new trials' first files are written.

Exit codes: 0 fine, also when trials changed; 1 when something could not be had or written, the rest being done;
2 wrong use; 130 interrupted, and the same command goes on.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialpages.arguments import Arguments, UsageError
from trialpages.progress import ProgressLine
from trialpages.report_files import add_report_flag, report_path
from trialpages.said import complain, write

if TYPE_CHECKING:
    from trialpages.importing.bringing import Terms
    from trialpages.importing.query import Query
    from trialpages.importing.running import Importer, Order
    from trialpages.importing.tally import Tally
    from trialpages.read.config import Config
    from trialpages.words.diagnostics import Diagnostic

FINE, TROUBLE, INTERRUPTED = 0, 1, 130
LOCK_NAME = "import.lock"
PIPE = "-"
LONG_WAIT_SECONDS = 3
EXAMPLES = """examples:
  trialpages import NCT01234567 NCT01234568
  trialpages import NCT01234567.json ctg-studies.json.zip
  trialpages import --search "acute lymphoblastic leukemia" --status recruiting --near 29.76,-95.37,100mi
  trialpages import --refresh --report changes.md
"""


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Add what only this command takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXAMPLES
    parser.add_argument(
        "what",
        nargs="*",
        metavar="NCT|FILE",
        help="numbers to fetch, or downloaded files to read (JSON, zip, - for a pipe); numbers beside files choose from them",
    )
    which = parser.add_argument_group("which trials")
    which.add_argument("--search", metavar="WORDS", help="all that the registry finds for these words")
    which.add_argument(
        "--status",
        action="append",
        metavar="STATUS",
        help="of a search: recruiting, completed, ...; may be repeated",
    )
    which.add_argument("--near", metavar="LAT,LON,DISTANCE", help="of a search: 29.76,-95.37,100mi")
    which.add_argument(
        "--limit", type=_count, metavar="N", help="of a search or of files: bring at most this many"
    )
    which.add_argument(
        "--refresh",
        action="store_true",
        help="renew the trials that have a record: all, or those that are named",
    )
    how = parser.add_argument_group("how records are brought")
    how.add_argument("--dry-run", action="store_true", help="say what would change; write nothing")
    how.add_argument("--allow-older", action="store_true", help="let an older record replace a newer one")
    how.add_argument("--start-over", action="store_true", help="forget where an interrupted import ended")
    add_report_flag(how)
    how.add_argument(
        "--api", metavar="URL", help="the registry's interface (default: site.yaml, or the registry's own)"
    )
    how.add_argument(
        "--requests-per-minute", type=_count, metavar="N", help="at most (default: site.yaml, or 40)"
    )


def run(arguments: Arguments) -> int:
    """Bring what is asked for, tell what became of it, and return the exit code."""
    own = arguments.own
    if arguments.format == "sarif":
        raise UsageError("import reports as text, short or json")
    reports = [report_path(given) for given in own.report or ()]
    config = _config(arguments)
    if config is None:
        return TROUBLE
    from trialpages.importing.folders import Folders

    folders = Folders(arguments.options.directory, arguments.options.content)
    order, terms = _asked(own, folders, _address(own, config))
    is_empty = not (order.numbers or order.files or order.query)
    if is_empty and not reports and arguments.format != "json":
        write(sys.stdout, "no trial has a registry.json yet; bring the first with: import NCT01234567\n")
        return FINE
    with _only_import(arguments) as is_free:
        if not is_free:
            return TROUBLE
        return _import(arguments, config, order, terms, reports)


def _import(arguments: Arguments, config: Config, order: Order, terms: Terms, reports: list[Path]) -> int:
    from trialpages.importing.folders import Folders
    from trialpages.importing.outcome import NEW
    from trialpages.importing.resume import SUFFIX, Journal
    from trialpages.importing.running import Importer
    from trialpages.schema_files import put_schemas

    options = arguments.options
    path = None if terms.dry_run else options.cache / f"{order.digest(terms)[:16]}{SUFFIX}"
    journal = Journal(path, start_over=arguments.own.start_over)
    interrupted = False
    with ProgressLine(sys.stderr, quiet=arguments.quiet) as line:
        folders = Folders(options.directory, options.content)
        importer = Importer(order, folders, terms, journal, _Left(line), severities=config.severities)
        try:
            _ask(arguments, config, order, importer)
        except KeyboardInterrupt:
            interrupted = True
    tally = importer.tally
    if tally.counts[NEW] and not terms.dry_run:
        with contextlib.suppress(OSError):
            put_schemas(options.directory)
    code = _tell(arguments, tally, reports)
    if interrupted:
        said = f"{tally.written:,} written records are whole; the same command goes on from here"
        complain(f"interrupted; {'nothing was written' if terms.dry_run else said}")
        return INTERRUPTED
    refused = any(fault.code == "bad-query" for fault in tally.faults)
    if tally.stopped and not terms.dry_run and not refused:
        complain("the import ended early; the same command goes on from here")
    return code


def _ask(arguments: Arguments, config: Config, order: Order, importer: Importer) -> None:
    if order.files:
        importer.run(None, sys.stdin.buffer)
        return
    from trialpages.importing.client import Client
    from trialpages.importing.settings import ClientSettings

    rate = arguments.own.requests_per_minute or config.requests_per_minute
    settings = ClientSettings(address=order.address, requests_per_minute=rate)

    def waiting(seconds: float, why: str) -> None:
        if seconds >= LONG_WAIT_SECONDS and not arguments.quiet:
            complain(f"{why}; trying again in {seconds:.0f} s")

    with Client(settings, on_wait=waiting) as client:
        importer.run(client)


def _asked(own: argparse.Namespace, folders: Any, address: str) -> tuple[Order, Terms]:
    """Return what the command line orders; raises `UsageError` where it contradicts itself."""
    from trialpages.importing.bringing import Terms
    from trialpages.importing.running import Order

    numbers, files = _words(own.what)
    query = _query(own)
    if own.limit is not None and query is None and not files:
        raise UsageError("--limit is for a search or for files: leave it out, or name fewer trials")
    if query is not None and (own.what or own.refresh):
        raise UsageError("--search stands alone: leave out numbers, files and --refresh")
    if not (query or own.what or own.refresh):
        raise UsageError(f"say what to bring\n{EXAMPLES.rstrip()}")
    if own.refresh and not files:
        held = folders.with_records()
        strange = [number for number in numbers if number not in held]
        if strange:
            raise UsageError(f"{strange[0]} has no registry.json here; bring it with: import {strange[0]}")
        numbers = numbers or held
    terms = Terms(
        dry_run=own.dry_run,
        allow_older=own.allow_older,
        only_held=own.refresh,
        only=frozenset(numbers) if numbers and files else None,
    )
    order = Order(
        numbers=tuple(numbers),
        files=tuple(files),
        query=query,
        limit=own.limit,
        address="" if files else address,
    )
    return order, terms


def _words(words: list[str]) -> tuple[list[str], list[Path]]:
    """Return numbers and files; a number is written in any case."""
    from trialpages.model.registry.fields import NCT_ID

    numbers: list[str] = []
    files: list[Path] = []
    for word in words:
        if NCT_ID.fullmatch(word.upper()):
            numbers.append(word.upper())
        elif word == PIPE or Path(word).is_file():
            files.append(Path(word))
        elif word.upper().startswith("NCT") and "." not in word and "/" not in word:
            raise UsageError(
                f"'{word}' is no number of the registry: NCT and eight digits, such as NCT01234567"
            )
        elif Path(word).is_dir():
            raise UsageError(f"'{word}' is a folder; name the files in it, such as {Path(word) / '*.json'}")
        else:
            raise UsageError(f"there is no file '{word}', and it is no number such as NCT01234567")
    return list(dict.fromkeys(numbers)), list(dict.fromkeys(files))


def _query(own: argparse.Namespace) -> Query | None:
    from trialpages.importing.query import Query, QueryError

    statuses = tuple(part.strip() for given in own.status or () for part in given.split(",") if part.strip())
    if own.search is None:
        if statuses or own.near:
            raise UsageError('--status and --near narrow a search: add --search "words"')
        return None
    try:
        return Query.of(words=own.search, statuses=statuses, near=own.near, limit=own.limit)
    except QueryError as error:
        raise UsageError(str(error)) from error


def _address(own: argparse.Namespace, config: Config) -> str:
    address: str = own.api or config.registry_address
    if not address.startswith(("https://", "http://")):
        raise UsageError(f"--api needs an address such as {config.registry_address}")
    return address.rstrip("/")


def _config(arguments: Arguments) -> Config | None:
    """Return the site's settings; None, and a report, where there are none or they have a fault.

    What is wrong there may be the very line that names the registry, so nobody is asked then.
    """
    from trialpages.read import sources
    from trialpages.read.config import read_config
    from trialpages.words.diagnostics import ERROR, Sink

    options = arguments.options
    files = (
        sources.source_file(options.directory, folder / "site.yaml")
        for folder in (options.content, options.directory)
    )
    found = next((file for file in files if file is not None), None)
    sink: Sink = []
    data = sources.read(options.directory, found.path) if found else None
    config = read_config(data, found.path if found else "site.yaml", sink)
    errors = [each for each in sink if each.severity == ERROR or each.code == "config-missing"]
    if errors:
        _tell_not_begun(arguments, *errors)
        return None
    return config


@contextlib.contextmanager
def _only_import(arguments: Arguments) -> Iterator[bool]:
    """Hold the lock of imports, and tell whether it was free; a dry run needs none."""
    from trialpages.machine.faults import LockedError
    from trialpages.machine.lock import lock

    if arguments.own.dry_run:
        yield True
        return
    cache = arguments.options.cache
    with contextlib.ExitStack() as stack:
        try:
            cache.mkdir(parents=True, exist_ok=True)
            stack.enter_context(lock(cache / LOCK_NAME))
        except LockedError as error:
            _tell_locked(arguments, error.owner)
            yield False
            return
        except OSError as error:
            _tell_no_lock(arguments, error)
            yield False
            return
        yield True


def _tell_locked(arguments: Arguments, owner: str) -> None:
    from trialpages.words.catalogue import make
    from trialpages.words.diagnostics import Span

    what = f"Another import of this site is running (process {owner})"
    help_text = "wait until it has ended; nothing was changed"
    _tell_not_begun(
        arguments, make("import-running", what, Span(arguments.shown(arguments.options.content)), help_text)
    )


def _tell_no_lock(arguments: Arguments, error: OSError) -> None:
    from trialpages.importing.running import disk_fault

    where = arguments.shown(arguments.options.cache)
    _tell_not_begun(arguments, disk_fault(error, where, "no record was asked for"))


def _tell_not_begun(arguments: Arguments, *faults: Diagnostic) -> None:
    from trialpages.importing.tally import Tally

    tally = Tally()
    tally.stopped = faults[0].what
    tally.blame(faults)
    _tell(arguments, tally, [])


def _tell(arguments: Arguments, tally: Tally, reports: list[Path]) -> int:
    """Write the report in every form that is asked for, and return the exit code."""
    from trialpages.importing import report
    from trialpages.importing.writing import put
    from trialpages.words.report import render

    dry_run = arguments.own.dry_run
    values = report.plain_values(tally, dry_run=dry_run)
    as_json = json.dumps(values, ensure_ascii=False, indent=2) + "\n"
    if arguments.format == "json":
        write(sys.stdout, as_json)
    else:
        color = arguments.color and sys.stdout is not None and sys.stdout.isatty()
        form = "short" if arguments.format == "short" else "text"
        faults = render(tally.diagnostics(), format=form, color=color)
        between = "\n" if faults and form == "text" and not arguments.quiet else ""
        write(sys.stdout, faults + between)
        if not arguments.quiet:
            write(sys.stdout, report.text(tally, dry_run=dry_run))
    code = TROUBLE if tally.error_count else FINE
    for path in reports:
        text = as_json if path.suffix == ".json" else report.markdown(tally, dry_run=dry_run)
        try:
            put(path, text.encode("utf-8", "replace"))
        except OSError as error:
            complain(f"the report {arguments.shown(path)} cannot be written: {error.strerror or error}")
            code = TROUBLE
    return code


def _count(given: str) -> int:
    """Return a number from 1, as a flag takes it."""
    if not re.fullmatch("[0-9]{1,9}", given) or int(given) < 1:
        raise argparse.ArgumentTypeError(f"it needs a whole number from 1, not '{given}'")
    return int(given)


class _Left:
    """Shows how far an import is, and how long it will take."""

    def __init__(self, line: ProgressLine) -> None:
        self._line = line
        self._began = time.monotonic()
        self._first: int | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self._first is None:
            self._first = done
        if total <= 0:
            self._line.show(f"importing {stage}", done, 0)
            return
        made, seconds = done - self._first, time.monotonic() - self._began
        left = f" ({_duration(seconds / made * (total - done))} left)" if made > 0 and seconds > 1 else ""
        self._line.show(f"importing {stage}{left}", done, total)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"about {minutes} min" if minutes < 90 else f"about {round(minutes / 60)} h"
