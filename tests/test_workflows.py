"""The workflows: valid, pinned, with the least rights; and every step of every job run here as a runner would run it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser.tools import lacking, program
from crawler import pages
from importing_sites import by_number, put_record, study
from made_up_gh import made_up_gh
from made_up_history import MadeUpHistory
from registry_server import Registry, serving
from sites import trial
from workflow_runner import COMMAND_FOLDER, ROOT, WORKFLOWS, Runner, workflow

FOR_SITES = ("pull-request.yml", "pages.yml", "refresh.yml")
"""The workflows that a site copies; check.yml holds the program's own tests."""

ALL = (*FOR_SITES, "check.yml")
PINNED = re.compile(r"uses: ([\w.-]+/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)")
RIGHTS: dict[str, dict[str, str]] = {
    "check.yml/check": {"contents": "read"},
    "pull-request.yml/pages": {"contents": "read"},
    "pages.yml/build": {"contents": "read", "pages": "read"},
    "pages.yml/deploy": {"pages": "write", "id-token": "write"},
    "pages.yml/see": {"contents": "read"},
    "refresh.yml/refresh": {"contents": "write", "pull-requests": "write", "actions": "write"},
}
JOBS = [name.split("/") for name in RIGHTS]
SCRIPTS = ("install.sh", "preview-note.sh", "previous-site.sh", "public-site.sh", "refresh-pull-request.sh")


def test_every_workflow_is_known_here() -> None:
    assert sorted(path.name for path in WORKFLOWS.iterdir()) == sorted(ALL)
    assert sorted(f"{name}/{job}" for name in ALL for job in workflow(name)["jobs"]) == sorted(RIGHTS)


@pytest.mark.parametrize("name", ALL)
def test_a_workflow_follows_the_schema(name: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, str(WORKFLOWS / name)], capture_output=True, text=True, check=False)
    if "No module named" in done.stderr:
        lacking("check-jsonschema", "run `make test`, which installs it")
    assert done.returncode == 0, done.stdout


