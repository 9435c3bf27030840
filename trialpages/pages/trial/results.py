"""Results: whether they are posted and where, the lay summary, publications and documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from markupsafe import Markup, escape

from trialpages.model.dates import show_date
from trialpages.model.editorial import ResultsSummary
from trialpages.model.labels import REFERENCE_TYPE_LABELS, label
from trialpages.model.trial import LargeDocument, Reference, SeeAlsoLink, Trial
from trialpages.pages.markup import plain_text, prose_html, registry_inline
from trialpages.pages.trial.marks import moment, registered
from trialpages.pages.trial.registry_page import registry_page
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import fold
from trialpages.words.language import N_, _, amount

LAY_HEADINGS = {
    "identification": N_("What the trial is called"),
    "sponsor": N_("Who ran it"),
    "general_information": N_("When, where and why it was done"),
    "population": N_("Who took part"),
    "products": N_("What was tested"),
    "adverse_reactions": N_("Which side effects people had"),
    "overall_results": N_("What was found"),
    "comments": N_("What the findings mean"),
    "follow_up": N_("Whether more trials are planned"),
    "more_information": N_("Where to find more"),
}
"""The ten elements of Annex V of EU Regulation 536/2014, in its order."""


def results_view(trial: Trial) -> View | None:
    """Return results and publications; nothing when there are none."""
    lists = [found for found in (_publications(trial), _documents(trial), _links(trial)) if found]
    lay = _lay(trial.results_summary)
    sentences = _sentences(trial)
    if not (lists or lay or sentences):
        return None
    return section("results", sentences=sentences, lay=lay, lists=lists)


def _sentences(trial: Trial) -> list[Markup]:
    if not trial.has_results:
        return []
    day = moment(trial.results_first_post_date) if trial.results_first_post_date else ""
    page = registry_page(trial)
    if page is None:
        text = _("Results have been posted since {day}.") if day else _("Results have been posted.")
        return [escape(text).format(day=day)]
    text = _("Results have been in the registry since {day}.") if day else _("Results are in the registry.")
    said = escape(text).format(day=day)
    if not trial.nct_id:
        return [said, escape("{}.").format(_linked(page.url, _("Look at the registry record")))]
    url = f"https://clinicaltrials.gov/study/{trial.nct_id}?tab=results"
    link = _linked(url, _("Read the posted results"))
    return [said, escape(_("{link}, in medical language.")).format(link=link)]


def _linked(url: str, text: str) -> Markup:
    return Markup('<a href="{}" rel="external">{}</a>').format(url, text)


def _lay(summary: ResultsSummary | None) -> list[View]:
    if summary is None:
        return []
    return [
        {"heading": _(LAY_HEADINGS[item.name]), "html": prose_html(getattr(summary, item.name))}
        for item in fields(summary)
    ]


def _list(heading: str, items: list[Markup], more: Callable[[int], str]) -> View | None:
    if not items:
        return None
    shown, rest = fold(items)
    return {"heading": heading, "shown": shown, "rest": rest, "summary": more(len(rest))}


def _publications(trial: Trial) -> View | None:
    order = {"RESULT": 0, "DERIVED": 1}
    ordered = sorted(trial.references, key=lambda reference: order.get(reference.type or "", 2))
    return _list(
        _("Publications"),
        [_publication(reference) for reference in ordered],
        lambda count: amount(count, "+{count} more publication", "+{count} more publications"),
    )


def _publication(reference: Reference) -> Markup:
    text = registered(registry_inline(reference.citation))
    kind = label(REFERENCE_TYPE_LABELS, reference.type)
    if kind:
        text += Markup(" <small>{}</small>").format(kind)
    if reference.pmid:
        text += Markup(
            ' <a href="https://pubmed.ncbi.nlm.nih.gov/{0}/" rel="external">PubMed {0}</a>'
        ).format(reference.pmid)
    if reference.retractions:
        text += Markup(" <strong>{}</strong>").format(_("This publication was withdrawn."))
    return text


def _documents(trial: Trial) -> View | None:
    return _list(
        _("Documents"),
        [_document(trial, document) for document in trial.large_documents],
        lambda count: amount(count, "+{count} more document", "+{count} more documents"),
    )


def _document(trial: Trial, document: LargeDocument) -> Markup:
    said = document.label or document.filename
    name = registered(said) if said else _("Document")
    date = f", {show_date(document.date)}" if document.date else ""
    if not (trial.nct_id and document.filename):
        return Markup("{}{}").format(name, date)
    folder = trial.nct_id[-2:]
    url = f"https://cdn.clinicaltrials.gov/large-docs/{folder}/{trial.nct_id}/{document.filename}"
    return Markup('<a href="{}" rel="external">{}</a>{} (PDF)').format(url, name, date)


def _links(trial: Trial) -> View | None:
    return _list(
        _("Pages that the study team names"),
        [_link(link) for link in trial.see_also_links],
        lambda count: amount(count, "+{count} more page", "+{count} more pages"),
    )


def _link(link: SeeAlsoLink) -> Markup:
    text = registered(plain_text(link.label)) if link.label else link.url
    if not link.url.startswith(("https://", "http://")):
        return Markup("{} {}").format(text, link.url if link.label else "")
    return Markup('<a href="{}" rel="external">{}</a>').format(link.url, text)
