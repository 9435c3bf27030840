"""Phrases: the trials that say a name of several words, though they may not list it.

A trial says a name where its terms stand together and in order in one of the texts that tell what the trial is about;
words of a name that stand apart are no name, for "heart failure in kidney disease" is no kidney failure. The level is
the lowest of the words. Which names to look for is known only when all documents have passed by, so they pass again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress, count, pairwise

from trialpages.search.document import Told
from trialpages.search.postings import Postings

LEAST_LEVEL = 2
"""Of a word in a text that tells what a trial is about."""
BETWEEN_TEXTS = " / "
"""A term that is none, so that no name reaches from one text into the next."""


def postings_of_names(documents: Iterable[Told], names: Iterable[str]) -> Postings:
    """Return which documents say which of the names, by key; names of one word are passed over."""
    postings = Postings()
    beginnings = _beginnings(names)
    for number, document in enumerate(documents):
        said = _said(BETWEEN_TEXTS.join(document.texts).split(" "), beginnings)
        if said:
            level = defaultdict(lambda: LEAST_LEVEL, document.words).__getitem__
            postings.add(number, ((name, min(map(level, words))) for name, words in said.items()))
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


def _said(terms: Sequence[str], beginnings: Beginnings) -> dict[str, Sequence[str]]:
    """Return the names in a text with their words: one look for each two neighbors, more only where a name begins so."""
    said: dict[str, Sequence[str]] = {}
    for place in compress(count(), map(beginnings.__contains__, pairwise(terms))):
        for name, length in beginnings[terms[place], terms[place + 1]]:
            if name not in said:
                words = terms[place : place + length]
                if length == 2 or " ".join(words) == name:
                    said[name] = words
    return said
