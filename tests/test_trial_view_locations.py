"""Places on the trial page: all of them, a few open, the rest folded by country."""

from __future__ import annotations

import json
from typing import Any

from trial_view_made_up import changed, page, text_of, view

from trialpages.model.trial import Contact, Location
from trialpages.pages.trial.locations import MOST_PLACES, locations_view


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
    visible = shown(found, "open")
    assert 0 < len(visible) <= 30 and shown(found, "rest") == []
    assert set(visible) <= set(map(str, range(1154)))
    every = [place["facility"] for place in in_file(found)]
    assert sorted(map(int, every)) == list(range(1154))
    assert sorted(shown(found["long"].content, "states")) == sorted(every)
    assert found["every"] == {"text": "See all 1,154 places", "url": "places/"}
    assert found["file"] == "places.json"


def in_file(section: dict[str, Any]) -> list[dict[str, Any]]:
    listed = json.loads(section["files"]["places.json"])
    return [
        place for country in listed["countries"] for state in country["states"] for place in state["places"]
    ]


def test_a_trial_with_few_places_has_them_all_on_its_page() -> None:
    places = [Location(city=f"City {n}", country=f"Land {n}", facility=str(n)) for n in range(MOST_PLACES)]
    found = locations(*places)
    assert sorted(map(int, shown(found, "open") + shown(found, "rest"))) == list(range(MOST_PLACES))
    assert found["file"] == "" and "long" not in found and "files" not in found


def test_the_file_says_of_a_place_what_the_page_says() -> None:
    asked = Contact(name="A. Person", phone="555", email=None)
    first = Location(
        city="A",
        country="One",
        zip="01234",
        latitude=1.2345,
        longitude=-0.0,
        status="RECRUITING",
        contacts=(asked,),
    )
    rest = [
        Location(city="B", country="Two", status="COMPLETED", contacts=(asked,)) for _ in range(MOST_PLACES)
    ]
    trial = changed(locations=(first, *rest), overall_status="RECRUITING")
    found: Any = locations_view(trial, show_contacts=True)
    listed = json.loads(found["files"]["places.json"])
    assert listed["statuses"] == [
        {"label": "Open here", "shape": "disc", "tone": "open"},
        {"label": "Finished here", "shape": "square", "tone": "closed"},
    ]
    assert in_file(found)[0] == {
        "city": "A",
        "postcode": "01234",
        "at": [1.23, 0],
        "status": 0,
        "open": True,
        "contacts": ["A. Person: 555"],
    }
    assert in_file(found)[1] == {"city": "B", "status": 1}
    without: Any = locations_view(trial, show_contacts=False)
    assert "Person" not in without["files"]["places.json"]
    assert all(
        place["contacts"] == [] for place in without["long"].content["countries"][0]["states"][0]["places"]
    )


def test_the_sentence_that_other_pages_copy_is_marked() -> None:
    root = page(
        view(
            changed(
                locations=(Location(city="A", country="One", status="RECRUITING", latitude=1, longitude=2),)
            )
        )
    )
    assert [text_of(item) for item in root.xpath("//*[@data-compare='places']")] == [
        "1 place in One, 1 listed as open."
    ]
    [section] = root.xpath("//*[@data-places]")
    assert section.get("data-gazetteer") == "../../assets/gazetteer/"
    assert [item.get("data-at") for item in root.xpath("//li[@data-open]")] == ["1,2"]


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
