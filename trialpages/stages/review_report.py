"""What a change does to the pages, in words: for the terminal, as a table for a job's summary, as values for JSON.

English, like all that the command line says. Text of the content is quoted in Markdown so that it can neither format
the report nor call anybody by name. What stood and stands is shown with an arrow, what stayed as it was without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import quote as percent_encoded

from trialpages.importing.report import NOT_SHOWN
from trialpages.stages.review_facts import ADDED, CHANGED, REMOVED, FileReview, Review, Side, TrialReview
from trialpages.words.markdown import quoted
from trialpages.words.report import UNSEEN
from trialpages.words.report import counted as count

VERSION = 1
"""Of the form of the JSON report."""

LONGEST_MARKDOWN = 60_000
"""Letters: what a comment takes, and well below the mebibyte of a job's summary."""

ROOM_FOR_ROWS = 35_000
"""Letters of it that the table may take; the changes in words follow it."""

MOST_FILES = 50
MOST_OTHER_PAGES = 20
MOST_DIFF_LINES = 12
UNCHANGED = "(no change of facts, rules or words)"
GRADES_AS_BEFORE = "as before"
ARROW = "→"


def text(review: Review) -> str:
    """Return the report for the terminal."""
    lines = list(_text_lines(review))
    return "".join(f"{UNSEEN.sub(NOT_SHOWN, line)}\n" for line in lines)


def markdown(review: Review, preview_url: str = "") -> str:
    """Return the report for a job's summary, of at most `LONGEST_MARKDOWN` letters; what is left out is counted.

    With the address of a preview, each page's address leads there.
    """
    parts = [f"## What this changes on the pages\n\n{_summary(review, '`')}\n"]
    parts += [f"\n{quoted(note).capitalize()}.\n" for note in review.notes]
    parts += _table(review.trials, preview_url)
    parts += _file_table(review.files, preview_url)
    if review.shown_on:
        more = len(review.shown_on) - MOST_OTHER_PAGES
        links = ", ".join(_link(url, preview_url) for url in review.shown_on[:MOST_OTHER_PAGES])
        rest = f" and {more:,} more" if more > 0 else ""
        parts.append(f"\nOther trials' pages that show something of this: {links}{rest}.\n")
    found = "".join(parts)
    room = LONGEST_MARKDOWN - len(found) - 200
    left = 0
    for row in review.trials:
        part = "".join(_details(row))
        if left or len(part) > room:
            left += bool(part)
            continue
        found += part
        room -= len(part)
    if left:
        found += f"\nThe changes of {left:,} more trials are left out here; the JSON report has them.\n"
    return found


def plain_values(review: Review) -> dict[str, object]:
    """Return the report as values for JSON; `docs/workflows.md` says what each means."""
    return {
        "version": VERSION,
        "since": review.since,
        "errors": {"before": review.before.errors, "after": review.after.errors},
        "warnings": {"before": review.before.warnings, "after": review.after.warnings},
        "trials": [_trial_values(row) for row in review.trials],
        "files": [
            {
                "path": file.path,
                "kind": file.kind,
                "url": file.url or None,
                "pages": file.pages,
                "is_upper_bound": file.is_upper_bound,
            }
            for file in review.files
        ],
        "shown_on": list(review.shown_on),
        "not_compared": review.not_compared,
        "notes": list(review.notes),
    }


def _summary(review: Review, quote: str) -> str:
    kinds = [row.kind for row in review.trials]
    parts = [
        f"{count(kinds.count(kind), 'trial')} {kind}" for kind in (CHANGED, ADDED, REMOVED) if kind in kinds
    ] or ["no trial's own page changes"]
    if review.files:
        parts.append(f"{count(len(review.files), 'shared file')} touched")
    if review.not_compared:
        parts.append(f"{review.not_compared:,} more trials touched, too many to compare")
    faults = (
        f"errors {_step(review.before.errors, review.after.errors)}, "
        f"warnings {_step(review.before.warnings, review.after.warnings)}"
    )
    return f"Compared with {quote}{_name(review.since)}{quote}: {', '.join(parts)}; {faults}."


