"""The guard: how much one deploy may delete before somebody has to say that it is meant.

Counted are pages and their data, which readers would miss. What is named by its content (assets, the search index)
is replaced by every build and asked for by no new page, so it does not count; nor do compressed files, which go
with the file that they were made from. The usual guard is the larger of two bounds: on a small site a share would
stop the removal of a single trial, and on a large one a number would stop an ordinary day.
"""

from __future__ import annotations

from trialpages.deploying.faults import DeployError
from trialpages.words.fields import record

NAMED = 3
"""Files that a message names."""


@record
class Guard:
    """At most so many files, or so many in a hundred of those deployed; of two bounds the larger one."""

    files: int | None = None
    percent: int | None = None

    def allowed(self, deployed: int) -> int:
        """Return how many of the deployed files may be deleted."""
        share = deployed * self.percent // 100 if self.percent is not None else 0
        return max(self.files or 0, share)


USUAL = Guard(files=20, percent=10)


def check_guard(guard: Guard, missed: tuple[str, ...], deployed: int) -> None:
    """Refuse to delete more than is allowed; `missed` are the files that count, of so many deployed. Raises `DeployError`."""
    allowed = guard.allowed(deployed)
    if len(missed) <= allowed:
        return
    examples = ", ".join(missed[:NAMED])
    raise DeployError(
        f"this would delete {len(missed):,} of {deployed:,} pages and data files ({examples}, ...), "
        f"and {allowed:,} are allowed",
        f"nothing was changed; if it is meant, add --delete-at-most {len(missed)}",
    )
