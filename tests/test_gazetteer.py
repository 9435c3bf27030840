"""Towns and postcodes as files of the site: what is packed, what trials tell of postcodes, what a build writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_up_cards import made_up_card
from sites import published, run, write

from trialpages.model.postcodes import digits_of, known_postcodes, postcode_area
from trialpages.model.trial import Location
from trialpages.pages.gazetteer import areas_file, folder_of, is_wanted, names, unpacked
from trialpages.read.config import Config
from trialpages.stages.inputs import gazetteer_archive

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "js/gazetteer.json").read_text("utf-8"))
MOST_FILES = 1_000
MOST_BYTES = 6_000_000
LARGEST_FILE = 220_000
FEWEST_TOWNS = 400
"""A file of towns holds at least so many, or a request for it would tell too much."""


def place(zip_code: str | None, country: str, latitude: float | None, city: str = "Town") -> Location:
    return Location(city=city, country=country, zip=zip_code, latitude=latitude, longitude=latitude)


@pytest.fixture(scope="module")
def packed() -> dict[str, Any]:
    files = unpacked(gazetteer_archive())
    return {name.rpartition("/")[2]: json.loads(content) for name, content in files.items()}


def test_codes_are_cut_as_the_browser_cuts_them() -> None:
    assert [postcode_area(code) for code, _area in VECTORS["postcode_area"]] == [
        area for _code, area in VECTORS["postcode_area"]
    ]
    assert [digits_of(code) for code, _digits in VECTORS["digits"]] == [
        digits for _code, digits in VECTORS["digits"]
    ]


def test_the_gazetteer_keeps_its_budget() -> None:
    archive = gazetteer_archive()
    files = unpacked(archive)
    assert tuple(files) == names(archive)
    assert len(files) < MOST_FILES
    assert sum(map(len, files.values())) < MOST_BYTES
    assert max(map(len, files.values())) < LARGEST_FILE
    assert {Path(name).parent.as_posix() for name in files} == {folder_of(archive)}


def test_the_index_names_every_file_and_no_file_is_small(packed: dict[str, Any]) -> None:
    index = packed["index.json"]
    towns = [f"towns-{number}.json" for number in range(len(index["towns"]))]
    codes = [f"zip-{digit}.json" for digit in index["zip"]]
    assert sorted(packed) == sorted([*towns, *codes, "index.json"])
    assert index["towns"] == sorted(index["towns"]) and index["towns"][0] == ""
    assert all(len(start) <= 2 for start in index["towns"])
    assert min(len(packed[name]["places"]) for name in towns[:-1]) >= FEWEST_TOWNS


def test_a_town_stands_under_its_own_name_and_others(packed: dict[str, Any]) -> None:
    rows = [
        (*row, shard["areas"][row[1]])
        for name, shard in packed.items()
        if name.startswith("towns-")
        for row in shard["places"]
        if row[0] == "Munich"
    ]
    assert all(row[-1][1] == "DE" for row in rows)
    assert {row[5] for row in rows if len(row) == 7} >= {"munchen", "muenchen", "monaco di baviera"}
    houston = [
        row
        for row in packed[_file(packed, "ho")]["places"]
        if row[0] == "Houston" and row[4] > 2000 and len(row) == 5
    ]
    assert [row[2:4] for row in houston] == [[29.76, -95.36]]
    assert packed["zip-7.json"]["77030"] == [29.71, -95.4]


def _file(packed: dict[str, Any], letters: str) -> str:
    starts = packed["index.json"]["towns"]
    return f"towns-{max(number for number, start in enumerate(starts) if start <= letters)}.json"


def test_trials_tell_the_areas_of_postcodes_outside_the_united_states() -> None:
    places = (
        place("10117", "Germany", 52.5, "Berlin"),
        place("10119", "Germany", 52.7, "Berlin"),
        place("77030", "United States", 29.7),
        place("10119", "Germany", None),
        place(None, "France", 48.0),
        place("1", "France", 48.0),
    )
    found = known_postcodes(places)
    assert [(each.country, each.area, each.digits, each.city) for each in found] == [
        ("Germany", "1011", 5, "Berlin")
    ]


def test_areas_are_the_middle_of_what_all_trials_tell() -> None:
    cards = [
        made_up_card(
            1, locations=(place("10117", "Germany", 50.0, "Berlin"), place("SW3 6JJ", "United Kingdom", 51.0))
        ),
        made_up_card(2, locations=(place("10119", "Germany", 52.0, "Berlin"),)),
        made_up_card(3, locations=(place("1011 AB", "Germany", 60.0, "Elsewhere"),)),
    ]
    assert json.loads(areas_file(cards).content) == {
        "Germany": {"digits": [0, 5], "areas": {"1011": [52, 52, "Berlin"]}},
        "United Kingdom": {"digits": [0], "miles": True, "areas": {"SW3": [51, 51, "Town"]}},
    }


def test_the_files_are_wanted_where_a_place_is_known_and_the_site_does_not_say_no() -> None:
    known, unknown = made_up_card(1, locations=(place(None, "France", 48.0),)), made_up_card(2)
    assert is_wanted([unknown, known], Config())
    assert not is_wanted([unknown], Config())
    assert not is_wanted([known], Config(gazetteer=False))


TRIAL = """\
title: Made-up trial
overall_status: RECRUITING
locations:
  - {city: Berlin, country: Germany, zip: "10117", latitude: 52.5, longitude: 13.4, status: RECRUITING}
"""


def test_a_build_writes_the_files_once_and_mends_them(tmp_path: Path) -> None:
    write(tmp_path, {"site.yaml": "name: Made-up site\n", "content/trials/NCT00000001/trial.yaml": TRIAL})
    run(tmp_path)
    output = tmp_path / "output"
    first = {name: data for name, data in published(output).items() if name.startswith("gazetteer/")}
    assert set(names(gazetteer_archive())) | {"gazetteer/areas.json", "gazetteer/outlines.json"} == set(first)
    html = (output / "trials/NCT00000001/index.html").read_text("utf-8")
    assert f'data-gazetteer="../../{folder_of(gazetteer_archive())}/"' in html
    kept = output / f"{folder_of(gazetteer_archive())}/towns-0.json"
    inode = kept.stat().st_ino
    write(tmp_path, {"content/trials/NCT00000001/trial.yaml": TRIAL.replace("Berlin", "Potsdam")}, tick=1)
    run(tmp_path)
    assert kept.stat().st_ino == inode
    assert (
        json.loads((output / "gazetteer/areas.json").read_bytes())["Germany"]["areas"]["1011"][2] == "Potsdam"
    )
    kept.write_bytes(b"damaged")
    run(tmp_path)
    assert kept.read_bytes() == first[f"{folder_of(gazetteer_archive())}/towns-0.json"]
    write(tmp_path, {"site.yaml": "name: Made-up site\ngazetteer: no\n"}, tick=2)
    run(tmp_path)
    assert not (output / "gazetteer").exists()
    assert "data-gazetteer" not in (output / "trials/NCT00000001/index.html").read_text("utf-8")
