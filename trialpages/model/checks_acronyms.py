"""Short forms that the editors' English prose uses without saying what they stand for.

A short form is two to six capitals, with digits, hyphens or a plural s, and at most two small letters among
them, as in HFpEF. It is known when its first use in the file spells it out or says what it is, when the glossary has it, when everybody knows it, or when it is a
number, a unit or a code. A summary spells out for trial.yaml as well, since both make one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from trialpages.model.checks_grade import exempt_names
from trialpages.model.editorial import GlossaryEntry
from trialpages.model.places import FACTS, Places
from trialpages.model.prose import TITLE, Passage, passages
from trialpages.model.trial import Trial
from trialpages.words.diagnostics import Diagnostic

SHORT_FORM = re.compile(
    r"(?<![\w.@/-])(?:(?=(?:[^A-Za-z\s]*[A-Z]){2})[A-Z](?:-?[A-Z0-9])+(?=s?(?![\w@])(?!-[a-z]))"
    r"|(?=[A-Za-z0-9]*[A-Z]{2})(?=[A-Z0-9]*[a-z](?:[A-Z0-9]*[a-z])?[A-Z0-9]*\b)[a-zA-Z][A-Za-z0-9]*[A-Z0-9](?![\w@-])|HbA1c\b)"
)
"""Not `PEG` in the name of a drug such as PEG-asparaginase."""

FEWEST_CAPITALS, MOST_CAPITALS = 2, 6

EVERYDAY = frozenset({"ID", "TV", "OK", "AM", "PM", "FAQ", "PDF", "DVD", "SMS", "ZIP", "GP", "ER"})
"""Words of every day that happen to be written in capitals."""

NAMES = frozenset({"USA", "US", "UK", "EU", "FDA", "NIH", "NHS", "WHO", "MD"})
"""Names of countries and of offices that readers meet by these letters; a degree that stands in names of hospitals."""

BETTER_KNOWN_SHORT = frozenset({"HIV", "AIDS", "DNA", "COVID", "COVID-19", "SARS", "mRNA", "MRI", "CT"})
"""Readers know these by their letters; the long form is harder."""

UNITS = frozenset({"IU", "BMI", "GY"})
SHOUTED = frozenset({"AND", "DO", "IF", "MUST", "NEVER", "NO", "NOT", "ONLY", "OR", "YES"})
"""Little words that editors stress by capitals; `ALL` is not among them, since it is a leukemia, too."""

COMMON = EVERYDAY | NAMES | BETTER_KNOWN_SHORT | UNITS | SHOUTED

SHOUT = re.compile(r"\b[A-Z]+(?: [A-Z]+){2,}\b")
"""Three words or more that are all in capitals are a cry, not three short forms."""

STATE = re.compile(
    r"A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
)
TOWN = re.compile(r"[A-Z][a-z]+, $")
"""What stands before a state: Houston, TX."""

ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
CODE = re.compile(r"\d{3}|[A-Z]\d+[A-Z]+\d")
"""Three digits in a row, or letters and digits in turn: a number of a trial or a drug, a strain of flu; nothing spells them out."""

MASKED = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|<[^>]*>|https?://\S+|(?<!\S)[^\s@]*@\S+", re.DOTALL)
"""What is no prose: code, addresses of links, tags."""

LONG_BEFORE = re.compile(
    r"[A-Za-z][\w'’-]*[,;]?\s*[(\[]\s*(?:the |an? |also |or |called )*(?:[A-Z][A-Z0-9-]+s?(?:,? or|,? and|,|;)?\s+)*$"
)
SAID_BEFORE = re.compile(
    r"\b(?:called|named|known as|abbreviated(?: as| to)?|short for|stands? for|(?:gene|genes|protein|marker|enzyme|receptor|signal|cell|test|scale)s?|level|(?:starts?|begins?) with)\s+[\"'“]?$",
    re.IGNORECASE,
)
LONG_AFTER = re.compile(
    r"s?[\"'”]?\s*(?:[(\[][^)\]]*[a-z]{3}|[,:–—]\s*(?:an?|the|which|that|or|short|meaning)\b|(?:stands? for|means?|is short for|is an?)\b"
    r"|(?:gene|protein|marker|enzyme|receptor|signal|cell|change|mutation|inhibitor|antibod)\w*\b"
    r"|(?:(?:, | and | or |, and |, or )[A-Z][A-Z0-9-]+)+ (?:genes|proteins|markers|changes|mutations)\b)"
)
SAME_BEFORE, SAME_AFTER = re.compile(r"[a-z]\s?,\s+or\s+$"), re.compile(r"[,.]")
"""The heart's pumping power, or LVEF, is measured."""


