"""The prose that all trials share: descriptions of treatments and conditions, meanings in the glossary, pages.

Held to the same reading grade, words and short forms as summaries; a page's sections each have a grade.
Prose in another language than English cannot be told from it here, so a site in one does not ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from trialpages.model.checks_acronyms import short_forms, told_of, unspelled
from trialpages.model.checks_grade import HELP, too_hard
from trialpages.model.checks_pictures import pictures_without_words
from trialpages.model.checks_words import promises
from trialpages.model.editorial import ConditionFile, TreatmentFile
from trialpages.model.shared_files import GLOSSARY, SharedFiles
from trialpages.read.document import Document, Location, read_yaml
from trialpages.read.markdown_document import read_markdown
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span

HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)


def check_shared_prose(shared: SharedFiles, files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Yield hard, promising and pressing prose in the shared files, whose bytes are given by path."""
    described: tuple[tuple[str, tuple[TreatmentFile | ConditionFile, ...]], ...] = (
        ("treatments", shared.treatments),
        ("conditions", shared.conditions),
    )
    known = short_forms(shared.glossary)
    names = tuple(name for _, group in described for file in group for name in (file.name, *file.other_names))
    for folder, group in described:
        for file in group:
            path = _path(files, f"{folder}/{file.slug}.yaml")
            if path and file.description:
                what = "The description"
                yield from _of_field(files, path, file.description, ("description",), what, names, known)
    path = _path(files, GLOSSARY)
    terms = tuple(name for entry in shared.glossary for name in (entry.term, *entry.other_names))
    for index, entry in enumerate(shared.glossary if path else ()):
        what = f"The meaning of '{entry.term}'"
        yield from _of_field(
            files, path or "", entry.meaning, (index, "meaning"), what, (*names, *terms), known
        )
    for path, data in files.items():
        if path.endswith(".md"):
            yield from _of_page(path, data, names, known)


def _path(files: Mapping[str, bytes], ending: str) -> str | None:
    return next((path for path in files if f"/{path}".endswith(f"/{ending}")), None)


def _of_field(
    files: Mapping[str, bytes],
    path: str,
    text: str,
    location: Location,
    name: str,
    names: tuple[str, ...],
    known: frozenset[str],
) -> Iterator[Diagnostic]:
    def fault(code: str, what: str, help_text: str, notes: tuple[str, ...] = ()) -> Diagnostic:
        document = read_yaml(files[path], path, []) or Document(path, files[path], None)
        return document.fault(code, what, location, help=help_text, notes=notes)

    yield from _told(text, name, names, fault)
    for form, _where in unspelled(text, known):
        yield fault("undefined-acronym", *told_of(form))


def _of_page(path: str, data: bytes, names: tuple[str, ...], known: frozenset[str]) -> Iterator[Diagnostic]:
    document = read_markdown(data, path, [])
    if document is None:
        return
    yield from pictures_without_words(document.body, path, document.body_line)
    for form, (at, end) in unspelled(document.body, known):
        line = document.body_line + document.body.count("\n", 0, at)
        column = at - document.body.rfind("\n", 0, at)
        what, help_text = told_of(form)
        span = Span(path, line, column, column + end - at)
        yield make("undefined-acronym", what, span, help_text, document.source_line(line))
    starts = [
        (0, "The text before the first heading"),
        *((m.start(), f"'{m[1]}'") for m in HEADING.finditer(document.body)),
    ]
    for (start, name), (end, _) in zip(starts, [*starts[1:], (len(document.body), "")], strict=True):
        line = document.body_line + document.body.count("\n", 0, start)

        def fault(
            code: str, what: str, help_text: str, notes: tuple[str, ...] = (), line: int = line
        ) -> Diagnostic:
            return make(code, what, Span(path, line), help_text, document.source_line(line), notes)

        yield from _told(document.body[start:end], name, names, fault)


def _told(
    text: str, name: str, names: tuple[str, ...], fault: Callable[..., Diagnostic]
) -> Iterator[Diagnostic]:
    hard = too_hard(HEADING.sub("", text), names)
    if hard:
        code, what, notes = hard
        yield fault(code, f"{name} {what}", HELP, notes)
    for _, what, help_text in promises(text):
        yield fault("promising-word", what, help_text)
