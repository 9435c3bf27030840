"""What an import has done, in words: for the terminal, as Markdown for a pull request, and as plain values for JSON.

What readers of the pages would care about stands first. Text of the registry is quoted so that it can neither
format the report nor call anybody by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from trialpages.importing import outcome
from trialpages.importing.outcome import Outcome, ToldChange
from trialpages.importing.tally import MOST_DETAILS, Tally
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.markdown import quoted
from trialpages.words.report import UNSEEN

VERSION = 1
"""Of the form of the JSON report."""

LONGEST_MARKDOWN = 60_000
"""Letters; a pull request takes 65,536."""

NOT_SHOWN = "\ufffd"
"""Stands for a sign that could move the cursor of a terminal."""

MOST_NEW = 100
"""New trials that are named one by one."""

MOST_DIFF_LINES, MOST_DIFF_LETTERS = 40, 4_000
"""Of one change, so that a single trial cannot fill the report; the JSON report has them all."""


def summary(tally: Tally, *, dry_run: bool = False) -> str:
    """Return the whole import in one line; one that ended before its time says so."""
    counts = tally.counts
    parts = [
        _count(counts[outcome.CHANGED], "trial changed", "trials changed"),
        _count(counts[outcome.NEW], "new trial", "new trials"),
        _count(counts[outcome.ADDED], "record added to a trial", "records added to trials"),
        _count(counts[outcome.KEPT], "record left aside", "records left aside"),
        _count(counts[outcome.FAILED], "record not brought", "records not brought"),
        confirmed(tally),
    ]
    waiting = sum(bool(found.new_faults) for found in tally.details)
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        parts.append(f"{_count(waiting, 'trial', 'trials')} {verb} for an editor's answer")
    nothing = "nothing was brought" if tally.stopped or tally.error_count else "no record was found"
    said = ", ".join(part for part in parts if part) or nothing
    if tally.stopped:
        said = f"ended early: {said}"
    return f"dry run, nothing was written: {said}" if dry_run else said


def confirmed(tally: Tally) -> str:
    """Return how many records said the same as ours."""
    renewed = tally.counts[outcome.RENEWED]
    count = tally.counts[outcome.CONFIRMED] + renewed
    text = _count(count, "record confirmed unchanged", "records confirmed unchanged")
    return f"{text} ({renewed:,} with a new date)" if renewed else text


def text(tally: Tally, *, dry_run: bool = False) -> str:
    """Return the report for the terminal; faults are shown apart from it."""
    lines: list[str] = []
    for found in _by_weight(tally):
        lines.append(f"{found.trial_id}  {found.title}".rstrip())
        for change in found.changes:
            lines += [f"  {change.words}", *(f"    {line}" for line in _diff_lines(change))]
        lines += [] if found.changes else [f"  {_without_changes(found)}"]
        lines += _to_answer(found)
        lines += [f"  may be out of date: {old.path}:{old.line}  {old.what}" for old in found.old_words]
    for found in tally.of(outcome.ADDED):
        lines += [f"{found.trial_id}  record added: {found.title}", *_to_answer(found)]
    new = tally.of(outcome.NEW)
    lines += [f"{found.trial_id}  new: {found.title}" for found in new[:MOST_NEW]]
    if tally.counts[outcome.NEW] > MOST_NEW:
        lines.append(f"and {tally.counts[outcome.NEW] - MOST_NEW:,} more new trials")
    if tally.left_out:
        lines.append(f"and {tally.left_out:,} more trials, which are counted only")
    if tally.resumed:
        lines.append(
            f"{_count(tally.resumed, 'of these was', 'of these were')} done by an earlier run of this command"
        )
    lines.append(summary(tally, dry_run=dry_run))
    return "".join(f"{UNSEEN.sub(NOT_SHOWN, line)}\n" for line in lines)


def _without_changes(found: Outcome) -> str:
    is_replaced = any(fault.code == "record-replaced" for fault in found.diagnostics)
    return "a broken record was replaced" if is_replaced else "only facts that the report does not tell apart"


def _to_answer(found: Outcome) -> list[str]:
    return [f"  to be answered: {_place(fault)}  {fault.what} ({fault.code})" for fault in found.new_faults]


def _place(fault: Diagnostic) -> str:
    return f"{fault.span.path}:{fault.span.line}"


def markdown(tally: Tally, *, dry_run: bool = False) -> str:
    """Return the report for a pull request: at most `LONGEST_MARKDOWN` letters, with the rest counted."""
    head = f"{summary(tally, dry_run=dry_run).capitalize()}.\n"
    foot = f"\n{confirmed(tally)}.\n" if confirmed(tally) else ""
    room = LONGEST_MARKDOWN - len(head) - len(foot) - 200
    parts: list[str] = []
    left = tally.left_out
    for part in _markdown_parts(tally):
        if left == tally.left_out and len(part) <= room:
            parts.append(part)
            room -= len(part)
        else:
            left += 1
    has = f"the first {MOST_DETAILS:,} of each kind" if tally.left_out else "them"
    rest = (
        f"\n{_count(left, 'more entry is', 'more entries are')} left out here; the JSON report has {has}.\n"
    )
    return "".join([head, *parts, rest if left else "", foot])


def plain_values(tally: Tally, *, dry_run: bool = False) -> dict[str, object]:
    """Return the report as values for JSON; `docs/importing.md` says what each means."""
    return {
        "version": VERSION,
        "summary": summary(tally, dry_run=dry_run),
        "dry_run": dry_run,
        "stopped": tally.stopped or None,
        "resumed": tally.resumed,
        "counts": {kind: tally.counts[kind] for kind in outcome.KINDS},
        "left_out": tally.left_out,
        "trials": [_trial_values(found) for found in tally.in_order()],
        "faults": [_fault_values(fault) for fault in tally.faults],
    }


def _markdown_parts(tally: Tally) -> Iterator[str]:
    """Yield the parts of the report, each whole in itself, those that somebody has to look at first."""
    attention = [fault for fault in tally.diagnostics() if fault.code != "record-replaced"]
    for index, fault in enumerate(attention):
        title = "\n## Look at these first\n\n" if index == 0 else ""
        cure = f"; {quoted(fault.help)}" if fault.help else ""
        yield f"{title}* {_code(fault.span.path)} {quoted(fault.what)}{cure} (`{fault.code}`)\n"
    group = ""
    for found in _by_weight(tally):
        name = "What readers would care about" if found.matters_to_readers else "Other changes"
        title, group = (f"\n## {name}\n" if name != group else ""), name
        yield f"{title}\n### {found.trial_id} {quoted(found.title)}\n\n{''.join(_entry(found))}"
    for kind, name in ((outcome.NEW, "New trials"), (outcome.ADDED, "Records for trials that had none")):
        for index, found in enumerate(tally.of(kind)):
            title = f"\n## {name}\n\n" if index == 0 else ""
            yield f"{title}* {found.trial_id} {quoted(found.title)}\n{''.join(_faults(found))}"


def _entry(found: Outcome) -> Iterator[str]:
    if not found.changes:
        yield f"* {_without_changes(found)}\n"
    for change in found.changes:
        yield f"* {quoted(change.words)}\n"
        yield from _diff(change)
    yield from _faults(found)
    if found.old_words:
        yield "\nThese words may be out of date:\n\n"
    for old in found.old_words:
        yield f"* {_code(f'{old.path}:{old.line}')} {quoted(old.what)}\n"


def _faults(found: Outcome) -> Iterator[str]:
    """Yield what an editor has to answer before the site can be built again."""
    if found.new_faults:
        yield "\nThe site is not built until an editor answers these:\n\n"
    for fault in found.new_faults:
        yield f"* {_code(_place(fault))} {quoted(fault.what)} (`{fault.code}`)\n"


def _diff(change: ToldChange) -> Iterator[str]:
    lines = _diff_lines(change)
    if lines:
        fence = "`" * max(3, 1 + _longest_run("".join(lines)))
        yield f"\n{fence}diff\n" + "".join(f"{line}\n" for line in lines) + f"{fence}\n\n"


def _diff_lines(change: ToldChange) -> list[str]:
    lengths = accumulate(len(line) for line in change.diff)
    shown = min(MOST_DIFF_LINES, sum(length <= MOST_DIFF_LETTERS for length in lengths))
    left = len(change.diff) - shown
    rest = [f"… and {_count(left, 'more line', 'more lines')}; the JSON report has them"] if left > 0 else []
    return [*change.diff[:shown], *rest]


def _code(text: str) -> str:
    """Return a path as Markdown's code, whatever signs are in it."""
    fence = "`" * (1 + _longest_run(text))
    return f"{fence}{' '.join(text.split())}{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _by_weight(tally: Tally) -> list[Outcome]:
    """Return the changed trials: lost places first, then what readers would care about, then the rest."""
    return sorted(
        tally.of(outcome.CHANGED),
        key=lambda found: (not found.diagnostics, not found.matters_to_readers, found.trial_id),
    )


def _trial_values(found: Outcome) -> dict[str, object]:
    return {
        "trial_id": found.trial_id,
        "kind": found.kind,
        "title": found.title or None,
        "updated_before": found.before,
        "updated": found.after,
        "matters_to_readers": found.matters_to_readers,
        "changes": [
            {
                "kind": change.kind,
                "words": change.words,
                "matters_to_readers": change.matters_to_readers,
                "before": change.before,
                "after": change.after,
                "diff": list(change.diff),
            }
            for change in found.changes
        ],
        "old_words": [{"path": old.path, "line": old.line, "what": old.what} for old in found.old_words],
        "new_faults": [_fault_values(fault) for fault in found.new_faults],
        "faults": [_fault_values(fault) for fault in found.diagnostics],
    }


def _fault_values(fault: Diagnostic) -> dict[str, object]:
    return {
        "code": fault.code,
        "severity": fault.severity,
        "path": fault.span.path,
        "line": fault.span.line,
        "what": fault.what,
        "help": fault.help,
    }


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}" if number else ""
