from __future__ import annotations

from datetime import date

import pytest

from trialpages.model.editorial import Stage, Timeline, Visit
from trialpages.model.timeline import (
    VisitTotals,
    longest_length,
    progress_percent,
    sentence,
    stages,
    total_days,
    visit_totals,
    widths,
)
from trialpages.model.trial import Outcome


@pytest.mark.parametrize(
    ("time_frame", "text"),
    [
        ("Up to 18 months", "18 months"),
        ("2 years", "2 years"),
        ("Day 28", "28 days"),
        ("90 days after last dose", "90 days"),
        ("1 year follow up", "1 year"),
        ("evaluated in two years since the treatment began", "2 years"),
        ("6,24 and 48 months", "48 months"),
        ("Baseline, Week 20", "20 weeks"),
        ("3-6 months post-surgery", "6 months"),
        ("12-month visit", "12 months"),
        ("baseline, 6 weeks, and end of the study (26 weeks)", "26 weeks"),
        ("Day 1 (start) to 12 months.", "12 months"),
        ("up to 20 weeks; assessed every 4 weeks (5 times in total)", "20 weeks"),
        ("15 ± 3 days after the start", "15 days"),
        ("1.5 hours", "1.5 hours"),
        ("Days 1, 8 and 15", "15 days"),
        ("24 week", "24 weeks"),
    ],
)
def test_longest_length_that_a_time_frame_names(time_frame: str, text: str) -> None:
    found = longest_length(time_frame)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "time_frame", [None, "", "Intraprocedural", "treatment 6", "through study completion"]
)
def test_time_frame_without_a_length(time_frame: str | None) -> None:
    assert longest_length(time_frame) is None


def outcome(time_frame: str | None) -> Outcome:
    return Outcome(measure="A made-up measure", time_frame=time_frame)


def test_follow_up_comes_from_the_primary_outcomes_and_the_rest_is_unknown() -> None:
    shown = stages(None, [outcome("Day 28"), outcome("Up to 18 months")])
    assert [(stage.text, stage.days_max, stage.source) for stage in shown] == [
        (None, None, "unknown"),
        (None, None, "unknown"),
        ("up to 18 months", 548, "registry"),
    ]
    assert sentence(shown) == "This trial's timeline: up to 18 months for follow-up."
    assert total_days(shown) is None


def test_editors_stages_win_and_add_up() -> None:
    timeline = Timeline(
        screening=Stage(text="3 weeks", days_min=21, days_max=21, typical=True),
        treatment=Stage(text="7 to 8 months", days_min=210, days_max=240),
        follow_up=Stage(text="2 years", days_max=730),
    )
    shown = stages(timeline, [outcome("Day 28")])
    assert sentence(shown) == (
        "This trial's timeline: usually 3 weeks for screening, 7 to 8 months for treatment, and 2 years for follow-up."
    )
    assert total_days(shown) == (961, 991)
    assert sum(stage.width for stage in shown) == 100


def test_time_frame_without_a_length_is_shown_as_it_is() -> None:
    shown = stages(None, [outcome("Until the  last visit")])
    assert shown[2].text == "Until the last visit"
    assert sentence(shown) == "This trial's timeline: until the last visit for follow-up."


def test_nothing_known_shows_nothing() -> None:
    assert stages(None, []) == ()
    assert sentence(()) is None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((100.0, 100.0), (50, 50)),
        ((1.0, 9.0, 36.0), (21, 32, 47)),
        ((None, None, 548.0), (34, 33, 33)),
        ((0.0, 0.0), (50, 50)),
    ],
)
def test_widths_follow_the_square_root(days: tuple[float | None, ...], expected: tuple[int, ...]) -> None:
    assert widths(days) == expected


def test_visits_add_up_and_unknown_lengths_give_no_hours() -> None:
    visits = (Visit(when="Day 1", count=2, duration_minutes=60, overnight=True), Visit(when="Day 8"))
    assert visit_totals(visits) == VisitTotals(visits=3, minutes=None, nights=2)
    assert visit_totals(visits[:1]) == VisitTotals(visits=2, minutes=120, nights=2)
    assert visit_totals(()) is None


@pytest.mark.parametrize(
    ("today", "percent"),
    [
        (date(2019, 1, 1), 0),
        (date(2020, 1, 1), 0),
        (date(2021, 1, 1), 50),
        (date(2021, 12, 31), 99),
        (date(2030, 1, 1), 100),
    ],
)
def test_progress_is_clamped(today: date, percent: int) -> None:
    assert progress_percent(date(2020, 1, 1), date(2022, 1, 1), today) == percent


def test_progress_of_dates_out_of_order_is_unknown() -> None:
    assert progress_percent(date(2022, 1, 1), date(2022, 1, 1), date(2022, 1, 1)) is None
