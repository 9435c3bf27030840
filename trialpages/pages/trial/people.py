"""Who runs it: sponsor, collaborators and investigators, with totals over a stated corpus.

A small corpus says little about an organization, so it gives the number of trials only. Figures
from a wider source carry that source and its date. What a party leads and what it helps with, people
counted and people planned, and studies that only observe stand on lines of their own and are never added up.
"""

from __future__ import annotations

from trialpages.model.labels import AGENCY_CLASS_LABELS, ROLE_LABELS, label
from trialpages.model.trial import Trial
from trialpages.pages.trial.section import View, section
from trialpages.pages.trial.treatments import corpus_words, figure_note
from trialpages.pages.wording import fold, joined
from trialpages.site.context import People, Totals, TrialContext
from trialpages.site.totals import LEAD_SPONSOR, SMALL_CORPUS
from trialpages.words.language import _, amount, number


def people_view(trial: Trial, context: TrialContext) -> View | None:
    """Return the parties of the trial; nothing when none is known."""
    affiliations = {official.name: official.affiliation for official in trial.overall_officials}
    parties = [_party(totals, affiliations.get(totals.name), context, trial) for totals in context.totals]
    if not parties:
        return None
    shown, rest = fold(parties)
    return section(
        "people",
        parties=shown,
        rest=rest,
        summary=amount(len(rest), "+{count} more", "+{count} more"),
        method=_method(context),
    )


def _method(context: TrialContext) -> str:
    if not any(totals.lead_trials or totals.collaborator_trials for totals in context.totals):
        return ""
    method = _(
        "We count over {corpus}, without this trial. A trial counts for an organization under all the names that "
        "we know it by. It counts for a person only when both the name and the workplace are the same, or when our "
        "editors have checked that it is one person."
    ).format(corpus=corpus_words(context))
    if context.corpus_size < SMALL_CORPUS:
        return method
    people = _(
        "Trials that they lead and trials that they help with are counted apart. So are people who took part and "
        "people who are planned, and studies that only observe. We leave out trials whose size is unknown, and "
        "treatment outside a trial."
    )
    return f"{method} {people}"


def _party(totals: Totals, affiliation: str | None, context: TrialContext, trial: Trial) -> View:
    named = _("Named in the record") if trial.has_registry_record else _("Named in our sources")
    kind = (
        label(AGENCY_CLASS_LABELS, totals.agency_class)
        if totals.agency_class not in ("UNKNOWN", "AMBIG")
        else None
    )
    return {
        "link": {"text": totals.name, "url": f"sponsors/{totals.slug}/" if totals.slug else ""},
        "role": label(ROLE_LABELS, totals.role) if totals.role else named,
        "leads": totals.role == LEAD_SPONSOR,
        "lines": [line for line in (affiliation, kind) if line],
        "facts": [*_counted(totals, context), *_sourced(totals)],
    }


def _counted(totals: Totals, context: TrialContext) -> list[View]:
    """Return what the corpus says: the trials, and over a large corpus the people in them."""
    facts = []
    wide = context.corpus_size >= SMALL_CORPUS
    if totals.lead_trials:
        text = amount(totals.lead_trials, "{count} other trial", "{count} other trials")
        facts.append(_fact(_("Leads"), text))
        if wide:
            facts += _people(
                _("People in trials that they lead"),
                _("People in studies that they lead and that only observe"),
                totals.lead_people,
            )
    if totals.collaborator_trials:
        text = amount(totals.collaborator_trials, "{count} other trial", "{count} other trials")
        facts.append(_fact(_("Helps with"), text))
        if wide:
            facts += _people(
                _("People in trials that they help with"),
                _("People in studies that they help with and that only observe"),
                totals.collaborator_people,
            )
    return facts


def _people(name: str, observed_name: str, people: People) -> list[View]:
    tested = _who(people.actual, people.estimated, people.unstated)
    observed = _who(people.observed_actual, people.observed_estimated, people.observed_unstated)
    return [_fact(*named) for named in ((name, tested), (observed_name, observed)) if named[1]]


def _who(actual: int, estimated: int, unstated: int) -> str:
    return joined(
        (
            amount(actual, "{count} took part", "{count} took part") if actual else "",
            amount(estimated, "{count} planned", "{count} planned") if estimated else "",
            amount(unstated, "{count} not said to be either", "{count} not said to be either")
            if unstated
            else "",
        )
    )


def _sourced(totals: Totals) -> list[View]:
    """Return the editors' figures from a wider source, each with that source."""
    file = totals.file
    if file is None:
        return []
    facts = []
    if file.previous_trials:
        value = number(file.previous_trials.value)
        facts.append(_fact(_("Trials in all"), value, figure_note(file.previous_trials)))
    if file.people_enrolled:
        value = number(file.people_enrolled.value)
        facts.append(_fact(_("People in those trials"), value, figure_note(file.people_enrolled)))
    return facts


def _fact(name: str, text: str, note: str = "") -> View:
    return {"name": name, "text": text, "note": note}
