"""Markup becomes safe HTML: the registry's CommonMark and the editors' Markdown, each by its own rules.

Whatever comes in, only the few elements of `TAGS` come out, and links lead to the web or to mail
only. In the registry's text `<` is never the start of HTML: "<5 mg" and "<60 kg" are shown as they
stand. In the editors' Markdown raw HTML is sanitized. Headings are moved so that the outline of the
page stays whole. No text makes a function raise.
"""

from __future__ import annotations

import html
import re
from functools import cache, lru_cache

import cmarkgfm
import nh3
from cmarkgfm.cmark import Options
from markdown import Markdown
from markupsafe import Markup

TAGS = {
    *("a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "sub", "sup", "ul"),
    *("dd", "dl", "dt", "h2", "h3", "h4", "h5", "h6"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto"}
LINK_RELATION = "noopener noreferrer"
DEEPEST_HEADING = 6

ESCAPE_OR_ANGLE = re.compile(r"\\.|<(?!https?://[^\s<>]+>)", re.DOTALL)
DOUBLE_ESCAPED = re.compile(
    r"\\?&(?:amp;(?=#))*(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
LINE_START = re.compile(r"^([ \t]*)([>#])", re.MULTILINE)
EMPTY_LINK = re.compile(r'<a href="">')
IMAGE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')
CODE_SPAN = re.compile(r"<code>(.*?)</code>", re.DOTALL)
MOST_OPEN_BRACKETS = 500
"""Brackets without an end; a link parser looks for the end of each, through the whole text."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NESTING = re.compile(r"^[ \t]*(?:(?:[>*+-]|[0-9]{1,9}[.)])[ \t]*){20,}", re.MULTILINE)
HEADING_TAG = re.compile(r"<(/?)h([1-6])(?: [^>]*)?>")
CODE_BLOCK = re.compile(r"<pre><code(?: [^>]*)?>(.*?)</code></pre>", re.DOTALL)
BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|blockquote|pre|tr|dt|dd)>|<(?:br|hr) ?/?>|</?(?:ul|ol|td|th)[^>]*>")
SPACES = re.compile(r"\s+")
INLINE_START = "\\!"
"""Before a text, it keeps the first characters from being a list mark, a heading or a quotation."""


def registry_html(text: str | None) -> Markup:
    """Return the registry's CommonMark as safe HTML; headings become bold paragraphs."""
    if not text or not text.strip():
        return Markup("")
    rendered = _commonmark(text)
    if "<pre>" in rendered:
        rendered = CODE_BLOCK.sub(_as_paragraphs, rendered)
    rendered = HEADING_TAG.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", rendered)
    return _safe(rendered)


def registry_inline(text: str | None) -> Markup:
    """Return one paragraph of the registry's CommonMark without its `<p>`; line breaks become spaces."""
    if not text or not text.strip():
        return Markup("")
    rendered = _commonmark(INLINE_START + " ".join(text.split()))
    inner = rendered.strip().removeprefix("<p>").removesuffix("</p>")
    return _safe(inner.removeprefix("!"))


def plain_text(text: str | None) -> str:
    """Return the registry's CommonMark as one line of plain text, for data files and titles."""
    if not text or not text.strip():
        return ""
    if text.isalnum():
        return text
    rendered = registry_html(text) if "\n" in text.strip() else registry_inline(text)
    return _text_of(rendered)


@lru_cache(maxsize=256)
def prose_html(markdown_text: str | None, *, base_level: int = 2) -> Markup:
    """Return the editors' Markdown as safe HTML.

    The highest heading of the text gets `base_level`, the next kind the level below, without gaps. The last texts are
    remembered: a page asks for each of its own twice, and a preview asks again after every save.
    """
    if not markdown_text or not markdown_text.strip():
        return Markup("")
    source = _flattened(CONTROL.sub("", markdown_text))
    converter = _converter()
    converter.reset()
    try:
        rendered = converter.convert(source)
    except RecursionError:
        rendered = f"<p>{html.escape(source)}</p>"
    return _safe(_shift_headings(rendered, base_level))


def prose_text(markdown_text: str | None) -> str:
    """Return the editors' Markdown as one line of plain text, for descriptions and search."""
    return _text_of(prose_html(markdown_text))


def _commonmark(text: str) -> str:
    r"""Render with `<`, and `>` or `#` at the start of a line, as text; `\&#8805;` as the character meant.

    The registry escapes what its authors typed, so these marks never mean HTML, a quotation or a heading.
    """
    source = DOUBLE_ESCAPED.sub(r"&\1", _flattened(CONTROL.sub("", text)))
    source = LINE_START.sub(r"\1\\\2", source)
    source = ESCAPE_OR_ANGLE.sub(lambda found: "\\<" if found[0] == "<" else found[0], source)
    rendered: str = cmarkgfm.markdown_to_html(source, Options.CMARK_OPT_DEFAULT)
    if "<code>" in rendered:
        rendered = CODE_SPAN.sub(lambda code: code[0].replace("\\&lt;", "&lt;"), rendered)
    return (
        IMAGE.sub(r"\1", EMPTY_LINK.sub("<a>", rendered))
        if "<a" in rendered or "<img" in rendered
        else rendered
    )


def _flattened(text: str) -> str:
    """Take away marks that are nested beyond any meaning: parsers recurse on them or search for ends."""
    if text.count("[") - text.count("]") > MOST_OPEN_BRACKETS:
        text = text.replace("[", "\\[")
    return NESTING.sub("", text)


def _as_paragraphs(block: re.Match[str]) -> str:
    """Return an indented block of the registry as paragraphs: records indent text, they hold no code."""
    text = html.unescape(block[1])
    return "".join(f"<p>{registry_inline(part)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())


def _shift_headings(rendered: str, base_level: int) -> str:
    levels = sorted({int(tag[2]) for tag in HEADING_TAG.finditer(rendered)})
    target = {level: min(base_level + rank, DEEPEST_HEADING) for rank, level in enumerate(levels)}
    return HEADING_TAG.sub(lambda tag: f"<{tag[1]}h{target[int(tag[2])]}>", rendered)


def _safe(rendered: str) -> Markup:
    clean = nh3.clean(rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=LINK_RELATION)
    return Markup(clean.strip())  # noqa: S704 - this is the one place that makes sanitized text safe


def _text_of(rendered: str) -> str:
    spaced = BLOCK_END.sub(" ", rendered)
    return SPACES.sub(" ", html.unescape(nh3.clean(spaced, tags=set()))).strip()


@cache
def _converter() -> Markdown:
    """Return the one converter of this process; making it costs more than most texts."""
    return Markdown(extensions=["tables", "sane_lists"], output_format="html")
