"""Growth: how many different words, names and values more trials have, and what those are called that nobody wrote.

The number follows Heaps' law, scale * n ** exponent for n trials, fitted to real ones.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SEED = 4
RARE = 2
"""Real trials that have a rare word or name at most."""
FIRST_POINT = 100
"""Trials from which on the law is fitted."""
STEP = 25

_SYLLABLES = tuple(first + second for first in "bcdfghklmnprtvwz" for second in "aiou")
_ENDS = "lmnr"
_LENGTHS = (6, 7, 8, 9, 10, 11, 7, 8, 6, 9, 12, 7, 8, 10, 13, 6, 9, 7, 11, 8)
"""Letters of invented words, one after the other, about as rare words have them."""
_SCATTER = 2_654_435_761
"""Odd, so it reaches every number below a power of two once."""


def invented(index: int) -> str:
    """Return the invented word of that number; no two are the same, and none has a plural ending.

    >>> invented(0), invented(1), invented(25)
    ('wovibi', 'wilohul', 'hugalibafun')
    """
    cycle, place = divmod(index, len(_LENGTHS))
    length = _LENGTHS[place]
    ordinal = cycle * _LENGTHS.count(length) + _LENGTHS[:place].count(length)
    number, letters = ((ordinal + length * 7_919) * _SCATTER) % len(_SYLLABLES) ** (length // 2), []
    for _ in range(length // 2):
        number, syllable = divmod(number, len(_SYLLABLES))
        letters.append(_SYLLABLES[syllable])
    return "".join(letters) + _ENDS[ordinal % len(_ENDS)] * (length % 2)


def invented_number(index: int) -> str:
    """Return the invented word with digits of that number."""
    return f"x{index:06}"


@dataclass(frozen=True, slots=True)
class Law:
    """Heaps' law: n trials have `scale * n ** exponent` different things."""

    scale: float
    exponent: float

    def after(self, trials: int) -> float:
        """Return how many different things that many trials have."""
        return self.scale * math.pow(trials, self.exponent)


def fitted(things: Iterable[Iterable[str]]) -> Law:
    """Return the law that fits best, from the things of each trial."""
    shuffled = list(things)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311
    seen: set[str] = set()
    points = []
    for count, these in enumerate(shuffled, 1):
        seen.update(these)
        if seen and (count >= FIRST_POINT or count == len(shuffled)) and count % STEP == 0:
            points.append((math.log(count), math.log(len(seen))))
    if len(points) < 2:
        return Law(len(seen) / max(1, len(shuffled)), 1.0)
    middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    slope = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    slope /= sum((x - middle[0]) ** 2 for x, _ in points)
    return Law(math.exp(middle[1] - slope * middle[0]), slope)


class Growth:
    """Things of one kind that become more as trials come, as their law says."""

    def __init__(self, things: Sequence[Sequence[str]]) -> None:
        self.law = fitted(things)
        counts = Counter(thing for these in things for thing in set(these))
        self._rare = {thing for thing, count in counts.items() if count <= RARE}
        self._known: set[str] = set()
        self._wanted = 0.0
        self.made = 0

    def begin(self, number: int) -> None:
        """Turn to the trial of that number."""
        self._wanted = self.law.after(number)

    def know(self, thing: str) -> None:
        """Count a real thing that a trial has."""
        self._known.add(thing)

    def wanted(self) -> int | None:
        """Return the number of a new thing; None where the law asks for none."""
        if len(self._known) + self.made >= self._wanted:
            return None
        self.made += 1
        return self.made - 1

    def instead_of(self, thing: str, chance: random.Random) -> int | None:
        """Return the number of the invented thing that takes the place of a real one; None where that stays."""
        if thing in self._rare:
            new = self.wanted()
            if new is not None:
                return new
            if chance.random() * (self.made + len(self._rare)) < self.made:
                return int(chance.random() * self.made)
        self.know(thing)
        return None
