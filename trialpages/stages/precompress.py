"""The stage that writes each text file as `.gz` and `.br` too, where the site asks for it.

Every text file of at least `SMALLEST` bytes has both forms, so a server finds them by a rule and not by luck; below
that size a compressed answer is no fewer packets. The forms of a file that stays as it is are neither made nor read.
They belong to no page and are not counted as pages, but they are files of the site: the output lists them, they go
with their file or with the option, and they count in the limits of a host, which counts them as well.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from trialpages.machine.compression import ENDINGS, CompressState, Wanted, compress_file
from trialpages.machine.memo import FileRow
from trialpages.machine.output import Written
from trialpages.machine.pool import parallel_map
from trialpages.pages.media_types import is_text
from trialpages.stages.options import Options, Progress
from trialpages.stages.publishing import Made, standing_files
from trialpages.stages.rendering import RenderState

SMALLEST = 200
"""Bytes."""
LASTING = "assets/"


def with_compressed(
    options: Options, state: RenderState, made: Made, known: Mapping[str, FileRow], progress: Progress
) -> Made:
    """Return what was made with the second forms of all its files, if the site wants them.

    `known` are the files of the build before that lie in the output as it left them.
    """
    if not (options.precompress or state.config.precompress):
        return made
    kept, written = standing_files(made)
    sizes = {path: row.size for path, row in kept.items()} | {
        path: file.size for path, (file, _) in written.items()
    }
    new = frozenset(path for path, (file, _) in written.items() if file.is_new)
    forms: list[Written] = []
    waiting: list[Wanted] = []
    for path, size in sorted(sizes.items()):
        if size < SMALLEST or not is_text(path):
            continue
        remembered = _remembered(path, new, known)
        forms += remembered
        if not remembered:
            waiting.append(Wanted(path, path.startswith(LASTING)))
    compressing = CompressState(state.staging, options.output, new)
    results = parallel_map(compress_file, waiting, state=compressing, jobs=options.jobs, name=_name)
    for done, each in enumerate(results, 1):
        forms += each
        progress("compress", done, len(waiting))
    return replace(made, second_forms=forms)


def _remembered(path: str, new: Collection[str], known: Mapping[str, FileRow]) -> list[Written]:
    """Return the forms of a file that stays as it is; none where the file, or one of them, is not as we left it."""
    rows = [known[each] for each in (path, *(path + ending for ending in ENDINGS)) if each in known]
    if path in new or len(rows) <= len(ENDINGS):
        return []
    return [Written(row.path, row.size, False) for row in rows[1:]]


def _name(wanted: Wanted) -> str:
    return wanted.path
