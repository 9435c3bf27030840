"""The blocks that all pages have, those of the home page, and the sections that a template makes alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trialpages.model.shared_files import FORMER_PAGES
from trialpages.preview.panel.block import Block, Source
from trialpages.preview.panel.html_parts import sections
from trialpages.preview.panel.page_input import PageInput
from trialpages.words.fields import record

BASE = "base.html"


@record
class SitePart:
    """A part that shows settings of the site, when the sign of it stands in the page."""

    id: str
    at: str
    name: str
    template: str
    mark: str
    sign: str
    settings: tuple[str, ...]


AROUND = (
    SitePart(
        id="site-header",
        at=".site-header",
        name="The top of every page",
        template=BASE,
        mark='class="site-header"',
        sign='class="site-header"',
        settings=("name", "main_navigation"),
    ),
    SitePart(
        id="site-footer",
        at=".site-footer",
        name="The end of every page",
        template=BASE,
        mark='class="site-footer"',
        sign='class="site-footer"',
        settings=("notice",),
    ),
)
"""What stands around every page."""

HOME = (
    SitePart(
        id="title",
        at=".home-title",
        name="The site's name",
        template="home.html",
        mark='class="home-title"',
        sign='class="home-title"',
        settings=("name",),
    ),
    SitePart(
        id="description",
        at="main > .lede",
        name="The site's description",
        template="home.html",
        mark='class="lede"',
        sign='class="lede"',
        settings=("description",),
    ),
    SitePart(
        id="search-form",
        at=".search-form",
        name="The search form",
        template="home.html",
        mark='class="search-form"',
        sign='class="search-form"',
        settings=(),
    ),
)

MADE_BY_RULE: tuple[tuple[str, str], ...] = (
    ("browse_index.html", '<section aria-labelledby="group-{{ loop.index }}"'),
    ("topic_index.html", '<section aria-labelledby="{{ group.id }}"'),
    ("trial_places.html", '<section id="country-{{ loop.index }}"'),
    ("trial_adverse_events.html", '<section class="page-section" aria-labelledby="{{ list.id }}"'),
)
"""Templates that make sections in a loop, and the line on which such a section begins."""


def around_blocks(page: PageInput) -> Iterator[Block]:
    """Yield what stands around every page."""
    yield from _parts(page, AROUND)


def home_blocks(page: PageInput) -> Iterator[Block]:
    """Yield the parts of the home page that are no sections."""
    yield from _parts(page, HOME)


def former_blocks(page: PageInput) -> Iterator[Block]:
    """Yield the one block of a page that stands where another was: what the editors say of it, if they say anything."""
    names = (page.url, page.url.rstrip("/"))
    found = (page.site.entry(FORMER_PAGES, "page", name, f"the former page {page.url}") for name in names)
    source = next((each for each in found if each is not None and each.stretch is not None), None)
    yield Block(
        id="title",
        at="main > h1",
        name="The former page",
        template=page.site.template(page.template, "<h1"),
        sources=(source,) if source else (),
    )


def other_blocks(page: PageInput, known: Collection[str], *sources: Source) -> Iterator[Block]:
    """Yield the page's title and the sections that are not known yet: a template makes them, from lists of the site."""
    if "title" not in known and "<h1" in page.html:
        yield Block(
            id="title",
            at="main h1",
            name="The title",
            template=page.site.template(page.template, "<h1"),
        )
    for section in sections(page.html):
        if section.id not in known:
            yield Block(
                id=section.id or section.heading,
                at=section.at,
                name=section.heading,
                template=_template(page, section.id),
                sources=sources,
            )


def _parts(page: PageInput, parts: tuple[SitePart, ...]) -> Iterator[Block]:
    for part in parts:
        if part.sign in page.html:
            found = (page.site.setting(name) for name in part.settings)
            yield Block(
                id=part.id,
                at=part.at,
                name=part.name,
                template=page.site.template(part.template, part.mark),
                sources=tuple(each for each in found if each),
            )


def _template(page: PageInput, section_id: str) -> Source | None:
    """Return the template that has the section's id in so many words; else the one that makes such sections in a loop."""
    if section_id:
        for name in page.closure:
            marks = (f'aria-labelledby="{section_id}"', f'id="{section_id}"')
            found = page.site.template(name, *marks)
            if found and found.stretch:
                return found
    for name, mark in MADE_BY_RULE:
        if name == page.template:
            return page.site.template(name, mark)
    return page.site.template(page.template)
