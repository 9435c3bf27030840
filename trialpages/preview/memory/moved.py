"""What differs between two tables of a large site, at the cost of a glance: a save waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from operator import is_not
from typing import TypeVar

T = TypeVar("T")


def moved(before: Mapping[str, T], now: Mapping[str, T]) -> list[str]:
    """Return the names of `now` whose value is another object than before, in their order.

    >>> old = {"a": "1", "b": "2"}
    >>> moved(old, {**old, "b": "3"}), moved(old, {"c": "4", **old})
    (['b'], ['c'])
    """
    if list(before) == list(now):
        # The same names in the same order, as after nearly every save: a loop in C, ten times as quick.
        return list(compress(now, map(is_not, before.values(), now.values())))
    return [name for name, each in now.items() if before.get(name) is not each]
