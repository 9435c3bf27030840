from __future__ import annotations

import math

import pytest

from trialpages.model.intervals import (
    about_in_100,
    difference_in_words,
    in_100,
    likely_range,
    newcombe,
    wilson,
)


@pytest.mark.parametrize(
    ("affected", "low", "high"),
    [(43, 67.1, 88.2), (23, 30.3, 55.8), (3, 1.9, 15.1), (1, 0.3, 9.8), (0, 0.0, 6.6)],
)
def test_wilson_interval_of_counts_out_of_54(affected: int, low: float, high: float) -> None:
    interval = wilson(affected, 54)
    assert (round(100 * interval.low, 1), round(100 * interval.high, 1)) == (low, high)


def test_wilson_interval_stays_within_none_and_all() -> None:
    assert wilson(0, 3).low == 0.0
    assert wilson(3, 3).high == 1.0
    assert 0 < wilson(3, 3).low < 1


def test_newcombe_difference_of_two_groups() -> None:
    difference = newcombe((232, 405), (103, 202))
    rounded = [round(100 * value, 1) for value in (difference.value, difference.low, difference.high)]
    assert rounded == [6.3, -2.1, 14.6]
    assert difference.could_be_chance


def test_newcombe_difference_is_mirrored_when_the_groups_change_places() -> None:
    there, back = newcombe((43, 54), (5, 50)), newcombe((5, 50), (43, 54))
    assert math.isclose(there.low, -back.high)
    assert math.isclose(there.high, -back.low)
    assert not there.could_be_chance


@pytest.mark.parametrize(
    ("affected", "at_risk", "words"),
    [
        (43, 54, "about 80 in 100"),
        (11, 54, "about 20 in 100"),
        (1, 8, "about 13 in 100"),
        (1, 300, "fewer than 1 in 100"),
        (299, 300, "more than 99 in 100"),
        (0, 54, "none of 54"),
        (54, 54, "all 54"),
    ],
)
def test_share_as_a_natural_frequency(affected: int, at_risk: int, words: str) -> None:
    assert about_in_100(affected, at_risk) == words


@pytest.mark.parametrize(
    ("affected", "at_risk", "words"),
    [
        (43, 54, "likely between 67 and 88 in 100"),
        (0, 54, "0 of 54 still leaves room for up to about 7 in 100"),
        (54, 54, "likely more than 93 in 100"),
        (50000, 100000, "likely about 50 in 100"),
        (0, 10000, "likely fewer than 1 in 100"),
        (3, 10000, "likely fewer than 1 in 100"),
        (9997, 10000, "likely more than 99 in 100"),
        (10000, 10000, "likely more than 99 in 100"),
    ],
)
def test_interval_in_words(affected: int, at_risk: int, words: str) -> None:
    assert likely_range(affected, at_risk) == words


def test_difference_in_words_names_chance_only_when_it_spans_zero() -> None:
    assert difference_in_words(newcombe((232, 405), (103, 202))) == (
        "6 more in 100; likely between 2 fewer and 15 more; this could be chance"
    )
    assert difference_in_words(newcombe((5, 50), (43, 54))) == (
        "70 fewer in 100; likely between 80 fewer and 53 fewer"
    )


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ((50, 10000), (20, 10000), "under 1 more in 100"),
        ((20, 10000), (50, 10000), "under 1 fewer in 100"),
        (
            (1, 2000),
            (1, 2000),
            "none more in 100; likely between under 1 fewer and under 1 more; this could be chance",
        ),
        ((13, 200), (0, 200), "7 more in 100; likely between 3 more and 11 more"),
        ((0, 200), (13, 200), "7 fewer in 100; likely between 11 fewer and 3 fewer"),
    ],
)
def test_small_differences_are_not_none_and_change_places_with_their_groups(
    first: tuple[int, int], second: tuple[int, int], words: str
) -> None:
    assert difference_in_words(newcombe(first, second)) == words


def test_people_in_100_are_rounded_half_up_by_exact_arithmetic() -> None:
    assert [in_100(count, 200) for count in (1, 3, 5)] == [1, 2, 3]
