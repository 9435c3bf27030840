"""What hosts of static sites take: size, number of files, and names. A site is held to the limits of its target.

Each figure is documented by its host; `docs/checking.md` names where. What a host does not document is not checked.
At nine tenths of a limit a warning is given, above it an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.fields import record

NEAR = 0.9
"""The part of a limit from which on a warning is given."""

NAMED = 5
"""Files or folders that a message names, the largest first."""


@record
class Limits:
    """What one host takes; None where it documents no limit."""

    name: str
    site_bytes: int | None = None
    files: int | None = None
    file_bytes: int | None = None
    folder_files: int | None = None
    path_bytes: int | None = None
    remark: str = ""
    """What may lift a limit."""


LIMITS: Mapping[str, Limits] = {
    "github-pages": Limits(name="GitHub Pages", site_bytes=1_000_000_000),
    "cloudflare": Limits(
        name="Cloudflare Pages",
        files=20_000,
        file_bytes=25 * 1024 * 1024,
        remark="the free plan takes 20,000 files, a paid one 100,000",
    ),
    "netlify": Limits(name="Netlify", folder_files=54_000),
    "s3": Limits(name="Amazon S3", path_bytes=1_024),
}


@record
class _Measured:
    """One thing that is limited: how much there is, in words, and what makes it so large."""

    code: str
    limit: int
    found: int
    subject: str
    show: Callable[[int], str] = field(default=str)
    notes: tuple[str, ...] = ()


def target_faults(target: str, sizes: Mapping[str, int], where: Span) -> list[Diagnostic]:
    """Return what of the site is above or near a limit of its host.

    `sizes` are bytes by path in the output; `where` is the place that names the target.
    """
    limits = LIMITS[target]
    return [fault for each in _measured(limits, sizes) if (fault := _fault(limits, each, where)) is not None]


def _measured(limits: Limits, sizes: Mapping[str, int]) -> Iterator[_Measured]:
    if limits.site_bytes is not None:
        yield _Measured(
            code="site-too-large",
            limit=limits.site_bytes,
            found=sum(sizes.values()),
            subject="The site",
            show=megabytes,
            notes=(_largest("folders", _folders(sizes), megabytes), _largest("files", sizes, megabytes)),
        )
    if limits.files is not None:
        numbers = Counter(_top(path) for path in sizes)
        yield _Measured(
            code="too-many-files",
            limit=limits.files,
            found=len(sizes),
            subject="The site",
            show=_files,
            notes=(_largest("folders", numbers, _files),),
        )
    if limits.file_bytes is not None:
        for path in sorted(sizes, key=lambda path: (-sizes[path], path))[:NAMED]:
            yield _Measured(
                code="file-too-large-for-host",
                limit=limits.file_bytes,
                found=sizes[path],
                subject=f"The file {path}",
                show=megabytes,
            )
    if limits.folder_files is not None:
        numbers = Counter(path.rpartition("/")[0] or "." for path in sizes)
        for folder, number in sorted(numbers.items(), key=lambda item: (-item[1], item[0]))[:NAMED]:
            yield _Measured(
                code="too-many-files-in-folder",
                limit=limits.folder_files,
                found=number,
                subject=f"The folder {folder}",
                show=_files,
            )
    if limits.path_bytes is not None:
        lengths = {path: len(path.encode()) for path in sizes}
        for path in sorted(lengths, key=lambda path: (-lengths[path], path))[:NAMED]:
            yield _Measured(
                code="name-too-long-for-host",
                limit=limits.path_bytes,
                found=lengths[path],
                subject=f"The path {path}",
                show=_bytes,
            )


def _fault(limits: Limits, measured: _Measured, where: Span) -> Diagnostic | None:
    is_above = measured.found > measured.limit
    if not is_above and measured.found <= NEAR * measured.limit:
        return None
    number, limit = measured.show(measured.found), measured.show(measured.limit)
    verb = "is" if measured.show is megabytes else "has"
    what = f"{measured.subject} {verb} {number}, and {limits.name} takes {limit}"
    if not is_above:
        what = f"{measured.subject} {verb} {number}, near the {limit} that {limits.name} takes"
    help_text = f"choose another target in site.yaml{f'; {limits.remark}' if limits.remark else ''}"
    code = measured.code if is_above else "near-host-limit"
    return make(code, what, where, help_text, None, tuple(note for note in measured.notes if note))


def megabytes(size_bytes: int) -> str:
    """Return a size in words: `1,234.5 MB`."""
    return f"{size_bytes / 1e6:,.1f} MB"


def _files(number: int) -> str:
    return f"{number:,} file" if number == 1 else f"{number:,} files"


def _bytes(number: int) -> str:
    return f"{number:,} bytes"


def _top(path: str) -> str:
    """Return the folder that a message names a file by: its first step, or the site itself."""
    return path.partition("/")[0] + "/" if "/" in path else "(top)"


def _folders(sizes: Mapping[str, int]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for path, size in sizes.items():
        found[_top(path)] += size
    return found


def _largest(noun: str, sizes: Mapping[str, int], show: Callable[[int], str]) -> str:
    largest = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))[:NAMED]
    return f"the largest {noun}: {', '.join(f'{name} ({show(size)})' for name, size in largest)}"
