"""The map of places: its box, its outline, its dots, and what it says to those who do not see it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from trial_view_made_up import changed, page, view

from trialpages.model.trial import Location
from trialpages.pages.trial.place_map import OUTLINES, WIDTH, WORLD, place_map

ASSETS = Path(__file__).parent.parent / "assets/map"
MOST_DOT_BYTES = 4_000


def drawn(*places: Location, status: str = "RECRUITING") -> dict[str, Any]:
    found: dict[str, Any] = view(changed(locations=places, overall_status=status))["locations"]["map"]
    return found


def place(latitude: float | None, longitude: float | None, country: str = "One", **facts: Any) -> Location:
    return Location(city="A", country=country, latitude=latitude, longitude=longitude, **facts)


@pytest.mark.parametrize(
    ("points", "outline"),
    [
        ([(29.76, -95.37)], "north-america"),
        ([(29.76, -95.37), (47.6, -122.3)], "north-america"),
        ([(48.85, 2.35), (52.5, 13.4)], "europe"),
        ([(35.7, 139.7)], "east-asia"),
        ([(-33.9, 151.2)], "oceania"),
        ([(-23.5, -46.6)], "south-america"),
        ([(-26.2, 28.0)], "africa"),
        ([(31.8, 35.2)], "africa"),
        ([(28.6, 77.2)], "west-asia"),
        ([(29.76, -95.37), (48.85, 2.35)], WORLD),
        ([(-36.8, 174.7), (64.1, -21.9)], WORLD),
    ],
)
def test_the_finest_outline_that_holds_all_places_lies_under_them(
    points: list[tuple[float, float]], outline: str
) -> None:
    found = place_map((latitude, longitude, "open") for latitude, longitude in points)
    assert found is not None and found.outline == f"map/{outline}.svg"
    x, y, width, height = map(float, found.view.split(","))
    west, south, east, north = OUTLINES[outline]
    assert (west + 180) * 100 <= x and x + width <= (east + 180) * 100
    assert (90 - north) * 100 <= y and y + height <= (90 - south) * 100
    assert found.width == WIDTH and WIDTH / 2.5 < found.height < WIDTH * 1.3


def test_a_dot_lies_where_its_place_is() -> None:
    found = place_map([(50.0, 10.0, "open")])
    assert found is not None
    # A single place lies in the middle.
    [(tone, path)] = found.dots
    x, y = map(int, re.findall(r"\d+", path)[:2])
    assert tone == "open" and abs(x - WIDTH / 2) <= 2 and abs(y - found.height / 2) <= 2


def test_an_open_place_lies_above_the_others() -> None:
    found = place_map([(50.0, 10.0, "open"), (50.0, 10.0, "closed"), (51.0, 10.0, "waiting")])
    assert found is not None
    assert [tone for tone, _path in found.dots] == ["closed", "waiting", "open"]


def test_a_thousand_places_cost_a_page_little() -> None:
    points = [(-50 + (number * 7919) % 110, -120 + (number * 104729) % 270, "open") for number in range(1154)]
    found = place_map(points)
    assert found is not None
    assert sum(len(path) for _tone, path in found.dots) < MOST_DOT_BYTES * 3
    near = [(48 + number % 40 / 400, 2 + number // 40 / 400, "open") for number in range(1154)]
    crowded = place_map(near)
    assert crowded is not None and sum(len(path) for _tone, path in crowded.dots) < 200


def test_the_map_says_what_it_shows() -> None:
    places = [
        place(50, 10, "One", status="RECRUITING"),
        place(51, 11, "One", status="RECRUITING"),
        place(52, 12, "Two", status="COMPLETED"),
        place(None, None, "Two"),
    ]
    found = drawn(*places)
    assert found["text"] == "Map of 3 places in 2 countries. 2 places are open. Most are in One."
    assert found["missing"] == "1 place is not on the map. The record does not say where it is."
    assert [entry["label"] for entry in found["key"]] == ["Open", "Closed"]
    closed = drawn(*places, status="COMPLETED")
    assert closed["text"] == "Map of 3 places in 2 countries. Most are in One."
    assert [dots["tone"] for dots in closed["dots"]] == ["plain"] and closed["key"] == []
    assert drawn(place(50, 10, "United States"))["text"] == "Map of 1 place in the United States."


def test_without_a_position_there_is_no_map() -> None:
    section = view(changed(locations=(place(None, None),)))["locations"]
    assert section["map"] is None and not section["has_gazetteer"]


def test_the_page_shows_the_part_of_the_outline_and_the_dots() -> None:
    root = page(
        view(changed(locations=(place(29.76, -95.37, status="RECRUITING"),), overall_status="RECRUITING"))
    )
    [image] = root.xpath("//figure[@class='place-map']//img")
    assert re.fullmatch(r"../../assets/map/north-america.svg#svgView\(viewBox\([\d,]+\)\)", image.get("src"))
    assert (image.get("alt"), image.get("loading")) == ("", "lazy")
    [drawing] = root.xpath("//figure[@class='place-map']//svg[@role='img']")
    assert drawing.get("aria-label") == "Map of 1 place in One. 1 place is open."


@pytest.mark.parametrize("name", OUTLINES)
def test_an_outline_is_a_small_drawing_of_its_box_without_styles(name: str) -> None:
    content = (ASSETS / f"{name}.svg").read_bytes()
    assert len(content) < 50_000
    drawing = etree.fromstring(content)
    west, south, east, north = OUTLINES[name]
    numbers = [(west + 180) * 100, (90 - north) * 100, (east - west) * 100, (north - south) * 100]
    assert drawing.get("viewBox") == " ".join(f"{number:.0f}" for number in numbers)
    assert {element.tag.rpartition("}")[2] for element in drawing} == {"path"}
    assert b"style" not in content
