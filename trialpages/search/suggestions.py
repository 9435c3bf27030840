"""Suggestions: for two typed letters the names with most trials, so that a list can open while a reader types.

Names stand under everything that they can be called by: `Blinatumomab` under `bl` twice, once as `blincyto`.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from heapq import nsmallest

from trialpages.search.columns import File
from trialpages.search.deltas import as_json

Suggestion = tuple[str, str, int]
"""What the page calls it, the key by which it is found, and its trials."""

_BEGINNING = re.compile("[a-z0-9]{2}")
"""What names a file: characters that every file system writes alike."""


class Suggestions:
    """Names that come in any order and leave as files."""

    def __init__(self) -> None:
        self._by_beginning: dict[str, list[Suggestion]] = {}

    def add(self, name: str, key: str, trials: int) -> None:
        """Add one name under one key."""
        found = _BEGINNING.match(key)
        if found:
            self._by_beginning.setdefault(found[0], []).append((name, key, trials))

    def files(self, most: int) -> Generator[File, None, dict[str, str]]:
        """Yield a file of at most so many names for each beginning; return for each first character the second ones."""
        seconds: dict[str, str] = {}
        for beginning in sorted(self._by_beginning):
            best = nsmallest(most, self._by_beginning[beginning], key=_rank)
            yield f"suggest/{beginning}.json", as_json(best)
            seconds[beginning[0]] = seconds.get(beginning[0], "") + beginning[1]
        return seconds


def _rank(suggestion: Suggestion) -> tuple[int, str, str]:
    name, key, trials = suggestion
    return -trials, name, key
