"""What is made behind the preview: the whole site, by another process, whenever it is quiet for a moment.

One build at a time; what is wanted during a build is one more build after it. A user's own build is never locked out,
because this one has a folder of its own in the cache (`kept_places.py`). Of two previews of one site the second makes
its site in a folder beside the first one's.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from trialpages.machine.faults import LockedError
from trialpages.machine.lock import lock
from trialpages.preview.behind import child
from trialpages.preview.behind.behind_process import order_of
from trialpages.preview.memory.kept_places import own_build
from trialpages.stages.build import MEMO_NAME
from trialpages.stages.options import Options
from trialpages.words.diagnostics import Diagnostic

QUIET_SECONDS = 1.0
MOST_PREVIEWS = 9
PREVIEW_LOCK = "preview.lock"

DOING = {"decode": "reading", "history": "reading the history of", "render": "making", "check": "checking"}
UNITS = {"decode": "trials", "history": "trials", "render": "pages", "check": "pages"}


class Behind:
    """Makes the site behind the preview; `on_progress` and `on_done` are called in a thread of its own.

    `on_progress` is told how far it is in words, and None when it is done; `on_done` what is wrong with the site; `on_fault`
    in words why the site could not be made.
    """

    def __init__(
        self,
        options: Options,
        on_progress: Callable[[str | None], None],
        on_done: Callable[[Sequence[Diagnostic]], None],
        on_fault: Callable[[str], None] | None = None,
    ) -> None:
        self._options = options
        self._on_progress = on_progress
        self._on_done = on_done
        self._on_fault = on_fault or (lambda _why: None)
        self._changed = threading.Condition()
        self._is_wanted = self._is_ended = False
        self._is_first = True
        self._process: subprocess.Popen[bytes] | None = None
        self.began = 0.0
        """When the last build began (monotonic): it may not know what was saved since."""
        self._held = contextlib.ExitStack()
        self.own = self._own_folder()
        """The options of the builds behind; their folder is held by this preview alone until it is stopped."""
        self._thread = threading.Thread(target=self._run, name="behind", daemon=True)
        self._thread.start()

    def want(self) -> None:
        """Let the site be made when nobody has wanted it for a second; the first time at once."""
        with self._changed:
            self._is_wanted = True
            self._changed.notify()

    def stop(self) -> None:
        """End what is being made, and leave no process behind."""
        with self._changed:
            self._is_ended = True
            self._changed.notify()
            if self._process is not None:
                child.end(self._process)
        self._thread.join(child.PATIENCE_SECONDS)

    def _run(self) -> None:
        with self._held:
            while self._waited():
                self._make(self.own)

    def _own_folder(self) -> Options:
        """Return the options of our builds, in a folder that no other preview holds as long as this one runs."""
        own = own_build(self._options)
        for number in range(1, MOST_PREVIEWS + 1):
            folder = own.cache if number == 1 else own.cache.with_name(f"{own.cache.name}-{number}")
            try:
                folder.mkdir(parents=True, exist_ok=True)
                self._held.enter_context(lock(folder / PREVIEW_LOCK))
            except OSError:
                # The builds will say why nothing can be written there.
                return own
            except LockedError as error:
                self._on_fault(
                    f"another preview (process {error.owner}) holds {folder.name}; this one has a folder of its own"
                )
                continue
            return replace(own, cache=folder, output=folder / "site")
        return own

    def _waited(self) -> bool:
        """Wait until the site is to be made; False at the end."""
        with self._changed:
            while not self._is_wanted and not self._is_ended:
                self._changed.wait()
            while self._is_wanted and not self._is_ended and not self._is_first:
                self._is_wanted = False
                self._changed.wait(QUIET_SECONDS)
            self._is_wanted = self._is_first = False
            return not self._is_ended

    def _make(self, options: Options) -> None:
        if not options.directory.is_dir():
            # A build would make the folder anew for its cache, in the way of the one that is to come back.
            self._on_fault("the site's folder is gone; the preview goes on when it is back")
            return
        with self._changed:
            if self._is_ended:
                return
            self.began = time.monotonic()
            # The thread that starts it lives as long as the server: the system ends the child with it.
            process = self._process = child.start("trialpages.preview.behind.behind_process", is_patient=True)
        done: dict[str, Any] | None = None
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdout as lines, contextlib.suppress(OSError, ValueError):
            process.stdin.write(order_of(options, self._options.cache / MEMO_NAME).encode() + b"\n")
            process.stdin.flush()
            for line in lines:
                told = json.loads(line)
                if "progress" in told:
                    self._on_progress(progress_words(*told["progress"]))
                done = told.get("done", done)
        child.end(process)
        with self._changed:
            self._process = None
            if self._is_ended:
                return
        self._on_progress(None)
        if done is None or "fault" in done:
            self._on_fault(
                done["fault"] if done else "the process that makes the site behind the preview was ended"
            )
        else:
            self._on_done(msgspec.convert(done["diagnostics"], list[Diagnostic]))


def progress_words(stage: str, done: int, total: int) -> str:
    """Return how far a stage is: `reading 3,200 of 10,000 trials`."""
    return f"{DOING.get(stage, stage)} {done:,} of {total:,} {UNITS.get(stage, '')}".rstrip()
