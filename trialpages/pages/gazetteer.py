"""The gazetteer: towns and postcodes as files of this site, so that a reader's place stays in the browser.

Towns and ZIP codes come from a packed file that is part of the program (decision 010); their folder
carries the digest of that file, so that a browser may keep them for ever. `areas.json` is made from the
places of the site's own trials and changes with them. The form of all is `docs/places.md`.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from statistics import median

from trialpages.model.card import Card
from trialpages.model.postcodes import KnownPostcode
from trialpages.pages.assets import AssetSet, asset_path
from trialpages.pages.page import RawFile
from trialpages.pages.trial.place_map import OUTLINES
from trialpages.read.config import Config
from trialpages.words.countries import country_name
from trialpages.words.digest import digest

FOLDER = "gazetteer"
AREAS = f"{FOLDER}/areas.json"
OUTLINES_FILE = f"{FOLDER}/outlines.json"
FINGERPRINT_LENGTH = 10
UNITED_KINGDOM = "United Kingdom"
"""The country, besides the United States, whose road signs have miles."""


def is_wanted(cards: Iterable[Card], config: Config) -> bool:
    """Say whether the site serves a gazetteer: it is switched on, and some trial has a place on the map."""
    return config.gazetteer and any(card.mapped_count for card in cards)


@lru_cache(maxsize=1)
def folder_of(archive: bytes) -> str:
    """Return the folder in the output for the packed towns and codes."""
    return f"{FOLDER}/{digest(archive)[:FINGERPRINT_LENGTH]}"


def names(archive: bytes) -> tuple[str, ...]:
    """Return the paths in the output of the packed files, without unpacking any."""
    folder = folder_of(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return tuple(f"{folder}/{name}" for name in packed.namelist())


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Return the packed files by their path in the output."""
    folder = folder_of(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return {f"{folder}/{name}": packed.read(name) for name in packed.namelist()}


def areas_file(cards: Iterable[Card]) -> RawFile:
    """Return the areas of postcodes that the places of all trials tell, by country and area."""
    found: dict[str, dict[str, list[KnownPostcode]]] = {}
    for card in cards:
        for known in card.postcodes:
            found.setdefault(known.country, {}).setdefault(known.area, []).append(known)
    areas = {
        country_name(country): {
            "digits": sorted({known.digits for area in codes.values() for known in area}),
            **({"miles": True} if country == UNITED_KINGDOM else {}),
            "areas": {area: _middle(codes[area]) for area in sorted(codes)},
        }
        for country, codes in sorted(found.items())
    }
    text = json.dumps(areas, ensure_ascii=False, separators=(",", ":"))
    return RawFile(path=AREAS, kind="gazetteer-areas", content=f"{text}\n".encode())


def outlines_file(assets: AssetSet) -> RawFile:
    """Return the box and the address of every outline, for a map that is drawn anew around the reader's place."""
    found = [{"path": asset_path(assets, f"map/{name}.svg"), "box": box} for name, box in OUTLINES.items()]
    text = json.dumps(found, separators=(",", ":"))
    return RawFile(path=OUTLINES_FILE, kind="gazetteer-outlines", content=f"{text}\n".encode())


def _middle(known: list[KnownPostcode]) -> list[object]:
    """Return the middle of an area, and the town that is named most often in it."""
    cities = Counter(each.city for each in known)
    name = min(cities, key=lambda city: (-cities[city], city))
    latitude, longitude = (
        median(each.latitude for each in known),
        median(each.longitude for each in known),
    )
    return [round(latitude, 2), round(longitude, 2), name]
