"""What version control knows of a folder: asked of the command `git`, and nothing is ever changed.

A folder need not be under version control, and the command need not be installed: then there is no `Repository`.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

OUR_WAY = ("-c", "log.showRoot=true", "-c", "log.showSignature=false", "-c", "log.follow=false")
"""Settings that people may have turned, and that would change what git tells us of a history."""

AHEAD = 32
"""Contents that are asked for before the first is read: few enough that the questions never fill the pipe."""

ELSEWHERE = frozenset(
    f"GIT_{name}"
    for name in (
        *(
            "DIR",
            "WORK_TREE",
            "COMMON_DIR",
            "PREFIX",
            "INDEX_FILE",
            "NAMESPACE",
            "SHALLOW_FILE",
            "GRAFT_FILE",
        ),
        *("OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "REPLACE_REF_BASE", "NO_REPLACE_OBJECTS"),
        *("LITERAL_PATHSPECS", "GLOB_PATHSPECS", "NOGLOB_PATHSPECS", "ICASE_PATHSPECS"),
    )
)
"""Variables by which a hook of git names the repository that it runs in, which need not be the content's, and those
by which git reads our questions otherwise."""

NO_OBJECT = "0" * 40
"""The name that git gives to a file that is not there."""

GAVE_UP = "git could not read what it keeps; a file of the repository may be damaged"

MOST_PATHS = 500
"""Paths in one question to git."""


class GitError(Exception):
    """Git was asked for something that this repository does not have; the text is git's own first line."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a folder lies in: its top folder, and the folder's path inside it."""

    top: Path
    prefix: str
    """Of the folder, with a slash at its end; empty for the top folder itself."""
    head: str
    """Name of the commit that is checked out; empty before the first one."""
    is_shallow: bool
    """Whether the history was cut off when it was copied."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file in one commit: the names of its content before and after (`NO_OBJECT` where there is none)."""

    path: str
    """Relative to the folder, as the site knows it."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the main line, and what it changed below a folder."""

    name: str
    day: str
    """On which it was committed, in the committer's time zone (2026-11-23)."""
    changes: tuple[FileChange, ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """A file that a commit of the main line took away, and where the very same content went in that commit."""

    path: str
    """Relative to the folder, as the site knows it."""
    day: str
    moved_to: str = ""
    """Empty where the content is gone."""


def refusal(folder: Path) -> str:
    """Say why a folder has no repository: git's own words, or that the command is not there; empty when it has one."""
    try:
        _run(folder, "rev-parse", "--show-toplevel")
    except GitError as error:
        return str(error)
    except OSError as error:
        return "the command git is not there" if folder.is_dir() else f"there is no folder: {error.strerror}"
    return ""


def repository(folder: Path) -> Repository | None:
    """Return the repository of a folder; None where there is none, or no git."""
    try:
        top, shallow, *prefix = _run(
            folder, "rev-parse", "--show-toplevel", "--is-shallow-repository", "--show-prefix"
        ).splitlines()
    except (GitError, OSError):
        return None
    try:
        head = _run(folder, "rev-parse", "--verify", "--quiet", "HEAD").strip()
    except GitError:
        head = ""
    return Repository(Path(top), prefix[0] if prefix else "", head, shallow == "true")


def commits(repo: Repository, *folders: str, after: str = "") -> Iterator[Commit]:
    """Yield the commits of the main line that touched one of the folders, the newest first.

    What a merge brought counts as one change, on the day of the merge. Folders are relative to the site's.
    With `after` only commits are asked for that follow this one. The history is read as it is asked for.
    """
    if not repo.head:
        return
    paths = (f":(literal){repo.prefix}{folder}" for folder in folders)
    wanted = (f"{after}..{repo.head}" if after else repo.head, "--", *paths)
    words = ("--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "--no-renames", "-z")
    with subprocess.Popen(  # noqa: S603 - words of ours, and names of commits that git gave
        ["git", *OUR_WAY, "log", *words, "--format=%x01%H %cd", "--date=short", *wanted],  # noqa: S607
        cwd=repo.top,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_surroundings(),
    ) as process:
        assert process.stdout is not None
        for block in _blocks(process.stdout):
            head, _end, rest = block.partition("\0")
            name, _space, day = head.strip().partition(" ")
            yield Commit(name, day, tuple(_changes(repo, rest.lstrip("\n"))))
    if process.returncode:
        raise GitError("git could not tell the history")


def removals(repo: Repository, folder: str, after: str = "") -> tuple[Removal, ...]:
    """Return the files that commits of the main line took away from a folder, the newest first.

    Only a file that is the same to the last byte counts as moved: two that are alike may be about different things.
    With `after` only commits are asked for that follow this one.
    """
    if not repo.head:
        return ()
    wanted = (f"{after}..{repo.head}" if after else repo.head, "--", f":(literal){repo.prefix}{folder}")
    words = (
        "--first-parent",
        "--diff-merges=first-parent",
        "--raw",
        "--no-abbrev",
        "-M100%",
        "--diff-filter=DR",
    )
    text = _run(repo.top, *OUR_WAY, "log", *words, "-z", "--format=%x01%cd", "--date=short", *wanted)
    return tuple(
        each for block in text.split("\x01") if block for each in _removed(repo, *_day_and_rest(block))
    )


def _day_and_rest(block: str) -> tuple[str, str]:
    day, _end, rest = block.partition("\0")
    return day.strip(), rest.lstrip("\n")


def _removed(repo: Repository, day: str, text: str) -> Iterator[Removal]:
    """Read entries of `:modes before after D NUL path NUL` and `:modes before after R100 NUL path NUL new path NUL`."""
    parts = iter(text.split("\0"))
    for told in parts:
        if told.startswith(":"):
            is_moved = told.rpartition(" ")[2].startswith("R")
            path = next(parts).removeprefix(repo.prefix)
            yield Removal(path, day, next(parts).removeprefix(repo.prefix) if is_moved else "")


def main_line(repo: Repository) -> tuple[str, ...]:
    """Return the names of the commits of the main line, the newest first."""
    return tuple(_run(repo.top, "rev-list", "--first-parent", repo.head).split()) if repo.head else ()


def changed_paths(repo: Repository, since: str) -> frozenset[str]:
    """Return the files, relative to the site, that differ from where this line of work left `since`.

    Files that are not committed yet count too. Raises `GitError` for an unknown name.
    """
    base = merge_base(repo, since)
    told = _run(repo.top, "diff", "--name-only", "--no-renames", "-z", base)
    told += _run(repo.top, "ls-files", "--others", "--exclude-standard", "-z")
    paths = (path for path in told.split("\0") if path)
    return frozenset(path.removeprefix(repo.prefix) for path in paths if path.startswith(repo.prefix))


def merge_base(repo: Repository, since: str) -> str:
    """Return the commit at which this line of work left another. Raises `GitError` for an unknown name."""
    return _run(repo.top, "merge-base", "--end-of-options", since, "HEAD").strip()


def files_at(repo: Repository, commit: str, *paths: str) -> dict[str, str]:
    """Return the files of folders, or single files, at a commit: path relative to the site, and the name of the content."""
    found = {}
    for start in range(0, len(paths), MOST_PATHS):
        wanted = (f"{repo.prefix}{path}" for path in paths[start : start + MOST_PATHS])
        text = _run(repo.top, "ls-tree", "-r", "-z", "--end-of-options", commit, "--", *wanted)
        for entry in text.split("\0"):
            told, _tab, path = entry.partition("\t")
            if path:
                found[path.removeprefix(repo.prefix)] = told.split(" ")[2]
    return found


def contents(repo: Repository, names: Sequence[str]) -> Iterator[bytes | None]:
    """Yield the content of each named object; None for one that this copy does not have.

    Raises `GitError` when git gives up, as over a damaged object.
    """
    with subprocess.Popen(
        ["git", "cat-file", "--batch"],  # noqa: S607 - the user's own git, as on their command line
        cwd=repo.top,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_surroundings(),
    ) as process:
        try:
            yield from _answers(process, names)
        except BrokenPipeError as error:
            raise GitError(GAVE_UP) from error


def _answers(process: subprocess.Popen[bytes], names: Sequence[str]) -> Iterator[bytes | None]:
    assert process.stdin is not None
    assert process.stdout is not None
    asked = 0
    for done in range(len(names)):
        if asked < len(names) and asked <= done + AHEAD // 2:
            more = names[asked : asked + AHEAD]
            process.stdin.write("".join(f"{name}\n" for name in more).encode())
            process.stdin.flush()
            asked += len(more)
        told = process.stdout.readline().split()
        if not told:
            raise GitError(GAVE_UP)
        if len(told) != 3:
            yield None
            continue
        yield process.stdout.read(int(told[2]))
        process.stdout.read(1)
    process.stdin.close()


def _blocks(stream: IO[bytes]) -> Iterator[str]:
    """Yield the texts that begin with the byte 1, without it."""
    rest = b""
    while piece := stream.read(1 << 20):
        *blocks, rest = (rest + piece).split(b"\x01")
        yield from (block.decode("utf-8", "surrogateescape") for block in blocks if block)
    if rest:
        yield rest.decode("utf-8", "surrogateescape")


def _surroundings() -> dict[str, str]:
    """Return the environment without what would point git to another repository; git speaks English in it."""
    kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    return {**kept, "LC_ALL": "C"}


def _changes(repo: Repository, text: str) -> Iterator[FileChange]:
    """Read `:modes before after status NUL path NUL` entries."""
    parts = text.split("\0")
    for told, path in zip(parts[::2], parts[1::2], strict=False):
        if told.startswith(":"):
            _old_mode, _new_mode, before, after, _status = told.split(" ")
            yield FileChange(path.removeprefix(repo.prefix), before, after)


def _run(folder: Path, *words: str) -> str:
    done = subprocess.run(  # noqa: S603 - words of ours, and names behind --end-of-options
        ["git", *words],  # noqa: S607 - the user's own git, as on their command line
        cwd=folder,
        capture_output=True,
        check=False,
        env=_surroundings(),
    )
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip()
        raise GitError(complaint.splitlines()[0] if complaint else "git could not answer")
    return done.stdout.decode("utf-8", "surrogateescape")
