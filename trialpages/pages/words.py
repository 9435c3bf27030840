"""Plain words: what medical and research words mean to a reader, ready to be looked up.

The shared files hold the entries; this module only arranges them, so that a page finds a word
without reading the files again. A word that nobody has explained has no plain form: it is shown
as it is, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from functools import lru_cache

from trialpages.model.editorial import AdverseEventTerm, GlossaryEntry
from trialpages.words.fields import record


@record
class PlainWords:
    """Lay terms by casefolded medical term, and the glossary in its own order."""

    lay_terms: dict[str, str] = field(default_factory=dict)
    glossary: tuple[GlossaryEntry, ...] = ()


def plain_words(
    glossary: Iterable[GlossaryEntry] = (), adverse_event_terms: Iterable[AdverseEventTerm] = ()
) -> PlainWords:
    """Arrange the shared files for look-up; of two entries for one spelling the first holds."""
    lay_terms: dict[str, str] = {}
    for entry in adverse_event_terms:
        for spelling in (entry.term, *entry.other_names):
            lay_terms.setdefault(spelling.casefold(), entry.plain)
    return PlainWords(lay_terms=lay_terms, glossary=tuple(glossary))


def lay_term(words: PlainWords, term: str) -> str | None:
    """Return the plain words for a medical term, or None when there are none or they are the same."""
    plain = words.lay_terms.get(term.strip().casefold())
    return plain if plain is not None and plain.casefold() != term.strip().casefold() else None


def explained(words: PlainWords, text: str) -> tuple[GlossaryEntry, ...]:
    """Return the glossary entries whose word, or another form of it, stands in the text, in the glossary's order."""
    folded = text.casefold()
    found = {
        position
        for spelling, position, whole_word in _spellings(words.glossary)
        if spelling in folded and whole_word.search(folded)
    }
    return tuple(entry for position, entry in enumerate(words.glossary) if position in found)


@lru_cache(maxsize=8)
def _spellings(glossary: tuple[GlossaryEntry, ...]) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Return each spelling of a glossary with its entry's position, and a pattern of it as a whole word or plural."""
    return tuple(
        (folded, position, re.compile(rf"(?<!\w){re.escape(folded)}s?(?!\w)"))
        for position, entry in enumerate(glossary)
        for folded in dict.fromkeys(spelling.casefold() for spelling in (entry.term, *entry.other_names))
    )
