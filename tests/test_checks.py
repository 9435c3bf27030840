"""Facts that do not fit together are told where the editors wrote them; the registry's own are warnings."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from trialpages.model.card import Card
from trialpages.model.checks import check_site, check_trial
from trialpages.model.checks_acronyms import unspelled
from trialpages.model.checks_words import promises
from trialpages.model.editorial import SideEffects, TreatmentFile
from trialpages.model.registry import trial_from_study
from trialpages.model.shared_files import SharedFiles
from trialpages.model.trial import Trial, TrialDate
from trialpages.model.trial_files import read_trial
from trialpages.site.cards import card
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span

FOLDER = "content/trials/NCT00000001"
HEAD = "brief_title: A made-up study\noverall_status: RECRUITING\n"
EVERY_FACT = Path(__file__).parent / "ctgov" / "NCT00000001.json"


def found(facts: str, **files: str) -> list[str]:
    """Return what the checks say of a trial, as `line:column code: what`."""
    contents = {"trial.yaml": (HEAD + facts).encode()}
    contents |= {name.replace("_", "."): text.encode() for name, text in files.items()}
    sink: Sink = []
    trial = read_trial("NCT00000001", contents, FOLDER, sink)
    assert trial is not None, sink
    assert not sink
    check_trial(trial, contents, FOLDER, sink)
    return [f"{fault.span.line}:{fault.span.column} {fault.code}: {fault.what}" for fault in sink]


COUNTS = """adverse_events:
  frequency_threshold: 0
  event_groups:
    - {{id: EG000, title: Fictivine}}
  other_events:
    - term: Cough
      counts:
        - {{group_id: {group}, num_affected: {affected}, num_at_risk: {at_risk}{percent}}}
"""


@pytest.mark.parametrize(
    ("group", "affected", "at_risk", "percent", "expected"),
    [
        ("EG000", 43, 54, "", []),
        ("EG000", 43, 54, ", percent: 80", []),
        ("EG000", 1, 8, ", percent: 13", []),
        ("EG000", 0, 54, ", percent: 0", []),
        ("EG000", 1, 8, ", percent: 12", ["10:71 percent-contradicts: 'Cough': 1 of 8 people are 13 %, not 12 %"]),
        ("EG000", 55, 54, "", ["10:43 affected-above-at-risk: 'Cough': 55 people affected are more than the 54 at risk"]),
        ("EG000", 0, 0, ", percent: 0", ["10:71 percent-contradicts: 'Cough': there are no counts behind the 0 %"]),
        ("EG001", 1, 2, "", ["10:22 unknown-reference: There is no group 'EG001'"]),
    ],
)  # fmt: skip
def test_counts(group: str, affected: int, at_risk: int, percent: str, expected: list[str]) -> None:
    assert found(COUNTS.format(group=group, affected=affected, at_risk=at_risk, percent=percent)) == expected


def test_groups_of_counts() -> None:
    facts = """adverse_events:
  event_groups:
    - {id: EG000, title: One, serious_num_affected: 3, serious_num_at_risk: 2}
    - {id: EG000, title: Two}
  serious_events:
    - term: Rash
      counts:
        - {group_id: EG000, num_affected: 1, num_at_risk: 2}
        - {group_id: EG000, num_affected: 1, num_at_risk: 2}
  other_events:
    - term: Cough
"""
    assert found(facts) == [
        "5:53 affected-above-at-risk: 3 people affected are more than the 2 at risk in group EG000",
        "6:12 duplicate-entry: Two groups have the id EG000",
        "11:22 duplicate-entry: 'Rash' has two counts for the group EG000",
        "12:3 no-threshold: The counts do not say above which percentage other problems are listed",
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("start_date: 2026-05\ncompletion_date: 2026-05-01", []),
        ("start_date: 2026-05\nprimary_completion_date: 2026-05\ncompletion_date: 2026", []),
        (
            "start_date: 2026-05\ncompletion_date: 2025-01",
            ["4:18 dates-out-of-order: 'completion_date' (January 2025) is before 'start_date' (May 2026)"],
        ),
        (
            "start_date: 2026-05-02\nprimary_completion_date: 2026-05-01\ncompletion_date: 2026-04-30",
            [
                "4:26 dates-out-of-order: 'primary_completion_date' (May 1, 2026) is before 'start_date' (May 2, 2026)"
            ],
        ),
        (
            "study_first_post_date: 2026-05-02\nlast_update_post_date: 2026-05-01",
            [
                "4:24 dates-out-of-order: 'last_update_post_date' (May 1, 2026) is before 'study_first_post_date' (May 2, 2026)"
            ],
        ),
        ("minimum_age: 18 Years\nmaximum_age: 18 Years", []),
        (
            "minimum_age: 2 Years\nmaximum_age: 12 Months",
            ["3:14 ages-out-of-order: The youngest age, 2 Years, is above the oldest, 12 Months"],
        ),
    ],
)
def test_dates_and_ages(facts: str, expected: list[str]) -> None:
    assert found(facts) == expected


def test_groups_and_what_they_get() -> None:
    facts = """arm_groups:
  - {label: One, intervention_names: [Fictivine, Fictvine, FIC-1]}
  - {label: One, intervention_names: [fictivine]}
