"""Treatments: first studied, furthest stage, people who have taken them; approvals by source.

What the editors took from a source stands with that source. What the site itself counts is shown over
a large corpus only: the first of a dozen trials is not when a treatment was first studied.
"""

from __future__ import annotations

import re

from trialpages.model.editorial import Figure
from trialpages.model.trial import Trial
from trialpages.pages.markup import prose_html
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import counted, number
from trialpages.site.context import TreatmentRow, TrialContext
from trialpages.site.totals import SMALL_CORPUS

FIRST = "First studied"
STAGE = "Furthest stage"
PEOPLE = "People who have taken it"
_ORDER = (FIRST, STAGE, PEOPLE)
_SOURCE_AT_END = re.compile(r"(.*\S)\s+\(([^()]+)\)", re.DOTALL)


def treatments_view(trial: Trial, context: TrialContext) -> View | None:
    """Return what is known of each treatment; nothing when nothing is."""
    rows = [_treatment(row, context) for row in context.treatment_rows]
    kept = [row for row in rows if row["facts"] or row["description"] or row["approvals"]]
    if not kept:
        return None
    counts = any(_is_counted(row) for row in context.treatment_rows)
    note = (
        f"Facts without a source of their own are counted over {context.corpus}. They say nothing about trials elsewhere."
        if counts and context.corpus_size >= SMALL_CORPUS
        else ""
    )
    return section("treatments", treatments=kept, note=note)


def _is_counted(row: TreatmentRow) -> bool:
    file = row.file
    return bool(
        (row.first_studied and not (file and file.first_studied))
        or (row.furthest_stage and not (file and file.furthest_stage))
        or (row.people_treated and not (file and file.people_treated))
    )


def figure_note(figure: Figure) -> str:
    """Return where a figure was read and for when it holds."""
    return f"{figure.source}, {figure.as_of}"


def stage_with_source(text: str) -> tuple[str, str]:
    """Part the editors' words on a stage from the source that they give in brackets at the end.

    >>> stage_with_source("Completed phase 3 (A made-up source, 2023)")
    ('Completed phase 3', 'A made-up source, 2023')
    """
    found = _SOURCE_AT_END.fullmatch(text.strip())
    return (found[1], found[2]) if found else (text, "")


def _treatment(row: TreatmentRow, context: TrialContext) -> View:
    facts = [*_sourced(row), *(_counted(row, context.corpus) if context.corpus_size >= SMALL_CORPUS else ())]
    facts.sort(key=lambda fact: _ORDER.index(str(fact["name"])))
    if row.trials > 1:
        facts.append(_trials(row, context.corpus))
    file = row.file
    return {
        "link": {"text": row.name, "url": f"treatments/{row.slug}/" if row.slug else ""},
        "description": prose_html(file.description) if file and file.description else "",
        "facts": facts,
        "approvals": [
            {"text": approval.text, "source": approval.source}
            for approval in (file.approvals if file else ())
        ],
    }


def _trials(row: TreatmentRow, corpus: str) -> View:
    """Say how many trials name the treatment, and where they were counted unless that is this site."""
    if corpus.endswith("on this site"):
        return {"name": "Trials on this site", "text": number(row.trials), "note": ""}
    return {"name": "Trials", "text": number(row.trials), "note": f"in {corpus}"}


def _sourced(row: TreatmentRow) -> list[View]:
    """Return the editors' figures, each with its source."""
    file = row.file
    if file is None:
        return []
    facts: list[View] = []
    if file.first_studied:
        facts.append(_fact(FIRST, str(file.first_studied.value), figure_note(file.first_studied)))
    if file.furthest_stage:
        facts.append(_fact(STAGE, *stage_with_source(file.furthest_stage)))
    if file.people_treated:
        text = f"About {number(file.people_treated.value)}"
        facts.append(_fact(PEOPLE, text, figure_note(file.people_treated)))
    return facts


def _counted(row: TreatmentRow, corpus: str) -> list[View]:
    """Return what a large corpus says where the editors say nothing."""
    file = row.file
    facts: list[View] = []
    if row.first_studied and not (file and file.first_studied):
        facts.append(_fact(FIRST, str(row.first_studied), f"in {corpus}"))
    if row.furthest_stage and not (file and file.furthest_stage):
        facts.append(_fact(STAGE, row.furthest_stage, f"in {corpus}"))
    if row.people_treated and not (file and file.people_treated):
        facts.append(_fact(PEOPLE, _taken(row, row.people_treated), f"in {corpus}"))
    return facts


def _fact(name: str, text: str, note: str) -> View:
    return {"name": name, "text": text, "note": note}


def _taken(row: TreatmentRow, people: int) -> str:
    if row.people_are_upper_bound:
        return f"At most {number(people)}"
    if row.trials_counted < row.trials:
        return f"At least {number(people)}, in {counted(row.trials_counted, 'trial')} with posted counts"
    return f"About {number(people)}"
