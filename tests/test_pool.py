"""The parallel map: the same results in the same order for any number of jobs."""

from __future__ import annotations

import os
from operator import attrgetter, itemgetter

import pytest

from trialpages.machine.faults import UnitError
from trialpages.machine.pool import parallel_map

UNITS = [(f"unit {n}", n) for n in range(300)]


def times(state: int, unit: tuple[str, int]) -> int:
    return state * unit[1]


def fails(state: int, unit: tuple[str, int]) -> int:
    return state // (unit[1] - 137)


def dies(state: int, unit: tuple[str, int]) -> int:
    if unit[1] == 137:
        os._exit(9)
    return state


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_units(jobs: int) -> None:
    results = list(parallel_map(times, UNITS, state=3, jobs=jobs, name=itemgetter(0)))
    assert results == [3 * n for n in range(300)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_names_the_unit_and_shows_the_traceback(jobs: int) -> None:
    with pytest.raises(UnitError, match="unit 137") as caught:
        list(parallel_map(fails, UNITS, state=1, jobs=jobs, name=itemgetter(0)))
    assert "ZeroDivisionError" in str(caught.value)


def test_a_killed_worker_is_reported_instead_of_waited_for() -> None:
    with pytest.raises(UnitError, match="was killed"):
        list(parallel_map(dies, UNITS, state=1, jobs=2, name=itemgetter(0)))


def test_nothing_to_do_is_fine() -> None:
    assert list(parallel_map(times, [], state=1, jobs=2, name=attrgetter("x"))) == []
