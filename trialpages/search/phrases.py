"""Phrases: the trials that say a name of several words, though they may not list it.

A trial says a name where its terms stand together and in order in one of the texts that tell what the trial is about;
words of a name that stand apart are no name, for "heart failure in kidney disease" is no kidney failure. The level is
the lowest of the words. Which names to look for is known only when all documents have passed by, so they pass again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress, count, pairwise

from trialpages.search.document import SearchDocument
from trialpages.search.postings import Postings

LEAST_LEVEL = 2
"""Of a word in a text that tells what a trial is about."""


def postings_of_names(documents: Iterable[SearchDocument], names: Iterable[str]) -> Postings:
    """Return which documents say which of the names, by key; names of one word are passed over."""
    postings = Postings()
    beginnings = _beginnings(names)
    for number, document in enumerate(documents):
        levels = defaultdict(lambda: LEAST_LEVEL, document.words)
        said: dict[str, int] = {}
        for text in document.texts:
            _add_names(said, text.split(" "), beginnings, levels)
        postings.add(number, said.items())
    return postings


Beginnings = dict[tuple[str, str], tuple[tuple[str, int], ...]]
"""By two terms the names that begin with them, each with its number of terms."""


def _beginnings(names: Iterable[str]) -> Beginnings:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for name in names:
        terms = name.split(" ")
        if len(terms) > 1:
            found.setdefault((terms[0], terms[1]), {})[name] = len(terms)
    return {pair: tuple(begun.items()) for pair, begun in found.items()}


def _add_names(
    said: dict[str, int], terms: Sequence[str], beginnings: Beginnings, levels: defaultdict[str, int]
) -> None:
    """Add the names in a text with their levels: one look for each two neighbors, more only where a name begins so."""
    for place in compress(count(), map(beginnings.__contains__, pairwise(terms))):
        for name, length in beginnings[terms[place], terms[place + 1]]:
            if name not in said:
                words = terms[place : place + length]
                if length == 2 or " ".join(words) == name:
                    said[name] = min(map(levels.__getitem__, words))
