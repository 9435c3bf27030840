"""`check --changed-since REF` and `review --since REF`: ask git which files a change has touched.

What depends on these files is decided in `stages/concerned.py`. Nothing is asked of the network: a copy whose
history is cut off is told how to fetch what is missing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from trialpages.arguments import Arguments, UsageError
from trialpages.machine.git import GitError, Repository, changed_paths, repository


def narrowed(arguments: Arguments, since: str) -> Arguments:
    """Return the arguments with the files that differ from where this work left `since`. Raises `UsageError`."""
    _repository, changed = compared(arguments.options.directory, since, "--changed-since")
    return replace(arguments, options=replace(arguments.options, changed=changed))


def compared(directory: Path, since: str, flag: str) -> tuple[Repository, frozenset[str]]:
    """Return a site's repository, and its files that differ from where this work left `since`.

    Raises `UsageError`, which names the flag that asked.
    """
    found = repository(directory)
    if found is None:
        raise UsageError(
            f"{flag} asks git, and this folder is not under version control, or git is not installed"
        )
    try:
        return found, changed_paths(found, since)
    except GitError as error:
        raise UsageError(_why_not(found, since, flag, error)) from error


def _why_not(found: Repository, since: str, flag: str, error: GitError) -> str:
    if not found.head:
        return f"{flag} compares with a commit, and this repository has none yet"
    if found.is_shallow:
        return (
            f"this copy's history is cut off before it reaches '{since}', so what has changed is not known; "
            "run 'git fetch --unshallow', or give the checkout step of a workflow 'fetch-depth: 0'"
        )
    return (
        f"{flag}: git does not know how this work is related to '{since}' ({error}); "
        "name a branch, a tag or a commit, such as origin/main, and fetch it first"
    )
