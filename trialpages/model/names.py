"""Names of treatments: what stays of them without dose and form, and where a text mentions one.

This module decides nothing about spellings of one name in listings (`site/names.py` does) and knows
no shared files: aliases are arguments. Two names are the same treatment only when their keys are
equal; a name that is merely similar is another treatment.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_PLACEBO = re.compile(r"\b(?:placebos?|sham|dummy)\b", re.IGNORECASE)

_UNIT = r"(?:mg|mcg|[µμu]g|ng|g|kg|m[lL]|[µμ]l|l|i\.?u\.?|units?|mmol|meq|[cm]?gy|%|ppm|[mg]?bq|m?ci|vg|pfu|cells?)"
_DOSE = re.compile(
    rf"(?<![\w.])[~≤≥<>]?\d[\d,.]*(?:(?:\s*-?{_UNIT})?(?:\s*(?:-|–|to|/|x|or|and|,))+\s*\d[\d,.]*)*\s*-?"
    + _UNIT
    + r"(?:\s*/\s*(?:\d+\s*)?(?:kg|m2|m²|m\^2|ml|mL|l|day|d|dose|h|hr|hour|week|wk|min))*(?![\w])",
    re.IGNORECASE,
)
_HOW_OFTEN = re.compile(
    r"\b(?:once|twice|three times)[ -](?:a[ -])?(?:daily|day|weekly|week|monthly|month)\b|"
    r"\b(?:q\.?d|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\d+[hdw])\b\.?|\bper (?:day|week|month)\b|\bdaily\b",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"[\s,]+(?:(?:oral|intravenous|subcutaneous|topical|iv|sc|film[- ]coated)\s+)?"
    r"(?:tablets?|capsules?|pills?|injections?|infusions?|solutions?|suspensions?|for injection|oral product|product)$",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:\s+(?:at a dose of|a dose of|at|of|or|and|per))+$", re.IGNORECASE)
"""What led to the amount that has gone."""
_LOST_SPACES = ((re.compile(r"(?<=[(\[])\s+|\s+(?=[)\],])"), ""), (re.compile(r",(?:\s*,)+"), ","))
_EMPTY_BRACKETS = re.compile(r"[\(\[]\s*[,;/.\-–]*\s*[\)\]]")
_LOOSE_END = re.compile(r"^[\s,;:/+\-–@]+|\s+\.$|[\s,;:/+\-–@]+$")
_SPACES = re.compile(r"\s+")
_NOT_A_WORD = re.compile(r"[^\w+]+")
_MARKS = re.compile("[®™©]")


def is_placebo(name: str) -> bool:
    """Say whether a name is that of a look-alike without effect: a placebo or a sham procedure."""
    return bool(_PLACEBO.search(name))


def without_dose(name: str) -> str:
    """Return a treatment's name without amounts, frequency and dose form; the whole name if nothing is left.

    >>> without_dose("Metformin 500 mg tablets, twice daily")
    'Metformin'
    """
    kept = _MARKS.sub("", name)
    kept = _HOW_OFTEN.sub(" ", _DOSE.sub(" ", kept))
    kept = _EMPTY_BRACKETS.sub(" ", kept)
    kept = _LOOSE_END.sub("", _SPACES.sub(" ", kept))
    kept = _LOOSE_END.sub("", _FORM.sub("", kept))
    for pattern, instead in _LOST_SPACES:
        kept = pattern.sub(instead, kept)
    if kept != name:
        kept = _LOOSE_END.sub("", _TAIL.sub("", kept))
    return kept if any(character.isalpha() for character in kept) else name.strip()


def words_of(text: str) -> str:
    """Return a text as lower-case words set apart by single spaces, without accents, hyphens and marks.

    >>> words_of("Peg-Asparaginase® (IV)")
    'peg asparaginase iv'
    """
    plain = html.unescape(_MARKS.sub("", text)) if "&" in text or not text.isascii() else text
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(_NOT_A_WORD.sub(" ", plain.casefold()).split())


@lru_cache(maxsize=1 << 16)
def treatment_key(name: str) -> str:
    """Return what the spellings of one treatment's name have in common.

    >>> treatment_key("Blinatumomab 15 mcg/m2/day") == treatment_key("blinatumomab")
    True
    """
    return words_of(without_dose(name))


MIN_KEY_LENGTH = 3
"""Characters. A shorter name ("IL", "5") is met in texts that do not speak of it."""


def names_one_of(text: str, keys: Iterable[str]) -> bool:
    """Say whether a text mentions one of the treatments whose keys are given, as whole words."""
    padded = f" {words_of(text)} "
    return any(len(key) >= MIN_KEY_LENGTH and f" {key} " in padded for key in keys)
