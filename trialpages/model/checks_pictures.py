"""Summaries as files: pictures without words in their place, and translations without their original."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialpages.model.places import Places
from trialpages.model.trial import Trial
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span

ORIGINAL = "summary.md"
PICTURE = re.compile(
    r"!\[\s*\](?:\([^)]*\)|\[[^\]]*\])|<img\b(?![^>]*\balt\s*=\s*[\"']?[^\s\"'>])[^>]*>", re.IGNORECASE
)
"""A picture whose words are missing or empty, in Markdown or HTML."""


def check_pictures(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield pictures in the trial's summaries that have no words in their place."""
    for summary in trial.summaries:
        name = ORIGINAL if summary.language == "en" else f"summary.{summary.language}.md"
        yield from pictures_without_words(places.text(name), places.path(name))


def pictures_without_words(text: str, path: str, first_line: int = 1) -> Iterator[Diagnostic]:
    """Yield the pictures of one Markdown text that have no words in their place."""
    for number, line in enumerate(text.split("\n"), start=first_line):
        for match in PICTURE.finditer(line):
            span = Span(path, number, match.start() + 1, match.end() + 1)
            what = "This picture has no words in its place"
            help_text = "say in a few words what it shows: ![A small pump](pump.png)"
            yield make("missing-alternative-text", what, span, help_text, line.rstrip("\r"))


def check_translations(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield summaries in other languages that were made from no summary."""
    if places.has(ORIGINAL):
        return
    for summary in trial.summaries:
        name = f"summary.{summary.language}.md"
        what = f"{name} is a translation, but there is no {ORIGINAL}"
        help_text = f"add {ORIGINAL} with the text that it was translated from"
        yield make("translation-without-original", what, Span(places.path(name)), help_text)
