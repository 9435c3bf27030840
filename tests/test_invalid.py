"""Bad content beside the exact report: one folder a case, named after its code.

A second case of the same code has a suffix: `wrong-form--date`. `pytest --update` writes
`expected.txt`; read it as an author would.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Expect

from trialpages.model.card import Card
from trialpages.model.checks import check_site, check_trial
from trialpages.model.checks_acronyms import short_forms
from trialpages.model.checks_shared import check_shared_prose
from trialpages.model.shared_files import read_shared
from trialpages.model.trial_files import read_sound_part
from trialpages.read.config import read_config
from trialpages.site.cards import card
from trialpages.words.catalogue import CATALOGUE, GROUPS
from trialpages.words.diagnostics import ERROR, Sink
from trialpages.words.report import render, totals

TRIALS = "content/trials/"
INVALID = Path(__file__).parent / "invalid"
TESTED_ELSEWHERE = {
    "file-too-large": "test_document.py",
    **dict.fromkeys(
        (
            *("former-page-stands", "former-page-nowhere", "former-page-circle", "former-page-gone"),
            *("previous-unreadable", "previous-without-pages"),
        ),
        "test_former_pages.py",
    ),
    "history-shallow": "test_history.py",
    "history-unknown": "test_history_trouble.py",
    "review-too-old": "test_aging.py",
    "stale-record": "test_aging.py",
    "unreadable-file": "test_snapshot.py",
    "import-running": "test_import.py",
    "record-older": "test_import.py",
    "record-replaced": "test_import.py",
    "record-withheld": "test_import.py",
    "record-without-places": "test_import.py",
    "trial-alias": "test_import.py",
    "zip-broken": "test_snapshot.py",
    "zip-too-large": "test_snapshot.py",
    "zip-unsafe-name": "test_snapshot.py",
}
"""Codes whose cause cannot lie in a folder of small files, and where they are tested."""

CASES = sorted(path.name for path in INVALID.iterdir() if path.is_dir())


def check_folder(folder: Path) -> Sink:
    """Read and check the content of a case as the build does, without the pages."""
    sink: Sink = []
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "content").rglob("*"))
        if path.is_file()
    }
    if "content/site.yaml" in files:
        read_config(files["content/site.yaml"], "content/site.yaml", sink)
    trials = trial_folders(files)
    texts = {path: data for path, data in files.items() if not path.startswith(TRIALS)}
    shared = read_shared(texts, sink)
    sink.extend(check_shared_prose(shared, texts))
    cards: list[Card] = []
    for trial_id, found in trials.items():
        faults = len(sink)
        trial = read_sound_part(trial_id, found, f"{TRIALS}{trial_id}", sink)
        if trial is not None:
            check_trial(trial, found, f"{TRIALS}{trial_id}", sink, short_forms(shared.glossary))
            has_errors = any(each.severity == ERROR for each in sink[faults:])
            cards.append(card(trial, is_faulty=has_errors))
    check_site(cards, shared, sink, lambda trial_id: (f"{TRIALS}{trial_id}", trials[trial_id]))
    return sink


def trial_folders(files: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    """Return the files of each trial's folder by their names."""
    trials: dict[str, dict[str, bytes]] = {}
    for path, data in files.items():
        if path.startswith(TRIALS):
            trial_id, name = path.removeprefix(TRIALS).split("/")
            trials.setdefault(trial_id, {})[name] = data
    return trials


@pytest.mark.parametrize("case", CASES)
def test_bad_content_is_reported_in_these_words(case: str, expect: Expect) -> None:
    found = check_folder(INVALID / case)
    assert found, "the content of this case has no fault"
    assert case.split("--")[0] in {diagnostic.code for diagnostic in found}
    assert {diagnostic.code for diagnostic in found} <= set(CATALOGUE)
    expect(INVALID / case / "expected.txt", f"{render(found)}\n{totals(found)}\n")


@pytest.mark.parametrize("case", CASES)
def test_every_case_has_content_and_a_known_code(case: str) -> None:
    assert any((INVALID / case / "content").rglob("*")), "an expected.txt without content"
    assert case.split("--")[0] in CATALOGUE


def test_every_code_about_content_has_a_case() -> None:
    tables = ("Files", "Fields", "Trials and shared files", "Prose", "Registry records")
    codes = {entry.code for table in tables for entry in GROUPS[table]}
    assert codes - set(TESTED_ELSEWHERE) - {case.split("--")[0] for case in CASES} == set()
