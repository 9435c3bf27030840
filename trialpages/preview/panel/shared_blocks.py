"""The blocks of pages that show shared files: a treatment, a condition or a sponsor, and the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from trialpages.preview.panel.block import SHARED, Block, Grade, Source
from trialpages.preview.panel.grades import glossary_names, grade_of, shared_names
from trialpages.preview.panel.html_parts import outside_sections, sections, words_of
from trialpages.preview.panel.page_input import PageInput
from trialpages.preview.panel.places_in_files import yaml_places
from trialpages.words.fields import record
from trialpages.words.language import ENGLISH, base_of

ABOUT = "topic/about.html"
FOLDERS: Mapping[str, str] = {"treatment": "treatments", "condition": "conditions", "sponsor": "sponsors"}
FURTHER_PAGE = "/page/"
"""Begins the end of the address of a long list's further pages."""
ENTRY = re.compile(r'<div id="(term-[^"]*)">\s*<dt>(.*?)(?: <span|</dt>)', re.DOTALL)
"""An entry of the glossary as the page shows it: its id and its word."""


@record
class TopicPart:
    """A part of a topic's page: its element, the template's line, the sign of it in the HTML, and its fields."""

    id: str
    at: str
    name: str
    template: str
    mark: str
    sign: str
    fields: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


TOPIC_PARTS = (
    TopicPart(
        id="title",
        at="main > h1",
        name="The name",
        template="topic.html",
        mark="<h1",
        sign="<h1",
        fields=("name",),
    ),
    TopicPart(
        id="description",
        at="main > .prose",
        name="The description",
        template=ABOUT,
        mark='class="prose"',
        sign='<div class="prose">',
        fields=("description",),
    ),
    TopicPart(
        id="other-names",
        at="main > p > .label",
        name="Other names",
        template=ABOUT,
        mark="about.other_names %}",
        sign='<p><span class="label">',
        fields=("other_names", "parent"),
    ),
    TopicPart(
        id="facts",
        at="main > .facts",
        name="Facts and figures",
        template=ABOUT,
        mark='<dl class="facts">',
        sign='<dl class="facts">',
        fields=(
            *(
                "treatment_class",
                "kind",
                "first_studied",
                "people_treated",
                "furthest_stage",
                "previous_trials",
            ),
            "people_enrolled",
        ),
    ),
    TopicPart(
        id="approvals-title",
        at='section[aria-labelledby="approvals-title"]',
        name="Approvals",
        template=ABOUT,
        mark='"approvals-title"',
        sign='"approvals-title"',
        fields=("approvals",),
    ),
    TopicPart(
        id="narrower-title",
        at='section[aria-labelledby="narrower-title"]',
        name="Narrower conditions",
        template=ABOUT,
        mark='"narrower-title"',
        sign='"narrower-title"',
    ),
    TopicPart(
        id="website",
        at="main > p > a[rel=external]",
        name="The website",
        template=ABOUT,
        mark="about.website %}",
        sign='<p><a href="http',
        fields=("website",),
    ),
    TopicPart(
        id="trials-title",
        at='section[aria-labelledby="trials-title"]',
        name="Trials",
        template="topic.html",
        mark='"trials-title"',
        sign='"trials-title"',
    ),
    TopicPart(
        id="totals-title",
        at='section[aria-labelledby="totals-title"]',
        name="In numbers",
        template="topic/totals.html",
        mark='"totals-title"',
        sign='"totals-title"',
        settings=("corpus",),
    ),
)
"""The parts of a topic's page in its order."""


def topic_blocks(page: PageInput) -> Iterator[Block]:
    """Yield the parts of a topic's page with the fields of its file; one without a file has its name from the records."""
    folder = FOLDERS[page.kind]
    name = topic_file(page)
    path = f"{page.site.content}{name}"
    data = page.site.texts.get(path)
    places = yaml_places(data) if data is not None else {}
    outside = outside_sections(page.html)
    for part in TOPIC_PARTS:
        if part.sign not in (page.html if part.at.startswith("section") else outside):
            continue
        found = [(field, places.get((field,))) for field in part.fields]
        sources = [
            Source(path=path, what=field, kind=SHARED, stretch=stretch)
            for field, stretch in found
            if stretch is not None and not stretch.is_nothing
        ]
        if data is not None and not places and part.fields:
            sources = [Source(path=path, what="this file, which cannot be read now", kind=SHARED)]
        if part.id == "narrower-title":
            sources = list(_narrower(page))
        settings = (page.site.setting(each, is_own=False) for each in part.settings)
        yield Block(
            id=part.id,
            at=part.at,
            name=part.name,
            template=page.site.template(part.template, part.mark),
            sources=(*sources, *(each for each in settings if each)),
            grades=tuple(_description_grade(page, folder)) if part.id == "description" else (),
        )


def topic_file(page: PageInput) -> str:
    """Return the file of a topic by its address; all pages of a long list belong to the same one.

    The file need not be there: a name that only the records know has none.
    """
    address = page.url.partition(FURTHER_PAGE)[0].strip("/")
    return f"{FOLDERS[page.kind]}/{address.rpartition('/')[2]}.yaml"


def _narrower(page: PageInput) -> Iterator[Source]:
    slug = topic_file(page).rpartition("/")[2].removesuffix(".yaml")
    for file in page.site.shared.conditions:
        if file.parent == slug:
            found = page.site.shared_file(f"conditions/{file.slug}.yaml", file.name, ("parent",))
            if found:
                yield found


def _description_grade(page: PageInput, folder: str) -> Iterator[Grade]:
    if folder == "sponsors" or base_of(page.site.language) != ENGLISH:
        return
    slug = topic_file(page).rpartition("/")[2].removesuffix(".yaml")
    files = page.site.shared.treatments if folder == "treatments" else page.site.shared.conditions
    text = next((file.description for file in files if file.slug == slug), None)
    grade = grade_of("The description", text, shared_names(page.site.shared)) if text else None
    if grade:
        yield grade


def glossary_blocks(page: PageInput) -> Iterator[Block]:
    """Yield each letter and each entry of the glossary with its place in the file and the grade of its meaning."""
    letter = page.site.template("glossary.html", '<section aria-labelledby="{{ group.id }}"')
    line = page.site.template("glossary.html", '<div id="{{ entry.id }}"')
    meanings = {}
    names: tuple[str, ...] = ()
    if base_of(page.site.language) == ENGLISH:
        meanings = {entry.term: entry.meaning for entry in reversed(page.site.shared.glossary)}
        names = glossary_names(page.site.shared)
    for section in sections(page.html):
        yield Block(id=section.id, at=section.at, name=section.heading, template=letter)
        for anchor, name in ENTRY.findall(section.html):
            term = words_of(name)
            grade = grade_of(f"The meaning of '{term}'", meanings.get(term, ""), names)
            source = page.site.glossary_entry(term)
            yield Block(
                id=anchor,
                at=f'[id="{anchor}"]',
                name=term,
                level=1,
                template=line,
                sources=(source,) if source else (),
                grades=(grade,) if grade else (),
            )
