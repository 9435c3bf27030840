"""The stage of hosts: the files that a host wants, and whether it can take the site.

Both are asked before anything is published, by a build and by a check alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from trialpages.machine.output import Written, stage
from trialpages.model.former_page import FormerPages
from trialpages.pages.former_pages import redirects
from trialpages.pages.host_files import host_files
from trialpages.pages.target_fit import fit_faults
from trialpages.pages.target_limits import target_faults
from trialpages.read import sources
from trialpages.read.config import Config
from trialpages.stages.options import Options
from trialpages.stages.publishing import Made, standing_files
from trialpages.stages.rendering import RenderState
from trialpages.words.diagnostics import Diagnostic, Span


def target_of(options: Options, config: Config) -> str | None:
    """Return the host of the site: what the command line says goes before the settings."""
    return options.target or config.target


def stage_host_files(
    options: Options, state: RenderState, site_files: Iterable[Written], former: FormerPages
) -> list[Written]:
    """Stage the files that the site's host wants; none without a target."""
    files = host_files(
        target_of(options, state.config),
        state.config,
        [file.path for file in site_files],
        redirects(former),
        is_preview=options.preview,
    )
    return [stage(state.staging, state.output, file.path, file.content) for file in files]


def host_faults(options: Options, config: Config, made: Made, former: FormerPages) -> Iterator[Diagnostic]:
    """Yield what the host of the site does not take, or takes only just, and what does not fit it."""
    target = target_of(options, config)
    if target is None:
        return
    kept, written = standing_files(made)
    sizes = {path: row.size for path, row in kept.items()} | {
        path: file.size for path, (file, _) in written.items()
    }
    span, line = _place_of_target(options)
    for each in (*target_faults(target, sizes, span), *fit_faults(target, config, redirects(former), span)):
        yield replace(each, source_line=line)


def _place_of_target(options: Options) -> tuple[Span, str | None]:
    """Return where the settings name the target, and that line; the file alone where the command line names it."""
    file = sources.scan(options.directory, options.content).site_file
    if file is None:
        return Span("site.yaml"), None
    text = sources.read(options.directory, file.path).decode("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("target:") and options.target is None:
            return Span(file.path, number, 1, len("target") + 1), line
    return Span(file.path), None
