"""The sources as they were before a change: what has changed comes from version control, all else from the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from trialpages.machine.git import NO_OBJECT, Repository, contents, files_at
from trialpages.read import sources
from trialpages.read.config import Config, read_config
from trialpages.read.snapshot import Snapshot, open_snapshot
from trialpages.read.sources import SHARED_FILES, SHARED_FOLDERS
from trialpages.stages.content import Content
from trialpages.stages.options import Options
from trialpages.words.diagnostics import Diagnostic, Sink

LARGE_FILE_POINTER = b"version https://git-lfs"
"""Begins what version control holds of a file that it keeps elsewhere."""

NO_EARLIER_SNAPSHOT = (
    "the registry file has changed, and version control holds no earlier one that can be read: "
    "every trial is compared with its newest record"
)


@dataclass(frozen=True, slots=True)
class Before:
    """The shared sources before the change, and what the changed files held."""

    changed: Mapping[str, bytes | None]
    """Of every changed file of the content, by path: the bytes before, None where there was no file."""
    config: Config
    config_faults: tuple[Diagnostic, ...] | None
    """None where the settings are those of today."""
    texts: Mapping[str, bytes]
    """The shared files and the pages of prose, by path."""
    snapshot: Snapshot | None
    existed: frozenset[str]
    """Those of all changed files that were there before."""
    notes: tuple[str, ...]

    def files(self, folder: str, now: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the files of a trial's folder by name, of which `now` are those that lie there today."""
        found = dict(now)
        for path, data in self.changed.items():
            above, _slash, name = path.rpartition("/")
            if above == folder:
                found.pop(name, None)
                if data is not None:
                    found[name] = data
        return found


def read_before(
    options: Options, content: Content, repo: Repository, base: str, changed: Iterable[str], spare: Path
) -> Before:
    """Return the sources at a commit; an earlier registry file is put into the folder `spare`.

    `changed` are all files, relative to the site, that are not as they were at that commit.
    """
    folder = sources.relative(options.directory, options.content)
    wanted = sorted(
        path
        for path in changed
        if path.startswith(f"{folder}/") and not sources.is_dropping(path.rpartition("/")[2])
    )
    held = {*changed}
    names = files_at(repo, base, *sorted(held)) if held else {}
    found = _contents(repo, names, [*wanted, "site.yaml"] if "site.yaml" in held else wanted)
    config, config_faults = _config(content, found, folder)
    notes: list[str] = []
    snapshot = _snapshot(options, content, config, repo, names, held, spare, notes)
    texts = {path: data for path, data in content.texts.items() if path not in found}
    texts |= {path: data for path, data in found.items() if data is not None and _is_text(path, folder)}
    return Before(
        found, config, config_faults, dict(sorted(texts.items())), snapshot, frozenset(names), tuple(notes)
    )


def _contents(repo: Repository, names: Mapping[str, str], paths: list[str]) -> dict[str, bytes | None]:
    found = contents(repo, [names.get(path, NO_OBJECT) for path in paths])
    return dict(zip(paths, found, strict=True))


def _is_text(path: str, folder: str) -> bool:
    """Say whether a file is one that trials share, or a page of prose."""
    above, _slash, name = path.removeprefix(f"{folder}/").rpartition("/")
    if above in SHARED_FOLDERS:
        return name.endswith(".yaml")
    return name in SHARED_FILES if not above else above == "pages" and name.endswith(".md")


def _config(
    content: Content, found: Mapping[str, bytes | None], folder: str
) -> tuple[Config, tuple[Diagnostic, ...] | None]:
    for path in (f"{folder}/site.yaml", "site.yaml"):
        data = found.get(path)
        if data is not None:
            sink: Sink = []
            return read_config(data, path, sink), tuple(sink)
    return content.config, None


def _snapshot(
    options: Options,
    content: Content,
    config: Config,
    repo: Repository,
    names: Mapping[str, str],
    changed: set[str],
    spare: Path,
    notes: list[str],
) -> Snapshot | None:
    if config.registry is None:
        return None
    if config.registry not in changed:
        if config.registry == content.config.registry:
            return content.snapshot
        return open_snapshot(options.directory / config.registry, config.registry, [])
    data = _contents(repo, names, [config.registry])[config.registry]
    if data is None or data.startswith(LARGE_FILE_POINTER):
        notes.append(NO_EARLIER_SNAPSHOT)
        return content.snapshot
    earlier = spare / Path(config.registry).name
    earlier.write_bytes(data)
    return open_snapshot(earlier, config.registry, [])
