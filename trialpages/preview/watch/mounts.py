"""File systems that do not tell of every change: shared folders of virtual machines, network drives, Windows' drives in WSL.

They tell of what is changed on this side at most; a file that is saved on the other side changes in silence. What kind
of file system a folder lies on stands in Linux's table of mounts; elsewhere nothing is known, and nothing is said.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

TABLE = Path("/proc/self/mountinfo")

SILENT = frozenset(
    {
        *(
            "9p",
            "v9fs",
            "drvfs",
            "virtiofs",
            "vboxsf",
            "vmhgfs",
            "prl_fs",
            "hgfs",
            "fakeowner",
            "grpcfuse",
            "osxfs",
        ),
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "coda", "davfs", "sshfs"),
        *("ceph", "glusterfs", "lustre", "beegfs", "gpfs", "orangefs", "gfs2", "ocfs2"),
    }
)
"""Types of file systems that somebody on another side may change; every `fuse.*` counts as well."""

ESCAPED = re.compile(r"\\([0-7]{3})")


def silent_mount(folder: Path) -> str | None:
    """Return the type of the file system that a folder lies on if it is one that does not tell of all changes."""
    table = ""
    with contextlib.suppress(OSError):
        table = TABLE.read_text("utf-8", "surrogateescape")
    kind = mount_type(folder.as_posix(), table)
    return kind if kind in SILENT or kind.startswith("fuse.") else None


def mount_type(path: str, table: str) -> str:
    """Return the type of the mount that holds a path, by a table in the form of Linux's `mountinfo`; else nothing.

    Of several mounts on one place the last one is in force.
    """
    best, found = -1, ""
    for line in table.splitlines():
        place, _dash, rest = line.partition(" - ")
        words = place.split()
        if len(words) < 5 or not rest:
            continue
        point = ESCAPED.sub(lambda match: chr(int(match[1], 8)), words[4])
        if (path == point or path.startswith(point.rstrip("/") + "/")) and len(point) >= best:
            best, found = len(point), rest.split()[0]
    return found
