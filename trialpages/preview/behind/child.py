"""A second process beside the server: started apart from the terminal, ended with the server, however that ends.

The child reads its orders from its standard input, which stays open while the server lives: its end is the child's end.
It stands in a group of its own, so that Ctrl-C reaches the server alone, which then ends its children and whatever they
have started. Nothing here waits for a child that does not want to end.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import trialpages

PATIENCE_SECONDS = 2.0
"""How long a child may take to end before it is made to."""

DIE_WITH_PARENT = 1
"""The order to Linux that a process ends when the thread that started it does (`PR_SET_PDEATHSIG`)."""


def start(module: str, *, is_patient: bool = False) -> subprocess.Popen[bytes]:
    """Start a module of ours with pipes for its input and output; a patient one gives way to everything else."""
    environment = dict(os.environ)
    package = str(Path(trialpages.__file__).resolve().parent.parent)
    known = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = f"{package}{os.pathsep}{known}" if known else package
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        if is_patient:
            flags |= subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        creationflags=flags,
        start_new_session=sys.platform != "win32",
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a child and all that it has started; a child that has ended already is no fault.

    Its output is left open: whoever reads it sees the end, and closes it.
    """
    if sys.platform == "win32":
        process.kill()
    else:
        # Also when the child itself is gone: those that it started stand in its group.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE_SECONDS)
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()


def end_when_input_does(on_end: Callable[[], None]) -> None:
    """In a child: wait in a thread for the end of the input, which is the end of the server, and call `on_end`."""

    def wait() -> None:
        with contextlib.suppress(OSError, ValueError):
            while os.read(0, 4096):
                pass
        on_end()

    threading.Thread(target=wait, name="end with the server", daemon=True).start()


def die_with_parent(parent: int) -> None:
    """In a child on Linux: let the system end this process, and each that it forks, as soon as its parent is gone.

    `parent` is the process number of the parent, which may have ended before this was asked.
    """
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)

    ask()
    os.register_at_fork(after_in_child=ask)
    if os.getppid() != parent:
        os._exit(1)
