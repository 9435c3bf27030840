"""What all pages share: templates and their closures, assets, and the figure that charts are filled into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trialpages.machine.memo import Memo
from trialpages.pages.assets import AssetSet, asset_set
from trialpages.pages.social_image import TOKENS, ImageStyle, colors_of
from trialpages.pages.templates import closure_digests, closures
from trialpages.pages.trial.long_lists import TEMPLATES as LONG_LIST_TEMPLATES
from trialpages.read.text import decode_text
from trialpages.site.charts import figure_template
from trialpages.stages.inputs import NO_OVERLAY, Overlay, chart_bundle_path, drawing_digest, overlay
from trialpages.stages.options import Options
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span
from trialpages.words.language import Language, browser_messages

TRIAL_TEMPLATE = "trial.html"
TRIAL_TEMPLATES = (TRIAL_TEMPLATE, *LONG_LIST_TEMPLATES)
"""All templates that the job of a trial may render."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Template sources, the paths that authors know, closures, and closures' digests, all by name."""

    files: Overlay
    texts: Mapping[str, str]
    shown: Mapping[str, str]
    needs: Mapping[str, frozenset[str]]
    """All templates that one may use, itself included."""
    closures: Mapping[str, str]


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
    templates = read_templates(options, sink)
    assets, image_style, _files = read_assets(options, language)
    return materials(templates, assets, image_style, figure(memo, code), code)


def materials(
    templates: Templates, assets: AssetSet, image_style: ImageStyle, figure: str, code: str
) -> Materials:
    """Bring together what all pages share."""
    return Materials(templates.texts, templates.shown, templates.closures, assets, figure, code, image_style)


def read_templates(options: Options, sink: Sink, known: Overlay = NO_OVERLAY) -> Templates:
    """Read the templates, but for `known` files that are as they were; what is wrong with them goes to the sink."""
    files = overlay(options, options.templates, "templates", known)
    texts = {
        name: text
        for name, content in files.contents.items()
        if (text := decode_text(content, files.shown[name], sink)) is not None
    }
    if TRIAL_TEMPLATE not in files.contents:
        what = "There is no template for the trial pages"
        sink.append(make("template-missing", what, Span(f"templates/{TRIAL_TEMPLATE}")))
    needs = closures(texts, files.shown, sink)
    return Templates(files, texts, files.shown, needs, closure_digests(needs, texts))


def read_assets(
    options: Options, language: Language, known: Overlay = NO_OVERLAY
) -> tuple[AssetSet, ImageStyle, Overlay]:
    """Read and name the assets, but for `known` files that are as they were.

    Return them, the colors of the pictures for sharing, which stand in a style sheet, and the files.
    """
    found = overlay(options, options.assets, "assets", known)
    files = found.contents
    path = chart_bundle_path(options)
    bundle = path.read_bytes() if path else None
    words = browser_messages(language) if language.catalogue else None
    style = ImageStyle(colors=colors_of(files.get(TOKENS, b"")), drawing=drawing_digest())
    return asset_set(files, bundle, words), style, found


def figure(memo: Memo, code: str) -> str:
    """Return the empty figure that charts are filled into, made by the chart library once for each version of our code."""
    known = memo.value("figure template", code)
    if known is None:
        known = figure_template()
        memo.remember_value("figure template", code, known)
    return known
