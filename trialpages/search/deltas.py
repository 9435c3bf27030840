"""Deltas: ascending numbers as differences, which are short to write and alike enough to compress well.

A *posting* is one number for a trial and the level at which it has a term: `number * 8 + level`. Postings are
kept in ascending order; a trial stands in them once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import sub

import msgspec

LEVELS = (4, 3, 2, 1)
"""From what a trial is about to what it mentions: in a list of them, each stands at its own place from the end."""


def deltas(numbers: Sequence[int]) -> list[int]:
    """Return the differences between neighbors; the first number stays as it is.

    >>> deltas([3, 5, 6])
    [3, 2, 1]
    """
    return list(map(sub, numbers, chain((0,), numbers))) if len(numbers) > 1 else list(numbers)


def by_level(postings: Iterable[int]) -> list[list[int]]:
    """Return the trials of each level, the highest first; empty levels at the end are left out.

    >>> by_level([2 * 8 + 4, 5 * 8 + 2, 7 * 8 + 4])
    [[2, 7], [], [5]]
    """
    levels: list[list[int]] = [[] for _level in LEVELS]
    for posting in postings:
        levels[-(posting & 7)].append(posting >> 3)
    while levels and not levels[-1]:
        levels.pop()
    return levels


def found(postings: Iterable[int]) -> list[list[int]]:
    """Return the trials of each level as deltas.

    >>> found([2 * 8 + 4, 5 * 8 + 2, 7 * 8 + 4])
    [[2, 5], [], [5]]
    """
    return [deltas(trials) for trials in by_level(postings)]


def united(many: Sequence[Sequence[int]]) -> Sequence[int]:
    """Return the postings of several terms as those of one: each trial at its highest level.

    >>> united([[2 * 8 + 4, 5 * 8 + 2], [2 * 8 + 1, 3 * 8 + 1]])
    [20, 25, 42]
    """
    filled = [postings for postings in many if postings]
    if len(filled) < 2:
        return filled[0] if filled else ()
    return list({posting >> 3: posting for posting in sorted(chain.from_iterable(filled))}.values())


def as_json(content: object) -> bytes:
    """Return the bytes of a file: compact JSON in UTF-8, and a line feed."""
    return msgspec.json.encode(content) + b"\n"
