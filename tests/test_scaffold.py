"""What a new trial's files say, and that every example in them is one that can be used."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sites import published, run, write

from trialpages.importing.records import text_of
from trialpages.importing.scaffold import scaffold
from trialpages.model.registry import trial_from_study
from trialpages.model.summary import HEADINGS
from trialpages.model.trial import Criterion, Trial
from trialpages.model.trial_files import read_trial
from trialpages.words.diagnostics import Sink

STUDY: dict[str, Any] = json.loads((Path(__file__).parent / "ctgov" / "NCT00000001.json").read_text("utf-8"))
RECORD = trial_from_study(STUDY)
FOLDER = "content/trials/NCT00000001"


def uncommented(text: str) -> str:
    """Return a file with all its examples in use."""
    return re.sub(r"^#", "", re.sub(r"^#(?: \S.*)?\n", "", text, flags=re.M), flags=re.M)


def read(trial_id: str, files: dict[str, bytes]) -> tuple[Trial | None, list[str]]:
    sink: Sink = []
    trial = read_trial(trial_id, files, f"content/trials/{trial_id}", sink)
    return trial, [f"{each.span.path.rpartition('/')[2]}:{each.span.line} {each.code}" for each in sink]


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def test_a_new_trial_with_a_record_has_no_fault_and_no_words() -> None:
    files = {**encoded(scaffold("NCT00000001", RECORD)), "registry.json": text_of(STUDY)}
    trial, faults = read("NCT00000001", files)
    assert faults == []
    assert trial is not None
    assert (trial.reviewed_against, trial.summaries, trial.draft) == (RECORD.last_update_post_date, (), False)
    assert replace(trial, reviewed_against=None, edited_fields=()) == replace(
        RECORD, retrieved=trial.retrieved
    )


def test_every_example_can_be_used() -> None:
    files = scaffold("NCT00000001", RECORD)
    used = {name: uncommented(text) for name, text in files.items()}
    assert "#" not in used["trial.yaml"]
    trial, faults = read("NCT00000001", {**encoded(used), "registry.json": text_of(STUDY)})
    assert trial is not None, faults
    assert trial.plain_criteria and trial.timeline and trial.overrides and trial.treatments and trial.title
    assert faults == ["summary.md:1 empty-summary"], "whoever fills in who wrote it has something to write"


def test_every_example_of_a_trial_without_a_record_can_be_used() -> None:
    used = uncommented(scaffold("2014-002476-92", None)["trial.yaml"])
    used = used.replace("brief_title:", "brief_title: Made-up").replace(
        "overall_status:", "overall_status: COMPLETED"
    )
    trial, faults = read("2014-002476-92", {"trial.yaml": used.encode()})
    assert faults == []
    assert trial is not None
    assert trial.draft and trial.locations and trial.plain_criteria and trial.lead_sponsor


def test_without_a_record_the_check_says_at_which_line_what_to_fill_in() -> None:
    files = scaffold("2014-002476-92", None)
    lines = files["trial.yaml"].split("\n")
    title, status = lines.index("brief_title:") + 1, lines.index("overall_status:") + 1
    _, faults = read("2014-002476-92", encoded(files))
    assert faults == [f"trial.yaml:{title} no-title", f"trial.yaml:{status} no-status"]


def test_the_import_is_named_where_it_would_bring_the_facts() -> None:
    assert "python build.py import NCT00000009" in scaffold("NCT00000009", None)["trial.yaml"]
    assert "import" not in scaffold("2014-002476-92", None)["trial.yaml"]


def test_a_record_that_came_later_needs_no_fields_of_a_new_trial() -> None:
    files = {**encoded(scaffold("NCT00000001", None)), "registry.json": text_of(STUDY)}
    trial, faults = read("NCT00000001", files)
    assert faults == []
    assert trial is not None
    assert (trial.draft, trial.brief_title) == (True, RECORD.brief_title)


def test_headings_are_the_fixed_ones_with_at_most_two_lines_of_help() -> None:
    text = scaffold("NCT00000001", RECORD)["summary.md"]
    assert re.findall(r"^## (.*)$", text, flags=re.M) == list(HEADINGS.values())
    helps = re.findall(r"^## [^\n]*\n\n(<!--.*?-->)$", text, flags=re.M | re.S)
    assert len(helps) == len(HEADINGS)
    assert all(each.count("\n") <= 1 for each in helps)


def rules(*texts: str) -> Trial:
    return Trial(
        trial_id="NCT00000001",
        nct_id="NCT00000001",
        inclusion_criteria=tuple(Criterion(text=t) for t in texts),
    )


@pytest.mark.parametrize(
    ("trial", "original"),
    [
        (rules("Age of 18 years or more", "Migraine"), "Age of 18"),
        (rules("Age of 18 years", "Age of 18 months"), "Age of 18 years"),
        (rules("Migraine"), "Migraine"),
        (rules("Age\\>18 **of** the &gt;=patient"), "Age>18 of the"),
        (rules('The "made-up" \\\\ disease, for years'), 'The "made-up" \\'),
        (rules("A \u200bhidden sign of it", "Another rule of it"), "Another rule of"),
        (rules("\u4e00\u4e8c", "ABC"), "the first words of the rule"),
        (rules(), "the first words of the rule"),
    ],
)
def test_the_example_quotes_the_trials_own_first_rule(trial: Trial, original: str) -> None:
    text = scaffold("NCT00000001", trial)["trial.yaml"]
    found = re.search(r"^#    original: (.*)$", text, flags=re.M)
    assert found is not None
    assert json.loads(found[1]) == original
    _, faults = read("NCT00000001", {"trial.yaml": text.encode()})
    assert {fault.split(" ")[1] for fault in faults} == {"no-title", "no-status"}


def test_a_title_with_odd_signs_stays_one_comment() -> None:
    trial = replace(RECORD, brief_title="Made-up\n- evil: \x07yes " + "x" * 200)
    lines = scaffold("NCT00000001", trial)["trial.yaml"].split("\n")
    assert lines[1].startswith("# Made-up - evil: yes xxx")
    assert len(lines[1]) < 110
    assert lines[2] == "#"


def test_the_schema_lies_where_the_comment_says(tmp_path: Path) -> None:
    first = scaffold("NCT00000001", None)["trial.yaml"].split("\n")[0]
    root = Path(__file__).parent.parent
    assert first.startswith("# yaml-language-server: $schema=")
    assert (root / FOLDER / first.partition("=")[2]).resolve().is_file()


def test_a_page_is_built_and_shows_no_comment(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"{FOLDER}/{name}": text for name, text in scaffold("NCT00000001", RECORD).items()
    }
    write(
        tmp_path,
        {**files, f"{FOLDER}/registry.json": text_of(STUDY), "content/site.yaml": "name: A made-up site\n"},
    )
    report = run(tmp_path)
    assert [f"{each.code} {each.what}" for each in report.diagnostics] == []
    html = published(tmp_path / "output")["trials/NCT00000001/index.html"].decode()
    assert "A made-up study with every fact" in html
    for word in ("neighbor", "For example", "Readers never see", "NCT00000002"):
        assert word not in html, word
