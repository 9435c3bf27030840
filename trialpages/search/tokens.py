"""Texts become terms: the one way in which the index and every query read words.

`assets/js/search-tokens.js` does the same in the browser, and `tests/vectors/search-tokens.json` holds
the two together; a change here raises `VERSION`, so that an older script does not ask a newer index.

A term is a word without case and accents, in American spelling, without its plural ending. It is for
comparing, never for showing. Terms depend on the text alone, on no other trial and no language setting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

VERSION = 1
"""Of the rules in this module."""

LONGEST_WORD = 40
"""Characters of a word that count."""
LONGEST_UNCHANGED = 3
"""Letters of a word that keeps its ending: `als` is no plural."""

_STOP_WORDS = (
    "a about after all also am an and any are as at be been being but by can could did do does during each for "
    "from get had has have how i if in into is it its me my no not of on or our s should so than that the "
    "their them then there these they this those to versus vs was we were what when where which while who why "
    "will with would you your"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing about what a trial is for."""

ACRONYMS = frozenset({"ALL"})
"""Illnesses whose short name is a stop word: in capitals, within a text that is not all capitals, they count."""

SPELLINGS = (
    ("leukae", "leuke"),
    ("aemi", "emi"),
    ("anaem", "anem"),
    ("haem", "hem"),
    ("paed", "ped"),
    ("oedem", "edem"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("foet", "fet"),
    ("rrhoe", "rrhe"),
    ("pnoea", "pnea"),
    ("anaesth", "anesth"),
    ("gynaec", "gynec"),
    ("coeliac", "celiac"),
    ("caesar", "cesar"),
    ("faec", "fec"),
    ("aetiol", "etiol"),
    ("sulph", "sulf"),
    ("tumour", "tumor"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("labour", "labor"),
    ("centre", "center"),
    ("fibre", "fiber"),
    ("programme", "program"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
)
"""British spellings with the American ones, replaced in this order wherever they stand in a word."""

NEGATION = "non"
"""It makes the word after it another one."""

IRREGULAR = {"children": "child", "women": "woman", "men": "man", "aids": "aids"}
"""Plurals that no ending tells, and an illness that is no plural."""

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon "
    "phi chi psi omega"
)
GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK_NAMES.split(), strict=True))

_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Soft hyphens and spaces without width, which come with copied text."""
_APOSTROPHES = re.compile("[’ʼ‘`´]")
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SHORT_NUMBER = re.compile("[0-9]{1,3}")
_POSSESSIVE = re.compile(r"'s?$|'s(?=-)")
_GREEK = re.compile(f"[{''.join(GREEK)}]")
_NUMBERED = re.compile("\\bnct[ \u00a0\t\r\n:#.\u2010-\u2015-]*([0-9]{8})\\b", re.IGNORECASE | re.ASCII)


def fold(text: str) -> str:
    """Return a text without accents and letter case, its Greek letters written out.

    >>> fold("β-Blocker für Ménière")
    'beta-blocker fur meniere'
    """
    if text.isascii():
        return text.lower()
    plain = _HYPHENS.sub("-", _APOSTROPHES.sub("'", text))
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", plain) if unicodedata.category(letter)[0] != "M"
    )
    plain = plain.lower().replace("ß", "ss").replace("ς", "σ")
    return _GREEK.sub(lambda found: GREEK[found[0]], plain)


def terms(text: str) -> list[str]:
    """Return the terms of a text in their order, without stop words unless there is nothing else.

    >>> terms("Anti-PD-1 antibodies for the leukaemias")
    ['anti', 'pd1', 'antibody', 'leukemia']
    """
    return [term for _word, term in read_words(text)]


def compounds(text: str) -> list[str]:
    """Return words with hyphens as one term each, for those who write them closed up.

    >>> compounds("anti-PD-1 in B-cell lymphoma")
    ['antipd1', 'bcell']
    """
    found = []
    for word in _WORD.findall(fold(_joined_numbers(text))):
        parts = _parts(word)
        if len(parts) > 1:
            found.append(term_of("".join(parts)[:LONGEST_WORD]))
    return found


def read_words(text: str) -> list[tuple[str, str]]:
    """Return the folded words of a text, each with its term; a query shows what it read by the word.

    >>> read_words("Tumours of the lungs")
    [('tumours', 'tumor'), ('lungs', 'lung')]
    """
    text = _joined_numbers(text)
    stands_out = text != text.upper()
    kept: list[tuple[str, str]] = []
    stopped: list[tuple[str, str]] = []
    for found, part in _joined_to_next((word, part) for word in _words(text) for part in _parts(fold(word))):
        cut = part[:LONGEST_WORD]
        is_stop = cut in STOP_WORDS and not (stands_out and found in ACRONYMS)
        (stopped if is_stop else kept).append((cut, term_of(cut)))
    return kept or stopped


def key(name: str) -> str:
    """Return what all spellings of a name have in common: its terms, parted by single spaces.

    >>> key("Leukaemia, Lymphoid") == key("leukemia lymphoid")
    True
    """
    return " ".join(terms(name))


@lru_cache(maxsize=200_000)
def term_of(word: str) -> str:
    """Return the term of one folded word: American spelling, no plural ending.

    >>> [term_of(word) for word in ("diseases", "metastasis", "metastases", "biopsies", "virus", "als")]
    ['diseas', 'metastas', 'metastas', 'biopsy', 'virus', 'als']
    """
    return _stem(spelled(word))


def spelled(word: str) -> str:
    """Return a folded word in American spelling."""
    for british, american in SPELLINGS:
        if british in word:
            word = word.replace(british, american)
    return word


def _stem(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) <= LONGEST_UNCHANGED or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("is") and len(word) > 5:
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text as they are written, with their hyphens and apostrophes."""
    plain = text if text.isascii() else _HYPHENS.sub("-", _APOSTROPHES.sub("'", text))
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "M")
    for found in _WORD.finditer(plain):
        yield found[0]


def _joined_to_next(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield words with their parts, `non` joined to the part after it: non-Hodgkin lymphoma is no Hodgkin lymphoma."""
    before = ""
    for found, part in pairs:
        if part == NEGATION:
            before = part
        else:
            yield found, before + part
            before = ""
    if before:
        yield before, before


def _parts(word: str) -> list[str]:
    """Return the parts of a folded word with hyphens; a number of up to three digits belongs to the part before it."""
    parts: list[str] = []
    for piece in _POSSESSIVE.sub("", word).replace("'", "").split("-"):
        joins = parts and _SHORT_NUMBER.fullmatch(piece) and parts[-1].isalpha()
        if joins:
            parts[-1] += piece
        elif piece:
            parts.append(piece)
    return parts


def _joined_numbers(text: str) -> str:
    """Return a text without signs that nobody sees, in which a trial number in two parts is one word."""
    return _NUMBERED.sub(r"NCT\1", _UNSEEN.sub("", text))
