"""`new`: a trial is begun from its number, and nothing that is there is ever written over."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sites import write

from trialpages.arguments import UsageError
from trialpages.cli import main
from trialpages.importing.records import text_of
from trialpages.new_command import trial_number

RECORD = Path(__file__).parent / "ctgov" / "NCT00000001.json"
STUDY: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    write(folder, {"content/site.yaml": "name: A made-up site\n"})
    return folder


def call(site: Path, *words: str) -> int:
    return main(["new", *words, "-C", str(site)])


def files(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site / "content" / "trials").as_posix(): path.read_text("utf-8")
        for path in sorted((site / "content" / "trials").rglob("*"))
        if path.is_file()
    }


def study(number: int, **identification: Any) -> dict[str, Any]:
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08}", "briefTitle": "Made-up", **identification},
            "statusModule": {
                "overallStatus": "COMPLETED",
                "lastUpdatePostDateStruct": {"date": "2026-10-01"},
            },
        }
    }


def test_a_trial_is_begun_and_the_next_steps_are_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(site, "nct00000009") == 0
    assert list(files(site)) == ["NCT00000009/summary.md", "NCT00000009/trial.yaml"]
    assert capsys.readouterr().out == (
        "made   content/trials/NCT00000009/trial.yaml\n"
        "made   content/trials/NCT00000009/summary.md\n"
        "made   schema\n"
        "\n"
        "Next:\n"
        "1. Bring the registry's facts: python build.py import NCT00000009 (they give the title and the status).\n"
        "2. Write under the headings of content/trials/NCT00000009/summary.md; the comments there help.\n"
        "3. Look at the page: python build.py serve --drafts; what is missing is told by: python build.py check\n"
    )


def test_a_number_of_another_registry(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(site, "2014-002476-92") == 0
    told = capsys.readouterr().out
    assert "1. Fill in brief_title and overall_status in content/trials/2014-002476-92/trial.yaml.\n" in told
    assert main(["check", "-C", str(site), "--jobs", "1", "--strict"]) == 0
    told = capsys.readouterr().out
    assert "note[no-title]: The trial has no title" in told
    assert "= help: write the registered short title here" in told
    assert "note[no-status]: The trial does not say whether it is open" in told


def test_what_is_there_stays(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, {"content/trials/NCT00000009/trial.yaml": "title: Mine\n"})
    assert call(site, "NCT00000009") == 0
    told = capsys.readouterr().out
    assert "stays  content/trials/NCT00000009/trial.yaml (it was there already)\n" in told
    found = files(site)
    assert found["NCT00000009/trial.yaml"] == "title: Mine\n"
    assert "NCT00000009/summary.md" in found
    assert call(site, "NCT00000009") == 0
    assert "made" not in capsys.readouterr().out
    assert files(site) == found


def test_a_record_is_put_beside_the_files_and_the_site_builds(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(site, "--from", str(RECORD)) == 0
    told = capsys.readouterr().out
    assert told.startswith("made   content/trials/NCT00000001/registry.json\n")
    assert "1. Write under the headings of content/trials/NCT00000001/summary.md" in told
    found = files(site)
    assert found["NCT00000001/registry.json"].encode() == text_of(STUDY)
    assert 'reviewed_against: "2026-10-20"' in found["NCT00000001/trial.yaml"]
    assert main(["build", "--strict", "-C", str(site), "--jobs", "1", "--today", "2026-11-23"]) == 0


def test_a_record_that_is_there_stays(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, {"content/trials/NCT00000001/registry.json": text_of(STUDY)})
    newer = json.loads(json.dumps(STUDY))
    newer["protocolSection"]["identificationModule"]["briefTitle"] = "Another made-up title"
    (tmp_path / "newer.json").write_text(json.dumps(newer))
    assert call(site, "NCT00000001", "--from", str(tmp_path / "newer.json")) == 0
    assert "stays  content/trials/NCT00000001/registry.json (it was there already)" in capsys.readouterr().out
    assert files(site)["NCT00000001/registry.json"].encode() == text_of(STUDY)


def test_an_older_number_leads_to_the_study(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "two.json").write_text(json.dumps([study(7), study(8, nctIdAliases=["NCT00000088"])]))
    assert call(site, "NCT00000088", "--from", str(tmp_path / "two.json")) == 0
    assert capsys.readouterr().out.startswith("NCT00000088 is an older number of NCT00000008\n")
    assert "NCT00000008/registry.json" in files(site)


def test_the_record_of_the_folder_or_of_the_sites_snapshot_is_quoted(site: Path) -> None:
    write(site, {"content/site.yaml": "name: A made-up site\nregistry: data.zip\n"})
    with zipfile.ZipFile(site / "data.zip", "w") as archive:
        archive.writestr("NCT00000007.json", json.dumps(study(7)))
    write(site, {"content/trials/NCT00000001/registry.json": text_of(STUDY)})
    assert call(site, "NCT00000007") == 0
    assert call(site, "NCT00000001") == 0
    found = files(site)
    assert 'reviewed_against: "2026-10-01"' in found["NCT00000007/trial.yaml"]
    assert 'reviewed_against: "2026-10-20"' in found["NCT00000001/trial.yaml"]
    assert "NCT00000007/registry.json" not in found


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        (b"[]", [], "registry-not-a-study"),
        (b"<html><title>Made-up</title></html>", [], 'an HTML page with the title "Made-up"'),
        (b"PK\x03\x04", [], "The file is a zip archive of records"),
        (json.dumps([study(7), study(8)]).encode(), [], "The file holds 2 studies; which of them is meant?"),
        (
            json.dumps([study(7), study(8)]).encode(),
            ["NCT00000001"],
            "The record is about 2 other studies, not about NCT00000001",
        ),
        (
            json.dumps(study(7)).encode(),
            ["NCT00000001"],
            "The record is about NCT00000007, not about NCT00000001",
        ),
        (None, [], "The file cannot be read: No such file or directory"),
    ],
)
def test_a_file_that_is_no_record_of_the_trial(
    site: Path,
    tmp_path: Path,
    content: bytes | None,
    words: list[str],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "given.json"
    if content is not None:
        path.write_bytes(content)
    assert call(site, *words, "--from", str(path)) == 1
    assert told in capsys.readouterr().out
    assert not (site / "content" / "trials").exists()


def test_the_report_for_tools(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(site, "NCT00000009", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "trial": "NCT00000009",
        "made": [
            "content/trials/NCT00000009/trial.yaml",
            "content/trials/NCT00000009/summary.md",
            "schema",
        ],
        "kept": [],
        "failure": None,
    }


def test_a_folder_that_is_no_site_gets_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, "NCT00000009") == 2
    assert "there is no site.yaml in content; give the site's folder with -C" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_other_letters_is_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, {"content/trials/nct00000009/trial.yaml": "title: Mine\n"})
    assert call(site, "NCT00000009") == 2
    assert "there is a folder 'nct00000009' already; rename it to 'NCT00000009'" in capsys.readouterr().err


def test_without_a_number_there_is_nothing_to_begin(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(site) == 2
    assert "which trial? Give its number" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("NCT01234567", "NCT01234567"),
        (" nct01234567 ", "NCT01234567"),
        ("2014-002476-92", "2014-002476-92"),
        ("2014\u2011002476\u201192", "2014-002476-92"),
        ("ISRCTN12345678", "ISRCTN12345678"),
    ],
)
def test_numbers_that_are_taken(given: str, number: str) -> None:
    assert trial_number(given) == number


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("NCTO1234567", "did you mean NCT01234567?"),
        ("NCTo123456l", "did you mean NCT01234561?"),
        ("NCT 0123 4567", "did you mean NCT01234567?"),
        ("NCT-01234567", "did you mean NCT01234567?"),
        ("01234567", "did you mean NCT01234567?"),
        ("https://clinicaltrials.gov/study/nct01234567?tab=table", "did you mean NCT01234567?"),
        ("NCT0123456", "has 7 digits; a ClinicalTrials.gov number is NCT and eight digits"),
        ("NCT012345678", "has 9 digits"),
        ("NCT", "has no digits"),
        ("NCT0123456x", "is no number of a trial"),
        ("aspirin", "such as 2014-002476-92"),
        ("../2014-002476-92", "such as 2014-002476-92"),
        ("", "such as 2014-002476-92"),
    ],
)
def test_numbers_that_are_none_get_a_guess_or_the_form(given: str, told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        trial_number(given)
