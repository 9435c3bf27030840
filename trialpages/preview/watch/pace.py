"""A pace for work that is never done: no more of it than a small share of the time, however much there is of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

LONGEST_SECONDS = 0.002
"""Work at one stretch; more would keep whoever makes a page waiting."""

DEEPEST_DEBT_SECONDS = 0.02

WAITING_COSTS = 0.2
"""The part of the time spent waiting for a slow drive that counts as work."""


class Pace:
    """Goes through rounds of small steps, at most a share of the time, with a rest between the rounds' beginnings."""

    def __init__(self, share: float, rest_seconds: float, begin: Callable[[], Iterator[set[str]]]) -> None:
        self.share = share
        self.rounds = 0
        """How many rounds are done."""
        self.is_hurried = False
        self.rest_seconds = rest_seconds
        self._begin = begin
        self._round: Iterator[set[str]] | None = None
        self._seen = time.monotonic()
        self._next = self._seen
        self._credit = 0.0

    def hurry(self) -> None:
        """Begin a round anew, at once, and take more of the time until it is done."""
        self._round = None
        self._next = 0.0
        self.is_hurried = True

    def work(self, hurried_share: float = 0.25) -> set[str]:
        """Go on as far as the time that has passed allows; return what was found on the way."""
        now = time.monotonic()
        share = max(self.share, hurried_share) if self.is_hurried else self.share
        self._credit = min(
            self._credit + (now - self._seen) * share, LONGEST_SECONDS * (5 if self.is_hurried else 1)
        )
        self._seen = now
        found: set[str] = set()
        while self._credit > 0:
            if self._round is None:
                if now < self._next:
                    break
                self._round = self._begin()
                self._next = now + self.rest_seconds
            begun, begun_cpu = time.monotonic(), time.thread_time()
            part = next(self._round, None)
            cost = max(time.thread_time() - begun_cpu, (time.monotonic() - begun) * WAITING_COSTS)
            self._credit = max(self._credit - cost, -DEEPEST_DEBT_SECONDS)
            if part is None:
                self._round = None
                self.rounds += 1
                self.is_hurried = False
                break
            found |= part
        return found
