"""The browse pages: what there is to choose from, and the lists of trials by status, phase and country.

Every list says how many trials it holds, out of how many, and how many of them are listed as open. Conditions,
treatments and sponsors have pages of their own (`topic_views.py`), which are their lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from trialpages.model.card import Card
from trialpages.model.editorial import SponsorFile
from trialpages.pages.feeds import Feed, feed_link, feed_page, site_feed
from trialpages.pages.listing_items import listing_item
from trialpages.pages.open_counts import listed_sentence
from trialpages.pages.page import Crumb, Page, View, frame
from trialpages.pages.paging import Part, list_view, part_url, parts, title_of_part
from trialpages.pages.wording import in_country
from trialpages.read.config import Config
from trialpages.site.facets import Facet, FacetValue
from trialpages.site.site import Site
from trialpages.site.topics import TopicIndex
from trialpages.words.language import N_, _, amount, number, record_language

BROWSE = "browse/"

SHOWN_IN_OVERVIEW = 12
"""Values of a facet that stand on the overview of all facets."""

SHOWN_ON_FACET_PAGE = 200
"""Topics that stand on the page of their facet, those with the most trials; the A to Z has all."""

LISTED_BY_TOPIC = {"condition": "conditions/", "treatment": "treatments/", "sponsor": "sponsors/"}
"""Facets whose values are topics, and the address of their list from A to Z."""

FACET_WORDS = {
    "status": (N_("Trials by status"), N_("Whether a trial is listed as open to new people.")),
    "condition": (N_("Trials by condition"), N_("The illness or state of health that a trial is about.")),
    "treatment": (N_("Trials by treatment"), N_("What a trial gives or does.")),
    "phase": (N_("Trials by phase"), N_("How far the testing of a treatment has come.")),
    "country": (N_("Trials by country"), N_("Where people can take part.")),
    "sponsor": (N_("Trials by sponsor"), N_("Who runs a trial or helps to run it.")),
}
SPONSOR_OR_PERSON = (
    N_("Trials by sponsor or person"),
    N_("Who runs a trial, helps to run it or works on it."),
)
"""Instead, where a person has a page among the sponsors."""


def facet_words(site: Site, name: str) -> tuple[str, str]:
    """Return a facet's title and the line that explains it."""
    with_people = name == "sponsor" and has_people(site.sponsors)
    title, explained = SPONSOR_OR_PERSON if with_people else FACET_WORDS[name]
    return _(title), _(explained)


def browse_crumb() -> Crumb:
    """Return the step to the browse pages in the way from the home page."""
    return _("Browse"), BROWSE


def has_people(index: TopicIndex) -> bool:
    """Say whether a list of sponsors names persons too."""
    return any(isinstance(topic.file, SponsorFile) and topic.file.kind == "person" for topic in index.topics)


def browse_pages(site: Site, config: Config) -> Iterator[Page]:
    """Yield the overview, each facet's page, and every list by status, phase and country with its feed."""
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
            yield feed_page(site, config, value_feed(facet, value))


def overview_view(site: Site, config: Config) -> View:
    """Return the view of the page that leads to all lists."""
    title = _("Browse trials")
    description = _("All lists of {corpus}: by status, condition, treatment, phase, country and sponsor.")
    return {
        **frame(
            config,
            BROWSE,
            title=title,
            description=description.format(corpus=site.corpus),
            crumbs=[(title, None)],
            section=BROWSE,
        ),
        "lede": counts_sentence(site.cards, newest_day=site.newest_day),
        "note": "",
        "groups": [_overview_group(site, facet) for facet in site.facets if facet.values],
        "feed": feed_link(site_feed(site)),
    }


def facet_view(site: Site, config: Config, facet: Facet) -> View:
    """Return the view of one facet's page: its values with their counts."""
    title, explained = facet_words(site, facet.name)
    # Only topics have an A to Z, so a longer list of countries must lead to all of them by itself.
    shown = facet.values[:SHOWN_ON_FACET_PAGE] if facet.name in LISTED_BY_TOPIC else facet.values
    return {
        **frame(
            config,
            facet.url,
            title=title,
            description=_("{list} on this site. {explained}").format(list=title, explained=explained),
            crumbs=[browse_crumb(), (title, None)],
            section=BROWSE,
        ),
        "lede": explained,
        "note": _facet_counts(site, facet, len(shown)),
        "groups": [{"title": "", "url": "", "links": value_links(shown), "more": _all_values(facet)}],
        "feed": None,
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
            description=_("{list}: {counts}").format(list=title, counts=counts),
            crumbs=[browse_crumb(), (facet_title, facet.url), (value.label, None)],
            section=BROWSE,
        ),
        "heading": heading,
        "counts": counts,
        "feed": feed_link(value_feed(facet, value)),
        **trials_view(site, value.trial_ids, value.url, part),
    }


def trials_view(site: Site, trial_ids: Sequence[str], base: str, part: Part) -> View:
    """Return one page of the list of trials at `base`."""
    return {
        "shown": shown_sentence(part, len(trial_ids)),
        "trials": [listing_item(site.by_id[trial_id]) for trial_id in trial_ids[part.start : part.stop]],
        "list": list_view(base, part),
    }


