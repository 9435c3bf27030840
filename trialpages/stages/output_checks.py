"""The check of the output: every published file is read as a browser reads it, in parallel; nothing is remembered.

What stands in the output in its present form is read there, and what had to be made lies in the staging folder.
First each file says what it breaks and which places on other pages it wants; then only those pages are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter
from pathlib import Path

from trialpages.machine.pool import parallel_map
from trialpages.model.former_page import FormerPages
from trialpages.pages.addresses import grounds
from trialpages.pages.links_in_files import is_read, read_file
from trialpages.pages.output_faults import OutputFault, Source, output_faults
from trialpages.pages.page import output_path
from trialpages.pages.site_paths import Broken, FileFaults, SitePaths, file_faults, site_paths
from trialpages.read import sources
from trialpages.stages.content import Content
from trialpages.stages.materials import TRIAL_TEMPLATES
from trialpages.stages.options import Options, Progress
from trialpages.stages.publishing import Made, standing_files
from trialpages.stages.rendering import RenderState
from trialpages.stages.targets import host_faults
from trialpages.words.diagnostics import ERROR, Diagnostic
from trialpages.words.severities import apply_severities
from trialpages.words.suggest import nearest


@dataclass(frozen=True, slots=True)
class CheckState:
    """What every worker needs to check any file."""

    output: Path
    staging: Path
    new: frozenset[str]
    """Files that lie in the staging folder."""
    site: SitePaths


def can_be_made(options: Options, content: Content, faults: Iterable[Diagnostic]) -> bool:
    """Say whether pages can be made in spite of the errors: a trial with errors is left out, all else is needed."""
    trials = f"{sources.relative(options.directory, options.content)}/trials/"
    record = f"{content.config.registry}!"
    return all(each.severity != ERROR or each.span.path.startswith((trials, record)) for each in faults)


def check_output(
    options: Options,
    state: RenderState,
    content: Content,
    made: Made,
    former: FormerPages,
    progress: Progress,
) -> list[OutputFault]:
    """Return the faults of the site as it would be published now."""
    kept, written = standing_files(made)
    sizes = {path: row.size for path, row in kept.items()} | {
        path: file.size for path, (file, _) in written.items()
    }
    checking = CheckState(
        options.output,
        state.staging,
        frozenset(path for path, (file, _) in written.items() if file.is_new),
        site_paths(sizes, map(_beginning, made.protected), grounds(state.config.base_url)),
    )
    found = _read_all(options, checking, sorted(filter(is_read, sizes)), progress)
    owners = {path: row.url for path, row in kept.items()} | {path: url for path, (_, url) in written.items()}
    output = sources.relative(options.directory, options.output)
    faults = output_faults(
        found,
        _lost_places(options, checking, found),
        checking.site.files,
        _sources(options, state, content, owners),
        lambda path: f"{output}/{path}",
    )
    faults += [
        OutputFault(diagnostic=each, files=()) for each in host_faults(options, state.config, made, former)
    ]
    return [wanted for each in faults if (wanted := _as_wanted(each, state.config.severities)) is not None]


def _as_wanted(fault: OutputFault, severities: Mapping[str, str]) -> OutputFault | None:
    """Return a fault as grave as the site says; None where the site wants none of it."""
    sink = [fault.diagnostic]
    apply_severities(sink, severities)
    return replace(fault, diagnostic=sink[0]) if sink else None


def _beginning(url: str) -> str:
    """Return how the paths of a page's files begin; a trial has files of many names in its folder."""
    return url if url.startswith("trials/") else output_path(url)


def check_file(state: CheckState, path: str) -> FileFaults:
    """Return what one file breaks."""
    text = _text(state, path)
    return file_faults(path, text, read_file(path, text), state.site)


def lost_places(state: CheckState, asked: tuple[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the places that a page does not have, and the nearest name that it has."""
    path, fragments = asked
    ids = read_file(path, _text(state, path)).ids
    return {each: nearest(each, sorted(ids)) or "" for each in fragments if each not in ids}


def _text(state: CheckState, path: str) -> str:
    folder = state.staging if path in state.new else state.output
    return (folder / path).read_text("utf-8", "replace")


def _read_all(
    options: Options, checking: CheckState, paths: Sequence[str], progress: Progress
) -> list[FileFaults]:
    found: list[FileFaults] = []
    results = parallel_map(check_file, paths, state=checking, jobs=options.jobs, name=str)
    for done, each in enumerate(results, 1):
        if each.broken or each.wanted or each.repeated_ids or each.silent_images:
            found.append(each)
        progress("check", done, len(paths))
    return found


def _lost_places(
    options: Options, checking: CheckState, found: Iterable[FileFaults]
) -> Iterator[tuple[str, Broken]]:
    """Yield the places on other pages that these do not have, by the file that links there."""
    wanted: dict[str, dict[str, None]] = {}
    for faults in found:
        for each in faults.wanted:
            if each.path in checking.site.files:
                wanted.setdefault(each.path, {})[each.fragment] = None
    asked = [(path, tuple(fragments)) for path, fragments in sorted(wanted.items())]
    answers = parallel_map(lost_places, asked, state=checking, jobs=options.jobs, name=itemgetter(0))
    lost = {path: answer for (path, _), answer in zip(asked, answers, strict=True) if answer}
    for faults in found:
        for each in faults.wanted:
            guess = lost.get(each.path, {}).get(each.fragment)
            if guess is not None:
                yield faults.path, each.with_guess(guess)


def _sources(
    options: Options, state: RenderState, content: Content, owners: Mapping[str, str]
) -> Callable[[str], Iterator[Source]]:
    """Return how to get from a file in the output to the texts that it may be made from."""
    scan = sources.scan(options.directory, options.content)
    shared = [file.path for file in ((scan.site_file,) if scan.site_file else ()) + scan.shared]
    assets = {path: name for name, path in state.assets.paths.items()}
    prose = {file.path.rpartition("/")[2].removesuffix(".md"): file.path for file in scan.pages}

    @cache
    def text(path: str) -> Source:
        return Source(path=path, text=sources.read(options.directory, path).decode("utf-8", "replace"))

    def own(url: str) -> list[str]:
        first, _slash, rest = url.partition("/")
        name = rest.partition("/")[0]
        if first == "trials" and name in content.trials:
            return [file.path for file in content.trials[name].files if not file.path.endswith(".json")]
        if url in (f"{slug}/" for slug in prose):
            return [prose[first]]
        return [path for path in shared if path.endswith(f"/{first}/{name}.yaml")]

    def sources_of(path: str) -> Iterator[Source]:
        url = owners.get(path, "")
        if path in assets and path in state.assets.files:
            content_of_asset = state.assets.files[path].decode("utf-8", "replace")
            yield Source(path=f"assets/{assets[path]}", text=content_of_asset)
        for each in dict.fromkeys([*own(url), *shared]):
            yield text(each)
        page = state.pages.get(url)
        first = (page.template,) if page else TRIAL_TEMPLATES if url.startswith("trials/") else ()
        for name in dict.fromkeys([*first, *sorted(state.templates)]):
            if name in state.templates:
                yield Source(path=state.shown.get(name, name), text=state.templates[name], is_template=True)

    return sources_of