def test_no_workflow_has_a_known_weakness() -> None:
    zizmor = COMMAND_FOLDER / "zizmor"
    if not zizmor.exists():
        lacking("zizmor", "run `make test`, which installs it")
    words = ["--offline", "--no-progress", "--persona", "auditor", "--format", "plain", str(ROOT / ".github")]
    done = subprocess.run([str(zizmor), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_action_is_pinned_and_the_same_everywhere() -> None:
    found: dict[str, set[tuple[str, str]]] = {}
    for name in ALL:
        for line in (WORKFLOWS / name).read_text("utf-8").splitlines():
            if "uses:" in line:
                pinned = PINNED.search(line)
                assert pinned, f"{name}: {line.strip()} names no commit, or not the version that it is"
                found.setdefault(pinned[1], set()).add((pinned[2], pinned[3]))
    assert [action for action, versions in found.items() if len(versions) > 1] == []
    assert {action.split("/")[0] for action in found} == {"actions"}, "only GitHub's own actions are used"


@pytest.mark.parametrize(("name", "job_name"), JOBS)
def test_a_job_has_only_the_rights_that_it_needs(name: str, job_name: str) -> None:
    found = workflow(name)
    job = found["jobs"][job_name]
    assert found["permissions"] == {}
    assert job["permissions"] == RIGHTS[f"{name}/{job_name}"]
    assert 0 < job["timeout-minutes"] <= 90
    assert found["concurrency"]["group"]
    for step in job["steps"]:
        assert "${{" not in step.get("run", "")
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
            assert step["with"]["fetch-depth"] == 0


def test_strangers_start_nothing_that_may_write() -> None:
    for name in ALL:
        # YAML 1.1 takes the word `on` for true.
        events: dict[str, Any] = yaml.safe_load((WORKFLOWS / name).read_text("utf-8"))[True]
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(events)
        if "pull_request" in events:
            rights = [job["permissions"] for job in workflow(name)["jobs"].values()]
            assert rights == [{"contents": "read"}]
            assert "secrets." not in (WORKFLOWS / name).read_text("utf-8")


def test_the_scripts_that_the_workflows_run_can_be_run() -> None:
    said = " ".join(
        step.get("run", "")
        for name in ALL
        for job in workflow(name)["jobs"].values()
        for step in job["steps"]
    )
    named = set(re.findall(r"(?:scripts/[\w-]+\.sh|\.ci/run)", said))
    assert named == {f"scripts/{name}" for name in SCRIPTS} | {".ci/run"}
    for name in named:
        assert os.access(ROOT / name, os.X_OK), name
        subprocess.run(
            ["sh", "-n", str(ROOT / name)] if name.endswith(".sh") else ["bash", "-n", ROOT / name],
            check=True,
        )


def test_owners_are_named_for_files_that_exist() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text("utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    teams = {team for rule in rules for team in rule[1:]}
    assert teams == {f"@your-organization/{name}" for name in ("editors", "medical-reviewers", "developers")}
    for rule in rules:
        if rule[0].endswith("/"):
            assert (ROOT / rule[0].strip("/")).is_dir(), rule[0]
        elif "*" not in rule[0]:
            assert (ROOT / rule[0].strip("/")).is_file(), rule[0]


def test_the_template_asks_for_the_medical_review() -> None:
    text = (ROOT / ".github" / "pull_request_template.md").read_text("utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["What changes, and why", "Author", "Registry facts", "Editor", "Medical review"]
    for asked in (
        "read the changed words aloud",
        "AI-assisted: yes / no",
        "- Who, and their role:",
        "- Date:",
        "- What was checked",
    ):
        assert asked in text


# --- The jobs, step by step.


@pytest.fixture
def registry() -> Iterator[Registry]:
    with serving(by_number(study(1), study(2))) as found:
        yield found


@pytest.fixture
def origin(tmp_path: Path, registry: Registry) -> MadeUpHistory:
    """A made-up site in a repository of its own, with what it copied from the project; its bare remote lies beside it."""
    made = MadeUpHistory(tmp_path / "site")
    (made.folder / "scripts").mkdir()
    for name in SCRIPTS:
        shutil.copy(ROOT / "scripts" / name, made.folder / "scripts")
    shutil.copytree(ROOT / ".github", made.folder / ".github")
    for number in (1, 2):
        put_record(made.folder, study(number))
    made.commit(
        "2026-11-20",
        {
            "content/site.yaml": f"name: A made-up site\nregistry_address: {registry.address}\nrequests_per_minute: 600\n",
            "content/trials/NCT00000001/trial.yaml": "title: A made-up trial\nreviewed_against: 2026-10-01\n",
            "content/trials/NCT00000003/trial.yaml": trial("A made-up trial without a record"),
            ".gitignore": "output/\n.cache/\n",
        },
    )
    made.run("clone", "-q", "--bare", str(made.folder), str(tmp_path / "origin.git"))
    made.run("remote", "add", "origin", str(tmp_path / "origin.git"))
    made.run("fetch", "-q", "origin")
    return made


def pull_request(origin: MadeUpHistory, tmp_path: Path, files: dict[str, str | None]) -> Runner:
    """Return a runner in the merge of a change with `main`, as GitHub checks it out, and cut off from its remote."""
    origin.run("checkout", "-q", "-b", "change")
    origin.commit("2026-11-21", files)
    origin.run("checkout", "-q", "--detach", "main")
    origin.run("merge", "-q", "--no-ff", "-m", "Merge the change", "change")
    # A pull request from a fork has no right to write, and the check asks the remote for nothing.
    origin.run("remote", "set-url", "origin", str(tmp_path / "nowhere"))
    expressions = {
        "github.base_ref || github.event.repository.default_branch": "main",
        "steps.preview.outputs.artifact-url": "https://github.example.org/artifacts/1",
    }
    return Runner(origin.folder, tmp_path / "runner", "pull_request", expressions)


def test_a_pull_request_gets_a_list_of_its_pages_and_a_preview(origin: MadeUpHistory, tmp_path: Path) -> None:
    changed = trial("A made-up trial without a record", overall_status="COMPLETED")
    runner = pull_request(origin, tmp_path, {"content/trials/NCT00000003/trial.yaml": changed})
    ran = runner.run("pull-request.yml", "pages")
    assert not ran.failed, ran.out
    assert ran.steps[-1] == "Check what has changed"
    assert (
        "| `trials/NCT00000003/` A made-up trial without a record | recruiting → completed |" in ran.summary
    )
    assert "(https://github.example.org/artifacts/1)" in ran.summary
    page = origin.folder / "output/trials/NCT00000003/index.html"
    assert "completed" in page.read_text("utf-8").lower()
    assert '<meta name="robots" content="noindex' in page.read_text("utf-8"), (
        "a preview is in no search engine"
    )
    assert "::error" not in ran.out


def test_a_pull_request_with_a_fault_gets_an_annotation_at_its_line(
    origin: MadeUpHistory, tmp_path: Path
) -> None:
    faulty = "title: A made-up trial\nreviewed_against: 2026-10-01\noverall_status: OPEN\n"
    runner = pull_request(origin, tmp_path, {"content/trials/NCT00000001/trial.yaml": faulty})
    ran = runner.run("pull-request.yml", "pages")
    assert ran.failed == "Check what has changed"
    assert ran.steps[-3:] == ["actions/upload-artifact", "Say where the preview is", "Check what has changed"]
    assert (origin.folder / "output/trials/NCT00000003/index.html").is_file(), (
        "the preview has the sound pages"
    )
    assert re.search(r"^::error file=content/trials/NCT00000001/trial\.yaml,line=3,", ran.out, re.MULTILINE)
    assert "errors 0 → 1" in ran.summary, "the list of pages is there all the same"


def test_a_fault_that_was_there_before_stops_nobodys_correction(
    origin: MadeUpHistory, tmp_path: Path
) -> None:
    faulty = "title: A made-up trial\nreviewed_against: 2026-10-01\noverall_status: OPEN\n"
    origin.commit("2026-11-20", {"content/trials/NCT00000001/trial.yaml": faulty})
    origin.run("push", "-q", "origin", "main")
    changed = trial("A made-up trial without a record", overall_status="COMPLETED") + "draft: true\n"
    runner = pull_request(origin, tmp_path, {"content/trials/NCT00000003/trial.yaml": changed})
    ran = runner.run("pull-request.yml", "pages")
    assert not ran.failed, ran.out
    assert "1 fault elsewhere, not of this change" in ran.out
    assert (origin.folder / "output/trials/NCT00000003/index.html").is_file(), "a draft can be looked at"


def test_without_any_page_the_summary_says_so(origin: MadeUpHistory, tmp_path: Path) -> None:
    runner = pull_request(origin, tmp_path, {"content/site.yaml": "name: [\n"})
    runner.expressions = {**runner.expressions, "steps.preview.outputs.artifact-url": ""}
    ran = runner.run("pull-request.yml", "pages")
    assert ran.failed == "Check what has changed"
    assert "No page could be made: mend the errors first." in ran.summary


def publishing(origin: MadeUpHistory, tmp_path: Path, address: str, **variables: str) -> Runner:
    program("curl")
    expressions = {"steps.pages.outputs.base_url": address.rstrip("/")}
    quick = {"WAIT": "0", "TRIES": "2", **variables}
    return Runner(origin.folder, tmp_path / "runner", "push", expressions, variables=quick)


def test_publishing_builds_for_the_address_of_the_pages(origin: MadeUpHistory, tmp_path: Path) -> None:
    public = tmp_path / "public"
    public.mkdir()
    (public / "404.html").write_text("Not found")
    with pages(public, "/trials/") as address:
        ran = publishing(origin, tmp_path, address).run("pages.yml", "build")
    assert not ran.failed, ran.out
    assert f"There is no site at {address}site.json yet: this is a first publication." in ran.out
    page = (origin.folder / "output/trials/NCT00000003/index.html").read_text("utf-8")
    assert f'href="{address}trials/NCT00000003/"' in page
    assert (origin.folder / "output/.nojekyll").is_file()
    assert [step for step in workflow("pages.yml")["jobs"]["deploy"]["steps"] if "run" in step] == []


def test_a_page_of_the_public_site_does_not_vanish_and_the_new_site_is_seen(
    origin: MadeUpHistory, tmp_path: Path
) -> None:
    public = tmp_path / "public"
    public.mkdir()
    (public / "404.html").write_text("Not found")
    about = "content/pages/about-us.md"
    origin.commit("2026-11-21", {about: "---\ntitle: About us\n---\nMade up.\n"})
    with pages(public, "/trials/") as address:
        runner = publishing(origin, tmp_path, address)
        assert not runner.run("pages.yml", "build").failed
        shutil.rmtree(public)
        shutil.copytree(origin.folder / "output", public)
        origin.commit("2026-11-22", {about: None})
        built = runner.run("pages.yml", "build")
        assert not built.failed, built.out
        assert f"The public site is known: {address}site.json" in built.out
        text = (origin.folder / "output/about-us/index.html").read_text("utf-8")
        assert "This page is no longer on this site" in text
        mark = re.fullmatch(r"mark=([0-9a-f]{64})\n", (runner.temporary / "github_output").read_text())
        assert mark
        runner.expressions = {"needs.deploy.outputs.address": address, "needs.build.outputs.mark": mark[1]}
        seen = runner.run("pages.yml", "see")
        assert seen.failed == "Ask for the new site" and "still shows another version" in seen.out
        shutil.rmtree(public)
        shutil.copytree(origin.folder / "output", public)
        seen = runner.run("pages.yml", "see")
        assert not seen.failed and f"The new site stands at {address}\n" in seen.out
        (public / "feed.xml").unlink()
        seen = runner.run("pages.yml", "see")
        assert seen.failed and "feed.xml does not answer" in seen.out


@pytest.mark.parametrize(
    ("answer", "is_built", "said"),
    [
        ("printf 000; exit 6", True, "this is a first publication"),
        ("printf 000; exit 28", False, "cannot be asked for its pages"),
        ("printf 500", False, "status 500, curl 0"),
        ("printf 200; echo '<title>Log in</title>' >previous.json.part", False, "previous-unreadable"),
    ],
)
def test_a_public_site_that_cannot_be_asked_stops_the_publication(
    origin: MadeUpHistory, tmp_path: Path, answer: str, is_built: bool, said: str
) -> None:
    runner = publishing(origin, tmp_path, "https://made-up.example.org")
    runner.commands = tmp_path / "commands"
    runner.commands.mkdir()
    (runner.commands / "curl").write_text(f'#!/bin/sh\ncd "$RUNNER_TEMP"\n{answer}\n')
    (runner.commands / "curl").chmod(0o755)
    ran = runner.run("pages.yml", "build")
    assert bool(ran.failed) is not is_built, ran.out
    assert (origin.folder / "output").exists() is is_built
    assert said in ran.out


def test_the_refresh_opens_one_pull_request_and_updates_it(
    origin: MadeUpHistory, registry: Registry, tmp_path: Path
) -> None:
    gh = made_up_gh(tmp_path / "gh")

    def refresh() -> str:
        shutil.rmtree(tmp_path / "checkout", ignore_errors=True)
        origin.run("clone", "-q", str(tmp_path / "origin.git"), str(tmp_path / "checkout"))
        expressions = {
            "github.token": "made-up",
            "github.event.repository.default_branch || github.ref_name": "main",
        }
        runner = Runner(
            tmp_path / "checkout", tmp_path / "runner", "schedule", expressions, gh.commands, gh.variables
        )
        ran = runner.run("refresh.yml", "refresh")
        assert not ran.failed, ran.out
        return ran.out

    out = refresh()
    assert gh.calls("pr create") == [] and "nothing is opened" in out
    registry.studies |= by_number(study(1, status="COMPLETED", updated="2026-11-21", version="2026-11-22"))
    refresh()
    assert len(gh.calls("pr create")) == 1
    assert "recruiting -> completed" in gh.body
    assert gh.calls("workflow run") == ["workflow run pull-request.yml --ref registry-refresh"]
    refresh()
    assert len(gh.calls("pr create")) == 1 and gh.calls("api") == [], "the same again is no news"
    registry.studies |= by_number(study(2, status="SUSPENDED", updated="2026-11-22", version="2026-11-23"))
    refresh()
    assert len(gh.calls("pr create")) == 1 and len(gh.calls("api")) == 1
    assert "recruiting -> completed" in gh.body and "recruiting -> suspended" in gh.body
    origin.run("fetch", "-q", "origin")
    changed = origin.run("diff", "--name-only", "origin/main", "origin/registry-refresh").split()
    assert changed == [f"content/trials/NCT0000000{n}/registry.json" for n in (1, 2)]


# --- What installs.


def installing(folder: Path, **files: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run scripts/install.sh in a folder with made-up `make` and `python3`; return what it did, and what it called."""
    commands = folder / "commands"
    for path in (commands, folder / "scripts"):
        path.mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "install.sh", folder / "scripts")
    told = 'printf "%s %s\\n" "${0##*/}" "$*" >>"$CALLS"\nmkdir -p .venv/bin\ncp "$0" .venv/bin/python\n'
    told += 'printf "#!/bin/sh\\necho trialpages 1\\n" >.venv/bin/trialpages\nchmod +x .venv/bin/*\n'
    for name in ("make", "python3"):
        (commands / name).write_text(
            f'#!/bin/sh\n[ "${{0##*/}}" = python ] || {{ {told}\n exit; }}\nprintf \'python %s\\n\' "$*" >>"$CALLS"\n'
        )
        (commands / name).chmod(0o755)
    for name, text in files.items():
        path = folder / name.replace("_", ".")
        path.write_text(text)
    environment = {
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        "CALLS": str(folder / "calls"),
        "GITHUB_PATH": str(folder / "path"),
    }
    done = subprocess.run(
        ["scripts/install.sh"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done, (folder / "calls").read_text() if (folder / "calls").exists() else ""


def test_a_site_installs_what_its_requirements_say(tmp_path: Path) -> None:
    done, calls = installing(tmp_path, requirements_txt="made-up\n")
    assert (done.returncode, done.stdout) == (0, "trialpages 1\n"), done.stderr
    assert calls.splitlines()[-1].endswith("install -r requirements.txt")
    assert (tmp_path / "path").read_text() == f"{tmp_path}/.venv/bin\n"


def test_a_copy_of_the_project_installs_by_its_makefile(tmp_path: Path) -> None:
    (tmp_path / "trialpages").mkdir()
    done, calls = installing(tmp_path, Makefile="")
    assert (done.returncode, calls) == (0, "make .venv/.site-installed\n"), done.stderr


def test_a_site_without_requirements_is_told(tmp_path: Path) -> None:
    done, calls = installing(tmp_path)
    assert (done.returncode, calls) == (2, "")
    assert "no requirements.txt" in done.stderr
