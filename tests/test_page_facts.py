"""What the panel says of a page of a site in memory: places, faults, drift, what it depends on, why it was made."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sites
from test_blocks import FOLDER, TRIAL, line_of_text, record, site_files

from trialpages.preview.batch import Batch
from trialpages.preview.memory.live_site import LiveSite
from trialpages.preview.panel.page_facts import page_facts
from trialpages.words.diagnostics import Diagnostic, Span

SHAPE = {
    "": {"page", "blocks", "faults", "drift", "depends", "reason", "made"},
    "page": {"path", "url", "kind", "title", "trial"},
    "depends": {"files", "shared", "templates", "trials", "trials_hidden", "settings", "parts"},
    "reason": {"said", "files", "parts"},
    "made": {"version", "digest", "is_provisional", "bytes"},
}
LISTED = {
    "blocks": {"id", "at", "name", "level", "sources", "template", "grades", "faults"},
    "faults": {
        *(
            "id",
            "code",
            "severity",
            "what",
            "path",
            "line",
            "column",
            "help",
            "source_line",
            "notes",
            "block",
        ),
    },
}


class Desk:
    """A made-up site in memory, and somebody who saves its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.live = LiveSite(sites.options(folder))
        self.live.open()
        self.live.settle()
        self.tick = 0

    def save(self, path: str, text: str) -> None:
        """Save a file and let the site take it in."""
        self.tick += 1
        sites.write(self.folder, {path: text}, tick=self.tick)
        self.live.apply(Batch(paths=frozenset({str(self.folder / path)})))

    def facts(self, page: str = TRIAL, made_behind: tuple[Diagnostic, ...] = ()) -> dict[str, Any]:
        """What the panel says of a page, as a browser gets it."""
        found: dict[str, Any] = json.loads(json.dumps(page_facts(self.live, page, made_behind)))
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    sites.write(tmp_path, site_files())
    yield Desk(tmp_path)


def test_the_answer_has_the_shape_that_is_written_down(desk: Desk) -> None:
    facts = desk.facts()
    assert set(facts) == SHAPE[""]
    for name in ("page", "depends", "reason", "made"):
        assert set(facts[name]) == SHAPE[name]
    for name, keys in LISTED.items():
        assert facts[name]
        assert all(set(each) == keys for each in facts[name])
    (title,) = (block for block in facts["blocks"] if block["id"] == "title")
    assert title["sources"] == [
        {
            "path": f"{FOLDER}trial.yaml",
            "line": 2,
            "end_line": 2,
            "opens": True,
            "what": "title",
            "kind": "facts",
        }
    ]
    assert facts["page"] == {
        "path": f"{TRIAL}index.html",
        "url": TRIAL,
        "kind": "trial",
        "title": "A made-up study of aspirin | Made-up site",
        "trial": "NCT00000001",
    }


@pytest.mark.parametrize("page", [TRIAL, "", "glossary/", "treatments/aspirin/", "browse/", "not/a/page/"])
def test_nothing_tells_where_the_site_lies(desk: Desk, page: str) -> None:
    assert str(desk.folder) not in json.dumps(desk.facts(page))


def test_an_address_without_a_page_gets_the_facts_of_the_page_for_lost_readers(desk: Desk) -> None:
    facts = desk.facts("not/a/page/")
    assert (facts["page"]["path"], facts["page"]["kind"]) == ("404.html", "not-found")


def test_a_fault_belongs_to_the_block_whose_lines_hold_it(desk: Desk) -> None:
    desk.facts()
    hard = (
        "It is unquestionably extraordinarily complicated to characterize methodological considerations. " * 4
    )
    desk.save(
        f"{FOLDER}summary.md", f"## In short\n\nA made-up study.\n\n## What is being tested?\n\n{hard}\n"
    )
    facts = desk.facts()
    graded = [each for each in facts["faults"] if each["code"].startswith("reading-grade")]
    held = {(each["path"].rpartition("/")[2], each["line"]): each["block"] for each in graded}
    assert held["summary.md", 5] == "summary-what"
    (block,) = (each for each in facts["blocks"] if each["id"] == "summary-what")
    assert block["faults"] == [each["id"] for each in graded if each["path"].endswith("summary.md")]
    assert block["grades"][0]["verdict"] == "too-hard"


