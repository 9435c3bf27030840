"""`severities:` in site.yaml makes faults graver or milder, but for those that leave nothing to publish."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sites import run, trial, write

from trialpages.explain import code as explained
from trialpages.words.catalogue import CATALOGUE, make
from trialpages.words.diagnostics import NOTE, WARNING, Sink, Span
from trialpages.words.report import totals
from trialpages.words.severities import apply_severities

PLACE = Span("content/trials/NCT00000001/trial.yaml")


def severity_after(code: str, setting: str, *, of_registry: bool = False) -> list[str]:
    """Return the severities that are left of one diagnostic; twice, to show that a second time changes nothing."""
    found = make(code, "A made-up fault", PLACE)
    sink: Sink = [replace(found, severity=WARNING) if of_registry else found]
    apply_severities(sink, {code: setting})
    once = list(sink)
    apply_severities(sink, {code: setting})
    assert sink == once
    return [each.severity for each in sink]


@pytest.mark.parametrize(
    ("code", "setting", "expected"),
    [
        ("promising-word", "error", ["error"]),
        ("promising-word", "warning", ["warning"]),
        ("promising-word", "note", ["note"]),
        ("promising-word", "off", []),
        ("ages-out-of-order", "warning", ["warning"]),
        ("ages-out-of-order", "off", []),
    ],
)
def test_a_site_decides(code: str, setting: str, expected: list[str]) -> None:
    assert severity_after(code, setting) == expected


def test_a_fault_of_the_registry_gets_milder_but_never_graver() -> None:
    assert severity_after("ages-out-of-order", "error", of_registry=True) == ["warning"]
    assert severity_after("ages-out-of-order", "note", of_registry=True) == ["note"]
    assert severity_after("ages-out-of-order", "off", of_registry=True) == []


def test_other_codes_are_left_alone() -> None:
    sink = [make("no-threshold", "A made-up fault", PLACE)]
    apply_severities(sink, {"promising-word": "off"})
    assert [each.severity for each in sink] == ["warning"]


def test_only_faults_that_stop_a_build_are_fixed() -> None:
    fixed = {entry.code for entry in CATALOGUE.values() if entry.is_fixed}
    assert {CATALOGUE[code].severity for code in fixed} == {"error"}
    assert {"yaml-syntax", "unknown-field", "unreadable-file", "wrong-id", "severity-fixed"} <= fixed
    assert not {"promising-word", "ages-out-of-order", "unknown-reference"} & fixed


def test_totals_count_notes() -> None:
    faults = [make("promising-word", str(number), PLACE) for number in range(3)]
    notes = [replace(make("promising-word", f"n{number}", PLACE), severity=NOTE) for number in range(2)]
    assert totals([*faults, *notes]) == "3 warnings, 2 notes in 1 file"
    assert totals(notes) == "2 notes in 1 file"


def promising_site(folder: Path, severity: str) -> None:
    facts = {"minimum_age": "65 Years", "maximum_age": "18 Years"}
    write(
        folder,
        {
            "content/site.yaml": f"name: A made-up site\nseverities: {{promising-word: {severity}, ages-out-of-order: note}}\n",
            "content/trials/NCT00000001/trial.yaml": trial("A breakthrough", **facts),
        },
    )


@pytest.mark.parametrize(
    ("severity", "strict", "published"),
    [("error", False, False), ("warning", False, True), ("warning", True, False), ("note", True, True)],
)
def test_what_a_build_publishes(tmp_path: Path, severity: str, strict: bool, published: bool) -> None:
    promising_site(tmp_path, severity)
    report = run(tmp_path, strict=strict)
    assert report.published == published
    found = sorted((each.code, each.severity) for each in report.diagnostics)
    assert found == [("ages-out-of-order", "note"), ("promising-word", severity)]
    assert report.errors + report.warnings + report.notes == 2


def test_explain_says_whose_severity_a_code_has() -> None:
    assert "No site can change its severity" in explained("yaml-syntax")
    assert "`severities: {promising-word: warning}`" in explained("promising-word")
