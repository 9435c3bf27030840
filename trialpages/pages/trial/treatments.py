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
from trialpages.pages.wording import fold
from trialpages.site.context import TreatmentRow, TrialContext
from trialpages.site.contexts import DEFAULT_CORPUS
from trialpages.site.totals import SMALL_CORPUS
from trialpages.words.language import N_, _, amount, number, record_language

FIRST = N_("First studied")
STAGE = N_("Furthest stage")
PEOPLE = N_("People who have taken it")
_ORDER = (FIRST, STAGE, PEOPLE)
ON_THIS_SITE = "on this site"
"""The end of a corpus that is this site, as its configuration names it."""
_SOURCE_AT_END = re.compile(r"(.*\S)\s+\(([^()]+)\)", re.DOTALL)


def treatments_view(trial: Trial, context: TrialContext) -> View | None:
    """Return what is known of each treatment; nothing when nothing is."""
    rows = [_treatment(row, context) for row in context.treatment_rows]
    kept = [row for row in rows if row["facts"] or row["description"] or row["approvals"]]
    if not kept:
        return None
    shown, rest = fold(kept)
    return section(
        "treatments",
        treatments=shown,
        rest=rest,
        summary=amount(len(rest), "+{count} more treatment", "+{count} more treatments"),
        method=_method(context),
    )


def corpus_words(context: TrialContext) -> str:
    """Return what was counted over, in the words of the site's owner or in our own."""
    return _("the trials on this site") if context.corpus == DEFAULT_CORPUS else context.corpus


def _method(context: TrialContext) -> str:
    """Say how the site's own counts are made; nothing where it shows none."""
    if context.corpus_size < SMALL_CORPUS or not any(_is_counted(row) for row in context.treatment_rows):
        return ""
    return _(
        "Facts without a source of their own are counted over {corpus}. They say nothing about trials elsewhere. "
        "“First studied” is the year in which the first of these trials began. The stage is the highest phase of a "
        "finished trial, or else of any trial that was not given up before it began. People are those of the groups "
        "that got the treatment, rounded down to ten. Where no trial has posted such groups, “at most” counts all the "
        "people in its trials, whatever they got. An approval is never counted: our editors name its source."
    ).format(corpus=corpus_words(context))


def _is_counted(row: TreatmentRow) -> bool:
    file = row.file
    return bool(
        (row.first_studied and not (file and file.first_studied))
        or (row.furthest_stage and not (file and file.furthest_stage))
        or (row.people_treated and not (file and file.people_treated))
    )


def figure_note(figure: Figure) -> str:
    """Return where a figure was read and for when it holds."""
    return _("{source}, {date}").format(source=figure.source, date=figure.as_of)


def stage_with_source(text: str) -> tuple[str, str]:
    """Part the editors' words on a stage from the source that they give in brackets at the end.

    >>> stage_with_source("Completed phase 3 (A made-up source, 2023)")
    ('Completed phase 3', 'A made-up source, 2023')
    """
    found = _SOURCE_AT_END.fullmatch(text.strip())
    return (found[1], found[2]) if found else (text, "")


def _treatment(row: TreatmentRow, context: TrialContext) -> View:
    wide = context.corpus_size >= SMALL_CORPUS
    facts = [*_sourced(row), *(_counted(row, context) if wide else ())]
    facts.sort(key=lambda fact: _ORDER.index(str(fact["name"])))
    if row.trials > 1:
        facts.append(_trials(row, context))
    facts = [{**fact, "name": _(str(fact["name"]))} for fact in facts]
    file = row.file
    return {
        "link": {
            "text": row.name,
            "url": f"treatments/{row.slug}/" if row.slug else "",
            "lang": "" if file else record_language(),
        },
        "description": prose_html(file.description) if file and file.description else "",
        "facts": facts,
        "approvals": [
            {"text": approval.text, "source": approval.source}
            for approval in (file.approvals if file else ())
        ],
    }


def _trials(row: TreatmentRow, context: TrialContext) -> View:
    """Say how many trials name the treatment, and where they were counted unless that is this site."""
    if context.corpus.endswith(ON_THIS_SITE):
        return _fact(N_("Trials on this site"), number(row.trials), "")
    return _fact(N_("Trials"), number(row.trials), _over(context))


def _over(context: TrialContext) -> str:
    return _("in {corpus}").format(corpus=corpus_words(context))


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
        text = _about(file.people_treated.value)
        facts.append(_fact(PEOPLE, text, figure_note(file.people_treated)))
    return facts


def _counted(row: TreatmentRow, context: TrialContext) -> list[View]:
    """Return what a large corpus says where the editors say nothing."""
    file = row.file
    facts: list[View] = []
    if row.first_studied and not (file and file.first_studied):
        facts.append(_fact(FIRST, str(row.first_studied), _over(context)))
    if row.furthest_stage and not (file and file.furthest_stage):
        facts.append(_fact(STAGE, row.furthest_stage, _over(context)))
    if row.people_treated and not (file and file.people_treated):
        facts.append(_fact(PEOPLE, _taken(row, row.people_treated), _over(context)))
    return facts


def _fact(name: str, text: str, note: str) -> View:
    return {"name": name, "text": text, "note": note}


def _taken(row: TreatmentRow, people: int) -> str:
    if row.people_are_upper_bound:
        return _("At most {number}").format(number=number(people))
    if row.trials_counted < row.trials:
        return amount(
            row.trials_counted,
            "At least {number}, in {count} trial with posted counts",
            "At least {number}, in {count} trials with posted counts",
            number=number(people),
        )
    return _about(people)


def _about(people: int) -> str:
    return _("About {number}").format(number=number(people))
