"""Result cards: the few lines of each trial that a list of results shows, some neighbors in each file.

To the card that the trial's document brings, the index adds the numbers of the trial's values in facets that have
many, and the squares of the map in which it has places: they tell which tiles the distances of a few results need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trialpages.search.columns import File
from trialpages.search.deltas import as_json
from trialpages.search.document import SearchDocument
from trialpages.search.tiles import cells
from trialpages.search.value_sets import Memberships

Card = dict[str, Any]

NAMES_ON_CARD = {"condition": "conditions", "treatment": "treatments", "sponsor": "sponsors"}
"""Facets whose values stand on cards, with the name that they have there."""


class ResultCards:
    """Cards that come one at a time in the order of the index, and leave as files."""

    def __init__(self, chunk: int, memberships: Mapping[str, Memberships]) -> None:
        self._chunk = chunk
        self._memberships = [
            (NAMES_ON_CARD[name], of) for name, of in memberships.items() if name in NAMES_ON_CARD
        ]
        self._cards: list[Card] = []
        self._number = 0

    def add(self, document: SearchDocument) -> Iterator[File]:
        """Take the next trial's card; yield a file when it is full."""
        numbers = {name: of.of(self._number) for name, of in self._memberships}
        numbers["cells"] = cells(document.places)
        self._cards.append({**document.card, **{name: values for name, values in numbers.items() if values}})
        self._number += 1
        if len(self._cards) == self._chunk:
            yield from self.rest()

    def rest(self) -> Iterator[File]:
        """Yield the last file, if there is one."""
        if self._cards:
            yield f"doc/{(self._number - 1) // self._chunk}.json", as_json(self._cards)
            self._cards = []
