"""Made-up trials in any number, drawn from the real ones, to measure how the search grows.

Trial number n begins as a copy of a real trial, chosen at random. Then, each by a throw of its own:

* 55 % of its words are replaced by words that other trials have at the same level, in proportion to how many trials
  have them there. A name (a condition, a treatment, a heading) is one thing: it is kept or replaced whole, its words
  with it. The same goes for the conditions, treatments and sponsors by which the browse pages divide the trials.
* More trials bring more words. How many different ones n trials have follows Heaps' law, scale * n ** exponent,
  fitted by least squares on the logarithms over the real records in a shuffled order. The exponents are 0.55 for
  words, 0.91 for words with digits (nearly every trial has numbers of its own) and 0.70 for names. Where the law
  asks for a new word, a rare one of the trial (at most two real trials have it) becomes an invented one; else a
  rare word becomes any of the rare ones, real and invented alike.
* 30 % of the codes, ages and days are another trial's, each on its own; all places, and the countries with them, are
  those of one other trial. The title of the card is the real one in 45 of 100, and each other text another trial's.

Ids are `MADEUP0000001` and so on, and no number of a real trial is kept. The same records give the same trials.
What this cannot do: words that belong together but are no name are torn apart, so two words meet in fewer trials
than in real ones, and the places of the world do not become more.
"""

from __future__ import annotations

import random
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from benchmarks.growth import SEED, Growth, Law, invented, invented_number
from trialpages.search.document import SearchDocument
from trialpages.search.tokens import key, term_of

REDRAWN = 0.55
OTHER_FACTS = 0.3
MENTIONED = 1
"""Level of a word that a trial has in passing."""
OWN_NUMBER = 3
"""Level of a trial's own id."""
LAST_WORDS = 200
"""Words that an invented name may end with."""

FACTS = (
    ("status",),
    ("study_type",),
    ("phases",),
    ("sex",),
    ("healthy_volunteers",),
    ("has_results",),
    ("no_placebo_only_group",),
    ("sponsor_class",),
    ("minimum_age", "maximum_age"),
    ("updated",),
)
"""Facts of a document that are taken from another one together."""
TEXTS = ("phase", "who_for", "purpose", "verified", "ends")
"""Facts of a card that are taken from another one, each on its own."""
COUNTRY = "country"

Value = tuple[str, str]
"""Slug and label."""
Made = tuple[SearchDocument, Mapping[str, Sequence[Value]]]
"""A document, and its values of each facet."""
Thing = TypeVar("Thing")

_REAL_NUMBER = re.compile(r"nct[0-9]{8}")


