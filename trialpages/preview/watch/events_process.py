"""The process that hears from the system what has changed, and tells the server: `python -m trialpages.preview.watch.events_process`.

It stands apart because to begin takes the library 35 microseconds a folder during which it holds Python's lock: in the
server, that would be a third of a second without any answer at 10,000 trials, and far more for a link to a whole disk.

The first line of its input is a JSON list of folders. Each line of its output is a JSON list of paths that have changed;
the first, an empty one, says that watching has begun. An object `{"fault": ..., "number": ...}` is its last word.
"""

from __future__ import annotations

import json
import logging
import os
import sys

from trialpages.preview.behind.child import end_when_input_does

QUIET_MILLISECONDS = 5
"""A change is told when nothing has followed it for this long: editors save in several steps."""

LONGEST_MILLISECONDS = 60
"""And at the latest after this long."""


class Beginning:
    """Tells once that watching has begun: the library asks it whether to stop as soon as it watches."""

    def __init__(self) -> None:
        self._is_told = False

    def is_set(self) -> bool:
        """Say that there is no reason to stop."""
        if not self._is_told:
            self._is_told = True
            tell([])
        return False


def main() -> int:
    """Tell of changes until the server ends."""
    folders = json.loads(sys.stdin.buffer.readline())
    end_when_input_does(lambda: os._exit(0))
    # What the library would log is told as a fault, or is of no use to anybody.
    logging.disable()
    try:
        try:
            watch(folders, is_lenient=False)
        except (PermissionError, FileNotFoundError):
            watch(folders, is_lenient=True)
    except Exception as error:
        tell({"fault": str(error) or type(error).__name__, "number": getattr(error, "errno", None)})
        return 1
    return 0


def watch(folders: list[str], *, is_lenient: bool) -> None:
    """Tell of each change. Raises OSError when the system does not let us watch."""
    import watchfiles

    for changes in watchfiles.watch(
        *folders,
        watch_filter=None,
        debounce=LONGEST_MILLISECONDS,
        step=QUIET_MILLISECONDS,
        rust_timeout=0,
        stop_event=Beginning(),
        force_polling=False,
        # With leave to ignore what is forbidden, the library ignores as well that the system's limit is reached.
        ignore_permission_denied=is_lenient,
    ):
        tell(sorted({path for _kind, path in changes}))


def tell(what: object) -> None:
    """Write one line; a server that is gone hears nothing any more."""
    try:
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()
    except OSError:
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
