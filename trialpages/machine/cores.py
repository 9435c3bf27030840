"""How many processors there are; apart from the pool, so that asking costs no import of it."""

from __future__ import annotations

import os


def core_count() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
