"""Feeds are valid Atom, hold the right trials in the right order, and change with their content only. All trials are made up."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from conftest import Expect
from feed_rules import ATOM, LANG, XHTML, addresses, faults
from hypothesis import given, settings
from hypothesis import strategies as st
from language_leaks import ENGLISH_WORDS
from lxml import etree
from made_up_cards import agency, drugs, made_up_card, made_up_site, place
from made_up_registry import files
from sites import published, run, trial, write

from trialpages.model.card import Card
from trialpages.model.editorial import ConditionFile, SpotsLeft
from trialpages.model.shared_files import SharedFiles
from trialpages.pages import feeds
from trialpages.pages.feed_entries import identity, news
from trialpages.pages.page import Page
from trialpages.pages.site_pages import raw_files, site_pages
from trialpages.pages.site_words import site_words
from trialpages.pages.templates import environment
from trialpages.pages.xml_text import xml_text
from trialpages.read.config import Config
from trialpages.site.site import Site
from trialpages.site.staleness import on_day
from trialpages.stages.rendering import way_to_root
from trialpages.words import language

TEMPLATES = Path(__file__).parent.parent / "templates"
EXPECTED = Path(__file__).parent / "feeds"
CONFIG = Config(name="Made-up site", owner="Made-up owner", base_url="https://example.org/x", page_size=2)
JINJA = environment({"feed.xml": (TEMPLATES / "feed.xml").read_text("utf-8")})


def rendered(page: Page, config: Config = CONFIG) -> bytes:
    root = way_to_root(page.url, config)
    text = JINJA.get_template(page.template).render(
        page=page.view, site=site_words(config, ()), root=root, asset=lambda name: f"{root}assets/{name}"
    )
    return text.encode()


def feed_pages(site: Site, config: Config = CONFIG) -> dict[str, Page]:
    return {page.url: page for page in site_pages(site, config, ()) if page.kind == "feed"}


def entries(view: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = view["entries"]
    return found


def numbers(view: dict[str, Any]) -> list[str]:
    return [str(each["url"]).removeprefix("trials/NCT0000000").rstrip("/") for each in entries(view)]


def cards() -> tuple[Card, ...]:
    return (
        made_up_card(
            1,
            title="Examplumab for Gout",
            overall_status="RECRUITING",
            status_verified_date="2026-03",
            brief_summary="It tests one thing. It does more.",
            minimum_age="18 Years",
            sex="FEMALE",
            study_type="INTERVENTIONAL",
            phases=("PHASE2",),
            conditions=("Gout",),
            interventions=drugs("Examplumab"),
            lead_sponsor=agency("Example University"),
            locations=(place("Vienna", "Austria"), place("Graz", "Austria")),
            study_first_post_date="2026-01-05",
            last_update_post_date="2026-03-02",
        ),
        made_up_card(
            2,
            overall_status="COMPLETED",
            conditions=("Gout", "Asthma"),
            study_first_post_date="2026-02-01",
            last_update_post_date="2026-02-01",
        ),
        made_up_card(3, overall_status="RECRUITING", conditions=("Asthma",)),
        made_up_card(
            4, overall_status="COMPLETED", conditions=("Asthma",), last_update_post_date="2026-03-02"
        ),
    )


def test_a_feed_as_it_is(expect: Expect) -> None:
    text = rendered(feed_pages(made_up_site(*cards()))["conditions/gout/feed.xml"])
    expect(EXPECTED / "condition.xml", text.decode())
    assert faults(text) == []


def test_every_list_has_a_valid_feed() -> None:
    shared = SharedFiles(conditions=(ConditionFile(slug="nothing-yet", name="Nothing yet"),))
    pages = feed_pages(made_up_site(*cards(), shared=shared))
    assert list(pages) == [
        "feed.xml",
        "browse/status/recruiting/feed.xml",
        "browse/status/completed/feed.xml",
        "browse/phase/phase-2/feed.xml",
        "browse/phase/not-a-phase/feed.xml",
        "browse/country/austria/feed.xml",
        "conditions/asthma/feed.xml",
        "conditions/gout/feed.xml",
        "conditions/nothing-yet/feed.xml",
        "treatments/examplumab/feed.xml",
        "sponsors/example-university/feed.xml",
    ]
    assert {url: found for url, page in pages.items() if (found := faults(rendered(page)))} == {}
    assert len({page.view["id"] for page in pages.values()}) == len(pages)
    assert not any(page.indexed for page in pages.values())


def test_a_feed_without_a_trial_is_valid_and_has_no_day() -> None:
    shared = SharedFiles(conditions=(ConditionFile(slug="nothing-yet", name="Nothing yet"),))
    page = feed_pages(made_up_site(shared=shared))["conditions/nothing-yet/feed.xml"]
    assert (page.view["updated"], page.view["entries"]) == ("1970-01-01T00:00:00Z", [])
    assert faults(rendered(page)) == []


def test_the_newest_stand_first_and_of_one_day_the_open_ones() -> None:
    pages = feed_pages(made_up_site(*cards()))
    assert numbers(pages["feed.xml"].view) == ["1", "4", "2", "3"]
    assert numbers(pages["conditions/asthma/feed.xml"].view) == ["4", "2", "3"]
    assert pages["conditions/asthma/feed.xml"].view["updated"] == "2026-03-02T00:00:00Z"


def test_a_feed_holds_the_newest_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    before = feed_pages(made_up_site(*cards()))["feed.xml"].view
    assert numbers(before) == ["1", "4"]
    old = made_up_card(5, last_update_post_date="2025-01-01")
    assert feed_pages(made_up_site(*cards(), old))["feed.xml"].view == before
    new = made_up_card(5, last_update_post_date="2026-04-01")
    assert numbers(feed_pages(made_up_site(*cards(), new))["feed.xml"].view) == ["5", "1"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "Its record gives no day on which it was posted or changed."),
        ({"study_first_post_date": "2026-01-05"}, "New: first posted on January 5, 2026."),
        (
            {"study_first_post_date": "2026-01-05", "last_update_post_date": "2026-01-05"},
            "New: first posted on January 5, 2026.",
        ),
        (
            {"study_first_post_date": "2026-01-05", "last_update_post_date": "2026-03-02"},
            "Changed: its record was updated on March 2, 2026. First posted on January 5, 2026.",
        ),
        ({"last_update_post_date": "2026-03-02"}, "Changed: its record was updated on March 2, 2026."),
        (
            {
                "study_first_post_date": "2026-01-05",
                "last_update_post_date": "2026-03-02",
                "spots_left": SpotsLeft(value=4, as_of="2026-04-01"),
            },
            "Changed on April 1, 2026. First posted on January 5, 2026.",
        ),
    ],
)
def test_an_entry_says_whether_it_is_new(facts: dict[str, Any], expected: str) -> None:
    assert news(made_up_card(1, **facts)) == expected


def test_days_of_an_entry() -> None:
    found = {
        number: (each["published"], each["updated"])
        for number, each in zip(
            ["1", "4", "2", "3"], entries(feed_pages(made_up_site(*cards()))["feed.xml"].view), strict=True
        )
    }
    assert found == {
        "1": ("2026-01-05T00:00:00Z", "2026-03-02T00:00:00Z"),
        "4": ("", "2026-03-02T00:00:00Z"),
        "2": ("2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z"),
        "3": ("", "1970-01-01T00:00:00Z"),
    }


def test_ids_are_these_for_ever() -> None:
    """A changed id shows every trial as new to everybody who follows a feed."""
    assert identity("trial NCT00000001") == "urn:uuid:aa6412d2-260a-5348-8ab9-433b188c6cfd"
    assert identity("feed condition gout") == "urn:uuid:d3af2333-9170-5e52-bb39-e0176dc4f7a3"


def test_ids_do_not_depend_on_the_site_its_address_or_the_order() -> None:
    elsewhere = Config(name="Another name", owner="", base_url="", language="es", page_size=50)
    one = feed_pages(made_up_site(*cards()))
    other = feed_pages(made_up_site(*reversed(cards())), elsewhere)
    trials: dict[str, set[str]] = {}
    for url, page in one.items():
        moved = other[url].view
        assert page.view["id"] == moved["id"]
        for each in (*entries(page.view), *entries(moved)):
            trials.setdefault(each["url"], set()).add(each["id"])
    assert all(len(ids) == 1 for ids in trials.values())
    assert len(set.union(*trials.values())) == len(trials) == 4


def test_a_feed_does_not_change_with_the_day_of_the_build() -> None:
    def views(year: int) -> list[dict[str, object]]:
        aged = on_day(cards(), CONFIG, datetime.date(year, 3, 3))
        return [page.view for page in feed_pages(made_up_site(*aged)).values()]

    stale = on_day(cards(), CONFIG, datetime.date(2036, 3, 3))
    assert any(card.status_is_stale for card in stale)
    assert views(2026) == views(2036)


def test_drafts_are_in_no_feed_even_where_a_build_asks_for_drafts() -> None:
    with_draft = (*cards()[1:], replace(cards()[0], draft=True))
    for page in feed_pages(made_up_site(*with_draft)).values():
        assert "1" not in numbers(page.view)
        assert faults(rendered(page)) == []


@pytest.mark.parametrize("base_url", ["", "/x/", "https://example.org/x", "https://example.org/x/"])
def test_every_address_leads_to_a_page(base_url: str) -> None:
    config = replace(CONFIG, base_url=base_url)
    site = made_up_site(*cards())
    pages = {page.url for page in site_pages(site, config, ())}
    pages |= {f"trials/{card.trial_id}/" for card in site.cards}
    for url, page in feed_pages(site, config).items():
        text = rendered(page, config)
        found = addresses(text)
        if base_url.startswith("https"):
            assert all(address.startswith("https://example.org/x/") for address in found)
        served = f"https://example.org/x/{url}"
        whole = [urljoin(served, address) for address in found]
        assert {address.removeprefix("https://example.org/x/") for address in whole} <= pages
        assert whole[:2] == [served, f"https://example.org/x/{url.removesuffix('feed.xml')}"]


HOSTILE = "a]]><b>&amp;\"'\x01\x0b\x1f\x7f\ufffe\u202egnihton\u2066 😀\r\n\tz"


def test_hostile_text_stays_text() -> None:
    card = made_up_card(
        1,
        title=HOSTILE,
        overall_status=HOSTILE,
        brief_summary=f"{HOSTILE}. More.",
        conditions=(HOSTILE,),
        lead_sponsor=agency(HOSTILE),
        locations=(place(HOSTILE, HOSTILE),),
    )
    pages = feed_pages(made_up_site(card))
    for page in pages.values():
        assert faults(rendered(page)) == []
        assert json.loads(json.dumps(page.view)) == page.view
    feed = etree.fromstring(rendered(pages["feed.xml"]))
    title = feed.findtext(f"{ATOM}entry/{ATOM}title")
    assert " ".join(str(title).split()) == "a]]><b>&amp;\"'gnihton 😀 z"
    assert [each.tag for each in feed.iter(f"{XHTML}b")] == []


TEXTS = st.text(max_size=40)


@settings(max_examples=60)
@given(title=TEXTS, purpose=TEXTS, condition=TEXTS)
def test_any_text_makes_a_valid_feed(title: str, purpose: str, condition: str) -> None:
    card = made_up_card(1, title=title, brief_summary=purpose, conditions=(condition,))
    text = rendered(feed_pages(made_up_site(card))["feed.xml"])
    assert faults(text) == []
    shown = etree.fromstring(text).findtext(f"{ATOM}entry/{ATOM}title")
    assert str(shown or "").split() == xml_text(card.title).split()


def test_the_rules_find_what_is_wrong() -> None:
    good = rendered(feed_pages(made_up_site(*cards()))["conditions/gout/feed.xml"]).decode()
    assert faults(good.encode()) == []
    for right, wrong in (
        ("<author><name>Made-up owner</name></author>", ""),
        ("<author><name>Made-up owner</name></author>", "<author><name></name></author>"),
        ("2026-03-02T00:00:00Z", "2026-03-02"),
        ("2026-03-02T00:00:00Z", "2026-02-30T00:00:00Z"),
        ("2026-03-02T00:00:00Z", "2026-03-02T00:00:00"),
        ('rel="alternate"', 'rel="related"'),
        ('rel="self"', 'rel="related"'),
        ('type="xhtml"', 'type="text"'),
        ("<updated>2026-02-01T00:00:00Z</updated>", ""),
        ("<updated>2026-02-01T00:00:00Z</updated>", "<updated>2026-04-01T00:00:00Z</updated>"),
        (identity("trial NCT00000002"), identity("trial NCT00000001")),
        (identity("trial NCT00000002"), "trials/NCT00000002/"),
        ('term="Gout"', 'name="Gout"'),
        ("<entry>", "<item/><entry>"),
    ):
        assert right in good
        assert faults(good.replace(right, wrong).encode()), f"{right} may become {wrong}"


def test_lists_and_their_feeds_name_each_other() -> None:
    site = made_up_site(*cards())
    pages = {page.url: page for page in site_pages(site, CONFIG, ())}
    linked: dict[str, set[str]] = {}
    for url, page in pages.items():
        feed = page.view.get("feed")
        if isinstance(feed, dict):
            linked.setdefault(feed["url"], set()).add(url)
            assert (feed["title"], feed["text"]) == (
                pages[feed["url"]].view["title"],
                "Follow new and changed trials (feed)",
            )
    assert linked.pop("feed.xml") == {"", "browse/"}
    assert {url for url, page in pages.items() if page.kind == "feed"} == {"feed.xml", *linked}
    for feed_url, urls in linked.items():
        base = feed_url.removesuffix("feed.xml")
        assert urls == {url for url in pages if url == base or url.startswith(f"{base}page/")}


def test_feeds_are_counted_apart_from_pages_and_left_out_of_the_sitemap() -> None:
    found = {file.path: file.content for file in raw_files(made_up_site(*cards()), CONFIG, ())}
    facts = json.loads(found["site.json"])
    assert (facts["feed"], facts["feeds"]) == ("feed.xml", 10)
    assert "feed" not in facts["pages"]
    assert b"feed.xml" not in found["sitemap.xml"]


@pytest.fixture
def speak_english_again() -> Iterator[None]:
    yield
    language.use(language.Language())


@pytest.mark.usefixtures("speak_english_again")
def test_a_spanish_site_marks_what_is_english(tmp_path: Path) -> None:
    write(tmp_path, files("es"))
    assert not run(tmp_path).diagnostics
    output = published(tmp_path / "output")
    found = {path: content for path, content in output.items() if path.endswith("feed.xml")}
    assert len(found) > 10
    for content in found.values():
        assert faults(content) == []
    feed = etree.fromstring(found["feed.xml"])
    assert feed.get(LANG) == "es"
    assert {each.get(LANG) for each in feed.iterfind(f"{ATOM}entry/{ATOM}title")} == {"en"}
    assert "Abierto: busca participantes" in [each.text for each in feed.iter(f"{XHTML}li")]
    for each in feed.iter(f"{XHTML}p", f"{XHTML}li"):
        if each.get(LANG) is None:
            said = "".join(map(str, each.itertext()))
            assert not {word.strip(".,:()").casefold() for word in said.split()} & ENGLISH_WORDS, said


def test_a_site_without_its_address_has_feeds_too(tmp_path: Path) -> None:
    dated = trial(study_first_post_date="2026-01-05")
    write(
        tmp_path,
        {"content/site.yaml": "name: Made-up site\n", "content/trials/NCT00000001/trial.yaml": dated},
    )
    run(tmp_path)
    output = published(tmp_path / "output")
    content = output["conditions/headache/feed.xml"]
    assert faults(content) == []
    assert addresses(content) == [
        "../../conditions/headache/feed.xml",
        "../../conditions/headache/",
        "../../trials/NCT00000001/",
        "../../trials/NCT00000001/",
    ]
    style = content.decode().split('type="text/css" href="../../')[1].split('"')[0]
    assert style in output
