"""Why pages were made again: the files of the batches, and the parts of a page's key that moved."""

from __future__ import annotations

from collections import deque

from trialpages.words.fields import record

MOST_BATCHES = 100
"""Batches whose files are remembered."""

MOST_FILES = 20
"""Files that are named as the reason of one page."""


@record
class Reason:
    """Why a page was made the last time."""

    url: str
    is_first: bool
    """Whether it had not been asked for before."""
    moved: tuple[str, ...]
    """The named parts of its key that differ from those of the time before."""
    files: tuple[str, ...]
    """Files, relative to the site, that had changed since; not all of them need concern this page."""


class Journal:
    """Which files each edition came from."""

    def __init__(self) -> None:
        self._batches: deque[tuple[int, tuple[str, ...]]] = deque(maxlen=MOST_BATCHES)

    def add(self, number: int, files: tuple[str, ...]) -> None:
        """Remember the files that led to an edition."""
        if files:
            self._batches.append((number, files))

    def since(self, number: int) -> tuple[str, ...]:
        """Return the files that led to editions after one, the latest first."""
        found: dict[str, None] = {}
        for of, files in reversed(self._batches):
            if of > number:
                found.update(dict.fromkeys(files))
        return tuple(found)[:MOST_FILES]
