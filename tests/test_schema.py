"""The JSON Schemas say what the build says: what one accepts, the other accepts."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from trialpages.model.schema import FILE_KINDS, FileKind, schema, schemas
from trialpages.read.decode import decode
from trialpages.read.document import read_yaml
from trialpages.words.diagnostics import Sink
from trialpages.words.shapes import Group, ListOf, Number, Text, TextByName, ValueShape, YesNo, shape_of

TRIAL = next(file for file in FILE_KINDS if file.name == "trial")
DEEPEST = 3


def value_of(shape: ValueShape, depth: int) -> st.SearchStrategy[Any]:
    """Return values that fit, as an author could write them."""
    if isinstance(shape, Text):
        if shape.values:
            return st.sampled_from(shape.values)
        if shape.example:
            return st.sampled_from(shape.example.split(" or "))
        return st.sampled_from(["A made-up text", "eight letters or more", "12345678", "No, or not yet"])
    if isinstance(shape, Number):
        least, most = int(shape.least or 0), int(shape.most if shape.most is not None else 9999)
        return st.integers(least, most) if shape.whole else st.floats(least, most).map(lambda x: round(x, 3))
    if isinstance(shape, YesNo):
        return st.sampled_from([True, False, "yes", "no"])
    if isinstance(shape, ListOf):
        return st.lists(value_of(shape.entry, depth), max_size=2) if depth else st.just([])
    if isinstance(shape, TextByName):
        texts = shape.values or ("A made-up reason.",)
        return st.dictionaries(st.sampled_from(["acronym", "sex"]), st.sampled_from(texts))
    fields = record_of(shape.record, (), depth - 1)
    short = shape_of(shape.record).short_form
    return fields | value_of(short.value, depth) if short else fields


def record_of(kind: type[Any], required: tuple[str, ...], depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """Return groups of fields that fit: the needed ones, and up to four others."""
    shape = shape_of(kind)
    needed = {
        name: value_of(field.value, depth)
        for name, field in shape.fields.items()
        if field.required or name in required
    }
    others = sorted(set(shape.fields) - set(needed)) if depth > 0 else []
    chosen = st.lists(st.sampled_from(others), max_size=4, unique=True) if others else st.just([])

    def with_chosen(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
        extra = {name: value_of(shape.fields[name].value, depth) | st.none() for name in names}
        return st.fixed_dictionaries(needed | extra)

    return chosen.flatmap(with_chosen)


def build_accepts(file: FileKind, value: Any) -> bool:
    sink: Sink = []
    document = read_yaml(yaml.safe_dump(value, allow_unicode=True).encode(), file.place, sink)
    assert document is not None, sink
    locations: list[tuple[int, ...]] = [(index,) for index in range(len(value))] if file.is_list else [()]
    for location in locations:
        decode(document, file.kind, sink, noun=file.name, required=file.required, location=location)
    return not sink


def schema_accepts(file: FileKind, value: Any) -> bool:
    return not list(jsonschema.Draft7Validator(schema(file)).iter_errors(value))


@pytest.mark.parametrize("file", FILE_KINDS, ids=lambda file: file.name)
def test_what_fits_is_accepted_by_both(file: FileKind) -> None:
    records = record_of(file.kind, file.required, DEEPEST).filter(bool)

    @settings(max_examples=40)
    @given(st.lists(records, min_size=1, max_size=2) if file.is_list else records)
    def check(value: Any) -> None:
        assert build_accepts(file, value)
        assert schema_accepts(file, value)

    check()


@pytest.mark.parametrize(
    "value",
    [
        {"briefTitle": "A made-up study"},
        {"trial_id": "NCT00000001"},
        {"overrides": []},
        {"overall_status": "Recruiting"},
        {"conditions": "Headache"},
        {"conditions": {"name": "Headache"}},
        {"conditions": [["Headache"]]},
        {"enrollment": "many"},
        {"enrollment": {"count": -1}},
        {"enrollment": {"type": "ACTUAL"}},
        {"enrollment": []},
        {"locations": [{"city": "Exampletown"}]},
        {"locations": [{"city": "A", "country": "B", "latitude": 91}]},
        {"locations": [{"city": "A", "country": "B", "zipcode": "1"}]},
        {"locations": ["Exampletown"]},
        {"nct_id": "NCT1"},
        {"minimum_age": "18 years"},
        {"status_verified_date": "11/2026"},
        {"healthy_volunteers": "maybe"},
        {"title": ""},
        {"title": ["A made-up study"]},
        {"side_effects": "NCT00000001"},
        {"reason": "Because."},
        {"reason": {"sex": ["Because."]}},
        {"inclusion_criteria": [{"children": ["A rule"]}]},
        {"inclusion_criteria": [{"text": "A rule", "children": [{"text": ""}]}]},
        [],
        ["brief_title"],
        "brief_title",
    ],
)
def test_what_does_not_fit_is_refused_by_both(value: Any) -> None:
    assert not build_accepts(TRIAL, value)
    assert not schema_accepts(TRIAL, value)


@pytest.mark.parametrize(("name", "text"), schemas().items())
def test_each_schema_is_a_schema_with_a_description_for_every_field(name: str, text: str) -> None:
    parsed = json.loads(text)
    jsonschema.Draft7Validator.check_schema(parsed)
    groups = [parsed.get("items", parsed), *parsed.get("definitions", {}).values()]
    for group in groups:
        inner = next((each for each in group.get("anyOf", ()) if "properties" in each), group)
        assert inner["additionalProperties"] is False, name
        for field, described in inner["properties"].items():
            assert described["description"].endswith((".", "…")), (name, field)


def test_groups_in_a_schema_are_all_used() -> None:
    for text in schemas().values():
        for definition in json.loads(text).get("definitions", {}):
            assert f'"#/definitions/{definition}"' in text


def test_every_shape_is_met_by_some_field() -> None:
    met = {type(field.value) for file in FILE_KINDS for field in shape_of(file.kind).fields.values()}
    assert {Text, Number, YesNo, ListOf, TextByName, Group} <= met
