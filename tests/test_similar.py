from __future__ import annotations

from typing import Any

from trialpages.model.shared_files import SharedFiles
from trialpages.model.trial import Intervention, Trial
from trialpages.read.config import Config
from trialpages.site.cards import card
from trialpages.site.similar import following, similar, similar_index
from trialpages.site.site import Site, assemble


def trial(
    number: int, condition: str = "Asthma", drug: str = "Drug A", status: str = "COMPLETED", **more: Any
) -> Trial:
    return Trial(
        trial_id=f"NCT000000{number:02}",
        overall_status=status,
        conditions=(condition,),
        interventions=(Intervention(name=drug, type="DRUG"),),
        **more,
    )


def site_of(*trials: Trial) -> Site:
    return assemble([card(each) for each in trials], SharedFiles(), Config(name="Made up"))


def ids(site: Site, number: int = 1, count: int = 4) -> list[int]:
    found = similar(site.by_id[f"NCT000000{number:02}"], site, similar_index(site), count)
    return [int(each.trial_id[-2:]) for each in found]


def test_same_condition_and_treatment_come_before_the_same_condition() -> None:
    site = site_of(
        trial(1),
        trial(2, drug="Drug B"),
        trial(3),
        trial(4, condition="Gout"),
        trial(5, status="WITHDRAWN"),
    )
    assert ids(site) == [3, 2]


def test_an_open_trial_of_the_condition_comes_before_a_closed_one_of_the_treatment_too() -> None:
    site = site_of(trial(1), trial(2, drug="Drug B", status="RECRUITING"), trial(3))
    assert ids(site) == [2, 3]
    assert ids(site, count=1) == [2]


def test_open_trials_come_first() -> None:
    site = site_of(trial(1), trial(2), trial(3, status="RECRUITING"), trial(4))
    assert ids(site) == [3, 2, 4]


def test_trials_after_this_one_are_offered_first_and_the_first_after_the_last() -> None:
    site = site_of(*(trial(number) for number in range(1, 7)))
    assert ids(site, 5, count=3) == [6, 1, 2]
    assert list(following(("a", "c", "e"), "c", 5)) == ["e", "a", "c"]
    assert list(following((), "c", 5)) == []


def test_editors_choice_comes_first_as_they_ordered_it() -> None:
    site = site_of(
        trial(1, similar=("NCT00000004", "NCT00000001", "NCT00000009")),
        trial(2, status="RECRUITING"),
        trial(3),
        trial(4, condition="Gout"),
    )
    assert ids(site, count=2) == [4, 2]


def test_number_of_similar_trials_is_bounded_and_may_be_none() -> None:
    site = site_of(*(trial(number) for number in range(1, 20)))
    assert len(ids(site, count=4)) == 4
    assert ids(site, count=0) == []
    assert ids(site_of(trial(1))) == []


def test_no_trial_is_shown_by_many_more_pages_than_a_page_shows_trials() -> None:
    site = site_of(*(trial(number) for number in range(1, 40)))
    shown = [each for number in range(1, 40) for each in ids(site, number)]
    assert max(shown.count(each) for each in shown) == 4
