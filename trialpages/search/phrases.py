"""Phrases: the trials that have all words of a name, wherever they stand.

Only words that count as more than a mention take part, and a trial has the name at the lowest level of its words.
The rarest word gives the candidates; each other word is looked up for those, in its postings or, where it is
frequent, in a column with one level for each trial. Columns are kept while there is room for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Sequence
from itertools import compress
from operator import itemgetter

from trialpages.search.postings import Postings

LEAST_LEVEL = 2
"""Below, a word is only mentioned: two mentions in a long text are no name."""
COLUMNS_BYTES = 128_000_000
"""Room for columns."""
SEEK = 16
"""Looking up one trial in postings costs as much as setting so many trials in a column."""


class Phrases:
    """Answers which trials have all words of a name."""

    def __init__(self, words: Postings, trials: int) -> None:
        self._words = words
        self._trials = trials
        self._columns: OrderedDict[str, bytes] = OrderedDict()
        self._most_columns = max(16, COLUMNS_BYTES // max(1, trials))

    def having_all(self, words: Sequence[str]) -> list[int]:
        """Return the postings of the trials that have all of two or more words."""
        rarest, *others = sorted(dict.fromkeys(words), key=lambda word: (self._words.count(word), word))
        kept = [posting for posting in self._words[rarest] if posting & 7 >= LEAST_LEVEL]
        trials = [posting >> 3 for posting in kept]
        levels = [posting & 7 for posting in kept]
        for word in others:
            if not trials:
                break
            theirs = self._levels(word, trials)
            levels = list(compress(map(min, levels, theirs), theirs))
            trials = list(compress(trials, theirs))
        return [(trial << 3) + level for trial, level in zip(trials, levels, strict=True)]

    def _levels(self, word: str, trials: Sequence[int]) -> Sequence[int]:
        """Return the level of a word in each of the trials; 0 where they do not have it or only mention it."""
        postings = self._words[word]
        if word not in self._columns and len(trials) * SEEK < len(postings):
            return [_level_in(postings, trial) for trial in trials]
        return gathered(self._column(word, postings), trials)

    def _column(self, word: str, postings: Sequence[int]) -> bytes:
        column = self._columns.get(word)
        if column is None:
            levels = bytearray(self._trials)
            for posting in postings:
                if posting & 7 >= LEAST_LEVEL:
                    levels[posting >> 3] = posting & 7
            column = self._columns[word] = bytes(levels)
            if len(self._columns) > self._most_columns:
                self._columns.popitem(last=False)
        else:
            self._columns.move_to_end(word)
        return column


def gathered(column: Sequence[int], trials: Sequence[int]) -> Sequence[int]:
    """Return the values of a column for some trials, in their order.

    >>> gathered(b"abc", [2, 0])
    (99, 97)
    """
    if len(trials) < 2:
        return [column[trial] for trial in trials]
    return itemgetter(*trials)(column)  # type: ignore[no-any-return]


def _level_in(postings: Sequence[int], trial: int) -> int:
    place = bisect_left(postings, (trial << 3) + LEAST_LEVEL)
    if place == len(postings) or postings[place] >> 3 != trial:
        return 0
    return postings[place] & 7
