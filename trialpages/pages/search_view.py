"""The search page: a form that a script answers, and the lists that answer without one.

What says something about the reader, age and place, has no name in the form, so it never enters an
address. The page holds the values that few trials differ in, such as the status; long lists of values
(countries, conditions) and all counts come from the index. Everything that the form asks can also be
found by browsing: there the form leads where no script runs, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from trialpages.model.card import Card
from trialpages.model.labels import SEX_LABELS, STUDY_TYPE_LABELS, label, phase_label
from trialpages.pages.gazetteer import is_wanted
from trialpages.pages.home_view import SEARCH, ways
from trialpages.pages.listing_views import trials_text
from trialpages.pages.page import View, frame
from trialpages.pages.wording import status_mark
from trialpages.read.config import Config
from trialpages.site.facets import PHASE_ORDER
from trialpages.site.order import STATUS_ORDER
from trialpages.site.site import Site
from trialpages.words.language import N_, _

GROUPS = (
    ("condition", N_("Condition")),
    ("treatment", N_("Treatment")),
    ("country", N_("Country")),
    ("sponsor", N_("Sponsor")),
)
"""Facets of many values, which the script lists when their part of the form is opened."""
NO_PHASE = "NA"


def search_view(site: Site, config: Config) -> View:
    """Return the view of the search page; options hold the registry's codes, as the search index does."""
    title = _("Search trials")
    total = trials_text(len(site.cards))
    statuses = _present(STATUS_ORDER, (card.overall_status for card in site.cards))
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
        "statuses": [{"value": code, "mark": status_mark(code)} for code in statuses],
        "phases": _options(_phases(site.cards), lambda code: phase_label((code,))),
        "study_types": _options(
            _present(tuple(STUDY_TYPE_LABELS), (card.study_type for card in site.cards)),
            lambda code: label(STUDY_TYPE_LABELS, code) or "",
        ),
        "sexes": _options(("FEMALE", "MALE"), lambda code: label(SEX_LABELS, code) or ""),
        "groups": [{"name": name, "title": _(words)} for name, words in GROUPS if site.facet(name).values],
        "asks_place": is_wanted(site.cards, config),
        "stale_after_days": config.stale_after_days,
        "ways": ways(site),
    }


def _options(codes: Iterable[str], words: Callable[[str], str]) -> list[View]:
    return [{"value": code, "text": words(code)} for code in codes]


def _present(order: Sequence[str | None], codes: Iterable[str | None]) -> list[str]:
    """Return the codes that some trial has: those of the order first, then those that are new, from A to Z."""
    found = {code for code in codes if code}
    known = [code for code in order if code in found]
    return [*(code for code in known if code), *sorted(found.difference(known))]


def _phases(cards: Iterable[Card]) -> list[str]:
    """Return single phases; a trial of phases 1 and 2 counts in both, one without any as `NA`."""
    return _present(PHASE_ORDER, (phase for card in cards for phase in card.phases or (NO_PHASE,)))
