"""Ages in the registry's words: reading, bounds, and the sentence that readers see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trialpages.model.ages import (
    Age,
    admits,
    age_days,
    age_range_text,
    age_years,
    are_out_of_order,
    asked_units,
    bounds_days,
    parse_age,
    standard_ages,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 Years", Age(18, "year")),
        ("1 Year", Age(1, "year")),
        ("6 Months", Age(6, "month")),
        ("2 Weeks", Age(2, "week")),
        ("1 Day", Age(1, "day")),
        ("12 Hours", Age(12, "hour")),
        ("30 Minutes", Age(30, "minute")),
        ("N/A", None),
        ("18", None),
        ("18 Yearss", None),
        ("-1 Years", None),
        ("", None),
        (None, None),
    ],
)
def test_reading(text: str | None, expected: Age | None) -> None:
    assert parse_age(text) == expected


@pytest.mark.parametrize(
    ("age", "days", "years"),
    [
        (Age(2, "year"), 730.5, 2.0),
        (Age(6, "month"), 182.625, 0.5),
        (Age(2, "week"), 14.0, 14 / 365.25),
        (Age(12, "hour"), 0.5, 0.5 / 365.25),
    ],
)
def test_units(age: Age, days: float, years: float) -> None:
    assert age_days(age) == pytest.approx(days)
    assert age_years(age) == pytest.approx(years)


@pytest.mark.parametrize(
    ("minimum", "maximum", "years", "expected"),
    [
        ("18 Years", "65 Years", 17.99, False),
        ("18 Years", "65 Years", 18, True),
        ("18 Years", "65 Years", 65, True),
        ("18 Years", "65 Years", 65.9, True),
        ("18 Years", "65 Years", 66, False),
        (None, "65 Years", 0, True),
        ("18 Years", None, 104, True),
        (None, None, 40, True),
        ("6 Months", "17 Years", 0.5, True),
        ("6 Months", "17 Years", 0.49, False),
        (None, "6 Months", 0.58, True),
        (None, "6 Months", 0.59, False),
    ],
)
def test_both_bounds_are_inclusive_and_a_missing_one_is_open(
    minimum: str | None, maximum: str | None, years: float, expected: bool
) -> None:
    assert admits(minimum, maximum, years) is expected


VECTORS = json.loads((Path(__file__).parent / "age_vectors.json").read_text())
"""Bounds and judged ages; the browser's module is tested with the same file."""


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['minimum']}-{vector['maximum']}")
def test_the_browser_judges_by_the_same_bounds(vector: dict[str, Any]) -> None:
    bounds = vector["minimum"], vector["maximum"]
    first, last = bounds_days(*bounds)
    assert (float(vector["from"] or 0), float(vector["before"] or "inf")) == pytest.approx((first, last))
    assert " ".join(asked_units(*bounds)) == vector["units"]
    for age, unit, finding in vector["said"]:
        if unit == "year" and finding in ("fits", "conflict"):
            assert admits(*bounds, float(age.replace(",", "."))) is (finding == "fits")


@pytest.mark.parametrize(
    ("minimum", "maximum", "expected"),
    [
        (None, None, ("CHILD", "ADULT", "OLDER_ADULT")),
        ("18 Years", None, ("ADULT", "OLDER_ADULT")),
        (None, "17 Years", ("CHILD",)),
        (None, "18 Years", ("CHILD", "ADULT")),
        ("6 Months", "64 Years", ("CHILD", "ADULT")),
        ("65 Years", None, ("OLDER_ADULT",)),
    ],
)
def test_age_groups(minimum: str | None, maximum: str | None, expected: tuple[str, ...]) -> None:
    assert standard_ages(minimum, maximum) == expected


@pytest.mark.parametrize(
    ("minimum", "maximum", "expected"),
    [
        (None, None, "Not specified"),
        (None, "65 Years", "65 years and younger"),
        ("18 Years", None, "18 years and over"),
        ("18 Years", "75 Years", "18 to 75 years"),
        ("6 Months", "17 Years", "6 months to 17 years"),
        ("1 Year", None, "1 year and over"),
        ("0 Years", "1 Year", "0 to 1 year"),
        ("18 Years", "18 Years", "18 years"),
    ],
)
def test_the_sentence(minimum: str | None, maximum: str | None, expected: str) -> None:
    assert age_range_text(minimum, maximum) == expected


def test_order() -> None:
    assert are_out_of_order("65 Years", "18 Years")
    assert are_out_of_order("2 Years", "12 Months")
    assert not are_out_of_order("18 Years", "18 Years")
    assert not are_out_of_order("24 Months", "2 Years")
    assert not are_out_of_order("18 Years", None)
