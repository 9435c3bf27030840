"""How hard the editors' prose about a trial is to read: each block, the plain rules as one text, each element of the results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialpages.model.places import Places
from trialpages.model.prose import RESULTS, SUMMARY, passages
from trialpages.model.reading_grade import reading
from trialpages.model.trial import Trial
from trialpages.words.diagnostics import Diagnostic

TARGET_GRADE = 8.0
HARDEST_GRADE = 10.0
FEWEST_WORDS = 20
"""A shorter text has no dependable grade."""

LONGEST_QUOTE = 160
"""Characters of a sentence that a message shows."""

HELP = "split the longest sentences, and use shorter words"


def check_grades(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield English prose above the target grade, each with its three longest sentences."""
    names = exempt_names(trial)
    for passage in passages(trial, places):
        told = too_hard(passage.text, names) if passage.kind in (SUMMARY, RESULTS) else None
        if told:
            code, what, notes = told
            yield passage.whole(places, code, f"{passage.name} {what}", HELP, notes)
    rules = "\n".join(f"* {criterion.plain}" for criterion in trial.plain_criteria)
    told = too_hard(rules, names)
    if told:
        code, what, notes = told
        help_text = "split the longest rules, and use shorter words"
        yield places.fault(
            code, f"The plain rules' text {what}", ("plain_criteria",), help=help_text, notes=notes
        )


def exempt_names(trial: Trial) -> tuple[str, ...]:
    """Return names of conditions and treatments: no author can write them shorter."""
    names = [*trial.conditions, *trial.keywords]
    for item in trial.interventions:
        names += [item.name, *item.other_names]
    names += [mesh.term for mesh in (*trial.condition_meshes, *trial.intervention_meshes)]
    names += [slug.replace("-", " ") for slug in trial.treatments]
    return tuple(dict.fromkeys(names))


def too_hard(text: str, names: Iterable[str]) -> tuple[str, str, tuple[str, ...]] | None:
    """Return the code, what is wrong and the longest sentences of a text above the target grade."""
    found = reading(text, names)
    if found.grade <= TARGET_GRADE or found.words < FEWEST_WORDS:
        return None
    notes = tuple(f"long sentence: {_short(sentence)}" for sentence in found.longest)
    if found.grade > HARDEST_GRADE:
        what = f"reads at school grade {found.grade:.1f}; the limit is {HARDEST_GRADE:.0f}"
        return "reading-grade-too-hard", what, notes
    return "reading-grade", f"reads at school grade {found.grade:.1f}, above {TARGET_GRADE:.0f}", notes


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST_QUOTE else sentence[: LONGEST_QUOTE - 1].rstrip() + "…"
