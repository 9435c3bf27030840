"""Words that a record has left behind: what is told without a history, and what version control adds."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_up_history import MadeUpHistory
from sites import options

from trialpages.model.change import Change
from trialpages.model.checks_drift import OldWords, check_drift, check_status_in_words, outdated_words
from trialpages.model.places import Places
from trialpages.model.trial import Trial
from trialpages.model.trial_files import read_sound_part
from trialpages.stages.build import check
from trialpages.words.diagnostics import Diagnostic

TRIAL = "trials/NCT00000001"
FACTS = """\
enrollment: 45
reason:
  enrollment: The made-up sponsor counted again.
reviewed_against: 2026-05-01
plain_criteria:
  - plain: I am 18 or older.
    kind: inclusion
    original: Is at least 18 years old
  - plain: I am allergic to aspirin.
    kind: exclusion
    original: Allergy to aspirin
"""
PROSE = """\
## In short

This made-up study tests aspirin.

## Who is the study for?

For adults with a made-up headache.
"""
RULES = "Inclusion Criteria:\n\n* Is at least 18 years old\n\nExclusion Criteria:\n\n* Allergy to aspirin"


def record(day: str, status: str = "RECRUITING", rules: str = RULES, people: int = 40) -> str:
    """Return the record of a made-up study that last changed on a day."""
    study = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A made-up study"},
            "statusModule": {"overallStatus": status, "lastUpdatePostDateStruct": {"date": day}},
            "designModule": {"enrollmentInfo": {"count": people, "type": "ESTIMATED"}},
            "eligibilityModule": {"eligibilityCriteria": rules},
        },
        "derivedSection": {"miscInfoModule": {"versionHolder": "2026-11-20"}},
    }
    return json.dumps(study, indent=2)


def read(files: dict[str, str]) -> tuple[Trial, Places]:
    contents = {name: text.encode() for name, text in files.items()}
    trial = read_sound_part("NCT00000001", contents, TRIAL, [])
    assert trial is not None
    return trial, Places("NCT00000001", TRIAL, contents)


def drift(files: dict[str, str]) -> list[Diagnostic]:
    return list(check_drift(*read(files)))


def test_words_that_were_read_against_the_record_of_today_have_no_drift() -> None:
    files = {"registry.json": record("2026-05-01"), "trial.yaml": FACTS, "summary.md": PROSE}
    assert drift(files) == []


@pytest.mark.parametrize(
    "files",
    [
        {"registry.json": record("2026-10-20")},
        {"registry.json": record("2026-10-20"), "trial.yaml": "treatment_class: A made-up class\n"},
        {"trial.yaml": "title: A made-up study\noverall_status: COMPLETED\n", "summary.md": PROSE},
    ],
    ids=["a record alone", "no words", "no record"],
)
def test_a_trial_without_a_record_or_without_words_has_no_drift(files: dict[str, str]) -> None:
    assert drift(files) == []


def test_a_review_that_nobody_noted_is_a_note() -> None:
    facts = FACTS.replace("reviewed_against: 2026-05-01\n", "")
    (found,) = drift({"registry.json": record("2026-10-20"), "trial.yaml": facts})
    assert (found.code, found.severity, found.span.path) == (
        "not-reviewed-against",
        "note",
        f"{TRIAL}/trial.yaml",
    )
    assert found.help is not None
    assert found.help.endswith("\nreviewed_against: 2026-10-20")


def change(kind: str, **rest: Any) -> Change:
    return Change(kind=kind, **rest)


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        (None, ["trial.yaml:1", "trial.yaml:6", "trial.yaml:9", "summary.md:1", "summary.md:5"]),
        ((), []),
        ((change("contacts"),), []),
        ((change("status"),), ["summary.md:1"]),
        ((change("enrollment-planned", field="enrollment"),), ["trial.yaml:1"]),
        (
            (change("rules", removed=("Is at least 18 years old.",)),),
            ["trial.yaml:6", "summary.md:5"],
        ),
        (
            (change("rules", reworded=(("Allergy to aspirin", "Allergies"),)),),
            ["trial.yaml:9", "summary.md:5"],
        ),
    ],
)
def test_only_the_words_that_a_change_touches_are_named(
    changed: tuple[Change, ...] | None, lines: list[str]
) -> None:
    files = {"registry.json": record("2026-10-20"), "trial.yaml": FACTS, "summary.md": PROSE}
    found = outdated_words(*read(files), changed)
    assert [f"{each.path}:{each.line}" for each in found] == [f"{TRIAL}/{line}" for line in lines]


def test_an_override_is_told_with_both_values() -> None:
    files = {"registry.json": record("2026-10-20", people=60), "trial.yaml": FACTS}
    assert outdated_words(*read(files))[0] == OldWords(
        path=f"{TRIAL}/trial.yaml",
        line=1,
        what="`enrollment`: the editors say 45, the registry says 60 (estimated)",
    )


@pytest.mark.parametrize(
    ("status", "sentence", "is_told"),
    [
        ("COMPLETED", "The study is looking for people with a headache.", True),
        ("RECRUITING", "The study is looking for people with a headache.", False),
        ("RECRUITING", "This made-up sentence comes first. The trial takes no new people.", True),
        ("RECRUITING", "The study has ended.", True),
        ("ACTIVE_NOT_RECRUITING", "The study has ended.", False),
        ("RECRUITING", "The study has ended for the first group.", False),
        ("RECRUITING", "You get a letter when the study has ended.", False),
        ("COMPLETED", "The study is looking for people who had a headache.", False),
        ("COMPLETED", "Ask whether the study is looking for people.", False),
    ],
)
def test_a_summary_that_contradicts_the_status_is_told(status: str, sentence: str, is_told: bool) -> None:
    trial, places = read(
        {
            "trial.yaml": f"title: A made-up study\noverall_status: {status}\n",
            "summary.md": f"## In short\n\n{sentence}\n",
        }
    )
    assert [each.code for each in check_status_in_words(trial, places)] == ["status-in-words"] * is_told


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


def notes(site: Path) -> tuple[str, ...]:
    """Return the notes of the one drift that `check` tells."""
    report = check(replace(options(site), sources_only=True))
    (found,) = (each for each in report.diagnostics if each.code == "record-newer-than-words")
    return found.notes


def files(day: str, **facts: Any) -> dict[str, str | None]:
    return {
        "site.yaml": "name: A made-up site\n",
        f"content/{TRIAL}/trial.yaml": FACTS,
        f"content/{TRIAL}/summary.md": PROSE,
        f"content/{TRIAL}/registry.json": record(day, **facts),
    }


def test_the_history_says_what_changed_since_the_words_were_read(site: Path) -> None:
    history = MadeUpHistory(site)
    history.commit("2026-04-20", files("2026-04-10"))
    history.commit("2026-06-01", files("2026-05-20", status="SUSPENDED"))
    history.commit("2026-10-21", files("2026-10-20", status="COMPLETED", people=60))
    path = f"content/{TRIAL}"
    assert notes(site) == (
        "changed: recruiting -> completed",
        "changed: enrollment: 40 -> 60 planned",
        f"{path}/trial.yaml:1: `enrollment`: the editors say 45, the registry says 60 (estimated)",
        f"{path}/summary.md:1: the text under 'In short'",
    )


def test_what_is_not_committed_yet_counts(site: Path) -> None:
    history = MadeUpHistory(site)
    history.commit("2026-04-20", files("2026-05-01"))
    (site / "content" / TRIAL / "registry.json").write_text(record("2026-10-20"), "utf-8")
    assert notes(site) == ("nothing of this seems to touch the words",)


def not_committed(site: Path) -> str:
    history = MadeUpHistory(site)
    history.commit("2026-10-21", files("2026-10-20"))
    return "no version of it is as old as 2026-05-01"


def cut_off(site: Path) -> str:
    history = MadeUpHistory(site.parent / "whole")
    history.commit("2026-04-20", files("2026-04-10"))
    history.commit("2026-10-21", files("2026-10-20"))
    history.run("clone", "-q", "--depth", "1", history.folder.as_uri(), str(site))
    return "this copy of the repository holds only the latest part of its history (git fetch --unshallow)"


@pytest.mark.parametrize("begin", [not_committed, cut_off])
def test_a_history_that_does_not_reach_back_is_said_in_a_note(
    site: Path, begin: Callable[[Path], str]
) -> None:
    why = begin(site)
    found = notes(site)
    assert found[-1] == f"what changed in the record is not known: {why}"
    assert len(found) == 6, "all words are named, and the note"


def test_without_version_control_the_drift_is_told_all_the_same(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(site.parent))
    for name, text in files("2026-10-20").items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text or "", "utf-8")
    assert notes(site)[-1].startswith("what changed in the record is not known: ")
