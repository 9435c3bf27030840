"""Random queries about some trials: what readers type, what they mistype, and what nobody should type."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from search.asked import BEST, NEAREST, NEWEST, ORDERS, Near, Query
from search.corpora import HOSTILE, Corpus
from search.scan import COLUMNS, SETS

STOP_WORDS = ("the", "of and", "What is a", "for the", "ALL", "no")
BRITISH = (
    ("leukem", "leukaem"),
    ("tumor", "tumour"),
    ("anem", "anaem"),
    ("program", "programme"),
    ("ize", "ise"),
)
ENDLESS = ("cancer " * 2000, "é" * 501, "a b " * 40, "<script>" * 100)
OLD = unicodedata.ucd_3_2_0
ANY_CHARACTER = [chr(code) for code in range(0x20000) if OLD.category(chr(code)) not in ("Cn", "Co", "Cs")]
"""Characters that every browser and every Python knows by now."""
UNKNOWN_VALUES = ("nowhere", "__proto__", "constructor", "", "../..", "yes")
LETTERS = "abcdefghijklmnopqrstuvwxyzé1"
POINTS = (
    (39.8, -89.65),
    (52.5, 13.4),
    (-17.0, 179.0),
    (-17.0, -180.0),
    (90.0, 10.0),
    (-89.9, 0.0),
    (0.0, 0.0),
)
RADII = (None, None, None, 0.0, 1.0, 25.0, 50.0, 100.0, 500.0, 5000.0, 30000.0)
AGES = (0, 1, 2, 5, 17, 18, 40, 65, 76, 100, 200)


class Asker:
    """Asks about the trials of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        documents = corpus.documents
        self.texts = sorted({str(document.card.get("title", "")) for document in documents} - {""}) or ["x"]
        self.words = sorted({word for text in self.texts for word in text.split()}) or ["x"]
        names = {label for document in documents for _key, label, _level in document.names}
        self.names = sorted(names) or ["x"]
        typed = {key for concept in corpus.concepts for key in concept.keys}
        self.typed = sorted(typed | {concept.label for concept in corpus.concepts}) or ["x"]
        self.ids = [document.trial_id for document in documents] or ["x"]
        self.codes = {
            **{name: sorted(values) for name, values in corpus.values.items()},
            "status": sorted({document.status or "" for document in documents}),
            "study_type": ["INTERVENTIONAL", "OBSERVATIONAL"],
            "phase": ["NA", "PHASE1", "PHASE2", "PHASE3"],
            "sex": ["FEMALE", "MALE"],
        }

    def queries(self, seed: int, count: int) -> list[Query]:
        """Return so many queries; the same seed asks the same."""
        chance = random.Random(seed)
        return [self.query(chance) for _ in range(count)]

    def query(self, chance: random.Random) -> Query:
        """Return one query; some are of one word alone, whose first trials its entry lists."""
        if chance.random() < 0.2:
            word = chance.choice((chance.choice(self.words), chance.choice(self.typed)))
            return Query(
                word, order=chance.choice(ORDERS), start=chance.randrange(3), size=chance.randrange(1, 5)
            )
        return Query(
            words=self.text(chance),
            filters=dict(self._filters(chance)),
            age=chance.choice(AGES) if chance.random() < 0.2 else None,
            near=self._near(chance) if chance.random() < 0.25 else None,
            order=chance.choice((BEST, BEST, NEWEST, NEAREST)),
            exact=chance.random() < 0.1,
            start=chance.choice((0, 0, 0, 10, 40, 60, 1000)),
            size=chance.choice((1, 10, 10, 48, 50)),
        )

    def beginnings(self, seed: int, count: int) -> list[str]:
        """Return so many texts that are not typed to their end."""
        chance = random.Random(seed)
        names = [
            name
            for name in (*self.names, *self.typed)
            if name.isascii() and name.isprintable() and len(name) > 2
        ]
        typed = [chance.choice(names) for _ in range(count)]
        return [name[: chance.randrange(2, len(name) + 1)] for name in typed]

    def typos(self, seed: int, words: Sequence[str], count: int) -> list[str]:
        """Return so many words with one to three slips."""
        chance = random.Random(seed)
        return [_slipped(chance, chance.choice(words)) for _ in range(count)]

    def text(self, chance: random.Random) -> str:
        """Return what is typed."""
        pieces = [
            chance.choice(self._kinds())(chance) for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 5)))
        ]
        return chance.choice((" ", " ", " ", "-", ", ")).join(pieces)

    def _kinds(self) -> Sequence[Callable[[random.Random], str]]:
        return (
            lambda chance: chance.choice(self.words),
            lambda chance: chance.choice(self.names),
            lambda chance: chance.choice(self.typed),
            self._piece_of_title,
            self._beginning,
            self._misspelled,
            self._misspelled,
            self._british,
            lambda chance: chance.choice(self.ids).lower(),
            lambda chance: chance.choice(HOSTILE),
            lambda chance: chance.choice(STOP_WORDS),
            lambda chance: "".join(chance.choices(ANY_CHARACTER, k=chance.randrange(1, 8))),
            lambda chance: chance.choice(ENDLESS) if chance.random() < 0.3 else "qqxyzzy",
        )

    def _piece_of_title(self, chance: random.Random) -> str:
        words = chance.choice(self.texts).split() or [""]
        at = chance.randrange(len(words))
        return " ".join(words[at : at + chance.randrange(1, 5)])

    def _beginning(self, chance: random.Random) -> str:
        word = chance.choice(self.words)
        return word[: chance.randrange(1, len(word) + 1)]

    def _british(self, chance: random.Random) -> str:
        word = chance.choice(self.names).lower()
        for american, british in BRITISH:
            word = word.replace(american, british)
        return f"{word}s"

    def _misspelled(self, chance: random.Random) -> str:
        return _slipped(chance, chance.choice(self.words))

    def _filters(self, chance: random.Random) -> Iterator[tuple[str, tuple[str, ...]]]:
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3))):
            facet = chance.choice((*COLUMNS, *SETS, "constructor"))
            values = [*self.codes.get(facet, ["yes"]), chance.choice(UNKNOWN_VALUES)]
            yield facet, tuple(chance.choices(values, k=chance.choice((0, 1, 1, 2, 3))))

    def _near(self, chance: random.Random) -> Near:
        anywhere = (round(chance.uniform(-90, 90), 3), round(chance.uniform(-180, 180), 3))
        north, east = chance.choice((chance.choice(POINTS), anywhere))
        return Near(north, round(east + chance.random() / 10, 4), chance.choice(RADII))


def _slipped(chance: random.Random, word: str) -> str:
    letters = list(word)
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(letters) + 1)
        match chance.randrange(4):
            case 0:
                letters.insert(at, chance.choice(LETTERS))
            case 1:
                letters[at : at + 1] = []
            case 2:
                letters[at : at + 1] = chance.choice(LETTERS)
            case _swapped:
                letters[at : at + 2] = letters[at : at + 2][::-1]
    return "".join(letters)