def test_a_fault_that_only_the_whole_build_finds_is_told_of_its_page_alone(desk: Desk) -> None:
    found = [
        Diagnostic("made-up-code", "Found behind", Span(f"{folder}summary.md", 1, 1))
        for folder in (FOLDER, "content/trials/NCT00000099/")
    ]
    told = [each for each in desk.facts(made_behind=tuple(found))["faults"] if each["code"] == "made-up-code"]
    assert [each["path"] for each in told] == [f"{FOLDER}summary.md"]


def test_a_fault_of_a_template_belongs_to_the_part_that_it_draws(desk: Desk) -> None:
    desk.save(
        "templates/trial/people.html", '<section id="people">\n{{ page.nothing_of_this_name }}\n</section>\n'
    )
    (fault,) = (each for each in desk.facts()["faults"] if each["code"] == "template-fault")
    assert (fault["path"], fault["line"]) == ("templates/trial/people.html", 2)


def test_it_says_what_the_page_depends_on(desk: Desk) -> None:
    depends = desk.facts()["depends"]
    assert [each["path"].removeprefix(FOLDER) for each in depends["files"]] == [
        *("registry.json", "summary.es.md", "summary.md", "trial.yaml"),
    ]
    assert {"content/treatments/aspirin.yaml", "content/glossary.yaml"} <= {
        each["path"] for each in depends["shared"]
    }
    assert "templates/trial/summary.html" in {each["path"] for each in depends["templates"]}
    assert depends["trials"] == [
        {
            "id": "NCT00000002",
            "title": "Aspirin for Headache",
            "url": "trials/NCT00000002/",
            "why": "a similar trial",
        }
    ]
    assert {"similar_count": 3, "notice": 4}.items() <= {
        each["what"]: each["line"] for each in depends["settings"]
    }.items()
    assert {"name", "what", "digest"} == set(depends["parts"][0])


def test_it_says_which_part_moved_and_which_saved_file_did_it(desk: Desk) -> None:
    assert desk.facts()["reason"]["said"] == "it had not been asked for before"
    desk.save(
        f"{FOLDER}trial.yaml", site_files()[f"{FOLDER}trial.yaml"].replace("Nobody has", "No person has")
    )
    reason = desk.facts()["reason"]
    assert reason["files"] == [f"{FOLDER}trial.yaml"]
    assert {"name": "trial", "what": "a fact or a word of the trial itself"} in reason["parts"]
    assert reason["said"].startswith("changed: ")


def git(folder: Path, *words: str) -> None:
    command = [
        "git",
        "-c",
        "user.name=made up",
        "-c",
        "user.email=made-up@example.org",
        "-C",
        str(folder),
        *words,
    ]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_drift_is_told_as_check_tells_it_and_asked_of_git_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = site_files()
    files[f"{FOLDER}trial.yaml"] += "reviewed_against: 2026-02-01\n"
    sites.write(tmp_path, files)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "content")
    git(tmp_path, "commit", "-qm", "made up")
    newer: Any = record("NCT00000001")
    newer["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"] = {"date": "2026-05-01"}
    newer["protocolSection"]["eligibilityModule"]["maximumAge"] = "90 Years"
    sites.write(tmp_path, {f"{FOLDER}registry.json": json.dumps(newer, indent=1)}, tick=1)
    desk = Desk(tmp_path)
    drift = desk.facts()["drift"]
    assert (drift["code"], drift["path"]) == ("record-newer-than-words", f"{FOLDER}trial.yaml")
    assert drift["line"] == line_of_text(tmp_path / FOLDER / "trial.yaml", "reviewed_against")
    assert any(note["text"].startswith("changed: ") for note in drift["notes"])
    places = {(note["path"], note["line"]) for note in drift["notes"] if note["path"]}
    assert places == {
        (f"{FOLDER}trial.yaml", line_of_text(tmp_path / FOLDER / "trial.yaml", "minimum_age: 20 Years"))
    }
    assert not any(each["code"] == drift["code"] for each in desk.facts()["faults"])

    def asked(*_words: object) -> None:
        raise AssertionError("git was asked again")

    monkeypatch.setattr("trialpages.preview.panel.drift_told.tell_drift", asked)
    assert desk.facts()["drift"] == drift
