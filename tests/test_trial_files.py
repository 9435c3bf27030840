"""One trial from its files: what stands alone, what joins, what wins, and what is missing."""

from __future__ import annotations

import json

import pytest

from trialpages.model.summary import HEADINGS
from trialpages.model.summary_file import TRANSLATIONS, headings
from trialpages.model.trial import (
    Criterion,
    Enrollment,
    Intervention,
    Location,
    Outcome,
    Override,
    Trial,
    TrialDate,
)
from trialpages.model.trial_files import read_sound_part, read_trial
from trialpages.words.diagnostics import ERROR, NOTE, Sink

TRIAL_ID = "NCT00000001"
FACTS = "brief_title: A made-up study of aspirin\noverall_status: COMPLETED\n"
REGISTRY = Trial(
    nct_id=TRIAL_ID,
    brief_title="A registered title",
    overall_status="RECRUITING",
    start_date=TrialDate(date="2024-05", type="ACTUAL"),
    enrollment=Enrollment(count=40, type="ESTIMATED"),
    conditions=("Headache", "Fever"),
    has_results=False,
    primary_outcomes=(Outcome(measure="A measure", time_frame="2 weeks"),),
    interventions=(Intervention(name="Aspirin", type="DRUG"),),
    inclusion_criteria=(Criterion(text="A registered rule"),),
    eligibility_criteria="Inclusion Criteria:\n\n* A registered rule",
    locations=(Location(city="Exampletown", country="United States"),),
)
RECORD = {
    "protocolSection": {
        "identificationModule": {"nctId": TRIAL_ID, "briefTitle": "A registered title"},
        "statusModule": {"overallStatus": "RECRUITING"},
    }
}


def read(
    files: dict[str, str], *, trial_id: str = TRIAL_ID, registry: Trial | None = None
) -> tuple[Trial | None, Sink]:
    sink: Sink = []
    data = {name: text.encode() for name, text in files.items()}
    return read_trial(trial_id, data, f"content/trials/{trial_id}", sink, registry=registry), sink


def sound(files: dict[str, str], *, trial_id: str = TRIAL_ID, registry: Trial | None = None) -> Trial:
    trial, sink = read(files, trial_id=trial_id, registry=registry)
    assert not sink
    assert trial is not None
    return trial


def codes(files: dict[str, str], *, trial_id: str = TRIAL_ID, registry: Trial | None = None) -> list[str]:
    trial, sink = read(files, trial_id=trial_id, registry=registry)
    assert (trial is None) == any(fault.severity == ERROR for fault in sink)
    return [fault.code for fault in sink]


def test_facts_may_stand_alone() -> None:
    trial = sound({"trial.yaml": FACTS})
    assert (trial.trial_id, trial.nct_id) == (TRIAL_ID, TRIAL_ID)
    assert (trial.brief_title, trial.overall_status) == ("A made-up study of aspirin", "COMPLETED")


def test_a_record_may_stand_alone() -> None:
    trial = sound({"registry.json": json.dumps(RECORD)})
    assert (trial.trial_id, trial.brief_title, trial.overall_status) == (
        TRIAL_ID,
        "A registered title",
        "RECRUITING",
    )


def test_a_record_of_a_snapshot_needs_no_folder() -> None:
    sink: Sink = []
    trial = read_trial(TRIAL_ID, {}, "", sink, registry=REGISTRY)
    assert trial is not None and trial.trial_id == TRIAL_ID and not sink


def test_prose_without_a_title_is_no_trial() -> None:
    assert codes({"summary.md": "## In short\n\nA made-up text.\n"}) == ["no-title", "status-unknown"]
    assert codes({"summary.md": "## In short\n"}) == ["empty-summary", "nothing-known"]
    assert codes({}) == ["nothing-known"]