interventions:
  - {name: Fictivine, other_names: [FIC-1], arm_group_labels: [One, Two]}
"""
    assert found(facts) == [
        "5:13 duplicate-entry: Two groups have the name 'One'",
        "4:50 unknown-reference: There is no intervention 'Fictvine'",
        "7:69 unknown-reference: There is no group 'Two'",
    ]


RULES = """eligibility_criteria: |
  Inclusion Criteria:

  * Fever of **39** degrees
  * Age \\\\> 18 years
  * Age of the mother

  Exclusion Criteria:

  * Allergy to fictivine
plain_criteria:
"""


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("kind: inclusion, original: fever of 39", []),
        ("kind: inclusion, original: 'Age > 18'", []),
        ("kind: exclusion, original: Allergy to", []),
        (
            "kind: exclusion, original: Fever of 39",
            ["rule-in-other-list: The rule 'Fever of 39' is an inclusion rule of the record, not an exclusion rule"],
        ),
        (
            "kind: inclusion, original: Fevers of 39 deg",
            ["unknown-reference: No inclusion rule of the record begins with 'Fevers of 39 deg'"],
        ),
    ],
)  # fmt: skip
def test_plain_rules_point_to_rules_of_the_record(rule: str, expected: list[str]) -> None:
    facts = RULES.replace("\\\\", "\\") + f"  - {{plain: I have it., {rule}}}"
    assert [fault.partition(" ")[2] for fault in found(facts)] == expected


def test_the_nearest_rule_is_offered_and_two_that_fit_are_refused() -> None:
    contents = {
        "trial.yaml": (
            HEAD
            + RULES.replace("\\\\", "\\")
            + "  - {plain: It is., kind: inclusion, original: Fever at 39 d}\n"
        ).encode()
    }
    sink: Sink = []
    trial = read_trial("NCT00000001", contents, FOLDER, sink)
    assert trial is not None
    check_trial(trial, contents, FOLDER, sink)
    assert sink[0].help == "the nearest rule now reads: Fever of 39 degrees"
    lines = (
        "Inclusion Criteria:\n\n  * Women who work\n  * Women who wait\n\n  Exclusion Criteria:\n\n  * None"
    )
    facts = f"eligibility_criteria: |\n  {lines}\nplain_criteria:\n  - {{plain: I am., kind: inclusion, original: Women who}}"
    assert [fault.partition(" ")[2] for fault in found(facts)] == [
        "ambiguous-reference: 2 rules begin with 'Women who'"
    ]


def test_chosen_groups_are_in_the_trial_s_own_counts() -> None:
    facts = (
        COUNTS.format(group="EG000", affected=1, at_risk=2, percent="")
        + "side_effects:\n  groups: [EG000, EG009]\n"
    )
    assert found(facts) == ["12:19 unknown-reference: There is no group 'EG009'"]


SUMMARY = """---
written_by: Nobody
---

## In short

{text}

## What is being tested?

