"""Treatments and parties on the trial page: what has a source, what is counted, and over what."""

from __future__ import annotations

import dataclasses
from typing import Any

from trial_view_made_up import CONTEXT, changed, view

from trialpages.model.editorial import Approval, Figure, SponsorFile, TreatmentFile
from trialpages.model.trial import ArmGroup, Intervention
from trialpages.site.context import People, Totals, TreatmentRow


def file_of_a_treatment() -> TreatmentFile:
    return TreatmentFile(
        slug="madeupimab",
        name="Madeupimab",
        first_studied=Figure(value=2014, source="A made-up source", as_of="2023"),
        furthest_stage="Completed phase 3 (A made-up source, 2023)",
        approvals=(Approval(treatment="Madeupimab", text="Approved.", source="https://www.example.org/a"),),
    )


def treatment_facts(corpus_size: int, file: TreatmentFile | None) -> list[tuple[str, str, str]]:
    row = TreatmentRow(
        name="Madeupimab",
        slug="madeupimab",
        first_studied=2023,
        furthest_stage="In phase 2",
        people_treated=40,
        trials=3,
        file=file,
        trials_counted=3,
    )
    context = dataclasses.replace(
        CONTEXT, treatment_rows=(row,), corpus_size=corpus_size, corpus="the 16 trials on this site"
    )
    (shown,) = view(context=context)["treatments"]["treatments"]
    return [(fact["name"], fact["text"], fact["note"]) for fact in shown["facts"]]


ROW = TreatmentRow(
    name="Madeupimab",
    slug=None,
    first_studied=2023,
    furthest_stage="In phase 2",
    people_treated=1230,
    trials=3,
    file=None,
    trials_counted=3,
)


def test_a_finished_phase_3_trial_is_a_fact_of_what_is_tested_only() -> None:
    finished = dataclasses.replace(ROW, furthest_stage="Completed phase 3")
    rows = (finished, dataclasses.replace(finished, name="Usual care"))
    facts: dict[str, Any] = {
        "treatments": (),
        "interventions": (
            Intervention(name="Madeupimab 5 mg", type="DRUG"),
            Intervention(name="Usual care", type="DRUG"),
        ),
        "arm_groups": (
            ArmGroup(label="A", type="EXPERIMENTAL", intervention_names=("Madeupimab 5 mg",)),
            ArmGroup(label="B", type="ACTIVE_COMPARATOR", intervention_names=("Usual care",)),
        ),
    }

    def said(**more: Any) -> list[str]:
        context = dataclasses.replace(CONTEXT, treatment_rows=rows)
        shown = view(changed(**facts, **more), context=context)["key_facts"]
        return [fact["text"] for fact in shown if "phase 3" in fact["text"]]

    assert said(overall_status="RECRUITING") == ["Madeupimab has finished a phase 3 trial"]
    assert said(overall_status="COMPLETED", phases=("PHASE3",)) == []
    facts["interventions"] = (Intervention(name="Madeupimab", type="BEHAVIORAL"),)
    assert said(overall_status="RECRUITING") == []


def test_a_small_site_says_of_a_treatment_only_what_has_a_source() -> None:
    assert treatment_facts(10, None) == [("Trials on this site", "3", "")]
    assert treatment_facts(10, file_of_a_treatment()) == [
        ("First studied", "2014", "A made-up source, 2023"),
        ("Furthest stage", "Completed phase 3", "A made-up source, 2023"),
        ("Trials on this site", "3", ""),
    ]


def test_a_large_site_adds_its_own_counts_and_says_over_what() -> None:
    corpus = "in the 16 trials on this site"
    assert treatment_facts(1000, file_of_a_treatment())[2:] == [
        ("People who have taken it", "About 40", corpus),
        ("Trials on this site", "3", ""),
    ]
    assert treatment_facts(1000, None)[0] == ("First studied", "2023", corpus)


def test_unlike_people_stand_on_lines_of_their_own_and_only_over_a_large_corpus() -> None:
    file = SponsorFile(name="S", previous_trials=Figure(value=3039, source="A made-up source", as_of="2023"))
    totals = Totals(
        name="Made-up Hospital",
        role="",
        agency_class=None,
        slug=None,
        lead_trials=2,
        collaborator_trials=1,
        file=file,
        lead_people=People(estimated=7, unstated=30, observed_actual=500, observed_estimated=60),
        collaborator_people=People(actual=1240),
    )
    assert facts_of(totals, corpus_size=1000) == [
        ("Leads", "2 other trials", ""),
        ("People in trials that they lead", "7 planned and 30 not said to be either", ""),
        (
            "People in studies that they lead and that only observe",
            "500 took part and 60 planned",
            "",
        ),
        ("Helps with", "1 other trial", ""),
        ("People in trials that they help with", "1,240 took part", ""),
        ("Trials in all", "3,039", "A made-up source, 2023"),
    ]
    assert facts_of(totals, corpus_size=100) == [
        ("Leads", "2 other trials", ""),
        ("Helps with", "1 other trial", ""),
        ("Trials in all", "3,039", "A made-up source, 2023"),
    ]


def facts_of(totals: Totals, corpus_size: int) -> list[tuple[str, str, str]]:
    context = dataclasses.replace(CONTEXT, totals=(totals,), corpus_size=corpus_size)
    (party,) = view(context=context)["people"]["parties"]
    assert (party["role"], party["leads"], party["lines"]) == ("Named in our sources", False, [])
    return [(fact["name"], fact["text"], fact["note"]) for fact in party["facts"]]


def test_the_method_is_said_where_something_was_counted_and_over_what() -> None:
    def method(corpus_size: int, trials: int) -> str:
        totals = party_named("Made-up Hospital", trials)
        context = dataclasses.replace(CONTEXT, totals=(totals,), corpus_size=corpus_size)
        return str(view(context=context)["people"]["method"])

    assert method(1000, 0) == ""
    assert method(10, 2).startswith("We count over the trials on this site, without this trial.")
    assert "took part" not in method(10, 2)
    assert "So are people who took part and people who are planned" in method(1000, 2)


def party_named(name: str, trials: int = 0) -> Totals:
    return Totals(
        name=name,
        role="LEAD_SPONSOR" if trials else "COLLABORATOR",
        agency_class=None,
        slug=None,
        lead_trials=trials,
        collaborator_trials=0,
        file=None,
    )


def test_three_parties_are_open_and_a_single_one_is_never_folded_away() -> None:
    def shown(count: int) -> tuple[int, int, str]:
        context = dataclasses.replace(
            CONTEXT, totals=tuple(party_named(f"Made-up {n}") for n in range(count))
        )
        section = view(context=context)["people"]
        return len(section["parties"]), len(section["rest"]), section["summary"] if section["rest"] else ""

    assert shown(4) == (4, 0, "")
    assert shown(5) == (3, 2, "+2 more")


def test_people_who_took_a_treatment_are_at_most_or_at_least_so_many() -> None:
    def people(**facts: Any) -> str:
        row = dataclasses.replace(ROW, **facts)
        context = dataclasses.replace(CONTEXT, treatment_rows=(row,), corpus_size=1000)
        (shown,) = view(context=context)["treatments"]["treatments"]
        return str(
            next(fact["text"] for fact in shown["facts"] if fact["name"] == "People who have taken it")
        )

    assert people() == "About 1,230"
    assert people(people_are_upper_bound=True) == "At most 1,230"
    assert people(trials=5) == "At least 1,230, in 3 trials with posted counts"
