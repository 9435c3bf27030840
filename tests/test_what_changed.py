"""What has changed, on the page of a trial and in its feed: order, folding, words, days, identities. All of it is made up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Expect
from feed_rules import ATOM, addresses, faults
from lxml import etree, html
from made_up_history import MadeUpHistory
from made_up_versions import FOLDER, ID, RECORD, SITE, grown, record
from sites import published, run

from trialpages.model.change import Change
from trialpages.model.trial import Trial
from trialpages.pages import change_notes
from trialpages.pages.change_words import _PLAIN, _SENTENCES, change_words
from trialpages.pages.trial.change_feed import change_feed
from trialpages.pages.trial.what_changed import what_changed_view
from trialpages.read.config import Config
from trialpages.site.history import EDITORS, NO_HISTORY, REGISTRY, History, News
from trialpages.words import language

TRIAL = Trial(trial_id=ID, title="A made-up trial")
CONFIG = Config(name="Made-up site", owner="Made-up owner", base_url="https://example.org/x")
EXPECTED = Path(__file__).parent / "feeds"


def planned(before: int, after: int) -> Change:
    return Change(kind="enrollment-planned", field="enrollment", before=str(before), after=str(after))


def days(count: int) -> tuple[News, ...]:
    """Return a change on each day of a month, the newest first."""
    return tuple(
        News(day=f"2026-03-{day:02}", source=REGISTRY, changes=(planned(day, day + 1),))
        for day in range(count, 0, -1)
    )


def view(history: History) -> dict[str, Any]:
    made = what_changed_view(TRIAL, history)
    assert made is not None
    return made


def texts(groups: list[dict[str, Any]]) -> list[str]:
    return [change["text"] for group in groups for change in group["changes"]]


def test_a_fact_that_the_editors_correct_is_told_as_a_change_of_the_page(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01")})
    reason = "reason: {overall_status: It is made up., enrollment: It is made up.}\n"
    facts = f"overall_status: SUSPENDED\nenrollment: {{count: 900, type: ESTIMATED}}\n{reason}"
    history.commit("2026-02-03", {f"{FOLDER}/trial.yaml": facts})
    run(tmp_path)
    page: Any = html.fromstring(published(tmp_path / "output")[f"trials/{ID}/index.html"])
    section = page.get_element_by_id("what-changed")
    assert [each.text for each in section.xpath("./ul/li/ul/li")] == [
        "We changed a fact on this page: status. Before: “Open: looking for people”. Now: “Paused”.",
        "We changed a fact on this page: number of people who take part. Before: “120”. Now: “900”.",
    ]


def test_places_that_opened_are_counted_as_of_that_day() -> None:
    opened = Change(kind="places-opened", field="locations", count=1, total=3, names=("Mockton",))
    made = view(History(news=(News(day="2026-03-01", source=REGISTRY, changes=(opened,)),)))
    assert texts(made["shown"]) == ["1 place opened: Mockton. After that, 3 places were open."]


def test_without_changes_there_is_nothing_and_no_feed() -> None:
    assert what_changed_view(TRIAL, NO_HISTORY) is None
    assert change_feed(TRIAL, NO_HISTORY, CONFIG) is None
    assert what_changed_view(TRIAL, History(added="2026-01-01")) is None


def test_eight_changes_stand_open_and_the_rest_can_be_unfolded() -> None:
    made = view(History(news=days(8)))
    assert (len(made["shown"]), made["rest"], made["summary"]) == (8, [], "")
    made = view(History(news=days(11)))
    assert [len(texts(made["shown"])), len(texts(made["rest"]))] == [8, 3]
    assert made["summary"] == "3 earlier changes"
    assert texts(made["shown"])[0] == "The planned number of people changed from 11 to 12."
    assert view(History(news=days(9)))["summary"] == "1 earlier change"


def test_a_day_with_many_changes_is_told_on_both_sides_of_the_fold() -> None:
    many = tuple(planned(number, number + 1) for number in range(10))
    made = view(History(news=(News(day="2026-03-01", source=REGISTRY, changes=many),)))
    for part, count in (("shown", 8), ("rest", 2)):
        (group,) = made[part]
        assert len(group["changes"]) == count
        assert group["day"] == '<time datetime="2026-03-01">March 1, 2026</time>'


def test_each_day_says_who_changed_it() -> None:
    title = Change(kind="title", field="title", is_editorial=True)
    news = (
        News(day="2026-03-02", source=REGISTRY, changes=(planned(1, 2),)),
        News(day="2026-03-02", source=EDITORS, changes=(title, title)),
    )
    made = view(History(news=news))
    assert [(group["source"], texts([group])) for group in made["shown"]] == [
        ("In the registry’s record", ["The planned number of people changed from 1 to 2."]),
        ("By the editors of this site", ["We gave this page a new title."]),
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"added": "2026-01-05"}, "This page was added on January 5, 2026."),
        ({"since": "2026-01-05"}, "Changes before January 5, 2026 are not listed here."),
        ({}, ""),
    ],
)
def test_the_list_says_where_it_ends(facts: dict[str, str], expected: str) -> None:
    assert view(History(news=days(1), **facts))["ends"] == expected


def test_the_words_of_rules_are_quoted_and_those_of_groups_are_not() -> None:
    rules = Change(
        kind="rules",
        field="inclusion_criteria",
        added=tuple(f"Made-up rule {number} \\< 5" for number in range(14)),
        removed=("An old rule",),
        reworded=(("Fever for 3 days", "Fever for *5* days"),),
    )
    groups = Change(kind="groups", field="arm_groups", reworded=(("A long text", "Another long text"),))
    made = view(History(news=(News(day="2026-03-01", source=REGISTRY, changes=(rules, groups)),)))
    told, untold = made["shown"][0]["changes"]
    assert [(part["label"], part["texts"][:1], part["more"]) for part in told["words"]] == [
        ("Before", ["Fever for 3 days"], ""),
        ("Now", ["Fever for 5 days"], ""),
        ("Added", ["Made-up rule 0 < 5"], "And 2 more"),
        ("Removed", ["An old rule"], ""),
    ]
    assert len(told["words"][2]["texts"]) == 12
    assert untold == {"text": "The groups in the trial changed: 1 reworded.", "words": []}


@pytest.fixture
def spanish() -> Iterator[None]:
    catalogue = Path(__file__).parent.parent / "trialpages" / "locale" / "es.po"
    language.use(language.Language(code="es", catalogue=catalogue.read_bytes()))
    yield
    language.use(language.Language())


@pytest.mark.usefixtures("spanish")
def test_on_a_spanish_page_the_english_summary_is_the_one_that_names_its_language() -> None:
    kind = "words-rewritten"
    here, there = (
        Change(kind=kind, names=("Título",), language=code, is_editorial=True) for code in ("es", "en")
    )
    assert "English" not in change_words(here)
    assert "Español" not in change_words(here)
    assert "English" in change_words(there)


@pytest.mark.usefixtures("spanish")
def test_on_a_spanish_page_words_of_the_record_are_marked_and_those_of_editors_are_not() -> None:
    rule = ("A rule",)
    news = (
        News(
            day="2026-03-02",
            source=REGISTRY,
            changes=(Change(kind="rules", field="inclusion_criteria", added=rule),),
        ),
        News(
            day="2026-03-02",
            source=EDITORS,
            changes=(Change(kind="plain-rules", added=rule, is_editorial=True),),
        ),
    )
    made = view(History(news=news))
    assert [group["changes"][0]["words"][0]["lang"] for group in made["shown"]] == ["en", ""]
    assert "2 de marzo de 2026" in made["shown"][0]["day"]
    registered = Trial(trial_id=ID, brief_title="An English title")
    feed = change_feed(registered, History(news=news), Config(name="x", language="es"))
    assert feed is not None
    assert ID in str(feed["title"])
    assert "English" not in str(feed["title"])


def test_ids_are_these_for_ever() -> None:
    """A changed id shows every change as new to everybody who follows a trial."""
    feed = change_feed(TRIAL, History(news=days(1)), CONFIG)
    assert feed is not None
    entries: Any = feed["entries"]
    assert (feed["id"], entries[0]["id"]) == (
        "urn:uuid:d1d2d21b-a9b6-558e-b724-e6b9ad1e4d99",
        "urn:uuid:29d4fe56-d1d8-5981-992d-3a0cd66b92b8",
    )


def test_an_entry_names_the_first_change_and_counts_the_others() -> None:
    news = News(day="2026-03-01", source=REGISTRY, changes=(planned(1, 2), planned(2, 3), planned(3, 4)))
    feed = change_feed(TRIAL, History(news=(news,)), CONFIG)
    assert feed is not None
    entries: Any = feed["entries"]
    assert entries[0]["title"] == "The planned number of people changed from 1 to 2. And 2 more changes."
    assert len(entries[0]["facts"]) == 3


def test_a_feed_holds_the_newest_days_and_no_more() -> None:
    feed = change_feed(
        TRIAL,
        History(news=(*days(31), News(day="2026-01-01", source=EDITORS, changes=(planned(1, 2),)))),
        CONFIG,
    )
    assert feed is not None
    entries: Any = feed["entries"]
    assert len(entries) == 30
    assert (feed["updated"], entries[-1]["updated"]) == ("2026-03-31T00:00:00Z", "2026-03-02T00:00:00Z")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a built site whose one trial has a history."""
    site = tmp_path_factory.mktemp("site")
    grown(site)
    assert run(site).diagnostics == []
    return published(site / "output")


