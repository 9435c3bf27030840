"""`import` against a made-up registry on loopback: what is written, what is kept, what is said."""

from __future__ import annotations

import errno
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from importing_sites import (
    by_number,
    importing,
    new_site,
    put_record,
    record_path,
    study,
    tree,
    withheld,
    zipped,
)
from registry_server import LOGIN_PAGE, Registry, body, closed, serving, status

from trialpages.importing import writing
from trialpages.importing.outcome import Outcome
from trialpages.importing.running import Importer
from trialpages.machine.lock import lock

Out = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return new_site(tmp_path / "site")


@pytest.fixture
def registry() -> Iterator[Registry]:
    with serving(by_number(study(1), study(2), study(3))) as found:
        yield found


def ask(site: Path, registry: Registry, *words: str) -> int:
    return importing(site, "--api", registry.address, "--requests-per-minute", "6000", *words)


def test_a_new_trial_gets_a_record_and_first_files(site: Path, registry: Registry, capsys: Out) -> None:
    assert ask(site, registry, "NCT00000001", "nct00000002") == 0
    names = {path.name for path in record_path(site, 1).parent.iterdir()}
    assert names == {"registry.json", "trial.yaml", "summary.md"}
    data = record_path(site, 1).read_bytes()
    assert data.startswith(
        b'{\n  "protocolSection": {\n    "identificationModule": {\n      "nctId": "NCT00000001",\n'
    )
    assert data.endswith(b"}\n")
    assert capsys.readouterr().out.endswith("2 new trials\n")


def test_an_api_record_and_a_file_record_give_the_same_bytes(
    site: Path, registry: Registry, tmp_path: Path
) -> None:
    ask(site, registry, "NCT00000001")
    from_registry = record_path(site, 1).read_bytes()
    other = new_site(tmp_path / "other")
    upside_down = json.dumps(study(1), sort_keys=True)
    (tmp_path / "NCT00000001.json").write_text(upside_down)
    assert importing(other, str(tmp_path / "NCT00000001.json")) == 0
    assert record_path(other, 1).read_bytes() == from_registry


def test_an_editors_file_is_never_touched(site: Path, registry: Registry) -> None:
    folder = record_path(site, 1).parent
    folder.mkdir(parents=True)
    (folder / "trial.yaml").write_text("<<<<<<< HEAD\ntitle: One\n=======\ntitle: Two\n>>>>>>> other\n")
    before = (folder / "trial.yaml").read_bytes()
    assert ask(site, registry, "NCT00000001") == 0
    assert (folder / "trial.yaml").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["registry.json", "trial.yaml"]


def test_a_dry_run_writes_nothing_at_all(site: Path, registry: Registry, capsys: Out) -> None:
    put_record(site, study(2, status="NOT_YET_RECRUITING"))
    before = tree(site)
    assert ask(site, registry, "NCT00000001", "NCT00000002", "--dry-run") == 0
    assert tree(site) == before
    assert not (site / ".cache").exists()
    assert capsys.readouterr().out.endswith("dry run, nothing was written: 1 trial changed, 1 new trial\n")


def test_a_refresh_changes_what_has_changed(site: Path, registry: Registry, capsys: Out) -> None:
    put_record(site, study(1))
    put_record(site, study(2))
    before = record_path(site, 1).read_bytes()
    registry.studies["NCT00000002"] = study(2, status="COMPLETED", updated="2026-11-18")
    assert ask(site, registry, "--refresh") == 0
    out = capsys.readouterr().out
    assert "recruiting -> completed" in out
    assert out.endswith("1 trial changed, 1 record confirmed unchanged\n")
    assert record_path(site, 1).read_bytes() == before
    assert b'"COMPLETED"' in record_path(site, 2).read_bytes()
    assert not record_path(site, 3).exists()


def test_a_confirmed_record_keeps_its_date_for_a_while(site: Path, registry: Registry, capsys: Out) -> None:
    put_record(site, study(1, version="2026-11-05"))
    put_record(site, study(2, version="2026-11-04"))
    assert ask(site, registry, "--refresh") == 0
    assert b'"2026-11-05"' in record_path(site, 1).read_bytes()
    assert b'"2026-11-20"' in record_path(site, 2).read_bytes()
    assert capsys.readouterr().out.endswith("2 records confirmed unchanged (1 with a new date)\n")


