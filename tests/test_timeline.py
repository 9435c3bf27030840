from __future__ import annotations

from datetime import date

import pytest

from trialpages.model.editorial import Stage, Timeline
from trialpages.model.timeline import (
    is_length,
    is_to_scale,
    longest_length,
    progress_percent,
    sentence,
    stages,
    total_days,
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
        ("1,000 days", "1000 days"),
        ("Months 1, 2, 3, and 6", "6 months"),
        ("Period 2 (Weeks 8, 9, 10, or 12)", "12 weeks"),
        ("every 6 months for years 3-5 and then yearly for up to10 years", "10 years"),
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
    assert sentence(shown) is None
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
    assert total_days(shown) == (None, 991)
    assert sum(stage.width for stage in shown) == 100


@pytest.mark.parametrize(
    ("ends", "total"),
    [
        (((7, 14), (30, 30), (365, 730)), (402, 774)),
        (((7, 14), (None, 30), (365, 730)), (None, 774)),
        (((7, 14), (30, None), (365, 730)), None),
        (((7, 14), (None, None), (365, 730)), None),
    ],
)
def test_total_is_given_only_when_every_stage_has_an_end(
    ends: tuple[tuple[int | None, int | None], ...], total: tuple[int | None, int] | None
) -> None:
    given = [Stage(text="A while", days_min=low, days_max=high) for low, high in ends]
    timeline = Timeline(screening=given[0], treatment=given[1], follow_up=given[2])
    assert total_days(stages(timeline, ())) == total


def test_time_frame_without_a_length_is_shown_as_it_is() -> None:
    shown = stages(None, [outcome("Until the  last visit")])
    assert shown[2].text == "Until the last visit"
    assert sentence(shown) is None


def test_nothing_known_shows_nothing() -> None:
    assert stages(None, []) == ()
    assert sentence(()) is None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((100.0, 100.0), (50, 50)),
        ((1.0, 9.0, 36.0), (16, 28, 56)),
        ((25.0, 36.0, 81.0), (25, 30, 45)),
        ((1.0, 1.0, 10000.0), (16, 16, 68)),
        ((21.0, None, 548.0), (16, 31, 53)),
        ((None, None, 548.0), (34, 33, 33)),
        ((0.0, 0.0), (50, 50)),
    ],
)
def test_widths_follow_the_square_root(days: tuple[float | None, ...], expected: tuple[int, ...]) -> None:
    assert widths(days) == expected


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("3 weeks", True),
        ("About 3 weeks", True),
        ("planned for up to 4 weeks.", True),
        ("7 to 8 months", True),
        ("6-month", True),
        ("one infusion every 21 days, for up to 16 cycles", False),
        ("calls every 12 weeks for 12 months after treatment", False),
        ("until the disease clearly got worse", False),
        ("3 weeks, or longer", False),
    ],
)
def test_only_a_plain_length_goes_into_the_sentence(text: str, is_one: bool) -> None:
    assert is_length(text) is is_one


def test_a_free_text_keeps_the_whole_timeline_out_of_a_sentence() -> None:
    timeline = Timeline(
        screening=Stage(text="3 weeks", days_max=21),
        treatment=Stage(text="as long as it helps"),
        follow_up=Stage(text="2 years", days_max=730),
    )
    assert sentence(stages(timeline, ())) is None


def test_the_figure_is_to_scale_only_when_every_width_is_its_share() -> None:
    def figure(*days: int | None) -> bool:
        given = [Stage(text="A while", days_max=length) for length in days]
        return is_to_scale(stages(Timeline(screening=given[0], treatment=given[1], follow_up=given[2]), ()))

    assert figure(100, 100, 100)
    assert not figure(7, 100, 700)
    assert not figure(100, 100, None)


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
