"""What a page needs beside its own facts, brought together for the functions that render: for a build and the preview."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trialpages.pages.page import Page
from trialpages.pages.site_words import site_words
from trialpages.pages.words import plain_words
from trialpages.site.context import TrialContext
from trialpages.stages.content import Content
from trialpages.stages.decoding import DecodeState
from trialpages.stages.materials import Materials
from trialpages.stages.options import Options
from trialpages.stages.rendering import Records, RenderState


def render_state(
    options: Options,
    content: Content,
    materials: Materials,
    decoding: DecodeState,
    *,
    contexts: Mapping[str, TrialContext],
    histories: Mapping[str, str],
    pages: Mapping[str, Page],
    staging: Path,
    records: Records | None = None,
) -> RenderState:
    """Return what every worker needs to make any page; without `records` the memo of the cache holds the trials."""
    bytecode = options.cache / "templates"
    if options.directory.is_dir():
        # A site that disappeared while it is previewed is not begun anew in the way of its return.
        bytecode.mkdir(parents=True, exist_ok=True)
    return RenderState(
        decoding=decoding,
        trials=content.trials,
        contexts=contexts,
        histories=histories,
        pages=pages,
        words=plain_words(content.shared.glossary, content.shared.adverse_event_terms),
        config=content.config,
        site=site_words(content.config, content.prose, is_preview=options.preview),
        assets=materials.assets,
        templates=materials.templates,
        shown=materials.shown,
        figure=materials.figure,
        image_style=materials.image_style,
        memo_path=options.cache / "memo.sqlite",
        staging=staging,
        output=options.output,
        bytecode=bytecode,
        records=records,
    )
