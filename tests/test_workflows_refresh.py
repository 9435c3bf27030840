"""`scripts/refresh-pull-request.sh`: one branch, one pull request, and nothing that an editor wrote is lost. All made up."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from made_up_gh import MadeUpGh, made_up_gh
from made_up_history import WHO, MadeUpHistory

SCRIPT = Path(__file__).parent.parent / "scripts" / "refresh-pull-request.sh"
ONE, TWO = (f"content/trials/NCT0000000{n}" for n in (1, 2))
BRANCH = "origin/registry-refresh"


def record(status: str, day: str = "2026-11-20") -> str:
    """Return what stands for a record: facts, and the day of the copy on a line of its own."""
    return (
        f'{{\n  "status": "{status}",\n  "what": "made up",\n  "kept": 1,\n  "versionHolder": "{day}"\n}}\n'
    )


class Repository:
    """A bare remote, an editor's clone of it, and what a night's refresh does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.editor = MadeUpHistory(folder / "editor")
        self.gh: MadeUpGh = made_up_gh(folder / "gh")
        self.editor.commit(
            "2026-11-20",
            {
                f"{ONE}/registry.json": record("RECRUITING"),
                f"{ONE}/summary.md": "## In short\n\nMade up.\n",
                f"{TWO}/registry.json": record("RECRUITING"),
            },
        )
        self.editor.run("clone", "-q", "--bare", str(self.editor.folder), str(folder / "origin.git"))
        self.editor.run("remote", "add", "origin", str(folder / "origin.git"))
        self.editor.run("fetch", "-q", "origin")

    def refresh(
        self, records: dict[str, str], report: str = "1 trial changed.\n", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Import these records on a fresh checkout of `main`, and run the script."""
        checkout, text = self.folder / "checkout", self.folder / "report.md"
        shutil.rmtree(checkout, ignore_errors=True)
        self.editor.run("clone", "-q", str(self.folder / "origin.git"), str(checkout))
        for path, content in records.items():
            (checkout / path).parent.mkdir(parents=True, exist_ok=True)
            (checkout / path).write_text(content)
        text.write_text(report)
        environment = {
            **os.environ,
            **WHO,
            **self.gh.variables,
            "PATH": f"{self.gh.commands}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": os.devnull,
            **variables,
        }
        before = self.git_state(checkout)
        done = subprocess.run(
            [str(SCRIPT), str(text)],
            cwd=checkout,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert self.git_state(checkout) == before, "the checkout stays as it is"
        self.editor.run("fetch", "-q", "origin")
        return done

    @staticmethod
    def git_state(checkout: Path) -> str:
        words = ["git", "-C", str(checkout)]
        asked = (["status", "--porcelain"], ["rev-parse", "HEAD"], ["worktree", "list"])
        return "".join(
            subprocess.run([*words, *each], capture_output=True, text=True, check=True).stdout
            for each in asked
        )

    def shown(self, path: str, of: str = BRANCH) -> str:
        """Return a file of the branch."""
        return self.editor.run("show", f"{of}:{path}")

    def tip(self) -> str:
        """Return the name of the branch's last commit."""
        return self.editor.run("rev-parse", BRANCH).strip()

    def pushed_to(self, branch: str, day: str, files: dict[str, str | None]) -> None:
        """Commit an editor's files on a branch of the remote."""
        self.editor.run("checkout", "-q", "-B", "work", f"origin/{branch}")
        self.editor.commit(day, files, "An editor's change")
        self.editor.run("push", "-q", "origin", f"work:{branch}")
        self.editor.run("fetch", "-q", "origin")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


@pytest.fixture
def opened(repository: Repository) -> Repository:
    """A repository whose pull request is open, with the first trial's new record."""
    done = repository.refresh({f"{ONE}/registry.json": record("COMPLETED", "2026-11-21")})
    assert done.returncode == 0, done.stderr
    return repository


def test_a_change_opens_a_pull_request_with_the_records_alone(repository: Repository) -> None:
    records = {f"{ONE}/registry.json": record("COMPLETED"), f"{ONE}/summary.md": "Not of the import.\n"}
    done = repository.refresh(
        records, "1 trial changed.\n\n* recruiting -> completed\n", CHECK_WORKFLOW="check.yml"
    )
    assert done.returncode == 0, done.stderr
    assert repository.editor.run("diff", "--name-only", "origin/main", BRANCH).split() == [
        f"{ONE}/registry.json"
    ]
    [call] = repository.gh.calls("pr create")
    assert call.startswith(
        "pr create --base main --head registry-refresh --title Refresh the registry records"
    )
    assert repository.gh.body.endswith("\n1 trial changed.\n\n* recruiting -> completed\n")
    assert repository.gh.calls("workflow") == ["workflow run check.yml --ref registry-refresh"]
    subject, _blank, said = repository.editor.run("log", "-1", "--format=%B", BRANCH).rstrip().split("\n")
    assert (subject, said) == ("Refresh the registry records", "1 trial changed.")


@pytest.mark.parametrize("records", [{}, {f"{ONE}/summary.md": "Not of the import.\n"}])
def test_without_a_new_record_nothing_is_opened(repository: Repository, records: dict[str, str]) -> None:
    done = repository.refresh(records)
    assert (done.returncode, done.stdout) == (0, "No record has changed: nothing is opened.\n")
    assert [call.split(" --")[0] for call in repository.gh.calls("")] == ["pr list"]
    assert BRANCH not in repository.editor.run("branch", "-r")


def test_without_a_report_nothing_is_opened(repository: Repository) -> None:
    done = repository.refresh({f"{ONE}/registry.json": record("COMPLETED")}, "")
    assert done.returncode == 0 and "nothing was imported" in done.stdout
    assert repository.gh.calls("") == []


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-23"])
def test_the_same_records_on_another_day_are_no_news(opened: Repository, day: str) -> None:
    before = opened.tip()
    done = opened.refresh({f"{ONE}/registry.json": record("COMPLETED", day)})
    assert (done.returncode, opened.tip()) == (0, before)
    assert "since pull request 7 was last updated" in done.stdout
    assert opened.gh.calls("api") == []


def test_a_confirmed_record_comes_along_although_only_its_day_is_new(opened: Repository) -> None:
    records = {
        f"{ONE}/registry.json": record("COMPLETED", "2026-12-10"),
        f"{TWO}/registry.json": record("RECRUITING", "2026-12-10"),
    }
    assert opened.refresh(records).returncode == 0
    assert "2026-12-10" in opened.shown(f"{TWO}/registry.json")


def test_an_editors_commits_and_words_stay(opened: Repository) -> None:
    words, added = "## In short\n\nIt has ended.\n", "content/trials/NCT00000003/registry.json"
    files = {f"{ONE}/summary.md": words, added: record("RECRUITING")}
    opened.pushed_to("registry-refresh", "2026-11-22", {**files})
    editors = opened.tip()
    (opened.gh.folder / "body").write_text(f"Ask Made Up first.\r\n\r\n{opened.gh.body}", newline="")
    records = {f"{ONE}/registry.json": record("COMPLETED"), f"{TWO}/registry.json": record("SUSPENDED")}
    assert opened.refresh(records, "2 trials changed.\n").returncode == 0
    assert (opened.shown(f"{ONE}/summary.md"), opened.shown(added)) == (words, record("RECRUITING"))
    assert "SUSPENDED" in opened.shown(f"{TWO}/registry.json")
    assert editors in opened.editor.run("rev-list", BRANCH).split()
    assert len(opened.gh.calls("pr create")) == 1 and len(opened.gh.calls("api")) == 1
    text = opened.gh.body
    assert text.startswith("Ask Made Up first.\n") and text.endswith("-->\n2 trials changed.\n")
    assert "1 trial changed." not in text


@pytest.mark.parametrize("status", ["WITHDRAWN", "COMPLETED"])
def test_two_versions_of_a_record_are_no_conflict(opened: Repository, status: str) -> None:
    opened.pushed_to("main", "2026-11-22", {f"{ONE}/registry.json": record("TERMINATED", "2026-11-22")})
    done = opened.refresh({f"{ONE}/registry.json": record(status, "2026-11-23")})
    assert done.returncode == 0, done.stderr
    assert opened.shown(f"{ONE}/registry.json") == record(status, "2026-11-23")
    opened.editor.run("merge-base", "--is-ancestor", "origin/main", BRANCH)


def test_a_trial_that_an_editor_takes_away_on_the_branch_stays_away(opened: Repository) -> None:
    opened.pushed_to("registry-refresh", "2026-11-22", {f"{TWO}/registry.json": None})
    before = opened.tip()
    first = {f"{ONE}/registry.json": record("COMPLETED")}
    assert opened.refresh(first).returncode == 0
    assert opened.refresh({**first, f"{TWO}/registry.json": record("SUSPENDED")}).returncode == 0
    assert opened.tip() == before
    opened.pushed_to("main", "2026-11-22", {f"{TWO}/registry.json": record("WITHDRAWN")})
    done = opened.refresh(
        {f"{ONE}/registry.json": record("TERMINATED"), f"{TWO}/registry.json": record("UNKNOWN")}
    )
    assert done.returncode == 0, done.stderr
    assert opened.editor.run("ls-tree", "-r", "--name-only", BRANCH, "--", TWO) == ""
    assert "TERMINATED" in opened.shown(f"{ONE}/registry.json")


def test_a_trial_that_main_has_taken_away_leaves_the_branch_too(opened: Repository) -> None:
    opened.pushed_to("main", "2026-11-22", {f"{ONE}/registry.json": None, f"{ONE}/summary.md": None})
    done = opened.refresh({f"{TWO}/registry.json": record("SUSPENDED")})
    assert done.returncode == 0, done.stderr
    assert opened.editor.run("ls-tree", "-r", "--name-only", BRANCH).split() == [f"{TWO}/registry.json"]


def test_a_conflict_in_words_is_left_to_people(opened: Repository) -> None:
    opened.pushed_to("registry-refresh", "2026-11-22", {f"{ONE}/summary.md": "It has ended.\n"})
    opened.pushed_to("main", "2026-11-22", {f"{ONE}/summary.md": "It goes on.\n"})
    before = opened.tip()
    done = opened.refresh(
        {f"{TWO}/registry.json": record("SUSPENDED"), f"{ONE}/registry.json": record("COMPLETED")}
    )
    assert (done.returncode, opened.tip()) == (1, before)
    assert done.stdout.splitlines() == [f"{ONE}/summary.md"]
    assert "Merge main into registry-refresh by hand" in done.stderr


def test_after_a_closed_pull_request_the_branch_begins_anew_and_nothing_is_forced(opened: Repository) -> None:
    opened.pushed_to("registry-refresh", "2026-11-22", {f"{ONE}/summary.md": "A refused change.\n"})
    refused = opened.tip()
    opened.gh.close()
    assert opened.refresh({f"{TWO}/registry.json": record("SUSPENDED")}).returncode == 0
    assert opened.editor.run("diff", "--name-only", "origin/main", BRANCH).split() == [f"{TWO}/registry.json"]
    assert refused in opened.editor.run("rev-list", BRANCH).split()
    assert len(opened.gh.calls("pr create")) == 2


def test_a_push_in_the_same_moment_is_not_overwritten(opened: Repository) -> None:
    opened.editor.run("checkout", "-q", "-B", "work", BRANCH)
    editors = opened.editor.commit("2026-11-22", {f"{ONE}/summary.md": "It has ended.\n"})
    opened.gh.meanwhile(f"git -C {opened.editor.folder} push -q origin work:registry-refresh")
    records = {f"{TWO}/registry.json": record("SUSPENDED"), f"{ONE}/registry.json": record("COMPLETED")}
    done = opened.refresh(records)
    assert (done.returncode, opened.tip()) == (1, editors)
    assert "The next refresh goes on" in done.stderr and opened.gh.calls("api") == []
    assert opened.refresh(records).returncode == 0
    assert editors in opened.editor.run("rev-list", BRANCH).split()


def test_a_repository_that_forbids_it_is_told_where_to_allow_it(repository: Repository) -> None:
    (repository.gh.folder / "forbidden").touch()
    records = {f"{ONE}/registry.json": record("COMPLETED")}
    done = repository.refresh(records)
    assert done.returncode == 1 and "Allow GitHub Actions to create and approve pull requests" in done.stderr
    (repository.gh.folder / "forbidden").unlink()
    assert repository.refresh(records).returncode == 0
    assert len(repository.gh.calls("pr create")) == 2


def test_a_remote_that_does_not_answer_is_no_empty_one(opened: Repository) -> None:
    shutil.move(opened.folder / "origin.git", opened.folder / "moved.git")
    environment = {
        **os.environ,
        **opened.gh.variables,
        "PATH": f"{opened.gh.commands}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        [str(SCRIPT), str(opened.folder / "report.md")],
        cwd=opened.folder / "checkout",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and "cannot be asked" in done.stderr
    assert len(opened.gh.calls("pr list")) == 1


def test_a_long_report_fits_into_a_pull_request(repository: Repository) -> None:
    report = "".join(f"* Made-up trial {number}: “ä” é\n" for number in range(5000))
    assert repository.refresh({f"{ONE}/registry.json": record("COMPLETED")}, report).returncode == 0
    text = repository.gh.body
    assert 60_000 < len(text.encode()) < 65_536
    assert text.endswith(
        "“ä” é\n\nThe report is longer than a pull request can hold; the changed files show the rest.\n"
    )
