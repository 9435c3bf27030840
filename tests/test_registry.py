"""Registry records become trials: made-up studies in the registry's shape, each beside the exact trial."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import Expect
from hypothesis import given, settings
from hypothesis import strategies as st

from trialpages.model.registry import decode_registry, studies_in, trial_from_study
from trialpages.model.registry.fields import Faults
from trialpages.model.trial import Trial
from trialpages.words.diagnostics import Sink, Span

FOLDER = Path(__file__).parent / "ctgov"
STUDIES = sorted(path.name for path in FOLDER.glob("NCT????????.json"))
EVERY_FACT = FOLDER / "NCT00000001.json"
STUDY = b'{"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}, "hasResults": false}'


def told(data: bytes) -> list[tuple[str, int, int, str]]:
    """Return what is said about a file that holds no study."""
    sink: Sink = []
    assert decode_registry(data, "registry.json", sink) is None
    return [(fault.code, fault.span.line, fault.span.column, fault.what) for fault in sink]


def known(trial: Trial) -> dict[str, Any]:
    """Return the fields of a trial that are known."""
    empty = Trial()
    values: dict[str, Any] = msgspec.to_builtins(trial)
    return {
        field.name: values[field.name]
        for field in fields(Trial)
        if getattr(trial, field.name) != getattr(empty, field.name)
    }


@pytest.mark.parametrize("name", STUDIES)
def test_a_made_up_study_becomes_exactly_this_trial(name: str, expect: Expect) -> None:
    sink: Sink = []
    trial = decode_registry((FOLDER / name).read_bytes(), name, sink)
    assert trial is not None
    faults = [f"{fault.span.line}:{fault.span.column} {fault.code}: {fault.what}" for fault in sink]
    shown = json.dumps({"trial": known(trial), "faults": faults}, indent=2, ensure_ascii=False)
    expect(FOLDER / name.replace(".json", ".expected.json"), shown + "\n")


def test_the_study_with_every_fact_fills_every_field_that_a_record_has() -> None:
    sink: Sink = []
    trial = decode_registry(EVERY_FACT.read_bytes(), "registry.json", sink)
    assert trial is not None
    editors_only = {
        *("title", "treatment_class", "draft", "reason", "treatments", "plain_criteria", "timeline"),
        "reviewed_against",
        *("side_effects", "key_facts", "approvals", "spots_left", "results_summary", "similar"),
        *("overrides", "summaries", "edited_fields"),
    }
    elsewhere = {
        *("last_known_status", "other_criteria", "adverse_events", "expanded_access_types"),
        *("observational_model", "time_perspective", "patient_registry", "target_duration"),
        *("bio_spec_retention", "bio_spec_description", "study_population", "sampling_method"),
    }
    assert {field.name for field in fields(Trial)} - set(known(trial)) == editors_only | elsewhere
    assert not sink


@pytest.mark.parametrize(
    "data",
    [
        STUDY,
        b'{"studies": [%s]}' % STUDY,
        b"[%s]" % STUDY,
        b"\xef\xbb\xbf\r\n" + STUDY,
        b'{"studies":[%s],"nextPageToken":"x"}' % STUDY,
    ],
)
def test_every_shape_of_file_with_one_study_is_read(data: bytes) -> None:
    sink: Sink = []
    trial = decode_registry(data, "registry.json", sink)
    assert trial is not None
    assert trial.nct_id == "NCT00000001"
    assert not sink


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ("registry-json", 1, 1, "The file is empty")),
        (b'{"protocolSection": {"identificationModule":\n {"nctId": "NCT000', ("registry-json", 2, 12, "The file breaks off in the middle of the record")),
        (b'{"protocolSection": {"a": 1},', ("registry-json", 1, 30, "The file breaks off in the middle of the record")),
        (b'{"a": 1}\n{"b": 2}', ("registry-json", 2, 1, "A second record begins here (JSON lines); a file holds one value")),
        (b'{"a": 1,\n "b": NaN}', ("registry-json", 2, 7, "'NaN' is no JSON value")),
        (b'{"a": 1,\n "b": -Infinity}', ("registry-json", 2, 8, "'Infinity' is no JSON value")),
        (b'{"a": 1,\n "b" 2}', ("registry-json", 2, 6, "A colon is missing here")),
        (b'{"a": 1\n "b": 2}', ("registry-json", 2, 2, "A comma is missing here, or a bracket is not closed")),
        (b'{"a": ,}', ("registry-json", 1, 7, "A value is missing here, or is none that JSON knows")),
        (b'{"a": "\\q"}', ("registry-json", 1, 8, "This backslash begins no sign that JSON knows")),
        (b'{"a": 1} tail', ("registry-json", 1, 10, "The record ends before this place, and more follows")),
        (b"\x1f\x8b\x08\x00", ("registry-json", 1, 1, "The file is compressed (gzip), not JSON")),
        (b"PK\x03\x04", ("registry-json", 1, 1, "The file is a zip archive, not JSON")),
        (b"\x00\x01\x02", ("registry-json", 1, 1, "The file is binary data, not JSON")),
        (b'{"a": "\xe9"}', ("not-utf8", 1, 8, "Byte 0xe9 is not UTF-8")),
        (b"[" * 100_000, ("registry-json", 1, 1, "The brackets are nested too deep; a record has about ten levels")),
        (b'{"studies": []}', ("registry-not-a-study", 1, 1, "The file holds an empty list of studies")),
        (b"{}", ("registry-not-a-study", 1, 1, "The file is not a study: found an empty group of fields")),
        (b"42", ("registry-not-a-study", 1, 1, "The file is not a study: found the number 42")),
        (b'["a"]', ("registry-not-a-study", 1, 1, 'Entry 1 of the list is not a study: found the text "a"')),
        (b'{"name": 1, "age": 2}', ("registry-not-a-study", 1, 1, "The file is not a study: it has no protocolSection, only name, age")),
        (b'{"protocolSection": {}}', ("registry-not-a-study", 1, 1, "The file is not a study: its identificationModule has no nctId")),
        (b'{"protocolSection": 3}', ("registry-not-a-study", 1, 1, "The file is not a study: its protocolSection is the number 3")),
        (
            b"<!DOCTYPE html>\n<html><title>Made-up page</title>",
            ("registry-not-a-study", 1, 1, 'The file is an HTML page with the title "Made-up page", not JSON'),
        ),
        (b"<rss/>", ("registry-not-a-study", 1, 1, "The file is markup (it starts with <), not JSON")),
    ],
)  # fmt: skip
def test_a_file_without_a_study_is_told_by_what_it_is(
    data: bytes, expected: tuple[str, int, int, str]
) -> None:
    assert told(data) == [expected]


@pytest.mark.parametrize(
    "data",
    [
        b'{"FullStudiesResponse": {"FullStudies": []}}',
        b'{"StudyFieldsResponse": {}}',
        b'{"FullStudy": {"Study": {"ProtocolSection": {}}}}',
        b'{"Study": {"ProtocolSection": {}}}',
        b'[{"ProtocolSection": {}}]',
        b'<?xml version="1.0"?>\n<clinical_study rank="1">',
    ],
)
def test_the_old_website_s_formats_are_named(data: bytes) -> None:
    ((code, _, _, what),) = told(data)
    assert code == "registry-classic-format"
    assert "the format of the registry's old website" in what


def test_several_studies_beside_one_trial_are_refused() -> None:
    ((code, _, _, what),) = told(b"[%s, %s]" % (STUDY, STUDY))
    assert (code, what) == ("registry-several-studies", "The file holds 2 studies where one is expected")
    sink: Sink = []
    assert len(studies_in(b"[%s, %s]" % (STUDY, STUDY), "snapshot.json", sink)) == 2
    assert not sink


def test_a_wrong_value_is_told_at_its_place_inside_a_wrapped_study() -> None:
    data = b'{"studies": [\n{"protocolSection": {"identificationModule": {"nctId": "NCT00000001",\n  "acronym": 5}}}]}'
    sink: Sink = []
    trial = decode_registry(data, "registry.json", sink)
    assert trial is not None
    assert trial.acronym is None
    (fault,) = sink
    assert fault.span == Span("registry.json", 3, 14)
    assert fault.severity == "warning"
    assert fault.what == (
        "protocolSection.identificationModule.acronym: found the number 5 instead of text; it is left out"
    )


def test_plain_text_has_its_entities_resolved_once_and_markup_keeps_them() -> None:
    study = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "Lesions &lt;1 cm &amp;amp; more"},
            "descriptionModule": {"briefSummary": "A summary&#39;s \\<text"},
            "conditionsModule": {"keywords": ["A&amp;B"]},
            "contactsLocationsModule": {"locations": [{"city": "A", "facility": "Children&#39;s"}]},
            "referencesModule": {
                "references": [{"citation": "A &lt;b"}],
                "seeAlsoLinks": [{"url": "https://example.org/?a=1&amp;b=2&copy=3"}],
            },
        }
    }
    trial = trial_from_study(study)
    assert trial.brief_title == "Lesions <1 cm &amp; more"
    assert trial.brief_summary == "A summary&#39;s \\<text"
    assert trial.keywords == ("A&B",)
    assert trial.locations[0].facility == "Children's"
    assert trial.references[0].citation == "A &lt;b"
    assert trial.see_also_links[0].url == "https://example.org/?a=1&b=2&copy=3"


def test_many_wrong_values_are_told_in_short() -> None:
    rows = b",".join([b"1"] * 500)
    sink: Sink = []
    number = b'"identificationModule": {"nctId": "NCT00000001"}'
    data = b'{"protocolSection": {%s, "conditionsModule": {"conditions": [%s]}}}' % (number, rows)
    decode_registry(data, "registry.json", sink)
    assert len(sink) == 21
    assert sink[-1].what == "480 more values of this record are left out for the same reason"


def test_the_day_of_retrieval_stands_before_the_data_date() -> None:
    study = json.loads(EVERY_FACT.read_bytes())
    assert trial_from_study(study).retrieved == "2026-11-20"
    assert trial_from_study(study, retrieved="2026-11-22").retrieved == "2026-11-22"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
@settings(max_examples=300)
def test_no_value_of_a_wrong_kind_is_taken_and_none_raises(data: st.DataObject) -> None:
    study = json.loads((FOLDER / data.draw(st.sampled_from(STUDIES))).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        spoil(study, data)
    faults: Faults = []
    trial = trial_from_study(study, faults=faults)
    again: Trial = msgspec.msgpack.decode(msgspec.msgpack.encode(trial), type=Trial)
    assert again == trial


def spoil(study: Any, data: st.DataObject) -> None:
    """Replace one value somewhere in the study."""
    node = study
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        child = node[key]
        if not isinstance(child, (dict, list)) or not child or data.draw(st.integers(0, 5)) == 0:
            node[key] = data.draw(json_values)
            return
        node = child
