"""Columns: one code for each trial and facet, in the order of the index, written as runs of equal codes.

A code stands for a list of values: a trial of phase 1 and 2 has one code and two values, and a trial for any sex
fits readers of either. Trials that agree in every facet share a *profile*, so that one look at a trial tells all.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TypeVar

from trialpages.model.dates import earliest_day
from trialpages.model.labels import SEX_LABELS, STUDY_TYPE_LABELS, label, phase_label, status_label
from trialpages.search.deltas import as_json, deltas
from trialpages.search.document import SearchDocument
from trialpages.site.facets import PHASE_ORDER
from trialpages.site.order import STATUS_ORDER
from trialpages.words.fields import record
from trialpages.words.language import N_, _

Values = tuple[str, ...]
Key = TypeVar("Key", bound=Hashable)
File = tuple[str, bytes]

YES = "yes"
NO_PHASE = "NA"
EPOCH = 719_163
"""The first of January 1970 in Python's count of days."""

_YES_LABELS = {
    "healthy_volunteers": N_("Accepts healthy volunteers"),
    "results": N_("Has results"),
    "no_placebo_only_group": N_("No placebo-only group"),
}


@record
class Column:
    """One facet: its name, the values that a trial has in it, their order, and what the page calls them."""

    name: str
    values_of: Callable[[SearchDocument], Values]
    order: tuple[str | None, ...]
    label_of: Callable[[str], str]


def _one(code: str | None) -> Values:
    return (code,) if code else ()


def _yes(is_true: bool) -> Values:
    return (YES,) if is_true else ()


def _yes_column(name: str, holds: Callable[[SearchDocument], bool]) -> Column:
    return Column(
        name=name,
        values_of=lambda document: _yes(holds(document)),
        order=(YES,),
        label_of=lambda _code: _(_YES_LABELS[name]),
    )


COLUMNS = (
    Column(
        name="status",
        values_of=lambda document: _one(document.status),
        order=STATUS_ORDER,
        label_of=status_label,
    ),
    Column(
        name="study_type",
        values_of=lambda document: _one(document.study_type),
        order=tuple(STUDY_TYPE_LABELS),
        label_of=lambda code: label(STUDY_TYPE_LABELS, code) or "",
    ),
    Column(
        name="phase",
        values_of=lambda document: document.phases or (NO_PHASE,),
        order=PHASE_ORDER,
        label_of=lambda code: phase_label((code,)),
    ),
    Column(
        name="sex",
        values_of=lambda document: (
            (document.sex,) if document.sex in ("FEMALE", "MALE") else ("FEMALE", "MALE")
        ),
        order=("FEMALE", "MALE"),
        label_of=lambda code: label(SEX_LABELS, code) or "",
    ),
    _yes_column("healthy_volunteers", lambda document: document.healthy_volunteers),
    _yes_column("results", lambda document: document.has_results),
    _yes_column("no_placebo_only_group", lambda document: document.no_placebo_only_group),
)
_described = attrgetter(
    "status", "study_type", "phases", "sex", "healthy_volunteers", "has_results", "no_placebo_only_group"
)
"""All that the columns read: trials that agree in it have one profile."""


class Columns:
    """The facets, ages and days of all trials, added in the order of the index."""

    def __init__(self) -> None:
        self._profiles: dict[tuple[Values, ...], int] = {}
        self._known: dict[tuple[object, ...], int] = {}
        """Profiles by what the columns read, since few trials are the first of their kind."""
        self._profile_of = array("I")
        self._bounds: dict[tuple[float | None, float | None], int] = {}
        self._bounds_of = array("I")
        self._days = array("i")

    def add(self, document: SearchDocument) -> None:
        """Add the next trial."""
        described = _described(document)
        profile = self._known.get(described)
        if profile is None:
            values = tuple(column.values_of(document) for column in COLUMNS)
            profile = self._known[described] = self._profiles.setdefault(values, len(self._profiles))
        bounds = (document.minimum_age, document.maximum_age)
        self._profile_of.append(profile)
        self._bounds_of.append(self._bounds.setdefault(bounds, len(self._bounds)))
        self._days.append(day_number(document.updated))

    def facets(self) -> Facets:
        """Return the facets of the trials added so far."""
        return Facets(tuple(self._profiles), self._profile_of)

    def ages_file(self) -> File:
        """Return the bounds of age as runs."""
        starts, of = runs(self._bounds_of, lambda bounds: bounds)
        content = {"bounds": list(self._bounds), "starts": deltas(starts), "of": of}
        return "ages.json", as_json(content)

    def days_files(self, block: int) -> Iterator[File]:
        """Yield the days on which the records last changed, those of a block of trials in each file."""
        for number, start in enumerate(range(0, len(self._days), block)):
            yield f"days/{number}.json", as_json(deltas(self._days[start : start + block]))


