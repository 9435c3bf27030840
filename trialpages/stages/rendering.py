"""The second map: pages become files, one at a time, in parallel, skipped when their key is known.

`page_makers` tells which files a page has, each with the function that makes it, and touches no output: a build
makes them all, the preview those that are asked for. `render_page` is the build's: a worker loads what its page
needs, makes its files, and writes to the staging folder what is not already in the output byte for byte. It returns
paths and sizes only. Template faults come back as diagnostics.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Protocol

import msgspec
from markupsafe import Markup

from trialpages.machine.memo import Memo, open_memo_read_only
from trialpages.machine.output import Written, stage
from trialpages.machine.time_limit import TimeLimitError, time_limit
from trialpages.model.adverse_event_records import AdverseEvents
from trialpages.model.adverse_events import rows
from trialpages.model.trial import Trial
from trialpages.pages.assets import AssetSet, MissingAssetError, asset_integrity, asset_path, missing_asset
from trialpages.pages.exports import adverse_events_csv, trial_json
from trialpages.pages.feeds import FEED
from trialpages.pages.page import Page
from trialpages.pages.social_image import ImageStyle, SocialImage, social_image
from trialpages.pages.templates import (
    TOO_SLOW,
    TooLongError,
    ViewEnvironment,
    empty_page,
    environment,
    fault,
    missing_template,
    template_faults,
    too_slow,
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

PAGE_SECONDS = 30.0
"""How long one template may take for one file; the slowest page of a real site takes a hundredth of it."""

SLOW_PAGES = 3
"""After so many pages of one kind that took too long, a worker tries no more of that kind."""


@dataclass(frozen=True, slots=True)
class PageJob:
    """One page to make: its URL, its kind, and the key by named parts that it will have."""

    url: str
    kind: str
    parts: Mapping[str, str]
    reason: str
    trial_id: str | None = None


class Records(Protocol):
    """What holds trials that are decoded already, and their histories: the memo, or the preview's memory."""

    def record(self, name: str) -> bytes | None:
        """Return an encoded trial, or None when it must be made from its source."""

    def history(self, name: str) -> bytes | None:
        """Return the encoded history of a trial that has one."""


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
    records: Records | None = None
    """What holds the decoded trials, when it is not the memo."""
    page_seconds: float = field(default_factory=lambda: PAGE_SECONDS)
    """How long one template may take for one file."""
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


Maker = Callable[[], bytes | Diagnostic]
"""Makes one file, or says why it cannot be made."""


NOT_IN_VIEWS = frozenset({"assets", "templates", "feed template"})
"""Parts of a page's key that the view of a trial's page does not depend on."""


@dataclass(frozen=True, slots=True)
class TrialPage:
    """What all files of a trial's page are made from."""

    trial: Trial
    context: TrialContext
    source: Trial
    """The trial whose health problems the page shows."""
    image: SocialImage | None
    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PageMakers:
    """How each file of a page is made, by path in the output, and the picture for sharing that lies beside them."""

    makers: Mapping[str, Maker]
    image: SocialImage | None = None
    trial_page: TrialPage | None = None
    """Given back to `page_makers`, it spares the making of the view while nothing but `NOT_IN_VIEWS` has moved."""


def render_page(state: RenderState, job: PageJob) -> Rendered:
    """Make all files of one page, and stage those that are new."""
    slow: list[Diagnostic] = state.private.setdefault(f"slow {job.kind}", [])
    if len(slow) >= SLOW_PAGES:
        return Rendered(job, (), (slow[0],))
    made = page_makers(state, job)
    files = {path: make() for path, make in made.makers.items()}
    faults = tuple(content for content in files.values() if isinstance(content, Diagnostic))
    if faults:
        slow.extend(each for each in faults if each.code == TOO_SLOW)
        return Rendered(job, (), faults)
    written = [
        stage(state.staging, state.output, path, content)
        for path, content in files.items()
        if isinstance(content, bytes)
    ]
    if made.image is not None:
        written.append(stage_image(_memo(state), state.staging, state.output, job.url, made.image))
    return Rendered(job, tuple(written), ())


