"""A plain scan of the trials: what is known of each, looked up in its document again and again.

There is no index here. `Scan` is slow, short and meant to be read beside the description of the search.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, cached_property

from search.meaning import FEWEST_TO_MISSPELL, LONGEST_KEY, is_letters
from trialpages.search.concepts import SURE_SHARE, Concept
from trialpages.search.document import SearchDocument
from trialpages.search.tokens import term_of

COLUMNS = (
    "status",
    "study_type",
    "phase",
    "sex",
    "healthy_volunteers",
    "results",
    "no_placebo_only_group",
)
SETS = ("country", "condition", "treatment", "sponsor")
SEXES = ("FEMALE", "MALE")
MANY_TRIALS = 100
"""On a larger site a word of one trial alone is not what a misspelled one means."""
MOST_LISTED = 20_000
"""Words that may be meant by misspelled ones."""
LAST_OF_PLANE = "\uffff"
"""A browser counts later characters as two, so words with them are not compared."""
FEWEST_TO_NAME = 2
"""Trials that list a word by name before it has a name of its own."""
MOST_SUGGESTIONS = 40
"""Names in one file of suggestions."""
MORE_THAN_A_MENTION = 2
FEWEST_TOLD = 2
"""Trials that must say more than a mention before mentions do not count."""
LEVEL_OF_TEXTS = 2
"""The lowest level of a word in a text that tells what a trial is about."""

Sets = Mapping[str, Mapping[str, Collection[str]]]
"""The values of the facets of many values: per facet and address the ids of the trials."""


class Scan:
    """The trials of a site, in document order."""

    def __init__(
        self,
        documents: Sequence[SearchDocument],
        concepts: Iterable[Concept],
        sets: Sets,
        labels: Callable[[str], str],
        *,
        most_listed: int = MOST_LISTED,
        most_suggestions: int = MOST_SUGGESTIONS,
    ) -> None:
        """Take the trials in document order; `labels` says how a name is spelled that has no concept."""
        self.documents = documents
        self.labels = labels
        self.most_listed = most_listed
        self.most_suggestions = most_suggestions
        self.trials = len(documents)
        self.columns: Sequence[str] = COLUMNS
        self.sets: Sequence[str] = SETS
        self._values_of_sets = sets
        self._given = tuple(concepts)
        self._words = [dict(document.words) for document in documents]
        self._names = [{key: level for key, _label, level in document.names} for document in documents]
        # Looking through all trials takes its time: what was found once is remembered.
        self.found = cache(self._found)
        self._of_concept = cache(self._trials_of_concept)
        self._of_name = cache(self._trials_of_name)

    @cached_property
    def _concepts(self) -> dict[str, Concept]:
        """The concept of each key: of those that name it, else of those of which it is a sure name."""
        concepts: dict[str, Concept] = {}
        for concept in self._given:
            for key in concept.keys:
                concepts.setdefault(key, concept)
        for concept in self._given:
            for key in self._sure(concept):
                concepts.setdefault(key, concept)
        return concepts

    def _found(self, key: str) -> Mapping[int, int]:
        """Return the trials that have a key, each with its level: those of a concept, else those of a word."""
        concept = self._concepts.get(key)
        return (concept and self._of_concept(concept)) or self._of_word(key)

    def name(self, key: str) -> str | None:
        """Return the label of a concept that finds trials, else what two trials at least call the word."""
        concept = self._concepts.get(key)
        if concept and self._of_concept(concept):
            return concept.label
        listed = sum(key in names for names in self._names)
        return self.labels(key) if listed >= FEWEST_TO_NAME and " " not in key else None

    @cached_property
    def keys(self) -> frozenset[str]:
        """All that can be typed and has trials."""
        words = {word for words in self._words for word in words}
        names = {key for key in self._concepts if key.count(" ") < LONGEST_KEY and self.found(key)}
        return frozenset(words | names)

    def beginning_with(self, surface: str) -> Iterable[str]:
        """Return all keys of one word that begin so."""
        return [key for key in self.keys if " " not in key and key.startswith(surface)]

    def listed(self, length: int) -> Iterable[tuple[str, int]]:
        """Return the words of that many letters that may be meant by a misspelled one, with their trials."""
        return [(word, trials) for word, trials in self.all_listed if len(word) == length]

    @cached_property
    def all_listed(self) -> list[tuple[str, int]]:
        """All words that may be meant by misspelled ones, those of most trials first.

        Documents tell the words that differ from their term; a term is itself a word where they tell none of it.
        """
        trials = Counter(surface for document in self.documents for surface in document.surfaces)
        unchanged = Counter(word for words in self._words for word in words)
        for surface, having in trials.items():
            unchanged[term_of(surface)] -= having
        fewest = 2 if self.trials > MANY_TRIALS else 1
        listed = [
            (word, having)
            for word, having in {**trials, **unchanged}.items()
            if having >= fewest
            and len(word) >= FEWEST_TO_MISSPELL
            and is_letters(word)
            and max(word) <= LAST_OF_PLANE
        ]
        return sorted(listed, key=lambda row: (-row[1], row[0]))[: self.most_listed]

    def suggestions(self, beginning: str) -> list[tuple[str, str, int]]:
        """Return the names with most trials whose key begins with two characters: name, key and trials."""
        keys = [(self.name(key), key) for key in self.keys if key[:2] == beginning]
        rows = [(name, key, len(self.found(key))) for name, key in keys if name is not None]
        return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))[: self.most_suggestions]

    def values(self, facet: str, number: int) -> Collection[str]:
        """Return the codes or addresses of the values that a trial has."""
        document = self.documents[number]
        if facet in self.sets:
            return self._slugs.get((facet, document.trial_id), [])
        return _column(document, facet)

    @cached_property
    def _slugs(self) -> dict[tuple[str, str], list[str]]:
        """By facet and id of a trial the addresses of its values."""
        slugs: dict[tuple[str, str], list[str]] = {}
        for facet, values in self._values_of_sets.items():
            for slug, trials in values.items():
                for trial_id in trials:
                    slugs.setdefault((facet, trial_id), []).append(slug)
        return slugs

    def ages(self, number: int) -> tuple[float | None, float | None]:
        """Return the youngest and the oldest age in years."""
        return self.documents[number].minimum_age, self.documents[number].maximum_age

    def updated(self, number: int) -> int | None:
        """Return the day of the last update, counted from 1970."""
        day = self.documents[number].updated
        return (datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days if day else None

    def places(self, number: int) -> Iterable[tuple[str, float, float]]:
        """Return name, latitude and longitude of the places that count, to two decimals."""
        places = self.documents[number].places
        return [(name, round(north, 2), round(east, 2)) for name, north, east in places]

    def _of_word(self, word: str) -> dict[int, int]:
        return {number: words[word] for number, words in enumerate(self._words) if word in words}

    def _trials_of_concept(self, concept: Concept) -> dict[int, int]:
        """Return the trials of a concept, those of its sure names among them."""
        return self._of_names([*concept.finds, *self._sure(concept)])

    def _sure(self, concept: Concept) -> list[str]:
        """Return the doubtful names whose trials are the concept's anyway; a mere mention counts where there is no more."""
        own = self._of_names(concept.finds)
        sure = []
        for name in concept.doubtful:
            found = self._of_name(name)
            told = [n for n, level in found.items() if level >= MORE_THAN_A_MENTION]
            counted = told if len(told) >= FEWEST_TOLD else list(found)
            if counted and sum(n in own for n in counted) >= SURE_SHARE * len(counted):
                sure.append(name)
        return sure

    def _of_names(self, names: Iterable[str]) -> dict[int, int]:
        return _union(self._of_name(name) for name in names)

    def _trials_of_name(self, name: str) -> dict[int, int]:
        """Return the trials that list a name, or that say it: one word anywhere, several together in one text."""
        listed = {n: names[name] for n, names in enumerate(self._names) if name in names}
        if " " not in name:
            return _union([listed, self._of_word(name)])
        said = {
            n: min(self._words[n].get(word, LEVEL_OF_TEXTS) for word in name.split(" "))
            for n, document in enumerate(self.documents)
            if any(f" {name} " in f" {text} " for text in document.texts)
        }
        return _union([listed, said])


def _union(many: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Return each trial with the highest of its levels."""
    union: dict[int, int] = {}
    for found in many:
        for number, level in found.items():
            union[number] = max(level, union.get(number, 0))
    return union


def _column(document: SearchDocument, facet: str) -> Collection[str]:
    values: dict[str, Collection[str | None]] = {
        "status": [document.status],
        "study_type": [document.study_type],
        "phase": document.phases or ["NA"],
        "sex": [document.sex] if document.sex in SEXES else SEXES,
        "healthy_volunteers": ["yes"] if document.healthy_volunteers else [],
        "results": ["yes"] if document.has_results else [],
        "no_placebo_only_group": ["yes"] if document.no_placebo_only_group else [],
    }
    return [value for value in values[facet] if value is not None]