def test_an_unknown_number_stops_no_other(site: Path, registry: Registry, capsys: Out) -> None:
    assert ask(site, registry, "NCT00000009", "NCT00000001") == 1
    assert record_path(site, 1).exists()
    assert not record_path(site, 9).parent.exists()
    assert "error[unknown-trial]: The registry does not know NCT00000009; nothing was written" in (
        capsys.readouterr().out
    )


def test_a_record_that_the_registry_removed_stays(site: Path, registry: Registry, capsys: Out) -> None:
    path = put_record(site, study(9))
    before = path.read_bytes()
    assert ask(site, registry, "--refresh") == 1
    assert path.read_bytes() == before
    assert "does not know NCT00000009 any more; the record that is here stays as it is" in (
        capsys.readouterr().out
    )


def test_a_new_trial_lies_under_its_present_number(site: Path, registry: Registry, capsys: Out) -> None:
    registry.studies = by_number(study(4, aliases=["NCT00000008"]))
    assert ask(site, registry, "NCT00000008") == 0
    assert record_path(site, 4).exists()
    assert not record_path(site, 8).parent.exists()
    assert "warning[trial-alias]: NCT00000008 is an older number of NCT00000004" in capsys.readouterr().out


def test_a_folder_under_an_older_number_stays_as_it_is(site: Path, registry: Registry, capsys: Out) -> None:
    registry.studies = by_number(study(4, aliases=["NCT00000008"], status="COMPLETED"))
    path = put_record(site, study(8))
    before = tree(site)
    assert ask(site, registry, "--refresh") == 0
    assert tree(site) == before
    assert path.exists()
    assert "rename the folder to NCT00000004 (git mv)" in capsys.readouterr().out


def test_a_withheld_study_keeps_our_record(site: Path, registry: Registry, capsys: Out) -> None:
    path = put_record(site, study(1))
    before = path.read_bytes()
    registry.studies = by_number(withheld(1), withheld(2))
    assert ask(site, registry, "NCT00000001", "NCT00000002") == 0
    assert path.read_bytes() == before
    assert not record_path(site, 2).parent.exists()
    out = capsys.readouterr().out
    assert "warning[record-withheld]" in out
    assert out.endswith("2 records left aside\n")


def test_an_older_record_is_refused_unless_it_is_meant(site: Path, registry: Registry, capsys: Out) -> None:
    path = put_record(site, study(1, updated="2026-11-10", status="COMPLETED"))
    before = path.read_bytes()
    assert ask(site, registry, "--refresh") == 1
    assert path.read_bytes() == before
    assert "error[record-older]" in capsys.readouterr().out
    assert ask(site, registry, "--refresh", "--allow-older") == 0
    assert b'"RECRUITING"' in path.read_bytes()


def test_a_record_that_lost_its_places_is_written_and_told_first(
    site: Path, registry: Registry, capsys: Out, tmp_path: Path
) -> None:
    path = put_record(site, study(2))
    put_record(site, study(1))
    registry.studies["NCT00000001"] = study(1, status="COMPLETED", updated="2026-11-18")
    registry.studies["NCT00000002"] = study(2, places=0, updated="2026-11-18")
    report = tmp_path / "report.md"
    assert ask(site, registry, "--refresh", "--report", str(report)) == 0
    assert b'"locations": []' in path.read_bytes()
    assert "warning[record-without-places]: The new record has lost all its" in capsys.readouterr().out
    text = report.read_text("utf-8")
    assert text.index("record-without-places") < text.index("### NCT00000002") < text.index("### NCT00000001")


def test_a_broken_record_is_replaced(site: Path, registry: Registry, capsys: Out) -> None:
    path = put_record(site, study(1))
    path.write_bytes(path.read_bytes()[:500])
    put_record(site, study(3), folder=2)
    assert ask(site, registry, "--refresh") == 0
    assert json.loads(path.read_bytes())["hasResults"] is not None
    assert b'"NCT00000002"' in record_path(site, 2).read_bytes()
    out = capsys.readouterr().out
    assert "warning[record-replaced]: What lay here was no whole record" in out
    assert "What lay here was the record of NCT00000003" in out