def test_the_feed_as_it_is(output: dict[str, bytes], expect: Expect) -> None:
    feed = output[f"trials/{ID}/feed.xml"]
    style = next(path for path in output if path.startswith("assets/feed."))
    expect(EXPECTED / "trial.xml", feed.decode().replace(style, "assets/feed.css"))
    assert faults(feed) == []


def test_every_address_of_the_feed_leads_to_the_place(output: dict[str, bytes]) -> None:
    feed = output[f"trials/{ID}/feed.xml"]
    page: Any = html.fromstring(output[f"trials/{ID}/index.html"])
    base = "https://example.org/x/"
    found = {address.removeprefix(base) for address in addresses(feed)}
    assert found == {f"trials/{ID}/feed.xml", f"trials/{ID}/", f"trials/{ID}/#what-changed"}
    assert page.get_element_by_id("what-changed") is not None


def test_the_page_names_its_feed_and_lists_the_section(output: dict[str, bytes]) -> None:
    page: Any = html.fromstring(output[f"trials/{ID}/index.html"])
    (alternate,) = page.xpath("//head/link[@type='application/atom+xml']")
    feed = etree.fromstring(output[f"trials/{ID}/feed.xml"])
    assert str(feed.findtext(f"{ATOM}title")).startswith(alternate.get("title"))
    assert alternate.get("href") == f"../../trials/{ID}/feed.xml"
    section = page.get_element_by_id("what-changed")
    (visible,) = section.xpath(".//a[contains(@href, 'feed.xml')]")
    assert visible.text_content() == "Follow changes to this trial (feed)"
    assert len(page.xpath("//nav//a[@href='#what-changed']")) == 2
    assert section.xpath("following-sibling::section[1]/@id") == ["sources"]
    shown = [" ".join(each.text_content().split()) for each in section.xpath("./ul/li/p")]
    assert shown[:2] == [
        "October 20, 2026 In the registry’s record",
        "July 2, 2026 By the editors of this site",
    ]


def test_the_data_of_the_page_hold_its_changes(output: dict[str, bytes]) -> None:
    found = json.loads(output[f"trials/{ID}/trial.json"])["what_changed"]
    assert found["source"] == "computed"
    assert found["value"][0] == {
        "day": "2026-10-20",
        "source": "registry",
        "changes": [
            "The status changed from “Open: looking for people” to “Running, no longer taking new people”."
        ],
    }
    assert len(found["value"]) == 7


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01")})
    hostile = ("Fever for 3 days", "<script>alert(1)</script> & ]]> \u202e {{ 7 * 7 }}")
    history.commit("2026-02-03", {RECORD: record("2026-02-01", rules=hostile)})
    run(tmp_path)
    output = published(tmp_path / "output")
    page = output[f"trials/{ID}/index.html"].decode()
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page
    assert faults(output[f"trials/{ID}/feed.xml"]) == []


def test_every_kind_of_change_has_words_for_readers_and_for_editors() -> None:
    said = {*_PLAIN, *_SENTENCES}
    assert said == set(change_notes._NOTES)
