"""What the files of the index say, read without any of the code that wrote them.

`Files` finds a file, `Reader` knows what each kind of file means. Together with `meaning.py` this answers a
query from the files alone; together with `docs/search.md` it is the description of the format.
"""

from __future__ import annotations

import json
import string
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from search.meaning import by_code_unit

LATEST = "latest.json"
MANIFEST = "manifest.json"
HIGHEST_LEVEL = 4
LETTERS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Files:
    """The files of one index, wherever its small ones were bundled."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Take the files below `search/` by path."""
        self.files = files
        self.latest = json.loads(files[LATEST])
        self.folder = f"{self.latest['index']}/"
        self.manifest = json.loads(files[self.folder + MANIFEST])

    @cached_property
    def bundled(self) -> dict[str, Any]:
        """The contents of all bundles by path."""
        bundled: dict[str, Any] = {}
        for bundle in self.manifest["bundles"]:
            bundled |= json.loads(self.files[self.folder + bundle])
        return bundled

    def __call__(self, path: str) -> Any:
        """Return what a file holds."""
        return self.bundled[path] if path in self.bundled else json.loads(self.files[self.folder + path])

    def paths(self) -> set[str]:
        """Return the paths of all files but the manifest and the bundles."""
        own = {MANIFEST, *self.manifest["bundles"]}
        written = {path.removeprefix(self.folder) for path in self.files if path.startswith(self.folder)}
        return (written - own) | set(self.bundled)


def undelta(deltas: Iterable[int]) -> list[int]:
    """Return numbers of which the first is written as it is and each other as its distance from the one before.

    >>> undelta([3, 1, 5])
    [3, 4, 9]
    """
    return list(accumulate(deltas))


