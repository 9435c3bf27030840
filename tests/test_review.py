"""`review --since`: what a change does to the pages, told for its reviewer. Every trial here is made up."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from importing_sites import study
from made_up_history import MadeUpHistory
from sites import trial

from trialpages.cli import main
from trialpages.importing.outcome import ToldChange
from trialpages.stages.review_facts import Faults, Review, Side, TrialReview
from trialpages.stages.review_report import LONGEST_MARKDOWN, markdown

EASY = (
    "Some people take the pill. Some take none. We look at who gets well. We ask you each week how you feel."
)
HARD = (
    "Participants assigned to experimental administration systematically undergo considerable supplementary "
    "examinations, necessitating organizational coordination between several participating institutions, departments and authorities."
)
ONE, TWO, THREE = (f"content/trials/NCT0000000{n}" for n in (1, 2, 3))
RULES = """\
inclusion_criteria: [Made-up rule one, Made-up rule two]
exclusion_criteria: [Made-up rule three]
plain_criteria:
- {kind: inclusion, plain: I am sick., original: Made-up rule one}
"""
SITE: dict[str, str | None] = {
    "site/content/site.yaml": "name: A made-up site\n",
    f"site/{ONE}/trial.yaml": trial("A made-up study of *aspirin*") + RULES,
    f"site/{ONE}/summary.md": f"## In short\n\n{EASY}\n",
    f"site/{TWO}/trial.yaml": trial("Another made-up study", similar="[NCT00000001]"),
    f"site/{THREE}/trial.yaml": trial("A third", interventions="[{name: Made-up drug, type: DRUG}]"),
    "site/content/treatments/made-up-drug.yaml": "name: Made-up drug\n",
    "site/content/pages/about.md": "---\ntitle: About\n---\nMade up.\n",
    "beside.txt": "not of the site\n",
}


@pytest.fixture
def history(tmp_path: Path) -> MadeUpHistory:
    """A repository with a site in a folder, and a branch for a change."""
    made = MadeUpHistory(tmp_path / "repository")
    made.commit("2026-01-02", SITE)
    made.run("checkout", "-q", "-b", "change")
    return made


def review(history: MadeUpHistory, *words: str) -> int:
    site = str(history.folder / "site")
    return main(["review", "-C", site, "--today", "2026-11-23", "--jobs", "1", "-q", *words])


def as_json(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str], since: str = "main"
) -> dict[str, Any]:
    assert review(history, "--since", since, "--format", "json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def change_much(history: MadeUpHistory) -> None:
    """Close a trial, write its block harder, add a plain rule; remove a trial, add one; touch shared files."""
    facts = trial("A made-up study of *aspirin*", overall_status="COMPLETED") + RULES
    history.commit(
        "2026-02-03",
        {
            f"site/{ONE}/trial.yaml": f"{facts}- {{kind: exclusion, plain: I smoke., original: Made-up rule three}}\n",
            f"site/{ONE}/summary.md": f"## In short\n\n{HARD}\n",
            f"site/{THREE}/trial.yaml": None,
            "site/content/trials/NCT00000004/trial.yaml": trial("A new made-up study") + "draft: true\n",
            "site/content/treatments/made-up-drug.yaml": "name: Made-up drug\ndescription: It is made up.\n",
            "site/content/pages/about.md": "---\ntitle: About\n---\nStill made up.\n",
            "beside.txt": "changed\n",
        },
    )


MARKDOWN = """\
## What this changes on the pages

Compared with `main`: 1 trial changed, 1 trial added, 1 trial removed, 2 shared files touched; errors 0 → 1, warnings 0.

| Page | Status | Plain rules | Registered rules | Reading grade | Errors | Warnings |
|---|---|---|---|---|---|---|
| `trials/NCT00000001/` A made-up study of \\*aspirin\\* | recruiting → completed (no page: errors) | 1 → 2 | 3 | In short: -1.1 → 37.6 | 0 → 1 | 0 |
| `trials/NCT00000003/` A third | recruiting → removed; leaves a page that says it is gone | 0 | 0 | none | 0 | 0 |
| `trials/NCT00000004/` A new made-up study | new → recruiting (a draft) | 0 | 0 | none | 0 | 0 |