def check_acronyms(trial: Trial, places: Places, known: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield each short form once a file, at its first use, unless it is known; `known` are the glossary's."""
    names = _codes_in_names(trial)
    spelled: dict[str, int] = {}
    for file, group in _by_file(passages(trial, places)):
        told: set[str] = set()
        explained = {form for passage in group for form, _, says in _uses(passage.text) if says}
        for passage in group:
            for form, where, says in _uses(passage.text):
                if says:
                    spelled.setdefault(form, passage.line_of(where[0]))
                if form in told or _is_known(form, known | names | COMMON | spelled.keys()):
                    continue
                told.add(form)
                yield _fault(passage, places, form, where, form in explained, file)


def unspelled(text: str, known: frozenset[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each short form that one text alone does not spell out at its first use, and where it stands."""
    told: set[str] = set()
    for form, where, says in _uses(text):
        if not says and form not in told and not _is_known(form, known | COMMON):
            yield form, where
        told.add(form)


def told_of(form: str) -> tuple[str, str]:
    """Return what is wrong with a short form, and how to mend it."""
    what = f"'{form}' is not spelled out where it is first used"
    return what, f"write the long form first, then ({form}); or give the glossary an entry for it"


def _is_known(form: str, known: Set[str]) -> bool:
    """Return whether a short form is known, or is a known one with a letter before it, as B-ALL is."""
    return form in known or (form[1:2] == "-" and form[2:] in known)


def short_forms(glossary: Iterable[GlossaryEntry]) -> frozenset[str]:
    """Return the short forms in the glossary's terms and their other names."""
    names = (name for entry in glossary for name in (entry.term, *entry.other_names))
    return frozenset(match[0] for name in names for match in SHORT_FORM.finditer(name))


def _by_file(every: Iterable[Passage]) -> Iterator[tuple[str, list[Passage]]]:
    """Yield the passages of each file; titles speak in names, and stand where nothing can be spelled out."""
    files: dict[str, list[Passage]] = {}
    for passage in every:
        if passage.kind != TITLE:
            files.setdefault(passage.file, []).append(passage)
    yield from sorted(files.items(), key=lambda item: item[0] == FACTS)


def _uses(text: str) -> Iterator[tuple[str, tuple[int, int], bool]]:
    """Yield each short form, where it stands, and whether the words beside it, or the next sentence, say what it is."""
    text = MASKED.sub(_blank, text)
    text = SHOUT.sub(_blank, text)
    for match in SHORT_FORM.finditer(text):
        form = match[0]
        capitals = sum(letter.isupper() for letter in form)
        if not FEWEST_CAPITALS <= capitals <= MOST_CAPITALS or CODE.search(form) or ROMAN.fullmatch(form):
            continue
        before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 80]
        if STATE.fullmatch(form) and TOWN.search(before):
            continue
        says = LONG_BEFORE.search(before) or SAID_BEFORE.search(before) or LONG_AFTER.match(after)
        says = says or (SAME_BEFORE.search(before) and SAME_AFTER.match(after))
        says = says or re.match(
            rf"[^.!?]*[.!?]\s+{re.escape(form)} (?:is|are|means|stands for)\b",
            text[match.end() : match.end() + 300],
        )
        yield form, match.span(), says is not None


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"\S", " ", match[0])


def _codes_in_names(trial: Trial) -> frozenset[str]:
    """Return what nothing spells out: codes with digits in names of treatments and conditions, and the study's own name."""
    found = (match[0] for name in exempt_names(trial) for match in SHORT_FORM.finditer(name))
    own = (match[0] for match in SHORT_FORM.finditer(trial.acronym or ""))
    return frozenset((*own, *(form for form in found if any(letter.isdigit() for letter in form))))


def _fault(
    passage: Passage, places: Places, form: str, where: tuple[int, int], is_explained_later: bool, file: str
) -> Diagnostic:
    what, help_text = told_of(form)
    notes = (f"{file} spells it out further down",) if is_explained_later else ()
    return passage.part(places, "undefined-acronym", what, where, help_text, notes)
