"""Places on the trial page: all of them, a few open, the rest folded by country."""

from __future__ import annotations

from typing import Any

from trial_view_made_up import changed, page, text_of, view

from trialpages.model.trial import Location


def locations(*places: Location, status: str = "RECRUITING") -> dict[str, Any]:
    found: dict[str, Any] = view(changed(locations=places, overall_status=status))["locations"]
    return found


def shown(section: dict[str, Any], part: str) -> list[str]:
    return [
        place["facility"]
        for country in section["countries"]
        for state in country[part]
        for place in state["places"]
    ]


def test_countries_with_open_places_come_first_then_those_with_most_places() -> None:
    found = locations(
        Location(city="A", country="One", facility="1"),
        Location(city="B", country="Many", facility="2"),
        Location(city="C", country="Many", facility="3"),
        Location(city="D", country="Open", facility="4", status="RECRUITING"),
    )
    assert [country["name"] for country in found["countries"]] == ["Open", "Many", "One"]


def test_no_place_is_lost_however_many_there_are() -> None:
    places = [
        Location(
            city=f"City {number}",
            country=f"Country {number % 40:02}",
            state=f"State {number % 7}",
            facility=str(number),
        )
        for number in range(1154)
    ]
    found = locations(*places)
    visible, folded = shown(found, "open"), shown(found, "rest")
    assert sorted(map(int, visible + folded)) == list(range(1154))
    assert 0 < len(visible) <= 30


def test_a_fold_says_country_places_and_cities() -> None:
    places = [
        Location(city=f"City {number // 2}", country="Land", state=f"S{number // 2:02}", facility=str(number))
        for number in range(40)
    ]
    assert locations(*places)["countries"][0]["rest_summary"] == "Land: 20 more places in 10 cities"


def test_a_closed_trial_overrides_a_place_that_still_says_open() -> None:
    place = Location(city="A", country="One", status="RECRUITING")
    closed = locations(place, status="COMPLETED")
    assert closed["countries"][0]["open"][0]["places"][0]["status"] is None
    assert closed["sentences"] == ["1 place in One."]
    opened = locations(place)
    assert opened["countries"][0]["open"][0]["places"][0]["status"]["label"] == "Open here"
    assert opened["sentences"][0] == "1 place in One, 1 listed as open."


def test_a_postcode_stands_in_small_print_with_its_place() -> None:
    place = Location(city="A", country="One", facility="Clinic", zip="01234")
    root = page(view(changed(locations=(place,))))
    assert [text_of(item) for item in root.xpath("//ul[@class='places']/li")] == ["A Clinic 01234"]
    assert [text_of(item) for item in root.xpath("//ul[@class='places']//small")] == ["01234"]


def test_a_country_that_left_is_named_even_where_no_place_is_known() -> None:
    found = view(changed(locations=(), removed_countries=("Nowhere",)))["locations"]
    assert (found["sentences"], found["countries"]) == (["No longer taking part: Nowhere."], [])
