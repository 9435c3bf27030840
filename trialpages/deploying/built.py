"""The built site as it is deployed: its files with digest and headers, and what speaks against deploying it.

The build's lock is held all the while, so that no build replaces a file under way. Digests are kept in the cache by
time and size: of a large site only what the last build wrote is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from trialpages.deploying.faults import DeployError, disk_fault
from trialpages.deploying.order import COMPRESSED
from trialpages.deploying.parallel import each_done
from trialpages.deploying.plan import SiteFile
from trialpages.machine.faults import LockedError
from trialpages.machine.lock import lock
from trialpages.machine.memo import Memo, open_memo_read_only
from trialpages.machine.output import damaged_files, owned_paths
from trialpages.pages.headers import stored_headers
from trialpages.words.digest import digest
from trialpages.words.fields import record

BUILD_LOCK, MEMO, LAST_BUILD = "build.lock", "memo.sqlite", "last build"
DIGESTS = "deploy-digests.json"
PREVIEW_MARK = b'<meta name="robots" content="noindex">'
"""On the home page it stands only in a preview."""
HEAD_BYTES = 4096
ENCODINGS = {".gz": "gzip", ".br": "br"}
YOUNG_NS = 2_000_000_000
"""A file written less than this ago could be written again without a new time, so its digest is not kept."""
READERS = 4

Progress = Callable[[str, int, int], None]


@record
class BuiltSite:
    """A site that may be deployed."""

    output: Path
    files: Mapping[str, SiteFile]
    edition: str
    """Digest of all paths and contents."""
    is_unchecked: bool
    """Whether there is no memory of the build, so that nobody knows if a file was changed by hand."""


@contextlib.contextmanager
def built_site(output: Path, cache: Path, *, allows_preview: bool, progress: Progress) -> Iterator[BuiltSite]:
    """Hold the built site still, and give it. Raises `DeployError` for one that should not be deployed."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(_no_build(cache))
        except LockedError as error:
            raise DeployError(
                f"a build or another deploy of this site is running (process {error.owner})",
                "wait until it has ended, then deploy",
            ) from error
        try:
            paths = owned_paths(output)
            if not paths or "index.html" not in paths:
                raise DeployError(
                    f"there is no built site in {output.name}/", "build it first: trialpages build"
                )
            is_checked = _check_last_build(output, cache, paths)
            if not allows_preview and _is_preview(output):
                raise DeployError(
                    "the site was built with --preview: every page says so, and search engines stay away",
                    "build it without --preview, or add --preview to deploy it as it is",
                )
            found = _files(output, cache, sorted(paths), progress)
        except OSError as error:
            raise disk_fault(error, output.name) from error
        edition = digest(*(part for path, file in found.items() for part in (path, file.md5)))
        yield BuiltSite(output=output, files=found, edition=edition, is_unchecked=not is_checked)


@contextlib.contextmanager
def _no_build(cache: Path) -> Iterator[None]:
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        # Where nobody can write the cache, nobody can build.
        yield
        return
    with lock(cache / BUILD_LOCK):
        yield


def _check_last_build(output: Path, cache: Path, paths: frozenset[str]) -> bool:
    """Refuse a site that is not what the last build has left, and say whether there was a memory to compare with."""
    if not (cache / MEMO).is_file():
        _check_all_there(output, paths)
        return False
    memo = open_memo_read_only(cache / MEMO)
    try:
        return _is_as_left(memo, output, paths)
    finally:
        memo.close()


