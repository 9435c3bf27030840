"""A search of the registry, from the words that a person types: checked here, so that a slip costs no request."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trialpages.model.vocabulary import OVERALL_STATUSES
from trialpages.words.fields import record
from trialpages.words.suggest import nearest

NEAR = re.compile(
    r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)\s*,\s*(\d{1,5}(?:\.\d+)?)\s*(mi|km)\s*"
)
NEAR_FORM = "latitude, longitude and distance, such as 29.76,-95.37,100mi"
NUMBERS_ONLY = re.compile(r"\s*NCT\d+(?:[\s,]+NCT\d+)*\s*", re.IGNORECASE)


class QueryError(ValueError):
    """A part of the search is none that the registry knows; the text says which, and what is."""


@record
class Query:
    """What to search for; `Query.of` checks it."""

    words: str = ""
    statuses: tuple[str, ...] = ()
    """The registry's own values, such as `RECRUITING`, each once."""
    near: str | None = None
    """`distance(29.76,-95.37,100mi)`"""
    limit: int | None = None
    """The most studies to bring."""

    @staticmethod
    def of(
        *, words: str = "", statuses: Iterable[str] = (), near: str | None = None, limit: int | None = None
    ) -> Query:
        """Return the search; statuses as people write them (`recruiting,not-yet-recruiting`), near as
        `29.76,-95.37,100mi`. Raises `QueryError`.
        """
        text = " ".join(words.split())
        found = tuple(dict.fromkeys(_status(name) for each in statuses for name in _names(each)))
        place = None if near is None else _distance(near)
        if not text and not found and place is None:
            raise QueryError("an empty search would bring every study: give some words, such as a condition")
        if limit is not None and limit < 1:
            raise QueryError(f"the limit is a number from 1, not {limit}")
        if NUMBERS_ONLY.fullmatch(text):
            raise QueryError(f"these are trial numbers; bring them without --search: import {text}")
        return Query(words=text, statuses=found, near=place, limit=limit)

    def parameters(self) -> dict[str, str]:
        """Return the registry's parameters of this search, without those of paging."""
        found = {}
        if self.words:
            found["query.term"] = self.words
        if self.statuses:
            found["filter.overallStatus"] = ",".join(self.statuses)
        if self.near:
            found["filter.geo"] = self.near
        return found


def _names(text: str) -> list[str]:
    return [name for part in re.split(r"[,|]", text) if (name := part.strip())]


def _status(name: str) -> str:
    value = re.sub(r"[\s-]+", "_", name).upper()
    if value in OVERALL_STATUSES:
        return value
    guess = nearest(name, OVERALL_STATUSES)
    hint = (
        f"did you mean {_shown(guess)}?" if guess else f"known are {', '.join(map(_shown, OVERALL_STATUSES))}"
    )
    raise QueryError(f"the registry knows no status '{name}'; {hint}")


def _shown(status: str) -> str:
    return status.lower().replace("_", "-")


def _distance(near: str) -> str:
    found = NEAR.fullmatch(near.lower())
    if found is None:
        raise QueryError(f"a place is given as {NEAR_FORM} or ...,150km, not '{near}'")
    latitude, longitude, distance, unit = found.groups()
    if abs(float(latitude)) > 90:
        raise QueryError(
            f"a latitude lies between -90 and 90, not {latitude}: a place is given as {NEAR_FORM}"
        )
    if abs(float(longitude)) > 180:
        raise QueryError(
            f"a longitude lies between -180 and 180, not {longitude}: a place is given as {NEAR_FORM}"
        )
    if float(distance) == 0:
        raise QueryError(f"the distance must be above 0: a place is given as {NEAR_FORM}")
    return f"distance({latitude.removeprefix('+')},{longitude.removeprefix('+')},{distance}{unit})"
