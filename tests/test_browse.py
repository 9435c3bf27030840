"""What browsing promises: every trial is reached by links alone, and every list holds exactly its trials, open ones first.

All trials are made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_cards import agency, drugs, made_up_card, made_up_site, place

from trialpages.model.card import Card
from trialpages.pages import listing_views, topic_indexes
from trialpages.pages.listing_views import counts_sentence
from trialpages.pages.page import Page
from trialpages.pages.site_pages import site_pages
from trialpages.pages.site_words import site_words
from trialpages.pages.templates import environment
from trialpages.read.config import Config
from trialpages.site.order import is_open
from trialpages.site.site import Site

TEMPLATES = Path(__file__).parent.parent / "templates"
CONFIG = Config(name="Made-up site", page_size=3)

STATUSES = ("RECRUITING", "AVAILABLE", "NOT_YET_RECRUITING", "COMPLETED", "WITHDRAWN", None)
PHASES = ((), ("NA",), ("PHASE1",), ("PHASE2", "PHASE1"), ("PHASE4",))
CONDITIONS = ("Gout", "Asthma", "Headache", "Sore knee")
DRUGS = ("Examplumab", "Fictivine", "Tea")
AGENCIES = ("Example University", "Helper", "A made-up hospital")
COUNTRIES = ("Austria", "Chile", "Japan")


def some(names: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), max_size=3)


FACTS = st.fixed_dictionaries(
    {
        "overall_status": st.sampled_from(STATUSES),
        "phases": st.sampled_from(PHASES),
        "conditions": some(CONDITIONS).map(tuple),
        "interventions": some(DRUGS).map(lambda names: drugs(*names)),
        "lead_sponsor": st.sampled_from((None, *AGENCIES)).map(lambda name: agency(name) if name else None),
        "collaborators": some(AGENCIES).map(lambda names: tuple(map(agency, names))),
        "locations": some(COUNTRIES).map(lambda names: tuple(place("A town", name) for name in names)),
        "last_update_post_date": st.sampled_from((None, "2026-01-05", "2026-03-02")),
    }
)
CARDS = st.lists(FACTS, max_size=12).map(
    lambda found: [made_up_card(number, **facts) for number, facts in enumerate(found, 1)]
)


def lists(site: Site) -> dict[str, list[dict[str, Any]]]:
    """Return the pages of every list by the list's address, in their order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for page in site_pages(site, CONFIG, ()):
        if page.kind in {"listing", "condition", "treatment", "sponsor"}:
            base = re.sub(r"page/\d+/$", "", page.url)
            part = found.setdefault(base, [])
            assert page.url == (base if not part else f"{base}page/{len(part) + 1}/")
            part.append(page.view)
    return found


def scan(cards: Sequence[Card]) -> dict[str, set[str]]:
    """Return the trials of every list by a plain look at each card."""
    found: dict[str, set[str]] = {}
    for card in cards:
        phase = {(): "not-a-phase", ("NA",): "not-a-phase", ("PHASE2", "PHASE1"): "phase-1-2"}.get(
            card.phases
        )
        names = [f"browse/phase/{phase or card.phases[0].lower().replace('phase', 'phase-')}/"]
        if card.overall_status:
            names.append(f"browse/status/{card.overall_status.lower().replace('_', '-')}/")
        names += [f"conditions/{name.lower().replace(' ', '-')}/" for name in card.conditions]
        names += [f"treatments/{each.name.lower()}/" for each in card.interventions]
        names += [f"browse/country/{name.lower()}/" for name in card.countries]
        sponsors = [*card.collaborators, *((card.lead_sponsor,) if card.lead_sponsor else ())]
        names += [f"sponsors/{each.name.lower().replace(' ', '-')}/" for each in sponsors]
        for name in names:
            found.setdefault(name, set()).add(card.trial_id)
    return found


