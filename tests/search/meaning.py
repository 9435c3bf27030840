"""What a query means: one answer for a query, given what is known of each trial.

Every trial is looked at, one after the other; nothing here is quick. Where the facts come from is the
business of a `Source`: the trials themselves (`scan.py`), or the files of the index (`reader.py`).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.asked import AGE, BEST, NEAR, NEAREST, NEWEST, WORDS, Answer, Near, Query, Unit
from trialpages.search.tokens import STOP_WORDS, read_words, spelled, term_of

MOST_CHARACTERS = 500
"""UTF-16 code units of a query that are read, as a browser counts them."""
MOST_TERMS = 32
LONGEST_KEY = 6
"""Terms of a name."""
FEWEST_TO_BEGIN = 3
"""Characters from which on a word is taken as a beginning."""
MOST_BEGINNINGS = 8
FEWEST_TO_MISSPELL = 4
LONG_WORD = 8
"""From so many letters on, two may be wrong."""
FULL_LIST = 10
"""Where fewer trials are found, those that have some of the words are told as well."""
FEW_HITS = 5
"""Trials up to which the words may still be misspelled, on a site of many trials."""
MANY_TRIALS = 100
MANY_MORE = 5
"""So many times as many trials must be found before another word is read in the place of one that is there."""
SHORT_NUMBER = re.compile("[0-9]{1,3}")
"""What is read as one with the word before it."""
MOST_ALIKE = 4
"""Words that are tried in the place of a rare one."""
VALUE = (0, 1, 2, 4, 7)
"""Points of a word at a level, before its weight."""
EARTH_RADIUS_KM = 6371.0088
RARE = 20
"""A word of more trials than this is no slip."""


class Source(Protocol):
    """What is known of the trials, whose numbers are 0, 1, ... in document order."""

    trials: int
    columns: Sequence[str]
    """Facets of few values, in their order."""
    sets: Sequence[str]
    """Facets of many values, in their order."""

    def found(self, key: str) -> Mapping[int, int]:
        """Return the trials that have a key, each with its level; none for a key that nobody has."""

    def name(self, key: str) -> str | None:
        """Return what a key is called."""

    def beginning_with(self, surface: str) -> Iterable[str]:
        """Return all keys of one word that begin so."""

    def listed(self, length: int) -> Iterable[tuple[str, int]]:
        """Return the words of that many letters that may be meant by a misspelled one, with their trials."""

    def values(self, facet: str, number: int) -> Collection[str]:
        """Return the codes or addresses of the values that a trial has."""

    def ages(self, number: int) -> tuple[float | None, float | None]:
        """Return the youngest and the oldest age in years."""

    def updated(self, number: int) -> int | None:
        """Return the day of the last update, counted from 1970."""

    def places(self, number: int) -> Iterable[tuple[str, float, float]]:
        """Return name, latitude and longitude of the places that count."""


@dataclass(frozen=True)
class Word:
    """A word as it was typed (folded), the word that is read in its place, and the term of that."""

    typed: str
    read: str
    term: str


@dataclass(frozen=True)
class Read:
    """A unit and the trials that have it."""

    unit: Unit
    found: Mapping[int, int]


def answer(source: Source, query: Query) -> Answer:
    """Return what the search must say."""
    text, was_long = _beginning(query.words)
    words = read_words(text)
    units, scores, relaxed = _understood(source, words[:MOST_TERMS], query.exact)
    passing = Passing(source, query)
    ordered = _ordered(source, query, scores, [n for n in sorted(scores) if passing(n)], passing)
    page = ordered[query.start : query.start + query.size]
    return Answer(
        total=len(ordered),
        documents=tuple(page),
        nearest=tuple(passing.nearest(n) for n in page) if query.near else None,
        counts={facet: _counts(source, facet, scores, passing) for facet in (*source.columns, *source.sets)},
        units=tuple(read.unit for read in units),
        relaxed=relaxed,
        some=None if relaxed else _some(source, units, len(ordered), passing),
        loosened={} if ordered else dict(_loosened(source, query, bool(units), scores, passing)),
        cut=was_long or len(words) > MOST_TERMS,
    )


class Passing:
    """Which trials pass the filters of a query, one of which may be left out."""

    def __init__(self, source: Source, query: Query) -> None:
        self.source = source
        self.query = query
        known = (*source.columns, *source.sets)
        self.filters = {facet: query.filters[facet] for facet in known if query.filters.get(facet)}

    def __call__(self, number: int, without: str | None = None) -> bool:
        """Say whether a trial passes all filters but one."""
        for facet, wanted in self.filters.items():
            if facet != without and not set(wanted) & set(self.source.values(facet, number)):
                return False
        if self.query.age is not None and without != AGE and not _fits(self.source, self.query.age, number):
            return False
        if without != NEAR and self.query.near and self.query.near.radius is not None:
            distance = self.distance(number)
            return distance is not None and distance <= self.query.near.radius
        return True

    def nearest(self, number: int) -> tuple[float, str] | None:
        """Return how far the nearest place is, in kilometers to one decimal, and its name."""
        near = self.query.near
        assert near
        places = self.source.places(number)
        far = [(kilometers(near, north, east), by_code_unit(name), name) for name, north, east in places]
        return (min(far)[0], min(far)[2]) if far else None

    def distance(self, number: int) -> float | None:
        """Return how far the nearest place is, in kilometers to one decimal."""
        nearest = self.nearest(number)
        return nearest and nearest[0]


def _beginning(text: str) -> tuple[str, bool]:
    """Return the part of a text that is read, and whether that is not all."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[: 2 * MOST_CHARACTERS].decode("utf-16-le", "ignore"), len(units) > 2 * MOST_CHARACTERS