def test_prose_with_a_title_may_stand_alone_and_its_status_is_unknown() -> None:
    trial, sink = read({"summary.md": "---\ntitle: A made-up title\n---\n## In short\n\nA made-up text.\n"})
    assert trial is not None
    assert (trial.title, trial.overall_status, trial.nct_id) == ("A made-up title", None, TRIAL_ID)
    assert [(fault.code, fault.severity) for fault in sink] == [("status-unknown", "warning")]


def test_prose_joins_a_record_of_a_snapshot() -> None:
    trial = sound({"summary.md": "## In short\n\nA made-up text.\n"}, registry=REGISTRY)
    assert trial.brief_title == "A registered title"
    assert [block.markdown for block in trial.summaries[0].blocks] == ["A made-up text."]


def test_a_record_in_the_folder_stands_before_the_snapshot() -> None:
    snapshot = Trial(nct_id=TRIAL_ID, brief_title="An older title")
    assert sound({"registry.json": json.dumps(RECORD)}, registry=snapshot).brief_title == "A registered title"


@pytest.mark.parametrize(
    "trial_id",
    ["NCT00000001", "2014-002476-92", "2023-500001-11-00", "ISRCTN12345678", "local-7", "A.b_c"],
)
def test_trials_of_other_registries_have_ids_too(trial_id: str) -> None:
    trial = sound({"trial.yaml": FACTS}, trial_id=trial_id)
    assert trial.trial_id == trial_id
    assert trial.nct_id == (trial_id if trial_id.startswith("NCT") else None)


@pytest.mark.parametrize(
    "trial_id",
    ["nct00000001", "NCT0000001", "NCT000000001", "NCT 00000001", "Nct-00000001", "a", "ä1", "a b", ".ab"],
)
def test_a_folder_that_is_no_id_is_told(trial_id: str) -> None:
    assert codes({"trial.yaml": FACTS}, trial_id=trial_id) == ["wrong-id"]


def test_the_number_must_be_the_folders() -> None:
    assert codes({"trial.yaml": f"nct_id: NCT00000002\n{FACTS}"}) == ["wrong-id"]
    assert codes({"registry.json": json.dumps(RECORD)}, trial_id="NCT00000009") == ["wrong-id"]
    assert codes({"registry.json": json.dumps(RECORD)}, trial_id="2014-002476-92") == ["wrong-id"]
    assert codes({"trial.yaml": f"nct_id: NCT00000001\n{FACTS}"}, trial_id="local-7") == ["wrong-id"]


def test_a_folder_with_an_older_number_is_told_the_newer_one() -> None:
    aliased = Trial(nct_id=TRIAL_ID, nct_id_aliases=("NCT00000009",), brief_title="A title")
    _, sink = read({"trial.yaml": "acronym: EXAMPLE\n"}, trial_id="NCT00000009", registry=aliased)
    assert sink[0].what == "NCT00000009 is an older number of NCT00000001"


def test_a_page_needs_a_title_and_a_status() -> None:
    assert codes({"trial.yaml": "sex: ALL\n"}) == ["no-title", "no-status"]
    assert codes({"trial.yaml": "title: A made-up study\noverall_status: COMPLETED\n"}) == []
    assert codes({"trial.yaml": "sex: ALL\n"}, registry=Trial(nct_id=TRIAL_ID, title="A title")) == []


def test_a_draft_that_lacks_a_title_and_a_status_holds_up_nothing() -> None:
    trial, sink = read({"trial.yaml": "draft: true\nbrief_title:\noverall_status:\n"})
    assert [(fault.code, fault.severity, fault.span.line) for fault in sink] == [
        ("no-title", NOTE, 2),
        ("no-status", NOTE, 3),
    ]
    assert trial is not None and trial.draft
    assert read({"trial.yaml": "draft: true\nsexx: ALL\n"})[0] is None, "a fault in it is one all the same"


