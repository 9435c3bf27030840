"""Deploying to a folder, and what is refused before anything is deployed anywhere."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from deploy_sites import FILES, deploy, write_output
from sites import published, trial, write
from sites import run as build

from trialpages.cli import main
from trialpages.deploying.folder import INCOMING, LOCK
from trialpages.deploying.store import LIST
from trialpages.machine.lock import lock
from trialpages.machine.output import OWNED

ROOT = Path(__file__).parent.parent
OURS = {LIST, LOCK}


@pytest.fixture(autouse=True)
def no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialpages.progress.PLAIN_SECONDS", 1e6)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    write_output(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def www(tmp_path: Path) -> Path:
    return tmp_path / "www"


def standing(www: Path) -> dict[str, str]:
    """Return the files of a destination without our own two, as text."""
    return {path: content.decode() for path, content in published(www).items() if path not in OURS}


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_a_folder_becomes_the_site_and_then_only_follows_it(
    site: Path, www: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deploy(site, www) == 0
    assert standing(www) == FILES
    before = {path: (www / path).stat().st_mtime_ns for path in FILES}
    assert deploy(site, www) == 0
    assert last_line(capsys).startswith("0 uploaded, 14 unchanged, 0 deleted, 0.0 kB, ")
    write_output(site, {**FILES, "index.html": "new", "trials/NCT00000002/trial.json": None})
    assert deploy(site, www) == 0
    assert last_line(capsys).startswith("1 uploaded, 12 unchanged, 1 deleted, 0.0 kB, ")
    after = {path: (www / path).stat().st_mtime_ns for path in standing(www)}
    assert {path for path, moment in after.items() if before[path] != moment} == {"index.html"}
    assert before.keys() - after.keys() == {"trials/NCT00000002/trial.json"}


def test_files_of_others_stay(site: Path, www: Path) -> None:
    write(www, {"theirs.txt": "kept", "trials/NCT00000002/theirs.txt": "kept", "assets/theirs.css": "kept"})
    assert deploy(site, www) == 0
    write_output(site, {path: text for path, text in FILES.items() if "NCT00000002" not in path})
    assert deploy(site, www) == 0
    assert standing(www)["trials/NCT00000002/theirs.txt"] == "kept"
    assert {"theirs.txt", "assets/theirs.css"} <= standing(www).keys()
    assert "trials/NCT00000002/index.html" not in standing(www)


def test_folders_that_are_left_empty_go(site: Path, www: Path) -> None:
    deploy(site, www)
    write_output(site, {path: text for path, text in FILES.items() if "NCT00000002" not in path})
    deploy(site, www)
    assert not (www / "trials/NCT00000002").exists()
    assert not (www / INCOMING).exists()


def test_a_lost_list_costs_a_look_and_no_upload(
    site: Path, www: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deploy(site, www)
    (www / LIST).unlink()
    assert deploy(site, www) == 0
    assert last_line(capsys).startswith("0 uploaded, 14 unchanged")
    assert len(json.loads((www / LIST).read_text())["files"]) == 14


def test_a_file_that_was_changed_there_is_mended_whatever_its_time_says(
    site: Path, www: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deploy(site, www)
    (www / "index.html").write_text("by hand")
    os.utime(www / "site.json", ns=(1, 1))
    assert deploy(site, www) == 0
    assert last_line(capsys).startswith("1 uploaded, 13 unchanged")
    assert standing(www) == FILES


def test_a_reader_never_gets_half_a_file(site: Path, www: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is whole under another name before it takes its place."""
    deploy(site, www)
    write_output(site, {**FILES, "index.html": "the new home page"})
    seen: list[str] = []
    old = Path.write_bytes

    def slowly(path: Path, content: bytes) -> int:
        result = old(path, content[: len(content) // 2])
        seen.append((www / "index.html").read_text())
        return result + old(path, content)

    monkeypatch.setattr(Path, "write_bytes", slowly)
    assert deploy(site, www) == 0
    assert set(seen) == {"home", "the new home page"}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "is full; free some space; the same command goes on from here"),
        (errno.EROFS, "may not be written; give this user the right to write there"),
        (errno.EACCES, "may not be written"),
        (errno.ENOTDIR, "a file and a folder have the same name"),
        (errno.EIO, "the same command goes on from here"),
    ],
)
def test_a_disk_that_fails_half_way(
    site: Path,
    www: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
    said: str,
) -> None:
    deploy(site, www)
    write_output(site, {**FILES, "assets/new.0123456789.css": "new", "index.html": "new"})
    old = Path.replace

    def failing(path: Path, target: Path) -> Path:
        if target.name == "index.html":
            raise OSError(number, os.strerror(number))
        return old(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    capsys.readouterr()
    assert deploy(site, www) == 1
    out, err = capsys.readouterr()
    assert said in err
    assert out.splitlines()[-1].startswith("stopped: 1 of 2 uploaded, 0 deleted")
    assert standing(www) == {**FILES, "assets/new.0123456789.css": "new"}
    monkeypatch.undo()
    assert deploy(site, www) == 0
    assert standing(www)["index.html"] == "new"
    assert not (www / INCOMING).exists()


def test_a_killed_deploy_goes_on(site: Path, www: Path) -> None:
    """The child stops after its fifth file until it is killed; several threads come there, the first one says so."""
    stopping = (
        "import sys, time; from pathlib import Path; from trialpages.cli import main\n"
        "old, left, told = Path.replace, [None] * 5, iter(['here\\n'])\n"
        "def replace(path, target):\n"
        "    try:\n"
        "        left.pop()\n"
        "    except IndexError:\n"
        "        sys.stdout.write(next(told, '')); sys.stdout.flush(); time.sleep(600)\n"
        "    return old(path, target)\n"
        "Path.replace = replace\n"
        "main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", stopping, "deploy", str(www), "-C", str(site)]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True
    )
    assert child.stdout is not None and child.stdout.readline() == "here\n"
    child.send_signal(signal.SIGKILL)
    child.wait(60)
    child.stdout.close()
    arrived = standing(www)
    assert len([path for path in arrived if not path.startswith(INCOMING)]) < len(FILES)
    assert deploy(site, www) == 0
    assert standing(www) == FILES


