"""Why a deploy cannot go on, in words for whoever started it."""

from __future__ import annotations

import errno


class DeployError(Exception):
    """A deploy that cannot begin or go on: what is wrong, and what helps. It never names a secret."""

    def __init__(self, what: str, help: str = "") -> None:  # noqa: A002 - the word that is shown
        super().__init__(what)
        self.what = what
        self.help = help


AGAIN = "the same command goes on from here"


def disk_fault(error: OSError, place: str) -> DeployError:
    """Return what a failing disk, folder or file means for the deploy."""
    name = str(error.filename) if error.filename else place
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DeployError(f"the disk of {place} is full", f"free some space; {AGAIN}")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DeployError(f"{name} may not be written", "give this user the right to write there")
    if error.errno in (errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY):
        return DeployError(
            f"a file and a folder have the same name at {name}", "move away what was not deployed from here"
        )
    if error.errno == errno.ENAMETOOLONG:
        return DeployError(
            f"the name {name} is too long for this disk", "choose a folder with a shorter path"
        )
    return DeployError(f"{name}: {error.strerror or error}", AGAIN)
