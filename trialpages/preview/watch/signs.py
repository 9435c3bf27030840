"""A few places that are looked at all the time: watched folders themselves, and files that stand alone.

A folder that is moved away and comes back, a file that is replaced, a folder that is made at last: no watcher of what
lies inside tells of them. To look at ten places costs fifty microseconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

Mark = tuple[int, ...] | None


class Signs:
    """Remembers what tells a place from another one that comes in its stead, and a file from its next content."""

    def __init__(self, folders: Iterable[str], files: Iterable[str]) -> None:
        self._folders = {path: _identity(path) for path in folders}
        self._files = {path: _content(path) for path in files}

    def exchanged(self) -> set[str]:
        """Return the folders that are others now, or gone, or there at last."""
        return _moved(self._folders, {path: _identity(path) for path in self._folders})

    def changed(self) -> set[str]:
        """Return the files that have changed."""
        return _moved(self._files, {path: _content(path) for path in self._files})


def _moved(known: dict[str, Mark], now: dict[str, Mark]) -> set[str]:
    found = {path for path, mark in now.items() if known[path] != mark}
    known.update(now)
    return found


def _identity(path: str) -> Mark:
    try:
        status = os.stat(path)  # noqa: PTH116 - text is quicker than Path, and this runs many times a second
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _content(path: str) -> Mark:
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode
