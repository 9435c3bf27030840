"""What a deploy needs of a place that holds a site; a folder and an S3-compatible store both give it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from trialpages.words.fields import record

LIST = ".trialpages-deployed.json"
"""The list of what was deployed; it lies in the destination, so that any machine can go on."""


@record
class Held:
    """A file that lies in the destination: its size in bytes, and what tells its content from any other."""

    size: int
    etag: str
    """The MD5 of the content in most stores; a store that encrypts, and a folder, have marks of their own."""
    stamp: str = ""
    """A mark that is quicker to compare the next time, where there is one."""


@record
class Known:
    """What may lie under a path: marks that say so without reading it, and sizes for which it is worth reading."""

    etags: frozenset[str] = frozenset()
    sizes: frozenset[int] = frozenset()


@record
class Upload:
    """One file to bring: where it goes, where it lies, its MD5 in hexadecimal, and its headers."""

    path: str
    source: Path
    md5: str
    headers: Mapping[str, str]


class Store(Protocol):
    """A destination. Every method raises `DeployError` in words for people."""

    threads: int
    """How many files may be on their way at once."""
    keeps_headers: bool
    """Whether a file's type and caching are kept with it."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other deploys of this machine out where the destination can."""

    def read_list(self) -> tuple[bytes | None, str | None]:
        """Return the list and its version; nothing where there is none."""

    def write_list(self, data: bytes, version: str | None) -> str:
        """Replace the list of that version and return the new version; refuse when somebody else has done so."""

    def is_still(self, version: str) -> bool:
        """Say whether the list is still of that version."""

    def listing(self, known: Mapping[str, Known]) -> dict[str, Held]:
        """Return what lies there, of the known paths at least."""

    def put(self, upload: Upload) -> str:
        """Bring one file, whole or not at all, and return its mark."""

    def delete(self, path: str) -> None:
        """Delete one file; one that is gone already is no fault."""
