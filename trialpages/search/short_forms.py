"""Short forms that a text explains itself: `Heart failure (HF)`, `ID (iron deficiency)`.

Letters in brackets are a short form only when each of them begins a word of the long form, in order. Small words
and the later parts of hyphenated words may be passed over, nothing else: a doubtful pair is no pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_BRACKETS = re.compile(r"\(\s*([^()]{2,80}?)\s*\)")
_SHORT = re.compile(r"(?=.*[A-Z])[A-Za-z0-9][A-Za-z0-9/&-]{0,10}[A-Za-z0-9]")
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
_SMALL = frozenset(
    ("a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "without")
)
MOST_LETTERS = 8
"""Of a short form; a longer one is a name."""


def short_forms(text: str) -> Iterator[tuple[str, str]]:
    """Yield each short form that the text explains, with its long form, as both are written.

    >>> list(short_forms("Heart failure with reduced ejection fraction (HFrEF) and ID (iron deficiency)"))
    [('HFrEF', 'Heart failure with reduced ejection fraction'), ('ID', 'iron deficiency')]
    """
    if "(" not in text:
        return
    for found in _BRACKETS.finditer(text):
        inside, before = found[1], text[: found.start()].rstrip()
        if _SHORT.fullmatch(inside):
            long = _ending(_letters(inside), before)
            if long:
                yield inside, long
            continue
        last = before.rpartition(" ")[2]
        if _SHORT.fullmatch(last) and _ending(_letters(last), inside) == inside:
            yield last, inside


def is_short_form(name: str) -> bool:
    """Say whether a name looks like an abbreviation: one word of few letters, two of them capitals or one a digit.

    >>> [is_short_form(name) for name in ("HFpEF", "ED", "COVID-19", "Lipitor", "MabThera")]
    [True, True, True, False, False]
    """
    letters = _letters(name)
    if " " in name or not _SHORT.fullmatch(name) or not 2 <= len(letters) <= MOST_LETTERS:
        return False
    if 2 * sum(letter.islower() for letter in letters) > len(letters):
        return False
    return sum(letter.isupper() for letter in letters) >= 2 or (
        letters[0].isupper() and any(letter.isdigit() for letter in letters)
    )


def stands_for(short: str, long: str) -> bool:
    """Say whether the letters of a short form begin the words of a whole long form.

    >>> stands_for("AML", "acute myeloid leukemia"), stands_for("ALL", "acute leukemia")
    (True, False)
    """
    return is_short_form(short) and _ending(_letters(short), long) == long.strip()


def _letters(short: str) -> str:
    letters = re.sub(r"[^A-Za-z0-9]", "", short)
    return letters[:-1] if len(letters) > 2 and letters.endswith("s") and letters[:-1].isupper() else letters


def _ending(letters: str, text: str) -> str:
    """Return the last words of a text whose first letters are these; nothing if they are not."""
    if not 2 <= len(letters) <= MOST_LETTERS:
        return ""
    words = [(found.start(), found[0].lower()) for found in _WORD.finditer(text[-200:])]
    spelled = letters.lower()
    tail = words[-2 * len(spelled) - 2 :]
    joined = tuple(_is_joined(text[-200:], start) for start, _word in tail)
    index = _match(spelled, tuple(word for _start, word in tail), joined)
    if index is None or len(tail) - index < 2:
        return ""
    return text[-200:][tail[index][0] :].strip()


def _is_joined(text: str, start: int) -> bool:
    """Say whether a word is a later part of one with hyphens."""
    return start > 0 and text[start - 1] in "-‐‑–/"


@lru_cache(maxsize=10_000)
def _match(letters: str, words: tuple[str, ...], joined: tuple[bool, ...]) -> int | None:
    """Return the position of the word from which on the letters begin the words, the latest one."""
    if not words:
        return None
    word = words[-1]
    for left in _match_rest(letters, word):
        if not left:
            if word in _SMALL or joined[-1]:
                continue
            return len(words) - 1
        index = _match(left, words[:-1], joined[:-1])
        if index is not None:
            return index
    if word in _SMALL or joined[-1]:
        return _match(letters, words[:-1], joined[:-1])
    return None


def _match_rest(letters: str, word: str) -> list[str]:
    """Return what may be left of the letters when the last begins this word, or the last ones are all of it."""
    left = []
    if letters[-1] == word[0]:
        left.append(letters[:-1])
    if 2 <= len(word) <= 3 and letters.endswith(word):
        left.append(letters[: -len(word)])
    return left
