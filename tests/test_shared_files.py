"""Treatments, conditions, sponsors, glossary and plain terms."""

from __future__ import annotations

from trialpages.model.editorial import (
    AdverseEventTerm,
    ConditionFile,
    GlossaryEntry,
    SponsorFile,
    TreatmentFile,
)
from trialpages.model.shared_files import SharedFiles, read_shared
from trialpages.words.diagnostics import Sink


def check(files: dict[str, str], shared: SharedFiles, *faults: tuple[str, str, int]) -> None:
    sink: Sink = []
    assert read_shared({f"content/{path}": text.encode() for path, text in files.items()}, sink) == shared
    assert [
        (fault.code, fault.span.path.removeprefix("content/"), fault.span.line) for fault in sink
    ] == list(faults)


def test_the_file_name_is_the_slug() -> None:
    check(
        {
            "treatments/aspirin.yaml": "name: Aspirin\nother_names: [ASA]\n",
            "conditions/pain.yaml": "name: Pain\n",
            "conditions/headache.yaml": "name: Headache\nparent: pain\n",
            "sponsors/made-up.yaml": "name: A made-up person\nkind: person\n",
        },
        SharedFiles(
            treatments=(TreatmentFile(slug="aspirin", name="Aspirin", other_names=("ASA",)),),
            conditions=(
                ConditionFile(slug="headache", name="Headache", parent="pain"),
                ConditionFile(slug="pain", name="Pain"),
            ),
            sponsors=(SponsorFile(slug="made-up", name="A made-up person", kind="person"),),
        ),
    )


def test_lists_keep_their_order() -> None:
    check(
        {
            "glossary.yaml": "- term: Placebo\n  meaning: One.\n  see: [arms]\n- term: Arm\n  meaning: Two.\n  other_names: [Arms]\n",
            "adverse-event-terms.yaml": "- {term: Pyrexia, plain: Fever}\n",
        },
        SharedFiles(
            glossary=(
                GlossaryEntry(term="Placebo", meaning="One.", see=("arms",)),
                GlossaryEntry(term="Arm", meaning="Two.", other_names=("Arms",)),
            ),
            adverse_event_terms=(AdverseEventTerm(term="Pyrexia", plain="Fever"),),
        ),
    )


def test_nothing_shared_is_nothing() -> None:
    check({}, SharedFiles())


def test_a_faulty_file_is_left_out_and_the_others_stay() -> None:
    check(
        {
            "treatments/a.yaml": "nmae: A\n",
            "treatments/b.yaml": "name: B\n",
            "treatments/C D.yaml": "name: C D\n",
            "treatments/e.yaml": "",
        },
        SharedFiles(treatments=(TreatmentFile(slug="b", name="B"),)),
        ("wrong-form", "treatments/C D.yaml", 1),
        ("unknown-field", "treatments/a.yaml", 1),
        ("empty-file", "treatments/e.yaml", 1),
    )


def test_a_name_belongs_to_one_file() -> None:
    sink: Sink = []
    files = {"treatments/a.yaml": b"name: A-1\n", "treatments/b.yaml": b"name: B\nother_names: [C, a 1]\n"}
    read_shared(files, sink)
    assert [(fault.code, fault.what, fault.span.line) for fault in sink] == [
        ("duplicate-entry", "'a 1' is already a name in treatments/a.yaml", 2)
    ]


def test_one_name_may_be_a_treatment_and_a_sponsor() -> None:
    sink: Sink = []
    read_shared({"treatments/a.yaml": b"name: A\n", "sponsors/a.yaml": b"name: A\n"}, sink)
    assert sink == []


def test_a_faulty_condition_does_not_make_its_children_faulty() -> None:
    sink: Sink = []
    read_shared({"conditions/a.yaml": b"nmae: A\n", "conditions/b.yaml": b"name: B\nparent: a\n"}, sink)
    assert [fault.code for fault in sink] == ["unknown-field"]


def test_repeated_terms_and_unknown_words_are_told() -> None:
    check(
        {
            "glossary.yaml": "- {term: Arm, meaning: One.}\n- {term: arm, meaning: Two., see: [Amr]}\n",
            "adverse-event-terms.yaml": "- {term: A, plain: a}\n- {term: B, plain: b}\n- {term: a, plain: c}\n",
        },
        SharedFiles(
            glossary=(
                GlossaryEntry(term="Arm", meaning="One."),
                GlossaryEntry(term="arm", meaning="Two.", see=("Amr",)),
            ),
            adverse_event_terms=(
                AdverseEventTerm(term="A", plain="a"),
                AdverseEventTerm(term="B", plain="b"),
                AdverseEventTerm(term="a", plain="c"),
            ),
        ),
        ("duplicate-entry", "glossary.yaml", 2),
        ("unknown-reference", "glossary.yaml", 2),
        ("duplicate-entry", "adverse-event-terms.yaml", 3),
    )


def test_a_list_file_must_be_a_list() -> None:
    check({"glossary.yaml": "Arm: a group\n"}, SharedFiles(), ("wrong-type", "glossary.yaml", 1))
    check({"glossary.yaml": "- Arm\n"}, SharedFiles(), ("wrong-type", "glossary.yaml", 1))
