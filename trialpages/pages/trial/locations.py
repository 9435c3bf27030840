"""Locations: every place by country, state and city, and whom to ask while the status allows it.

A few groups stand open, the others are folded away by country with their counts. Beyond `MOST_PLACES`
the folded ones are not on the page at all: `places.json` beside it holds them for the script, and a
page of their own holds all places without script. No place is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from trialpages.model.labels import SITE_STATUS_LABELS, label, site_is_open, status_look
from trialpages.model.trial import Contact, Location, Trial
from trialpages.pages.trial.long_lists import LongList
from trialpages.pages.trial.place_figure import ENDED, map_view
from trialpages.pages.trial.registry_page import record_lang
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import in_country, joined, joined_choices
from trialpages.words.countries import country_name
from trialpages.words.language import _, amount, number

MOST_PLACES = 60
"""Places that a page holds whole; of more it holds those that stand open, and the rest lies beside it."""
OPEN_GROUPS = 10
OPEN_PLACES = 30
"""Places after which no further group stands open."""
OPEN_PLACES_WHEN_CLOSED = 10
"""The same for a trial that takes nobody in: its places help few readers."""
FILE = "places.json"
FILE_FORMAT = 1
PAGE = "places"


def locations_view(trial: Trial, *, show_contacts: bool, gazetteer: bool = True) -> View | None:
    """Return the places by country, those with open places first; nothing when none are known."""
    if not trial.locations:
        left = section("locations", sentences=_left(trial), countries=[], file="")
        return left if trial.removed_countries else None
    by_country = _grouped(trial.locations, lambda place: place.country)
    ordered = sorted(
        by_country.items(), key=lambda item: (-_open(trial, item[1]), -len(item[1]), item[0].casefold())
    )
    whole = [_country(trial, name, places, show_contacts) for name, places in ordered]
    is_long = len(trial.locations) > MOST_PLACES
    room = _Room(
        OPEN_PLACES if status_look(trial.overall_status).contact != "no" else OPEN_PLACES_WHEN_CLOSED
    )
    countries = [
        _folded(trial, country, places, room, is_long=is_long)
        for country, (_name, places) in zip(whole, ordered, strict=True)
    ]
    sentences = _sentences(trial, len(by_country))
    is_mapped = any(place.latitude is not None for place in trial.locations)
    view = section(
        "locations",
        sentences=sentences,
        countries=countries,
        places_lang=record_lang(trial, "locations"),
        map=map_view(trial),
        has_gazetteer=gazetteer and is_mapped and trial.overall_status not in ENDED,
        file=FILE if is_long else "",
    )
    if is_long:
        every = amount(len(trial.locations), "See all {count} place", "See all {count} places")
        view["every"] = {"text": every, "url": f"{PAGE}/"}
        view["files"] = {FILE: _as_json(whole)}
        view["long"] = LongList(
            name=PAGE,
            template="trial_places.html",
            title=_("All places"),
            content={
                "sentences": sentences,
                "countries": whole,
                "places_lang": record_lang(trial, "locations"),
            },
        )
    return view


class _Room:
    """How many groups and places still stand open."""

    def __init__(self, places: int) -> None:
        self.groups = OPEN_GROUPS
        self.places = places

    def takes(self, places: int) -> bool:
        """Say whether another group may stand open, and count it."""
        fits = self.groups > 0 and (places <= self.places or self.groups == OPEN_GROUPS)
        if fits:
            self.groups -= 1
            self.places -= places
        else:
            self.groups = 0
        return fits


def _country(trial: Trial, name: str, places: Sequence[Location], show_contacts: bool) -> View:
    """Return a country with all its places, by state."""
    by_state = _grouped(places, lambda place: place.state or "")
    return {
        "name": country_name(name),
        "count": amount(len(places), "{count} place", "{count} places"),
        "states": [
            {"name": state, "places": _places(trial, members, show_contacts)}
            for state, members in sorted(by_state.items(), key=lambda item: item[0].casefold())
        ],
    }


def _folded(trial: Trial, whole: View, places: Sequence[Location], room: _Room, *, is_long: bool) -> View:
    """Return a country as the trial's page shows it: what stands open, what is folded away, what lies elsewhere."""
    states: list[View] = whole["states"]  # type: ignore[assignment]
    opened: list[View] = []
    rest: list[View] = []
    for state in states:
        members: list[View] = state["places"]  # type: ignore[assignment]
        (opened if room.takes(len(members)) else rest).append(state)
    names = {state["name"] for state in rest}
    hidden = [place for place in places if (place.state or "") in names]
    return {
        **whole,
        "open": opened,
        "rest": [] if is_long else rest,
        "rest_states": [state["name"] for state in rest],
        "rest_summary": _rest_summary(trial, str(whole["name"]), hidden, partly=bool(opened)),
    }


