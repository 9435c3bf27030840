"""When a build makes the search index anew, and that it touches no file of it whose bytes stay the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import published, run, trial, write

from trialpages.machine.output import OWNED, publish

SYNONYMS = "content/search-synonyms.yaml"
ROOT = Path(__file__).parent.parent


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site of two made-up trials that has been built."""
    folder = tmp_path / "site"
    write(
        folder,
        {
            "content/site.yaml": "name: A made-up site\n",
            "content/trials/NCT00000001/trial.yaml": trial("A made-up study of aspirin"),
            "content/trials/NCT00000002/trial.yaml": trial(
                "A made-up study of rest", conditions="[Sore knee]"
            ),
        },
    )
    assert run(folder).index_made
    return folder


def folder_of_index(site: Path) -> Path:
    search = site / "output" / "search"
    return search / str(json.loads((search / "latest.json").read_bytes())["index"])


def touched(site: Path) -> dict[str, int]:
    """Return when each file of the index was written."""
    files = [*folder_of_index(site).iterdir(), site / "output" / "search" / "latest.json"]
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in files}


KEEPING: dict[str, dict[str, str]] = {
    "settings": {
        "content/site.yaml": "name: Another name\nowner: Somebody\nshow_contacts: yes\nspots_left: no\n"
    },
    "no gazetteer": {"content/site.yaml": "name: A made-up site\ngazetteer: no\nsocial_images: no\n"},
    "a rule on who may join": {
        "content/trials/NCT00000002/trial.yaml": trial(
            "A made-up study of rest", conditions="[Sore knee]", exclusion_criteria="[Pregnancy]"
        )
    },
    "a draft": {"content/trials/NCT00000003/trial.yaml": trial("A made-up draft", draft="yes")},
    "a glossary": {"content/glossary.yaml": "- term: Placebo\n  meaning: A look-alike without a drug.\n"},
    "an empty list of synonyms": {SYNONYMS: "[]\n"},
}


@pytest.mark.parametrize("files", KEEPING.values(), ids=KEEPING)
def test_what_no_search_shows_touches_no_file_of_the_index(site: Path, files: dict[str, str]) -> None:
    before = touched(site)
    write(site, files, tick=1)
    report = run(site)
    assert (report.errors, report.published, report.index_made) == (0, True, False)
    assert touched(site) == before


def test_a_list_of_synonyms_is_in_the_index_and_leaves_it_without_a_trace(site: Path) -> None:
    first = folder_of_index(site)
    write(site, {SYNONYMS: "- names: [headache, sore head]\n"}, tick=1)
    assert run(site).index_made
    second = folder_of_index(site)
    assert second != first and not first.exists()
    assert b"sore head" in (second / "index.json").read_bytes()
    write(site, {SYNONYMS: "# Words for the same thing.\n- names: [headache, sore head]\n"}, tick=2)
    assert not run(site).index_made
    (site / SYNONYMS).unlink()
    assert run(site).index_made
    assert folder_of_index(site) == first and not second.exists()


def test_a_faulty_list_of_synonyms_leaves_the_index_as_it_is(site: Path) -> None:
    before = touched(site)
    write(site, {SYNONYMS: "- names: [headache]\n  found: [migraine]\n"}, tick=1)
    report = run(site)
    assert not report.published
    assert touched(site) == before
    [fault] = report.diagnostics
    assert (fault.code, fault.span.line, fault.span.column) == ("unknown-field", 2, 3)


def test_each_language_has_its_index(site: Path) -> None:
    english = folder_of_index(site)
    write(site, {"content/site.yaml": "name: A made-up site\nlanguage: es\n"}, tick=1)
    assert run(site).index_made
    manifest = json.loads((folder_of_index(site) / "manifest.json").read_bytes())
    assert manifest["language"] == "es"
    assert manifest["facets"][0]["values"] == [["RECRUITING", "Abierto: busca participantes", 2]]
    write(site, {"content/site.yaml": "name: A made-up site\n"}, tick=2)
    assert run(site).index_made
    assert folder_of_index(site) == english


