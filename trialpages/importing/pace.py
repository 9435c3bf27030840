"""A polite pace: requests begin at least so far apart, retries and redirects included."""

from __future__ import annotations

from trialpages.importing.clock import Clock


class Pace:
    """Waits until the next request may begin."""

    def __init__(self, requests_per_minute: float, clock: Clock) -> None:
        self._spacing = 60 / requests_per_minute if requests_per_minute > 0 else 0.0
        self._clock = clock
        self._next: float | None = None

    def wait(self) -> None:
        """Return when the next request may begin."""
        now = self._clock.monotonic()
        if self._next is not None and now < self._next:
            self._clock.sleep(self._next - now)
            now = self._next
        self._next = now + self._spacing