Parts = list[tuple[Sequence[Word], Read]]
"""Units, each with its words."""


def _understood(
    source: Source, typed: Sequence[tuple[str, str]], exact: bool
) -> tuple[list[Read], dict[int, int], bool]:
    """Return the units of a query, the trials that have them with their scores, and whether some were given up."""
    parts = list(_parted(source, [Word(surface, surface, term) for surface, term in typed]))
    if not exact:
        parts = _mended(source, parts)
    units = [read for _words, read in parts]
    scores, relaxed = _scores(source, units)
    if not exact and not relaxed and source.trials >= MANY_TRIALS and 1 <= len(scores) <= FEW_HITS:
        for likelier in (_mended_where_rare, _named_where_rare):
            others = [read for _words, read in likelier(source, parts)]
            more, gives_up = _scores(source, others)
            if not gives_up and len(more) >= MANY_MORE * len(scores):
                return others, more, False
    return units, scores, relaxed


def _mended(source: Source, parts: Parts) -> Parts:
    """Return the units with those words in the place of unknown ones that may be meant."""
    if all(read.unit.kind != "unknown" for _words, read in parts):
        return parts
    return list(_parted(source, [word for part in parts for word in _unless_unknown(source, *part)]))


def _mended_where_rare(source: Source, parts: Parts) -> Parts:
    """Return the units with frequent words in the place of rare ones, unless something was mended before."""
    if any(read.unit.kind == "typo" for _words, read in parts):
        return parts
    return list(_parted(source, [word for part in parts for word in _unless_rare(source, *part)]))


def _named_where_rare(source: Source, parts: Parts) -> Parts:
    """Return the units with one more frequent word in the place of a rare one, where it makes a name with its neighbors."""
    if any(read.unit.kind == "typo" for _words, read in parts):
        return parts
    for words, read in parts:
        if len(words) > 1 or read.unit.kind not in ("word", "name") or len(read.found) > RARE:
            continue
        for meant in _near(source, words[0].typed, len(read.found) + 1, 1)[:MOST_ALIKE]:
            instead = Word(words[0].typed, meant, term_of(meant))
            changed = [
                instead if part[0].typed == instead.typed and len(part) == 1 else word
                for part, _read in parts
                for word in part
            ]
            others = list(_parted(source, changed))
            if len(others) < len(parts):
                return others
    return parts


