"""One build: nothing when nothing has changed, the pipeline otherwise.

A build with nothing to do compares stamps and ends before any library is imported. It is sound
because a stamp is trusted only for files that had been at rest when they were read, because the commit
that is checked out is compared too, and because every file of the output is looked at as well.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trialpages.machine.git_state import state as git_state
from trialpages.machine.lock import lock
from trialpages.machine.memo import Memo, open_memo
from trialpages.machine.output import clean as clean_output
from trialpages.machine.output import clear_staging, damaged_files
from trialpages.read import sources
from trialpages.stages.inputs import stamped_inputs
from trialpages.stages.options import CHECKED, Options, Progress, Report, silent
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.digest import digest

MEMO_NAME = "memo.sqlite"
LOCK_NAME = "build.lock"
LAST_BUILD = "last build"
"""The value of the memo that says how the last build ended, for whoever deploys."""


def build(options: Options, progress: Progress = silent) -> Report:
    """Build the site and say what was done.

    Raises `LockedError` when another build runs, `ForeignFilesError` when the output is not ours,
    `OSError` when the disk fails, and `UnitError` for faults of our own.
    """
    options.cache.mkdir(parents=True, exist_ok=True)
    with lock(options.cache / LOCK_NAME):
        memo = open_memo(options.cache / MEMO_NAME)
        try:
            return _build(options, memo, progress)
        finally:
            memo.close()


def check(options: Options, progress: Progress = silent) -> Report:
    """Read, make and check everything; publish nothing, and write nothing outside of the cache folder."""
    from trialpages.stages import pipeline

    options.cache.mkdir(parents=True, exist_ok=True)
    with lock(options.cache / LOCK_NAME):
        memo = open_memo(options.cache / MEMO_NAME)
        try:
            return pipeline.run(options, memo, progress, writes=False).report
        finally:
            memo.close()


def clean(options: Options) -> int:
    """Remove the files of ours in the output, and what we keep in the cache folder; return the number of files.

    The lock stays: to remove it would let two builds run at once.
    """
    if not options.cache.is_dir():
        return clean_output(options.output)
    with lock(options.cache / LOCK_NAME):
        removed = clean_output(options.output)
        for name in (MEMO_NAME, f"{MEMO_NAME}-wal", f"{MEMO_NAME}-shm", f"{MEMO_NAME}-journal"):
            (options.cache / name).unlink(missing_ok=True)
        clear_staging(options.cache / "staging")
        clear_staging(options.cache / CHECKED)
        for compiled in options.cache.glob("templates/__jinja2_*.cache"):
            compiled.unlink()
        for preview in options.cache.glob("preview*"):
            # One that is running makes its site again.
            clear_staging(preview)
    return removed


def _build(options: Options, memo: Memo, progress: Progress) -> Report:
    now_ns = sources.clock_ns()
    remembered = _remembered(options, memo)
    if remembered is not None:
        return remembered
    from trialpages.stages import pipeline

    extra = json.loads(memo.value("extra inputs", "") or "[]")
    version = git_state(options.content)
    key = inputs_key(options, tuple(extra), now_ns)
    memo.forget_value("run")
    memo.remember_value(LAST_BUILD, "", json.dumps({"is_unfinished": True}))
    result = pipeline.run(options, memo, progress, writes=True)
    ended = {"errors": result.report.errors, "published": result.report.published}
    memo.remember_value(LAST_BUILD, "", json.dumps(ended))
    if result.extra_inputs != tuple(extra):
        key = inputs_key(options, result.extra_inputs, now_ns)
        memo.remember_value("extra inputs", "", json.dumps(result.extra_inputs))
    if git_state(options.content) != version:
        # Something was committed meanwhile: nobody knows which history the pages tell.
        key = None
    if any(each.code == "history-unknown" for each in result.report.diagnostics):
        # Once git may read the repository, no file of ours is another, and still there is something to do.
        key = None
    if key is not None and result.report.published and not result.report.errors:
        memo.remember_value("run", key, _as_json(result.report))
    return result.report


def _remembered(options: Options, memo: Memo) -> Report | None:
    extra = json.loads(memo.value("extra inputs", "") or "[]")
    key = inputs_key(options, tuple(extra), None)
    text = memo.value("run", key or "")
    if text is None or not _output_is_whole(options.output, memo):
        return None
    found = json.loads(text)
    report = Report(**{name: found[name] for name in ("trials", "pages", "bytes")})
    report.kept = report.pages
    report.published = report.nothing_changed = True
    report.diagnostics = [_diagnostic(each) for each in found["diagnostics"]]
    return report


def inputs_key(options: Options, extra: tuple[str, ...], now_ns: int | None) -> str | None:
    """Return the digest of the stamps of all inputs; None when some file is too young to be trusted."""
    parts = [str(options.base_url), options.today.isoformat(), str(options.drafts), str(options.output)]
    parts += [str(options.target), str(options.preview), str(options.precompress), str(options.previous)]
    version = git_state(options.content)
    parts += (version.head, *sorted(version.cuts))
    previous = sources.source_file(options.directory, options.previous) if options.previous else None
    for file in (*stamped_inputs(options, extra), *((previous,) if previous else ())):
        if now_ns is not None and sources.is_young(file, now_ns):
            return None
        parts.append(f"{file.path}\0{file.mtime_ns}\0{file.size}\0{file.inode}")
    return digest(*parts)


def _output_is_whole(output: Path, memo: Memo) -> bool:
    files = memo.files()
    return bool(files) and next(damaged_files(output, files.values()), None) is None


def _as_json(report: Report) -> str:
    diagnostics = [
        {
            "code": each.code,
            "what": each.what,
            "span": [each.span.path, each.span.line, each.span.column, each.span.end_column],
            "help": each.help,
            "source_line": each.source_line,
            "notes": list(each.notes),
            "severity": each.severity,
        }
        for each in report.diagnostics
    ]
    counts = {"trials": report.trials, "pages": report.pages, "bytes": report.bytes}
    return json.dumps({**counts, "diagnostics": diagnostics})


def _diagnostic(found: dict[str, Any]) -> Diagnostic:
    span = Span(*found["span"])
    rest = {name: value for name, value in found.items() if name not in ("span", "notes")}
    return Diagnostic(span=span, notes=tuple(found["notes"]), **rest)
