from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from trialpages.model.freshness import AMBER, FRESH, REASONS, RED, days_since, freshness, is_recent

TODAY = date(2026, 11, 23)
GOOD: dict[str, Any] = {
    "overall_status": "RECRUITING",
    "status_verified_date": "2026-10",
    "retrieved": "2026-11-20",
    "completion_date": "2026-11",
    "today": TODAY,
}


@pytest.mark.parametrize(
    ("change", "level", "reasons"),
    [
        ({}, FRESH, ()),
        ({"retrieved": "2026-10-24"}, FRESH, ()),
        ({"retrieved": "2026-10-23"}, AMBER, ("copy_old",)),
        ({"retrieved": "2026-05-26"}, RED, ("copy_very_old",)),
        ({"retrieved": None}, FRESH, ()),
        ({"completion_date": "2026-10"}, RED, ("end_passed",)),
        ({"completion_date": "2026-10", "overall_status": "COMPLETED"}, FRESH, ()),
        ({"status_verified_date": "2026-05"}, AMBER, ("not_confirmed",)),
        ({"status_verified_date": None}, FRESH, ()),
        ({"status_verified_date": "2025-05", "overall_status": "COMPLETED"}, FRESH, ()),
        ({"completion_date": "2026-10", "retrieved": "2026-10-01"}, RED, ("end_passed", "copy_old")),
        ({"retrieved": "2026-10-01", "amber_copy_days": 90}, FRESH, ()),
    ],
)
def test_freshness_of_a_status(change: dict[str, Any], level: str, reasons: tuple[str, ...]) -> None:
    found = freshness(**GOOD | change)
    assert (found.level, found.reasons) == (level, reasons)
    assert all(reason in REASONS for reason in found.reasons)


def test_month_of_verification_counts_from_its_first_day() -> None:
    assert is_recent("2026-05-23", TODAY)
    assert not is_recent("2026-05-22", TODAY)
    assert not is_recent("2026-05", TODAY)
    assert is_recent("2025-08-31", date(2026, 2, 28))


def test_age_of_a_dated_fact() -> None:
    assert days_since("2026-11-20", TODAY) == 3
    assert days_since("2026-11", TODAY) == 0
    assert days_since(None, TODAY) is None
