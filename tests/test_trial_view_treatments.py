"""Treatments and parties on the trial page: what has a source, what is counted, and over what."""

from __future__ import annotations

import dataclasses

from trial_view_made_up import CONTEXT, view

from trialpages.model.editorial import Approval, Figure, SponsorFile, TreatmentFile
from trialpages.site.context import Totals, TreatmentRow


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


def test_people_whose_kind_of_count_is_unknown_stand_on_a_line_of_their_own() -> None:
    file = SponsorFile(name="S", previous_trials=Figure(value=3039, source="A made-up source", as_of="2023"))
    totals = Totals(
        name="Made-up Hospital",
        role="",
        agency_class=None,
        slug=None,
        lead_trials=2,
        collaborator_trials=0,
        people_actual=0,
        people_estimated=7,
        people_observational=0,
        file=file,
        people_unstated=30,
    )
    context = dataclasses.replace(CONTEXT, totals=(totals,), corpus_size=1000)
    (party,) = view(context=context)["people"]["parties"]
    assert party["role"] == "Named in our sources"
    assert party["lines"] == [
        "Leads 2 other trials among the trials on this site.",
        "7 people planned.",
        "30 people in trials that do not say whether the number is counted or planned.",
        "3,039 trials (A made-up source, 2023).",
    ]
