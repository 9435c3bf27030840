from __future__ import annotations

from typing import Any

import pytest

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventGroup
from trialpages.model.card import Card
from trialpages.model.trial import Enrollment, Trial, TrialDate
from trialpages.site.cards import card
from trialpages.site.treatment_rows import (
    first_studied,
    furthest_stage,
    people_treated,
    rounded_down,
    rounded_up,
)


def made(**facts: Any) -> Card:
    return card(Trial(**facts))


def with_groups(*groups: tuple[str, int], enrolled: int | None = None) -> Card:
    found = tuple(
        EventGroup(id=f"EG00{index}", title=title, other_num_at_risk=people)
        for index, (title, people) in enumerate(groups)
    )
    enrollment = Enrollment(count=enrolled, type="ACTUAL") if enrolled is not None else None
    events = AdverseEvents(event_groups=found, other_events=(AdverseEvent(term="Pyrexia"),))
    return made(adverse_events=events, enrollment=enrollment)


@pytest.mark.parametrize(
    ("trials", "stage"),
    [
        ([("COMPLETED", ("PHASE2",)), ("RECRUITING", ("PHASE3",))], "Completed phase 2"),
        ([("RECRUITING", ("PHASE1", "PHASE2"))], "In phase 1/2"),
        ([("WITHDRAWN", ("PHASE3",)), ("RECRUITING", ("PHASE1",))], "In phase 1"),
        ([("COMPLETED", ("NA",)), ("TERMINATED", ("PHASE2",))], "In phase 2"),
        ([("COMPLETED", ())], None),
        ([("COMPLETED", ("EARLY_PHASE1",))], "Completed early phase 1"),
    ],
)
def test_furthest_stage(trials: list[tuple[str, tuple[str, ...]]], stage: str | None) -> None:
    assert furthest_stage([made(overall_status=status, phases=phases) for status, phases in trials]) == stage


def test_first_studied_is_the_first_start_of_a_trial_that_ran() -> None:
    cards = [
        made(start_date=TrialDate(date="2014-03"), overall_status="COMPLETED"),
        made(start_date=TrialDate(date="2011"), overall_status="WITHDRAWN"),
        made(overall_status="COMPLETED"),
    ]
    assert first_studied(cards) == 2014
    assert first_studied(cards[1:]) is None


def test_people_are_those_of_the_groups_that_got_the_treatment() -> None:
    cards = [
        with_groups(("Drug A 10 mg", 405), ("Placebo", 202), enrolled=607),
        with_groups(("Drug A first", 60), ("Drug A second course", 50), enrolled=70),
        made(enrollment=Enrollment(count=5000, type="ACTUAL")),
    ]
    assert people_treated(cards, ["drug a"]) == (470, False, 2)


def test_people_without_groups_are_an_upper_bound() -> None:
    cards = [
        made(enrollment=Enrollment(count=1234, type="ACTUAL")),
        made(enrollment=Enrollment(count=900, type="ESTIMATED")),
    ]
    assert people_treated(cards, ["drug a"]) == (1240, True, 1)
    assert people_treated(cards[1:], ["drug a"]) == (None, False, 0)


def test_people_are_rounded_down_to_ten() -> None:
    assert [rounded_down(people) for people in (9, 10, 19, 1239)] == [9, 10, 10, 1230]
    assert [rounded_up(people) for people in (9, 10, 19, 1231)] == [9, 10, 20, 1240]