def trial_id(number: int) -> str:
    """Return the id of a made-up trial."""
    return f"MADEUP{number:07}"


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a trial, or several that the record calls the same thing: they are kept or replaced together."""

    names: tuple[tuple[str, str, int], ...]
    """Key, label and level."""
    links: tuple[tuple[str, str, str], ...]
    words: Mapping[str, int]
    """The level that the trial has each of their words at; of some names it has no words, as of a phase."""

    @property
    def level(self) -> int:
        """The highest level of a name."""
        return max(level for _name, _label, level in self.names)


@dataclass(frozen=True, slots=True)
class Original:
    """A real trial, taken apart."""

    document: SearchDocument
    named: tuple[Named, ...]
    loose: tuple[tuple[str, int], ...]
    """Words that belong to none of its names, with their levels."""
    values: Mapping[str, Sequence[Value]]
    """Its values by facet."""


def resampled(originals: Sequence[Original], trials: int) -> Iterator[Made]:
    """Yield so many made-up trials, always the same ones; kept are the real ones alone, and a number for each name."""
    make = _Maker(originals).make
    return (make(number) for number in range(1, trials + 1))


def laws(originals: Sequence[Original]) -> dict[str, Law]:
    """Return the laws by which the real trials have more words, numbers and names."""
    maker = _Maker(originals)
    return {"words": maker.words.law, "words with digits": maker.numbers.law, "names": maker.names.law}


def taken_apart(
    documents: Iterable[SearchDocument],
    values: Iterable[tuple[str, Iterable[tuple[str, str, Iterable[str]]]]],
) -> list[Original]:
    """Return the real trials ready for drawing from them; `values` has slug, label and trial ids by facet."""
    of: dict[str, dict[str, list[Value]]] = {}
    for facet, every in values:
        for slug, label, ids in every:
            for each in ids:
                of.setdefault(each, {}).setdefault(facet, []).append((slug, label))
    return [
        Original(document, tuple(_named(document)), tuple(_loose(document)), of.get(document.trial_id, {}))
        for document in documents
    ]


def _named(document: SearchDocument) -> Iterator[Named]:
    """Yield the names of a document, those that links join in one."""
    levels = dict(document.words)
    group = {name: {name} for name, *_ in document.names}
    for _kind, first, second in document.links:
        joined = group.get(first, set()) | group.get(second, set())
        group.update((name, joined) for name in joined)
    done: set[str] = set()
    for name, *_ in document.names:
        if name not in done:
            done |= group[name]
            yield Named(
                tuple(entry for entry in document.names if entry[0] in group[name]),
                tuple(link for link in document.links if not group[name].isdisjoint(link[1:])),
                {
                    word: levels[word]
                    for each in sorted(group[name])
                    for word in each.split(" ")
                    if word in levels
                },
            )


def _loose(document: SearchDocument) -> Iterator[tuple[str, int]]:
    named = {word for name, _label, _level in document.names for word in name.split(" ")}
    for word, level in document.words:
        if word not in named and not _REAL_NUMBER.fullmatch(word):
            yield word, level


class _Drawn:
    """What the real trials have, to be drawn from: words and names by level, values by facet, written forms by word."""

    def __init__(self, originals: Sequence[Original]) -> None:
        self.words: dict[int, list[str]] = {}
        self.names: dict[int, list[Named]] = {}
        self.values: dict[str, list[Value]] = {}
        for original in originals:
            for word, level in original.loose:
                self.words.setdefault(level, []).append(word)
            for named in original.named:
                self.names.setdefault(named.level, []).append(named)
            for facet, values in original.values.items():
                self.values.setdefault(facet, []).extend(values)
        self.last_words = _last_words(original.document for original in originals)
        self.forms = _forms([original.document for original in originals])


def _forms(documents: Sequence[SearchDocument]) -> dict[str, list[tuple[str, float]]]:
    """Return the written forms of each word, with their share of the trials that have the word."""
    trials = Counter(word for document in documents for word, _level in document.words)
    found: dict[str, list[tuple[str, float]]] = {}
    for form, count in sorted(Counter(form for each in documents for form in each.surfaces).items()):
        word = term_of(form)
        found.setdefault(word, []).append((form, count / max(1, trials[word])))
    return found


def _last_words(documents: Iterable[SearchDocument]) -> list[str]:
    """Return the words with which most names of several words end, such as Syndrome."""
    labels = (label for document in documents for name, label, _level in document.names if " " in name)
    ends = Counter(label.split()[-1] for label in labels)
    return [word for word, _count in ends.most_common(LAST_WORDS) if word.isalpha() and len(word) > 2]


class _Maker:
    """Makes one trial after another."""

    def __init__(self, originals: Sequence[Original]) -> None:
        self._originals = originals
        self._chance = random.Random(SEED)  # noqa: S311
        self._drawn = _Drawn(originals)
        words = [[word for word, _level in original.document.words] for original in originals]
        self.words = Growth([[word for word in these if word.isalpha()] for these in words])
        self.numbers = Growth([[word for word in these if not word.isalpha()] for these in words])
        self.names = Growth([[name for name, *_ in original.document.names] for original in originals])
        self.values = {
            facet: Growth(
                [[slug for slug, _label in original.values.get(facet, ())] for original in originals]
            )
            for facet in sorted(self._drawn.values)
        }
        self._heads = array("q")
        """Of each invented name, the number of the invented word that it begins with."""

    def make(self, number: int) -> Made:
        """Return the trial of that number; they are made one after another, from 1."""
        for growth in (self.words, self.numbers, self.names, *self.values.values()):
            growth.begin(number)
        base, places = self._any(self._originals), self._any(self._originals)
        names, links, words = self._named(base)
        self._add_loose(words, base)
        words[term_of(trial_id(number).lower())] = OWN_NUMBER
        document = replace(
            base.document,
            **self._facts(),
            trial_id=trial_id(number),
            words=tuple(sorted(words.items())),
            surfaces=tuple(sorted(self._written(words, base.document))),
            names=tuple((name, *names[name]) for name in sorted(names)),
            links=tuple(sorted(links)),
            places=places.document.places,
        )
        return replace(document, card=self._card(document, places.document)), self._valued(base, places)

    def _any(self, things: Sequence[Thing]) -> Thing:
        return things[int(self._chance.random() * len(things))]

    def _kept(self, own: Thing, others: Sequence[Thing]) -> Thing:
        """Return what the trial has, or in 55 of 100 what some other one has."""
        return self._any(others) if self._chance.random() < REDRAWN else own

    def _named(
        self, base: Original
    ) -> tuple[dict[str, tuple[str, int]], set[tuple[str, str, str]], dict[str, int]]:
        """Return label and level of the names by key, their links, and the level of each of their words."""
        names: dict[str, tuple[str, int]] = {}
        links: set[tuple[str, str, str]] = set()
        words: dict[str, int] = {}
        for own in base.named:
            named = self._kept(own, self._drawn.names[own.level])
            now = {name: self._name(name, label) for name, label, _level in named.names}
            for name, _label, level in named.names:
                new, label = now[name]
                if new not in names or names[new][1] < level:
                    names[new] = label, level
                for word in new.split(" "):
                    theirs = named.words.get(word, 0) if new == name else level
                    if theirs > words.get(word, 0):
                        words[word] = theirs
            for kind, first, second in named.links:
                pair = now.get(first, (first,))[0], now.get(second, (second,))[0]
                links.add((kind, *pair))
        for word in words:
            (self.words if word.isalpha() else self.numbers).know(word)
        return names, links, words

    def _name(self, name: str, label: str) -> tuple[str, str]:
        """Return a name, or an invented one in its place."""
        index = self.names.instead_of(name, self._chance)
        if index is None:
            return name, label
        label = self._invented_name(index)
        return key(label), label

    def _invented_name(self, index: int) -> str:
        """Return the invented name of that number: an invented word, and the last word of real names."""
        if index == len(self._heads):
            self._heads.append(int(self._chance.random() * max(1, self.words.made)))
        return f"{invented(self._heads[index]).capitalize()} {self._last_word(index)}"

    def _last_word(self, index: int) -> str:
        return self._drawn.last_words[index % len(self._drawn.last_words)]

    def _add_loose(self, words: dict[str, int], base: Original) -> None:
        """Add the words that belong to no name, and the new ones for which the laws ask."""
        for own, level in base.loose:
            word = self._grown(self._kept(own, self._drawn.words[level]))
            words[word] = max(level, words.get(word, 0))
        while (new := self.words.wanted()) is not None:
            words[invented(new)] = MENTIONED
        while (new := self.numbers.wanted()) is not None:
            words[invented_number(new)] = OWN_NUMBER

    def _grown(self, word: str) -> str:
        """Return a word, or an invented one in its place."""
        index = (self.words if word.isalpha() else self.numbers).instead_of(word, self._chance)
        if index is None:
            return word
        return invented(index) if word.isalpha() else invented_number(index)

    def _written(self, words: Iterable[str], base: SearchDocument) -> Iterator[str]:
        """Yield written forms: for words of the real trial its own, for others as often as they are written so."""
        own, kept = set(base.surfaces), {word for word, _level in base.words}
        for word in words:
            for form, share in self._drawn.forms.get(word, ()):
                if form in own if word in kept else self._chance.random() < share:
                    yield form

    def _facts(self) -> dict[str, Any]:
        """Return the facts that are another trial's."""
        facts: dict[str, Any] = {}
        for names in FACTS:
            if self._chance.random() < OTHER_FACTS:
                other = self._any(self._originals).document
                facts.update((name, getattr(other, name)) for name in names)
        return facts

    def _card(self, document: SearchDocument, places: SearchDocument) -> dict[str, Any]:
        title = self._any(self._originals).document if self._chance.random() < REDRAWN else document
        card = {
            **{name: value for name, value in document.card.items() if name not in TEXTS},
            "id": document.trial_id,
            "title": title.card["title"],
        }
        for name in (*TEXTS, "where"):
            other = places if name == "where" else self._any(self._originals).document
            card.pop(name, None)
            if name in other.card:
                card[name] = other.card[name]
        for name, value in (("status", document.status), ("updated", document.updated)):
            card.pop(name, None)
            if value is not None:
                card[name] = value
        return card

    def _valued(self, base: Original, places: Original) -> dict[str, Sequence[Value]]:
        found: dict[str, Sequence[Value]] = {COUNTRY: places.values.get(COUNTRY, ())}
        for facet, growth in self.values.items():
            if facet != COUNTRY:
                found[facet] = tuple(dict(self._values(base.values.get(facet, ()), facet, growth)).items())
        return found

    def _values(self, values: Iterable[Value], facet: str, growth: Growth) -> Iterator[Value]:
        for own in values:
            value = self._kept(own, self._drawn.values[facet])
            index = growth.instead_of(value[0], self._chance)
            if index is None:
                yield value
            else:
                label = f"{invented(index).capitalize()} {self._last_word(index)}"
                yield key(label).replace(" ", "-"), label
