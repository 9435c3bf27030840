"""Typos: the words of the trials as they are written, by their length, for a search that found nothing.

A word counts as it stands on the page: `diabetes`, not the term that the lexicon makes of it. Words with a digit
and short ones are left out, since a slip there makes another real word too often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator

from trialpages.search.columns import File
from trialpages.search.deltas import as_json
from trialpages.search.postings import Postings
from trialpages.search.tokens import term_of

SHORTEST = 4
"""Letters of a word for which typos are tried."""
LARGE_SITE = 100
"""Trials from which on a word that stands in one trial alone is left out."""
LAST_OF_PLANE = "\uffff"
"""A browser counts later characters as two."""


def fuzzy_files(
    words: Postings, surfaces: Counter[str], trials: int, most: int
) -> Generator[File, None, list[int]]:
    """Yield a file for each length: words with the number of their trials, most frequent first; return the lengths."""
    by_length: dict[int, list[tuple[str, int]]] = {}
    for word, count in frequent_words(words, surfaces, trials)[:most]:
        by_length.setdefault(len(word), []).append((word, count))
    for length in sorted(by_length):
        yield f"fuzzy/{length}.json", as_json(by_length[length])
    return sorted(by_length)


def frequent_words(words: Postings, surfaces: Counter[str], trials: int) -> list[tuple[str, int]]:
    """Return the words that typos are compared with, most frequent first, then from A to Z.

    A document lists only surfaces that differ from their term. A term is itself a word in at least those of its
    trials that have no such surface.
    """
    changed: dict[str, int] = {}
    for surface, count in surfaces.items():
        term = term_of(surface)
        changed[term] = changed.get(term, 0) + count
    least = 2 if trials > LARGE_SITE else 1
    counted = {surface: count for surface, count in surfaces.items() if count >= least and _is_plain(surface)}
    for term, found in words.counts():
        count = found - changed.get(term, 0)
        if count >= least and _is_plain(term):
            counted[term] = count
    return sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))


def _is_plain(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and (word.isascii() or max(word) <= LAST_OF_PLANE)