def page_makers(state: RenderState, job: PageJob, known: TrialPage | None = None) -> PageMakers:
    """Return how each file of one page is made; what they share is made now, each file when its maker is called."""
    use(state.decoding.language)
    if job.trial_id is not None:
        return _trial_makers(state, job, known or _trial_page(state, job.trial_id))
    page = state.pages[job.url]
    return PageMakers({page.path: lambda: _render(state, page.template, job.url, page.view)})


def _trial_page(state: RenderState, trial_id: str) -> TrialPage:
    trial = _load(state, trial_id)
    context = _context(state, trial_id)
    source = trial
    if context.source_trial is not None:
        source = _load(state, context.source_trial.card.trial_id)
    image = social_image(trial, state.config, state.image_style)
    view = trial_view(trial, context, source.adverse_events, state.words, state.config, image)
    return TrialPage(trial, context, source, image, view)


def _trial_makers(state: RenderState, job: PageJob, found: TrialPage) -> PageMakers:
    trial, context, view, folder = found.trial, found.context, found.view, job.url
    makers: dict[str, Maker] = {
        f"{folder}index.html": partial(_render, state, TRIAL_TEMPLATE, job.url, view),
        f"{folder}trial.json": lambda: trial_json(trial, context).encode(),
    }
    for long in long_pages(view, state.config):
        url = f"{folder}{long.name}/"
        makers[f"{url}index.html"] = partial(_render, state, long.template, url, long.view)
    feed = change_feed(trial, context.history, state.config)
    if feed is not None:
        makers[f"{folder}{FEED}"] = partial(_render, state, FEED, f"{folder}{FEED}", feed)
    for name, text in data_files(view).items():
        makers[f"{folder}{name}"] = text.encode
    events = found.source.adverse_events
    if events is not None and view.get("side_effects") and rows(events):
        makers |= _event_makers(state, folder, trial, context, events, found.source.trial_id)
    return PageMakers(makers, found.image, found)


def _event_makers(
    state: RenderState,
    folder: str,
    trial: Trial,
    context: TrialContext,
    events: AdverseEvents,
    source_id: str,
) -> dict[str, Maker]:
    """Return how the files beside a table of health problems are made: for a spreadsheet, and for the chart."""
    terms = state.words.lay_terms

    def chart() -> bytes:
        groups = tuple(group.id for group in groups_in_order(trial, context, events))
        data = chart_data(state.figure, events, groups, terms, source_trial=source_id)
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

    return {
        f"{folder}adverse-events.csv": lambda: adverse_events_csv(events, terms, source_id).encode(),
        f"{folder}adverse-events.json": chart,
    }


def _context(state: RenderState, trial_id: str) -> TrialContext:
    context = state.contexts[trial_id]
    encoded = _records(state).history(trial_id) if trial_id in state.histories else None
    if not encoded:
        return context
    return replace(context, history=msgspec.msgpack.decode(encoded, type=History))


def _render(state: RenderState, template: str, url: str, view: Mapping[str, Any]) -> bytes | Diagnostic:
    if template not in state.templates:
        return missing_template(template, url, state.templates)
    root = way_to_root(url, state.config)

    def asset(name: str) -> str:
        return root + asset_path(state.assets, name)

    def imports(name: str) -> tuple[str, ...]:
        return state.assets.imports.get(name, ())

    def integrity(name: str) -> str:
        return asset_integrity(state.assets, name)

    # The registry writes English; on a page in another language its words say so.
    record_lang = Markup("") if is_english() else Markup(' lang="en"')
    jinja = _environment(state)
    try:
        with time_limit(state.page_seconds):
            text = jinja.get_template(template).render(
                page=view,
                site=state.site,
                root=root,
                asset=asset,
                imports=imports,
                integrity=integrity,
                record_lang=record_lang,
            )
    except (TimeLimitError, TooLongError) as error:
        return too_slow(error, state.page_seconds, url, state.shown, state.templates)
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
    trial = load_trial(state.decoding, state.trials[trial_id], _records(state).record(trial_id))
    if trial is None:
        raise RuntimeError(f"the trial {trial_id} was decoded once and cannot be decoded again")
    return trial


def _records(state: RenderState) -> Records:
    return _memo(state) if state.records is None else state.records


def _memo(state: RenderState) -> Memo:
    memo: Memo | None = state.private.get("memo")
    if memo is None:
        memo = state.private["memo"] = open_memo_read_only(state.memo_path)
    return memo