def test_a_broken_file_is_not_also_incomplete() -> None:
    assert codes({"trial.yaml": "brief_title: a: b\n"}) == ["yaml-syntax"]
    assert codes({"trial.yaml": "briefTitle: a\nstatus: COMPLETED\n"}) == ["unknown-field"] * 2
    assert codes({"trial.yaml": "briefTitle: a\n"}) == ["unknown-field", "no-status"]
    assert codes({"trial.yaml": "- brief_title: a\n"}) == ["wrong-type"]
    assert codes({"trial.yaml": "# nothing\n"}) == ["empty-file"]
    assert codes({"trial.yaml": FACTS, "registry.json": "{"}) == ["registry-json"]


def test_faults_of_all_files_are_told_at_once() -> None:
    files = {
        "trial.yaml": "briefTitle: a\n",
        "summary.md": "## Wrong\n\nx\n",
        "summary.es.md": "---\nx: y\n---\n## En pocas palabras\n\nx\n",
        "registry.json": "[]",
    }
    assert sorted(codes(files)) == [
        "registry-not-a-study",
        "unknown-field",
        "unknown-field",
        "unknown-heading",
    ]


def test_other_files_in_a_folder_are_told() -> None:
    trial, sink = read({"trial.yaml": FACTS, "trial.yml": "x", "photo.png": "x", "summary.Spanish.md": "x"})
    assert trial is None
    assert [(fault.code, fault.help) for fault in sink] == [
        ("unknown-file", "did you mean 'trial.yaml'?"),
        ("unknown-file", "a trial's files are trial.yaml, summary.md, registry.json"),
        ("unknown-language", "name the file like summary.es.md"),
    ]


def test_the_editors_value_wins_with_a_reason_and_both_are_kept() -> None:
    text = """\
overall_status: COMPLETED
enrollment: 45
conditions: [Headache]
acronym: EXAMPLE
reason:
  overall_status: The made-up sponsor says so.
  enrollment: A made-up reason.
  conditions: Another one.
"""
    trial = sound({"trial.yaml": text}, registry=REGISTRY)
    assert (trial.overall_status, trial.enrollment, trial.conditions) == (
        "COMPLETED",
        Enrollment(count=45),
        ("Headache",),
    )
    assert (trial.acronym, trial.brief_title) == ("EXAMPLE", "A registered title")
    assert trial.overrides == (
        Override(field="overall_status", registry_value="RECRUITING", reason="The made-up sponsor says so."),
        Override(field="enrollment", registry_value="40 (estimated)", reason="A made-up reason."),
        Override(field="conditions", registry_value="Headache, Fever", reason="Another one."),
    )


@pytest.mark.parametrize(
    "text",
    [
        "overall_status: COMPLETED",
        "brief_title: Another title",
        "conditions: [Fever, Headache]",
        "conditions: []",
        "has_results: yes",
        "start_date: 2024-06",
        "start_date: {date: 2024-05, type: ESTIMATED}",
        "enrollment: 41",
        "interventions: [Ibuprofen]",
        "inclusion_criteria: [Another rule]",
        "locations: [{city: Sampleville, country: United States}]",
    ],
)
def test_a_changed_fact_needs_a_reason(text: str) -> None:
    trial, sink = read({"trial.yaml": f"{text}\n"}, registry=REGISTRY)
    assert trial is None
    (fault,) = sink
    assert (fault.code, fault.span.line, fault.span.column) == ("override-without-reason", 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "overall_status: RECRUITING",
        "brief_title: 'A  registered title'",
        "start_date: 2024-05",
        "enrollment: 40",
        "has_results: no",
        "official_title: A longer title",
        "title: A title in plain words",
        "retrieved: 2026-11-20",
        "draft: yes",
        "conditions:",
        "primary_outcomes: [{measure: A measure, time_frame: 2 weeks, plain: In plain words}]",
        "interventions: [{name: Aspirin, type: DRUG, treatment: aspirin}]",
    ],
)
def test_what_agrees_or_adds_needs_no_reason(text: str) -> None:
    trial = sound({"trial.yaml": f"{text}\n"}, registry=REGISTRY)
    assert trial.overrides == ()


