"""The blocks of a page of prose: its title in the block of fields, and each heading of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialpages.model.checks_shared import HEADING
from trialpages.preview.panel.block import WORDS, Block, Grade, Source
from trialpages.preview.panel.grades import grade_of, shared_names
from trialpages.preview.panel.html_parts import between, elements
from trialpages.preview.panel.page_input import PageInput
from trialpages.preview.panel.places_in_files import Stretch
from trialpages.preview.panel.trial_sources import whole_lines
from trialpages.read.markdown_document import MarkdownDocument, read_markdown
from trialpages.words.fields import record
from trialpages.words.language import ENGLISH, base_of

HASHES = re.compile(r"#{1,6}(?P<words>.*?)#*\s*")
UNDERLINE = re.compile(r"(?:=+|-+) *")
LETTERS = re.compile(r"[^\W_]+")
BEFORE = "The text before the first heading"
TEMPLATE = "prose.html"


@record
class Heading:
    """A heading in the file: its line, the line after it, and its words as written."""

    line: int
    words: str


def prose_blocks(page: PageInput) -> Iterator[Block]:
    """Yield the page's title and its headings; a file that cannot be read now gives its name without lines."""
    path = prose_path(page)
    data = page.site.texts.get(path)
    document = read_markdown(data, path, []) if data is not None else None
    yield _title(page, path, document)
    shown = list(_shown(page.html))
    if document is None or data is None:
        for name, at, words in shown:
            yield _block(page, at, words, name, Source(path=path, what=words, kind=WORDS))
        return
    lines = whole_lines(data)
    headings = list(headings_of(document))
    grades = _grades(page, document)
    waiting = iter(headings)
    for name, at, words in shown:
        found = next((each for each in waiting if _same(each.words, words)), None)
        if found is None:
            waiting = iter(headings)
            found = next((each for each in waiting if _same(each.words, words)), None)
        stretch = _stretch(found, headings, lines) if found else None
        grade = grades.get(found.line) if found else None
        source = Source(path=path, what=words, kind=WORDS, stretch=stretch)
        yield _block(page, at, words, name, source, (grade,) if grade else ())


def prose_path(page: PageInput) -> str:
    """Return the file of a page of prose."""
    return f"{page.site.content}pages/{page.url.strip('/')}.md"


def headings_of(document: MarkdownDocument) -> Iterator[Heading]:
    """Yield what Markdown takes for headings: lines that begin with `#`, and lines that are underlined."""
    lines = document.body.split("\n")
    for index, text in enumerate(lines):
        hashes = HASHES.fullmatch(text)
        if hashes:
            yield Heading(line=document.body_line + index, words=hashes["words"].strip())
        elif text.strip() and index + 1 < len(lines) and UNDERLINE.fullmatch(lines[index + 1]):
            yield Heading(line=document.body_line + index, words=text.strip())


def _title(page: PageInput, path: str, document: MarkdownDocument | None) -> Block:
    span = document.front.span(("title",), key=True) if document and document.front else None
    stretch = Stretch(line=span.line, column=span.column, end_line=span.line) if span else None
    grade = _grades(page, document).get(0) if document else None
    return Block(
        id="title",
        at=".prose > h1",
        name="The title",
        template=page.site.template(TEMPLATE, "<h1"),
        sources=(Source(path=path, what="title", kind=WORDS, stretch=stretch),),
        grades=(grade,) if grade else (),
    )


def _shown(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the selector and the words of each heading of the page's text."""
    counts: dict[str, int] = {}
    for tag, words in elements(between(html, '<article class="prose">', "</article>"), "h[2-6]"):
        counts[tag] = counts.get(tag, 0) + 1
        yield f"{tag}-{counts[tag]}", f".prose > {tag}:nth-of-type({counts[tag]})", words


def _block(
    page: PageInput, at: str, words: str, name: str, source: Source, grades: tuple[Grade, ...] = ()
) -> Block:
    return Block(
        id=name,
        at=at,
        name=words,
        level=1,
        template=page.site.template(TEMPLATE, "{{ page.body }}"),
        sources=(source,),
        grades=grades,
    )


def _stretch(heading: Heading, headings: list[Heading], lines: list[str]) -> Stretch:
    last = next((each.line for each in headings if each.line > heading.line), len(lines) + 1) - 1
    while last > heading.line and not lines[last - 1].strip():
        last -= 1
    return Stretch(line=heading.line, column=1, end_line=last)


def _same(written: str, shown: str) -> bool:
    """Say whether a heading of the file is one of the page: by its letters, since marks are not shown."""
    return LETTERS.findall(written.casefold()) == LETTERS.findall(shown.casefold())


def _grades(page: PageInput, document: MarkdownDocument) -> dict[int, Grade]:
    """Return the grade of each section by its heading's line, as `check` cuts it; 0 stands for what is above the first."""
    if base_of(page.site.language) != ENGLISH:
        return {}
    names = shared_names(page.site.shared)
    starts = [(0, BEFORE, 0)]
    for found in HEADING.finditer(document.body):
        line = document.body_line + document.body.count("\n", 0, found.start())
        starts.append((found.start(), f"'{found[1]}'", line))
    grades: dict[int, Grade] = {}
    for (start, name, line), (end, _, _) in zip(
        starts, [*starts[1:], (len(document.body), "", 0)], strict=True
    ):
        grade = grade_of(name, HEADING.sub("", document.body[start:end]), names)
        if grade:
            grades[line] = grade
    return grades
