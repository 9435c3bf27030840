"""Weights of words and names over all fields of a trial, and the four levels that they become.

A field counts a word once, at its highest weight there; the weights of the fields add up. The levels are fixed
bounds and depend on no other trial: 4 is what a trial is about, 3 what it names, 2 what it tells, 1 what it mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from trialpages.search.document_fields import LISTED, TOLD, Field
from trialpages.search.document_texts import SHORT_TEXT
from trialpages.search.numbered import LETTERED, arabic, joins
from trialpages.search.tokens import compounds, read_words

_DIGIT = re.compile(r"\d")
LEVELS_FROM = ((12, 4), (6, 3), (2, 2), (0, 1))
"""The least weight of a level: a title and a condition together, one of them alone, a purpose or a heading, the rest."""

SHORTEST_SURFACE = 4
"""Letters of a word that is compared with slips."""


class Weights:
    """What the words and names of one trial weigh, gathered field by field."""

    def __init__(self) -> None:
        self.surfaces: set[str] = set()
        self._words: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._labels: dict[str, str] = {}

    def add(self, field: Field) -> None:
        """Count the words and names of a field."""
        best: dict[str, int] = {}
        for text, weight in field.texts:
            found, surfaces = _read(text) if len(text) <= SHORT_TEXT else _words_of(text)
            self.surfaces.update(surfaces)
            for term in found:
                if best.get(term, 0) < weight:
                    best[term] = weight
        _add(self._words, best)
        named: dict[str, int] = {}
        for (key, label), weight in field.names:
            self._labels.setdefault(key, label)
            if named.get(key, 0) < weight:
                named[key] = weight
        _add(self._names, named)

    def add_numbers(self, numbers: Iterable[str]) -> None:
        """Count a trial's numbers: whole they weigh as much as a title, their parts little."""
        best: dict[str, int] = {}
        for number in numbers:
            whole = set(compounds(number))
            parts = [term for _word, term in read_words(number)]
            best.update(dict.fromkeys(parts, LISTED if len(parts) == 1 else TOLD))
            best.update(dict.fromkeys(whole, LISTED))
        _add(self._words, best)

    def words(self) -> tuple[tuple[str, int], ...]:
        """Return each term with its level, sorted."""
        return tuple(sorted((term, level(weight)) for term, weight in self._words.items()))

    def names(self) -> tuple[tuple[str, str, int], ...]:
        """Return key, label and level of each name, sorted."""
        return tuple(sorted((key, self._labels[key], level(weight)) for key, weight in self._names.items()))


@cache
def level(weight: int) -> int:
    """Return the level of a weight.

    >>> [level(weight) for weight in (1, 2, 6, 12)]
    [1, 2, 3, 4]
    """
    return next(level for least, level in LEVELS_FROM if weight >= least)


def _add(sums: dict[str, int], weights: dict[str, int]) -> None:
    for key, weight in weights.items():
        sums[key] = sums.get(key, 0) + weight


def _words_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the terms of a text, and its words that are compared with slips where they differ from their terms."""
    read = read_words(text)
    pairs = set(read)
    terms = {term for _word, term in pairs}
    spelled = arabic(text)
    if spelled != text:
        read = read_words(spelled)
        terms.update(term for _word, term in read)
    if _DIGIT.search(spelled) or not LETTERED.isdisjoint(terms):
        terms.update(joins([term for _word, term in read]))
    if "-" in text or not text.isascii():
        terms.update(compounds(text))
    surfaces = (
        word for word, term in pairs if word != term and len(word) >= SHORTEST_SURFACE and word.isalpha()
    )
    return frozenset(terms), frozenset(surfaces)


_read = lru_cache(maxsize=1 << 16)(_words_of)
"""The same for texts that come again and again, such as conditions, towns and sponsors."""
