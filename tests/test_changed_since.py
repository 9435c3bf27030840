"""`check --changed-since`: what a change touches and what depends on it is shown; the rest is counted. All made up."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from made_up_history import MadeUpHistory
from sites import options, trial

from trialpages.cli import main
from trialpages.stages.build import check
from trialpages.stages.options import Report

ONE, TWO, THREE = (f"content/trials/NCT0000000{n}" for n in (1, 2, 3))
SITE: dict[str, str | None] = {
    "site/content/site.yaml": "name: A made-up site\n",
    f"site/{ONE}/trial.yaml": trial("A made-up study of aspirin"),
    f"site/{ONE}/summary.md": "## In short\n\n[Gone first](../../gone-first/).\n",
    f"site/{TWO}/trial.yaml": trial("Another made-up study", similar="[NCT00000001]"),
    f"site/{TWO}/summary.md": "## In short\n\n[Gone](../../gone/) and [so](../../about/).\n",
    f"site/{THREE}/trial.yaml": trial("A third", interventions="[{name: Made-up drug, type: DRUG}]"),
    f"site/{THREE}/summary.md": "## In short\n\n[Gone too](../../gone-too/).\n",
    "site/content/treatments/made-up-drug.yaml": "name: Made-up drug\n",
    "site/content/pages/about.md": "---\ntitle: About\n---\nMade up.\n",
    "beside.txt": "not of the site\n",
}


@pytest.fixture
def history(tmp_path: Path) -> MadeUpHistory:
    """A repository with a site in a folder, faults in its trials, and a branch for a change."""
    made = MadeUpHistory(tmp_path / "repository")
    made.commit("2026-01-02", SITE)
    made.run("checkout", "-q", "-b", "change")
    return made


def shown(history: MadeUpHistory, *changed: str) -> list[str]:
    """Return what is said of a change of these files, and how many faults elsewhere."""
    report: Report = check(options(history.folder / "site", changed=frozenset(changed)))
    said = [f"{each.code} {each.span.path.removeprefix('content/')}" for each in report.diagnostics]
    return [
        *sorted(each for each in said if not each.startswith("not-reviewed")),
        f"{report.elsewhere} elsewhere",
    ]


FAULT_1 = "broken-link trials/NCT00000001/summary.md"
FAULT_2 = "broken-link trials/NCT00000002/summary.md"
FAULT_3 = "broken-link trials/NCT00000003/summary.md"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ((), ["3 elsewhere"]),
        (("README.md",), ["3 elsewhere"]),
        ((f"{ONE}/summary.md",), [FAULT_1, FAULT_2, "1 elsewhere"]),
        ((f"{TWO}/summary.md",), [FAULT_2, "2 elsewhere"]),
        ((f"{THREE}/trial.yaml",), [FAULT_3, "2 elsewhere"]),
        (("content/treatments/made-up-drug.yaml",), [FAULT_3, "2 elsewhere"]),
        (("content/pages/gone.md",), [FAULT_2, "2 elsewhere"]),
        (("templates/prose.html",), [FAULT_1, FAULT_2, FAULT_3, "0 elsewhere"]),
        (("assets/css/own.css",), [FAULT_1, FAULT_2, FAULT_3, "0 elsewhere"]),
        (("content/glossary.yaml",), [FAULT_1, FAULT_2, FAULT_3, "0 elsewhere"]),
        (("content/site.yaml",), [FAULT_1, FAULT_2, FAULT_3, "0 elsewhere"]),
        (("locale/es.po",), [FAULT_1, FAULT_2, FAULT_3, "0 elsewhere"]),
    ],
)
def test_a_change_shows_its_own_faults_and_those_of_what_depends_on_it(
    history: MadeUpHistory, changed: tuple[str, ...], said: list[str]
) -> None:
    assert shown(history, *changed) == said


def call(history: MadeUpHistory, *words: str) -> int:
    site = str(history.folder / "site")
    return main(["check", "-C", site, "--today", "2026-11-23", "--jobs", "1", "--format", "short", *words])


def test_faults_elsewhere_are_counted_and_fail_nothing(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    about = "---\ntitle: About\n---\nStill made up.\n"
    history.commit("2026-02-03", {"site/content/pages/about.md": about, "beside.txt": "changed\n"})
    assert call(history, "--changed-since", "main") == 0
    out = capsys.readouterr().out
    assert "0 errors" in out
    assert out.endswith("\n3 faults elsewhere, not of this change, are not shown\n")
    assert call(history) == 1


def test_what_is_not_committed_yet_and_what_was_removed_counts(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    history.commit("2026-02-03", {"site/content/pages/about.md": None})
    assert call(history, "--changed-since", "main") == 1
    out = capsys.readouterr().out
    assert f"{TWO}/summary.md:3:30: error[broken-link]" in out
    assert "2 faults elsewhere" not in out and "3 faults elsewhere" in out
    (history.folder / f"site/{THREE}/summary.md").write_text("## In short\n\n[New](../../new/).\n", "utf-8")
    assert call(history, "--changed-since", "main") == 1
    assert f"{THREE}/summary.md:3:7: error[broken-link]" in capsys.readouterr().out


def test_changed_files_come_first_in_a_workflow(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    words = {f"site/{TWO}/summary.md": "## In short\n\n[Gone](../../gone/) still.\n"}
    history.commit("2026-02-03", {**words, f"site/{ONE}/trial.yaml": trial("Another title")})
    assert call(history, "--format", "github", "--changed-since", "main") == 1
    lines = capsys.readouterr().out.splitlines()
    files = [line.partition("file=")[2].partition(",")[0] for line in lines if line.startswith("::error")]
    assert files == [f"site/{TWO}/summary.md", f"site/{ONE}/summary.md"]


def test_a_name_that_git_does_not_know_is_wrong_use(
    history: MadeUpHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(history, "--changed-since", "mian") == 2
    err = capsys.readouterr().err
    assert "git does not know how this work is related to 'mian'" in err
    assert "name a branch, a tag or a commit, such as origin/main, and fetch it first" in err
    assert call(history, "--changed-since", "--output=x") == 2


def test_a_folder_without_version_control_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content").mkdir()
    words = ["check", "-C", str(tmp_path), "--changed-since", "main"]
    assert main(words) == 2
    assert "this folder is not under version control, or git is not installed" in capsys.readouterr().err


def test_a_copy_that_is_cut_off_is_told_how_to_fetch_the_rest(
    history: MadeUpHistory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history.run("checkout", "-q", "main")
    history.commit("2026-02-03", {"beside.txt": "on main\n"})
    history.run("checkout", "-q", "change")
    history.commit("2026-02-04", {"beside.txt": "on the branch\n"})
    copy = tmp_path / "copy"
    address = f"file://{history.folder}"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", "--no-single-branch", "--branch=change", address, str(copy)],
        check=True,
    )
    assert main(["check", "-C", str(copy / "site"), "--changed-since", "origin/main"]) == 2
    err = capsys.readouterr().err
    assert "this copy's history is cut off before it reaches 'origin/main'" in err
    assert "run 'git fetch --unshallow', or give the checkout step of a workflow 'fetch-depth: 0'" in err
