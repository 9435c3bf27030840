"""Read what the whole site shares: configuration, shared files, pages of prose, and where each trial lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    scan = sources.scan(options.directory, options.content)
    common = read_common(options, scan, read_texts(options, scan, sink), sink)
    snapshot = read_snapshot(options, common.config, sink)
    tell_strays(scan, sink)
    folders = ((trial.trial_id, trial.path, trial.files) for trial in scan.trials)
    trials = trial_inputs(folders, snapshot)
    return Content(common.config, common.shared, common.prose, snapshot, trials, common.texts)


@dataclass(frozen=True, slots=True)
class Common:
    """What the content holds beside trials: configuration, shared files, pages of prose, and the bytes of the last two."""

    config: Config
    shared: SharedFiles
    prose: tuple[ProsePage, ...]
    texts: dict[str, bytes]


def read_texts(options: Options, scan: Scan, sink: Sink) -> dict[str, bytes]:
    """Return the bytes of every file of the content that is no trial's, by path."""
    site_file = (scan.site_file,) if scan.site_file else ()
    return _contents(options, (*site_file, *scan.shared, *scan.pages), sink)


def read_common(options: Options, scan: Scan, texts: Mapping[str, bytes], sink: Sink) -> Common:
    """Read what the content holds beside trials from bytes by path."""
    config = _config(options, scan, texts, sink)
    shared_texts = {file.path: texts[file.path] for file in scan.shared if file.path in texts}
    shared = read_shared(shared_texts, sink)
    pages = {file.path: texts[file.path] for file in scan.pages if file.path in texts}
    prose = tuple(page for page in (read_prose(path, data, sink) for path, data in pages.items()) if page)
    return Common(config, shared, prose, shared_texts | pages)


def read_snapshot(options: Options, config: Config, sink: Sink) -> Snapshot | None:
    """Open the registry file that the configuration names."""
    if not config.registry:
        return None
    snapshot = open_snapshot(options.directory / config.registry, config.registry, sink)
    for shown, data in snapshot.unread:
        decode_registry(data, shown, sink)
    return snapshot


def tell_strays(scan: Scan, sink: Sink) -> None:
    """Tell of files that have no place in the content folder."""
    for file in scan.strays:
        what = "This file has no place in the content folder, so nothing is made of it"
        sink.append(make("unknown-file", what, Span(file.path)))


def _config(options: Options, scan: Scan, texts: Mapping[str, bytes], sink: Sink) -> Config:
    file = scan.site_file
    shown = sources.relative(options.directory, options.content / "site.yaml")
    if scan.second_site_file is not None and file is not None:
        what = f"There are two configurations: {file.path} and {scan.second_site_file.path}"
        sink.append(make("two-configurations", what, Span(scan.second_site_file.path)))
    data = texts.get(file.path) if file else None
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