A made-up pill.
"""


HARD = (
    "Participants will subsequently undergo randomization to interventional comparison conditions "
    "according to predetermined stratification characteristics of participating institutions everywhere "
    "and nowhere."
)


def in_short(text: str) -> list[str]:
    return found("", summary_md=SUMMARY.format(text=text))


def test_grades() -> None:
    rather = (
        "This made-up study looks at how a pill works in people who cough at night, and how it works in people "
        "who also cough in the morning hours."
    )
    assert in_short(HARD) == [
        "5:1 reading-grade-too-hard: 'In short' reads at school grade 30.0; the limit is 10"
    ]
    assert in_short(rather) == ["5:1 reading-grade: 'In short' reads at school grade 10.0, above 8"]
    assert in_short("You can join this made-up trial. " * 8) == []
    assert found("", summary_es_md=SUMMARY.format(text=HARD), summary_md=SUMMARY.format(text="A pill.")) == []


RESULTS = """results_summary:
  identification: A made-up trial.
  sponsor: A made-up hospital.
  general_information: It ran in a made-up year.
  population: {text}
  products: A made-up pill.
  adverse_reactions: None was counted.
  overall_results: Nothing was found.
  comments: This is made up.
  follow_up: None is planned.
  more_information: Nowhere.
"""


def test_grades_of_what_stands_in_the_facts() -> None:
    assert found(RESULTS.format(text="Four made-up people took part.")) == []
    (fault,) = found(RESULTS.format(text=HARD))
    assert fault.startswith("7:15 reading-grade-too-hard: 'population' reads at school grade ")
    rule = "I fulfill predetermined administrative eligibility characteristics of participating institutions."
    rules = "".join(
        f"  - {{plain: '{rule}', kind: inclusion, original: Rule number {number}}}\n" for number in range(3)
    )
    (_, fault) = found(f"plain_criteria:\n{rules}")
    assert fault.startswith("3:1 reading-grade-too-hard: The plain rules' text reads at school grade ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This is a breakthrough.", "breakthrough"),
        ("It is no cure, and not a miracle. It cannot cure you.", ""),
        ("It will help you.", "will help you"),
        ("Nobody knows if the drug will help you.", ""),
        ("We ask whether it is safe and effective.", ""),
        ("People with breakthrough pain can join.", ""),
        ("Nobody can say 'cure' yet.", ""),
        ("This new drug is tested.", "new drug"),
        ("You had to begin a new treatment.", ""),
        ("It is not a new treatment.", ""),
        ("Act now! Only a few spots are left.", "Act now, Only a few spots are left"),
        ("Places are filling up fast.", "Places are filling up fast"),
        ("Don\u2019t wait: sign up today.", "Don\u2019t wait, sign up today"),
        ("You need not hurry. There is no reason to hurry.", ""),
        ("No drug has ever been shown to cure it. Doctors do not have a cure.", ""),
        ("No other drug cures it.", "cures"),
        ("There is no doubt that it will help you.", "will help you"),
        ("If you join, it will help you.", "will help you"),
        ("Nobody knows why, but it cures people.", "cures"),
        ("We count how many people are cured. You were cured of another cancer.", ""),
        ("We look at how safe and effective it is. It has not been proven safe.", ""),
        ("No treatment is risk-free. Nothing is guaranteed.", ""),
        ("There are no risks. You will get better.", "There are no risks, You will get better"),
        ("There are no known risks. It has no side effects that last.", ""),
        ("Heart failure is a life-changing illness.", ""),
        (
            "This is the best treatment for you. It looks very promising.",
            "best treatment for you, looks very promising",
        ),
        ("The nurse will help you with the form.", ""),
        ("Do not wait for the study team to call. Do not delay other care.", ""),
        ("Call now if you feel chest pain. Call us today!", "Call us today"),
        ("The study runs in only a few places. Only 3 places left.", "Only 3 places left"),
        ("Tell the team about all new medicines. People who enroll now get a map.", ""),
        ("You should join this study.", "You should join"),
        ("Healthy people can join now. Nobody can join today.", ""),
    ],
)
def test_promises_and_pressure(text: str, words: str) -> None:
    told = [fault.partition("'")[2].partition("' ")[0] for fault in in_short(text)]
    assert ", ".join(told) == words


def test_a_long_text_is_read_in_a_moment() -> None:
    """Read without a bound, these take more than half a minute."""
    started = time.perf_counter()
    list(promises("whether " * 5_000 + "x. cure"))
    list(unspelled("MRD, " * 5_000 + "A" * 20_000, frozenset()))
    assert time.perf_counter() - started < 10


def test_where_a_promise_stands() -> None:
    assert in_short("This is a breakthrough.\nIt is no cure.") == [
        "7:11 promising-word: 'breakthrough' promises more than a trial can keep"
    ]
    assert found("title: A safe and effective pill") == [
        "3:10 promising-word: 'safe and effective' promises more than a trial can keep"
    ]
    rules = "plain_criteria:\n  - {plain: My cancer was cured., kind: inclusion, original: Cured cancer}"
    assert found(rules) == ["3:1 rules-without-original: The plain rules explain rules that are not here"]


def test_names_of_the_trial_do_not_raise_the_grade() -> None:
    name = "Immunohistochemistrologicaline"
    text = (
        f"You may get {name}. We give {name} once a day. Ask about {name} when you like. The pill is small."
    )
    assert found("", summary_md=SUMMARY.format(text=text)) != []
    assert found(f"conditions: [{name}]", summary_md=SUMMARY.format(text=text)) == []


def test_faults_of_the_record_are_warnings_because_editors_cannot_mend_them() -> None:
    study: dict[str, Any] = json.loads(EVERY_FACT.read_bytes())
    study["protocolSection"]["statusModule"]["completionDateStruct"]["date"] = "2020-01"
    study["protocolSection"]["eligibilityModule"]["maximumAge"] = "1 Months"
    sink: Sink = []
    check_trial(trial_from_study(study), {}, "", sink)
    assert [(fault.code, fault.severity, fault.span) for fault in sink] == [
        ("dates-out-of-order", "warning", Span("NCT00000001.json")),
        ("ages-out-of-order", "warning", Span("NCT00000001.json")),
    ]
    contents = {"registry.json": json.dumps(study).encode(), "trial.yaml": b"minimum_age: 6 Months\n"}
    trial = read_trial("NCT00000001", contents, FOLDER, [])
    assert trial is not None
    sink = []
    check_trial(trial, contents, FOLDER, sink)
    assert [(fault.code, fault.severity, fault.span.path) for fault in sink] == [
        ("dates-out-of-order", "warning", f"{FOLDER}/registry.json"),
        ("ages-out-of-order", "error", f"{FOLDER}/trial.yaml"),
    ]


def test_faults_of_a_record_outside_of_the_folder_are_told_where_the_record_stands() -> None:
    study: dict[str, Any] = json.loads(EVERY_FACT.read_bytes())
    study["protocolSection"]["eligibilityModule"]["maximumAge"] = "1 Months"
    sink: Sink = []
    summary = {"summary.md": b"## In short\n\nMade up.\n"}
    check_trial(trial_from_study(study), summary, FOLDER, sink, record_path="data.zip!NCT00000001.json")
    assert [fault.span.path for fault in sink] == ["data.zip!NCT00000001.json"]


def made_up_card(number: int, **changes: Any) -> Card:
    """Return a card of a made-up study that has counts."""
    study: dict[str, Any] = json.loads((EVERY_FACT.parent / "NCT00000004.json").read_bytes())
    study["protocolSection"]["identificationModule"]["nctId"] = f"NCT{number:08d}"
    return replace(card(trial_from_study(study)), **changes)


def site_faults(*cards: Card, sink: Sink | None = None) -> list[str]:
    """Return what the checks of the site say, as `path code: what`."""
    shared = SharedFiles(treatments=(TreatmentFile(slug="fictivine", name="Fictivine"),))
    before = sink or []
    faults = list(before)
    check_site(cards, shared, faults)
    return [f"{fault.span.path.split('/')[1]} {fault.code}: {fault.what}" for fault in faults[len(before) :]]


def test_one_number_belongs_to_one_trial() -> None:
    other = made_up_card(2, aliases=("NCT00000001", "NCT00000003"))
    assert site_faults(made_up_card(1), other, made_up_card(4, trial_id="nct00000002")) == [
        "nct00000002 duplicate-trial: 'nct00000002' and 'NCT00000002' differ in letter case only: one address",
        "NCT00000002 duplicate-trial: NCT00000001, an older number of NCT00000002, is also a number of NCT00000001",
    ]


def test_references_between_trials_and_to_shared_files() -> None:
    first = made_up_card(
        1, treatments=("fictivin", "fictivine"), similar=("NCT00000001", "NCT00000002", "NCT00000009")
    )
    assert site_faults(first, made_up_card(2)) == [
        "NCT00000001 unknown-reference: There is no treatment 'fictivin'",
        "NCT00000001 unknown-reference: A trial is not similar to itself",
        "NCT00000001 unknown-reference: There is no trial 'NCT00000009' on this site",
    ]


def test_whoever_points_to_something_faulty_is_not_to_blame() -> None:
    faulty: Sink = [
        make("no-title", "x", Span("content/trials/NCT00000009/trial.yaml")),
        make("no-title", "x", Span("content/treatments/fictivin.yaml")),
    ]
    first = made_up_card(1, treatments=("fictivin",), similar=("NCT00000009",))
    assert site_faults(first, sink=faulty) == []


def borrowed(**choice: Any) -> SideEffects:
    return SideEffects(source="NCT00000002", **choice)


@pytest.mark.parametrize(
    ("changes", "source", "expected"),
    [
        ({"side_effects": borrowed()}, {}, []),
        ({"side_effects": borrowed(groups=("EG000",))}, {}, []),
        ({"side_effects": borrowed(groups=("EG009",))}, {}, ["unknown-reference: NCT00000002 has no group 'EG009'"]),
        ({"side_effects": borrowed()}, {"adverse_event_groups": ()}, ["source-without-counts: NCT00000002 has no counted health problems to show"]),
        (
            {"side_effects": borrowed(), "minimum_age": "18 Years", "conditions": ("Fever",)},
            {"maximum_age": "17 Years", "conditions": ("Cough",)},
            ["mismatch-not-acknowledged: The people of NCT00000002 differ from this trial's in the ages and the conditions"],
        ),
        ({"side_effects": borrowed(mismatch_note="Children."), "minimum_age": "18 Years"}, {"maximum_age": "17 Years"}, []),
        ({"side_effects": borrowed(), "conditions": ("Hay fever",)}, {"conditions": ("Hay-Fever",)}, []),
        ({"side_effects": borrowed(), "minimum_age": "18 Years"}, {}, []),
        ({"side_effects": SideEffects(source="NCT00000009")}, {}, ["unknown-reference: There is no trial 'NCT00000009' on this site"]),
        ({"side_effects": SideEffects(source="NCT00000009", show=False)}, {}, []),
    ],
)  # fmt: skip
def test_borrowed_side_effects(changes: dict[str, Any], source: dict[str, Any], expected: list[str]) -> None:
    dated = {"start_date": TrialDate(date="2019-05"), **source}
    faults = site_faults(made_up_card(1, **changes), made_up_card(2, **dated))
    assert faults == [f"NCT00000001 {fault}" for fault in expected]


def test_a_source_of_side_effects_has_a_date() -> None:
    faults = site_faults(made_up_card(1, side_effects=borrowed()), made_up_card(2))
    assert faults == ["NCT00000001 source-without-date: Nothing tells when NCT00000002 took place"]


def test_a_fault_of_the_site_is_told_at_its_line_when_the_files_are_at_hand() -> None:
    contents = {"trial.yaml": (HEAD + "similar: [NCT00000009]\n").encode()}
    sink: Sink = []
    first = made_up_card(1, similar=("NCT00000009",))
    check_site([first], SharedFiles(), sink, lambda trial_id: (FOLDER, contents))
    assert sink[0].span == Span(f"{FOLDER}/trial.yaml", 3, 11, 22)
    assert sink[0].source_line == "similar: [NCT00000009]"


def test_what_the_sound_part_of_a_faulty_trial_points_to_is_checked() -> None:
    choice = SideEffects(source="NCT00000009")
    faulty = replace(
        card(Trial(trial_id="NCT00000001", treatments=("asprin",), side_effects=choice)), is_faulty=True
    )
    sink: Sink = []
    check_site([faulty], SharedFiles(treatments=(TreatmentFile(slug="aspirin", name="Aspirin"),)), sink)
    assert [fault.what for fault in sink] == [
        "There is no treatment 'asprin'",
        "There is no trial 'NCT00000009' on this site",
    ]


def test_who_borrows_from_a_faulty_trial_is_not_to_blame() -> None:
    choice = SideEffects(source="NCT00000002")
    borrower = card(Trial(trial_id="NCT00000001", side_effects=choice))
    sink: Sink = []
    check_site([borrower, card(Trial(trial_id="NCT00000002"), is_faulty=True)], SharedFiles(), sink)
    assert sink == []
