from __future__ import annotations

from collections import Counter

import pytest

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventCount, EventGroup
from trialpages.model.adverse_events import (
    OTHER,
    SERIOUS,
    UNSORTED,
    count_text,
    deaths,
    default_group,
    gives_treatment,
    group_rows,
    paired_rows,
    percent_text,
    rows,
    shown_groups,
    tally,
    whole_percent,
)

OF_54 = {
    43: 80,
    23: 43,
    20: 37,
    17: 31,
    13: 24,
    12: 22,
    11: 20,
    9: 17,
    7: 13,
    6: 11,
    5: 9,
    4: 7,
    3: 6,
    2: 4,
    1: 2,
}


def event(
    term: str, *counts: tuple[int | None, int | None], organ: str = "General disorders"
) -> AdverseEvent:
    """Made-up row with (affected, at risk) for EG000, EG001, ..."""
    return AdverseEvent(
        term=term,
        organ_system=organ,
        counts=tuple(
            EventCount(group_id=f"EG{index:03}", num_affected=affected, num_at_risk=at_risk)
            for index, (affected, at_risk) in enumerate(counts)
        ),
    )


GROUPS = (EventGroup(id="EG000", title="Drug A"), EventGroup(id="EG001", title="Placebo"))


@pytest.mark.parametrize(("affected", "percent"), OF_54.items())
def test_percent_of_54_is_half_up(affected: int, percent: int) -> None:
    assert whole_percent(affected, 54) == percent


@pytest.mark.parametrize(
    ("affected", "at_risk", "text"),
    [
        (1, 8, "13%"),
        (43, 54, "80%"),
        (1, 300, "<1%"),
        (1, 200, "1%"),
        (0, 54, "0%"),
        (None, 54, "not reported"),
        (3, None, "not reported"),
        (0, 0, "not reported"),
        (3, 2, "counts do not agree"),
    ],
)
def test_percent_as_readers_see_it(affected: int | None, at_risk: int | None, text: str) -> None:
    assert percent_text(affected, at_risk) == text


def test_count_with_its_share() -> None:
    assert count_text(43, 54) == "43 of 54 (80%)"
    assert count_text(3, 2) == "3 of 2 (counts do not agree)"
    assert count_text(None, 54) == "not reported"


def test_rows_of_a_group_come_by_share_then_serious_then_term() -> None:
    events = AdverseEvents(
        event_groups=GROUPS,
        serious_events=(event("Pain", (5, 50)), event("Fever", (0, 50))),
        other_events=(
            event("pain", (10, 100)),
            event("Ache", (5, 50)),
            event("Cough", (40, 50)),
            event("Rash", (None, 0)),
        ),
    )
    found = [
        (item.row.kind, item.row.event.term, item.row.position) for item in group_rows(events, GROUPS[0])
    ]
    assert found == [
        (OTHER, "Cough", 4),
        (SERIOUS, "Pain", 0),
        (OTHER, "Ache", 3),
        (OTHER, "pain", 2),
        (OTHER, "Rash", 5),
    ]


def test_counts_of_54_give_66_rows_in_15_steps() -> None:
    counts = [
        43,
        23,
        20,
        17,
        13,
        12,
        11,
        9,
        *[7] * 4,
        *[6] * 5,
        *[5] * 5,
        *[4] * 11,
        *[3] * 8,
        *[2] * 7,
        *[1] * 18,
    ]
    events = AdverseEvents(
        event_groups=GROUPS,
        unsorted_events=tuple(event(f"Made-up {n}", (count, 54)) for n, count in enumerate(counts)),
    )
    shown = group_rows(events, GROUPS[0])
    assert Counter(item.tally.percent for item in shown) == {
        80: 1, 43: 1, 37: 1, 31: 1, 24: 1, 22: 1, 20: 1, 17: 1, 13: 4, 11: 5, 9: 5, 7: 11, 6: 8, 4: 7, 2: 18,
    }  # fmt: skip
    assert {item.row.kind for item in shown} == {UNSORTED}


def test_zero_in_one_group_stays_when_two_are_compared() -> None:
    events = AdverseEvents(
        event_groups=GROUPS,
        other_events=(
            event("Cough", (0, 50), (4, 50)),
            event("Rash", (0, 50), (0, 50)),
            event("Ache", (9, 50), (1, 50)),
        ),
    )
    assert [item.row.event.term for item in paired_rows(events, *GROUPS)] == ["Ache", "Cough"]


def test_row_keeps_its_own_number_at_risk_and_falls_back_on_the_list_of_its_group() -> None:
    group = EventGroup(id="EG000", title="Drug A", serious_num_at_risk=222, other_num_at_risk=56)
    serious = AdverseEvents(
        serious_events=(event("Own", (1, 100)), event("None", (1, None)), event("Zero", (0, 0)))
    )
    found = [tally(row, group).num_at_risk for row in rows(serious)]
    assert found == [100, 222, 0]
    other = AdverseEvents(
        other_events=(event("None", (1, None)),), unsorted_events=(event("None", (1, None)),)
    )
    assert [tally(row, group).num_at_risk for row in rows(other)] == [56, None]


def test_unreported_deaths_are_not_zero_deaths() -> None:
    assert not deaths(EventGroup(id="EG000", title="Drug A")).is_reported
    assert not deaths(
        EventGroup(id="EG000", title="Drug A", deaths_num_affected=0, deaths_num_at_risk=0)
    ).is_reported
    assert deaths(EventGroup(id="EG000", title="A", deaths_num_affected=0, deaths_num_at_risk=9)).percent == 0


@pytest.mark.parametrize(
    ("title", "description", "sureness"),
    [
        ("Drug-A 10 mg", "", 2),
        ("Arm 1", "People got drug A every day", 1),
        ("Placebo", "Looks like drug A", 0),
        ("Placebo for Drug A", "", 0),
        ("Drug AB", "", 0),
    ],
)
def test_group_names_its_treatment(title: str, description: str, sureness: int) -> None:
    assert gives_treatment(title, description, ["drug a"]) == sureness


def test_first_group_shown_is_the_one_that_names_the_treatment() -> None:
    groups = (EventGroup(id="EG000", title="Placebo"), EventGroup(id="EG001", title="Drug A"))
    assert default_group(groups, ["drug a"]) == groups[1]
    assert default_group(groups, ["drug b"]) == groups[0]
    assert default_group((), ["drug a"]) is None


def test_of_groups_that_name_the_treatment_alike_the_largest_comes_first() -> None:
    small, large, larger = (
        EventGroup(id=f"EG00{position}", title=title, serious_num_at_risk=people)
        for position, (title, people) in enumerate((("Drug A low", 3), ("Drug A high", 17), ("Other", 30)))
    )
    assert default_group((small, large, larger), ["drug a"]) == large
    assert default_group((small, large, larger), ["drug z"]) == larger


def test_editors_choose_groups_and_their_order() -> None:
    events = AdverseEvents(event_groups=GROUPS)
    assert shown_groups(events, ("EG001", "EG009")) == (GROUPS[1],)
    assert shown_groups(events, ()) == GROUPS
