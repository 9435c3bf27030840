"""`info`: versions, folders and counts, for the report of a fault. It names no person and no machine."""

from __future__ import annotations

import platform
from pathlib import Path

from trialpages import __version__
from trialpages.arguments import Arguments
from trialpages.machine.git import GitError, commits, refusal, repository
from trialpages.machine.memo import open_memo_read_only
from trialpages.machine.output import owned_paths
from trialpages.read import sources
from trialpages.stages.build import MEMO_NAME
from trialpages.stages.history_log import TRIALS
from trialpages.stages.inputs import chart_bundle_path, library_versions


def info(arguments: Arguments) -> str:
    """Return what a reader of a fault report wants to know first."""
    options = arguments.options
    scan = sources.scan(options.directory, options.content)
    bundle = chart_bundle_path(options)
    rows = [
        ("trialpages", __version__),
        ("system", f"{platform.system()} {platform.machine()}"),
        *((line.partition(" ")[0], line.partition(" ")[2]) for line in library_versions()),
        ("chart bundle", bundle.name if bundle else "none"),
        ("content", f"{arguments.shown(options.content)}: {len(scan.trials)} trial folders"),
        ("history", _history(options.content)),
        ("site.yaml", scan.site_file.path if scan.site_file else "none"),
        ("templates", arguments.shown(options.templates)),
        ("assets", arguments.shown(options.assets)),
        ("output", f"{arguments.shown(options.output)}: {len(owned_paths(options.output))} files of ours"),
        ("cache", arguments.shown(options.cache)),
        ("memo", _memo(arguments)),
        ("jobs", str(options.jobs)),
    ]
    width = max(len(name) for name, _ in rows)
    return "".join(f"{name:<{width}}  {value}\n" for name, value in rows)


def _history(content: Path) -> str:
    """Say what version control tells of the content, or why pages list no changes."""
    repo = repository(content)
    if repo is None:
        return f"none: {refusal(content)}"
    try:
        known = tuple(commits(repo, TRIALS))
    except GitError as error:
        return f"none: {error}"
    if not known:
        return "none: no trial is committed yet"
    commit = "commit" if len(known) == 1 else "commits"
    extent = "cut off before" if repo.is_shallow else "since"
    return f"{len(known):,} {commit} of trials, {extent} {known[-1].day}"


def _memo(arguments: Arguments) -> str:
    path = arguments.options.cache / MEMO_NAME
    if not path.exists():
        return "none"
    memo = open_memo_read_only(path)
    try:
        return f"{len(memo.unit_keys())} trials, {len(memo.pages())} pages, {path.stat().st_size:,} bytes"
    finally:
        memo.close()
