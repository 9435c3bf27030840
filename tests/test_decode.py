"""Editors' values become records; every fault is told in the author's words, all at once."""

from __future__ import annotations

from typing import Annotated

import pytest
from annotated_types import Ge, Le, MinLen

from trialpages.model.editorial import Stage
from trialpages.model.trial import Agency, Criterion, Enrollment, Outcome, Trial, TrialDate
from trialpages.read.decode import decode, decode_sound
from trialpages.read.document import read_yaml
from trialpages.words.diagnostics import Sink
from trialpages.words.fields import Doc, MachineMade, OneOf, Shape, record


@record
class Part:
    """A part of the made-up record."""

    name: Annotated[str, MinLen(2), Doc("Its name.")]
    kind: Annotated[str | None, Doc("Its kind.")] = None


@record
class Pair:
    """A part with two needed fields."""

    first: Annotated[str, Doc("One.")]
    second: Annotated[str, Doc("Two.")]


@record
class Thing:
    """A made-up record with a field of every shape."""

    made: Annotated[str, MachineMade()] = "by the builder"
    text: Annotated[str | None, MinLen(1), Doc("A text.")] = None
    code: Annotated[Annotated[str, Shape("^[A-Z]{3}$", "ABC")] | None, Doc("A code.")] = None
    word: Annotated[Annotated[str, OneOf("RED", "GREEN")] | None, Doc("A word.")] = None
    day: Annotated[
        Annotated[str, Shape("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "2026-11-23")] | None, Doc("A day.")
    ] = None
    count: Annotated[int | None, Ge(0), Doc("A count.")] = None
    degrees: Annotated[float | None, Ge(-90), Le(90), Doc("Degrees.")] = None
    flag: Annotated[bool | None, Doc("A flag.")] = None
    words: Annotated[tuple[str, ...], Doc("Words.")] = ()
    part: Annotated[Part | None, Doc("A part.")] = None
    parts: Annotated[tuple[Part, ...], Doc("Parts.")] = ()
    pair: Annotated[Pair | None, Doc("A pair.")] = None
    notes: Annotated[dict[str, str] | None, Doc("Notes.")] = None


def decoded(text: str, required: tuple[str, ...] = ()) -> tuple[Thing | None, Sink]:
    sink: Sink = []
    document = read_yaml(text.encode(), "thing.yaml", sink)
    assert document is not None, sink
    return decode(document, Thing, sink, noun="thing", required=required), sink


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("text: NO", Thing(text="NO")),
        ("text: 02115", Thing(text="02115")),
        ("text: '  padded '", Thing(text="padded")),
        ("code: ABC", Thing(code="ABC")),
        ("word: RED", Thing(word="RED")),
        ("count: 012", Thing(count=12)),
        ("count: '40'", Thing(count=40)),
        ("degrees: -29", Thing(degrees=-29.0)),
        ("degrees: 2.5e1", Thing(degrees=25.0)),
        ("flag: no", Thing(flag=False)),
        ("flag: NO", Thing(flag=False)),
        ("flag: True", Thing(flag=True)),
        ("words: [a, 12:30, ~0]", Thing(words=("a", "12:30", "~0"))),
        ("words: []", Thing()),
        ("words:", Thing()),
        ("text: ~\ncount: null", Thing()),
        ("part: {name: one, kind: }", Thing(part=Part(name="one"))),
        ("part: one", Thing(part=Part(name="one"))),
        ("parts: [one, {name: two, kind: x}]", Thing(parts=(Part(name="one"), Part(name="two", kind="x")))),
        ("notes: {a: b, 1: NO}", Thing(notes={"a": "b", "1": "NO"})),
        ("day: 2026", Thing(day="2026")),
        ("day: 2024-02-29", Thing(day="2024-02-29")),
    ],
)
def test_what_is_written_is_what_is_meant(text: str, thing: Thing) -> None:
    assert decoded(text) == (thing, [])


