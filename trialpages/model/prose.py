"""The editors' English prose about one trial, passage by passage, and where a word of it stands in its file.

A passage of a summary is what stands under one heading, as written, so that every letter has its line and
column. A passage of trial.yaml is a field's value; a word of it is found again in the lines of the file.
Prose in other languages is left out: the rules of words are for English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from trialpages.model.places import FACTS, Places
from trialpages.model.summary import Block, Summary
from trialpages.model.trial import Trial
from trialpages.read.document import Location
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span

SUMMARY = "summary"
RULE = "rule"
FACT = "fact"
RESULTS = "results"
TITLE = "title"

NEXT_HEADING = re.compile(r"^#{1,2}\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of prose: its kind, what a message calls it, the text, and where it stands."""

    kind: str
    name: str
    text: str
    file: str
    line: int = 0
    """In a summary, the line of the heading; the text begins on the next one."""
    location: Location = ()
    """In trial.yaml, the field."""

    def whole(
        self, places: Places, code: str, what: str, help_text: str, notes: tuple[str, ...] = ()
    ) -> Diagnostic:
        """Return a fault of the whole passage."""
        if self.location:
            return places.fault(code, what, self.location, help=help_text, notes=notes)
        return make(code, what, Span(places.path(self.file), self.line), help_text, notes=notes)

    def part(
        self,
        places: Places,
        code: str,
        what: str,
        where: tuple[int, int],
        help_text: str,
        notes: tuple[str, ...] = (),
    ) -> Diagnostic:
        """Return a fault of the part of the passage between two positions in its text."""
        if self.location:
            return self._part_of_field(places, code, what, where, help_text, notes)
        start, end = where
        line = self.line + 1 + self.text.count("\n", 0, start)
        column = start - self.text.rfind("\n", 0, start)
        span = Span(places.path(self.file), line, column, column + end - start)
        source_line = places.text(self.file).split("\n")[line - 1].rstrip("\r")
        return make(code, what, span, help_text, source_line, notes)

    def line_of(self, position: int) -> int:
        """Return the line of a position in a summary; 0 in a field, whose lines YAML may have folded."""
        return 0 if self.location else self.line + 1 + self.text.count("\n", 0, position)

    def _part_of_field(
        self,
        places: Places,
        code: str,
        what: str,
        where: tuple[int, int],
        help_text: str,
        notes: tuple[str, ...],
    ) -> Diagnostic:
        """Find the words again in the file: the same one among equal words, from the field's own line on."""
        found = places.fault(code, what, self.location, help=help_text, notes=notes)
        words = self.text[where[0] : where[1]]
        before = self.text.count(words, 0, where[0])
        first = found.span.line
        for number, line in enumerate(places.text(self.file).split("\n")[first - 1 :], start=first):
            column = line.find(words, found.span.column - 1 if number == first else 0)
            while column >= 0 and before:
                before -= 1
                column = line.find(words, column + 1)
            if column >= 0:
                span = replace(found.span, line=number, column=column + 1, end_column=column + 1 + len(words))
                return replace(found, span=span, source_line=line.rstrip("\r"))
        return found


def passages(trial: Trial, places: Places) -> Iterator[Passage]:
    """Yield the trial's English prose by editors, in the order of files and of the page."""
    for summary in trial.summaries:
        if summary.language.partition("-")[0] == "en":
            yield from _of_summary(summary, places)
    if trial.title:
        yield Passage(TITLE, "The title", trial.title, FACTS, location=("title",))
    for index, rule in enumerate(trial.plain_criteria):
        yield Passage(RULE, "The plain rule", rule.plain, FACTS, location=("plain_criteria", index, "plain"))
    for index, fact in enumerate(trial.key_facts):
        yield Passage(FACT, "The key fact", fact.text, FACTS, location=("key_facts", index, "text"))
    if trial.results_summary is not None:
        for element in fields(trial.results_summary):
            text = getattr(trial.results_summary, element.name)
            yield Passage(
                RESULTS, f"'{element.name}'", text, FACTS, location=("results_summary", element.name)
            )


def _of_summary(summary: Summary, places: Places) -> Iterator[Passage]:
    name = "summary.md" if summary.language == "en" else f"summary.{summary.language}.md"
    lines = places.text(name).split("\n")
    for block in summary.blocks:
        yield Passage(SUMMARY, f"'{block.heading}'", _as_written(block, lines), name, block.line)


def _as_written(block: Block, lines: list[str]) -> str:
    """Return what stands under a block's heading, up to the next heading."""
    text = "\n".join(lines[block.line :])
    end = NEXT_HEADING.search(text)
    return text[: end.start()] if end else text