def value_feed(facet: Facet, value: FacetValue) -> Feed:
    """Return the feed of a list by status, phase or country."""
    name = _("Status “{status}”").format(status=value.label) if facet.name == "status" else value.label
    return Feed(key=f"{facet.name} {value.slug}", page_url=value.url, name=name, trial_ids=value.trial_ids)


def list_title(facet: Facet, value: FacetValue) -> str:
    """Return the heading of a list in words that stand alone."""
    if facet.name == "country":
        return _("Trials in {country}").format(country=in_country(value.name))
    if facet.name == "status":
        return _("Trials by status: {status}").format(status=value.label)
    if value.slug == "not-a-phase":
        return value.label
    return _("{phase} trials").format(phase=value.label)


def counts_sentence(cards: Sequence[Card], total: int | None = None, newest_day: str | None = None) -> str:
    """Say how many trials a list holds, out of how many if that is given, and how many of them are listed as open."""
    if not cards:
        return _("No trial on this site.")
    count = len(cards)
    if total in (None, count):
        held = amount(count, "{count} trial on this site.", "{count} trials on this site.")
    else:
        held = amount(
            total or 0,
            "{part} of the {count} trial on this site.",
            "{part} of the {count} trials on this site.",
            part=number(count),
        )
    return f"{held} {listed_sentence(cards, newest_day)}"


def shown_sentence(part: Part, total: int) -> str:
    """Say which trials of a list stand on this page; nothing when all do."""
    if part.count == 1:
        return ""
    return _("Page {page} of {pages}: trials {first} to {last} of {total}.").format(
        page=part.number,
        pages=part.count,
        first=number(part.start + 1),
        last=number(part.stop),
        total=number(total),
    )


def value_links(values: Iterable[FacetValue]) -> list[View]:
    """Return links to lists with the number of trials on each."""
    return [
        {
            "text": value.label,
            "lang": record_language() if value.is_registered else "",
            "url": value.url,
            "count": trials_text(len(value.trial_ids)),
        }
        for value in values
    ]


def trials_text(count: int) -> str:
    """Say a count of trials."""
    return amount(count, "{count} trial", "{count} trials")


def newest_day(cards: Iterable[Card]) -> str | None:
    """Return the newest day on which a trial's page changed in substance."""
    return max((card.lastmod for card in cards if card.lastmod), default=None)


def _overview_group(site: Site, facet: Facet) -> View:
    shown = facet.values[:SHOWN_IN_OVERVIEW]
    more = None
    if len(shown) < len(facet.values):
        more = {"text": _see_all(facet.name, len(facet.values)), "url": facet.url}
    return {
        "title": facet_words(site, facet.name)[0],
        "url": facet.url,
        "links": value_links(shown),
        "more": more,
    }


def _all_values(facet: Facet) -> View | None:
    if facet.name not in LISTED_BY_TOPIC:
        return None
    texts = {
        "condition": _("All conditions from A to Z"),
        "treatment": _("All treatments from A to Z"),
        "sponsor": _("All sponsors from A to Z"),
    }
    return {"text": texts[facet.name], "url": LISTED_BY_TOPIC[facet.name]}


def _see_all(name: str, count: int) -> str:
    """Say what a link to all values of a facet leads to."""
    texts = {
        "status": lambda: amount(count, "See all {count} status", "See all {count} statuses"),
        "condition": lambda: amount(count, "See all {count} condition", "See all {count} conditions"),
        "treatment": lambda: amount(count, "See all {count} treatment", "See all {count} treatments"),
        "phase": lambda: amount(count, "See all {count} phase", "See all {count} phases"),
        "country": lambda: amount(count, "See all {count} country", "See all {count} countries"),
        "sponsor": lambda: amount(count, "See all {count} sponsor", "See all {count} sponsors"),
    }
    return texts[name]()


def _facet_counts(site: Site, facet: Facet, shown: int) -> str:
    total = len(site.cards)
    sentences = []
    if shown < len(facet.values):
        sentences.append(_most(facet.name).format(shown=number(shown), all=number(len(facet.values))))
    if facet.name in {"status", "phase"}:
        sentences.append(
            amount(
                total,
                "Each of the {count} trial on this site is in one list.",
                "Each of the {count} trials on this site is in one list.",
            )
        )
    elif facet.values:
        sentences.append(
            amount(
                total,
                "Counts are out of the {count} trial on this site. One trial can be in several lists.",
                "Counts are out of the {count} trials on this site. One trial can be in several lists.",
            )
        )
    if facet.missing:
        sentences.append(_in_no_list(facet.missing, total))
    return " ".join(sentences)


def _most(name: str) -> str:
    """Return the sentence that says how many of a facet's values stand on its page."""
    return {
        "condition": _("Shown are the {shown} conditions with the most trials, of {all}."),
        "treatment": _("Shown are the {shown} treatments with the most trials, of {all}."),
        "sponsor": _("Shown are the {shown} sponsors with the most trials, of {all}."),
    }.get(name) or _("Shown are the {shown} values with the most trials, of {all}.")


def _in_no_list(missing: int, total: int) -> str:
    trials = amount(total, "{count} trial on this site", "{count} trials on this site")
    return amount(
        missing,
        "{count} of the {trials} is in no list, because the record does not say.",
        "{count} of the {trials} are in no list, because the record does not say.",
        trials=trials,
    )