def _name(text: str) -> str:
    """Return a name as it may stand between backticks, in a cell of a table."""
    return " ".join(text.replace("`", "'").replace("|", "/").split())


def _step(before: object, after: object, arrow: str = ARROW) -> str:
    return f"{after}" if before == after else f"{before} {arrow} {after}"


def _status(side: Side | None, is_new: bool) -> str:
    """Return where a page stands, in a few words; `is_new` says that this is the state after the change."""
    if side is None:
        return "removed" if is_new else "new"
    status = side.status.replace("_", " ").lower() if side.status else "status not stated"
    if side.is_draft:
        return f"{status} (a draft)"
    return status if side.is_page else f"{status} (no page: errors)"


def _statuses(row: TrialReview) -> str:
    told = _step(_status(row.before, is_new=False), _status(row.after, is_new=True))
    return f"{told}; {row.leaves}" if row.leaves else told


def _number(row: TrialReview, name: str) -> str:
    before, after = (getattr(each, name) if each else None for each in (row.before, row.after))
    return _step_of_sides(row, before, after)


def _fault_number(row: TrialReview, name: str) -> str:
    before, after = (getattr(each.faults, name) if each else None for each in (row.before, row.after))
    return _step_of_sides(row, before, after)


def _step_of_sides(row: TrialReview, before: object, after: object) -> str:
    """Return the step, or the only side that there is."""
    if row.before is None or row.after is None:
        return str(after if row.before is None else before)
    return _step(before, after)


def _grades(row: TrialReview) -> list[str]:
    """Return the reading grades that moved: `In short: 7.1 → 6.5`; of a new trial all."""
    if row.after is None:
        return []
    before = dict(row.before.grades) if row.before else {}
    after = dict(row.after.grades)
    found = []
    for name in [*after, *(name for name in before if name not in after)]:
        was, now = (_grade(name, side) for side in (before, after))
        if row.before is None or was != now:
            label = name if name.endswith("?") else f"{name}:"
            found.append(f"{label} {now}" if row.before is None else f"{label} {was} {ARROW} {now}")
    return found


def _grade(name: str, side: dict[str, float | None]) -> str:
    if name not in side:
        return "none"
    grade = side[name]
    return "too short" if grade is None else f"{grade:.1f}"


def _grades_text(row: TrialReview) -> str:
    moved = _grades(row)
    if moved:
        return "; ".join(moved)
    grades = [grade for _name, grade in row.after.grades if grade is not None] if row.after else []
    return f"{GRADES_AS_BEFORE}, highest {max(grades):.1f}" if grades else "none"


def _table(rows: Sequence[TrialReview], preview_url: str) -> Iterator[str]:
    if not rows:
        return
    yield "\n| Page | Status | Plain rules | Registered rules | Reading grade | Errors | Warnings |\n"
    yield "|---|---|---|---|---|---|---|\n"
    room = ROOM_FOR_ROWS
    for index, row in enumerate(rows):
        line = _table_row(row, preview_url)
        room -= len(line)
        if room < 0:
            yield f"\nAnd {count(len(rows) - index, 'more trial')}; the JSON report has them.\n"
            return
        yield line


def _table_row(row: TrialReview, preview_url: str) -> str:
    address = _link(row.url, preview_url if row.after and row.after.is_page else "")
    cells = [
        f"{address} {quoted(row.title)}".rstrip(),
        quoted(_statuses(row)),
        _number(row, "plain_rules"),
        _number(row, "registered_rules"),
        quoted(_grades_text(row)),
        _fault_number(row, "errors"),
        _fault_number(row, "warnings"),
    ]
    return f"| {' | '.join(cells)} |\n"


def _link(url: str, preview_url: str) -> str:
    if not preview_url:
        return f"`{_name(url)}`"
    return f"[{quoted(url)}]({preview_url.rstrip('/')}/{percent_encoded(url)})"


