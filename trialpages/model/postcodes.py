"""Areas of postcodes, learned from the places that trials name: where a code that begins alike must be near.

For the United States a file of every ZIP code exists, so its codes are left out here. Elsewhere a code
is cut to what names a town or a part of a large one. `assets/js/gazetteer.js` cuts a reader's code
in the same way; `tests/js/gazetteer.json` holds the vectors of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from trialpages.model.trial import Location
from trialpages.words.countries import UNITED_STATES
from trialpages.words.fields import record

AREA_LENGTH = 4
_BRITISH = re.compile(r"[A-Z][A-Z0-9]{1,3}[0-9][A-Z]{2}", re.ASCII)


@record
class KnownPostcode:
    """A place of a trial as far as its postcode goes: the country, the area of the code, where, and the town."""

    country: str
    digits: int
    """How many digits the whole code has; 0 where it has letters."""
    area: str
    latitude: float
    longitude: float
    city: str


def postcode_area(code: str) -> str:
    """Return the part of a postcode that names its area.

    >>> postcode_area("D-10117"), postcode_area("sw3 6jj"), postcode_area("113-8655")
    ('1011', 'SW3', '1138')
    """
    plain = _plain(code)
    return plain[:-3] if _BRITISH.fullmatch(plain) else plain[:AREA_LENGTH]


def digits_of(code: str) -> int:
    """Return how many digits a postcode has, 0 where it has letters: the codes of a country are alike in this."""
    plain = _plain(code)
    return len(plain) if plain.isdecimal() else 0


def _plain(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", re.sub(r"^[A-Z]{1,2}-(?=[0-9])", "", code.strip().upper()))


def known_postcodes(places: Iterable[Location]) -> tuple[KnownPostcode, ...]:
    """Return the areas of postcodes that a trial's places tell, each once for a country."""
    found: dict[tuple[str, str], KnownPostcode] = {}
    for place in places:
        if place.zip is None or place.latitude is None or place.longitude is None:
            continue
        area = postcode_area(place.zip)
        if len(area) > 1 and place.country != UNITED_STATES:
            known = KnownPostcode(
                country=place.country,
                digits=digits_of(place.zip),
                area=area,
                latitude=place.latitude,
                longitude=place.longitude,
                city=place.city,
            )
            found.setdefault((place.country, area), known)
    return tuple(found.values())
