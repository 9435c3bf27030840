"""Queries and answers of the search, as the oracle speaks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

BEST, NEWEST, NEAREST = ORDERS = ("relevance", "newest", "distance")
WORDS, AGE, NEAR = "words", "age", "near"
"""Parts of a query that are no facets."""


@dataclass(frozen=True)
class Near:
    """A point of the earth in degrees, and how far around it in kilometers; without a radius all is near enough."""

    latitude: float
    longitude: float
    radius: float | None = None


@dataclass(frozen=True)
class Query:
    """What a reader asks for; an empty part asks for nothing."""

    words: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    age: int | None = None
    near: Near | None = None
    order: str = BEST
    exact: bool = False
    start: int = 0
    size: int = 10

    def as_json(self) -> dict[str, Any]:
        """Return the query as the browser's engine takes it."""
        near = self.near and {
            "latitude": self.near.latitude,
            "longitude": self.near.longitude,
            "radius": self.near.radius,
        }
        return {
            "words": self.words,
            "filters": {name: list(values) for name, values in self.filters.items()},
            "age": self.age,
            "near": near,
            "order": self.order,
            "exact": self.exact,
            "from": self.start,
            "size": self.size,
        }


@dataclass(frozen=True)
class Unit:
    """What was understood of one or more typed words."""

    typed: str
    kind: str
    name: str | None
    read: str


@dataclass(frozen=True)
class Answer:
    """What a search must say; counts of all facets without zeros, by code or address of the value."""

    total: int
    documents: tuple[int, ...]
    nearest: tuple[tuple[float, str] | None, ...] | None
    """Of each document the distance in kilometers and the name of the nearest place."""
    counts: Mapping[str, Mapping[str, int]]
    units: tuple[Unit, ...]
    relaxed: bool
    some: tuple[int, tuple[int, ...]] | None
    """Where few trials have all words, how many have some of them, and the best of these."""
    loosened: Mapping[str, int]
    cut: bool
