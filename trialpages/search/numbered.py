"""Numbers in names: `type 1` and `type 2` differ in a number that says nothing when it stands alone.

A trial of type 2 diabetes may well say "1" somewhere, and one of hepatitis B "C". So a number that belongs to the
word before it makes one term with it, in the words of a trial and in the keys of names: `type1 diabet`. What a
reader types has the two apart, and `parted` says how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from trialpages.search.tokens import terms

_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9"}
_NUMBERED = re.compile(
    r"\b(type|stage|phase|grade|class|group|level|factor)([ -])(IX|IV|VI{0,3}|V|I{1,3})\b(?![-/])",
    re.IGNORECASE,
)
_ROMAN_LETTER = re.compile(r"[ -][IV]")
_NUMBER = re.compile(r"\d{1,7}")
_WORD = re.compile(r"[a-z]+|[a-z]+\d+")
_JOINED = re.compile(r"([a-z]{2,})(\d{1,7})")
LONGEST_CODE = 5
"""Letters of a code before its number, as in `LCZ 696`."""
NUMBERED = frozenset(terms("type stage phase grade class group level factor omega category"))
"""Words whose number belongs to them, however long they are."""
LETTERED = frozenset(terms("hepatitis vitamin influenza factor type group class protein"))
"""Words to which a single letter belongs."""
COUNTED = frozenset(
    terms(
        "age aged aim arm cycle day dose every first hour kg last least max men mg min ml month more most next only over "
        "part score step study test than top total trial upto visit week women year"
    )
)
"""Short words before a number that counts something else."""


def arabic(text: str) -> str:
    """Return a text with arabic numbers where roman ones number a type, a stage, a class or the like.

    >>> arabic("Type II diabetes, NYHA class III")
    'Type 2 diabetes, NYHA class 3'
    """
    return _NUMBERED.sub(_in_arabic, text) if _ROMAN_LETTER.search(text) else text


def _in_arabic(found: re.Match[str]) -> str:
    word, space, number = found.groups()
    return f"{word}{space}{_ROMAN[number.upper()]}" if number.isupper() else found[0]


def joined(words: Sequence[str]) -> list[str]:
    """Return terms with each number joined to the word that it belongs to.

    >>> joined(["type", "1", "diabet"]), joined(["age", "65"]), joined(["bay", "58", "2667"])
    (['type1', 'diabet'], ['age', '65'], ['bay582667'])
    """
    found: list[str] = []
    for word in words:
        if found and _belongs(found[-1], word):
            found[-1] += word
        else:
            found.append(word)
    return found


def joins(words: Sequence[str]) -> Iterator[str]:
    """Yield the joined terms alone."""
    known = set(words)
    yield from (word for word in joined(words) if word not in known)


def _belongs(word: str, number: str) -> bool:
    if not _WORD.fullmatch(word):
        return False
    if _NUMBER.fullmatch(number):
        return word in NUMBERED or (len(word.rstrip("0123456789")) <= LONGEST_CODE and word not in COUNTED)
    return len(number) == 1 and number.isalpha() and word in LETTERED


def plain_name_key(name: str) -> str:
    """Return the key of a name as the records list it, its numbers joined.

    >>> plain_name_key("Type II Diabetes") == plain_name_key("type 2 diabetes")
    True
    """
    return " ".join(joined(terms(arabic(name))))


name_key = lru_cache(maxsize=1 << 17)(plain_name_key)
"""The same for names, which come again and again."""


def parted(key: str) -> str:
    """Return a key of a name as a reader types it.

    >>> parted("type1 diabet"), parted("hepatitc viru")
    ('type 1 diabet', 'hepatit c viru')
    """
    return " ".join(_parted(word) for word in key.split(" "))


@lru_cache(maxsize=1 << 16)
def _parted(word: str) -> str:
    found = _JOINED.fullmatch(word)
    if found:
        return f"{found[1]} {found[2]}"
    return f"{word[:-1]} {word[-1:]}" if word[:-1] in LETTERED else word
