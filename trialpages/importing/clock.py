"""Time and chance for the client, so that a test can give its own."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from trialpages.words.fields import record


@record
class Clock:
    """What the client knows of time and chance."""

    monotonic: Callable[[], float] = time.monotonic
    """Seconds that only grow."""
    epoch: Callable[[], float] = time.time
    """Seconds since 1970, for dates that the registry names."""
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    """A number from 0 up to 1."""


REAL = Clock()
