"""The command line: what it says, in which stream, with which exit code, and that nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sites import parse_files, published, trial, write

from trialpages.cli import main
from trialpages.machine.lock import lock

ROOT = Path(__file__).parent.parent

SITE = {
    "content/site.yaml": "name: A made-up site\n",
    "content/trials/NCT00000001/trial.yaml": trial(),
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site that builds without a fault; a slow computer shows no progress of it."""
    monkeypatch.setattr("trialpages.progress.PLAIN_SECONDS", 1e6)
    write(tmp_path, SITE)
    return tmp_path


def call(site: Path, *words: str) -> int:
    return main([*words, "-C", str(site), "--today", "2026-11-23", "--jobs", "1"])


def test_a_build_ends_with_one_line_of_figures(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(site) == 0
    out, err = capsys.readouterr()
    line = (
        r"1 trial, \d+ pages \(\d+ written, 0 kept, 0 removed\), 0 errors, 0 warnings, [\d.]+ s, [\d.]+ MB\n"
    )
    assert re.fullmatch(line, out)
    assert err == ""
    assert "\r" not in out and "\x1b" not in out


def test_the_second_build_keeps_everything(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(site)
    capsys.readouterr()
    before = published(site / "output")
    assert call(site, "build", "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["written"] == report["removed"] == report["errors"] == 0
    assert report["kept"] == report["pages"] > 5
    assert report["trials"] == 1
    assert published(site / "output") == before


def test_a_build_with_nothing_to_do_imports_no_library(site: Path, tmp_path: Path) -> None:
    """Each build is a process of its own, so that neither hash order nor what is imported is shared."""
    (tmp_path / "a").mkdir(exist_ok=True)
    show = "import sys; from trialpages.cli import main; main(sys.argv[1:]); print(*sorted(sys.modules))"
    command = [
        sys.executable,
        "-c",
        show,
        "-C",
        str(site),
        "--today",
        "2026-11-23",
        "--assets",
        str(tmp_path / "a"),
    ]
    imported: list[set[str]] = []
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        said = subprocess.run(command, capture_output=True, text=True, check=True, env=env, cwd=site).stdout
        imported.append(set(said.splitlines()[-1].split()))
    heavy = {"jinja2", "markdown", "yaml", "plotly", "msgspec", "cmarkgfm", "nh3", "livereload", "tornado"}
    assert {"jinja2", "msgspec", "yaml"} <= imported[0]
    if any(time.time() - path.stat().st_mtime < 3 for path in (ROOT / "trialpages").rglob("*.py")):
        pytest.skip("the package itself was edited a moment ago, so nothing may be trusted to be unchanged")
    assert not heavy & imported[1]


def test_the_json_report_is_the_last_line_and_has_all_figures(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(site, "--format", "json") == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    wanted = {"trials", "pages", "written", "kept", "removed", "errors", "warnings", "bytes", "seconds"}
    assert wanted <= set(report)
    assert report["bytes"] == sum(
        len(content)
        for path, content in published(site / "output").items()
        if not path.startswith(".trialpages")
    )
    assert {"read", "decode", "render", "publish"} <= set(report["seconds"])


def test_errors_write_nothing_and_leave_the_last_good_site(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(site)
    before = published(site / "output")
    write(site, {"content/trials/NCT00000001/trial.yaml": "briefTitle: A made-up study\n"}, tick=1)
    capsys.readouterr()
    assert call(site) == 1
    out = capsys.readouterr().out
    assert "content/trials/NCT00000001/trial.yaml:1:1" in out
    assert "did you mean 'brief_title'?" in out
    assert "nothing was written" in out
    assert published(site / "output") == before


def test_keep_going_publishes_the_good_pages_and_keeps_the_last_good_one_of_the_bad(site: Path) -> None:
    call(site)
    page = (site / "output/trials/NCT00000001/index.html").read_bytes()
    write(site, {"content/trials/NCT00000001/trial.yaml": "titel: broken\n"}, tick=1)
    write(site, {"content/trials/NCT00000002/trial.yaml": trial("Another made-up study")}, tick=1)
    assert call(site, "build", "--keep-going") == 1
    assert (site / "output/trials/NCT00000001/index.html").read_bytes() == page
    assert (site / "output/trials/NCT00000002/index.html").exists()


def test_strict_lets_warnings_fail(site: Path) -> None:
    write(site, {"content/stray.txt": "what am I?"})
    assert call(site) == 0
    assert call(site, "build", "--strict") == 1


def test_drafts_are_left_out_unless_asked_for(site: Path) -> None:
    write(site, {"content/trials/NCT00000002/trial.yaml": trial(draft="true")})
    call(site)
    assert not (site / "output/trials/NCT00000002").exists()
    call(site, "build", "--drafts")
    assert (site / "output/trials/NCT00000002/index.html").exists()


def test_check_writes_no_page(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(site, "check") == 0
    assert not (site / "output").exists()
    assert re.match(r"1 trial and \d+ pages checked, 0 errors", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["biuld"], "did you mean 'build'?"),
        (["build", "--jobs", "many"], "--jobs wants a number"),
        (["build", "--today", "yesterday"], "--today wants a day"),
        (["build", "--frobnicate"], "--frobnicate"),
        (["build", "-C", "no-such-folder"], "no folder 'no-such-folder'"),
        (["build", "--output", "content/output"], "output-inside-content"),
        (["build", "--output", "."], "output"),
        (["build", "--cache", "content/cache"], "output-inside-content"),
        (["clean", "--cache", "."], "the site's own folder"),
        (["build", "--cache", "output"], "cannot lie in the output"),
        (["build", "--content", "contnet"], "no folder 'contnet'"),
        (["build", "--today", "20261123"], "--today wants a day"),
        (["build", "--base-url", "https://"], "--base-url wants"),
        (["build", "--base-url", "https://e.org/a b"], "--base-url wants"),
        (["--quiet", "biuld"], "did you mean 'build'?"),
    ],
)
def test_wrong_use_is_explained_and_ends_with_two(
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(site)
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


def test_a_folder_with_foreign_files_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, {"output/thesis.txt": "precious"})
    assert call(site) == 1
    assert "thesis.txt" in capsys.readouterr().out
    assert published(site / "output") == {"thesis.txt": b"precious"}


def test_clean_removes_what_was_built_and_nothing_else(site: Path) -> None:
    call(site)
    write(site, {"output/mine.txt": "mine"})
    assert call(site, "clean") == 0
    assert published(site / "output") == {"mine.txt": b"mine"}
    assert set(published(site / ".cache")) == {"build.lock"}
    assert (site / "content/site.yaml").exists()


def test_clean_leaves_what_lay_in_the_cache_folder(site: Path) -> None:
    write(site, {"mine/thesis.txt": "precious"})
    cache = ["--cache", str(site / "mine")]
    assert call(site, "build", *cache) == 0
    assert call(site, "clean", *cache) == 0
    assert (site / "mine/thesis.txt").read_text() == "precious"


def test_clean_waits_for_no_build_and_breaks_none(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(site)
    before = published(site / "output")
    with lock(site / ".cache/build.lock"):
        assert call(site, "clean") == 1
    assert "another build" in capsys.readouterr().err
    assert published(site / "output") == before


def test_a_build_never_takes_every_trial_down(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(site)
    before = published(site / "output")
    (site / "content/trials/NCT00000001/trial.yaml").unlink()
    (site / "content/trials/NCT00000001").rmdir()
    assert call(site) == 1
    assert "no-trials" in capsys.readouterr().out
    assert published(site / "output") == before


@pytest.mark.parametrize("words", [["--jobs", "many"], ["--output", "foreign"]])
def test_json_ends_with_one_report_whatever_happens(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    write(site, {"foreign/thesis.txt": "precious"})
    monkeypatch.chdir(site)
    assert main(["build", "--format", "json", *words]) in (1, 2)
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["failure"]
    assert {"trials", "pages", "errors", "seconds"} <= set(report)


def test_a_page_that_borrows_from_a_faulty_trial_is_left_as_it_was(site: Path) -> None:
    count = "{group_id: EG000, num_affected: 4, num_at_risk: 40}"
    events = "adverse_events:\n  event_groups: [{id: EG000, title: Aspirin}]\n  frequency_threshold: 0\n"
    events += f"  other_events: [{{term: Cough, counts: [{count}]}}]\n"
    source = "content/trials/NCT00000002/trial.yaml"
    borrower = trial("Borrower", side_effects="{source: NCT00000002}")
    write(site, {"content/trials/NCT00000003/trial.yaml": borrower, source: trial("Source") + events})
    assert call(site) == 0
    before = published(site / "output/trials/NCT00000003")
    assert "adverse-events.csv" in before
    write(site, {source: "titel: broken\n"}, tick=1)
    assert call(site, "build", "--keep-going") == 1
    assert published(site / "output/trials/NCT00000003") == before


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk-full"), (errno.EROFS, "output-not-writable")]
)
def test_a_failing_disk_is_named_and_the_last_good_site_stays(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, code: str
) -> None:
    call(site)
    before = published(site / "output")
    write(site, {"content/trials/NCT00000002/trial.yaml": trial("Another")}, tick=1)
    whole = Path.write_bytes

    def fail(path: Path, data: bytes) -> int:
        if "NCT00000002" in str(path):
            raise OSError(number, "made to fail", str(path))
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", fail)
    capsys.readouterr()
    assert call(site) == 1
    assert code in capsys.readouterr().out
    assert published(site / "output") == before
    monkeypatch.undo()
    assert call(site) == 0


TEMPLATE_FAULTS: dict[str, tuple[str | bytes, str, str]] = {
    "an unknown name": ("{{ page.titel }}", "template-fault", "did you mean 'page.title'?"),
    "a syntax fault": ("{% if %}", "template-fault", "templates/404.html:1"),
    "a missing template": ('{% include "nowhere.html" %}', "template-missing", "nowhere.html"),
    "a missing asset": ("{{ asset('site.cs') }}", "asset-missing", "site.css"),
    "bytes that are no text": (b"\xff\xfe", "not-utf8", "templates/404.html:1:1"),
    "nothing at all": ("", "template-fault", "empty page"),
    "a computed include": ("{% include page.title %}", "template-fault", "computed"),
}


@pytest.mark.parametrize("name", TEMPLATE_FAULTS)
def test_a_template_fault_names_file_line_page_and_what_exists(
    site: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    source, code, said = TEMPLATE_FAULTS[name]
    call(site)
    before = published(site / "output")
    write(site, {"templates/404.html": source})
    capsys.readouterr()
    assert call(site) == 1
    out = capsys.readouterr().out
    assert f"[{code}]" in out
    assert said in out
    assert "templates/404.html" in out
    assert published(site / "output") == before


def test_our_own_fault_says_so_and_ends_with_three(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("made to fail")

    monkeypatch.setattr("trialpages.stages.decoding.card", broken)
    assert call(site) == 3
    err = capsys.readouterr().err
    assert "NCT00000001" in err
    assert "made to fail" in err
    assert "a fault in the generator, not in your content" in err


def test_an_interruption_ends_with_130(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("trialpages.stages.build.build", interrupted)
    assert call(site) == 130
    assert "interrupted" in capsys.readouterr().err


def test_explain_answers_for_a_page_a_file_and_a_code(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(site)
    capsys.readouterr()
    for subject, said in {
        "/trials/NCT00000001/": "because it was not there",
        "output/trials/NCT00000001/index.html": "content/trials/NCT00000001/trial.yaml",
        "content/trials/NCT00000001/trial.yaml": "/trials/NCT00000001/",
        "unknown-field": "error[unknown-field]",
        "content/site.yaml": "every page, through the configuration",
        "/search/trials.json": "the cards of all trials",
        "/search/latest.json": "the words and names of all trials, the topics, and search-synonyms.yaml",
        "output/site.json": "all pages of the site",
    }.items():
        assert call(site, "explain", subject) == 0
        assert said in capsys.readouterr().out
    assert call(site, "explain", "no-such-thing-at-all") == 1


def test_info_names_versions_and_no_machine_path(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(site, "info") == 0
    out = capsys.readouterr().out
    assert "jinja2" in out and "trialpages" in out
    assert str(site) not in out


def test_a_snapshot_needs_nothing_but_a_name(tmp_path: Path) -> None:
    study = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000007", "briefTitle": "A made-up study"},
            "statusModule": {"overallStatus": "RECRUITING"},
        },
        "hasResults": False,
    }
    write(tmp_path, parse_files("-- site.yaml --\nname: A made-up site\nregistry: studies.json\n"))
    write(tmp_path, {"studies.json": json.dumps([study])})
    assert call(tmp_path) == 0
    assert "A made-up study" in (tmp_path / "output/trials/NCT00000007/index.html").read_text("utf-8")
