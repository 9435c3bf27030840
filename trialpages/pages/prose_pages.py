"""Pages of prose: `pages/<slug>.md` becomes the page `<slug>/`.

The front matter gives the title and, if wanted, a description, the day of the last change and the
place in the menus. Faults are diagnostics; a page with a fault is left out.
"""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import Annotated

from annotated_types import MinLen

from trialpages.model.dates import show_date
from trialpages.model.vocabulary import FullDate
from trialpages.pages.markup import prose_html
from trialpages.pages.page import Page, View, frame
from trialpages.read.config import Config
from trialpages.read.decode import decode
from trialpages.read.markdown_document import read_markdown
from trialpages.site.slugs import slug
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span
from trialpages.words.fields import Doc, OneOf, record
from trialpages.words.language import _

TAKEN = frozenset(
    {"assets", "browse", "compare", "conditions", "glossary", "search", "sponsors", "treatments", "trials"}
)
"""First parts of addresses that the site's own pages use."""


@record
class ProseFields:
    """The front matter of a page of prose."""

    title: Annotated[str, MinLen(1), Doc("The page's title.")] = ""
    description: Annotated[str | None, Doc("One sentence for search engines and previews of links.")] = None
    updated: Annotated[FullDate | None, Doc("The day on which the text last changed in substance.")] = None
    menu: Annotated[
        str, OneOf("main", "footer", "none"), Doc("Where it is linked: main, footer or none.")
    ] = "footer"
    order: Annotated[int, Doc("Its place among the pages in that menu; small numbers come first.")] = 100


@record
class ProsePage:
    """A page of prose: its slug, its fields, and its text in Markdown."""

    slug: str
    fields: ProseFields
    markdown: str

    @property
    def url(self) -> str:
        """The page's address from the site's root."""
        return f"{self.slug}/"

    @property
    def title(self) -> str:
        """The page's title."""
        return self.fields.title


def read_prose(path: str, data: bytes, sink: Sink) -> ProsePage | None:
    """Read one page of prose; None with a diagnostic in the sink when it cannot be published."""
    name = PurePosixPath(path).stem
    if slug(name) != name:
        what = f"The file's name becomes the page's address, and '{name}' is not fit for one"
        sink.append(make("wrong-form", what, Span(path), f"rename it to {slug(name)}.md"))
        return None
    if name in TAKEN:
        what = f"The address {name}/ belongs to a page that the site makes itself"
        sink.append(
            make("address-taken", what, Span(path), f"give the file another name, such as about-{name}.md")
        )
        return None
    document = read_markdown(data, path, sink)
    if document is None:
        return None
    if document.front is None:
        what = "The page has no title"
        sink.append(make("missing-field", what, Span(path), "begin the file with ---, title: ..., ---"))
        return None
    fields = decode(document.front, ProseFields, sink, noun="page", required=("title",))
    return ProsePage(slug=name, fields=fields, markdown=document.body) if fields is not None else None


def prose_page(config: Config, prose: ProsePage) -> Page:
    """Return the page of a text."""
    return Page(
        url=prose.url,
        kind="prose",
        template="prose.html",
        make_view=partial(prose_view, config, prose),
        lastmod=prose.fields.updated,
    )


def prose_view(config: Config, prose: ProsePage) -> View:
    """Return the view of a page of prose."""
    return {
        **frame(
            config,
            prose.url,
            title=prose.title,
            description=prose.fields.description or f"{prose.title}: {config.name}",
            crumbs=[(prose.title, None)],
            section=prose.url,
        ),
        "heading": prose.title,
        "body": prose_html(prose.markdown),
        "updated": _("Last changed {day}").format(day=show_date(prose.fields.updated))
        if prose.fields.updated
        else "",
    }