def test_a_search_brings_all_pages_and_an_empty_one_is_no_end(site: Path) -> None:
    studies = by_number(*(study(number) for number in range(1, 8)))
    with serving(studies) as registry:
        registry.largest_page, registry.empty_page = 2, 1
        assert ask(site, registry, "--search", "made-up", "--status", "recruiting") == 0
    assert len(list((site / "content" / "trials").iterdir())) == 7


def test_a_search_brings_no_more_than_its_limit(site: Path) -> None:
    with serving(by_number(*(study(number) for number in range(1, 8)))) as registry:
        registry.largest_page = 2
        assert ask(site, registry, "--search", "made-up", "--limit", "3") == 0
    assert len(list((site / "content" / "trials").iterdir())) == 3


@pytest.mark.parametrize("limit", [(), ("--limit", "5")])
def test_an_interrupted_search_goes_on_where_it_ended(
    site: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch, limit: tuple[str, ...]
) -> None:
    with serving(by_number(*(study(number) for number in range(1, 8)))) as registry:
        registry.largest_page = 2
        words = ("--search", "made-up", *limit)
        _interrupt_at(monkeypatch, 4)
        assert ask(site, registry, *words) == 130
        assert len(list((site / "content" / "trials").iterdir())) == 3
        assert "interrupted; 3 written records are whole" in capsys.readouterr().err
        monkeypatch.undo()
        asked = len(registry.asked)
        assert ask(site, registry, *words) == 0
        assert "pageToken" in registry.asked[asked].parameters
    assert len(list((site / "content" / "trials").iterdir())) == 7 if not limit else 5
    out = capsys.readouterr().out
    assert "3 of these were done by an earlier run of this command\n" in out
    assert out.endswith("7 new trials\n" if not limit else "5 new trials\n")
    assert not list((site / ".cache").glob("*.jsonl"))


