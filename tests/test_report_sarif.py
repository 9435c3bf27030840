"""The report for code scanning: exact, and with fingerprints that outlive an edit above the fault."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from trialpages.words.catalogue import CATALOGUE, make
from trialpages.words.diagnostics import NOTE, Diagnostic, Span
from trialpages.words.report_sarif import sarif

UNKNOWN = make(
    "unknown-field",
    "Trial has no field 'briefTitle'",
    Span("content/trials/NCT00000001/trial.yaml", 2, 1, 11),
    "did you mean 'brief_title'?",
    "briefTitle: A made-up study of aspirin",
    ("noted",),
)


def run_of(diagnostics: list[Diagnostic], **options: Any) -> dict[str, Any]:
    log = json.loads(sarif(diagnostics, version="1.0", **options))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_a_result_has_its_rule_level_region_and_fingerprint() -> None:
    entry = CATALOGUE["unknown-field"]
    run = run_of([UNKNOWN], prefix="a site/")
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("trialpages", "1.0")
    (rule,) = driver["rules"]
    assert rule["id"] == "unknown-field"
    assert rule["shortDescription"] == {"text": entry.title}
    assert rule["fullDescription"] == {"text": entry.why}
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["help"]["markdown"].startswith(f"{entry.why}\n\nLike this it is refused:\n\n    ")
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]
    (result,) = run["results"]
    assert result == {
        "ruleId": "unknown-field",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "Trial has no field 'briefTitle'\nnoted\ndid you mean 'brief_title'?"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": "a%20site/content/trials/NCT00000001/trial.yaml",
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {
                        "startLine": 2,
                        "startColumn": 1,
                        "endColumn": 11,
                        "snippet": {"text": "briefTitle: A made-up study of aspirin"},
                    },
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": "f4dc48166cfdbc2c:1"},
    }


def fingerprint(*diagnostics: Diagnostic) -> list[str]:
    results = run_of(list(diagnostics))["results"]
    return [each["partialFingerprints"]["primaryLocationLineHash"] for each in results]


def test_a_fingerprint_outlives_lines_that_are_added_above() -> None:
    lower = replace(UNKNOWN, span=replace(UNKNOWN.span, line=40))
    assert fingerprint(UNKNOWN) == fingerprint(lower)
    first, second = fingerprint(UNKNOWN, lower)
    assert first.removesuffix(":1") == second.removesuffix(":2")
    assert fingerprint(replace(UNKNOWN, source_line="briefTitle: Another")) != fingerprint(UNKNOWN)


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), (NOTE, "note")])
def test_levels_are_those_of_the_site(severity: str, level: str) -> None:
    (result,) = run_of([replace(UNKNOWN, severity=severity)])["results"]
    assert result["level"] == level


def test_every_rule_index_leads_to_its_rule_and_rules_stand_once() -> None:
    others = [make("no-title", "None", Span("a.yaml")), make("empty-value", "None", Span("a.yaml", 2))]
    run = run_of([UNKNOWN, *others, *others])
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == ["empty-value", "no-title", "unknown-field"]
    assert [ids[each["ruleIndex"]] for each in run["results"]] == [each["ruleId"] for each in run["results"]]
    assert len(run["results"]) == 3


def test_a_run_that_ended_before_its_time_says_so() -> None:
    run = run_of([], failure="the disk is full")
    assert run["results"] == []
    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [{"level": "error", "message": {"text": "the disk is full"}}],
        }
    ]


def test_half_characters_do_not_break_the_file() -> None:
    fault = make("wrong-form", "a\ud800b", Span("a.yaml"), source_line="\udc80")
    assert "a?b" in sarif([fault], version="1.0")
