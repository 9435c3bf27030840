"""Putting files into the content: whole or not at all, and never over an editor's file.

A registry record is written under another name in its own folder, brought to the disk, and moved into
place. A new trial's folder is made beside the others under a name that no scan sees, and moved as a whole.
Whoever calls holds the lock of imports, so what lies under such a name is what a killed import has left.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

RECORD = "registry.json"


def put(path: Path, data: bytes) -> None:
    """Write a file of ours, replacing the one that is there. Raises OSError; then the old one is untouched."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        _write(temporary, data)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def put_new_folder(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Make a folder with files in it; tell False, and leave all as it is, where something is there already."""
    making = folder.with_name(f".{folder.name}.tmp")
    shutil.rmtree(making, ignore_errors=True)
    try:
        making.mkdir(parents=True)
        for name, data in files.items():
            _write(making / name, data)
        if folder.exists():
            shutil.rmtree(making)
            return False
        making.rename(folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    _sync_folder(folder.parent)
    return True


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


def _sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
