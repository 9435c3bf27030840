"""`summary.md` and its other languages: prose under fixed headings becomes blocks.

Every trial page answers the same questions in the same order. The headings are English in every
language, or the translations below, in any of their common wordings; the page shows them as the
author wrote them. Comments (`<!-- ... -->`) are for authors: no page, grade or search knows them, and a
heading with nothing but a comment under it is one whose text has not been written yet.
"""

from __future__ import annotations

import re

from trialpages.model.summary import HEADINGS, Block, Summary
from trialpages.read.decode import decode_sound
from trialpages.read.markdown_document import MarkdownDocument, read_markdown
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Sink, Span
from trialpages.words.suggest import fold, nearest

FILE_NAME = re.compile(r"summary(?:\.(?P<language>[^.]+))?\.md")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
HEADING = re.compile(r"(?P<marks>#{1,2})[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*")
CODE_FENCE = re.compile(r" {0,3}(```|~~~)")
COMMENT = re.compile(r"[ \t]*<!--.*?-->[ \t]*", re.DOTALL)

TRANSLATIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "es": {
        "purpose": ("En pocas palabras", "En resumen"),
        "who": ("¿Para quién es el estudio?", "¿A quién va dirigido el estudio?"),
        "what": ("¿Qué se está probando?", "¿Qué se prueba?", "¿Qué se estudia?"),
        "side_effects": ("¿Cuáles son los posibles efectos secundarios?", "Posibles efectos secundarios"),
        "taking_part": ("¿Qué implica participar?", "¿Qué supone participar?"),
    },
    "fr": {
        "purpose": ("En bref", "En résumé"),
        "who": ("À qui s'adresse l'étude ?", "Pour qui est cette étude ?"),
        "what": ("Qu'est-ce qui est testé ?", "Que teste-t-on ?"),
        "side_effects": ("Quels sont les effets indésirables possibles ?", "Effets indésirables possibles"),
        "taking_part": ("En quoi consiste la participation ?", "Que signifie participer ?"),
    },
    "de": {
        "purpose": ("Kurz gesagt", "In Kürze"),
        "who": ("Für wen ist die Studie?", "Wer kann teilnehmen?"),
        "what": ("Was wird untersucht?", "Was wird geprüft?"),
        "side_effects": ("Welche Nebenwirkungen sind möglich?", "Mögliche Nebenwirkungen"),
        "taking_part": ("Was bedeutet die Teilnahme?", "Wie läuft die Teilnahme ab?"),
    },
    "it": {
        "purpose": ("In breve",),
        "who": ("A chi si rivolge lo studio?", "Per chi è lo studio?"),
        "what": ("Che cosa si studia?", "Che cosa viene studiato?"),
        "side_effects": ("Quali sono i possibili effetti collaterali?", "Possibili effetti collaterali"),
        "taking_part": ("Che cosa comporta partecipare?", "Che cosa comporta la partecipazione?"),
    },
    "pt": {
        "purpose": ("Em poucas palavras", "Em resumo"),
        "who": ("Para quem é o estudo?", "A quem se destina o estudo?"),
        "what": ("O que está sendo testado?", "O que está a ser testado?", "O que se testa?"),
        "side_effects": ("Quais são os possíveis efeitos colaterais?", "Quais são os possíveis efeitos secundários?"),
        "taking_part": ("O que envolve participar?", "Como é participar?"),
    },
}  # fmt: skip


def language_of(name: str) -> str | None:
    """Return the language that a summary's file name gives, or None when it gives none that exists.

    >>> language_of("summary.es.md"), language_of("summary.md"), language_of("summary.spanish.md")
    ('es', 'en', None)
    """
    match = FILE_NAME.fullmatch(name)
    if match is None:
        return None
    language = match["language"] or "en"
    return language if LANGUAGE.fullmatch(language) else None


def headings(language: str) -> dict[str, str]:
    """Return every heading that a summary in this language may have, and the kind of its block."""
    accepted = {text: kind for kind, text in HEADINGS.items()}
    for kind, texts in TRANSLATIONS.get(language.split("-")[0], {}).items():
        accepted.update(dict.fromkeys(texts, kind))
    return accepted


def read_summary(data: bytes, path: str, language: str, sink: Sink) -> Summary | None:
    """Return one language's prose as far as it has no fault; what is wrong is in the sink.

    A file that says nothing yet, as a new trial's does, is none.
    """
    document = read_markdown(data, path, sink)
    if document is None:
        return None
    front = Summary()
    if document.front is not None:
        found = decode_sound(document.front, Summary, sink, noun="the summary's block of fields")
        front = found.record if found else front
    faults = len(sink)
    reader = _Blocks(document, language, sink)
    blocks = reader.read()
    if not blocks and len(sink) == faults:
        if reader.unwritten and document.front is None:
            return None
        help_text = f"write text under a heading such as\n## {HEADINGS['purpose']}"
        sink.append(make("empty-summary", "The summary holds no text", Span(path), help_text))
    return Summary(
        language=language,
        title=front.title,
        source=front.source,
        written_by=front.written_by,
        ai_assisted=front.ai_assisted,
        reviewed_by=front.reviewed_by,
        reviewed_on=front.reviewed_on,
        blocks=blocks,
    )


