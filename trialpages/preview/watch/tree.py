"""What some folders held when they were last looked at: a stamp for each file, and what differs since.

A look costs one question to the system for each folder and each file; a folder is listed again only when it has
changed. A name is left out here exactly when the scan of the content leaves it out (`sources.is_dropping`): whatever
a page may depend on is seen, and nothing else.

Each folder is looked at under one path. A link to a folder inside the watched ones is not followed but known as
another name for it, and so is a second link to the same place; so no circle of links is endless.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from trialpages.read.sources import YOUNG_SECONDS, is_dropping

DEEPEST = 40
"""Folders in folders; more are no site's."""

LISTED_ANYWAY = 8
"""Every so many looks a folder is listed although its time is as it was: some drives forget to set it."""


@dataclass(slots=True)
class Folder:
    """One folder: what tells that it is still the same and that its names have not changed, and its files' stamps."""

    identity: tuple[int, int]
    mtime_ns: int
    is_young: bool
    looks: int = 0
    files: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)


class Tree:
    """The remembered state of some folders. Paths are absolute texts."""

    def __init__(self, roots: Iterable[str]) -> None:
        self.roots = tuple(roots)
        self.folders: dict[str, Folder] = {}
        self.links: dict[str, str] = {}
        """Links, and the places that they lead to."""

    def whole(self) -> Iterator[set[str]]:
        """Look at everything once, a folder at a time; yield what has changed in each."""
        for root in self.roots:
            yield from self._visit(root, 0)

    def look(self, path: str) -> set[str]:
        """Look at one path, and below it where it is a folder; return what has changed.

        A path that was not there before and is not there now has not changed. A new folder is named with all in it.
        """
        below = self._below_root(path)
        if any(map(is_dropping, below)):
            return set()
        if path in self.folders or path in self.roots:
            return set().union(*self._visit(path, len(below), is_whole=False))
        above, _separator, name = path.rpartition(os.sep)
        known = self.folders.get(above)
        status = _status(path)
        if status is None:
            return {path} if known is None or known.files.pop(name, None) is not None else set()
        self._note_link(path)
        if not stat.S_ISDIR(status.st_mode):
            if known is not None:
                known.files[name] = _stamp(status)
            return {path}
        if known is not None:
            known.folders.add(name)
        if self._is_other_name(path):
            return {path}
        return {path}.union(*self._visit(path, len(below)))

    def look_below(self, folder: str) -> set[str]:
        """Look at a folder and at all below it; return what has changed."""
        return set().union(*self._visit(folder, len(self._below_root(folder))))

    def few(self, paths: Iterable[str]) -> Iterator[set[str]]:
        """Look at some folders, without what lies below, and at some files; yield what has changed in each."""
        for path in paths:
            if path in self.folders:
                yield set().union(*self._visit(path, len(self._below_root(path)), is_whole=False))
                continue
            above, _separator, name = path.rpartition(os.sep)
            status = _status(path)
            known = self.folders.get(above)
            if known is not None and name in known.files:
                stamp = _stamp(status) if status is not None else 0
                is_same = known.files[name] == stamp
                known.files[name] = stamp
                yield set() if is_same else {path}

    def other_names(self, path: str) -> set[str]:
        """Return the other paths under which links lead to what lies at a path."""
        if not self.links:
            return set()
        real = os.path.realpath(path)
        found = {
            link + real[len(target) :]
            for link, target in self.links.items()
            if real == target or real.startswith(target + os.sep)
        }
        for root in self.roots:
            place = os.path.realpath(root)
            if real.startswith(place + os.sep):
                found.add(root + real[len(place) :])
        return found - {path}

    def linked_files(self) -> list[str]:
        """Return the links to single files: nobody tells of what changes where they lead to."""
        found = []
        for link in self.links:
            above, _separator, name = link.rpartition(os.sep)
            if above in self.folders and name in self.folders[above].files:
                found.append(link)
        return found

    def _visit(self, path: str, depth: int, *, is_whole: bool = True) -> Iterator[set[str]]:
        """Look at a folder, and below it: at all of it, or only at folders that are new."""
        status = _status(path)
        known = self.folders.get(path)
        if status is None or not stat.S_ISDIR(status.st_mode) or depth > DEEPEST:
            if known is not None:
                yield self._forget(path)
            return
        identity = (status.st_dev, status.st_ino)
        if known is not None and known.identity != identity:
            # Another folder has come in its place: nothing that is known of the old one holds.
            known.mtime_ns, known.identity = -1, identity
            is_whole = True
        if known is None:
            known = self.folders[path] = Folder(identity, -1, True)
        changed = self._files_changed(path, known, status.st_mtime_ns)
        yield changed
        if is_whole:
            below = [path + os.sep + name for name in sorted(known.folders)]
        else:
            start = len(path) + 1
            below = [each for each in changed if each[start:] in known.folders and each not in self.folders]
        for each in below:
            if not self._is_other_name(each):
                yield from self._visit(each, depth + 1)

    def _files_changed(self, path: str, known: Folder, mtime_ns: int) -> set[str]:
        changed: set[str] = set()
        known.looks += 1
        if known.mtime_ns != mtime_ns or known.is_young or known.looks % LISTED_ANYWAY == 0:
            changed |= self._list(path, known)
            known.mtime_ns = mtime_ns
            known.is_young = abs(time.time_ns() - mtime_ns) < YOUNG_SECONDS * 1e9
        for name, stamp in list(known.files.items()):
            file = path + os.sep + name
            status = _status(file)
            if status is None:
                del known.files[name]
                changed.add(file)
            elif (found := _stamp(status)) != stamp:
                known.files[name] = found
                changed.add(file)
        return changed

    def _list(self, path: str, known: Folder) -> set[str]:
        """Bring the names of a folder up to date; a new file is known without a stamp until it is looked at."""
        files: set[str] = set()
        folders: set[str] = set()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if is_dropping(entry.name):
                        continue
                    if entry.is_symlink():
                        self._note_link(entry.path)
                    (folders if _is_folder(entry) else files).add(sys.intern(entry.name))
        except OSError:
            # Gone a moment ago, or not to be read by us: what is not listed is not part of the site either.
            pass
        changed = {path + os.sep + name for name in known.files.keys() - files}
        for name in known.folders - folders:
            below = path + os.sep + name
            self.links.pop(below, None)
            changed |= {below} | self._forget(below)
        changed |= {path + os.sep + name for name in folders - known.folders}
        for link in [path + os.sep + name for name in known.files.keys() - files]:
            self.links.pop(link, None)
        known.files = {name: known.files.get(name, 0) for name in files}
        known.folders = folders
        return changed

    def _forget(self, path: str) -> set[str]:
        """Forget a folder and all below it; return all that was there."""
        known = self.folders.pop(path, None)
        if known is None:
            return set()
        gone = {path} | {path + os.sep + name for name in known.files}
        for name in known.folders:
            gone |= self._forget(path + os.sep + name)
        for link in [link for link in self.links if link.startswith(path + os.sep)]:
            del self.links[link]
        above = self.folders.get(folder_of(path))
        if above is not None:
            above.folders.discard(path[len(folder_of(path)) + 1 :])
        return gone

    def _note_link(self, path: str) -> None:
        if os.path.islink(path):  # noqa: PTH114 - text is quicker than Path
            self.links[path] = os.path.realpath(path)
        else:
            self.links.pop(path, None)

    def _is_other_name(self, path: str) -> bool:
        """Say whether a folder is a link to what is looked at, or held by something that is, under another path."""
        target = self.links.get(path)
        if target is None:
            return False
        for root in self.roots:
            place = os.path.realpath(root)
            if _holds(place, target) or _holds(target, place):
                return True
        first = min((link for link, place in self.links.items() if _holds(place, target)), default=path)
        return first != path

    def _below_root(self, path: str) -> list[str]:
        for root in self.roots:
            if path.startswith(root + os.sep):
                return path[len(root) + 1 :].split(os.sep)  # noqa: PTH206 - text is quicker than Path
        return []


def folder_of(path: str) -> str:
    """Return the folder that a path lies in."""
    return path.rpartition(os.sep)[0]


def _holds(place: str, target: str) -> bool:
    return target == place or target.startswith(place.rstrip(os.sep) + os.sep)


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - text is quicker than Path, and this runs for every file
    except OSError:
        return None


def _stamp(status: os.stat_result) -> int:
    return hash((status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