def trials(pages: Sequence[Mapping[str, Any]]) -> list[str]:
    return [item["url"].split("/")[1] for view in pages for item in view["trials"]]


@settings(max_examples=60)
@given(cards=CARDS)
def test_every_list_holds_exactly_its_trials_once_each_and_says_how_many(cards: list[Card]) -> None:
    site = made_up_site(*cards)
    found, expected = lists(site), scan(cards)
    assert {base: set(trials(pages)) for base, pages in found.items()} == expected
    for base, pages in found.items():
        held = trials(pages)
        assert len(held) == len(expected[base])
        opened = [is_open(site.by_id[trial_id]) for trial_id in held]
        assert opened == sorted(opened, reverse=True), "an open trial stands below one that is not open"
        total = len(cards) if base.startswith("browse/") else None
        counts = counts_sentence([site.by_id[trial_id] for trial_id in held], total, site.newest_day)
        assert {view["counts"] for view in pages} == {counts}
        assert all(len(view["trials"]) == CONFIG.page_size for view in pages[:-1])


@settings(max_examples=60)
@given(cards=CARDS)
def test_every_trial_stands_in_a_list_below_browse(cards: list[Card]) -> None:
    below = {
        trial_id
        for base, pages in lists(made_up_site(*cards)).items()
        if base.startswith("browse/")
        for trial_id in trials(pages)
    }
    assert below == {card.trial_id for card in cards}


@settings(max_examples=60)
@given(cards=CARDS, more=st.integers(0, 12))
def test_addresses_stay_when_trials_are_added(cards: list[Card], more: int) -> None:
    before = {page.url for page in site_pages(made_up_site(*cards[:more]), CONFIG, ())}
    assert before <= {page.url for page in site_pages(made_up_site(*cards), CONFIG, ())}


def test_links_alone_lead_from_browse_to_every_list_and_every_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing_views, "SHOWN_IN_OVERVIEW", 2)
    monkeypatch.setattr(listing_views, "SHOWN_ON_FACET_PAGE", 3)
    monkeypatch.setattr(topic_indexes, "LONGEST_SINGLE_PAGE", 3)
    cards = [
        made_up_card(
            number,
            overall_status=STATUSES[number % len(STATUSES)],
            phases=PHASES[number % len(PHASES)],
            conditions=(f"Illness {number % 20}", f"Ailment {number}"),
            interventions=drugs(f"Fictivine {'ABCDEFGH'[number % 8]}"),
            lead_sponsor=agency(f"{'ABCDEFG'[number % 7]} Hospital"),
            locations=(place("A town", f"Land {number % 9}"),),
        )
        for number in range(1, 41)
    ]
    site = made_up_site(*cards)
    pages = {page.url: page for page in site_pages(site, CONFIG, ()) if page.kind != "feed"}
    reached = crawl(pages, "browse/")
    listed = {url for url, page in pages.items() if page.kind not in {"home", "search", "not-found"}}
    assert listed <= reached
    assert {f"trials/{card.trial_id}/" for card in cards} <= reached


def crawl(pages: Mapping[str, Page], start: str) -> set[str]:
    """Return every address that links of the pages' own texts lead to; a browser without script finds the same."""
    sources = {
        str(path.relative_to(TEMPLATES)): path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")
    }
    jinja = environment(sources)
    words = site_words(CONFIG, ())
    reached, waiting = {start}, [start]
    while waiting:
        page = pages.get(waiting.pop())
        # The home page and the search page lead on; browsing must not need them.
        if page is None or page.kind in {"home", "search"}:
            continue
        html = jinja.get_template(page.template).render(
            page=page.view,
            site=words,
            root="ROOT/",
            asset=lambda name: name,
            imports=lambda _name: (),
            integrity=lambda _name: "sha384-none",
            record_lang="",
        )
        new = set(re.findall(r'<a [^>]*href="ROOT/([^"#]*)"', html)) - reached
        reached |= new
        waiting += sorted(new)
    return reached
