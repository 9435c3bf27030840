"""The second map: pages become files, one at a time, in parallel, skipped when their key is known.

A worker loads what its page needs, renders, and writes to the staging folder what is not already in
the output byte for byte. It returns paths and sizes only. Template faults come back as diagnostics.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from markupsafe import Markup

from trialpages.machine.memo import Memo, open_memo_read_only
from trialpages.machine.output import Written, stage
from trialpages.model.adverse_events import rows
from trialpages.model.trial import Trial
from trialpages.pages.assets import AssetSet, MissingAssetError, asset_path, missing_asset
from trialpages.pages.exports import adverse_events_csv, trial_json
from trialpages.pages.feeds import FEED
from trialpages.pages.page import Page
from trialpages.pages.social_image import ImageStyle, social_image
from trialpages.pages.templates import (
    ViewEnvironment,
    empty_page,
    environment,
    fault,
    missing_template,
    template_faults,
)
from trialpages.pages.trial.change_feed import change_feed
from trialpages.pages.trial.long_lists import data_files, long_pages
from trialpages.pages.trial.side_effects import groups_in_order
from trialpages.pages.trial_view import trial_view
from trialpages.pages.words import PlainWords
from trialpages.read.config import Config
from trialpages.site.charts import chart_data
from trialpages.site.context import TrialContext
from trialpages.site.history import History
from trialpages.stages.decoding import DecodeState, TrialInput, load_trial
from trialpages.stages.materials import TRIAL_TEMPLATE
from trialpages.stages.social_images import stage_image
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.language import is_english, use


@dataclass(frozen=True, slots=True)
class PageJob:
    """One page to make: its URL, its kind, and the key by named parts that it will have."""

    url: str
    kind: str
    parts: Mapping[str, str]
    reason: str
    trial_id: str | None = None


@dataclass(slots=True)
class RenderState:
    """What every worker needs to make any page."""

    decoding: DecodeState
    trials: Mapping[str, TrialInput]
    contexts: Mapping[str, TrialContext]
    histories: Mapping[str, str]
    """Digests of what the memo holds of the changes of some trials."""
    pages: Mapping[str, Page]
    words: PlainWords
    config: Config
    site: Mapping[str, Any]
    assets: AssetSet
    templates: Mapping[str, str]
    shown: Mapping[str, str]
    figure: str
    image_style: ImageStyle
    memo_path: Path
    staging: Path
    output: Path
    bytecode: Path
    private: dict[str, Any] = field(default_factory=dict)
    """What a worker keeps for itself: its environment and its view of the memo."""

    def __getstate__(self) -> tuple[Any, ...]:
        return tuple(
            {} if name == "private" else getattr(self, name) for name in RenderState.__dataclass_fields__
        )

    def __setstate__(self, values: tuple[Any, ...]) -> None:
        for name, value in zip(RenderState.__dataclass_fields__, values, strict=True):
            setattr(self, name, value)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of one page."""

    job: PageJob
    files: tuple[Written, ...]
    diagnostics: tuple[Diagnostic, ...]


def render_page(state: RenderState, job: PageJob) -> Rendered:
    """Make all files of one page."""
    use(state.decoding.language)
    if job.trial_id is not None:
        return _render_trial(state, job, job.trial_id)
    page = state.pages[job.url]
    html = _render(state, page.template, job.url, page.view)
    return _written(state, job, {page.path: html})


