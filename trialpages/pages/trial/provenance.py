"""Where an editors' text comes from: who wrote it, from what, and who reviewed it, in the text's own language.

The fixed words are translated where this module holds them, and are English otherwise. What the
editors wrote in the text's file is in the text's language and is marked as that.
"""

from __future__ import annotations

from trialpages.model.dates import parse_date, show_date
from trialpages.model.summary import Summary
from trialpages.pages.trial.section import View
from trialpages.words.fields import record

NOT_REVIEWED = "Not yet reviewed by a clinician."


@record
class Phrases:
    """The fixed words of one language; `{}` takes the editors' own words or a day."""

    written_by: str
    written_from: str
    machine: str
    not_reviewed: str
    reviewed_by: str
    on: str


ENGLISH = Phrases(
    written_by="Written by {}.",
    written_from="Written from: {}.",
    machine="A machine helped to draft this text.",
    not_reviewed=NOT_REVIEWED,
    reviewed_by="Reviewed by {}.",
    on="{} on {}",
)
PHRASES = {
    "en": ENGLISH,
    "es": Phrases(
        written_by="Texto escrito por: {}.",
        written_from="Fuente: {}.",
        machine="Una máquina ayudó a redactar este texto.",
        not_reviewed="Ningún profesional clínico ha revisado todavía este texto.",
        reviewed_by="Revisado por {}.",
        on="{} el {}",
    ),
    "fr": Phrases(
        written_by="Texte écrit par : {}.",
        written_from="Source : {}.",
        machine="Une machine a aidé à rédiger ce texte.",
        not_reviewed="Aucun professionnel de santé n'a encore relu ce texte.",
        reviewed_by="Relu par {}.",
        on="{} le {}",
    ),
}


def reviewed(summary: Summary) -> str:
    """Say in English who reviewed a text and when, or honestly that nobody has."""
    return "".join(str(part["text"]) for part in _reviewed(summary, "en"))


def provenance(summary: Summary) -> View:
    """Return the line below a text: its language, and its parts, each with the language that it is in."""
    language = summary.language if summary.language in PHRASES else "en"
    phrases = PHRASES[language]
    sentences = []
    if summary.written_by:
        sentences.append(_filled(phrases.written_by, summary.written_by.rstrip("."), summary, language))
    if summary.source:
        sentences.append(_filled(phrases.written_from, summary.source.rstrip("."), summary, language))
    if summary.ai_assisted:
        sentences.append([_part(phrases.machine, language)])
    sentences.append(_reviewed(summary, language))
    parts: list[View] = []
    for sentence in sentences:
        parts += [_part(" ", language), *sentence] if parts else sentence
    return {"language": language, "parts": parts}


def _reviewed(summary: Summary, language: str) -> list[View]:
    phrases = PHRASES[language]
    if not summary.reviewed_by:
        return [_part(phrases.not_reviewed, language)]
    before, after = phrases.reviewed_by.split("{}")
    when = phrases.on.format("", _day(summary.reviewed_on, language)) if summary.reviewed_on else ""
    return [
        _part(before, language),
        _part(summary.reviewed_by, summary.language),
        _part(f"{when}{after}", language),
    ]


def _day(text: str, language: str) -> str:
    """Return a day as readers of the language write it; Spanish and French put the day first, in digits."""
    found = parse_date(text)
    if language == "en" or found is None or found.month is None or found.day is None:
        return show_date(text)
    return f"{found.day:02}/{found.month:02}/{found.year}"


def _filled(phrase: str, text: str, summary: Summary, language: str) -> list[View]:
    before, after = phrase.split("{}")
    return [_part(before, language), _part(text, summary.language), _part(after, language)]


def _part(text: str, language: str) -> View:
    return {"text": text, "language": language}


def fixed(text: str) -> View:
    """Return a line of English words alone."""
    return {"language": "en", "parts": [_part(text, "en")]}
