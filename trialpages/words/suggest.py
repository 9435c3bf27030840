"""The nearest name: one guess at what an author meant, or none.

Letter case and separators are dropped before names are compared, so `briefTitle`, `Brief Title`
and `brief-title` are all `brief_title`. A guess that is far off is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+")

SHORTEST_BEGINNING = 4
"""Letters that a name must share with a longer one to count as its beginning."""

SHORTEST_PART = 8
"""Letters that a name must have to count as a part of a longer one."""


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that the author most likely meant.

    >>> nearest("briefTitle", ["brief_title", "official_title"])
    'brief_title'
    >>> nearest("sponsor", ["lead_sponsor", "see_also_links"])
    'lead_sponsor'
    >>> nearest("colour", ["title", "acronym"]) is None
    True
    """
    wanted = fold(name)
    if not wanted:
        return None
    folded = [(fold(candidate), candidate) for candidate in candidates]
    for form, candidate in folded:
        if form == wanted:
            return candidate
    # A number with another digit is another number, not a slip: no trial or group is guessed.
    folded = [(form, candidate) for form, candidate in folded if _digits(form) == _digits(wanted)]
    if ending := _ending_in(name, [candidate for _, candidate in folded]):
        return ending
    limit = max(1, len(wanted) // 4) if len(wanted) > 2 else 0
    scored = [
        (distance, candidate)
        for form, candidate in folded
        if abs(len(form) - len(wanted)) <= limit and (distance := edits(wanted, form, limit)) <= limit
    ]
    if scored:
        return min(scored)[1]
    longer = [candidate for form, candidate in folded if _holds(form, wanted)]
    return longer[0] if len(longer) == 1 else None


def _ending_in(name: str, candidates: Iterable[str]) -> str | None:
    """Return the one candidate of the fewest words whose last words are the whole name."""
    wanted = _words(name)
    if len("".join(wanted)) < SHORTEST_BEGINNING:
        return None
    ending = [(len(_words(each)), each) for each in candidates if _words(each)[-len(wanted) :] == wanted]
    fewest = min((count for count, _ in ending), default=0)
    shortest = [each for count, each in ending if count == fewest]
    return shortest[0] if len(shortest) == 1 else None


def _words(name: str) -> list[str]:
    return [fold(word) for word in WORD.findall(name)]


def fold(name: str) -> str:
    """Return the name without letter case, accents and separators."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _digits(form: str) -> str:
    return "".join(letter for letter in form if letter.isdigit())


def edits(first: str, second: str, limit: int) -> int:
    """Count insertions, deletions, replacements and swaps of neighbors; stop above the limit."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        above, previous, row = before, row, [i]
        before = previous
        for j, other in enumerate(second, start=1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (letter != other))
            if above and i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _holds(form: str, wanted: str) -> bool:
    """Tell whether one name begins with the other, or holds it whole when it is long."""
    shorter, longer = sorted((form, wanted), key=len)
    if len(shorter) < SHORTEST_PART:
        return len(shorter) >= SHORTEST_BEGINNING and longer.startswith(shorter)
    return shorter in longer
