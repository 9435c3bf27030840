"""The search page: a form that a script answers, and the lists that answer without one.

The reader's age has no name in the form, so it never enters an address. Everything that the form
asks can also be found by browsing, and the page says so.
"""

from __future__ import annotations

from trialpages.model.labels import SEX_LABELS, label, phase_label, status_look
from trialpages.pages.home_view import SEARCH, ways
from trialpages.pages.listing_views import trials_text
from trialpages.pages.page import View, frame
from trialpages.pages.search_synonyms import PATH
from trialpages.read.config import Config
from trialpages.site.facets import PHASE_ORDER
from trialpages.site.site import Site
from trialpages.words.language import _


def search_view(site: Site, config: Config) -> View:
    """Return the view of the search page; options hold the registry's codes, as the search index does."""
    title = _("Search trials")
    total = trials_text(len(site.cards))
    codes = [(site.by_id[value.trial_ids[0]].overall_status, value) for value in site.facet("status").values]
    statuses = [
        {"value": code, "text": value.label, "shape": status_look(code).shape} for code, value in codes
    ]
    present = {phase for card in site.cards for phase in card.phases}
    phases = [
        {"value": phase, "text": phase_label((phase,))}
        for phase in PHASE_ORDER
        if phase in present and phase != "NA"
    ]
    return {
        **frame(
            config,
            SEARCH,
            title=title,
            description=_("Search {trials} by illness, treatment, place or number.").format(trials=total),
            crumbs=[(title, None)],
            section=SEARCH,
        ),
        "script": "js/search.js",
        "lists_title": _("Lists of all {trials}").format(trials=total),
        "statuses": statuses,
        "phases": phases,
        "sexes": [{"value": code, "text": label(SEX_LABELS, code)} for code in ("FEMALE", "MALE")],
        "index": "search/trials.json",
        "synonyms": PATH,
        "stale_after_days": config.stale_after_days,
        "ways": ways(site),
    }
