"""Freshness by the vectors that the browser's module is held to as well."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trialpages.model.dates import earliest_day, latest_day
from trialpages.model.freshness import REASONS, freshness, is_recent, recent_until

VECTORS = Path(__file__).parent / "vectors"
DATES = json.loads((VECTORS / "dates.json").read_text())
STATUSES = json.loads((VECTORS / "freshness.json").read_text())
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("change", "level", "reasons"), STATUSES["changes"])
def test_freshness_of_a_status(change: dict[str, Any], level: str, reasons: list[str]) -> None:
    facts = {**STATUSES["good"], **change}
    found = freshness(**{**facts, "today": date.fromisoformat(facts["today"])})
    assert (found.level, list(found.reasons)) == (level, reasons)
    assert all(reason in REASONS for reason in found.reasons)


def test_month_of_verification_counts_from_its_first_day() -> None:
    assert is_recent("2026-05-23", TODAY)
    assert not is_recent("2026-05-22", TODAY)
    assert not is_recent("2026-05", TODAY)
    assert is_recent("2025-08-31", date(2026, 2, 28))


def test_dates_mean_the_same_here_and_in_the_browser() -> None:
    for text, first, last in DATES["bounds"]:
        assert (str(earliest_day(text)), str(latest_day(text))) == (first, last)
    for text, later in DATES["six_months_later"]:
        assert str(recent_until(text)) == later
