"""What all pages share: templates and their closures, assets, and the figure that charts are filled into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trialpages.machine.memo import Memo
from trialpages.pages.assets import AssetSet, asset_set
from trialpages.pages.social_image import TOKENS, ImageStyle, colors_of
from trialpages.pages.templates import closures
from trialpages.pages.trial.long_lists import TEMPLATES as LONG_LIST_TEMPLATES
from trialpages.read.text import decode_text
from trialpages.site.charts import figure_template
from trialpages.stages.inputs import chart_bundle_path, drawing_digest, overlay
from trialpages.stages.options import Options
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span
from trialpages.words.language import Language, browser_messages

TRIAL_TEMPLATE = "trial.html"
TRIAL_TEMPLATES = (TRIAL_TEMPLATE, *LONG_LIST_TEMPLATES)
"""All templates that the job of a trial may render."""


@dataclass(frozen=True, slots=True)
class Materials:
    """Template sources and the paths that authors know, by name; closures' digests; assets; figure; code; pictures."""

    templates: Mapping[str, str]
    shown: Mapping[str, str]
    closures: Mapping[str, str]
    assets: AssetSet
    figure: str
    code: str
    image_style: ImageStyle


def gather(options: Options, memo: Memo, code: str, language: Language, sink: Sink) -> Materials:
    """Read templates and assets; faults in templates go to the sink."""
    templates = overlay(options, options.templates, "templates")
    texts = {
        name: text
        for name, content in templates.contents.items()
        if (text := decode_text(content, templates.shown[name], sink)) is not None
    }
    if TRIAL_TEMPLATE not in templates.contents:
        what = "There is no template for the trial pages"
        sink.append(make("template-missing", what, Span(f"templates/{TRIAL_TEMPLATE}")))
    assets = overlay(options, options.assets, "assets")
    bundle = chart_bundle_path(options)
    figure = memo.value("figure template", code)
    if figure is None:
        figure = figure_template()
        memo.remember_value("figure template", code, figure)
    return Materials(
        texts,
        templates.shown,
        closures(texts, templates.shown, sink),
        asset_set(
            assets.contents,
            bundle.read_bytes() if bundle else None,
            browser_messages(language) if language.catalogue else None,
        ),
        figure,
        code,
        ImageStyle(colors=colors_of(assets.contents.get(TOKENS, b"")), drawing=drawing_digest()),
    )
