from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from trialpages.model.editorial import SpotsLeft
from trialpages.model.spots_left import UNKNOWN_COUNT, OpenSpots, estimate, open_spots
from trialpages.model.trial import Enrollment, TrialDate

TODAY = date(2024, 9, 30)
GOOD: dict[str, Any] = {
    "overall_status": "RECRUITING",
    "enrollment": Enrollment(count=40, type="ESTIMATED"),
    "start_date": TrialDate(date="2015-09"),
    "primary_completion_date": TrialDate(date="2025-09", type="ESTIMATED"),
    "status_verified_date": "2024-08",
    "today": TODAY,
}


def test_even_accrual_of_40_people_over_ten_years_leaves_4_in_the_last() -> None:
    assert estimate(40, date(2015, 9, 1), date(2025, 9, 1), date(2024, 9, 1)) == 4
    assert open_spots(**GOOD) == OpenSpots(value=4, until="2025-02-01", is_editorial=False)


@pytest.mark.parametrize(
    ("change", "until"),
    [
        ({"status_verified_date": "2024-09-30"}, "2025-03-30"),
        ({"retrieved": "2024-07-01"}, "2024-12-28"),
        ({"retrieved": "2024-09-29"}, "2025-02-01"),
        ({"primary_completion_date": TrialDate(date="2024-12", type="ESTIMATED")}, "2024-12-31"),
    ],
)
def test_an_estimate_ends_when_the_first_of_its_guards_does(change: dict[str, Any], until: str) -> None:
    found = open_spots(**GOOD | change)
    assert found is not None
    assert found.until == until
    last = date.fromisoformat(until)
    after = date.fromordinal(last.toordinal() + 1)
    assert open_spots(**GOOD | change | {"today": after}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"overall_status": "ACTIVE_NOT_RECRUITING"},
        {"overall_status": None},
        {"enrollment": Enrollment(count=40, type="ACTUAL")},
        {"enrollment": Enrollment(count=40)},
        {"enrollment": Enrollment(count=UNKNOWN_COUNT, type="ESTIMATED")},
        {"enrollment": Enrollment(count=0, type="ESTIMATED")},
        {"enrollment": None},
        {"start_date": None},
        {"primary_completion_date": None},
        {"primary_completion_date": TrialDate(date="2014-01")},
        {"status_verified_date": "2024-02"},
        {"status_verified_date": None},
        {"retrieved": "2024-04-02"},
        {"today": date(2025, 9, 30)},
        {"today": date(2015, 9, 1)},
        {"enrollment": Enrollment(count=1, type="ESTIMATED")},
        {"editorial": SpotsLeft(show=False)},
        {"editorial": SpotsLeft(show=False, value=3, as_of="2024-09-20")},
    ],
)
def test_no_number_when_a_guard_fails(change: dict[str, Any]) -> None:
    assert open_spots(**GOOD | change) is None


def test_count_of_the_study_team_wins_and_lasts_30_days() -> None:
    editorial = SpotsLeft(value=0, as_of="2024-09-01", source="the study office")
    until = "2024-10-01"
    assert open_spots(**GOOD | {"editorial": editorial}) == OpenSpots(value=0, until=until, is_editorial=True)
    assert open_spots(**GOOD | {"editorial": editorial, "today": date(2024, 10, 1)}) is not None
    assert open_spots(**GOOD | {"editorial": editorial, "today": date(2024, 10, 2)}) is None
    assert open_spots(**GOOD | {"editorial": editorial, "today": date(2024, 8, 31)}) is None


def test_places_are_rounded_up() -> None:
    assert estimate(10, date(2024, 1, 1), date(2024, 1, 11), date(2024, 1, 2)) == 9
    assert estimate(15, date(2024, 1, 1), date(2024, 1, 11), date(2024, 1, 2)) == 14
