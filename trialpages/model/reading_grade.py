"""How hard a text is to read: the Flesch-Kincaid school grade, with syllables from a pronunciation dictionary.

The formula counts words a sentence and syllables a word; it knows nothing of meaning. Names of
medicines and conditions, which no author can shorten, count as two syllables. Each bullet is a sentence.
A word that the dictionary lacks, such as a name, is counted by its vowels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from trialpages.read.pronunciations import syllables_in_dictionary

TWO_SYLLABLES = "Anna"
"""Stands for each name: a word of two syllables."""

SHORTEST_NAME_WORD = 7
"""Letters; single words of a name that are at least this long count as names, too."""

LONGEST_ACRONYM = 4
"""Capital letters that are read one by one, as in MRI."""

FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[^\n]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
ADDRESS = re.compile(r"<?https?://[^\s>]+>?|\S+@\S+\.\S+")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
BLOCK_MARK = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,3}[.)]|#{1,6}|>)[ \t]+", re.MULTILINE)
SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9¿¡])|\n[ \t]*\n|\n")
ABBREVIATION = re.compile(r"\b(e\.g|i\.e|etc|vs|Dr|Mr|Mrs|Ms|Prof|St|approx)\.", re.IGNORECASE)
WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’][A-Za-z]+)*|\d+(?:[.,]\d+)*")
VOWELS = re.compile(r"[aeiouyà-æè-ïò-öù-ý]+")
SILENT_END = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$|[^aeiouyscxzg]es$|(?:[^aeiouy]|[aeiou])[^aeiouysclxzgh]es$"
)
SILENT_INSIDE = re.compile(r"(?<=[^aeiouy])e(?:ly|ty|ments?|ful|fully|less|ness)$|(?<=[gq])ue$")
SPLIT_VOWELS = re.compile(
    r"(?<![tscg])i(?:a|o|u)|eo(?!u|pl)|(?<=r)ea$|(?<=[ds])ea$|iet$|(?<=r)ience|(?<=cr)eat|[aeiouy]ing$|ua(?!r)|uou|ism$|^tria|^bio|[^aeiouy]yi"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard one text is: its grade, its counts, and its longest sentences, the longest first."""

    grade: float
    sentences: int
    words: int
    syllables: int
    longest: tuple[str, ...]


def reading(markdown: str, names: Iterable[str] = ()) -> Reading:
    """Return the grade of a Markdown text; `names` are exempt. A text without words has grade 0."""
    sentences = _sentences(_without_names(_plain(markdown), names))
    counted = [(WORD.findall(sentence), sentence) for sentence in sentences]
    counted = [(words, sentence) for words, sentence in counted if words]
    words = sum(len(found) for found, _ in counted)
    if not words:
        return Reading(0.0, 0, 0, 0, ())
    syllables = sum(syllable_count(word) for found, _ in counted for word in found)
    grade = 0.39 * words / len(counted) + 11.8 * syllables / words - 15.59
    originals = [sentence for sentence in _sentences(_plain(markdown)) if WORD.search(sentence)]
    originals.sort(key=lambda sentence: -len(WORD.findall(sentence)))
    return Reading(round(grade, 1), len(counted), words, syllables, tuple(originals[:3]))


@lru_cache(maxsize=20_000)
def syllable_count(word: str) -> int:
    """Return how many syllables an English word has; a number counts as one, capitals as letters read one by one."""
    lower = word.lower().replace("’", "'")
    if not any(letter.isalpha() for letter in lower):
        return 1
    if word.isupper() and 1 < len(word) <= LONGEST_ACRONYM:
        return len(word)
    owner = lower.removesuffix("'s")
    return syllables_in_dictionary(lower) or syllables_in_dictionary(owner) or counted_by_vowels(owner)


def counted_by_vowels(word: str) -> int:
    """Return how many syllables a word in small letters seems to have, by its groups of vowels."""
    count = len(VOWELS.findall(word)) + len(SPLIT_VOWELS.findall(word))
    if len(word) > 2 and SILENT_END.search(word):
        count -= 1
    if SILENT_INSIDE.search(word):
        count -= 1
    return max(count, 1)


def _plain(markdown: str) -> str:
    text = FENCE.sub("", markdown)
    text = ADDRESS.sub("", LINK.sub(r"\1", text))
    text = BLOCK_MARK.sub("\n\n", TAG.sub("", text))
    return text.replace("**", "").replace("__", "").replace("*", "").replace("`", "")


def _sentences(text: str) -> list[str]:
    """Split text into sentences. A line break inside a paragraph is no end, an empty line and a bullet are."""
    joined = re.sub(r"(?<!\n)\n(?!\s*\n)", " ", ABBREVIATION.sub(r"\1", text))
    return [" ".join(part.split()) for part in SENTENCE_END.split(joined) if part and part.strip()]


def _without_names(text: str, names: Iterable[str]) -> str:
    pattern = _pattern(tuple(names))
    return pattern.sub(TWO_SYLLABLES, text) if pattern else text


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds the names and their long words; the blocks of one trial share it."""
    phrases = {name.strip().casefold() for name in names if len(name.strip()) > 2}
    words = {
        word.casefold() for name in phrases for word in WORD.findall(name) if len(word) >= SHORTEST_NAME_WORD
    }
    every = sorted(phrases | words, key=lambda name: (-len(name), name))
    if not every:
        return None
    choice = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in every)
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)", re.IGNORECASE)