def _is_as_left(memo: Memo, output: Path, paths: frozenset[str]) -> bool:
    last = json.loads(memo.value(LAST_BUILD, "") or "{}")
    if last.get("is_unfinished"):
        raise DeployError("the last build did not end", "build again, then deploy")
    if last.get("errors") and not last.get("published"):
        raise DeployError(
            f"the last build had {_count(last['errors'], 'error')}, so what lies in {output.name}/ is an older site",
            "mend the errors and build again, then deploy",
        )
    rows = memo.files()
    if not rows:
        _check_all_there(output, paths)
        return False
    changed = sorted(row.path for row in damaged_files(output, rows.values()))
    changed += sorted(paths - rows.keys())
    if changed:
        raise DeployError(
            f"of {output.name}/ {_count(len(changed), 'file')} changed since the last build ({', '.join(changed[:3])})",
            "build again, which mends the output; make changes in the content, the templates or the assets",
        )
    return True


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _check_all_there(output: Path, paths: frozenset[str]) -> None:
    gone = next((path for path in sorted(paths) if not (output / path).is_file()), None)
    if gone is not None:
        raise DeployError(f"the output is not whole: {gone} is not there", "build again, then deploy")


def _is_preview(output: Path) -> bool:
    with (output / "index.html").open("rb") as home:
        return PREVIEW_MARK in home.read(HEAD_BYTES)


def _files(output: Path, cache: Path, paths: list[str], progress: Progress) -> dict[str, SiteFile]:
    """Return the files with their digests; what is known by time and size is not read."""
    known = _known(cache)
    now_ns = time.time_ns()
    found: dict[str, tuple[int, int, str]] = {}
    waiting: list[str] = []
    for path in paths:
        status = os.stat(f"{output}/{path}")  # noqa: PTH116 - text is quicker than Path, and this runs for every file
        row = known.get(path)
        if row and row[0] == status.st_mtime_ns and row[1] == status.st_size:
            found[path] = (row[0], row[1], row[2])
        else:
            found[path] = (status.st_mtime_ns, status.st_size, "")
            waiting.append(path)
    for done, (path, (size, md5)) in enumerate(
        each_done(lambda path: _size_and_md5(output / path), waiting, READERS), 1
    ):
        found[path] = (found[path][0], size, md5)
        progress("reading the site", done, len(waiting))
    if waiting or known.keys() - found.keys():
        _keep(cache, {path: row for path, row in found.items() if row[0] < now_ns - YOUNG_NS})
    here = set(paths)
    return {path: _site_file(path, *found[path][1:], here) for path in paths}


def _site_file(path: str, size: int, md5: str, paths: set[str]) -> SiteFile:
    headers = object_headers(path, is_second_form=path.endswith(COMPRESSED) and path[:-3] in paths)
    return SiteFile(
        path=path,
        size=size,
        md5=md5,
        headers=headers,
        headers_digest=digest(json.dumps(headers, sort_keys=True))[:8],
        is_lasting="immutable" in headers["Cache-Control"],
    )


def object_headers(path: str, *, is_second_form: bool) -> dict[str, str]:
    """Return the headers that an object of a store carries itself.

    A store cannot choose between a file and its compressed form. So the compressed one is an object of its own that
    says what it is: the type of the file with its encoding. Whoever opens it sees the page, and a function of a CDN
    that turns an address to it has nothing more to do.
    """
    if not is_second_form:
        return stored_headers(path)
    return {**stored_headers(path[:-3]), "Content-Encoding": ENCODINGS[path[-3:]]}


def _size_and_md5(path: Path) -> tuple[int, str]:
    content = path.read_bytes()
    return len(content), hashlib.md5(content, usedforsecurity=False).hexdigest()


def _known(cache: Path) -> dict[str, tuple[int, int, str]]:
    try:
        rows = json.loads((cache / DIGESTS).read_bytes())
        return {path: (int(row[0]), int(row[1]), str(row[2])) for path, row in rows.items()}
    except (OSError, ValueError, TypeError, IndexError, AttributeError):
        return {}


def _keep(cache: Path, rows: Mapping[str, tuple[int, int, str]]) -> None:
    temporary = cache / f"{DIGESTS}.new"
    # What could not be kept is read again the next time.
    with contextlib.suppress(OSError):
        temporary.write_text(json.dumps(rows), encoding="utf-8")
        temporary.replace(cache / DIGESTS)
