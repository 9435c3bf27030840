"""How two texts, or two lists of texts, differ: what is gone, what is new and what is told in other words.

Letter case, white space, marks of emphasis and the stop at the end are no difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from trialpages.model.change import Change
from trialpages.model.checks_references import normal_text
from trialpages.words.fields import record

LEAST_LIKENESS = 0.6
"""Share of common words from which a gone and a new text are one text in other words."""

MOST_PAIRS = 2_500
"""Pairs of texts that are compared word by word; longer lists are told as gone and new."""

SMALL_LIKENESS = 0.95
FEW_WORDS = 3
"""An edit that changes fewer words than this, in a text that stays as alike as that, is the size of a slip."""

WEIGHTY = re.compile(
    r".*[\d<>=≤≥±%].*|.*n['’]t|not?|never|none|nor|neither|without|cannot|must|may|can|only|un\w+|non\w*",
    re.IGNORECASE,
)
"""Words that turn the meaning of a sentence, however small they are."""


@record
class Difference:
    """Texts of a list that are gone, that are new, and that are told in other words."""

    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.reworded)

    @property
    def count(self) -> int:
        """How many texts differ."""
        return len(self.removed) + len(self.added) + len(self.reworded)


def listed(kind: str, field: str, found: Difference, *, matters: bool = False) -> Iterator[Change]:
    """Yield the change of a list, unless nothing in it differs."""
    if found:
        yield Change(
            kind=kind,
            field=field,
            count=found.count,
            removed=found.removed,
            added=found.added,
            reworded=found.reworded,
            matters_to_readers=matters,
        )


def same_text(before: str | None, after: str | None) -> bool:
    """Return whether two texts read the same."""
    return before == after or folded(before or "") == folded(after or "")


def folded(text: str) -> str:
    """Return a text as far as its meaning goes.

    >>> folded("* **At least**  18 years old.")
    '* at least 18 years old'
    """
    return normal_text(text).rstrip(" .;,:")


def is_slip(before: str, after: str) -> bool:
    """Return whether one text is the other with a slip mended, so that no reader needs to hear of it.

    >>> is_slip("The study tests a made-up drug in ten towns.", "The study tests a made-up drug in nine towns.")
    False
    """
    if same_text(before, after):
        return True
    old, new = before.split(), after.split()
    words = SequenceMatcher(None, old, new, autojunk=False)
    changed = 0
    for what, old_from, old_to, new_from, new_to in words.get_opcodes():
        if what == "equal":
            continue
        changed += max(old_to - old_from, new_to - new_from)
        edited = (*old[old_from:old_to], *new[new_from:new_to])
        if any(WEIGHTY.fullmatch(word.strip("*_.,;:()")) for word in edited):
            return False
    if changed >= FEW_WORDS:
        return False
    return SequenceMatcher(None, before, after, autojunk=False).ratio() > SMALL_LIKENESS


def difference(before: Sequence[str], after: Sequence[str]) -> Difference:
    """Return how two lists differ; another order is no difference."""
    gone = _without(before, after)
    new = _without(after, before)
    pairs = _pairs(gone, new) if len(gone) * len(new) <= MOST_PAIRS else {}
    kept = set(pairs.values())
    return Difference(
        removed=tuple(text for index, text in enumerate(gone) if index not in pairs),
        added=tuple(text for index, text in enumerate(new) if index not in kept),
        reworded=tuple((gone[old], new[pairs[old]]) for old in sorted(pairs)),
    )


def _without(texts: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the texts that the other list does not have as often, in their order."""
    spare = Counter(map(folded, others))
    left = []
    for text in texts:
        form = folded(text)
        if spare[form]:
            spare[form] -= 1
        elif form:
            left.append(text)
    return left


def _pairs(gone: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Pair gone texts with new ones by position, the most alike first."""
    scored: list[tuple[float, int, int]] = []
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for there, text in enumerate(new):
        matcher.set_seq2(folded(text).split())
        for here, other in enumerate(gone):
            matcher.set_seq1(folded(other).split())
            if matcher.real_quick_ratio() < LEAST_LIKENESS or matcher.quick_ratio() < LEAST_LIKENESS:
                continue
            likeness = matcher.ratio()
            if likeness >= LEAST_LIKENESS:
                scored.append((-likeness, here, there))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _likeness, here, there in sorted(scored):
        if here not in pairs and there not in taken:
            pairs[here] = there
            taken.add(there)
    return pairs