def _unless_unknown(source: Source, words: Sequence[Word], read: Read) -> Sequence[Word]:
    """Return the words of a unit; where it is unknown, the word that may be meant."""
    is_slip = read.unit.kind == "unknown" and words[0].typed not in STOP_WORDS
    return [_corrected(source, words[0])] if is_slip else words


def _unless_rare(source: Source, words: Sequence[Word], read: Read) -> Sequence[Word]:
    """Return the words of a unit; where it is one rare word, the much more frequent one that is a letter away."""
    if len(words) > 1 or read.unit.kind not in ("word", "name") or len(read.found) > RARE:
        return words
    return [_corrected(source, words[0], fewest=MANY_MORE * len(read.found))]


def _corrected(source: Source, word: Word, fewest: int = 0) -> Word:
    meant = _meant(source, word.typed, fewest)
    return Word(word.typed, meant, term_of(meant)) if meant is not None else word


def _parted(source: Source, words: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Read]]:
    at = 0
    while at < len(words):
        length, read = _longest(source, words[at:]) or (1, _unlisted(source, words[at]))
        yield words[at : at + length], read
        at += length


def _longest(source: Source, words: Sequence[Word]) -> tuple[int, Read] | None:
    """Return the longest beginning that the lexicon has, and of how many words it is."""
    for length in range(min(LONGEST_KEY, len(words)), 1, -1):
        if read := _known(source, words[:length], " ".join(word.term for word in words[:length])):
            return length, read
    if len(words) > 1 and SHORT_NUMBER.fullmatch(words[1].read):
        read = _known(source, words[:2], term_of(words[0].read + words[1].read))
        if read:
            return 2, read
    read = _known(source, words[:1], words[0].term)
    return (1, read) if read else None


def _known(source: Source, words: Sequence[Word], key: str) -> Read | None:
    found = source.found(key)
    if not found:
        return None
    name = source.name(key)
    typed = " ".join(word.typed for word in words)
    if any(word.read != word.typed for word in words):
        return Read(Unit(typed, "typo", name, " ".join(word.read for word in words)), found)
    return Read(Unit(typed, "word" if name is None else "name", name, key), found)


def _unlisted(source: Source, word: Word) -> Read:
    """Return what can be made of a word that the lexicon lacks."""
    surface = spelled(word.read)
    if word.typed in STOP_WORDS:
        return Read(Unit(word.typed, "unknown", None, ""), {})
    if len(surface) >= FEWEST_TO_BEGIN and (found := _beginnings(source, surface)):
        return Read(Unit(word.typed, "beginning", None, surface), found)
    return Read(Unit(word.typed, "unknown", None, ""), {})


def _beginnings(source: Source, surface: str) -> dict[int, int]:
    """Return the trials of the words with most trials among those that begin so."""
    words = sorted(source.beginning_with(surface), key=by_code_unit)
    words.sort(key=lambda word: -len(source.found(word)))
    union: dict[int, int] = {}
    for word in words[:MOST_BEGINNINGS]:
        for number, level in source.found(word).items():
            union[number] = max(level, union.get(number, 0))
    return union


def by_code_unit(text: str) -> bytes:
    """Return what puts texts in the order in which a browser compares them."""
    return text.encode("utf-16-be", "surrogatepass")


def _meant(source: Source, word: str, fewest: int = 0) -> str | None:
    """Return the word that is nearest to a misspelled one; of a word of so many trials only one letter away."""
    allowed = 1 if fewest or len(word) < LONG_WORD else 2
    return next(iter(_near(source, word, fewest, allowed)), None)


def _near(source: Source, word: str, fewest: int, allowed: int) -> list[str]:
    """Return the words of so many trials that so few slips may have made a word from, the likeliest first."""
    if len(word) < FEWEST_TO_MISSPELL or not is_letters(word):
        return []
    near: list[tuple[int, bool, int, bytes, str]] = []
    for length in (len(word) - 1, len(word), len(word) + 1):
        for candidate, trials in source.listed(length):
            if trials < fewest or len(set(word) - set(candidate)) > allowed:
                continue
            steps = edits(word, candidate)
            if steps <= allowed and (steps or not fewest):
                near.append((steps, candidate[0] != word[0], -trials, by_code_unit(candidate), candidate))
    return [candidate for *_rank, candidate in sorted(near)]


