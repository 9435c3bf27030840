"""The stages in order, readable aloud: read, decode, assemble, plan, render, publish.

A pure map, reduce, map. Everything that depends on the day, the options or the order of files is
decided in the reduce, in one process; the two maps only carry ids. Errors stop the build before
anything is published, unless it was asked to keep going. Files come first, the memo after them.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path

from trialpages.machine.faults import ForeignFilesError
from trialpages.machine.memo import Memo
from trialpages.machine.output import (
    Written,
    clear_staging,
    damaged_files,
    foreign_paths,
    stage,
    staging_folder,
)
from trialpages.machine.pool import parallel_map
from trialpages.model.checks import check_site
from trialpages.model.former_page import FormerPages
from trialpages.pages.site_pages import raw_files, site_pages
from trialpages.pages.templates import folded
from trialpages.site.aging import check_aging
from trialpages.site.contexts import ContextIndex, trial_context
from trialpages.site.site import Site, assemble
from trialpages.site.staleness import on_day
from trialpages.stages.concerned import Narrowing
from trialpages.stages.content import Content, read_content
from trialpages.stages.decoding import DecodeState, decode_state, folder_files
from trialpages.stages.drift import tell_drift
from trialpages.stages.former_pages import find_former_pages
from trialpages.stages.gazetteer import stage_gazetteer, with_gazetteer
from trialpages.stages.history import read_histories
from trialpages.stages.inputs import code_digest, gazetteer_archive, interface_language
from trialpages.stages.materials import Materials, gather
from trialpages.stages.options import CHECKED, Options, Progress, Report
from trialpages.stages.output_checks import can_be_made, check_output
from trialpages.stages.planning import plan
from trialpages.stages.precompress import with_compressed
from trialpages.stages.publishing import Made, planned_pages, publish_all
from trialpages.stages.render_state import render_state
from trialpages.stages.rendering import PageJob, Rendered, RenderState, render_page
from trialpages.stages.search_index import stage_search_index
from trialpages.stages.shared_prose import check_prose
from trialpages.stages.targets import host_faults, stage_host_files
from trialpages.stages.trials import Trials, decode_trials, held_back
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import ERROR, NOTE, Sink, Span
from trialpages.words.language import use
from trialpages.words.severities import apply_severities


@dataclass(frozen=True, slots=True)
class Result:
    """A run's report, and the files outside the content folder on which it depended."""

    report: Report
    extra_inputs: tuple[str, ...]


