"""The walk: which files make up the site, their stamps, and their bytes.

The only module that reads content from disk. A source is known by its path relative to the site
directory, never by an absolute one. What editors leave beside their files (swap files, backups,
folders of version control) is no source. Members of a registry snapshot are sources too: see
`snapshot.py`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

YOUNG_SECONDS = 2.0
"""A file changed less than this ago may change again within one tick of its clock: no stamp is kept."""

DROPPING_STARTS = (".", "#", "~$")
DROPPING_ENDS = ("~", ".swp", ".swx", ".tmp", ".orig", ".bak", "___jb_tmp___", "___jb_old___")
DROPPINGS = frozenset({"4913", "__pycache__", "Thumbs.db", "desktop.ini"})
"""What vim, Emacs, JetBrains' editors, office programs, Python and Windows leave beside files, or make for a moment."""

SHARED_FOLDERS = ("treatments", "conditions", "sponsors")
SHARED_FILES = ("glossary.yaml", "adverse-event-terms.yaml", "search-synonyms.yaml", "former-pages.yaml")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: its path relative to the site directory, and what tells whether it was touched."""

    path: str
    mtime_ns: int
    size: int
    inode: int


@dataclass(frozen=True, slots=True)
class TrialFolder:
    """A folder in `trials/`: its name is the trial's id."""

    trial_id: str
    path: str
    files: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """Everything that the content folder holds, in the order of names."""

    site_file: SourceFile | None
    second_site_file: SourceFile | None
    trials: tuple[TrialFolder, ...]
    shared: tuple[SourceFile, ...]
    pages: tuple[SourceFile, ...]
    strays: tuple[SourceFile, ...]

    def files(self) -> Iterator[SourceFile]:
        """Yield every file of the content."""
        if self.site_file:
            yield self.site_file
        if self.second_site_file:
            yield self.second_site_file
        for trial in self.trials:
            yield from trial.files
        yield from self.shared
        yield from self.pages
        yield from self.strays


def scan(directory: Path, content: Path, *, with_trials: bool = True) -> Scan:
    """List the content folder, or all of it but the folder of trials. A folder that does not exist holds nothing."""
    inside = _listing(relative(directory, content), str(content))
    site_file = inside.files.pop("site.yaml", None)
    beside = source_file(directory, directory / "site.yaml") if content != directory else None
    if site_file is None:
        site_file, beside = beside, None
    trials: list[TrialFolder] = []
    shared: list[SourceFile] = []
    pages: list[SourceFile] = []
    strays: list[SourceFile] = []
    for name, file in inside.files.items():
        (shared if name in SHARED_FILES else strays).append(file)
    for name in inside.folders:
        if name == "trials" and not with_trials:
            continue
        below = _listing(relative(directory, content / name), str(content / name))
        if name == "trials":
            shown, folder = relative(directory, content / name), str(content / name)
            trials.extend(_trial(shown, folder, each) for each in below.folders)
            strays.extend(below.files.values())
        elif name in SHARED_FOLDERS:
            for file_name, file in below.files.items():
                (shared if file_name.endswith(".yaml") else strays).append(file)
        elif name == "pages":
            for file_name, file in below.files.items():
                (pages if file_name.endswith(".md") else strays).append(file)
        else:
            strays.extend(below.files.values())
    return Scan(site_file, beside, tuple(trials), tuple(shared), tuple(pages), tuple(strays))


def source_file(directory: Path, path: Path) -> SourceFile | None:
    """Return one file's stamp, or None where there is no file."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return SourceFile(relative(directory, path), status.st_mtime_ns, status.st_size, status.st_ino)


def trial_folder(directory: Path, content: Path, trial_id: str) -> TrialFolder | None:
    """List one trial's folder; nothing where there is none."""
    folder = content / "trials" / trial_id
    return (
        _trial(relative(directory, folder.parent), str(folder.parent), trial_id) if folder.is_dir() else None
    )


def tree(directory: Path, folder: Path) -> Iterator[SourceFile]:
    """Yield every file below a folder, in the order of paths."""
    yield from _tree(relative(directory, folder), str(folder))


def _tree(shown: str, folder: str) -> Iterator[SourceFile]:
    listing = _listing(shown, folder)
    yield from listing.files.values()
    for name in listing.folders:
        yield from _tree(_below(shown, name), f"{folder}/{name}")


def _below(shown: str, name: str) -> str:
    return name if shown == "." else f"{shown}/{name}"


def read(directory: Path, path: str) -> bytes:
    """Return a source's bytes. Raises OSError."""
    return (directory / path).read_bytes()


def is_young(file: SourceFile, now_ns: int) -> bool:
    """Tell whether the file was changed so recently, or in the future, that its stamp proves nothing."""
    return file.mtime_ns > now_ns - int(YOUNG_SECONDS * 1e9)


def clock_ns() -> int:
    """Return the time against which the age of files is measured; no page ever sees it."""
    return time.time_ns()


def relative(directory: Path, path: Path) -> str:
    """Return the path as it is shown and remembered: relative to the site directory, with slashes."""
    return Path(os.path.relpath(path, directory)).as_posix()


@dataclass(frozen=True, slots=True)
class _Listing:
    files: dict[str, SourceFile]
    folders: list[str]


def _listing(shown: str, folder: str) -> _Listing:
    """List a folder, given by the path that is shown and by its own: text, since this runs for every trial."""
    files: dict[str, SourceFile] = {}
    folders: list[str] = []
    prefix = "" if shown == "." else f"{shown}/"
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry for entry in entries if not is_dropping(entry.name)), key=lambda e: e.name)
    except (FileNotFoundError, NotADirectoryError):
        return _Listing({}, [])
    for entry in found:
        try:
            if entry.is_dir():
                folders.append(entry.name)
                continue
            status = entry.stat()
        except OSError:
            # A broken link, or a file that an editor has just moved away.
            continue
        files[entry.name] = SourceFile(
            f"{prefix}{entry.name}", status.st_mtime_ns, status.st_size, status.st_ino
        )
    return _Listing(files, folders)


def _trial(shown: str, folder: str, name: str) -> TrialFolder:
    path = _below(shown, name)
    return TrialFolder(name, path, tuple(_listing(path, f"{folder}/{name}").files.values()))


def is_dropping(name: str) -> bool:
    """Tell whether an editor, the system or version control has left the file, not an author."""
    return name.startswith(DROPPING_STARTS) or name.endswith(DROPPING_ENDS) or name in DROPPINGS
