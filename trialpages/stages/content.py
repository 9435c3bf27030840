"""Read what the whole site shares: configuration, shared files, pages of prose, and where each trial lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from trialpages.model.registry import decode_registry
from trialpages.model.shared_files import SharedFiles, read_shared
from trialpages.pages.prose_pages import ProsePage, read_prose
from trialpages.read import sources
from trialpages.read.config import Config, read_config
from trialpages.read.snapshot import Snapshot, open_snapshot
from trialpages.read.sources import Scan, SourceFile
from trialpages.stages.decoding import TrialInput, trial_inputs
from trialpages.stages.options import Options
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span


@dataclass(frozen=True, slots=True)
class Content:
    """The read content: configuration, shared files, pages of prose, and where each trial lies."""

    config: Config
    shared: SharedFiles
    prose: tuple[ProsePage, ...]
    snapshot: Snapshot | None
    trials: dict[str, TrialInput]
    texts: dict[str, bytes]
    """The shared files and the pages of prose, by path."""

    @property
    def records(self) -> frozenset[str]:
        """Return the ids of the trials that only the registry file has."""
        return frozenset(trial_id for trial_id, trial in self.trials.items() if not trial.folder)


def read_content(options: Options, sink: Sink) -> Content:
    """Scan the content folder and read everything but the trials."""
    directory = options.directory
    scan = sources.scan(directory, options.content)
    config = _config(options, scan, sink)
    texts = _contents(options, scan.shared, sink)
    shared = read_shared(texts, sink)
    pages = _contents(options, scan.pages, sink)
    prose = tuple(page for page in (read_prose(path, data, sink) for path, data in pages.items()) if page)
    snapshot = None
    if config.registry:
        snapshot = open_snapshot(directory / config.registry, config.registry, sink)
        for shown, data in snapshot.unread:
            decode_registry(data, shown, sink)
    for file in scan.strays:
        what = "This file has no place in the content folder, so nothing is made of it"
        sink.append(make("unknown-file", what, Span(file.path)))
    folders = ((trial.trial_id, trial.path, trial.files) for trial in scan.trials)
    return Content(config, shared, prose, snapshot, trial_inputs(folders, snapshot), texts | pages)


def _config(options: Options, scan: Scan, sink: Sink) -> Config:
    file = scan.site_file
    shown = sources.relative(options.directory, options.content / "site.yaml")
    if scan.second_site_file is not None and file is not None:
        what = f"There are two configurations: {file.path} and {scan.second_site_file.path}"
        sink.append(make("two-configurations", what, Span(scan.second_site_file.path)))
    data = _contents(options, (file,) if file else (), sink).get(file.path) if file else None
    config = read_config(data, file.path if file else shown, sink)
    if options.base_url is not None:
        config = replace(config, base_url=options.base_url)
    return config


def _contents(options: Options, files: Iterable[SourceFile], sink: Sink) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for file in files:
        try:
            contents[file.path] = sources.read(options.directory, file.path)
        except OSError as error:
            sink.append(
                make("unreadable-file", f"The file cannot be read: {error.strerror}", Span(file.path))
            )
    return contents
