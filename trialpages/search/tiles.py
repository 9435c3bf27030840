"""Tiles: the places of the trials, parted by where they lie, so that a reader's surroundings are a few small files.

The map is halved, along its longer side and at the middle of its bytes, until each part is small. What asks for a
tile tells no more of the reader than that somebody looks at that part of the map.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from math import cos, floor, radians

import msgspec

from trialpages.search.columns import File
from trialpages.search.deltas import as_json, deltas
from trialpages.search.document import SearchDocument

PlaceKey = tuple[str, float, float]
Entry = tuple[PlaceKey, bytes]
"""A place and how it is written."""
CELL = 5
"""Degrees of a side of the squares that cards name."""


class Places:
    """The places of all trials: each name and position once, with its trials."""

    def __init__(self) -> None:
        self._trials: dict[PlaceKey, array[int]] = {}

    def add(self, number: int, document: SearchDocument) -> None:
        """Add a trial's places."""
        for place in document.places:
            trials = self._trials.get(place)
            if trials is None:
                self._trials[place] = array("I", (number,))
            elif trials[-1] != number:
                trials.append(number)

    def __len__(self) -> int:
        return len(self._trials)

    def files(self, size: float) -> Iterator[File]:
        """Yield the tiles, each of at most so many bytes or of one place, then the list of their bounds."""
        entries = [
            (place, msgspec.json.encode([*place, deltas(trials)]))
            for place, trials in sorted(self._trials.items())
        ]
        bounds = []
        for number, tile in enumerate(_parted(entries, size)):
            yield f"geo/{number}.json", b"[" + b",".join(written for _place, written in sorted(tile)) + b"]\n"
            bounds.append(_bounds(tile))
        yield "geo/tiles.json", as_json(bounds)


def cells(places: Iterable[PlaceKey]) -> list[int]:
    """Return the squares of the map that hold some of the places, ascending, counted from the south west by rows.

    >>> cells([("Boston", 42.36, -71.06), ("Cambridge", 42.37, -71.11), ("Pole", 90.0, 180.0)])
    [1893, 2591]
    """
    return sorted({_cell(latitude, longitude) for _name, latitude, longitude in places})


@lru_cache(maxsize=1 << 16)
def _cell(latitude: float, longitude: float) -> int:
    """Return the square of a place; most trials are in towns that others had before."""
    rows, columns = 180 // CELL, 360 // CELL
    row, column = floor((latitude + 90) / CELL), floor((longitude + 180) / CELL)
    return min(rows - 1, row) * columns + min(columns - 1, column)


def _parted(entries: list[Entry], size: float) -> Iterator[list[Entry]]:
    waiting = [entries] if entries else []
    while waiting:
        part = waiting.pop()
        if len(part) == 1 or sum(len(written) + 1 for _place, written in part) + 2 <= size:
            yield part
        else:
            first, second = _halves(part)
            waiting += (second, first)


def _halves(part: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Part places in two, along the longer side, where half of their bytes lie on either side."""
    south, west, north, east = _bounds(part)
    is_wide = (east - west) * cos(radians((south + north) / 2)) > north - south
    axis = 2 if is_wide else 1
    ordered = sorted(part, key=lambda entry: (entry[0][axis], entry[0]))
    sums = list(accumulate(len(written) for _place, written in ordered))
    middle = sum(1 for each in sums if each <= sums[-1] / 2)
    middle = min(max(middle, 1), len(ordered) - 1)
    return ordered[:middle], ordered[middle:]


def _bounds(part: list[Entry]) -> tuple[float, float, float, float]:
    """Return the south, west, north and east end."""
    latitudes = [place[1] for place, _written in part]
    longitudes = [place[2] for place, _written in part]
    return min(latitudes), min(longitudes), max(latitudes), max(longitudes)
