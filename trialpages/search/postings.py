"""Postings: which trials have a term, and at which level; the index in memory.

Most terms stand in one trial alone, so a term's only posting is kept as a number and becomes an array with the
second one. Trials must come in ascending order; that keeps every list sorted.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence


class Postings:
    """Ascending postings by term."""

    __slots__ = ("_of",)

    def __init__(self) -> None:
        self._of: dict[str, int | array[int]] = {}

    def add(self, number: int, levels: Iterable[tuple[str, int]]) -> None:
        """Add a trial's terms with their levels; its number must be larger than those before."""
        of = self._of
        base = number << 3
        for term, level in levels:
            known = of.get(term)
            if known is None:
                of[term] = base + level
            elif known.__class__ is int:
                of[term] = array("I", (known, base + level))
            else:
                known.append(base + level)  # type: ignore[union-attr]

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __contains__(self, term: object) -> bool:
        return term in self._of

    def __getitem__(self, term: str) -> Sequence[int]:
        """Return a term's postings; none for an unknown term."""
        known = self._of.get(term)
        if known is None:
            return ()
        return (known,) if isinstance(known, int) else known

    def count(self, term: str) -> int:
        """Return the number of trials that have a term."""
        known = self._of.get(term)
        if known is None:
            return 0
        return 1 if isinstance(known, int) else len(known)

    def counts(self) -> Iterator[tuple[str, int]]:
        """Yield each term with the number of trials that have it."""
        for term, known in self._of.items():
            yield term, 1 if known.__class__ is int else len(known)  # type: ignore[arg-type]