def _file_table(files: Sequence[FileReview], preview_url: str) -> Iterator[str]:
    if not files:
        return
    yield "\n| Shared file | Change | Pages that it feeds |\n|---|---|---|\n"
    for file in files[:MOST_FILES]:
        page = f", its own is {_link(file.url, preview_url)}" if file.url else ""
        yield f"| `{_name(file.path)}` | {file.kind} | {_pages(file)}{page} |\n"
    if len(files) > MOST_FILES:
        yield f"\nAnd {len(files) - MOST_FILES:,} more files.\n"


def _pages(file: FileReview) -> str:
    if file.is_upper_bound:
        return f"up to {file.pages:,}"
    return f"{file.pages:,}" if file.pages else "none by itself"


def _details(row: TrialReview) -> Iterator[str]:
    """Yield the changes of one trial in words, with the lines that are gone and new."""
    if row.kind != CHANGED:
        return
    yield f"\n### {quoted(row.trial_id)} {quoted(row.title)}\n\n"
    if not row.changes:
        yield f"* {UNCHANGED}\n"
    for change in row.changes:
        status = "status: " if change.kind == "status" else ""
        yield f"* {status}{quoted(change.words.replace(' -> ', f' {ARROW} '))}\n"
        for label, line in islice(_labeled(change.diff), MOST_DIFF_LINES):
            yield f"  * {label}: {quoted(line)}\n"
        if len(change.diff) > MOST_DIFF_LINES:
            yield f"  * and {len(change.diff) - MOST_DIFF_LINES:,} more\n"


def _labeled(diff: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a diff, each with what became of it; reworded ones come first, in pairs."""
    paired = 0
    while [line[:1] for line in diff[paired : paired + 2]] == ["-", "+"]:
        paired += 2
    for index, line in enumerate(diff):
        names = ("was", "now") if index < paired else ("gone", "new")
        yield names[not line.startswith("-")], line[2:]


def _text_lines(review: Review) -> Iterator[str]:
    for row in review.trials:
        yield f"{row.url}  {row.title}".rstrip()
        yield f"  status            {_statuses(row)}"
        yield f"  plain rules       {_number(row, 'plain_rules')}"
        yield f"  registered rules  {_number(row, 'registered_rules')}"
        yield f"  reading grade     {_grades_text(row)}"
        yield f"  errors            {_fault_number(row, 'errors')}"
        yield f"  warnings          {_fault_number(row, 'warnings')}"
        for change in row.changes:
            yield f"  {change.words}"
            yield from (f"    {line}" for line in change.diff)
        if row.kind == CHANGED and not row.changes:
            yield f"  {UNCHANGED}"
    for file in review.files:
        yield f"{file.path}  {file.kind}; feeds {_fed(file)}"
    for url in review.shown_on:
        yield f"{url}  shows something of this"
    yield from review.notes
    yield _summary(review, "")


def _fed(file: FileReview) -> str:
    if not file.pages:
        return "no page by itself"
    return f"{'up to ' if file.is_upper_bound else ''}{count(file.pages, 'page')}"


def _trial_values(row: TrialReview) -> dict[str, object]:
    return {
        "trial_id": row.trial_id,
        "url": row.url,
        "title": row.title or None,
        "kind": row.kind,
        "before": _side_values(row.before),
        "after": _side_values(row.after),
        "leaves": row.leaves or None,
        "changes": [
            {
                "kind": change.kind,
                "words": change.words,
                "matters_to_readers": change.matters_to_readers,
                "diff": list(change.diff),
            }
            for change in row.changes
        ],
    }


def _side_values(side: Side | None) -> dict[str, object] | None:
    if side is None:
        return None
    return {
        "status": side.status,
        "is_draft": side.is_draft,
        "is_page": side.is_page,
        "plain_rules": side.plain_rules,
        "registered_rules": side.registered_rules,
        "grades": dict(side.grades),
        "errors": side.faults.errors,
        "warnings": side.faults.warnings,
    }
