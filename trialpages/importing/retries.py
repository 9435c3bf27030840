"""How long to wait before the next attempt: twice as long each time, spread by chance, or as the registry asks."""

from __future__ import annotations

import email.utils

FIRST_WAIT_SECONDS = 1.0
LONGEST_BACK_OFF_SECONDS = 60.0


def back_off(attempt: int, chance: float) -> float:
    """Return the seconds to wait after a failed attempt (from 1); `chance` is a number from 0 up to 1.

    >>> [back_off(attempt, 0.999) for attempt in (1, 2, 3)] > [back_off(attempt, 0) for attempt in (1, 2, 3)]
    True
    >>> back_off(1, 0), back_off(3, 0), back_off(30, 0)
    (0.5, 2.0, 30.0)
    """
    longest: float = min(FIRST_WAIT_SECONDS * 2 ** (min(attempt, 20) - 1), LONGEST_BACK_OFF_SECONDS)
    return longest * (0.5 + chance / 2)


def asked_wait(retry_after: str | None, now: float) -> float | None:
    """Return the seconds of a `Retry-After` header, which holds seconds or a date; None where it says nothing.

    `now` is in seconds since 1970. A date in the past is no wait.

    >>> asked_wait("120", 0), asked_wait("Thu, 01 Jan 1970 00:02:00 GMT", 90.0), asked_wait("soon", 0)
    (120.0, 30.0, None)
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, OverflowError, OSError):
        return None
