"""Which commit is checked out, and where the history is cut off: read from files, without starting a process.

A build with nothing to do asks this each time, so it costs a few reads. Where the files do not tell (no commit yet,
or a way of keeping names that is newer than this module) the command `git` is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trialpages.machine.git import repository


@dataclass(frozen=True, slots=True)
class State:
    """The commit that is checked out, empty where there is none; the commits at which the history is cut off."""

    head: str = ""
    cuts: frozenset[str] = frozenset()


NO_STATE = State()


def state(folder: Path) -> State:
    """Return the state of the repository that a folder lies in; `NO_STATE` where it lies in none."""
    own = _own_folder(folder)
    if own is None:
        return NO_STATE
    shared = own / (_text(own / "commondir") or ".")
    head = _commit(own, shared)
    if not head:
        repo = repository(folder)
        head = repo.head if repo else ""
    return State(head, frozenset(_text(shared / "shallow").split()))


def checkout(folder: Path) -> Path | None:
    """Return the top of the checkout that a folder lies in, whatever git can tell of it."""
    start = folder.resolve()
    return next((above for above in (start, *start.parents) if (above / ".git").exists()), None)


def _own_folder(folder: Path) -> Path | None:
    """Return git's folder of a checkout; that of a second checkout is named in a file."""
    top = checkout(folder)
    if top is None or (top / ".git").is_dir():
        return top and top / ".git"
    kind, _colon, place = _text(top / ".git").partition(":")
    return top / place.strip() if kind == "gitdir" else None


def _commit(own: Path, shared: Path) -> str:
    kind, _space, name = _text(own / "HEAD").partition(" ")
    if kind != "ref:":
        return kind
    found = _text(own / name) or _text(shared / name) or _packed(shared, name)
    return "" if found.startswith("ref:") else found


def _packed(shared: Path, name: str) -> str:
    for line in _text(shared / "packed-refs").splitlines():
        commit, _space, packed = line.partition(" ")
        if packed == name:
            return commit
    return ""


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "surrogateescape").strip()
    except (OSError, ValueError):
        return ""