def _without_comments(document: MarkdownDocument) -> tuple[str, frozenset[int]]:
    """Return the prose with its comments taken out, line for line, and the lines on which they begin."""
    begins = []

    def blank(found: re.Match[str]) -> str:
        before = document.body.count("\n", 0, found.start())
        begins.append(document.body_line + before)
        return "\n" * found[0].count("\n")

    return COMMENT.sub(blank, document.body), frozenset(begins)


class _Blocks:
    """Cuts one document's prose at its headings."""

    def __init__(self, document: MarkdownDocument, language: str, sink: Sink) -> None:
        self.document = document
        self.sink = sink
        self.accepted = headings(language)
        self.by_form = {fold(text): kind for text, kind in self.accepted.items()}
        self.language = language
        self.body, self.commented = _without_comments(document)
        self.unwritten: list[tuple[str, int]] = []
        """Headings with nothing but a comment under them, and their lines."""

    def read(self) -> tuple[Block, ...]:
        found: dict[str, Block] = {}
        first_lines: dict[str, int] = {}
        for heading, line, text in self._sections():
            if heading is None:
                self._before_first(line, text)
                continue
            kind = self.by_form.get(fold(heading))
            if kind is None:
                self._unknown(heading, line)
            elif kind in first_lines:
                note = f"it first stands on line {first_lines[kind]}"
                what = f"The heading '{heading}' stands here twice"
                self._add("duplicate-heading", what, line, "put both texts under one heading", (note,))
            elif not text and self._has_comment(line):
                first_lines[kind] = line
                self.unwritten.append((heading, line))
            elif not text:
                first_lines[kind] = line
                what = f"There is no text under '{heading}'"
                self._add("empty-summary", what, line, "write the text, or take the heading away")
            else:
                first_lines[kind] = line
                found[kind] = Block(kind=kind, heading=heading, markdown=text, line=line)
        for heading, line in self.unwritten if found else ():
            what = f"The text under '{heading}' has not been written yet"
            self._add("unwritten-block", what, line, "write it below the comment, or take the heading away")
        return tuple(found[kind] for kind in HEADINGS if kind in found)

    def _has_comment(self, heading_line: int) -> bool:
        """Tell whether the first thing below a heading, empty lines aside, is a comment."""
        line = heading_line + 1
        while (
            self.document.source_line(line) is not None
            and not (self.document.source_line(line) or "").strip()
        ):
            line += 1
        return line in self.commented

    def _sections(self) -> list[tuple[str | None, int, str]]:
        """Return heading, line and text of each section; the text above the first heading has none."""
        sections: list[tuple[str | None, int, list[str]]] = [(None, self.document.body_line, [])]
        in_code = False
        for line, text in enumerate(self.body.split("\n"), self.document.body_line):
            in_code ^= CODE_FENCE.match(text) is not None
            match = None if in_code else HEADING.fullmatch(text)
            if match:
                sections.append((match["text"].strip(), line, []))
            else:
                sections[-1][2].append(text)
        return [(heading, line, "\n".join(lines).strip("\n").rstrip()) for heading, line, lines in sections]

    def _before_first(self, line: int, text: str) -> None:
        if not text.strip():
            return
        line += next(index for index, each in enumerate(self.body.split("\n")) if each.strip())
        what = "There is text above the first heading"
        self._add(
            "text-before-heading", what, line, f"put a heading above it, such as\n## {HEADINGS['purpose']}"
        )

    def _unknown(self, heading: str, line: int) -> None:
        guess = nearest(heading, self.accepted)
        help_text = f"did you mean '## {guess}'?"
        if guess is None:
            translated = TRANSLATIONS.get(self.language.split("-")[0])
            names = [each[0] for each in translated.values()] if translated else list(HEADINGS.values())
            help_text = "\n".join(["the headings are", *(f"## {name}" for name in names)])
            help_text += "\nand smaller headings begin with ###"
        self._add(
            "unknown-heading", f"The heading '{heading}' is not one of the fixed headings", line, help_text
        )

    def _add(
        self, code: str, what: str, line: int, help_text: str, notes: tuple[str, ...] = ()
    ) -> Diagnostic:
        text = self.document.source_line(line) or ""
        span = Span(self.document.path, line, 1, len(text.rstrip()) + 1)
        diagnostic = make(code, what, span, help_text, text, notes)
        self.sink.append(diagnostic)
        return diagnostic