def test_what_an_editor_leaves_open_is_filled_from_the_same_fact() -> None:
    trial = sound({"trial.yaml": "start_date: 2024-05\nenrollment: {count: 40}\n"}, registry=REGISTRY)
    assert (trial.start_date, trial.enrollment) == (REGISTRY.start_date, REGISTRY.enrollment)


def test_plain_words_beside_a_registered_fact_are_kept() -> None:
    text = "primary_outcomes: [{measure: A measure, time_frame: 2 weeks, plain: In plain words}]\n"
    assert sound({"trial.yaml": text}, registry=REGISTRY).primary_outcomes[0].plain == "In plain words"


def test_a_reason_for_nothing_is_a_warning() -> None:
    text = "overall_status: RECRUITING\nreason: {overall_status: A., acronym: B., overal_status: C.}\n"
    trial, sink = read({"trial.yaml": text}, registry=REGISTRY)
    assert trial is not None
    caught_up = (
        "the registry may have caught up: take the reason away, and `overall_status:` unless it adds words"
    )
    assert [(fault.code, fault.help) for fault in sink] == [
        ("reason-without-override", caught_up),
        ("reason-without-override", "take the reason away"),
        ("reason-without-override", "did you mean 'overall_status'?"),
    ]


def test_without_a_record_a_reason_explains_itself() -> None:
    assert sound({"trial.yaml": f"{FACTS}reason: {{overall_status: A made-up reason.}}\n"}).overrides == ()


CRITERIA = "eligibility_criteria: |\n  Inclusion Criteria:\n\n  * One\n\n  Exclusion Criteria:\n\n  * Two\n"


def test_a_text_of_rules_is_split_into_the_two_lists() -> None:
    trial = sound({"trial.yaml": FACTS + CRITERIA})
    assert [rule.text for rule in trial.inclusion_criteria] == ["One"]
    assert [rule.text for rule in trial.exclusion_criteria] == ["Two"]


def test_written_lists_stand_before_the_split() -> None:
    trial = sound({"trial.yaml": f"{FACTS}{CRITERIA}inclusion_criteria: [Three]\n"})
    assert [rule.text for rule in trial.inclusion_criteria] == ["Three"]


def test_the_editors_text_of_rules_replaces_both_registered_lists() -> None:
    text = f"{CRITERIA}reason:\n  eligibility_criteria: A made-up reason.\n"
    trial = sound({"trial.yaml": text}, registry=REGISTRY)
    assert [rule.text for rule in trial.inclusion_criteria] == ["One"]
    assert [rule.text for rule in trial.exclusion_criteria] == ["Two"]


SUMMARY = """\
---
title: A made-up title
source: A made-up record
written_by: the made-up team
ai_assisted: yes
reviewed_on: 2026-11-02
---

## What is being tested?

Aspirin.

### How

- Once

## in short

~~~
## not a heading
~~~
"""


def test_a_summary_has_fields_and_blocks_in_the_fixed_order() -> None:
    (summary,) = sound({"trial.yaml": FACTS, "summary.md": SUMMARY}).summaries
    assert (summary.language, summary.title, summary.written_by) == (
        "en",
        "A made-up title",
        "the made-up team",
    )
    assert (summary.ai_assisted, summary.reviewed_by, summary.reviewed_on) == (True, None, "2026-11-02")
    assert [(block.kind, block.heading, block.markdown, block.line) for block in summary.blocks] == [
        ("purpose", "in short", "~~~\n## not a heading\n~~~", 17),
        ("what", "What is being tested?", "Aspirin.\n\n### How\n\n- Once", 9),
    ]


