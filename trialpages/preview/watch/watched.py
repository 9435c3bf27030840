"""What the preview watches: the folders and single files that a page of the site may depend on.

Folders that are not there yet are watched for as well. Not watched is what we make ourselves (output, cache), version
control beside its current commit, and our own code, which a running program does not read again.
"""

from __future__ import annotations

from pathlib import Path

from trialpages.machine.git_state import checkout
from trialpages.read.config import read_config
from trialpages.stages.inputs import CATALOGUES, PACKAGE, built_in
from trialpages.stages.options import Options
from trialpages.words.fields import record


@record
class Watched:
    """Absolute paths: folders with all that lies in them, single files, and files whose change may mean anything."""

    folders: tuple[str, ...]
    files: tuple[str, ...]
    signs: tuple[str, ...]
    """Files of version control that change with the commit that is checked out."""


def watched(options: Options) -> Watched:
    """Return what is to be watched, by the settings as they are now."""
    own = {options.content, options.templates, options.assets, options.directory / CATALOGUES}
    ours = {folder for folder in (built_in("templates"), built_in("assets")) if PACKAGE not in folder.parents}
    files = {options.directory / "site.yaml"}
    registry = _registry(options)
    if registry is not None:
        (own if registry.is_dir() else files).add(registry)
    if options.previous is not None:
        files.add(options.previous)
    folders = own | ours
    return Watched(
        folders=tuple(sorted(str(each) for each in folders if folders.isdisjoint(each.parents))),
        files=tuple(sorted(str(each) for each in files if folders.isdisjoint(each.parents))),
        signs=tuple(str(each) for each in _signs(options.content)),
    )


def _registry(options: Options) -> Path | None:
    """Return the registry snapshot that the settings name, whether it is there or not."""
    for path in (options.content / "site.yaml", options.directory / "site.yaml"):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        name = read_config(content, "site.yaml", []).registry
        return options.directory / name if name else None
    return None


def _signs(content: Path) -> tuple[Path, ...]:
    top = checkout(content)
    if top is None:
        return ()
    own = top / ".git"
    if own.is_file():
        try:
            own = top / own.read_text("utf-8").partition(":")[2].strip()
        except (OSError, ValueError):
            return ()
    return (own / "HEAD", own / "logs" / "HEAD")