class Facets:
    """The values of every facet, in their order, and how to count them."""

    def __init__(self, profiles: tuple[tuple[Values, ...], ...], profile_of: array[int]) -> None:
        self._profiles = profiles
        self._profile_of = profile_of
        self.values = [
            _ordered(column, (profile[place] for profile in profiles)) for place, column in enumerate(COLUMNS)
        ]
        self._numbers = [{value: number for number, value in enumerate(values)} for values in self.values]
        self._having = [self._profiles_by_value(place) for place in range(len(COLUMNS))]

    def counts(self, trials: Sequence[int]) -> list[list[int]]:
        """Return for each facet how many of the trials have each of its values."""
        return self._counted(Counter(gathered(self._profile_of, trials)))

    def for_manifest(self) -> list[dict[str, object]]:
        """Return each facet with its values: code, label and number of trials."""
        totals = self._counted(Counter(self._profile_of))
        return [
            {
                "name": column.name,
                "values": [
                    [code, column.label_of(code), total] for code, total in zip(values, counts, strict=True)
                ],
            }
            for column, values, counts in zip(COLUMNS, self.values, totals, strict=True)
        ]

    def file(self) -> File:
        """Return the codes of every facet as runs."""
        return "facets.json", as_json(
            {column.name: self._runs(place) for place, column in enumerate(COLUMNS)}
        )

    def _profiles_by_value(self, place: int) -> list[list[int]]:
        """Return for each value of a facet the profiles that have it."""
        having: list[list[int]] = [[] for _value in self.values[place]]
        for number, profile in enumerate(self._profiles):
            for value in dict.fromkeys(profile[place]):
                having[self._numbers[place][value]].append(number)
        return having

    def _counted(self, profiles: Counter[int]) -> list[list[int]]:
        count_of = [0] * len(self._profiles)
        for profile, count in profiles.items():
            count_of[profile] = count
        return [[sum(gathered(count_of, having)) for having in of_facet] for of_facet in self._having]

    def _runs(self, place: int) -> dict[str, object]:
        codes: dict[tuple[int, ...], int] = {}
        code_of = []
        for profile in self._profiles:
            numbers = tuple(sorted({self._numbers[place][value] for value in profile[place]}))
            code_of.append(codes.setdefault(numbers, len(codes)))
        starts, of = runs(self._profile_of, code_of.__getitem__)
        return {"codes": list(codes), "starts": deltas(starts), "of": of}


def runs(column: Iterable[int], code_of: Callable[[int], int]) -> tuple[list[int], list[int]]:
    """Return where each run of equal codes starts, and its code.

    >>> runs([0, 0, 2, 1], {0: 7, 1: 7, 2: 9}.__getitem__)
    ([0, 2, 3], [7, 9, 7])
    """
    starts: list[int] = []
    of: list[int] = []
    start = 0
    for number, same in groupby(column):
        code = code_of(number)
        if not of or of[-1] != code:
            starts.append(start)
            of.append(code)
        start += sum(1 for _each in same)
    return starts, of


@lru_cache(maxsize=1 << 16)
def day_number(day: str | None) -> int:
    """Return a day as days since the first of January 1970; 0 where no day is known.

    >>> [day_number(day) for day in ("1969-12-31", "1970-01-01", "1970-01-02", None)]
    [0, 0, 1, 0]
    """
    found = earliest_day(day)
    return max(0, found.toordinal() - EPOCH) if found else 0


def _ordered(column: Column, found: Iterable[Values]) -> list[str]:
    """Return the values that some trial has: those of the known order first, new ones from A to Z."""
    present = {value for values in found for value in values}
    known = [value for value in column.order if value in present]
    return [*[value for value in known if value is not None], *sorted(present.difference(known))]


def gathered(column: Sequence[int], trials: Sequence[int]) -> Sequence[int]:
    """Return the values of a column for some trials, in their order.

    >>> gathered(b"abc", [2, 0])
    (99, 97)
    """
    if len(trials) < 2:
        return [column[trial] for trial in trials]
    return itemgetter(*trials)(column)  # type: ignore[no-any-return]
