from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from trialpages.model.editorial import ConditionFile, SpotsLeft
from trialpages.model.shared_files import SharedFiles
from trialpages.model.trial import Agency, Enrollment, Intervention, Trial, TrialDate
from trialpages.read.config import Config
from trialpages.site.cards import card
from trialpages.site.context import TrialContext
from trialpages.site.contexts import ContextIndex, magnitude, time_facts, trial_context
from trialpages.site.site import assemble

TODAY = date(2024, 9, 30)
CONFIG = Config(name="Made up")
OPEN: dict[str, Any] = {
    "overall_status": "RECRUITING",
    "enrollment": Enrollment(count=40, type="ESTIMATED"),
    "start_date": TrialDate(date="2015-09"),
    "primary_completion_date": TrialDate(date="2025-09", type="ESTIMATED"),
    "status_verified_date": "2024-08",
    "retrieved": "2024-09-29",
}


def trial(number: int, **facts: Any) -> Trial:
    known: dict[str, Any] = {
        "conditions": ("Asthma",),
        "interventions": (Intervention(name="Drug A", type="DRUG"),),
        "lead_sponsor": Agency(name="Made-up Hospital"),
    }
    return Trial(trial_id=f"NCT000000{number:02}", **known | facts)


def contexts(
    *trials: Trial, config: Config = CONFIG, shared: SharedFiles | None = None
) -> dict[str, TrialContext]:
    site = assemble([card(each) for each in trials], shared or SharedFiles(), config)
    index = ContextIndex(site)
    return {found.trial_id: trial_context(found, index, config, TODAY) for found in site.cards}


def test_context_holds_links_totals_rows_and_similar_trials() -> None:
    file = ConditionFile(slug="asthma", name="Asthma")
    found = contexts(trial(1), trial(2), shared=SharedFiles(conditions=(file,)))["NCT00000001"]
    assert [link.url for link in found.condition_links] == ["conditions/asthma/"]
    assert [link.text for link in found.treatment_links] == ["Drug A"]
    assert found.sponsor_link is not None
    assert [row.trials for row in found.treatment_rows] == [2]
    assert [item.lead_trials for item in found.totals] == [1]
    assert [each.trial_id for each in found.similar] == ["NCT00000002"]
    assert found.conditions == (file,)
    assert found.source_trial is None


def test_adding_an_unrelated_trial_leaves_a_context_as_it_was() -> None:
    before = contexts(*(trial(number) for number in range(1, 14)))
    other = trial(50, conditions=("Gout",), interventions=(), lead_sponsor=Agency(name="Another Hospital"))
    after = contexts(*(trial(number) for number in range(1, 14)), other)
    assert {key: after[key] for key in before} == before


def test_contexts_do_not_depend_on_the_order_of_the_cards() -> None:
    trials = [trial(number, overall_status=("RECRUITING", "COMPLETED")[number % 2]) for number in range(1, 9)]
    assert contexts(*trials) == contexts(*reversed(trials))


def test_owner_may_word_the_corpus() -> None:
    assert contexts(trial(1))["NCT00000001"].corpus == "the trials on this site"
    worded = Config(name="Made up", corpus="our copy of the registry")
    assert contexts(trial(1), config=worded)["NCT00000001"].corpus == "our copy of the registry"


@pytest.mark.parametrize(("count", "rounded"), [(0, 0), (1, 1), (16, 10), (2365, 1000), (500000, 100000)])
def test_corpus_size_is_a_power_of_ten(count: int, rounded: int) -> None:
    assert magnitude(count) == rounded


def test_open_trial_has_spots_progress_and_a_named_day() -> None:
    found = time_facts(card(trial(1, **OPEN)), CONFIG, TODAY)
    assert (found.spots_left, found.spots_left_until, found.spots_left_is_editorial) == (
        4,
        "2025-02-01",
        False,
    )
    assert (found.today, found.progress_percent, found.status_is_stale) == ("2024-09-30", 90, False)


def test_switch_of_the_site_hides_spots_and_then_no_day_is_named() -> None:
    found = time_facts(card(trial(1, **OPEN)), Config(name="Made up", spots_left=False), TODAY)
    assert (found.spots_left, found.spots_left_until, found.today) == (None, None, None)


def test_count_of_the_study_team_names_no_day_of_the_build() -> None:
    facts = OPEN | {"spots_left": SpotsLeft(value=2, as_of="2024-09-20", source="the study office")}
    found = time_facts(card(trial(1, **facts)), CONFIG, TODAY)
    assert (found.spots_left, found.spots_left_is_editorial, found.today) == (2, True, None)


def test_old_copy_warns_only_where_the_status_can_still_change() -> None:
    old = {"retrieved": "2024-01-01"}
    assert time_facts(card(trial(1, **OPEN | old)), CONFIG, TODAY).status_is_stale
    finished = time_facts(card(trial(1, **OPEN | old | {"overall_status": "COMPLETED"})), CONFIG, TODAY)
    assert not finished.status_is_stale
    assert finished.status_stale_reason is None


def test_open_status_after_its_end_is_stale_and_says_why() -> None:
    facts = OPEN | {"completion_date": TrialDate(date="2024-08")}
    found = time_facts(card(trial(1, **facts)), CONFIG, TODAY)
    assert found.status_is_stale
    assert found.status_stale_reason is not None
    assert "has passed" in found.status_stale_reason


@pytest.mark.parametrize("status", ["WITHDRAWN", "TERMINATED", "SUSPENDED", "UNKNOWN"])
def test_trial_that_left_its_plan_shows_no_progress(status: str) -> None:
    facts = OPEN | {"overall_status": status}
    assert time_facts(card(trial(1, **facts)), CONFIG, TODAY).progress_percent is None
