"""Python's collector of circular garbage, at rest while much is built that has no circles.

Whenever many objects are new it looks through all that are kept; a search index keeps millions and drops few.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector rest inside this block, and leave it afterwards as it was."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