@pytest.mark.parametrize(
    ("text", "code", "what", "help_text"),
    [
        ("txet: a", "unknown-field", "Thing has no field 'txet'", "did you mean 'text'?"),
        ("Text: a", "unknown-field", "Thing has no field 'Text'", "did you mean 'text'?"),
        ("txet:", "unknown-field", "Thing has no field 'txet'", "did you mean 'text'?"),
        ("made: x", "unknown-field", "Thing has no field 'made'", "the builder fills it itself; take it out"),
        ("kind: x", "unknown-field", "Thing has no field 'kind'", "it belongs inside 'part'"),
        ("part: {name: ab, x: 1}", "unknown-field", "'part' has no field 'x'", "the fields are name, kind"),
        ("parts: [{name: ab, Kind: 1}]", "unknown-field", "Entry 1 of 'parts' has no field 'Kind'", "did you mean 'kind'?"),
        ("parts: [{kind: a}]", "missing-field", "Entry 1 of 'parts' has no 'name'", "add `name: ...`"),
        ("part: {name: }", "missing-field", "'part' has no 'name'", "add `name: ...`"),
        ("text: [a]", "wrong-type", "'text' needs one text, but is a list", "write one text"),
        ("text: {a: b}", "wrong-type", "'text' needs one text, but is a group of fields", "write one text"),
        ("words: [a: b]", "wrong-type", "Entry 1 of 'words' needs one text, but is a group of fields", 'put the text in quotes: "a: b"'),
        ("words: a", "wrong-type", "'words' needs a list, but is the text 'a'", "write\nwords:\n  - a"),
        ("words: {a: b}", "wrong-type", "'words' needs a list, but is a group of fields", "begin each entry with `- `"),
        ("words: [a, ]\ncount: 1.5", "wrong-type", "'count' is '1.5'; it needs a whole number", "write digits only, such as 40"),
        ("count: 1,200", "wrong-type", "'count' is '1,200'; it needs a whole number", "write 1200"),
        ("count: [1]", "wrong-type", "'count' needs a whole number, but is a list", "write digits only, such as 40"),
        ("degrees: north", "wrong-type", "'degrees' is 'north'; it needs a number", "write digits with a point, such as 29.7"),
        ("degrees: nan", "wrong-type", "'degrees' is 'nan'; it needs a number", "write digits with a point, such as 29.7"),
        ("degrees: 1e999", "out-of-range", "'degrees' is '1e999'; it must be between -90 and 90", None),
        ("count: -1", "out-of-range", "'count' is '-1'; it must be 0 or more", None),
        ("count: 12345678901234567890", "out-of-range", "'count' is '12345678901234567890', which is too large", "write 0 or more"),
        ("flag: maybe", "wrong-type", "'flag' is 'maybe'; it needs yes or no", "write yes or no"),
        ("flag: ''", "empty-value", "'flag' is empty", "write a value, or take the field away"),
        ("text: ' '", "empty-value", "'text' is empty", "write a text, or take the field away"),
        ("words: [a, ~]", "empty-value", "Entry 2 of 'words' is empty", "write a value after the dash, or take the dash away"),
        ("part: a", "wrong-form", "'part' is 'a', which is too short", "write at least 2 letters"),
        ("part: [a]", "wrong-type", "'part' needs fields of its own, but is a list", "write fields such as name, kind, each as `name: value`, without the dash"),
        ("pair: a", "wrong-type", "'pair' needs fields of its own, but is the text 'a'", "write fields such as first, second, each as `name: value`"),
        ("code: abc", "wrong-form", "'code' is 'abc'", "did you mean 'ABC'?"),
        ("code: abcd", "wrong-form", "'code' is 'abcd'", "write it like ABC"),
        ("day: 2026/1/5", "wrong-form", "'day' is '2026/1/5'", "did you mean '2026-01-05'?"),
        ("day: 2026-02-30", "no-such-day", "'day' is '2026-02-30', a day that is not in the calendar", "correct the day"),
        ("word: Gren", "value-not-allowed", "'word' is 'Gren'", "did you mean 'GREEN'?"),
        ("word: PINK", "value-not-allowed", "'word' is 'PINK'", "write one of RED, GREEN"),
        ("notes: a", "wrong-type", "'notes' needs fields of its own, but is the text 'a'", "write `name: text` on the next lines, indented"),
        ("notes: {a: [b]}", "wrong-type", "'a' needs one text, but is a list", "write `a: some text`"),
        ("- a", "wrong-type", "Thing needs fields of its own, but is a list", "write fields such as text, code, word, day, each as `name: value`"),
        ("a", "wrong-type", "Thing needs fields of its own, but is the text 'a'", "write fields such as text, code, word, day, each as `name: value`"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_a_cure(
    text: str, code: str, what: str, help_text: str | None
) -> None:
    thing, sink = decoded(text)
    assert thing is None
    assert [(fault.code, fault.what, fault.help) for fault in sink] == [(code, what, help_text)]


def test_all_faults_are_told_at_once_with_their_places() -> None:
    thing, sink = decoded("txet: a\ncount: x\nparts:\n  - name: b\n  - kind: c\n    nmae: d\nword: Gren\n")
    assert thing is None
    places = [(fault.code, fault.span.line, fault.span.column) for fault in sink]
    assert sorted(places, key=lambda place: place[1]) == [
        ("unknown-field", 1, 1),
        ("wrong-type", 2, 8),
        ("wrong-form", 4, 11),
        ("unknown-field", 6, 5),
        ("value-not-allowed", 7, 7),
    ]


def test_a_misspelled_field_is_not_also_missing() -> None:
    _, sink = decoded("pair: {frist: a, second: b}")
    assert [fault.code for fault in sink] == ["unknown-field"]
    _, sink = decoded("pair: {other: a, second: b}")
    assert [fault.code for fault in sink] == ["unknown-field", "missing-field"]


def test_a_file_may_need_a_field_that_the_record_does_not() -> None:
    thing, sink = decoded("count: 1", required=("text",))
    assert thing is None
    assert [(fault.code, fault.what) for fault in sink] == [("missing-field", "Thing has no 'text'")]


def test_no_message_speaks_of_types_or_of_the_program() -> None:
    _, sink = decoded("text: [a]\ncount: x\nflag: x\nwords: x\npair: x\nnotes: x\npart: {}\n")
    for fault in sink:
        for word in ("invalid", "str", "int ", "tuple", "dict", "None", "should be", "Input", "type"):
            assert word not in f"{fault.what} {fault.help}", fault


def test_short_forms_of_a_trial() -> None:
    text = """\
start_date: 2015-11
enrollment: 40
lead_sponsor: A made-up sponsor
inclusion_criteria:
  - A rule
  - text: Another
    children: [A sub-rule]
primary_outcomes: [A made-up measure]
timeline: {screening: 2 weeks}
"""
    sink: Sink = []
    document = read_yaml(text.encode(), "trial.yaml", sink)
    assert document is not None
    trial = decode(document, Trial, sink, noun="trial")
    assert trial is not None and not sink
    assert trial.start_date == TrialDate(date="2015-11")
    assert trial.enrollment == Enrollment(count=40)
    assert trial.lead_sponsor == Agency(name="A made-up sponsor")
    nested = Criterion(text="Another", children=(Criterion(text="A sub-rule"),))
    assert trial.inclusion_criteria == (Criterion(text="A rule"), nested)
    assert trial.primary_outcomes == (Outcome(measure="A made-up measure"),)
    assert trial.timeline is not None and trial.timeline.screening == Stage(text="2 weeks")


def test_the_fields_without_a_fault_make_a_record_of_their_own() -> None:
    text = "text: A text\ncount: many\nwrods: [a]\nwords: [a, ~]\nparts: [{name: Ab}, {kind: x}]\nnotes: {a: [b]}\n"
    sink: Sink = []
    document = read_yaml(text.encode(), "thing.yaml", sink)
    assert document is not None
    found = decode_sound(document, Thing, sink, noun="thing")
    assert found is not None
    assert found.record == Thing(text="A text")
    assert found.faulty == {"count", "words", "parts", "notes"}


def test_no_record_is_made_without_a_field_that_it_needs() -> None:
    sink: Sink = []
    document = read_yaml(b"first: one\n", "pair.yaml", sink)
    assert document is not None
    assert decode_sound(document, Pair, sink, noun="pair") is None
    assert [fault.code for fault in sink] == ["missing-field"]
