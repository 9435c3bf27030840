"""One build of a site at a time: a lock on a file in the cache folder, released when the process ends."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from trialpages.machine.faults import LockedError


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the lock, or raise `LockedError` with the process number of its holder.

    The operating system drops the lock when its holder dies, so that there are no stale ones.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _try_lock(handle):
            raise LockedError(os.read(handle, 32).decode("ascii", "replace").strip() or "unknown")
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:
        return _try_lock_windows(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # A file system without locks: building without one is better than not building.
        return True
    return True


def _try_lock_windows(handle: int) -> bool:
    import msvcrt

    try:
        # The byte lies far behind the process number, which others must be able to read.
        os.lseek(handle, 1024, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    finally:
        os.lseek(handle, 0, os.SEEK_SET)
    return True
