"""The list of what was deployed, as it lies in the destination: which files are ours, and what each held.

It is a claim, checked against what lies there, and never believed alone: a list that is missing, damaged, old or
of another program costs uploads and nothing else. Before anything is changed the list claims what will be there, so
that a deploy that is cut leaves no file of ours that we do not know, and the next one sees what went out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from trialpages.deploying.store import Held
from trialpages.words.fields import record

VERSION = 1


@record
class Entry:
    """One file of ours: what it holds or will hold, and by which marks it is known as ours."""

    md5: str
    size: int
    headers: str
    """Digest of its headers; empty when nobody knows whether they have arrived."""
    etag: str = ""
    """The store's mark after the upload; empty until it has answered."""
    earlier: str = ""
    """The mark of what lay there before, if that was ours."""
    is_lasting: bool = False
    """Whether it is named by its content, so that it stays for one edition after no page asks for it."""
    left: str = ""
    """The first edition without it."""

    def holds(self, held: Held) -> bool:
        """Say whether the destination holds just this content."""
        return held.etag in (self.etag, self.md5)

    def is_ours(self, held: Held) -> bool:
        """Say whether what lies there came from a deploy of ours."""
        return self.holds(held) or held.etag == self.earlier


@record
class Deployed:
    """The whole list."""

    edition: str = ""
    """Digest of the site that was deployed last, or is on its way."""
    is_unfinished: bool = False
    run: str = ""
    """Sets the list of one deploy apart from that of another."""
    entries: Mapping[str, Entry] = field(default_factory=dict)


def encoded(deployed: Deployed) -> bytes:
    """Return the list as bytes; one line a file."""
    head = {
        "about": "What trialpages has deployed here. Deleting it costs uploads, nothing else.",
        "version": VERSION,
        "edition": deployed.edition,
        "unfinished": deployed.is_unfinished,
        "run": deployed.run,
    }
    lines = ",\n".join(
        f"{json.dumps(path, ensure_ascii=False)}: {json.dumps(_row(entry))}"
        for path, entry in sorted(deployed.entries.items())
    )
    return f'{json.dumps(head)[:-1]}, "files": {{\n{lines}\n}}}}\n'.encode()


def decoded(data: bytes | None) -> Deployed | None:
    """Return the list; None for one that is missing, damaged, or not ours."""
    if data is None:
        return None
    try:
        found: Any = json.loads(data)
        if found["version"] != VERSION:
            return None
        return Deployed(
            edition=str(found["edition"]),
            is_unfinished=bool(found["unfinished"]),
            run=str(found["run"]),
            entries={str(path): _entry(row) for path, row in found["files"].items()},
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _row(entry: Entry) -> list[Any]:
    row = [entry.md5, entry.size, entry.headers, entry.etag, entry.earlier, int(entry.is_lasting), entry.left]
    while row[3:] and not row[-1]:
        row.pop()
    return row


def _entry(row: list[Any]) -> Entry:
    md5, size, headers, *rest = row
    missing: list[Any] = ["", "", 0, ""]
    etag, earlier, is_lasting, left = rest + missing[len(rest) :]
    if not isinstance(size, int) or not all(
        isinstance(each, str) for each in (md5, headers, etag, earlier, left)
    ):
        raise TypeError(row)
    return Entry(
        md5=md5,
        size=size,
        headers=headers,
        etag=etag,
        earlier=earlier,
        is_lasting=bool(is_lasting),
        left=left,
    )