def levels(found: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return numbers with their levels; the first list is of the highest.

    >>> levels([[7], [], [0, 2]])
    {7: 4, 0: 2, 2: 2}
    """
    return {number: HIGHEST_LEVEL - place for place, deltas in enumerate(found) for number in undelta(deltas)}


def layered(layers: Sequence[str], trials: int) -> dict[int, int]:
    """Return numbers with their levels; each layer keeps some of the numbers that the layer before kept.

    Six bits a letter, the highest for the first number.

    >>> layered(["JQA", "4A", "oA", "wA"], 9)
    {2: 4, 5: 2, 7: 4}
    """
    among = list(range(trials))
    found: dict[int, int] = {}
    for level, layer in enumerate(layers, start=1):
        bits = "".join(f"{LETTERS.index(letter):06b}" for letter in layer)
        assert len(bits) - len(among) in range(12)
        assert "1" not in bits[len(among) :]
        among = [number for number, bit in zip(among, bits, strict=False) if bit == "1"]
        found |= dict.fromkeys(among, level)
    return found


def spread(column: Mapping[str, Sequence[int]], trials: int) -> list[int]:
    """Return what each trial has of a column that is written as runs.

    >>> spread({"starts": [0, 2], "of": [5, 1]}, 4)
    [5, 5, 1, 1]
    """
    starts = undelta(column["starts"])
    return [column["of"][bisect_right(starts, number) - 1] for number in range(trials)]


class Reader:
    """An index, asked by its files."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = Files(files)
        self.file = cache(self.files.__call__)
        self.manifest = self.files.manifest
        self.trials: int = self.manifest["trials"]
        self.columns: Sequence[str] = [facet["name"] for facet in self.manifest["facets"]]
        self.sets: Sequence[str] = [each["name"] for each in self.manifest["sets"]]

    def entry(self, key: str) -> Any:
        """Return what the lexicon says of a key: postings, or an object; None for a key that it lacks."""
        firsts = [by_code_unit(first) for first in self.manifest["lexicon"]["firsts"]]
        shard = bisect_right(firsts, by_code_unit(key)) - 1
        return self.file(f"lex/{shard}.json").get(key) if shard >= 0 else None

    def found(self, key: str) -> Mapping[int, int]:
        """Return the trials that have a key, each with its level."""
        entry = self.entry(key)
        if entry is None:
            return {}
        if isinstance(entry, list):
            return levels(entry)
        if "found" in entry:
            return levels(entry["found"])
        whole = self.file(f"set/{entry['set']}.json")
        return layered(whole["layers"], self.trials) if "layers" in whole else levels(whole)

    def name(self, key: str) -> str | None:
        """Return what a key is called."""
        entry = self.entry(key)
        name: str | None = entry.get("name") if isinstance(entry, dict) else None
        return name

    @cached_property
    def keys(self) -> dict[str, Any]:
        """All entries of the lexicon."""
        shards = range(len(self.manifest["lexicon"]["firsts"]))
        return {key: entry for shard in shards for key, entry in self.file(f"lex/{shard}.json").items()}

    def beginning_with(self, surface: str) -> Iterable[str]:
        """Return all keys of one word that begin so."""
        return [key for key in self.keys if " " not in key and key.startswith(surface)]

    def listed(self, length: int) -> Iterable[tuple[str, int]]:
        """Return the words of that many letters that may be meant by a misspelled one, with their trials."""
        if length not in self.manifest["fuzzy"]:
            return []
        return [(word, trials) for word, trials in self.file(f"fuzzy/{length}.json")]

    @cached_property
    def beginnings(self) -> list[str]:
        """The pairs of characters for which there are suggestions."""
        return [first + second for first, seconds in self.manifest["suggest"].items() for second in seconds]

    def suggestions(self, beginning: str) -> list[tuple[str, str, int]]:
        """Return the names with most trials whose key begins with two characters: name, key and trials."""
        if beginning not in self.beginnings:
            return []
        return [(name, key, trials) for name, key, trials in self.file(f"suggest/{beginning}.json")]

    @cached_property
    def _codes(self) -> dict[str, list[list[str]]]:
        """Per column the codes of each trial."""
        columns = {}
        for facet in self.manifest["facets"]:
            codes = [code for code, _label, _total in facet["values"]]
            column = self.file("facets.json")[facet["name"]]
            values = [[codes[value] for value in code] for code in column["codes"]]
            columns[facet["name"]] = [values[code] for code in spread(column, self.trials)]
        return columns

    def members(self, name: str) -> dict[str, tuple[str, list[int]]]:
        """Return the values of a facet of many values: address to label and trials."""
        files = range(len(self.file(f"facet/{name}/index.json")["starts"]))
        rows = [row for k in files for row in self.file(f"facet/{name}/{k}.json")]
        return {slug: (label, undelta(deltas)) for slug, label, deltas in rows}

    @cached_property
    def _slugs(self) -> dict[str, list[list[str]]]:
        """Per facet of many values the addresses of each trial."""
        slugs: dict[str, list[list[str]]] = {name: [[] for _ in range(self.trials)] for name in self.sets}
        for name in self.sets:
            for slug, (_label, numbers) in self.members(name).items():
                for number in numbers:
                    slugs[name][number].append(slug)
        return slugs

    def values(self, facet: str, number: int) -> Collection[str]:
        """Return the codes or addresses of the values that a trial has."""
        return (self._codes if facet in self._codes else self._slugs)[facet][number]

    @cached_property
    def _bounds(self) -> list[list[float | None]]:
        ages = self.file("ages.json")
        return [ages["bounds"][place] for place in spread(ages, self.trials)]

    def ages(self, number: int) -> tuple[float | None, float | None]:
        """Return the youngest and the oldest age in years."""
        youngest, oldest = self._bounds[number]
        return youngest, oldest

    @cached_property
    def _days(self) -> list[int]:
        block = self.manifest["days"]["block"]
        blocks = range(-(-self.trials // block))
        return [day for k in blocks for day in undelta(self.file(f"days/{k}.json"))]

    def updated(self, number: int) -> int | None:
        """Return the day of the last update, counted from 1970; the day 0 stands for none."""
        return self._days[number] or None

    @cached_property
    def _places(self) -> list[list[tuple[str, float, float]]]:
        places: list[list[tuple[str, float, float]]] = [[] for _ in range(self.trials)]
        for _tile, name, north, east, numbers in self.all_places():
            for number in numbers:
                places[number].append((name, north, east))
        return places

    def all_places(self) -> Iterator[tuple[int, str, float, float, list[int]]]:
        """Yield tile, name, degrees north and east, and trials of every place."""
        for tile in range(len(self.file("geo/tiles.json"))):
            for name, north, east, deltas in self.file(f"geo/{tile}.json"):
                yield tile, name, north, east, undelta(deltas)

    def places(self, number: int) -> Iterable[tuple[str, float, float]]:
        """Return name, latitude and longitude of the places that count."""
        return self._places[number]

    def cards(self) -> list[dict[str, Any]]:
        """Return all cards in document order."""
        chunks = range(-(-self.trials // self.manifest["chunk"]))
        return [card for k in chunks for card in self.file(f"doc/{k}.json")]