def _interrupt_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Press Ctrl-C before a record of this number is written."""
    count = 0
    real = writing.put_new_folder

    def pressed(*arguments: Any) -> bool:
        nonlocal count
        count += 1
        if count == number:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr("trialpages.importing.folders.put_new_folder", pressed)


def test_an_import_may_start_over(
    site: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    _interrupt_at(monkeypatch, 2)
    assert ask(site, registry, "--search", "made-up") == 130
    monkeypatch.undo()
    assert ask(site, registry, "--search", "made-up", "--start-over") == 0
    assert capsys.readouterr().out.endswith("2 new trials, 1 record confirmed unchanged\n")


def test_a_network_that_breaks_down_leaves_what_came(site: Path, capsys: Out) -> None:
    with serving(by_number(*(study(number) for number in range(1, 4)))) as registry:
        registry.largest_page = 2
        registry.trouble = [lambda handler: handler.answer(), *[body(LOGIN_PAGE, "text/html")] * 9]
        assert ask(site, registry, "--search", "made-up") == 1
        captured = capsys.readouterr()
        assert "error[registry-answer]" in captured.out
        assert captured.out.endswith("2 new trials\n")
        assert "the same command goes on from here" in captured.err
        registry.trouble = []
        assert ask(site, registry, "--search", "made-up") == 0
    assert capsys.readouterr().out.endswith("3 new trials\n")


def test_a_full_disk_leaves_nothing_half(
    site: Path, registry: Registry, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_record(site, study(2, status="NOT_YET_RECRUITING"))
    before = record_path(site, 2).read_bytes()
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(record_path(site, 2)))
    real, count = os.fsync, 0

    def fsync(handle: int) -> None:
        nonlocal count
        count += 1
        if count > 4:
            raise full
        real(handle)

    monkeypatch.setattr("trialpages.importing.writing.os.fsync", fsync)
    assert ask(site, registry, "NCT00000001", "NCT00000002", "NCT00000003") == 1
    out = capsys.readouterr().out
    assert "error[disk-full]: The disk is full; 1 record was written and is whole" in out
    assert record_path(site, 2).read_bytes() == before
    assert not [path for path in (site / "content").rglob("*") if path.name.endswith(".tmp")]
    monkeypatch.undo()
    assert ask(site, registry, "NCT00000001", "NCT00000002", "NCT00000003") == 0
    assert capsys.readouterr().out.endswith("1 trial changed, 2 new trials\n")


def test_a_report_that_cannot_be_written_costs_no_other(
    site: Path, registry: Registry, capsys: Out, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr("trialpages.importing.writing.put", full)
    assert ask(site, registry, "NCT00000001", "--report", str(tmp_path / "report.md")) == 1
    out, err = capsys.readouterr()
    assert out.endswith("1 new trial\n")
    assert err.endswith("report.md cannot be written: No space left on device\n")


def test_a_cache_that_takes_no_lock_is_told_before_anybody_is_asked(
    site: Path, registry: Registry, capsys: Out
) -> None:
    (site / ".cache").write_text("a made-up file where a folder should be\n")
    assert ask(site, registry, "NCT00000001", "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [(each["code"], each["path"]) for each in told["faults"]] == [("output-not-writable", ".cache")]
    assert not registry.asked


def test_two_imports_at_once_are_one_too_many(site: Path, registry: Registry, capsys: Out) -> None:
    (site / ".cache").mkdir()
    with lock(site / ".cache" / "import.lock"):
        assert ask(site, registry, "NCT00000001") == 1
    assert f"error[import-running]: Another import of this site is running (process {os.getpid()})" in (
        capsys.readouterr().out
    )
    assert not record_path(site, 1).exists()


def test_a_folder_that_cannot_be_written_stops_no_other(
    site: Path, registry: Registry, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_record(site, study(1, status="NOT_YET_RECRUITING"))
    real = writing.put

    def put(path: Path, data: bytes) -> None:
        if "NCT00000001" in str(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        real(path, data)

    monkeypatch.setattr("trialpages.importing.folders.put", put)
    assert ask(site, registry, "NCT00000001", "NCT00000002") == 1
    out = capsys.readouterr().out
    assert (
        "error[output-not-writable]: The record of NCT00000001 cannot be put here: Permission denied" in out
    )
    assert out.endswith("1 new trial, 1 record not brought\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what to bring"),
        (("NCT1",), "'NCT1' is no number of the registry: NCT and eight digits"),
        (("no.json",), "there is no file 'no.json'"),
        (("NCT00000001", "--search", "fever"), "--search stands alone"),
        (("--status", "recruiting", "NCT00000001"), "narrow a search"),
        (("--search", "fever", "--status", "recruting"), "recruiting"),
        (("--refresh", "NCT00000001"), "NCT00000001 has no registry.json here; bring it with"),
        (("NCT00000001", "--report", "report.txt"), "ends in .md or .json"),
        (("NCT00000001", "--api", "ftp://x"), "--api needs an address"),
        (("NCT00000001", "--limit", "1"), "--limit is for a search or for files"),
        (("--search", "fever", "--limit", "0"), "--limit: it needs a whole number from 1, not '0'"),
        (("--search", "fever", "--limit", "ten"), "--limit: it needs a whole number from 1, not 'ten'"),
        (("NCT00000001", "--requests-per-minute", "-3"), "it needs a whole number from 1, not '-3'"),
        (("tests",), "'tests' is a folder; name the files in it, such as tests/*.json"),
    ],
)
def test_wrong_use_asks_nobody(site: Path, capsys: Out, words: tuple[str, ...], said: str) -> None:
    assert importing(site, *words) == 2
    assert said in capsys.readouterr().err
    assert not (site / ".cache").exists()


def test_a_folder_that_is_no_site_gets_no_trials(tmp_path: Path, capsys: Out) -> None:
    assert importing(tmp_path, "NCT00000001") == 1
    assert "error[config-missing]" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_a_refused_search_is_not_said_to_go_on(site: Path, registry: Registry, capsys: Out) -> None:
    words = ("--api", registry.address, "--search", "a made-up (fever")
    assert importing(site, *words) == 1
    out, err = capsys.readouterr()
    assert "error[bad-query]" in out
    assert out.endswith("ended early: nothing was brought\n")
    assert "goes on" not in err


def test_settings_with_a_fault_ask_nobody(site: Path, registry: Registry, capsys: Out) -> None:
    (site / "content" / "site.yaml").write_text(
        f"<<<<<<< HEAD\nregistry_address: {registry.address}\n=======\nname: x\n>>>>>>> made-up\n"
    )
    put_record(site, study(1))
    assert importing(site, "--refresh") == 1
    out = capsys.readouterr().out
    assert "error[merge-conflict]" in out
    assert out.endswith("ended early: nothing was brought\n")
    assert not registry.asked


def test_an_empty_site_has_nothing_to_refresh(site: Path, capsys: Out) -> None:
    assert importing(site, "--refresh") == 0
    assert (
        capsys.readouterr().out
        == "no trial has a registry.json yet; bring the first with: import NCT01234567\n"
    )


def test_the_registry_that_site_yaml_names_is_asked(site: Path, registry: Registry) -> None:
    (site / "content" / "site.yaml").write_text(
        f"name: A made-up site\nregistry_address: {registry.address}\nrequests_per_minute: 600\n"
    )
    assert importing(site, "NCT00000001") == 0
    assert record_path(site, 1).exists()


def test_a_busy_registry_says_so(site: Path, registry: Registry, capsys: Out) -> None:
    registry.trouble = [status(429, "99999"), closed]
    assert ask(site, registry, "NCT00000001") == 1
    assert "error[registry-busy]" in capsys.readouterr().out


def test_the_json_report_says_all(site: Path, registry: Registry, capsys: Out) -> None:
    put_record(site, study(1))
    registry.studies["NCT00000001"] = study(1, status="COMPLETED", updated="2026-11-18")
    assert ask(site, registry, "--refresh", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["summary"] == "1 trial changed"
    assert found["counts"]["changed"] == 1
    (trial,) = found["trials"]
    assert (trial["trial_id"], trial["kind"], trial["updated_before"], trial["updated"]) == (
        "NCT00000001",
        "changed",
        "2026-10-01",
        "2026-11-18",
    )
    assert trial["changes"][0]["words"] == "recruiting -> completed"
    assert (trial["changes"][0]["before"], trial["changes"][0]["after"]) == ("RECRUITING", "COMPLETED")


def test_a_zip_renews_only_what_is_held(site: Path, tmp_path: Path, capsys: Out) -> None:
    put_record(site, study(2))
    archive = tmp_path / "studies.zip"
    files = {
        f"{n % 3}/NCT{n:08d}.json": study(n, status="COMPLETED", updated="2026-11-18") for n in range(1, 6)
    }
    archive.write_bytes(zipped(files))
    assert importing(site, "--refresh", str(archive)) == 0
    assert capsys.readouterr().out.endswith("1 trial changed\n")
    assert sorted(path.name for path in (site / "content" / "trials").iterdir()) == ["NCT00000002"]


def test_numbers_beside_a_file_choose_from_it(site: Path, tmp_path: Path, capsys: Out) -> None:
    archive = tmp_path / "studies.zip"
    archive.write_bytes(zipped({"all.json": [study(1), study(2)], "NCT00000003.json": study(3)}))
    assert importing(site, str(archive), "NCT00000002", "NCT00000003", "NCT00000004") == 1
    out = capsys.readouterr().out
    assert "The files hold no record of NCT00000004" in out
    assert sorted(path.name for path in (site / "content" / "trials").iterdir()) == [
        "NCT00000002",
        "NCT00000003",
    ]


def test_an_interrupted_file_goes_on_where_it_ended(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.setattr("trialpages.importing.running.MARK_EVERY", 2)
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    first.write_text(json.dumps({"studies": [study(1), study(2), study(3)]}))
    second.write_text(json.dumps([study(4), study(5), study(6), study(7)]))
    with monkeypatch.context() as patched:
        _interrupt_at(patched, 7)
        assert importing(site, str(first), str(second)) == 130
    brought: list[str] = []
    real = Importer._note

    def note(self: Importer, found: Outcome) -> None:
        brought.append(found.trial_id)
        real(self, found)

    monkeypatch.setattr(Importer, "_note", note)
    assert importing(site, str(first), str(second)) == 0
    assert brought == ["NCT00000007"]
    assert capsys.readouterr().out.endswith("7 new trials\n")


WORDS = """
title: A made-up title
overall_status: RECRUITING
plain_criteria:
  - kind: inclusion
    plain: You are at least 18 years old.
    original: At least 18 years old
