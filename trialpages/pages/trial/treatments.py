"""Treatments: first studied, furthest stage, people who have taken them, over a stated corpus; approvals by source."""

from __future__ import annotations

from markupsafe import Markup

from trialpages.model.editorial import Figure
from trialpages.model.trial import Trial
from trialpages.pages.markup import prose_html
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import counted, number
from trialpages.site.context import TreatmentRow, TrialContext


def treatments_view(trial: Trial, context: TrialContext) -> View | None:
    """Return what is known of each treatment; nothing when nothing is."""
    rows = [_treatment(row, context.corpus) for row in context.treatment_rows]
    kept = [row for row in rows if row["facts"] or row["description"]]
    if not kept:
        return None
    counts = any(row.first_studied or row.people_treated for row in context.treatment_rows)
    note = (
        f"Facts without a source of their own are counted over {context.corpus}. They say nothing about trials elsewhere."
        if counts
        else ""
    )
    return section("treatments", treatments=kept, note=note)


def figure_note(figure: Figure) -> str:
    """Return where a figure was read and for when it holds."""
    return f"{figure.source}, {figure.as_of}"


def _treatment(row: TreatmentRow, corpus: str) -> View:
    file = row.file
    facts: list[View] = []
    if file and file.first_studied:
        facts.append(
            {
                "name": "First studied",
                "text": str(file.first_studied.value),
                "note": figure_note(file.first_studied),
            }
        )
    elif row.first_studied:
        facts.append({"name": "First studied", "text": str(row.first_studied), "note": f"in {corpus}"})
    stage = (file.furthest_stage if file else None) or row.furthest_stage
    if stage:
        facts.append(
            {
                "name": "Furthest stage",
                "text": stage,
                "note": "" if file and file.furthest_stage else f"in {corpus}",
            }
        )
    if file and file.people_treated:
        figure = file.people_treated
        facts.append(
            {
                "name": "People who have taken it",
                "text": f"About {number(figure.value)}",
                "note": figure_note(figure),
            }
        )
    elif row.people_treated:
        facts.append(
            {
                "name": "People who have taken it",
                "text": _taken(row, row.people_treated),
                "note": f"in {corpus}",
            }
        )
    if row.trials > 1:
        facts.append({"name": "Trials", "text": counted(row.trials, "trial"), "note": f"in {corpus}"})
    facts += [
        {"name": "Approval", "text": _approval(approval.text, approval.source), "note": ""}
        for approval in (file.approvals if file else ())
    ]
    link = {"text": row.name, "url": f"treatments/{row.slug}/" if row.slug else ""}
    return {
        "link": link,
        "description": prose_html(file.description) if file and file.description else "",
        "facts": facts,
    }


def _taken(row: TreatmentRow, people: int) -> str:
    if row.people_are_upper_bound:
        return f"At most {number(people)}"
    if row.trials_counted < row.trials:
        return f"At least {number(people)}, in {counted(row.trials_counted, 'trial')} with posted counts"
    return f"About {number(people)}"


def _approval(text: str, source: str) -> Markup:
    return Markup('{} <a href="{}" rel="external">Source of this approval</a>').format(text, source)
