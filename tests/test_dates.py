"""Partial dates: a month stays a month, in comparisons and in words."""

from __future__ import annotations

from datetime import date

import pytest

from trialpages.model.dates import (
    PartialDay,
    earliest_day,
    is_after,
    latest_day,
    parse_date,
    show_date,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-11-10", PartialDay(2015, 11, 10)),
        ("2015-11", PartialDay(2015, 11)),
        ("2015", PartialDay(2015)),
        ("2024-02-29", PartialDay(2024, 2, 29)),
        ("2023-02-29", None),
        ("2015-13", None),
        ("2015-00", None),
        ("0000", None),
        ("2015-1", None),
        ("2015-11-10T09:00", None),
        ("٢٠١٥", None),
        ("", None),
        (None, None),
    ],
)
def test_reading(text: str | None, expected: PartialDay | None) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("2015-11-10", date(2015, 11, 10), date(2015, 11, 10)),
        ("soon", None, None),
    ],
)
def test_bounds(text: str, first: date | None, last: date | None) -> None:
    assert (earliest_day(text), latest_day(text)) == (first, last)


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        ("2015-12", "2015-11-30", True),
        ("2015-11", "2015-11-10", False),
        ("2015-11-10", "2015-11", False),
        ("2015", "2015-06", False),
        ("2016", "2015-06", True),
        (None, "2015", False),
    ],
)
def test_after_means_certainly_after(later: str | None, earlier: str, expected: bool) -> None:
    assert is_after(later, earlier) is expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2015-11-10", "November 10, 2015"),
        ("2015-11", "November 2015"),
        ("2015", "2015"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_words(text: str | None, shown: str) -> None:
    assert show_date(text) == shown