def test_a_trial_with_a_fault_is_in_no_index_until_it_is_mended(site: Path) -> None:
    whole = folder_of_index(site)
    name = "content/trials/NCT00000002/trial.yaml"
    text = (site / name).read_text("utf-8")
    write(site, {name: "titel: A made-up study\n"}, tick=1)
    assert run(site, keep_going=True).index_made
    cards = json.loads((folder_of_index(site) / "cards.json").read_bytes())
    assert [card["id"] for card in cards["doc/0.json"]] == ["NCT00000001"]
    assert not run(site, keep_going=True).index_made
    write(site, {name: text}, tick=2)
    assert run(site).index_made
    assert folder_of_index(site) == whole


def test_a_build_that_stops_leaves_the_index_and_the_next_one_makes_it(site: Path) -> None:
    before = touched(site)
    name = "content/trials/NCT00000001/trial.yaml"
    write(
        site,
        {"templates/404.html": "{{ nothing.of.this }}", name: trial("A made-up study of paracetamol")},
        tick=1,
    )
    assert not run(site).published
    assert touched(site) == before
    (site / "templates/404.html").unlink()
    report = run(site)
    assert report.published and report.index_made
    assert b"paracetamol" in (folder_of_index(site) / "index.json").read_bytes()


def remove(path: Path) -> None:
    path.unlink()


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9])


@pytest.mark.parametrize("name", ["manifest.json", "index.json", "cards.json", "../latest.json"])
@pytest.mark.parametrize("damage", [remove, cut_off])
def test_a_damaged_file_is_made_again_and_no_other_is_touched(
    site: Path, name: str, damage: Callable[[Path], None]
) -> None:
    folder, before, whole = folder_of_index(site), touched(site), published(site / "output")
    damage(folder / name)
    assert run(site).index_made
    assert published(site / "output") == whole
    changed = {path for path, moment in touched(site).items() if moment != before[path]}
    assert changed == {os.path.relpath(folder / name, site)}


def test_a_file_of_the_site_that_is_gone_costs_no_index(site: Path) -> None:
    before = touched(site)
    (site / "output" / "site.json").unlink()
    assert not run(site).index_made
    assert (site / "output" / "site.json").exists()
    assert touched(site) == before


def test_a_lost_memo_touches_no_file(site: Path) -> None:
    before = touched(site)
    shutil.rmtree(site / ".cache")
    assert run(site).index_made
    assert touched(site) == before


def test_the_new_index_stands_before_the_pointer_names_it_and_the_old_one_goes_last(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = folder_of_index(site)
    moved: list[str] = []
    replace = os.replace

    def watched(source: str, target: str) -> None:
        name = Path(target).name
        assert old.exists() or name.startswith(OWNED)
        moved.append(name)
        replace(source, target)

    write(site, {SYNONYMS: "- names: [headache, sore head]\n"}, tick=1)
    monkeypatch.setattr(f"{publish.__module__}.os.replace", watched)
    assert run(site).index_made
    assert not old.exists()
    assert set(moved[: moved.index("latest.json")]) >= {"manifest.json", "index.json"}


def test_hashes_and_locale_of_a_machine_change_no_byte(site: Path, tmp_path: Path) -> None:
    expected = {
        path: content for path, content in published(site / "output").items() if path.startswith("search/")
    }
    for seed, locale in (("1", "C"), ("2", "tr_TR.UTF-8")):
        output = tmp_path / f"output-{seed}"
        command = [
            sys.executable,
            str(ROOT / "build.py"),
            "build",
            "--directory",
            str(site),
            "--today",
            "2026-11-23",
        ]
        command += ["--output", str(output), "--cache", str(tmp_path / f"cache-{seed}")]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Asia/Tokyo"}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        found = {path: content for path, content in published(output).items() if path.startswith("search/")}
        assert found == expected
