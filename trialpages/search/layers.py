"""Layers: a frequent term's trials, where a bit for each trial of the site is shorter than a number for each found.

A layer says which trials are of its level or a higher one, among those of the layer before it alone; the first is
of level 1, among all trials. So nothing is said twice, and what gzip makes of a layer is near the least possible.
The form depends on the numbers of trials alone, never on what compressing gives.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence

from trialpages.search.deltas import LEVELS, as_json, found

FREQUENT = 16
"""A term has layers when at least one trial of so many has it: from one of twenty on they are shorter after gzip."""


def set_file(postings: Sequence[int], trials: int) -> bytes:
    """Return the file of all trials of a term, on a site of so many trials."""
    if len(postings) * FREQUENT < trials:
        return as_json(found(postings))
    return as_json({"layers": layers(postings, trials)})


def layers(postings: Iterable[int], trials: int) -> list[str]:
    """Return the trials of level 1 or higher, of these the ones of level 2 or higher, and so on to the highest.

    >>> layers([2 * 8 + 4, 5 * 8 + 2, 7 * 8 + 4], 9)
    ['JQA', '4A', 'oA', 'wA']
    """
    levels = bytearray(trials)
    for posting in postings:
        levels[posting >> 3] = posting & 7
    made: list[str] = []
    for level in reversed(LEVELS):
        levels = levels.translate(bytes.maketrans(bytes(range(level)), bytes(level)))
        if not any(levels):
            break
        made.append(_letters(levels))
        levels = levels.replace(b"\0", b"")
    return made


def _letters(marks: bytearray) -> str:
    """Return a bit for each mark, six in a letter of Base64, the first as the highest; what is not zero is one."""
    bits = marks.translate(_BITS).ljust(-(-len(marks) // 8) * 8, b"0")
    return b64encode(int(bits, 2).to_bytes(len(bits) // 8, "big")).rstrip(b"=").decode()


_BITS = b"0" + b"1" * 255
