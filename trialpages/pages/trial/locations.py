"""Locations: every place by country, state and city, and whom to ask while the status allows it.

A few groups stand open, the others are folded away by country with their counts, so that a trial
with a thousand places stays a page that a phone can show. No place is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from trialpages.model.labels import SITE_STATUS_LABELS, label, site_is_open, status_look
from trialpages.model.trial import Contact, Location, Trial
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import counted, in_country, joined, number

OPEN_GROUPS = 10
OPEN_PLACES = 30
"""Places after which no further group stands open."""
OPEN_PLACES_WHEN_CLOSED = 10
"""The same for a trial that takes nobody in: its places help few readers."""
ENDED = frozenset({"COMPLETED", "TERMINATED", "WITHDRAWN"})


def locations_view(trial: Trial, *, show_contacts: bool) -> View | None:
    """Return the places by country, those with open places first; nothing when none are known."""
    if not trial.locations:
        return section("locations", sentences=_left(trial), countries=[]) if trial.removed_countries else None
    by_country = _grouped(trial.locations, lambda place: place.country)
    ordered = sorted(
        by_country.items(), key=lambda item: (-_open(trial, item[1]), -len(item[1]), item[0].casefold())
    )
    room = _Room(
        OPEN_PLACES if status_look(trial.overall_status).contact != "no" else OPEN_PLACES_WHEN_CLOSED
    )
    countries = [_country(trial, name, places, room, show_contacts) for name, places in ordered]
    return section("locations", sentences=_sentences(trial, len(by_country)), countries=countries)


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


def _country(trial: Trial, name: str, places: Sequence[Location], room: _Room, show_contacts: bool) -> View:
    by_state = _grouped(places, lambda place: place.state or "")
    open_states: list[View] = []
    folded: list[View] = []
    hidden: list[Location] = []
    for state, members in sorted(by_state.items(), key=lambda item: item[0].casefold()):
        view: View = {"name": state, "places": _places(trial, members, show_contacts)}
        if room.takes(len(members)):
            open_states.append(view)
        else:
            folded.append(view)
            hidden.extend(members)
    count = counted(len(places), "place")
    return {
        "name": name,
        "count": count,
        "open": open_states,
        "rest": folded,
        "rest_summary": _rest_summary(trial, name, hidden, partly=bool(open_states)),
    }


def _rest_summary(trial: Trial, country: str, hidden: Sequence[Location], *, partly: bool) -> str:
    cities = len({(place.state, place.city) for place in hidden})
    found = _open(trial, hidden)
    opened = f", {number(found)} of them open" if found else ""
    more = (
        f"{number(len(hidden))} more {'place' if len(hidden) == 1 else 'places'}"
        if partly
        else counted(len(hidden), "place")
    )
    where = "1 city" if cities == 1 else counted(cities, "city")
    return f"{country}: {more} in {where}{opened}"


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
        "" if place.latitude is None or place.longitude is None else f"{place.latitude:g},{place.longitude:g}"
    )
    asked = show_contacts and place.contacts and _allows_contact(trial, place)
    return {
        "city": place.city,
        "facility": place.facility or "",
        "postcode": place.zip or "",
        "status": _site_status(trial, place),
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
        phone += f", extension {contact.phone_ext}"
    ways = [way for way in (phone, contact.email) if way]
    return ": ".join(part for part in (contact.name or "", joined(ways, "or")) if part) if ways else ""


def _open(trial: Trial, places: Iterable[Location]) -> int:
    return sum(site_is_open(trial.overall_status, place.status) for place in places)


def _sentences(trial: Trial, countries: int) -> list[str]:
    places = trial.locations
    where = f"in {counted(countries, 'country')}" if countries > 1 else f"in {in_country(places[0].country)}"
    sentences = [f"{counted(len(places), 'place')} {where}."]
    opened = _open(trial, places)
    if opened:
        sentences[0] = f"{counted(len(places), 'place')} {where}, {number(opened)} listed as open."
    sentences += _left(trial)
    if status_look(trial.overall_status).contact != "no":
        sentences.append("A place can close at any time. Ask before you travel.")
    return sentences


def _left(trial: Trial) -> list[str]:
    countries = trial.removed_countries
    return [f"No longer taking part: {joined(countries)}."] if countries else []


def _grouped(places: Iterable[Location], key: Callable[[Location], str]) -> dict[str, list[Location]]:
    groups: dict[str, list[Location]] = {}
    for place in places:
        groups.setdefault(key(place), []).append(place)
    return groups
