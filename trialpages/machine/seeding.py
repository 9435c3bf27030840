"""A memo that begins with what another one knows of the trials, so that nothing must be decoded a second time.

Taken over are stamps, units and histories: they hold by their keys wherever they are remembered. Pages and files are not,
for those stand in another output. The other memo is only read, so whoever builds with it is not held up; the new one
appears whole or not at all.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from trialpages.machine.memo import memo_version_is_known, open_memo_read_only

TAKEN_VALUES = ("version", "history", "figure template")


def seed(source: Path, target: Path) -> bool:
    """Make a memo from another one, unless it is there already; say whether it was made."""
    if target.exists() or not source.is_file():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    beginning = target.with_name(f"{target.name}.beginning")
    beginning.unlink(missing_ok=True)
    try:
        _copy(source, beginning)
        beginning.replace(target)
    except (sqlite3.Error, OSError):
        # It is no memo of ours, or the disk is full: the build starts from nothing.
        with contextlib.suppress(OSError):
            beginning.unlink(missing_ok=True)
        return False
    return True


def _copy(source: Path, beginning: Path) -> None:
    known = open_memo_read_only(source)
    try:
        if not memo_version_is_known(known):
            raise sqlite3.DatabaseError("a memo of another version")
    finally:
        known.close()
    address = f"{source.absolute().as_uri()}?mode=ro"
    with (
        contextlib.closing(sqlite3.connect(address, uri=True)) as old,
        contextlib.closing(sqlite3.connect(beginning, isolation_level=None)) as new,
    ):
        old.backup(new)
        new.execute("pragma journal_mode = delete")
        new.execute("delete from pages")
        new.execute("delete from files")
        marks = ", ".join("?" for _ in TAKEN_VALUES)
        new.execute(f"delete from remembered where name not in ({marks})", TAKEN_VALUES)  # noqa: S608
