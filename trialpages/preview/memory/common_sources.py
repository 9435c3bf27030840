"""The files that all pages share, read so that a file with an error keeps the last form in which it had none.

A build with an error publishes nothing, so the last good site stays; here too, file by file: half a word in the
settings or in the glossary changes no page, and is told.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from trialpages.read import sources
from trialpages.read.config import Config
from trialpages.read.snapshot import Snapshot
from trialpages.read.sources import Scan, SourceFile
from trialpages.stages.content import Common, read_common, read_snapshot, read_texts, tell_strays
from trialpages.stages.options import Options
from trialpages.words.diagnostics import ERROR, Diagnostic, Sink


@dataclass(frozen=True, slots=True)
class CommonSources:
    """What the content holds beside trials."""

    scan: Scan
    texts: Mapping[str, bytes]
    """As the files are now."""
    good: Mapping[str, bytes]
    """As they were when they last had no error."""
    common: Common
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """The registry file that the configuration names, and what tells whether it was touched."""

    path: str | None
    stamp: SourceFile | None
    snapshot: Snapshot | None
    faults: tuple[Diagnostic, ...]


def read_common_sources(options: Options, scan: Scan, known: CommonSources | None) -> CommonSources:
    """Read what the content holds beside trials; what it held last is given back when nothing has changed."""
    sink: Sink = []
    texts = read_texts(options, scan, sink)
    if known is not None and not sink and texts == known.texts and _places(scan) == _places(known.scan):
        return known
    common = read_common(options, scan, texts, sink)
    tell_strays(scan, sink)
    broken = {each.span.path for each in sink if each.severity == ERROR}
    before = known.good if known is not None else {}
    wanted = {path for path in _places(scan)[0] if path in before and (path in broken or path not in texts)}
    good = {**texts, **{path: before[path] for path in wanted}}
    if good != texts:
        common = read_common(options, scan, good, [])
    return CommonSources(scan, texts, good, common, tuple(sink))


def _places(scan: Scan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paths that are read, and those that have no place."""
    site = [file.path for file in (scan.site_file, scan.second_site_file) if file is not None]
    read = (*site, *(file.path for file in (*scan.shared, *scan.pages)))
    return read, tuple(file.path for file in scan.strays)


def read_registry_file(
    options: Options, config: Config, known: RegistryFile | None, named: Container[str] = ()
) -> RegistryFile:
    """Open the registry file; the one that is open stays while it is untouched, and while its successor is damaged."""
    path = config.registry
    stamp = sources.source_file(options.directory, options.directory / path) if path else None
    is_named = path is not None and str(options.directory / path) in named
    if known is not None and known.path == path and known.stamp == stamp and not is_named:
        return known
    sink: Sink = []
    snapshot = read_snapshot(options, config, sink)
    is_broken = any(each.severity == ERROR for each in sink)
    if is_broken and known is not None and known.path == path and known.snapshot is not None:
        snapshot = known.snapshot
    return RegistryFile(path, stamp, snapshot, tuple(sink))
