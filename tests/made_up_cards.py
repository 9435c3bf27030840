"""Made-up cards for tests: no such trial exists."""

from __future__ import annotations

from typing import Any

from trialpages.model.card import Card
from trialpages.model.shared_files import SharedFiles
from trialpages.model.trial import Agency, Intervention, Location, Trial
from trialpages.read.config import Config
from trialpages.site.cards import card
from trialpages.site.site import Site, assemble


def made_up_card(number: int, **facts: Any) -> Card:
    """Return the card of a made-up trial; `facts` are fields of the trial."""
    return card(Trial(**{"trial_id": f"NCT{number:08d}", "title": f"Made-up trial {number}", **facts}))


def drugs(*names: str, kind: str | None = "DRUG") -> tuple[Intervention, ...]:
    return tuple(Intervention(name=name, type=kind) for name in names)


def agency(name: str, agency_class: str | None = None) -> Agency:
    return Agency(name=name, agency_class=agency_class)


def place(city: str, country: str, state: str | None = None) -> Location:
    return Location(city=city, country=country, state=state)


def made_up_site(*cards: Card, shared: SharedFiles | None = None, **settings: Any) -> Site:
    return assemble(cards, shared or SharedFiles(), Config(**{"name": "Made-up site", **settings}))
