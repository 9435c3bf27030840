"""Sizes: how large the files of an index are meant to be; `docs/search.md` says which measurements chose them.

A size is judged before anything is compressed: what compressing gives differs between versions of a library,
and the same trials must give the same files on every machine.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf

from trialpages.words.fields import record


@record
class Sizes:
    """What decides where files are cut, and how much of a long list they hold."""

    collapse: int = 100
    """Trials below which the index is two bundles instead of many files."""
    chunk: int = 0
    """Result cards in one file; 0 stands for what suits the number of trials."""
    shard_bytes: float = 0
    """Of a file of the lexicon, as a server sends it; 0 stands for what suits the number of trials."""
    inline_trials: int = 512
    """Trials of a term up to which its entry in the lexicon lists them all."""
    top: int = 48
    """Trials that the entry of a more frequent term lists."""
    days_block: int = 16_384
    """Trials in one file of days."""
    tile_bytes: float = 16_000
    """Of a file of places, as it is stored."""
    values_bytes: float = 4_000
    """Of a file of values, as a server sends it."""
    top_values: int = 20
    """Values of a facet that the manifest lists."""
    suggestions: int = 40
    """Names in one file of suggestions."""
    fuzzy_words: int = 12_000
    """Words that typos are compared with."""

    def is_collapsed(self, trials: int) -> bool:
        """Say whether a site is so small that its index is two bundles."""
        return trials < self.collapse

    def suiting(self, trials: int) -> Sizes:
        """Return the sizes with nothing left open; in bundles nothing is cut."""
        if self.is_collapsed(trials):
            return replace(self, chunk=max(1, trials), shard_bytes=inf, tile_bytes=inf, values_bytes=inf)
        return replace(
            self,
            chunk=self.chunk or _chunk(trials),
            shard_bytes=self.shard_bytes or _shard_bytes(trials),
        )


def _chunk(trials: int) -> int:
    return 8 if 20_000 < trials <= 200_000 else 4


def _shard_bytes(trials: int) -> float:
    if trials <= 50_000:
        return 4_000
    return 6_000 if trials <= 200_000 else 8_000
