"""Names in a record as names for the search: without doses, marks and explanations in brackets.

What stands where a name belongs and is none (a group, a control, the usual care, a sentence) is left out here;
its words are still found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from trialpages.model.names import is_placebo, without_dose
from trialpages.search.numbered import name_key
from trialpages.search.short_forms import short_forms

Name = tuple[str, str]
"""The key of a name, and the name as it is shown."""

MOST_TERMS = 6
"""Terms of a name; a query looks for no longer one."""
LONGEST_LABEL = 80
"""Characters."""

_MARKS = re.compile(r"[®™©]|\((?:R|TM|r|tm)\)")
_LOOSE = re.compile(r"^[\s\"'“”‘’*.,;:•–-]+|[\s\"'“”‘’*.,;:•–-]+$")
_LOST = re.compile(r"\b(?:type|vitamin|hepatitis|influenza|factor|group|class)[ -][AI]\b", re.IGNORECASE)
_PARTS = re.compile(r"\s*[;|•\n]\s*")
_COMMA = re.compile(r"\s*,\s+")
_LAST_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_INVERTED = re.compile(r",\s+")
_NOT_INVERTED = re.compile(
    r"[()\[\]/]|,\s*(?:a|and|as|at|by|co|corp|for|from|gmbh|in|inc|jr|llc|lp|ltd|md|of|on|or|phd|sa|the|to|with|without)\b",
    re.IGNORECASE,
)
"""What a name has whose commas have another meaning."""
LEAST_LISTED = 3
"""Parts between commas that make a keyword a list; of two, the second may belong to the first."""

_NOT_NAMES = """
active active comparator, active control, active treatment, adult, arm, attention control, baseline,
best supportive care, blood sample, blood sampling, blood test, care, children, clinical trial, cohort, comparator,
conservative treatment, control, control arm, control group, conventional treatment, data collection, device,
diagnosis, disease, drug, dummy, education, efficacy, elderly, experimental, experimental arm, experimental group,
female, follow up, group, healthy, healthy control, healthy participant, healthy subject, healthy volunteer,
high dose, human, interview, intervention, intervention group, low dose, male, medication, men, middle dose,
mid dose, mild, moderate, monitoring, mortality, no intervention, no treatment, none, normal saline, not applicable,
observation, observational study, older adult, open label, other, outcome, participant, patient, pharmacokinetics,
phase, pilot, pilot study, placebo, prevention, procedure, prognosis, prospective, quality of life assessment,
questionnaire, questionnaire administration, randomized, randomized clinical trial, randomized controlled trial,
regimen, registry, retrospective, routine care, safety, saline, saline solution, severe, sham, sham comparator,
sham control, standard, standard care, standard medical care, standard medical therapy, standard medical treatment,
standard of care, standard therapy, standard treatment, study, study drug, surgery, survey, symptoms, test, therapy,
tolerability, treatment, treatment arm, treatment as usual, treatment group, usual care, usual treatment, vehicle,
volunteer, waiting list, wait list, wait list control, waitlist, waitlist control, women, young adult
"""
NOT_NAMES = frozenset(name_key(name) for name in _NOT_NAMES.split(","))
"""Keys of what stands in the place of a name and names nothing that someone would search for."""


@lru_cache(maxsize=100_000)
def natural(label: str) -> str:
    """Return a name that a catalogue turns around in the order in which people say it.

    >>> natural("Leukemia, Myeloid, Acute")
    'Acute Myeloid Leukemia'
    """
    parts = _INVERTED.split(label)
    if not 2 <= len(parts) <= 4 or any(not part or part.count(" ") > 2 for part in parts):
        return label
    if _NOT_INVERTED.search(label):
        return label
    return " ".join(reversed(parts))


@lru_cache(maxsize=100_000)
def names_in(text: str) -> tuple[Name, ...]:
    """Return the names in one entry of a list: of conditions, keywords, headings.

    >>> names_in("Heart Failure (HF); Atrial fibrillation")
    (('heart failur', 'Heart Failure'), ('hf', 'HF'), ('atrial fibrillation', 'Atrial fibrillation'))
    """
    found = [name for part in _PARTS.split(_MARKS.sub("", text)) for name in _explained(part)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=100_000)
def keywords_in(text: str) -> tuple[Name, ...]:
    """Return the names in a keyword; a keyword that is a whole list is taken apart."""
    parts = _COMMA.split(text)
    if len(parts) < LEAST_LISTED:
        return names_in(text)
    return tuple(dict.fromkeys(name for part in parts for name in names_in(part)))


@lru_cache(maxsize=100_000)
def treatment_name(text: str) -> Name | None:
    """Return the name of a treatment without dose, form and what stands in brackets at its end.

    >>> treatment_name("Vardenafil (Levitra, BAY38-9456), 20 mg")
    ('vardenafil', 'Vardenafil')
    """
    return None if is_placebo(text) else one_name(without_brackets(text)[0])


def without_brackets(text: str) -> tuple[str, str]:
    """Return a treatment's name without its dose and last brackets, and what stood in the brackets."""
    bare = without_dose(_MARKS.sub("", text))
    found = _LAST_BRACKETS.search(bare)
    if found is None or not found.start():
        return bare, ""
    return without_dose(bare[: found.start()]), found[1]


def one_name(text: str) -> Name | None:
    """Return a text as one name; nothing if it is too long, or no name that someone would search for."""
    label = _LOOSE.sub("", " ".join(text.split()))
    if label.endswith(")") and "(" not in label:
        label = label[:-1]
    found = name_key(label)
    if _LOST.search(label):
        # The last letter is a stop word to the search, and what is left names another thing.
        return None
    if not label or len(label) > LONGEST_LABEL or found.count(" ") >= MOST_TERMS or found in NOT_NAMES:
        return None
    if len(found) < 2 or not any(letter.isalpha() for letter in found):
        return None
    return found, label


def _explained(text: str) -> Iterator[Name]:
    """Yield the names of a text: with a short form in brackets both, without the brackets."""
    for short, long in short_forms(text):
        rest = text.replace(f"({short})", " ").replace(f"({long})", " ")
        names = (rest, short) if f"({short})" in text else (long, short)
        yield from (name for name in map(one_name, names) if name)
        return
    name = one_name(text)
    if name:
        yield name