def _rest_summary(trial: Trial, country: str, hidden: Sequence[Location], *, partly: bool) -> str:
    if not hidden:
        return ""
    cities = amount(len({(place.state, place.city) for place in hidden}), "{count} city", "{count} cities")
    if partly:
        places = amount(len(hidden), "{count} more place", "{count} more places")
    else:
        places = amount(len(hidden), "{count} place", "{count} places")
    found = _open(trial, hidden)
    if found:
        return _("{country}: {places} in {cities}, {open} of them open").format(
            country=country, places=places, cities=cities, open=number(found)
        )
    return _("{country}: {places} in {cities}").format(country=country, places=places, cities=cities)


def _places(trial: Trial, places: Iterable[Location], show_contacts: bool) -> list[View]:
    ordered = sorted(
        places,
        key=lambda place: (
            not site_is_open(trial.overall_status, place.status),
            place.city.casefold(),
            (place.facility or "").casefold(),
        ),
    )
    return [_place(trial, place, show_contacts) for place in ordered]


def _place(trial: Trial, place: Location, show_contacts: bool) -> View:
    at = (
        ""
        if place.latitude is None or place.longitude is None
        else f"{round(place.latitude, 2):g},{round(place.longitude, 2):g}"
    )
    asked = show_contacts and place.contacts and _allows_contact(trial, place)
    return {
        "city": place.city,
        "facility": place.facility or "",
        "postcode": place.zip or "",
        "status": _site_status(trial, place),
        "is_open": site_is_open(trial.overall_status, place.status),
        "at": at,
        "contacts": [text for text in map(contact_text, place.contacts) if text] if asked else [],
    }


def _allows_contact(trial: Trial, place: Location) -> bool:
    if status_look(trial.overall_status).contact == "no":
        return False
    return place.status is None or status_look(place.status).contact != "no"


def _site_status(trial: Trial, place: Location) -> dict[str, str] | None:
    """Return a place's own status; a trial that has ended or is closed overrides an open place."""
    if place.status is None or trial.overall_status in ENDED:
        return None
    if place.status == "RECRUITING" and not site_is_open(trial.overall_status, place.status):
        return None
    mark = status_look(place.status)
    text = label(SITE_STATUS_LABELS, place.status) or mark.label
    return {"label": text, "tone": mark.tone, "shape": mark.shape}


def contact_text(contact: Contact) -> str:
    """Return whom to ask and how, in one line; nothing when there is no way to reach them."""
    phone = contact.phone or ""
    if phone and contact.phone_ext:
        phone = _("{phone}, extension {extension}").format(phone=phone, extension=contact.phone_ext)
    ways = [way for way in (phone, contact.email) if way]
    return ": ".join(part for part in (contact.name or "", joined_choices(ways)) if part) if ways else ""


def _open(trial: Trial, places: Iterable[Location]) -> int:
    return sum(site_is_open(trial.overall_status, place.status) for place in places)


def _sentences(trial: Trial, countries: int) -> list[str]:
    places = amount(len(trial.locations), "{count} place", "{count} places")
    where = (
        amount(countries, "{count} country", "{count} countries")
        if countries > 1
        else in_country(trial.locations[0].country)
    )
    opened = _open(trial, trial.locations)
    if opened:
        count = _("{places} in {where}, {open} listed as open.").format(
            places=places, where=where, open=number(opened)
        )
    else:
        count = _("{places} in {where}.").format(places=places, where=where)
    sentences = [count, *_left(trial)]
    if status_look(trial.overall_status).contact != "no":
        sentences.append(_("A place can close at any time. Ask before you travel."))
    return sentences


def _left(trial: Trial) -> list[str]:
    if not trial.removed_countries:
        return []
    countries = joined(country_name(name) for name in trial.removed_countries)
    return [_("No longer taking part: {countries}.").format(countries=countries)]


def _as_json(countries: Sequence[View]) -> str:
    """Return the file of all places: what the page says of each, with statuses named once."""
    marks: dict[str, int] = {}

    def place(of: View) -> View:
        mark = json.dumps(of["status"], ensure_ascii=False, sort_keys=True) if of["status"] else None
        at = str(of["at"])
        facts = {
            "city": of["city"],
            "facility": of["facility"],
            "postcode": of["postcode"],
            "at": [float(part) for part in at.split(",")] if at else None,
            "status": None if mark is None else marks.setdefault(mark, len(marks)),
            "open": of["is_open"],
            "contacts": of["contacts"],
        }
        return {name: value for name, value in facts.items() if value or (value == 0 and value is not False)}

    shown = [
        {
            "name": country["name"],
            "states": [
                {"name": state["name"], "places": [place(each) for each in state["places"]]}
                for state in country["states"]  # type: ignore[attr-defined]
            ],
        }
        for country in countries
    ]
    found = {"format": FILE_FORMAT, "statuses": [json.loads(mark) for mark in marks], "countries": shown}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


def _grouped(places: Iterable[Location], key: Callable[[Location], str]) -> dict[str, list[Location]]:
    groups: dict[str, list[Location]] = {}
    for place in places:
        groups.setdefault(key(place), []).append(place)
    return groups
