"""Where an editors' text comes from: who wrote it, from what, and who reviewed it, in the text's own language.

The fixed words come from the catalogue where the text is in the site's language. Of other languages this module
holds a few, since only one catalogue is open at a time; else they are English. What the editors wrote in
the text's file is in the text's language and is marked as that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from trialpages.model.dates import parse_date, show_date, show_date_in_english
from trialpages.model.summary import Summary
from trialpages.pages.trial.section import View
from trialpages.words.fields import record
from trialpages.words.language import N_, _, base_of, current

NOT_REVIEWED = N_("Not yet reviewed by a clinician.")


@record
class Phrases:
    """The fixed words of one language."""

    written_by: str
    written_from: str
    machine: str
    not_reviewed: str
    reviewed_by: str
    reviewed_by_on: str


ENGLISH = Phrases(
    written_by=N_("Written by {name}."),
    written_from=N_("Written from: {source}."),
    machine=N_("A machine helped to draft this text."),
    not_reviewed=NOT_REVIEWED,
    reviewed_by=N_("Reviewed by {name}."),
    reviewed_by_on=N_("Reviewed by {name} on {day}."),
)
PHRASES = {
    "en": ENGLISH,
    "es": Phrases(
        written_by="Texto escrito por: {name}.",
        written_from="Fuente: {source}.",
        machine="Una máquina ayudó a redactar este texto.",
        not_reviewed="Ningún profesional clínico ha revisado todavía este texto.",
        reviewed_by="Revisado por {name}.",
        reviewed_by_on="Revisado por {name} el {day}.",
    ),
    "fr": Phrases(
        written_by="Texte écrit par : {name}.",
        written_from="Source : {source}.",
        machine="Une machine a aidé à rédiger ce texte.",
        not_reviewed="Aucun professionnel de santé n'a encore relu ce texte.",
        reviewed_by="Relu par {name}.",
        reviewed_by_on="Relu par {name} le {day}.",
    ),
}


def phrases_of(language: str) -> tuple[Phrases, str]:
    """Return the fixed words for a text in a language, and the language that they are in."""
    if base_of(language) == base_of(current()):
        return _translated(ENGLISH), current()
    held = language if language in PHRASES else base_of(language)
    return (PHRASES[held], held) if held in PHRASES else (ENGLISH, "en")


def _translated(phrases: Phrases) -> Phrases:
    return Phrases(**{field.name: _(getattr(phrases, field.name)) for field in fields(phrases)})


def reviewed(summary: Summary) -> str:
    """Say in the language of the interface who reviewed a text and when, or honestly that nobody has."""
    phrases, language = _translated(ENGLISH), current()
    return "".join(str(part["text"]) for part in _reviewed(summary, phrases, language))


def provenance(summary: Summary) -> View:
    """Return the line below a text: its language, and its parts, each with the language that it is in."""
    phrases, language = phrases_of(summary.language)
    sentences = []
    if summary.written_by:
        name = summary.written_by.rstrip(".")
        sentences.append(_filled(phrases.written_by, {"name": name}, summary, language))
    if summary.source:
        source = summary.source.rstrip(".")
        sentences.append(_filled(phrases.written_from, {"source": source}, summary, language))
    if summary.ai_assisted:
        sentences.append([_part(phrases.machine, language)])
    sentences.append(_reviewed(summary, phrases, language))
    parts: list[View] = []
    for sentence in sentences:
        parts += [_part(" ", language), *sentence] if parts else sentence
    return {"language": language, "parts": parts}


def _reviewed(summary: Summary, phrases: Phrases, language: str) -> list[View]:
    if not summary.reviewed_by:
        return [_part(phrases.not_reviewed, language)]
    if not summary.reviewed_on:
        return _filled(phrases.reviewed_by, {"name": summary.reviewed_by}, summary, language)
    # The day is in the language of the phrase, so it stands in the phrase before the name does.
    phrase = phrases.reviewed_by_on.replace("{day}", _day(summary.reviewed_on, language))
    return _filled(phrase, {"name": summary.reviewed_by}, summary, language)


def _day(text: str, language: str) -> str:
    """Return a day as the interface writes it; beside another language in digits, the day first."""
    found = parse_date(text)
    if language == current() or found is None or found.month is None or found.day is None:
        return show_date(text)
    if language == "en":
        return show_date_in_english(text)
    return f"{found.day:02}/{found.month:02}/{found.year}"


def _filled(phrase: str, words: Mapping[str, str], summary: Summary, language: str) -> list[View]:
    """Return a phrase in parts: its own words, and the editors' words in the place of the placeholder."""
    ((name, text),) = words.items()
    before, _placeholder, after = phrase.partition(f"{{{name}}}")
    return [_part(before, language), _part(text, summary.language), _part(after, language)]


def _part(text: str, language: str) -> View:
    return {"text": text, "language": language}


def fixed(text: str) -> View:
    """Return a line of words of the interface alone."""
    return {"language": current(), "parts": [_part(text, current())]}