def _render_trial(state: RenderState, job: PageJob, trial_id: str) -> Rendered:
    trial = _load(state, trial_id)
    context = _context(state, trial_id)
    source = trial
    if context.source_trial is not None:
        source = _load(state, context.source_trial.card.trial_id)
    events = source.adverse_events
    image = social_image(trial, state.config, state.image_style)
    view = trial_view(trial, context, events, state.words, state.config, image)
    folder = job.url
    files: dict[str, bytes | Diagnostic] = {
        f"{folder}index.html": _render(state, TRIAL_TEMPLATE, job.url, view),
        f"{folder}trial.json": trial_json(trial, context).encode(),
    }
    for long in long_pages(view, state.config):
        files[f"{folder}{long.name}/index.html"] = _render(
            state, long.template, f"{job.url}{long.name}/", long.view
        )
    feed = change_feed(trial, context.history, state.config)
    if feed is not None:
        files[f"{folder}{FEED}"] = _render(state, FEED, f"{folder}{FEED}", feed)
    for name, text in data_files(view).items():
        files[f"{folder}{name}"] = text.encode()
    if events is not None and view.get("side_effects") and rows(events):
        groups = tuple(group.id for group in groups_in_order(trial, context, events))
        files[f"{folder}adverse-events.csv"] = adverse_events_csv(
            events, state.words.lay_terms, source.trial_id
        ).encode()
        chart = chart_data(state.figure, events, groups, state.words.lay_terms, source_trial=source.trial_id)
        text = json.dumps(chart, ensure_ascii=False, separators=(",", ":"))
        files[f"{folder}adverse-events.json"] = text.encode()
    pictures = (stage_image(_memo(state), state.staging, state.output, folder, image),) if image else ()
    return _written(state, job, files, pictures)


def _context(state: RenderState, trial_id: str) -> TrialContext:
    context = state.contexts[trial_id]
    encoded = _memo(state).history(trial_id) if trial_id in state.histories else None
    if not encoded:
        return context
    return replace(context, history=msgspec.msgpack.decode(encoded, type=History))


def _written(
    state: RenderState,
    job: PageJob,
    files: Mapping[str, bytes | Diagnostic],
    staged: tuple[Written, ...] = (),
) -> Rendered:
    faults = tuple(content for content in files.values() if isinstance(content, Diagnostic))
    if faults:
        return Rendered(job, (), faults)
    return Rendered(
        job,
        tuple(
            stage(state.staging, state.output, path, content)
            for path, content in files.items()
            if isinstance(content, bytes)
        )
        + staged,
        (),
    )


def _render(state: RenderState, template: str, url: str, view: Mapping[str, Any]) -> bytes | Diagnostic:
    if template not in state.templates:
        return missing_template(template, url, state.templates)
    root = way_to_root(url, state.config)

    def asset(name: str) -> str:
        return root + asset_path(state.assets, name)

    def imports(name: str) -> tuple[str, ...]:
        return state.assets.imports.get(name, ())

    # The registry writes English; on a page in another language its words say so.
    record_lang = Markup("") if is_english() else Markup(' lang="en"')
    jinja = _environment(state)
    try:
        text = jinja.get_template(template).render(
            page=view, site=state.site, root=root, asset=asset, imports=imports, record_lang=record_lang
        )
    except MissingAssetError as error:
        return missing_asset(error, url, Span(state.shown.get(template, template)))
    except template_faults() as error:
        return fault(error, url, view, state.shown, state.templates)
    if not text.strip():
        return empty_page(template, url, state.shown)
    return text.encode("utf-8", "replace")


def way_to_root(url: str, config: Config) -> str:
    """Return the relative way from a page to the site's root; the 404 page, served anywhere, needs an absolute one."""
    if url == "404.html":
        return base_path(config)
    return "../" * url.count("/") or "./"


@lru_cache(maxsize=8)
def _path_of(base_url: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(base_url).path.rstrip("/") + "/"


def base_path(config: Config) -> str:
    """Return the path below which the site is served, with slashes at both ends."""
    return _path_of(config.base_url or "")


def _environment(state: RenderState) -> ViewEnvironment:
    made: ViewEnvironment | None = state.private.get("environment")
    if made is None:
        made = environment(state.templates, bytecode_folder=state.bytecode)
        state.private["environment"] = made
    return made


def _load(state: RenderState, trial_id: str) -> Trial:
    trial = load_trial(state.decoding, state.trials[trial_id], _memo(state).record(trial_id))
    if trial is None:
        raise RuntimeError(f"the trial {trial_id} was decoded once and cannot be decoded again")
    return trial


def _memo(state: RenderState) -> Memo:
    memo: Memo | None = state.private.get("memo")
    if memo is None:
        memo = state.private["memo"] = open_memo_read_only(state.memo_path)
    return memo
