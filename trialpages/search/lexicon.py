"""The lexicon: every term and every name that a reader may type, with the trials that it finds.

An entry lists all its trials, or, where they are many, the best of them, exact counts for the facets and the number
of the file that holds the rest. All names of a concept have the same entry under each of their keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from trialpages.search.columns import Facets, File
from trialpages.search.concepts import Concept
from trialpages.search.deltas import LEVELS, found
from trialpages.search.layers import set_file
from trialpages.search.meanings import Meaning, Meanings
from trialpages.search.names import Names
from trialpages.search.postings import Postings
from trialpages.search.shards import cut, in_unit_order, separators
from trialpages.search.suggestions import Suggestions

LEAST_LISTED = 2
"""Trials that list a single word before it counts as a name."""

_ONE = tuple(b"[" + b"[]," * (LEVELS[0] - level) + b"[%d]]" for level in range(LEVELS[0] + 1))
"""The entry of a term of one trial, by its level."""

Written = tuple[bytes, int]
"""An entry as JSON, and its number of trials."""


class Lexicon:
    """The entries of a site. They are made one after the other and not kept."""

    def __init__(
        self,
        meanings: Meanings,
        facets: Facets,
        names: Names,
        concepts: Iterable[Concept],
        *,
        trials: int,
        inline_trials: int,
        top: int,
    ) -> None:
        self._meanings = meanings
        self._facets = facets
        self._trials = trials
        self._inline_trials = inline_trials
        self._top = top
        self._names = names
        self._listed = {key for key, count in names.listed.counts() if count >= LEAST_LISTED}
        self._meaning_of = meanings.settled(concepts)
        self._keys_left = Counter(self._meaning_of.values())
        self._again: dict[Meaning, Written] = {}
        self._sets: list[File] = []
        self._set_count = 0
        self.suggestions = Suggestions()

    def files(self, words: Postings, size: float) -> Generator[File, None, dict[str, object]]:
        """Yield shards of about `size` bytes and the sets of frequent terms; return what the manifest says of them."""
        keys = in_unit_order({*words, *self._meaning_of})
        ends: list[tuple[str, str]] = []
        terms = 0
        for number, shard in enumerate(cut(self._entries(keys), size)):
            yield f"lex/{number}.json", b"{" + b",".join(entry for _key, entry in shard) + b"}\n"
            terms += len(shard)
            ends.append((shard[0][0], shard[-1][0]))
            yield from self._sets
            self._sets.clear()
        return {"terms": terms, "firsts": separators(ends)}

    def _entries(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        encode = msgspec.json.Encoder().encode
        for key in keys:
            name, (written, trials) = self._meant(key)
            if not trials:
                continue
            if name:
                self.suggestions.add(name, key, trials)
            yield key, encode(key) + b":" + written

    def _meant(self, key: str) -> tuple[str, Written]:
        """Return the name and the entry of a key; a meaning without trials is none, and the word stands for itself."""
        meaning = self._meaning_of.get(key)
        if meaning:
            written = self._of_meaning(meaning)
            if written[1]:
                return meaning.label, written
        name = self._names.label(key) if key in self._listed else ""
        return name, self._written(self._meanings.of_word(key), name)

    def _of_meaning(self, meaning: Meaning) -> Written:
        """Return the entry of a meaning; it is kept from its first key to its last."""
        self._keys_left[meaning] -= 1
        written = self._again.pop(meaning, None) or self._written(self._meanings.of(meaning), meaning.label)
        if self._keys_left[meaning]:
            self._again[meaning] = written
        return written

    def _written(self, postings: Sequence[int], name: str) -> Written:
        if len(postings) == 1 and not name:
            return found_one(postings[0]), 1
        named = {"name": name} if name else {}
        if len(postings) <= self._inline_trials:
            trials = found(postings)
            return msgspec.json.encode({"found": trials, **named} if named else trials), len(postings)
        entry = {
            "trials": len(postings),
            "top": found(best(postings, self._top)),
            "counts": self._facets.counts([posting >> 3 for posting in postings]),
            "set": self._set_count,
            **named,
        }
        self._sets.append((f"set/{self._set_count}.json", set_file(postings, self._trials)))
        self._set_count += 1
        return msgspec.json.encode(entry), len(postings)


def found_one(posting: int) -> bytes:
    """Return the entry of a term of one trial, which most terms are, without a detour.

    >>> found_one(7 * 8 + 2)
    b'[[],[],[7]]'
    """
    return _ONE[posting & 7] % (posting >> 3)


def best(postings: Sequence[int], most: int) -> list[int]:
    """Return the postings that rank first, by level and then by number, in ascending order."""
    kept: list[int] = []
    for level in LEVELS:
        kept += islice((posting for posting in postings if posting & 7 == level), most - len(kept))
    return sorted(kept)
