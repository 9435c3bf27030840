"""Value sets: for facets with many values (countries, conditions, treatments, sponsors), the trials of each value.

A value is what a list of the site is made for, so its count is that list's. Values are numbered in the order of
their slugs; files hold neighbors, so that the file of one value is found by its slug or by its number, in the
facet's own index: the manifest would grow with every sponsor.
"""

from __future__ import annotations

from array import array
from collections.abc import Generator, Iterable, Mapping, Sequence
from itertools import accumulate

import msgspec

from trialpages.search.columns import File
from trialpages.search.deltas import as_json, deltas
from trialpages.search.shards import cut, in_unit_order, separators
from trialpages.words.fields import record


@record
class ValueSet:
    """One facet: its name and its values by slug, each with its label and the numbers of its trials."""

    name: str
    slugs: tuple[str, ...]
    labels: tuple[str, ...]
    trials: tuple[array[int], ...]


def value_set(
    name: str, values: Iterable[tuple[str, str, Iterable[str]]], number_of: Mapping[str, int]
) -> ValueSet:
    """Return a facet from slug, label and ids of the trials of each value; a trial that is not there is a fault."""
    by_slug = {slug: (label, trial_ids) for slug, label, trial_ids in values}
    slugs = in_unit_order(by_slug)
    return ValueSet(
        name=name,
        slugs=tuple(slugs),
        labels=tuple(by_slug[slug][0] for slug in slugs),
        trials=tuple(
            array("I", sorted({number_of[trial_id] for trial_id in by_slug[slug][1]})) for slug in slugs
        ),
    )


def value_files(values: ValueSet, size: float, top: int) -> Generator[File, None, dict[str, object]]:
    """Yield the files of a facet and where each begins; return what the manifest says of it, with its `top` values."""
    starts: list[int] = []
    ends: list[tuple[str, str]] = []
    start = 0
    for number, group in enumerate(cut(_entries(values), size)):
        yield f"facet/{values.name}/{number}.json", b"[" + b",".join(entry for _slug, entry in group) + b"]\n"
        starts.append(start)
        ends.append((group[0][0], group[-1][0]))
        start += len(group)
    yield f"facet/{values.name}/index.json", as_json({"starts": starts, "firsts": separators(ends)})
    return {"name": values.name, "values": len(values.slugs), "top": _top(values, top)}


def _entries(values: ValueSet) -> Iterable[tuple[str, bytes]]:
    for slug, label, trials in zip(values.slugs, values.labels, values.trials, strict=True):
        yield slug, msgspec.json.encode((slug, label, deltas(trials)))


def _top(values: ValueSet, most: int) -> list[tuple[int, str, int]]:
    """Return the values with most trials: number, label and trials."""
    ranked = sorted(range(len(values.slugs)), key=lambda number: (-len(values.trials[number]), number))
    return [(number, values.labels[number], len(values.trials[number])) for number in ranked[:most]]


class Memberships:
    """Which values of a facet each trial has: the value sets, turned around."""

    def __init__(self, values: ValueSet, trials: int) -> None:
        sizes = array("I", bytes(4 * (trials + 1)))
        for members in values.trials:
            for trial in members:
                sizes[trial + 1] += 1
        self._starts: Sequence[int] = array("I", accumulate(sizes))
        self._values = array("I", bytes(4 * self._starts[-1]))
        free = array("I", self._starts)
        for number, members in enumerate(values.trials):
            for trial in members:
                self._values[free[trial]] = number
                free[trial] += 1

    def of(self, trial: int) -> list[int]:
        """Return the numbers of a trial's values, ascending."""
        return self._values[self._starts[trial] : self._starts[trial + 1]].tolist()
