"""The browse pages: what there is to choose from, and the lists of trials by status, phase and country.

Every list says how many trials it holds, out of how many, and how many of them are listed as open. Conditions,
treatments and sponsors have pages of their own (`topic_views.py`), which are their lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from trialpages.model.card import Card
from trialpages.model.editorial import SponsorFile
from trialpages.pages.listing_items import listing_item
from trialpages.pages.open_counts import listed_sentence
from trialpages.pages.page import Crumb, Page, View, frame
from trialpages.pages.paging import Part, list_view, part_url, parts, title_of_part
from trialpages.pages.wording import counted, in_country, number, plural
from trialpages.read.config import Config
from trialpages.site.facets import Facet, FacetValue
from trialpages.site.site import Site
from trialpages.site.topics import TopicIndex

BROWSE = "browse/"
BROWSE_CRUMB: Crumb = ("Browse", BROWSE)

SHOWN_IN_OVERVIEW = 12
"""Values of a facet that stand on the overview of all facets."""

SHOWN_ON_FACET_PAGE = 200
"""Values of a facet that stand on its own page, those with the most trials; the A to Z has all."""

LISTED_BY_TOPIC = {"condition": "conditions", "treatment": "treatments", "sponsor": "sponsors"}
"""Facets whose values are topics, and the word for several of them."""

FACET_WORDS = {
    "status": ("Trials by status", "Whether a trial is listed as open to new people."),
    "condition": ("Trials by condition", "The illness or state of health that a trial is about."),
    "treatment": ("Trials by treatment", "What a trial gives or does."),
    "phase": ("Trials by phase", "How far the testing of a treatment has come."),
    "country": ("Trials by country", "Where people can take part."),
    "sponsor": ("Trials by sponsor", "Who runs a trial or helps to run it."),
}
SPONSOR_OR_PERSON = ("Trials by sponsor or person", "Who runs a trial, helps to run it or works on it.")
"""Instead, where a person has a page among the sponsors."""


def facet_words(site: Site, name: str) -> tuple[str, str]:
    """Return a facet's title and the line that explains it."""
    if name == "sponsor" and has_people(site.sponsors):
        return SPONSOR_OR_PERSON
    return FACET_WORDS[name]


def has_people(index: TopicIndex) -> bool:
    """Say whether a list of sponsors names persons too."""
    return any(isinstance(topic.file, SponsorFile) and topic.file.kind == "person" for topic in index.topics)


def browse_pages(site: Site, config: Config) -> Iterator[Page]:
    """Yield the overview, each facet's page, and every list by status, phase and country."""
    yield Page(
        url=BROWSE,
        kind="browse",
        template="browse_index.html",
        make_view=partial(overview_view, site, config),
    )
    for facet in site.facets:
        view = partial(facet_view, site, config, facet)
        yield Page(url=facet.url, kind="browse", template="browse_index.html", make_view=view)
        if facet.name in LISTED_BY_TOPIC:
            continue
        for value in facet.values:
            cards = [site.by_id[trial_id] for trial_id in value.trial_ids]
            counts = counts_sentence(cards, len(site.cards), site.newest_day)
            lastmod = newest_day(cards)
            for part in parts(len(cards), config.page_size):
                yield Page(
                    url=part_url(value.url, part.number),
                    kind="listing",
                    template="browse.html",
                    make_view=partial(value_view, site, config, facet, value, counts, part),
                    lastmod=lastmod,
                )


def overview_view(site: Site, config: Config) -> View:
    """Return the view of the page that leads to all lists."""
    title = "Browse trials"
    description = f"All lists of {site.corpus}: by status, condition, treatment, phase, country and sponsor."
    return {
        **frame(config, BROWSE, title=title, description=description, crumbs=[(title, None)], section=BROWSE),
        "lede": counts_sentence(site.cards, newest_day=site.newest_day),
        "note": "",
        "groups": [_overview_group(site, facet) for facet in site.facets if facet.values],
    }


def facet_view(site: Site, config: Config, facet: Facet) -> View:
    """Return the view of one facet's page: its values with their counts."""
    title, explained = facet_words(site, facet.name)
    shown = facet.values[:SHOWN_ON_FACET_PAGE]
    return {
        **frame(
            config,
            facet.url,
            title=title,
            description=f"{title} on this site. {explained}",
            crumbs=[BROWSE_CRUMB, (title, None)],
            section=BROWSE,
        ),
        "lede": explained,
        "note": _facet_counts(site, facet, len(shown)),
        "groups": [{"title": "", "url": "", "links": value_links(shown), "more": _all_values(facet)}],
    }


