"""Shards: sorted entries cut into files of about one size, and the shortest words that tell which file holds a key.

Keys are compared as a browser compares texts, by units of UTF-16.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

COMPRESSED_SHARE = 0.45
"""Of the bytes of an entry, so many remain after compression; measured on real records."""

SLACK = 0.2
"""A file may be so much smaller or larger than it is meant to be."""

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def unit_order(text: str) -> str | bytes:
    """Return what makes texts sort by units of UTF-16."""
    return text.encode("utf-16-be", "surrogatepass")


def in_unit_order(keys: Iterable[str]) -> list[str]:
    """Return texts sorted by units of UTF-16; only characters beyond the first 65,536 sort otherwise in Python."""
    ordered = sorted(keys)
    if any(_ASTRAL.search(key) for key in ordered if not key.isascii()):
        ordered.sort(key=unit_order)
    return ordered


def cut(entries: Iterable[tuple[str, bytes]], size: float) -> Iterator[list[tuple[str, bytes]]]:
    """Yield sorted entries in groups whose estimated size when compressed is near to `size`, in bytes.

    Of the places where a group may end, within `SLACK` of the size, it ends at the one with the shortest separator:
    the list of separators is what every reader loads first.
    """
    group: list[tuple[str, bytes]] = []
    filled = 0.0
    before = ""
    best: tuple[int, int] | None = None
    best_filled = 0.0
    for key, entry in entries:
        weight = COMPRESSED_SHARE * len(entry)
        if group and filled >= size * (1 - SLACK):
            length = len(separator(before, key))
            if best is None or length <= best[0]:
                best, best_filled = (length, len(group)), filled
            if filled + weight > size * (1 + SLACK):
                yield group[: best[1]]
                group = group[best[1] :]
                filled -= best_filled
                best = None
        group.append((key, entry))
        filled += weight
        before = key
    if group:
        yield group


def separator(before: str, after: str) -> str:
    """Return the shortest beginning of `after` that sorts behind `before`.

    >>> separator("asthma", "aspirin"[::-1])
    'n'
    >>> separator("heart", "heart attack")
    'heart '
    """
    for length, (left, right) in enumerate(zip(before, after, strict=False)):
        if left != right:
            return after[: length + 1]
    return after[: len(before) + 1]


def separators(groups: Iterable[tuple[str, str]]) -> list[str]:
    """Return for each group of keys (first and last) from which text on it begins; the first begins anywhere."""
    found: list[str] = []
    before = ""
    for first, last in groups:
        found.append(separator(before, first) if found else "")
        before = last
    return found
