"""The stage that writes the index: where its files lie, when it is made anew, and how many files a small site has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sites import run, write

SITE = "name: A made-up site\n"
TRIAL = """\
title: A made-up study of aspirin
overall_status: RECRUITING
conditions: [Headache]
lead_sponsor: {name: A made-up hospital}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, {"content/site.yaml": SITE, "content/trials/NCT00000001/trial.yaml": TRIAL}, tick=0)
    return tmp_path


def folder(site: Path) -> Path:
    latest = json.loads((site / "output/search/latest.json").read_text("utf-8"))
    return site / "output/search" / str(latest["index"])


def names(site: Path) -> list[str]:
    return sorted(path.relative_to(folder(site)).as_posix() for path in folder(site).rglob("*.json"))


def test_a_small_site_has_three_files_and_the_pointer(site: Path) -> None:
    assert run(site).index_made
    assert names(site) == ["cards.json", "index.json", "manifest.json"]
    assert [path.name for path in (site / "output/search").iterdir() if path.is_dir()] == [folder(site).name]


def test_the_limit_of_few_files_is_the_owners(site: Path) -> None:
    write(site, {"content/site.yaml": f"{SITE}search_in_few_files_below: 0\n"}, tick=1)
    run(site)
    assert {"lex/0.json", "doc/0.json", "facets.json"} <= set(names(site))
    write(site, {"content/site.yaml": f"{SITE}search_in_few_files_below: 2000\n"}, tick=2)
    assert run(site).index_made
    assert names(site) == ["cards.json", "index.json", "manifest.json"]


def test_a_setting_that_no_search_shows_leaves_the_index(site: Path) -> None:
    run(site)
    write(site, {"content/site.yaml": f"{SITE}notice: Made up.\n"}, tick=1)
    assert not run(site).index_made


def test_a_lost_file_of_the_index_is_made_again(site: Path) -> None:
    run(site)
    lost = folder(site) / "cards.json"
    content = lost.read_bytes()
    lost.unlink()
    assert run(site).index_made
    assert lost.read_bytes() == content


def test_an_edit_that_search_shows_makes_a_new_folder_and_leaves_no_old_one(site: Path) -> None:
    run(site)
    before = folder(site).name
    write(site, {"content/trials/NCT00000001/trial.yaml": TRIAL.replace("aspirin", "rest")}, tick=1)
    assert run(site).index_made
    folders = [path.name for path in (site / "output/search").iterdir() if path.is_dir()]
    assert folders == [folder(site).name] != [before]


def test_what_editors_say_about_names_is_part_of_the_index(site: Path) -> None:
    run(site)
    synonyms = "- names: [headache, sore head]\n"
    write(site, {"content/search-synonyms.yaml": synonyms}, tick=1)
    assert run(site).index_made
    assert '"sore head"' in (folder(site) / "index.json").read_text("utf-8")
