"""Phrases: the trials that say a name of several words, though they may not list it.

A trial says a name where its terms stand together and in order in one of the texts that tell what the trial is about;
words of a name that stand apart are no name, for "heart failure in kidney disease" is no kidney failure. The level is
the lowest of the words. Which names to look for is known only when all documents have passed by, so they pass again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from trialpages.search.document import SearchDocument
from trialpages.search.postings import Postings

LEAST_LEVEL = 2
"""Of a word in a text that tells what a trial is about."""


def postings_of_names(documents: Iterable[SearchDocument], names: Iterable[str]) -> Postings:
    """Return which documents say which of the names, by key; names of one word are passed over."""
    postings = Postings()
    beginnings = _beginnings(names)
    for number, document in enumerate(documents):
        said = dict.fromkeys(name for text in document.texts for name in _names_in(text, beginnings))
        if said:
            levels = dict(document.words)
            postings.add(number, [(name, level_of(name, levels)) for name in said])
    return postings


def level_of(name: str, levels: dict[str, int]) -> int:
    """Return the level at which a trial says a name, from the levels of its words.

    >>> level_of("heart failur", {"heart": 4, "failur": 3})
    3
    """
    return min(levels.get(word, LEAST_LEVEL) for word in name.split(" "))


Beginnings = dict[tuple[str, str], dict[int, set[str]]]
"""Names by their first two terms, then by their number of terms."""


def _beginnings(names: Iterable[str]) -> Beginnings:
    found: Beginnings = {}
    for name in names:
        terms = name.split(" ")
        if len(terms) > 1:
            found.setdefault((terms[0], terms[1]), {}).setdefault(len(terms), set()).add(name)
    return found


def _names_in(text: str, beginnings: Beginnings) -> Iterator[str]:
    """Yield the names in a text: one look for each two neighbors, and more only where a name begins with these."""
    terms = text.split(" ")
    for place, pair in enumerate(pairwise(terms)):
        if pair in beginnings:
            for length, names in beginnings[pair].items():
                name = " ".join(terms[place : place + length])
                if name in names:
                    yield name