def test_summaries_stand_with_english_first() -> None:
    files = {
        "trial.yaml": FACTS,
        "summary.es.md": "## ¿Para quién es el estudio?\n\nAdultos.\n",
        "summary.de.md": "## In short\n\nKurz.\n",
        "summary.md": "## In short\n\nShort.\n",
        "summary.zh-Hans.md": "## In short\n\n短。\n",
    }
    summaries = sound(files).summaries
    assert [summary.language for summary in summaries] == ["en", "de", "es", "zh-Hans"]
    assert [summary.blocks[0].kind for summary in summaries] == ["purpose", "purpose", "who", "purpose"]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_translated_heading_names_one_block(language: str) -> None:
    assert list(TRANSLATIONS[language]) == list(HEADINGS)
    accepted = headings(language)
    assert len(accepted) == len(HEADINGS) + sum(len(texts) for texts in TRANSLATIONS[language].values())


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Text.\n\n## In short\n\nx\n", [("text-before-heading", 1)]),
        ("# In short\n\nx\n", []),
        ("## In shrot\n\nx\n", [("unknown-heading", 1)]),
        ("## En pocas palabras\n\nx\n", [("unknown-heading", 1)]),
        ("## In short\n\nx\n\n## In short\n\ny\n", [("duplicate-heading", 5)]),
        ("## In short\n\n## What is being tested?\n\nx\n", [("empty-summary", 1)]),
        ("", [("empty-summary", 1)]),
        ("---\nreviewer: x\n---\n## In short\n\nx\n", [("unknown-field", 2)]),
        ("---\nreviewed_on: soon\n---\n## In short\n\nx\n", [("wrong-form", 2)]),
    ],
)
def test_faults_of_a_summary_are_told_with_their_lines(text: str, faults: list[tuple[str, int]]) -> None:
    _, sink = read({"trial.yaml": FACTS, "summary.md": text})
    assert [(fault.code, fault.span.line) for fault in sink] == faults


def test_a_field_with_a_fault_is_unknown_and_causes_no_further_fault() -> None:
    text = """\
overall_status: CLOSED
conditions: [Headache, ~]
acronym: EXAMPLE
exclusion_criteria: [{txt: A rule}]
reason:
  overall_status: A made-up reason.
  conditions: A made-up reason.
"""
    sink: Sink = []
    trial = read_sound_part(TRIAL_ID, {"trial.yaml": text.encode()}, "folder", sink, registry=REGISTRY)
    assert sorted(fault.code for fault in sink) == ["empty-value", "unknown-field", "value-not-allowed"]
    assert trial is not None
    assert (trial.acronym, trial.overall_status, trial.conditions) == ("EXAMPLE", None, ())
    assert (trial.inclusion_criteria, trial.exclusion_criteria, trial.eligibility_criteria) == ((), (), None)
    assert trial.brief_title == REGISTRY.brief_title


def test_faulty_reasons_are_not_missing_too() -> None:
    text = "overall_status: COMPLETED\nreasons:\n  overall_status: A made-up reason.\n"
    assert codes({"trial.yaml": text}, registry=REGISTRY) == ["unknown-field"]


def test_the_record_of_another_trial_is_not_compared() -> None:
    other = Trial(nct_id="NCT00000002", brief_title="Another title", overall_status="RECRUITING")
    assert codes({"trial.yaml": FACTS}, registry=other) == ["wrong-id"]


def test_a_record_in_a_file_of_another_name_is_told_where_it_lies() -> None:
    sink: Sink = []
    place = "studies.zip!NCT00000009.json"
    assert read_trial("NCT00000009", {}, "", sink, registry=REGISTRY, record_path=place) is None
    (fault,) = sink
    assert (fault.code, fault.span.path) == ("wrong-id", place)
    assert fault.what == "The record is about NCT00000001, but its file is named NCT00000009.json"


def test_the_prose_beside_a_faulty_block_of_fields_is_read() -> None:
    sink: Sink = []
    files = {"trial.yaml": FACTS.encode(), "summary.md": b"---\nreviewer: x\n---\n## In short\n\nA text.\n"}
    trial = read_sound_part(TRIAL_ID, files, "folder", sink)
    assert [fault.code for fault in sink] == ["unknown-field"]
    assert trial is not None and trial.summaries[0].blocks[0].markdown == "A text."