def is_letters(word: str) -> bool:
    """Say whether a word holds letters alone."""
    return all(unicodedata.category(letter).startswith("L") for letter in word)


def edits(one: str, other: str) -> int:
    """Return how many letters to put in, leave out, replace or swap with the next (optimal string alignment)."""
    rows = [[row + column for column in range(len(other) + 1)] for row in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            replaced = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, replaced)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def _scores(source: Source, units: Sequence[Read]) -> tuple[dict[int, int], bool]:
    """Return the trials that have the words with their scores, and whether some words had to be given up."""
    if not units:
        return dict.fromkeys(range(source.trials), 0), False
    every = [n for n in range(source.trials) if all(n in read.found for read in units)]
    some = [n for n in range(source.trials) if any(n in read.found for read in units)]
    return {n: _score(source, units, n) for n in every or some}, bool(some and not every)


def _some(
    source: Source, units: Sequence[Read], total: int, passing: Passing
) -> tuple[int, tuple[int, ...]] | None:
    """Return how many trials have some of the words, not all, and the best of them, up to ten with those that have all."""
    if not 0 < total < FULL_LIST:
        return None
    having = {n: sum(n in read.found for read in units) for n in range(source.trials) if passing(n)}
    some = sorted(
        (n for n, count in having.items() if 0 < count < len(units)),
        key=lambda n: (-_score(source, units, n), n),
    )
    return (len(some), tuple(some[: FULL_LIST - total])) if some else None


def _score(source: Source, units: Iterable[Read], number: int) -> int:
    return sum(
        weight(source.trials, len(read.found)) * VALUE[read.found[number]]
        for read in units
        if number in read.found
    )


def weight(trials: int, having: int) -> int:
    """Return how much a unit says that so many of the trials have."""
    return max(1, math.floor(10 * math.log2(1 + trials / having) + 0.5))


def _ordered(
    source: Source, query: Query, scores: Mapping[int, int], numbers: list[int], passing: Passing
) -> list[int]:
    """Return numbers, which ascend, in the order that is asked for."""
    if query.order == NEWEST:
        days = {n: source.updated(n) for n in numbers}
        return sorted(numbers, key=lambda n: (days[n] is None, -(days[n] or 0)))
    if query.order == NEAREST and query.near:
        far = {n: passing.distance(n) for n in numbers}
        return sorted(numbers, key=lambda n: (far[n] is None, far[n] or 0.0))
    assert query.order in (BEST, NEAREST)
    return sorted(numbers, key=lambda n: -scores[n])


def _counts(source: Source, facet: str, scores: Iterable[int], passing: Passing) -> dict[str, int]:
    return dict(
        Counter(
            value
            for number in scores
            if passing(number, without=facet)
            for value in source.values(facet, number)
        )
    )


def _loosened(
    source: Source, query: Query, has_units: bool, scores: Iterable[int], passing: Passing
) -> Iterator[tuple[str, int]]:
    if has_units:
        yield WORDS, sum(passing(n) for n in range(source.trials))
    has_radius = query.near is not None and query.near.radius is not None
    others = (*passing.filters, *([AGE] if query.age is not None else []), *([NEAR] if has_radius else []))
    for part in others:
        yield part, sum(passing(n, without=part) for n in scores)


def _fits(source: Source, age: int, number: int) -> bool:
    """Say whether a person of that many completed years may be within the bounds."""
    youngest, oldest = source.ages(number)
    return (youngest is None or age + 1 > youngest) and (oldest is None or age <= oldest)


def kilometers(near: Near, latitude: float, longitude: float) -> float:
    """Return how far a place is over the ground (haversine), in kilometers to one decimal."""
    one, other = math.radians(near.latitude), math.radians(latitude)
    north = math.sin((other - one) / 2)
    east = math.sin(math.radians(longitude - near.longitude) / 2)
    share = north**2 + math.cos(one) * math.cos(other) * east**2
    return math.floor(2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(share))) * 10 + 0.5) / 10
