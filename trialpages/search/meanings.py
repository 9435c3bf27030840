"""Meanings: which trials a name stands for.

A name's trials are those that list it, at the level at which they do, and those that say it (`phrases.py`). A
concept's trials are those of every name that it finds, each trial at its highest level, whatever the reader typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trialpages.search.concepts import SURE_SHARE, Concept
from trialpages.search.deltas import united
from trialpages.search.document_names import MOST_TERMS
from trialpages.search.postings import Postings
from trialpages.words.fields import record


@record
class Meaning:
    """What the page calls something, and the names whose trials are found."""

    label: str
    finds: tuple[str, ...]


MORE_THAN_A_MENTION = 2
"""The least level at which a trial counts when a doubtful short form is judged."""


class Meanings:
    """Answers which trials a term, a name or a meaning stands for."""

    def __init__(self, words: Postings, listed: Postings, said: Postings) -> None:
        """Take the postings of single words, of names that are listed, and of names of several words in texts."""
        self._words = words
        self._listed = listed
        self._said = said

    def of_word(self, term: str) -> Sequence[int]:
        """Return the postings of one term, as the documents give them."""
        return self._words[term]

    def of_name(self, key: str) -> Sequence[int]:
        """Return the postings of a name by its key."""
        said = self._said if " " in key else self._words
        return united([self._listed[key], said[key]])

    def of(self, meaning: Meaning) -> Sequence[int]:
        """Return the postings of all names that a meaning finds."""
        return united([self.of_name(key) for key in meaning.finds])

    def settled(self, concepts: Iterable[Concept]) -> dict[str, Meaning]:
        """Return by key what the concepts mean on this site; a key that two concepts claim goes to the first.

        A doubtful short form becomes a name like the others where nearly all its trials are the concept's anyway.
        """
        certain: dict[str, Meaning] = {}
        doubted: dict[str, Meaning] = {}
        for concept in concepts:
            sure = tuple(self._sure(concept)) if concept.doubtful else ()
            meaning = Meaning(label=concept.label, finds=tuple(dict.fromkeys((*concept.finds, *sure))))
            for key in concept.keys:
                certain.setdefault(key, meaning)
            for key in sure:
                doubted.setdefault(key, meaning)
        return {key: meaning for key, meaning in (doubted | certain).items() if key.count(" ") < MOST_TERMS}

    def _sure(self, concept: Concept) -> Iterator[str]:
        own = {posting >> 3 for key in concept.finds for posting in self.of_name(key)}
        for key in concept.doubtful:
            everywhere = self.of_name(key)
            told = [posting for posting in everywhere if posting & 7 >= MORE_THAN_A_MENTION]
            postings = told if len(told) > 1 else everywhere
            if postings and sum(posting >> 3 in own for posting in postings) >= SURE_SHARE * len(postings):
                yield key