"""


def test_a_refresh_names_the_words_that_may_be_out_of_date(
    site: Path, registry: Registry, capsys: Out, tmp_path: Path
) -> None:
    rules = "Inclusion Criteria:\n\n* {}\n* Fever\n\nExclusion Criteria:\n\n* A cold"
    folder = put_record(site, study(1, criteria=rules.format("At least 18 years old"))).parent
    (folder / "trial.yaml").write_text(WORDS)
    (folder / "summary.md").write_text("## In short\n\nThis made-up study tests a tea.\n")
    before = {name: (folder / name).read_bytes() for name in ("trial.yaml", "summary.md")}
    changed = study(
        1, criteria=rules.format("At least 21 years old"), status="COMPLETED", updated="2026-11-18"
    )
    registry.studies["NCT00000001"] = changed
    report = tmp_path / "report.md"
    assert ask(site, registry, "--refresh", "--report", str(report)) == 0
    assert {name: (folder / name).read_bytes() for name in before} == before
    out = capsys.readouterr().out
    place = "content/trials/NCT00000001"
    assert f"  to be answered: {place}/trial.yaml:3  'overall_status' differs" in out
    assert f"  to be answered: {place}/trial.yaml:7  No inclusion rule of the record begins with" in out
    assert (
        f"  may be out of date: {place}/trial.yaml:5  the plain rule 'You are at least 18 years old.'\n"
        in out
    )
    assert f"  may be out of date: {place}/summary.md:1  the text under 'In short'\n" in out
    text = report.read_text("utf-8")
    assert "\n```diff\n- At least 18 years old\n+ At least 21 years old\n```\n" in text
    assert f"* `{place}/summary.md:1` the text under 'In short'\n" in text


def test_what_a_site_makes_milder_waits_for_nobody(site: Path, registry: Registry, capsys: Out) -> None:
    settings = site / "content" / "site.yaml"
    settings.write_text(settings.read_text() + "severities:\n  unknown-reference: warning\n")
    rules = "Inclusion Criteria:\n\n* {}\n* Fever"
    folder = put_record(site, study(1, criteria=rules.format("At least 18 years old"))).parent
    (folder / "trial.yaml").write_text(WORDS[WORDS.index("plain_criteria") :])
    registry.studies["NCT00000001"] = study(
        1, criteria=rules.format("At least 21 years old"), updated="2026-11-18"
    )
    assert ask(site, registry, "--refresh") == 0
    out = capsys.readouterr().out
    assert "trial.yaml:2  the plain rule" in out
    assert "to be answered" not in out


def test_the_time_left_counts_to_the_limit(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[tuple[str, int, int]] = []
    monkeypatch.setattr(
        "trialpages.progress.ProgressLine.show", lambda _line, *what: shown.append((what[0], *what[1:]))
    )
    records = by_number(*(study(number) for number in range(1, 6)))
    archive = tmp_path / "made-up.zip"
    archive.write_bytes(zipped({f"{number}.json": made for number, made in records.items()}))
    assert importing(site, str(archive), "--limit", "2") == 0
    with serving(records) as registry:
        assert ask(site, registry, "--search", "made-up", "--limit", "3") == 0
    assert shown == [
        ("importing trials", 1, 2),
        ("importing trials", 2, 2),
        *(("importing trials", count, 3) for count in (1, 2, 3)),
    ]


def test_records_come_through_a_pipe(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    piped = io.TextIOWrapper(io.BytesIO(json.dumps([study(1), study(2)]).encode()))
    monkeypatch.setattr("sys.stdin", piped)
    assert importing(site, "-", "NCT00000002") == 0
    assert capsys.readouterr().out.endswith("1 new trial\n")
    assert record_path(site, 2).exists()
    assert not record_path(site, 1).exists()


def test_a_refresh_does_not_go_on_where_another_command_ended(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    path = tmp_path / "studies.json"
    path.write_text(json.dumps([study(1), study(2, status="COMPLETED", updated="2026-11-18")]))
    with monkeypatch.context() as patched:
        _interrupt_at(patched, 2)
        assert importing(site, str(path)) == 130
    put_record(site, study(2))
    capsys.readouterr()
    assert importing(site, "--refresh", str(path)) == 0
    assert capsys.readouterr().out.endswith("1 trial changed, 1 record confirmed unchanged\n")