def test_another_deploy_to_the_same_folder(site: Path, www: Path, capsys: pytest.CaptureFixture[str]) -> None:
    www.mkdir()
    with lock(www / LOCK):
        assert deploy(site, www) == 1
    assert f"another deploy to {www} is running (process {os.getpid()})" in capsys.readouterr().err
    assert standing(www) == {}


@pytest.mark.parametrize("place", [".", "..", "output", "output/x", "content", ".cache", "public"])
def test_a_destination_in_the_site_is_refused(
    site: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    before = published(site)
    assert deploy(site, site / place) == 1
    assert "lie in one another" in capsys.readouterr().err
    assert {path: content for path, content in published(site).items() if ".cache" not in path} == before


def test_destinations_that_cannot_be(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert deploy(site, tmp_path / "file") == 1
    assert "is a file; name a folder" in capsys.readouterr().err
    assert deploy(site, tmp_path / "no/such") == 1
    assert f"there is no folder {tmp_path / 'no'}" in capsys.readouterr().err
    (tmp_path / "www/index.html").mkdir(parents=True)
    assert deploy(site, tmp_path / "www") == 1
    assert "is no file, and the site has a file of that name" in capsys.readouterr().err
    assert deploy(site, tmp_path / "www", "--region", "us-east-1") == 2


# The guard


def many(number: int) -> dict[str, str | None]:
    return {**FILES, **{f"conditions/c{n}/index.html": "made up" for n in range(number)}}


def test_more_deletes_than_the_guard_allows_change_nothing(
    site: Path, www: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_output(site, many(30))
    deploy(site, www)
    write_output(site, {**many(5), "index.html": "new"})
    capsys.readouterr()
    assert deploy(site, www) == 1
    assert capsys.readouterr().err == (
        "trialpages: this would delete 25 of 41 pages and data files (conditions/c10/index.html, "
        "conditions/c11/index.html, conditions/c12/index.html, ...), and 20 are allowed; nothing was changed; "
        "if it is meant, add --delete-at-most 25\n"
    )
    assert standing(www)["index.html"] == "home"
    assert deploy(site, www, "--dry-run") == 1, "a dry run says what the real one would"
    assert deploy(site, www, "--delete-at-most", "60%") == 1
    assert deploy(site, www, "--delete-at-most", "61%") == 0
    assert len(standing(www)) == 14 + 5


def test_a_page_that_goes_without_a_word_is_named(
    site: Path, www: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    below = {"trials/NCT00000002/places/2/index.html": "places"}
    write_output(site, {**FILES, **below})
    deploy(site, www)
    write_output(
        site, {**FILES, "trials/NCT00000002/index.html": None, "trials/NCT00000002/trial.json": None}
    )
    capsys.readouterr()
    assert deploy(site, www, "--dry-run") == 0
    note = "note: public pages that go and leave nothing in their place: 1 (trials/NCT00000002/); "
    assert note in capsys.readouterr().out
    write_output(site, {**FILES, "trials/NCT00000002/index.html": "gone, and it says so"})
    assert deploy(site, www) == 0
    assert "nothing in their place" not in capsys.readouterr().out


def test_assets_and_compressed_files_do_not_count(site: Path, www: Path) -> None:
    old = {f"assets/a{n}.0123456789.css": "a" for n in range(90)}
    forms = {f"conditions/c{n}/index.html{end}": "x" for n in range(18) for end in (".gz", ".br")}
    write_output(site, {**many(18), **forms, **old})
    deploy(site, www)
    write_output(site, FILES)
    assert deploy(site, www) == 0
    assert deploy(site, www) == 0
    assert len(standing(www)) == 14 + 90
    write_output(site, {**FILES, "index.html": "the next edition"})
    assert deploy(site, www) == 0
    assert len(standing(www)) == 14


@pytest.mark.parametrize("given", ["x", "-1", "101%", "5 %", ""])
def test_guards_that_are_none(site: Path, www: Path, given: str) -> None:
    assert deploy(site, www, f"--delete-at-most={given}") == 2
    assert not www.exists()


# What is deployed


def test_no_site_no_deploy(tmp_path: Path, www: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site/output").mkdir(parents=True)
    assert deploy(tmp_path / "site", www) == 1
    assert "there is no built site in output/; build it first" in capsys.readouterr().err
    assert not www.exists()


def test_a_file_that_is_missing(site: Path, www: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "output/site.json").unlink()
    assert deploy(site, www) == 1
    assert "the output is not whole: site.json is not there; build again" in capsys.readouterr().err


def test_a_list_that_leads_out_of_the_output_is_not_followed(site: Path, www: Path) -> None:
    (site / "secret").write_text("secret")
    with (site / "output" / OWNED).open("a") as file:
        file.write("../secret\n")
    assert deploy(site, www) == 0
    assert standing(www) == FILES


def test_while_a_build_runs(site: Path, www: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / ".cache").mkdir()
    with lock(site / ".cache/build.lock"):
        assert deploy(site, www) == 1
    assert (
        f"a build or another deploy of this site is running (process {os.getpid()}); wait"
        in capsys.readouterr().err
    )


def test_a_preview_goes_out_only_when_that_is_said(
    site: Path, www: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_output(site, {**FILES, "index.html": '<head><meta name="robots" content="noindex">'})
    assert deploy(site, www) == 1
    assert "the site was built with --preview" in capsys.readouterr().err
    assert deploy(site, www, "--preview") == 0


def test_a_report_for_tools(site: Path, www: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert deploy(site, www, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["uploaded"] == found["planned"] == len(found["uploads"]) == 14
    assert found["failure"] is None and found["bytes"] == sum(map(len, FILES.values()))
    assert deploy(site, www, "--format", "sarif") == 2


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site, really built."""
    site = tmp_path_factory.mktemp("built") / "site"
    write(
        site,
        {
            "content/site.yaml": "name: A made-up site\ngazetteer: no\n",
            "content/trials/NCT00000001/trial.yaml": trial(),
        },
    )
    build(site)
    return site


@pytest.fixture
def real(built: Path, tmp_path: Path) -> Path:
    """A copy of the built site, with its times."""
    shutil.copytree(built, tmp_path / "real", copy_function=shutil.copy2)
    return tmp_path / "real"


def test_a_built_site_goes_out_without_a_remark(
    real: Path, www: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deploy(real, www) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 1 and err == ""
    site = published(real / "output")
    del site[OWNED]
    assert {path: content for path, content in published(www).items() if path not in OURS} == site


def test_an_output_that_was_changed_by_hand(
    real: Path, www: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (real / "output/index.html").write_text("by hand")
    assert deploy(real, www) == 1
    assert "of output/ 1 file changed since the last build (index.html); build again" in (
        capsys.readouterr().err
    )
    assert not www.exists()


def test_a_build_that_failed_or_never_ended(
    real: Path, www: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = {"content/trials/NCT00000001/trial.yaml": "title: [\n"}
    write(real, faulty, tick=1)
    assert main(["build", "-C", str(real), "--today", "2026-11-23", "-q"]) == 1
    capsys.readouterr()
    assert deploy(real, www) == 1
    assert "the last build had 1 error, so what lies in output/ is an older site" in capsys.readouterr().err
    monkeypatch.setattr("trialpages.stages.pipeline.run", lambda *_, **__: 1 / 0)
    assert main(["build", "-C", str(real), "--today", "2026-11-23", "-q"]) == 3
    capsys.readouterr()
    assert deploy(real, www) == 1
    assert "the last build did not end; build again" in capsys.readouterr().err


def test_unchanged_files_are_not_read_again(real: Path, www: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (real / "output").rglob("*"):
        os.utime(path, ns=(10**18, 10**18))
    shutil.rmtree(real / ".cache")
    assert deploy(real, www) == 0
    read: list[Path] = []
    old = Path.read_bytes

    def counted(path: Path) -> bytes:
        read.append(path)
        return old(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    assert deploy(real, www) == 0
    assert not [path for path in read if real / "output" in path.parents]