def value_view(site: Site, config: Config, facet: Facet, value: FacetValue, counts: str, part: Part) -> View:
    """Return the view of one page of one list."""
    heading = list_title(facet, value)
    title = title_of_part(heading, part)
    facet_title = facet_words(site, facet.name)[0]
    return {
        **frame(
            config,
            part_url(value.url, part.number),
            title=title,
            description=f"{title}: {counts}",
            crumbs=[BROWSE_CRUMB, (facet_title, facet.url), (value.label, None)],
            section=BROWSE,
        ),
        "heading": heading,
        "counts": counts,
        **trials_view(site, value.trial_ids, value.url, part),
    }


def trials_view(site: Site, trial_ids: Sequence[str], base: str, part: Part) -> View:
    """Return one page of the list of trials at `base`."""
    return {
        "shown": shown_sentence(part, len(trial_ids)),
        "trials": [listing_item(site.by_id[trial_id]) for trial_id in trial_ids[part.start : part.stop]],
        "list": list_view(base, part),
    }


def list_title(facet: Facet, value: FacetValue) -> str:
    """Return the heading of a list in words that stand alone."""
    if facet.name == "country":
        return f"Trials in {in_country(value.label)}"
    if facet.name == "status":
        return f"Trials by status: {value.label}"
    return value.label if value.slug == "not-a-phase" else f"{value.label} trials"


def counts_sentence(cards: Sequence[Card], total: int | None = None, newest_day: str | None = None) -> str:
    """Say how many trials a list holds, out of how many if that is given, and how many of them are listed as open."""
    if not cards:
        return "No trial on this site."
    count = len(cards)
    held = (
        counted(count, "trial")
        if total in (None, count)
        else f"{number(count)} of the {counted(total or 0, 'trial')}"
    )
    return f"{held} on this site. {listed_sentence(cards, newest_day)}"


def shown_sentence(part: Part, total: int) -> str:
    """Say which trials of a list stand on this page; nothing when all do."""
    if part.count == 1:
        return ""
    return f"Page {part.number} of {part.count}: trials {number(part.start + 1)} to {number(part.stop)} of {number(total)}."


def value_links(values: Iterable[FacetValue]) -> list[View]:
    """Return links to lists with the number of trials on each."""
    return [
        {"text": value.label, "url": value.url, "count": counted(len(value.trial_ids), "trial")}
        for value in values
    ]


def newest_day(cards: Iterable[Card]) -> str | None:
    """Return the newest day on which a trial's page changed in substance."""
    return max((card.lastmod for card in cards if card.lastmod), default=None)


def _overview_group(site: Site, facet: Facet) -> View:
    shown = facet.values[:SHOWN_IN_OVERVIEW]
    more = None
    if len(shown) < len(facet.values):
        noun = LISTED_BY_TOPIC.get(facet.name, plural(facet.name, len(facet.values)))
        more = {"text": f"See all {number(len(facet.values))} {noun}", "url": facet.url}
    return {
        "title": facet_words(site, facet.name)[0],
        "url": facet.url,
        "links": value_links(shown),
        "more": more,
    }


def _all_values(facet: Facet) -> View | None:
    noun = LISTED_BY_TOPIC.get(facet.name)
    return {"text": f"All {noun} from A to Z", "url": f"{noun}/"} if noun else None


def _facet_counts(site: Site, facet: Facet, shown: int) -> str:
    total = f"the {counted(len(site.cards), 'trial')} on this site"
    sentences = []
    if shown < len(facet.values):
        noun = LISTED_BY_TOPIC.get(facet.name, "values")
        sentences.append(
            f"Shown are the {number(shown)} {noun} with the most trials, of {number(len(facet.values))}."
        )
    if facet.name in {"status", "phase"}:
        sentences.append(f"Each of {total} stands in one list.")
    elif facet.values:
        sentences.append(f"Counts are out of {total}. One trial can stand in several lists.")
    if facet.missing:
        stands = "stands" if facet.missing == 1 else "stand"
        sentences.append(
            f"{number(facet.missing)} of {total} {stands} in no list, because the record does not say."
        )
    return " ".join(sentences)
