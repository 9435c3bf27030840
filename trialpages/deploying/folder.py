"""A folder as destination: on this disk, on another one, or on a network mount.

Each file is written under another name and moved into place, so a reader gets the old file or the new one and never
half of either. Files of somebody else are not touched. A file's time is when it arrived: servers make `Last-Modified`
and `ETag` of it, and an older time, such as that of the build, could let a browser keep a page that was replaced.
Nothing is forced to the disk file by file, which would take minutes; if the power fails, the next deploy finds files
whose time or size is not as it was left, and reads and mends them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from trialpages.deploying.faults import DeployError, disk_fault
from trialpages.deploying.store import LIST, Held, Known, Upload
from trialpages.machine.faults import LockedError
from trialpages.machine.lock import lock

LOCK = ".trialpages-deploy.lock"
INCOMING = ".trialpages-incoming"
"""Where files are written before they are moved; it is emptied by every deploy."""


class Folder:
    """A folder that holds a site."""

    threads = 4
    keeps_headers = False

    def __init__(self, root: Path) -> None:
        self._root = root

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Make the folder, and hold its lock, which ends with the process."""
        with contextlib.ExitStack() as stack:
            try:
                self._root.mkdir(exist_ok=True)
                stack.enter_context(lock(self._root / LOCK))
                shutil.rmtree(self._root / INCOMING, ignore_errors=True)
            except LockedError as error:
                raise DeployError(
                    f"another deploy to {self._root} is running (process {error.owner})",
                    "wait until it has ended",
                ) from error
            except OSError as error:
                raise disk_fault(error, str(self._root)) from error
            try:
                yield
            finally:
                shutil.rmtree(self._root / INCOMING, ignore_errors=True)

    def read_list(self) -> tuple[bytes | None, str | None]:
        """Return the list; the lock stands for its version."""
        try:
            return (self._root / LIST).read_bytes(), None
        except (FileNotFoundError, NotADirectoryError):
            return None, None
        except OSError as error:
            raise disk_fault(error, str(self._root)) from error

    def write_list(self, data: bytes, version: str | None) -> str:
        """Replace the list."""
        del version
        with self._in_words():
            self._write(LIST, data)
        return ""

    def is_still(self, version: str) -> bool:
        """Say yes: the lock keeps others out."""
        del version
        return True

    def listing(self, known: Mapping[str, Known]) -> dict[str, Held]:
        """Return what lies under the known paths; a file is read when its time says nothing."""
        found: dict[str, Held] = {}
        with self._in_words():
            for path, wanted in known.items():
                lying = self._held(path, wanted)
                if lying is not None:
                    found[path] = lying
        return found

    def put(self, upload: Upload) -> str:
        """Write one file and return its time and size."""
        with self._in_words():
            content = upload.source.read_bytes()
            if _md5(content) != upload.md5:
                raise changed_meanwhile(upload.path)
            return self._write(upload.path, content)

    def delete(self, path: str) -> None:
        """Delete a file, and the folders that this leaves empty."""
        target = self._root / path
        with self._in_words():
            target.unlink(missing_ok=True)
        folder = target.parent
        while folder != self._root:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent

    def _held(self, path: str, known: Known) -> Held | None:
        target = self._root / path
        try:
            status = target.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(status.st_mode):
            raise DeployError(
                f"{target} is no file, and the site has a file of that name", "move away what is there"
            )
        stamp = _stamp(status)
        if stamp in known.etags:
            return Held(size=status.st_size, etag=stamp, stamp=stamp)
        if status.st_size in known.sizes:
            return Held(size=status.st_size, etag=_md5(target.read_bytes()), stamp=stamp)
        return Held(size=status.st_size, etag=stamp, stamp=stamp)

    def _write(self, path: str, content: bytes) -> str:
        target = self._root / path
        # One name for each target, so that threads never meet.
        temporary = self._root / INCOMING / hashlib.sha256(path.encode()).hexdigest()[:32]
        temporary.parent.mkdir(exist_ok=True)
        temporary.write_bytes(content)
        status = temporary.stat()
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
        return _stamp(status)

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise disk_fault(error, str(self._root)) from error


def folder_store(given: str, *, site: Path, apart: Sequence[Path]) -> Folder:
    """Return the folder as a destination.

    Raises `DeployError` for one that is, holds, or lies in a folder of the site, and where there is none to make it in.
    """
    root = Path(given).absolute().resolve()
    for each in (site, *apart):
        if root == each or root in each.parents or each in root.parents:
            raise DeployError(
                f"the destination {given} and the site's folder {each.name} lie in one another",
                "choose a folder outside of the site, which a server reads",
            )
    if root.exists() and not root.is_dir():
        raise DeployError(f"{given} is a file", "name a folder")
    if not root.parent.is_dir():
        raise DeployError(f"there is no folder {root.parent}", "make it first, or correct the name")
    return Folder(root)


def changed_meanwhile(path: str) -> DeployError:
    """Return the refusal of a file that changed between the comparison and its upload."""
    return DeployError(f"{path} was changed while it was deployed", "build again, then deploy again")


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns}-{status.st_size}"


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
