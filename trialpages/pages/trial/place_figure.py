"""The map of places as the page shows it: the drawing, a key in words, and what it says to those who do not see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from trialpages.model.labels import site_is_open, status_look
from trialpages.model.trial import Location, Trial
from trialpages.pages.trial.place_map import PLAIN, place_map
from trialpages.pages.trial.section import View
from trialpages.pages.wording import in_country
from trialpages.words.language import N_, _, amount

ENDED = frozenset({"COMPLETED", "TERMINATED", "WITHDRAWN"})
KEY: Mapping[str, tuple[str, str]] = {
    "open": (N_("Open"), "disc"),
    "waiting": (N_("Not open now"), "ring"),
    "closed": (N_("Closed"), "square"),
    PLAIN: (N_("Status not stated"), "disc"),
}
"""What each tone of the dots means in words, and its shape."""
MANY = 150
"""Places from which on the dots are small."""


def map_view(trial: Trial) -> View | None:
    """Return the map of a trial's places; nothing when no place has a position."""
    known = [
        (place.latitude, place.longitude, tone_of(trial, place))
        for place in trial.locations
        if place.latitude is not None and place.longitude is not None
    ]
    drawn = place_map(known)
    if drawn is None:
        return None
    tones = [tone for tone in KEY if any(tone == found for found, _path in drawn.dots)]
    # One kind of dot needs no key: the list says what it is.
    key = [
        {"tone": tone, "label": _(KEY[tone][0]), "shape": KEY[tone][1]} for tone in tones if tones != [PLAIN]
    ]
    missing = len(trial.locations) - len(known)
    return {
        "outline": drawn.outline,
        "view": drawn.view,
        "width": drawn.width,
        "height": drawn.height,
        "dots": [{"tone": tone, "path": path} for tone, path in drawn.dots],
        "text": _text(trial, len(known)),
        "key": key,
        "many": len(known) > MANY,
        "missing": amount(
            missing,
            "{count} place is not on the map. The record does not say where it is.",
            "{count} places are not on the map. The record does not say where they are.",
        )
        if missing
        else "",
    }


def tone_of(trial: Trial, place: Location) -> str:
    """Return the tone of a place's dot; a trial that has ended or is closed overrides an open place."""
    if place.status is None or trial.overall_status in ENDED:
        return PLAIN
    if place.status == "RECRUITING" and not site_is_open(trial.overall_status, place.status):
        return PLAIN
    return status_look(place.status).tone


def _text(trial: Trial, shown: int) -> str:
    countries = Counter(place.country for place in trial.locations if place.latitude is not None)
    places = amount(shown, "{count} place", "{count} places")
    first, most = countries.most_common(1)[0]
    if len(countries) == 1:
        sentences = [_("Map of {places} in {country}.").format(places=places, country=in_country(first))]
    else:
        where = amount(len(countries), "{count} country", "{count} countries")
        sentences = [_("Map of {places} in {countries}.").format(places=places, countries=where)]
    opened = sum(
        site_is_open(trial.overall_status, place.status)
        for place in trial.locations
        if place.latitude is not None
    )
    if opened:
        sentences.append(amount(opened, "{count} place is open.", "{count} places are open."))
    if len(countries) > 1 and most * 2 > shown:
        sentences.append(_("Most are in {country}.").format(country=in_country(first)))
    return " ".join(sentences)