| Shared file | Change | Pages that it feeds |
|---|---|---|
| `content/pages/about.md` | changed | 1, its own is [about/](https://preview.example.org/about/) |
| `content/treatments/made-up-drug.yaml` | changed | 1, its own is [treatments/made-up-drug/](https://preview.example.org/treatments/made-up-drug/) |

Other trials' pages that show something of this: [trials/NCT00000002/](https://preview.example.org/trials/NCT00000002/).

### NCT00000001 A made-up study of \\*aspirin\\*

* status: recruiting → completed
* summary rewritten: In short
  * gone: Some people take the pill.
  * gone: Some take none.
  * gone: We look at who gets well.
  * gone: We ask you each week how you feel.
  * new: Participants assigned to experimental administration systematically undergo considerable supplementary examinations, necessitating organizational coordination between several participating institutions, departments and authorities.
* plain criteria changed: 1 added
  * new: I smoke.
"""


def test_a_change_is_told_trial_by_trial(history: MadeUpHistory, capsys: pytest.CaptureFixture[str]) -> None:
    change_much(history)
    words = ("--since", "main", "--format", "markdown", "--preview-url", "https://preview.example.org/")
    assert review(history, *words) == 0
    assert capsys.readouterr().out == MARKDOWN


def test_the_report_for_tools_has_every_number(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    change_much(history)
    found = as_json(history, capsys)
    assert (found["errors"], found["warnings"]) == ({"before": 0, "after": 1}, {"before": 0, "after": 0})
    first = found["trials"][0]
    assert first["before"] == {
        "status": "RECRUITING",
        "is_draft": False,
        "is_page": True,
        "plain_rules": 1,
        "registered_rules": 3,
        "grades": {"In short": -1.1, "rules in plain words": None},
        "errors": 0,
        "warnings": 0,
    }
    assert first["after"]["grades"] == {"In short": 37.6, "rules in plain words": None}
    assert [(row["trial_id"], row["kind"], row["after"] is None) for row in found["trials"]] == [
        ("NCT00000001", "changed", False),
        ("NCT00000003", "removed", True),
        ("NCT00000004", "added", False),
    ]


def test_nothing_changed_says_so(history: MadeUpHistory, capsys: pytest.CaptureFixture[str]) -> None:
    assert review(history, "--since", "main") == 0
    assert (
        capsys.readouterr().out == "Compared with main: no trial's own page changes; errors 0, warnings 0.\n"
    )


def test_a_comment_in_a_file_changes_nothing_that_a_page_shows(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    name = f"site/{THREE}/trial.yaml"
    history.commit("2026-02-03", {name: f"# A comment.\n{SITE[name]}"})
    [row] = as_json(history, capsys)["trials"]
    assert (row["kind"], row["changes"], row["before"]) == ("changed", [], row["after"])


def test_what_is_not_committed_counts_too(history: MadeUpHistory, capsys: pytest.CaptureFixture[str]) -> None:
    (history.folder / f"site/{THREE}/trial.yaml").write_text(trial("A third", overall_status="WITHDRAWN"))
    [row] = as_json(history, capsys)["trials"]
    assert [change["words"] for change in row["changes"]] == [
        "recruiting -> withdrawn",
        "interventions changed: 1 removed",
    ]


def test_what_main_changed_meanwhile_is_no_part_of_the_change(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    history.commit("2026-02-03", {f"site/{ONE}/summary.md": f"## In short\n\n{EASY} It is made up.\n"})
    history.run("checkout", "-q", "main")
    history.commit(
        "2026-02-04", {f"site/{TWO}/trial.yaml": trial("Another made-up study", acronym="MADE-UP")}
    )
    history.run("checkout", "-q", "change")
    assert [row["trial_id"] for row in as_json(history, capsys)["trials"]] == ["NCT00000001"]


def test_a_fault_that_a_shared_file_brings_to_another_trial_is_counted(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    history.commit("2026-02-03", {f"site/{ONE}/trial.yaml": None, f"site/{ONE}/summary.md": None})
    found = as_json(history, capsys)
    assert found["errors"] == {"before": 0, "after": 1}, "the second trial names the first as a similar one"
    assert [row["after"] for row in found["trials"]] == [None]


def test_templates_and_settings_count_the_pages_that_they_feed(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    history.commit(
        "2026-02-03",
        {
            "site/templates/prose.html": "{% extends 'base.html' %}\n",
            "site/assets/css/own.css": "p { margin: 0 }\n",
            "site/content/site.yaml": "name: Another name\n",
        },
    )
    files = {file["path"]: file for file in as_json(history, capsys)["files"]}
    assert (files["templates/prose.html"]["kind"], files["templates/prose.html"]["pages"]) == ("added", 1)
    everything = files["content/site.yaml"]["pages"]
    assert everything > 10 and files["content/site.yaml"]["is_upper_bound"]
    assert files["assets/css/own.css"]["pages"] == everything


def test_faults_of_settings_and_pages_are_counted(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    history.commit(
        "2026-02-03",
        {"site/content/site.yaml": "nam: A made-up site\n", "site/content/pages/about.md": "No title.\n"},
    )
    assert as_json(history, capsys)["errors"] == {"before": 0, "after": 2}


def zipped(folder: Path, *studies: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / "made-up.zip", "w") as archive:
        for each in studies:
            number = each["protocolSection"]["identificationModule"]["nctId"]
            archive.writestr(f"{number}.json", json.dumps(each))


def test_a_registry_file_counts_when_it_did_not_change_and_when_it_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history = MadeUpHistory(tmp_path / "repository")
    zipped(history.folder / "site" / "data", study(5), study(6))
    site = "name: A made-up site\nregistry: data/made-up.zip\nregistry_retrieved: 2026-11-20\n"
    history.commit("2026-01-02", {"site/content/site.yaml": site})
    history.commit("2026-02-03", {"site/content/trials/NCT00000005/trial.yaml": "title: A made-up title\n"})
    [row] = as_json(history, capsys, "main~1")["trials"]
    assert row["before"]["status"] == row["after"]["status"] == "RECRUITING"
    assert [change["words"] for change in row["changes"]] == ["title added"]
    zipped(history.folder / "site" / "data", study(5), study(6, status="COMPLETED"), study(7))
    history.commit("2026-03-04", {})
    rows = as_json(history, capsys, "main~1")["trials"]
    assert [(row["trial_id"], row["kind"]) for row in rows] == [
        ("NCT00000006", "changed"),
        ("NCT00000007", "added"),
    ]
    assert rows[0]["changes"][0]["words"] == "recruiting -> completed"


def test_reports_are_written_and_nothing_else(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    change_much(history)
    reports = [history.folder.parent / name for name in ("review.md", "review.json")]
    assert (
        review(history, "--since", "main", *(word for path in reports for word in ("--report", str(path))))
        == 0
    )
    out = capsys.readouterr().out
    assert reports[0].read_text("utf-8").startswith("## What this changes on the pages\n")
    assert json.loads(reports[1].read_text("utf-8"))["since"] == "main"
    assert "trials/NCT00000001/  A made-up study of *aspirin*\n" in out
    assert not (history.folder / "site" / "output").exists()
    assert history.run("status", "--porcelain").split() == ["??", "site/.cache/"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "the following arguments are required: --since"),
        (("--since", "mian"), "--since: git does not know how this work is related to 'mian'"),
        (("--since", "--output=x"), "argument --since: expected one argument"),
        (("--since", "main", "--report", "review.txt"), "--report needs a name that ends in .md or .json"),
        (("--since", "main", "--preview-url", "here"), "--preview-url needs an address"),
    ],
)
def test_wrong_use_is_said(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert review(history, *words) == 2
    assert said in capsys.readouterr().err


def test_without_version_control_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content").mkdir()
    assert main(["review", "-C", str(tmp_path), "--since", "main"]) == 2
    assert "--since asks git, and this folder is not under version control" in capsys.readouterr().err


def test_a_shallow_copy_is_told_how_to_fetch_the_rest(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    change_much(history)
    copy = history.folder.parent / "copy"
    history.run("clone", "-q", "--depth", "1", history.folder.as_uri(), str(copy))
    assert main(["review", "-C", str(copy / "site"), "--since", "origin/main"]) == 2
    assert "history is cut off" in capsys.readouterr().err


def test_a_long_report_fits_a_comment_and_counts_the_rest() -> None:
    change = ToldChange(kind="status", words="recruiting -> completed " * 20, matters_to_readers=True)
    here = Side(status="RECRUITING", faults=Faults())
    rows = tuple(
        TrialReview(
            trial_id=f"NCT{number:08d}", title="Made up " * 12, before=here, after=here, changes=(change,)
        )
        for number in range(1, 501)
    )
    text = markdown(Review(since="main", trials=rows, before=Faults(), after=Faults()))
    assert 50_000 < len(text) <= LONGEST_MARKDOWN
    shown = text.count("\n| `trials/")
    assert f"\nAnd {500 - shown} more trials; the JSON report has them.\n" in text
    told = text.count("\n### NCT")
    assert f"\nThe changes of {500 - told} more trials are left out here" in text


def test_a_title_cannot_format_the_report() -> None:
    side = Side(status="RECRUITING", faults=Faults())
    row = TrialReview(trial_id="NCT00000001", title="a | b <b> @nobody\n# c", before=side, after=side)
    text = markdown(Review(since="ma`in", trials=(row,), before=Faults(), after=Faults()))
    assert "| `trials/NCT00000001/` a \\| b &lt;b" in text
    assert "Compared with `ma'in`" in text


def test_a_strangers_folder_name_cannot_format_the_report() -> None:
    side = Side(faults=Faults())
    row = TrialReview(trial_id="`a`|<b>](x)", before=side, after=side)
    review = Review(since="main", trials=(row,), before=Faults(), after=Faults())
    assert "| `trials/'a'/<b>](x)/` |" in markdown(review)
    assert "(https://example.org/trials/%60a%60%7C%3Cb%3E%5D%28x%29/)" in markdown(
        replace(review, trials=(replace(row, after=replace(side, is_page=True)),)), "https://example.org"
    )
    assert "\n### \\`a\\`\\|&lt;b" in markdown(review)


def test_a_reworded_sentence_stands_below_its_older_form() -> None:
    side = Side(status="RECRUITING", faults=Faults())
    diff = ("- It may harm.", "+ It can harm.", "- One is gone.", "- Two are gone.", "+ A new one.")
    change = ToldChange(kind="words-rewritten", words="summary rewritten", matters_to_readers=True, diff=diff)
    row = TrialReview(trial_id="NCT00000001", before=side, after=side, changes=(change,))
    text = markdown(Review(since="main", trials=(row,), before=Faults(), after=Faults()))
    assert text.endswith(
        "  * was: It may harm.\n  * now: It can harm.\n  * gone: One is gone.\n  * gone: Two are gone.\n  * new: A new one.\n"
    )
