"""The output folder: we write, replace and remove only what is ours.

Ownership is a list of paths that lies in the folder itself, so that it survives the loss of the
memo. New files are first written to a staging folder on the same file system. Only when the whole
build has succeeded are they moved into place, so a failed build leaves the last good site, and a
reader never sees half a page. A file whose content is the same is not touched.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from trialpages.machine.faults import ForeignFilesError
from trialpages.machine.memo import FileRow

NAMELESS = ".nameless"
"""In the staging folder: what will be named by its content."""

OWNED = ".trialpages-files"
"""The list of what we own: one path a line, sorted."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one file: its path, its size in bytes, and whether its content is new."""

    path: str
    size: int
    is_new: bool


def owned_paths(output: Path) -> frozenset[str]:
    """Return the paths in the output folder that we wrote."""
    try:
        lines = (output / OWNED).read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()
    return frozenset(line for line in lines if line and _is_inside(line))


def foreign_paths(output: Path, *, limit: int = 5) -> tuple[str, ...]:
    """Return some files of a folder that holds files but no list of ours."""
    if (output / OWNED).exists() or not output.exists():
        return ()
    if not output.is_dir():
        return (output.name,)
    return tuple(sorted(entry.name for entry in output.iterdir()))[:limit]


def staging_folder(output: Path, cache: Path) -> Path:
    """Return a folder for new files on the output's own file system."""
    nearest = next(parent for parent in (output, *output.absolute().parents) if parent.exists())
    if nearest.stat().st_dev == cache.stat().st_dev:
        return cache / "staging"
    return output.parent / f".{output.name}-staging"


def stage(staging: Path, output: Path, path: str, content: bytes) -> Written:
    """Write one file to the staging folder unless the output already holds the same bytes."""
    if _same(output / path, content):
        return Written(path, len(content), False)
    _write(staging / path, content)
    return Written(path, len(content), True)


def stage_nameless(staging: Path, path: str, content: bytes) -> int:
    """Write one file of a folder whose name is not known yet, and return its size in bytes."""
    _write(staging / NAMELESS / path, content)
    return len(content)


def name_folder(staging: Path, name: str) -> None:
    """Give the folder of `stage_nameless` its name, a path from the output."""
    target = staging / name
    target.parent.mkdir(parents=True, exist_ok=True)
    (staging / NAMELESS).replace(target)


def is_new(staging: Path, output: Path, path: str) -> bool:
    """Say whether the output lacks a staged file or holds other bytes under its name."""
    return not _same(output / path, (staging / path).read_bytes())


def _write(target: Path, content: bytes) -> None:
    try:
        target.write_bytes(content)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def publish(
    staging: Path, output: Path, new: Iterable[str], owned: frozenset[str], all_paths: Iterable[str]
) -> list[str]:
    """Move new files into place, remove ours that are no longer made, and return the paths removed.

    Raises `ForeignFilesError` before anything is moved when a file of somebody else stands in the way.
    """
    new_paths = sorted(new)
    kept = frozenset(all_paths)
    listing = "".join(f"{path}\n" for path in sorted(kept)).encode()
    if not owned and not output.exists():
        _publish_whole(staging, output, listing)
        return []
    foreign = tuple(path for path in new_paths if path not in owned and os.path.lexists(output / path))
    if foreign:
        raise ForeignFilesError(foreign[:5])
    removed = sorted(owned - kept)
    if not new_paths and not removed and (output / OWNED).exists():
        return []
    # The union is claimed first: a crash half way leaves nothing of ours that we do not know.
    _write_listing(output, "".join(f"{path}\n" for path in sorted(owned | kept)).encode())
    _move(staging, output, new_paths)
    for path in removed:
        _remove(output, path)
    _write_listing(output, listing)
    return removed


def damaged_files(output: Path, files: Iterable[FileRow]) -> Iterator[FileRow]:
    """Yield the files that do not lie in the output folder as we left them."""
    root = str(output)
    for file in files:
        if not _lies_as_left(root, file):
            yield file


def keep(output: Path, file: FileRow | None) -> Written | None:
    """Keep a file whose path says what it holds; nothing when it does not lie in the output as we left it."""
    if file is None or not _lies_as_left(str(output), file):
        return None
    return Written(file.path, file.size, False)


def clean(output: Path) -> int:
    """Remove every file that we own, and the folders that this leaves empty; return the number of files."""
    paths = owned_paths(output)
    for path in sorted(paths):
        _remove(output, path)
    (output / OWNED).unlink(missing_ok=True)
    if output.is_dir() and not any(output.iterdir()):
        output.rmdir()
    return len(paths)


def clear_staging(staging: Path) -> None:
    """Remove what an earlier build may have left in the staging folder."""
    shutil.rmtree(staging, ignore_errors=True)


def _lies_as_left(root: str, file: FileRow) -> bool:
    try:
        status = os.stat(f"{root}/{file.path}")  # noqa: PTH116 - text is quicker than Path, and this runs for every file
    except OSError:
        return False
    return status.st_mtime_ns == file.mtime_ns and status.st_size == file.size


def _publish_whole(staging: Path, output: Path, listing: bytes) -> None:
    staging.mkdir(parents=True, exist_ok=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    (staging / OWNED).write_bytes(listing)
    try:
        staging.replace(output)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copytree(staging, output)


def _move(staging: Path, output: Path, paths: Iterable[str]) -> None:
    made: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in made:
            (output / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        os.replace(f"{staging}/{path}", f"{output}/{path}")  # noqa: PTH105 - text is quicker than Path, and this runs for every page


def _write_listing(output: Path, listing: bytes) -> None:
    output.mkdir(parents=True, exist_ok=True)
    temporary = output / f"{OWNED}.new"
    temporary.write_bytes(listing)
    temporary.replace(output / OWNED)


def _remove(output: Path, path: str) -> None:
    target = output / path
    target.unlink(missing_ok=True)
    folder = target.parent
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _same(path: Path, content: bytes) -> bool:
    try:
        if path.stat().st_size != len(content):
            return False
        return path.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _is_inside(path: str) -> bool:
    # A list that somebody has tampered with must not lead us out of the folder.
    return not path.startswith(("/", "\\")) and ".." not in path.split("/") and ":" not in path.split("/")[0]
