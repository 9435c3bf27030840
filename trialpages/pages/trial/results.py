"""Results: whether they are posted and where, the lay summary, publications and documents."""

from __future__ import annotations

from dataclasses import fields

from markupsafe import Markup

from trialpages.model.dates import show_date
from trialpages.model.editorial import ResultsSummary
from trialpages.model.labels import REFERENCE_TYPE_LABELS, label
from trialpages.model.trial import LargeDocument, Reference, SeeAlsoLink, Trial
from trialpages.pages.markup import plain_text, prose_html, registry_inline
from trialpages.pages.trial.registry_page import registry_page
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import counted, fold

LAY_HEADINGS = {
    "identification": "What the trial is called",
    "sponsor": "Who ran it",
    "general_information": "When, where and why it was done",
    "population": "Who took part",
    "products": "What was tested",
    "adverse_reactions": "Which side effects people had",
    "overall_results": "What was found",
    "comments": "What the findings mean",
    "follow_up": "Whether more trials are planned",
    "more_information": "Where to find more",
}
"""The ten elements of Annex V of EU Regulation 536/2014, in its order."""
OPEN_REFERENCES = 5


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
    when = f" since {show_date(trial.results_first_post_date)}" if trial.results_first_post_date else ""
    text = Markup("Results are in the registry{}.").format(when)
    if not trial.nct_id:
        page = registry_page(trial)
        if page is None:
            return [Markup("Results have been posted{}.").format(when)]
        link = Markup('<a href="{}" rel="external">Look at the registry record</a>.').format(page.url)
        return [text, link]
    url = f"https://clinicaltrials.gov/study/{trial.nct_id}?tab=results"
    link = Markup('<a href="{}" rel="external">Read the posted results</a>, in medical language.').format(url)
    return [text, link]


def _lay(summary: ResultsSummary | None) -> list[View]:
    if summary is None:
        return []
    return [
        {"heading": LAY_HEADINGS[item.name], "html": prose_html(getattr(summary, item.name))}
        for item in fields(summary)
    ]


def _list(heading: str, items: list[Markup], noun: str) -> View | None:
    if not items:
        return None
    shown, rest = fold(items, OPEN_REFERENCES)
    return {
        "heading": heading,
        "shown": shown,
        "rest": rest,
        "summary": f"Show {counted(len(rest), f'more {noun}')}",
    }


def _publications(trial: Trial) -> View | None:
    order = {"RESULT": 0, "DERIVED": 1}
    ordered = sorted(trial.references, key=lambda reference: order.get(reference.type or "", 2))
    return _list("Publications", [_publication(reference) for reference in ordered], "publication")


def _publication(reference: Reference) -> Markup:
    text = registry_inline(reference.citation)
    kind = label(REFERENCE_TYPE_LABELS, reference.type)
    if kind:
        text += Markup(" <small>{}</small>").format(kind)
    if reference.pmid:
        text += Markup(
            ' <a href="https://pubmed.ncbi.nlm.nih.gov/{0}/" rel="external">PubMed {0}</a>'
        ).format(reference.pmid)
    if reference.retractions:
        text += Markup(" <strong>This publication was withdrawn.</strong>")
    return text


def _documents(trial: Trial) -> View | None:
    return _list("Documents", [_document(trial, document) for document in trial.large_documents], "document")


def _document(trial: Trial, document: LargeDocument) -> Markup:
    name = document.label or document.filename or "Document"
    date = f", {show_date(document.date)}" if document.date else ""
    if not (trial.nct_id and document.filename):
        return Markup("{}{}").format(name, date)
    folder = trial.nct_id[-2:]
    url = f"https://cdn.clinicaltrials.gov/large-docs/{folder}/{trial.nct_id}/{document.filename}"
    return Markup('<a href="{}" rel="external">{}</a>{} (PDF)').format(url, name, date)


def _links(trial: Trial) -> View | None:
    return _list("Pages that the study team names", [_link(link) for link in trial.see_also_links], "page")


def _link(link: SeeAlsoLink) -> Markup:
    text = plain_text(link.label) if link.label else link.url
    if not link.url.startswith(("https://", "http://")):
        return Markup("{} {}").format(text, link.url if link.label else "")
    return Markup('<a href="{}" rel="external">{}</a>').format(link.url, text)
