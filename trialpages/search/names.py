"""What all records together say about names: how many trials list one, how they spell it, what they call the same.

Names are counted while documents pass by: what is kept is a name once, and a number for each trial that lists it.
"""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from trialpages.search.document import SearchDocument
from trialpages.search.postings import Postings
from trialpages.search.short_forms import is_short_form

_key_and_level = itemgetter(0, 2)


class Names:
    """The names of a site with their trials."""

    def __init__(self) -> None:
        self.listed = Postings()
        """Trials that list a name, by its key, at the level at which they do."""
        self.links: Counter[tuple[str, str, str]] = Counter()
        """Trials that give evidence that two names are one thing, by its kind and their keys."""
        self._first: dict[str, str] = {}
        self._others: dict[str, Counter[str]] = {}
        """Trials by spelling, where it is not that of the first trial."""

    def add(self, number: int, document: SearchDocument) -> None:
        """Take the names and links of one document; its number must be larger than those before."""
        self.listed.add(number, map(_key_and_level, document.names))
        spelled_first = self._first.setdefault
        for key, label, _level in document.names:
            if spelled_first(key, label) != label:
                self._others.setdefault(key, Counter())[label] += 1
        if document.links:
            self.links.update(document.links)

    def label(self, key: str) -> str:
        """Return a name as most trials spell it, with a capital at its beginning; nothing if no trial lists it."""
        first, others = self._first.get(key, ""), self._others.get(key)
        if others is None:
            return as_label(first)
        counts = {first: self.listed.count(key) - others.total(), **others}
        return as_label(min(counts, key=lambda label: (_is_shouted(label), -counts[label], label)))


def identity(key: str) -> str:
    """Return what two keys have in common whose words are the same in another order.

    >>> identity("diabet mellitu type2") == identity("type2 diabet mellitu")
    True
    """
    return " ".join(sorted(key.split(" ")))


def as_label(label: str) -> str:
    """Return a name as a page shows it: not shouted, and with a capital at its beginning.

    >>> as_label("ERECTILE DYSFUNCTION"), as_label("heart failure"), as_label("mRNA vaccine"), as_label("COPD")
    ('Erectile dysfunction', 'Heart failure', 'mRNA vaccine', 'COPD')
    """
    if _is_shouted(label):
        label = label.lower()
    first = label.split(" ", 1)[0]
    return label[:1].upper() + label[1:] if first.islower() else label


def _is_shouted(label: str) -> bool:
    return label.isupper() and not is_short_form(label) and not any(letter.isdigit() for letter in label)
