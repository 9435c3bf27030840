"""Who runs it: sponsor, collaborators and investigators, with totals over a stated corpus.

A small corpus says little about an organization, so it gives the number of trials only. Figures
from a wider source carry that source and its date.
"""

from __future__ import annotations

from trialpages.model.labels import AGENCY_CLASS_LABELS, ROLE_LABELS, label
from trialpages.model.trial import Trial
from trialpages.pages.trial.section import View, section
from trialpages.pages.trial.treatments import figure_note
from trialpages.pages.wording import counted, joined, number, people, sentence
from trialpages.site.context import Totals, TrialContext
from trialpages.site.totals import SMALL_CORPUS


def people_view(trial: Trial, context: TrialContext) -> View | None:
    """Return the parties of the trial; nothing when none is known."""
    affiliations = {official.name: official.affiliation for official in trial.overall_officials}
    parties = [_party(totals, affiliations.get(totals.name), context, trial) for totals in context.totals]
    if not parties:
        return None
    counts = any(totals.lead_trials or totals.collaborator_trials for totals in context.totals)
    method = (
        f"We count over {context.corpus}, without this trial. Lead and helping roles are counted apart, and so are "
        "people counted and people planned. A number of people that is said to be neither stands on a line of its "
        "own. A trial whose size is unknown adds nobody."
    )
    return section("people", parties=parties, method=method if counts else "")


def _party(totals: Totals, affiliation: str | None, context: TrialContext, trial: Trial) -> View:
    named = "Named in the record" if trial.has_registry_record else "Named in our sources"
    role = label(ROLE_LABELS, totals.role) if totals.role else named
    kind = (
        label(AGENCY_CLASS_LABELS, totals.agency_class)
        if totals.agency_class not in ("UNKNOWN", "AMBIG")
        else None
    )
    lines = [line for line in (affiliation, kind, _trials(totals, context.corpus)) if line]
    if context.corpus_size >= SMALL_CORPUS:
        lines += _people(totals)
    lines += _sourced(totals)
    return {
        "link": {"text": totals.name, "url": f"sponsors/{totals.slug}/" if totals.slug else ""},
        "role": role,
        "lines": lines,
    }


def _trials(totals: Totals, corpus: str) -> str:
    parts = []
    if totals.lead_trials:
        parts.append(f"leads {counted(totals.lead_trials, 'other trial')}")
    if totals.collaborator_trials:
        parts.append(f"helps with {counted(totals.collaborator_trials, 'other trial')}")
    return sentence(f"{joined(parts)} among {corpus}") if parts else ""


def _people(totals: Totals) -> list[str]:
    parts = [
        (totals.people_actual, "took part"),
        (totals.people_estimated, "planned"),
        (totals.people_unstated, "in trials that do not say whether the number is counted or planned"),
        (totals.people_observational, "in studies that only observe"),
    ]
    return [f"{people(count)} {what}." for count, what in parts if count]


def _sourced(totals: Totals) -> list[str]:
    file = totals.file
    if file is None:
        return []
    lines = []
    if file.previous_trials:
        lines.append(f"{number(file.previous_trials.value)} trials ({figure_note(file.previous_trials)}).")
    if file.people_enrolled:
        lines.append(
            f"{number(file.people_enrolled.value)} people in those trials ({figure_note(file.people_enrolled)})."
        )
    return lines
