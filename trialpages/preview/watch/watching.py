"""The watcher: batches of what has changed in the site, soon, and none ever lost.

It knows of changes in three ways, each of which makes up for what another cannot do:

* **The system tells** (`events.py`), within 20 ms of a save. It tells nothing of what somebody changes on the other side
  of a shared drive, of files in a folder that is newer than the watch on it, of more at once than its queue holds.
* **Signs** (`signs.py`): the watched folders themselves and single files, looked at 30 times a second.
* **A walk** (`tree.py`) that goes through all times again and again, at a pace that costs half a percent of a core, or
  four where nothing tells (`pace.py`). Whatever the other two have missed it finds, so nothing is stale for ever; and
  what it finds without having been told shows that the system does not tell, so from then on it goes at the quicker
  pace. At 100,000 files that may take half a minute for the first save in a folder; what was changed lately, and all
  that is no trial, is looked at several times a second.

A path is told at least once after each change of it, sometimes twice, and never for what an editor leaves behind. A
folder that is new, moved or gone is named, and every file in it that we know of. More than `MANY` paths are no list any
more: then the batch says that everything may have changed, as it does when another commit is checked out.

An emptied or vanished file is most often half a save: for it a batch waits up to 60 ms longer.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from trialpages.preview.batch import Batch
from trialpages.preview.watch.events import Events, Fault
from trialpages.preview.watch.mounts import silent_mount
from trialpages.preview.watch.pace import Pace
from trialpages.preview.watch.signs import Signs
from trialpages.preview.watch.tree import Tree, folder_of
from trialpages.preview.watch.watched import Watched, watched
from trialpages.stages.options import Options

MANY = 2_000
TURN_SECONDS = 0.03
UNTOLD_TURN_SECONDS = 0.05
HALF_SAVE_SECONDS = 0.06
HALF_SAVE_TURN_SECONDS = 0.01
HALF_SAVES = 50
"""More files than these are not saved by an editor."""

TOLD_WITHIN_SECONDS = 1.0
"""Of a change that the walk has found the system tells within this time, if it tells at all."""

LOOK_AGAIN_SECONDS = (0.1, 1.0)
"""When a new folder is looked at again: files may have come before the system watched it."""

NEW_FOLDERS = 200
"""More new folders at once are found by a quick walk."""

TOLD_SHARE, TOLD_REST_SECONDS = 0.005, 2.0
UNTOLD_SHARE, UNTOLD_REST_SECONDS = 0.02, 0.3
LATELY_SHARE, LATELY_REST_SECONDS = 0.01, 0.2
LATELY = 64
"""Folders in which something has changed lately."""

FEW_FOLDERS = 100
LINKED_FILES = 200

SILENT_DRIVE = (
    "files lie on a drive of the kind {kinds}, and what is saved on another side of it changes in silence; for a quicker "
    "preview keep the site on a disk of this system"
)

Say = Callable[[str], None]


def batches(options: Options, stop: Event, *, poll: bool = False, say: Say | None = None) -> Iterator[Batch]:
    """Yield a batch for each change until `stop` is set.

    The first batch is empty: watching has begun, and whoever has read the site before must look at it again. With `poll`
    the system is not asked to tell. `say` is called with a line for people when watching is not what it should be.
    """
    watching = Watching(options, poll=poll, say=say or _silent)
    try:
        watching.begin()
        yield Batch()
        while not stop.is_set():
            paths = watching.turn()
            if paths:
                yield watching.batch(paths)
    finally:
        watching.end()


class Watching:
    """One site under watch."""

    def __init__(self, options: Options, *, poll: bool, say: Say) -> None:
        self._options = options
        self._say = say
        self._is_told = not poll
        self._events: Events | None = None
        self._place(watched(options))
        self._missed: dict[str, float] = {}
        self._again: list[tuple[float, str]] = []
        self._lately: dict[str, None] = {}
        self._everything = False
        self._shared: list[str] = []
        self._shared_of = -1
        """Folders that all pages share, and for how many folders in all that was found out."""

    def begin(self) -> None:
        """Remember how everything is, while the system begins to watch: from now on every change is found."""
        if self._is_told:
            silent = {kind for each in self._watched.folders if (kind := silent_mount(Path(each)))}
            if silent:
                self._look_often(SILENT_DRIVE.format(kinds=", ".join(sorted(silent))))
            self._events = Events(_existing(self._watched.folders))
        for _ in self._tree.whole():
            pass

    def end(self) -> None:
        """Let go of what was started."""
        if self._events is not None:
            self._events.close()
            self._events = None

    def turn(self) -> set[str]:
        """Wait a moment for changes and return the paths that have changed."""
        found = self._heard(TURN_SECONDS) | self._seen()
        end = time.monotonic() + HALF_SAVE_SECONDS
        while 0 < len(found) <= HALF_SAVES and any(map(_is_half, found)) and time.monotonic() < end:
            found |= self._heard(HALF_SAVE_TURN_SECONDS)
            if not self._is_told:
                found |= set().union(*self._tree.few({folder_of(path) for path in found}))
        return found

    def batch(self, paths: set[str]) -> Batch:
        """Return what has changed as a batch, under all the names that it has."""
        if len(paths) > MANY:
            self._everything = True
        if self._everything:
            self._everything = False
            return Batch(is_everything=True)
        names = set(paths)
        for path in paths:
            for other in self._tree.other_names(path):
                names |= self._tree.look(other)
        return Batch(paths=frozenset(names))

    def _place(self, wanted: Watched) -> None:
        self._watched = wanted
        self._tree = Tree(wanted.folders)
        self._signs = Signs(wanted.folders, wanted.files)
        self._commit = Signs((), wanted.signs)
        share, rest = (
            (TOLD_SHARE, TOLD_REST_SECONDS) if self._is_told else (UNTOLD_SHARE, UNTOLD_REST_SECONDS)
        )
        self._walk = Pace(share, rest, lambda: self._tree.whole())
        self._short_walk = Pace(
            LATELY_SHARE, LATELY_REST_SECONDS, lambda: self._tree.few(self._worth_a_look())
        )

    # What the system tells

    def _heard(self, patience_seconds: float) -> set[str]:
        if self._events is None:
            time.sleep(max(patience_seconds, UNTOLD_TURN_SECONDS))
            return set()
        had_begun = self._events.has_begun
        told = self._events.take(patience_seconds)
        if self._events.fault is not None:
            self._give_up(self._events.fault)
        elif self._events.has_begun and not had_begun:
            # Nobody has told of what changed while the system was asked anew.
            self._walk.hurry()
        return self._looked(told) if told else set()

    def _looked(self, told: frozenset[str]) -> set[str]:
        found: set[str] = set()
        if len(told) > MANY:
            # So many that the system's queue may have run over.
            self._walk.hurry()
        for path in told:
            found |= self._tree.look(path)
        if self._missed:
            heard = told | {folder_of(path) for path in told}
            for path in [path for path in self._missed if path in heard or folder_of(path) in heard]:
                del self._missed[path]
        self._look_again_at(found)
        return found

    def _look_again_at(self, found: set[str]) -> None:
        new = [path for path in found if path in self._tree.folders]
        if len(new) > NEW_FOLDERS:
            self._walk.hurry()
        else:
            now = time.monotonic()
            self._again += [(now + delay, path) for delay in LOOK_AGAIN_SECONDS for path in new]
        if any(path in self._tree.links and Path(path).is_dir() for path in found):
            self._ask_anew()

    def _ask_anew(self) -> None:
        """Have the system watch other folders than before."""
        if self._events is not None:
            self._events.close()
            self._events = Events(_existing(self._watched.folders))

    def _give_up(self, fault: Fault | None) -> None:
        if self._events is not None:
            self._events.close()
            self._events = None
        self._look_often(_why(fault))

    def _look_often(self, why: str) -> None:
        """Go at the quicker pace from now on, and say so once."""
        if not self._is_told:
            return
        self._is_told = False
        self._walk.share, self._walk.rest_seconds = UNTOLD_SHARE, UNTOLD_REST_SECONDS
        self._walk.hurry()
        self._say(f"watching by looking at the times of files: {why}")

    # What we see ourselves

    def _seen(self) -> set[str]:
        found: set[str] = set()
        exchanged = self._signs.exchanged()
        for path in exchanged:
            found |= {path} | self._tree.look_below(path)
        if exchanged:
            self._ask_anew()
        files = self._signs.changed()
        if self._commit.changed():
            self._everything = True
            files |= set(self._watched.signs)
        if any(path.endswith("site.yaml") for path in (*files, *found)):
            self._renew()
        found |= files | self._seen_again()
        return found | self._walked()

    def _seen_again(self) -> set[str]:
        found: set[str] = set()
        now = time.monotonic()
        due = {path for moment, path in self._again if moment <= now}
        if due:
            self._again = [each for each in self._again if each[0] > now]
            for path in due:
                found |= self._tree.look_below(path)
        return found

    def _walked(self) -> set[str]:
        is_hurried = self._walk.is_hurried
        found = self._walk.work()
        now = time.monotonic()
        if self._is_told and not is_hurried:
            self._missed.update(dict.fromkeys(found, now + TOLD_WITHIN_SECONDS))
        if any(moment <= now for moment in self._missed.values()):
            self._missed.clear()
            self._look_often("a change was found of which the system had not told")
        found |= self._short_walk.work()
        if not self._is_told:
            self._remember(found)
        return found

    def _remember(self, found: set[str]) -> None:
        for path in found:
            folder = path if path in self._tree.folders else folder_of(path)
            self._lately.pop(folder, None)
            self._lately[folder] = None
        while len(self._lately) > LATELY:
            del self._lately[next(iter(self._lately))]

    def _worth_a_look(self) -> list[str]:
        """Return what is looked at several times a second: linked files, and without a system that tells, much more."""
        linked = self._tree.linked_files()[:LINKED_FILES]
        if self._is_told:
            return linked
        if self._shared_of != len(self._tree.folders):
            self._shared_of = len(self._tree.folders)
            trials = f"{self._options.content}{os.sep}trials{os.sep}"
            is_small = self._shared_of <= FEW_FOLDERS
            self._shared = [path for path in self._tree.folders if is_small or not path.startswith(trials)]
        return [*self._shared, *self._lately, *linked]

    def _renew(self) -> None:
        """Watch what the settings name now."""
        now = watched(self._options)
        if now != self._watched:
            is_other = now.folders != self._watched.folders
            known = self._tree
            self._place(now)
            if is_other:
                self._ask_anew()
            self._tree.folders, self._tree.links = known.folders, known.links
            self._walk.hurry()


def _silent(_line: str) -> None:
    """Say nothing."""


def _existing(folders: tuple[str, ...]) -> list[str]:
    return [each for each in folders if Path(each).is_dir()]


def _is_half(path: str) -> bool:
    """Say whether a file is empty or gone: an editor may be about to write it."""
    try:
        status = os.stat(path)  # noqa: PTH116 - text is quicker than Path
    except OSError:
        return True
    return stat.S_ISREG(status.st_mode) and status.st_size == 0


def _why(fault: Fault | None) -> str:
    """Return in plain words why the system does not tell, and the cure."""
    what = fault.what if fault else ""
    if "limit" in what or (fault and fault.number in (24, 28)):
        return (
            "the system's limit of watched folders is reached; to raise it: "
            "sudo sysctl fs.inotify.max_user_watches=1048576 fs.inotify.max_user_instances=1024"
        )
    return f"the system does not tell of changes ({what or 'nobody knows why'})"
