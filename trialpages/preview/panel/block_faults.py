"""Which faults are a page's, and which block of it each belongs to: the one whose lines hold the fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trialpages.preview.panel.block import TEMPLATE, Block, Source
from trialpages.preview.panel.page_input import PageInput
from trialpages.preview.web.state import fault_id
from trialpages.words.diagnostics import Diagnostic


def paths_of(page: PageInput, blocks: Iterable[Block]) -> frozenset[str]:
    """Return the files whose faults are the page's: its own, those of its blocks, the settings and its templates."""
    paths = {source.path for block in blocks for source in block.sources if source.is_own}
    paths.add(page.site.settings_path)
    for name in page.closure:
        found = page.site.template(name)
        paths |= {found.path} if found else set()
    trial = page.trial
    if trial is not None:
        paths |= {trial.path(name) for name in trial.files}
        paths |= {trial.folder, trial.member_path, f"{trial.trial_id}.json"} - {""}
    return frozenset(paths)


def by_block(blocks: Sequence[Block], faults: Iterable[Diagnostic]) -> Mapping[str, str]:
    """Return the id of the block that holds each fault, by the fault's id; a fault that none holds is left out.

    Where several hold it, the narrowest place counts, and a place of a block's own before one that it is worked out from.
    """
    held: dict[str, str] = {}
    places = [(block, source) for block in blocks for source in _places(block)]
    for fault in faults:
        holding = [(*_rank(source, fault), block) for block, source in places if _holds(source, fault)]
        if holding:
            held[fault_id(fault)] = min(holding, key=lambda found: found[:-1])[-1].id
    return held


def _places(block: Block) -> Iterable[Source]:
    return (*block.sources, *((block.template,) if block.template else ()))


def _holds(source: Source, fault: Diagnostic) -> bool:
    span, stretch = fault.span, source.stretch
    if source.path != span.path or stretch is None:
        return False
    if source.kind == TEMPLATE:
        # What a template draws ends where the next part begins; `_rank` finds the nearest one above.
        return stretch.line <= span.line
    return stretch.holds(span.line, span.column)


def _rank(source: Source, fault: Diagnostic) -> tuple[int, int, int]:
    stretch = source.stretch
    if stretch is None:
        return 2, 0, 0
    if source.kind == TEMPLATE:
        return 0, fault.span.line - stretch.line, 0
    return 0 if source.is_own else 1, stretch.end_line - stretch.line, -stretch.column
