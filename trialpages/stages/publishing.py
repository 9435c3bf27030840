"""The publish stage: move new files into place, remove ours that are gone, then remember."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trialpages.machine.memo import SECOND_FORMS, SITE_FILES, FileRow, Memo, PageRow
from trialpages.machine.output import Written, owned_paths, publish
from trialpages.pages.feeds import KIND as FEED
from trialpages.stages.options import Options, Report
from trialpages.stages.rendering import PageJob, Rendered


@dataclass(frozen=True, slots=True)
class Made:
    """What one run has made: all planned pages, those that were rendered, and files of no page."""

    planned: Sequence[PageJob]
    rendered: Sequence[Rendered]
    site_files: Sequence[Written]
    protected: frozenset[str]
    """URLs of pages that could not be made this time: their last good files stay."""
    remembered: Mapping[str, FileRow]
    """The files of the build before."""
    second_forms: Sequence[Written] = ()
    """Compressed files beside those that they were made from."""


def standing_files(made: Made) -> tuple[dict[str, FileRow], dict[str, tuple[Written, str]]]:
    """Return the files that stay as they are, and those that this run has made with the pages that own them."""
    planned = {job.url for job in made.planned} - made.protected
    fresh = {result.job.url for result in made.rendered}
    kept = {
        path: row
        for path, row in made.remembered.items()
        if (row.url in planned and row.url not in fresh) or row.url in made.protected
    }
    written = {file.path: (file, result.job.url) for result in made.rendered for file in result.files}
    written |= {file.path: (file, SITE_FILES) for file in made.site_files}
    written |= {file.path: (file, SECOND_FORMS) for file in made.second_forms}
    return kept, written


def planned_pages(made: Made) -> frozenset[str]:
    """Return the URLs of the pages that a reader can open; feeds are none."""
    return frozenset(job.url for job in made.planned if job.kind != FEED) - made.protected


def publish_all(options: Options, memo: Memo, staging: Path, made: Made, report: Report) -> None:
    """Publish a run and write its figures into the report. Raises `ForeignFilesError`."""
    planned = {job.url for job in made.planned} - made.protected
    kept, written = standing_files(made)
    paths = {*kept, *written}
    new = [path for path, (file, _) in written.items() if file.is_new]
    removed = publish(staging, options.output, new, owned_paths(options.output), paths)
    report.removed = sum(1 for path in removed if path.endswith(".html"))
    report.pages = len(planned_pages(made))
    report.written = sum(
        1 for result in made.rendered if result.job.kind != FEED and any(file.is_new for file in result.files)
    )
    report.kept = report.pages - report.written
    report.bytes = sum(row.size for row in kept.values()) + sum(file.size for file, _ in written.values())
    report.published = True
    gone_pages = set(memo.pages()) - planned - made.protected
    with memo.transaction():
        memo.forget_files(set(made.remembered) - paths)
        memo.remember_files(_rows(options.output, written))
        memo.forget_pages(gone_pages)
        memo.remember_pages(
            PageRow(result.job.url, result.job.kind, result.job.parts, result.job.reason)
            for result in made.rendered
            if not result.diagnostics
        )


def _rows(output: Path, written: Mapping[str, tuple[Written, str]]) -> Iterable[FileRow]:
    for path, (_, url) in written.items():
        status = (output / path).stat()
        yield FileRow(path, url, status.st_mtime_ns, status.st_size)