class _Clock:
    """Seconds per stage; they are reported and never enter the output."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._started = time.perf_counter()

    def lap(self, stage_name: str) -> None:
        """Give the time since the last lap to a stage."""
        now = time.perf_counter()
        self._report.seconds[stage_name] = round(now - self._started, 4)
        self._started = now


def run(options: Options, memo: Memo, progress: Progress, *, writes: bool) -> Result:
    """Run all stages; without `writes`, check the pages instead of publishing them."""
    report = Report()
    clock = _Clock(report)
    sink: Sink = report.diagnostics
    if writes and (foreign := foreign_paths(options.output)):
        raise ForeignFilesError(foreign)
    content = read_content(options, sink)
    language = interface_language(options, content.config.language, sink)
    use(language)
    code = code_digest(language)
    extra = tuple(path for path in (content.config.registry,) if path)
    _refuse_to_empty(len(content.trials), len(memo.unit_keys()), sink)
    clock.lap("read")
    config = content.config
    apply_severities(sink, config.severities)
    decoding = decode_state(
        options.directory, config, content.snapshot, content.shared, code, memo.unit_keys(), language
    )
    trials = decode_trials(options, memo, content, decoding, sink, progress)
    report.trials = len(trials.cards) if writes else len(trials.cards) + len(trials.faulty)
    report.read.extend(trials.read)
    clock.lap("decode")
    site = assemble(on_day(trials.cards, content.config, options.today), content.shared, content.config)
    all_cards = (*trials.cards, *trials.faulty_cards)
    files_of = partial(folder_files, decoding, content.trials)
    check_site(all_cards, content.shared, sink, files_of)
    check_prose(content, memo, code, sink)
    if not writes:
        tell_drift(options.content, files_of, sink)
        # What the day makes old is nothing that a build should say each time.
        sink.extend(check_aging(trials.cards, content.records, config, options.today, files_of))
    materials = gather(options, memo, code, language, sink)
    apply_severities(sink, config.severities)
    clock.lap("assemble")
    narrowing = Narrowing(options, content, site, all_cards)
    if not _goes_on(options, content, sink, writes=writes):
        report.elsewhere = narrowing.apply(sink, ())
        return Result(report, extra)
    histories = read_histories(options, memo, content, decoding, sink, progress)
    former = find_former_pages(options, memo, content, site, trials.faulty, code, sink)
    apply_severities(sink, config.severities)
    clock.lap("history")
    archive = gazetteer_archive()
    materials = with_gazetteer(materials, archive)
    staging = staging_folder(options.output, options.cache) if writes else options.cache / CHECKED
    clear_staging(staging)
    staging.mkdir(parents=True)
    try:
        state = _render_state(options, content, site, materials, decoding, staging, histories, former)
        remembered = memo.files()
        damaged = {file.path: file.url for file in damaged_files(options.output, remembered.values())}
        planned, waiting = plan(trials, state, materials, memo.pages(), frozenset(damaged.values()))
        held = held_back(trials.cards, trials.faulty)
        waiting = [job for job in waiting if job.url not in held]
        site_files = _site_files(options, content, trials, site, materials, staging, former)
        known = {path: row for path, row in remembered.items() if path not in damaged}
        site_files += stage_gazetteer(state, site.cards, archive, known)
        index_files, report.index_made = stage_search_index(state, memo, code, trials, site, known)
        site_files += index_files
        site_files += stage_host_files(options, state, site_files, former)
        clock.lap("plan")
        rendered = _render(options, state, waiting, sink, progress)
        report.rendered.extend(result.job.url for result in rendered)
        clock.lap("render")
        protected = held.union(result.job.url for result in rendered if result.diagnostics)
        made = Made(planned, rendered, site_files, protected, remembered)
        made = with_compressed(options, state, made, known, progress)
        if not writes:
            report.pages = len(planned_pages(made))
            faults = check_output(options, state, content, made, former, progress)
            report.elsewhere = narrowing.apply(sink, faults)
            clock.lap("check")
        else:
            sink.extend(host_faults(options, config, made, former))
            apply_severities(sink, config.severities)
            if not _must_stop(options, sink):
                publish_all(options, memo, staging, made, report)
            clock.lap("publish")
    finally:
        clear_staging(staging)
    return Result(report, extra)


def _refuse_to_empty(trials: int, known: int, sink: Sink) -> None:
    """A build that would take down every trial is far more often a slip than a wish."""
    if known and not trials:
        what = f"There is no trial in the content, but the last build had {known:,}"
        help_text = "check --content and site.yaml; to take the site down, run the command clean first"
        sink.append(make("no-trials", what, Span("site.yaml"), help_text))


def _goes_on(options: Options, content: Content, sink: Sink, *, writes: bool) -> bool:
    """Say whether pages are to be made: for a site without errors, or for a check of what can be made."""
    if writes:
        return not _must_stop(options, sink)
    return not options.sources_only and can_be_made(options, content, sink)


def _must_stop(options: Options, sink: Sink) -> bool:
    if options.strict and any(each.severity != NOTE for each in sink):
        return True
    return not options.keep_going and any(each.severity == ERROR for each in sink)


def _render_state(
    options: Options,
    content: Content,
    site: Site,
    materials: Materials,
    decoding: DecodeState,
    staging: Path,
    histories: Mapping[str, str],
    former: FormerPages,
) -> RenderState:
    index = ContextIndex(site)
    return render_state(
        options,
        content,
        materials,
        decoding,
        contexts={
            found.trial_id: trial_context(found, index, content.config, options.today) for found in site.cards
        },
        histories=histories,
        pages={page.url: page for page in site_pages(site, content.config, content.prose, former)},
        staging=staging,
    )


def _site_files(
    options: Options,
    content: Content,
    trials: Trials,
    site: Site,
    materials: Materials,
    staging: Path,
    former: FormerPages,
) -> list[Written]:
    """Stage the files that belong to no page: assets, the search records, the sitemap and its like."""
    records = ",\n".join(trials.search[found.trial_id] for found in site.cards)
    files = dict(materials.assets.files)
    files["search/trials.json"] = f"[\n{records}\n]\n".encode()
    about = raw_files(site, content.config, content.prose, former, is_preview=options.preview)
    files.update((raw.path, raw.content) for raw in about)
    return [stage(staging, options.output, path, data) for path, data in files.items()]


def _render(
    options: Options, state: RenderState, waiting: list[PageJob], sink: Sink, progress: Progress
) -> list[Rendered]:
    rendered: list[Rendered] = []
    for result in parallel_map(render_page, waiting, state=state, jobs=options.jobs, name=attrgetter("url")):
        rendered.append(result)
        progress("render", len(rendered), len(waiting))
    sink.extend(folded(fault for result in rendered for fault in result.diagnostics))
    return rendered
