"""What a batch of changed paths means: which trials, and which of the things that all pages share."""

from __future__ import annotations

from pathlib import Path, PurePath

from trialpages.preview.batch import Batch
from trialpages.read import sources
from trialpages.stages.inputs import CATALOGUES, built_in
from trialpages.stages.options import Options
from trialpages.words.fields import record

TRIALS = "trials"


@record
class Changes:
    """What is to be read again."""

    trials: frozenset[str] = frozenset()
    """By id: the name of the folder."""
    common: bool = False
    """The configuration, the shared files, the pages of prose, the registry file."""
    templates: bool = False
    assets: bool = False
    language: bool = False
    is_everything: bool = False
    paths: frozenset[str] = frozenset()
    """Absolute; what is named here is read again, whatever its stamp says."""
    files: tuple[str, ...] = ()
    """The paths as an author knows them, relative to the site."""


EVERYTHING = Changes(common=True, templates=True, assets=True, language=True, is_everything=True)


def changes(options: Options, batch: Batch, registry: str | None) -> Changes:
    """Sort the paths of a batch; `registry` is the path of the registry file from the site's folder."""
    if batch.is_everything:
        return EVERYTHING
    paths = [Path(path) for path in sorted(batch.paths)]
    trials: set[str] = set()
    is_everything = common = False
    for path in paths:
        inside = _inside(path, options.content)
        if inside is None:
            # A folder above the content: moved, removed or back again.
            is_everything = is_everything or _inside(options.content, path) is not None
        elif inside.parts[:1] == (TRIALS,) and len(inside.parts) > 1:
            trials.add(inside.parts[1])
        elif not inside.parts or inside.parts == (TRIALS,):
            is_everything = True
        else:
            common = True
    if is_everything:
        return EVERYTHING
    names = {options.directory / "site.yaml", *({options.directory / registry} if registry else ())}
    return Changes(
        trials=frozenset(trials),
        common=common or any(path in names for path in paths),
        templates=_any_inside(paths, options.templates, built_in("templates")),
        assets=_any_inside(paths, options.assets, built_in("assets")),
        language=_any_inside(paths, options.directory / CATALOGUES),
        paths=batch.paths,
        files=tuple(sources.relative(options.directory, path) for path in paths),
    )


def _any_inside(paths: list[Path], *folders: Path) -> bool:
    return any(
        _inside(path, folder) is not None or _inside(folder, path) is not None
        for path in paths
        for folder in folders
    )


def _inside(path: Path, folder: Path) -> PurePath | None:
    """Return the way from a folder to a path below it, or to itself."""
    try:
        return path.relative_to(folder)
    except ValueError:
        return None
