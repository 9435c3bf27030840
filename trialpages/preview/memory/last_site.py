"""The files of the last build, as long as nothing has changed since: so the preview answers before it has read the site.

A build remembers under which stamps of all its inputs it ended without an error. While these are the stamps of now, each
of its files is the one that would be made.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from pathlib import Path

from trialpages.machine.memo import SITE_FILES, Memo, memo_version_is_known, open_memo_read_only
from trialpages.preview.answer import Answer
from trialpages.preview.memory.kept_places import own_build
from trialpages.stages.build import MEMO_NAME, inputs_key
from trialpages.stages.options import Options
from trialpages.words.digest import digest


class NotAsLeftError(Exception):
    """A file of the last build is not as the build has left it."""


class LastSite:
    """The files of a build. `answer` may be called in any thread."""

    def __init__(self, memo: Memo, output: Path) -> None:
        self._memo = memo
        self._output = output
        self._lock = threading.Lock()

    def answer(self, path: str) -> Answer | None:
        """Return a file; None when the site has none of that name. Raises `NotAsLeftError`."""
        target = self._output / path
        try:
            with self._lock:
                row = self._memo.file(path)
            if row is None:
                return None
            status = target.stat()
            if (status.st_mtime_ns, status.st_size) != (row.mtime_ns, row.size):
                raise NotAsLeftError(path)
            content = target.read_bytes()
        except (OSError, sqlite3.Error) as error:
            raise NotAsLeftError(path) from error
        url = "" if row.url == SITE_FILES else row.url
        return Answer(path=path, url=url, content=content, digest=digest(content))


def last_site(options: Options, own: Options | None = None) -> LastSite | None:
    """Return the files of a build whose inputs are those of now: the preview's own, or the user's."""
    for build in (own or own_build(options), options):
        try:
            memo = _memo_of(build)
        except (sqlite3.Error, OSError, ValueError):
            continue
        if memo is not None:
            return LastSite(memo, build.output)
    return None


def _memo_of(build: Options) -> Memo | None:
    path = build.cache / MEMO_NAME
    if not path.is_file() or not build.output.is_dir():
        return None
    memo = open_memo_read_only(path)
    if memo_version_is_known(memo):
        extra = json.loads(memo.value("extra inputs", "") or "[]")
        key = inputs_key(build, tuple(extra), None)
        if key is not None and memo.value("run", key) is not None:
            return memo
    memo.close()
    return None
