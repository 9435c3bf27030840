"""The reading grade of one text, easy ones included: the numbers and limits are those of the command `check`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from trialpages.model.checks_grade import FEWEST_WORDS, too_hard
from trialpages.model.editorial import ConditionFile, TreatmentFile
from trialpages.model.reading_grade import reading
from trialpages.model.shared_files import SharedFiles
from trialpages.preview.panel.block import Grade

TEXTS_REMEMBERED = 1024
"""A panel asks for the same texts again and again; a long glossary has some hundreds."""

FINE, HARD, TOO_HARD, TOO_SHORT = "fine", "hard", "too-hard", "too-short"
VERDICTS: Mapping[str, str] = {"reading-grade": HARD, "reading-grade-too-hard": TOO_HARD}


def grade_of(name: str, text: str, names: Iterable[str]) -> Grade | None:
    """Return how a text reads; None for a text without words. `names` count as two syllables each."""
    return _grade(name, text, tuple(names))


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _grade(name: str, text: str, exempt: tuple[str, ...]) -> Grade | None:
    found = reading(text, exempt)
    if not found.words:
        return None
    told = too_hard(text, exempt)
    if told:
        verdict, said = VERDICTS.get(told[0], HARD), told[1]
    elif found.words < FEWEST_WORDS:
        verdict, said = TOO_SHORT, f"has fewer than {FEWEST_WORDS} words, too few for a dependable grade"
    else:
        verdict, said = FINE, f"reads at school grade {found.grade:.1f}"
    return Grade(
        name=name,
        grade=found.grade,
        words=found.words,
        sentences=found.sentences,
        verdict=verdict,
        said=said,
        longest=found.longest if verdict in (HARD, TOO_HARD) else (),
    )


def shared_names(shared: SharedFiles) -> tuple[str, ...]:
    """Return the names that are exempt in prose that all trials share: those of treatments and conditions."""
    files: tuple[TreatmentFile | ConditionFile, ...] = (*shared.treatments, *shared.conditions)
    return tuple(name for file in files for name in (file.name, *file.other_names))


def glossary_names(shared: SharedFiles) -> tuple[str, ...]:
    """Return the names that are exempt in the glossary: its own words too."""
    terms = (name for entry in shared.glossary for name in (entry.term, *entry.other_names))
    return (*shared_names(shared), *terms)
