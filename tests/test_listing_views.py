from __future__ import annotations

import json
from dataclasses import replace

import pytest
from made_up_cards import made_up_card, made_up_site, place

from trialpages.model.card import Card
from trialpages.pages.listing_items import listing_item, places, who_for
from trialpages.pages.listing_views import browse_pages, counts_sentence
from trialpages.pages.open_counts import confirmed_sentence
from trialpages.pages.paging import page_links, parts, title_of_part
from trialpages.read.config import Config

HOUSTON = place("Houston", "United States", "Texas")


def test_item_of_a_list() -> None:
    card = made_up_card(
        7,
        title="Examplumab for Gout",
        overall_status="RECRUITING",
        brief_summary="It tests one thing. It does more.",
        minimum_age="18 Years",
        sex="FEMALE",
        study_type="INTERVENTIONAL",
        phases=("PHASE2",),
        locations=(HOUSTON,),
        status_verified_date="2026-11",
    )
    item = listing_item(card)
    status = item.pop("status")
    assert item.pop("is_stale") is False
    assert (
        isinstance(status, dict)
        and status["label"] == "Open: looking for people"
        and status["tone"] == "open"
    )
    assert item == {
        "title": "Examplumab for Gout",
        "lang": "",
        "purpose_lang": "",
        "url": "trials/NCT00000007/",
        "purpose": "It tests one thing.",
        "who_for": "18 years and over, female only",
        "phase": "Phase 2",
        "places": "Houston, Texas",
        "checked": "Status checked November 2026",
    }


def test_unknown_facts_are_left_out() -> None:
    item = listing_item(made_up_card(1))
    assert (item["who_for"], item["places"], item["checked"], item["purpose"]) == ("", "", "", "")


@pytest.mark.parametrize(
    ("locations", "expected"),
    [
        ((place("Vienna", "Austria"),), "Vienna, Austria"),
        ((HOUSTON, HOUSTON), "2 places in Houston, Texas"),
        ((HOUSTON, place("Dallas", "United States", "Texas")), "2 places in the United States"),
        ((HOUSTON, place("Vienna", "Austria"), place("Graz", "Austria")), "3 places in 2 countries"),
    ],
)
def test_places(locations: tuple[object, ...], expected: str) -> None:
    assert places(made_up_card(1, locations=locations)) == expected


def test_no_bounds_of_age() -> None:
    assert who_for(made_up_card(1, standard_ages=("CHILD", "ADULT", "OLDER_ADULT"))) == "Any age"
    assert who_for(made_up_card(1, maximum_age="17 Years", sex="ALL")) == "17 years and younger"


def opened(*flags: bool) -> list[Card]:
    return [
        made_up_card(number, overall_status="RECRUITING" if flag else "COMPLETED")
        for number, flag in enumerate(flags)
    ]


@pytest.mark.parametrize(
    ("flags", "total", "expected"),
    [
        ((), 5, "No trial on this site."),
        (
            (True,),
            5,
            "1 of the 5 trials on this site. It is listed as open. This was confirmed in the last six months.",
        ),
        ((False,), None, "1 trial on this site. It is not listed as open."),
        (
            (True, True),
            2,
            "2 trials on this site. All of them are listed as open. All of them were confirmed in the last six months.",
        ),
        ((False, False), 3, "2 of the 3 trials on this site. None of them is listed as open."),
        (
            (True, False),
            3,
            "2 of the 3 trials on this site. 1 of these 2 is listed as open. This was confirmed in the last six months.",
        ),
        (
            (True, True, False),
            None,
            "3 trials on this site. 2 of these 3 are listed as open. All of them were confirmed in the last six months.",
        ),
    ],
)
def test_counts_state_their_denominators(flags: tuple[bool, ...], total: int | None, expected: str) -> None:
    assert counts_sentence(opened(*flags), total) == expected


OLD = {"status_verified_date": "2023-10", "retrieved": "2026-11-20"}
ENDED = {"status_verified_date": "2026-10", "retrieved": "2026-11-20"}
NEW = {"status_verified_date": "2026-10"}


def listed(facts: dict[str, str], *, stale: bool) -> Card:
    return replace(made_up_card(1, overall_status="RECRUITING", **facts), status_is_stale=stale)


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        ([], ""),
        ([listed(OLD, stale=True)], "This was not confirmed in the last six months."),
        ([listed(ENDED, stale=True)], "Its status may have changed."),
        ([listed(OLD, stale=True)] * 2, "None of them was confirmed in the last six months."),
        (
            [listed(OLD, stale=True)] * 2 + [listed(NEW, stale=False)],
            "1 of them was confirmed in the last six months.",
        ),
        ([listed(ENDED, stale=True)] * 2, "The status of all of them may have changed."),
        (
            [listed(NEW, stale=False), listed(ENDED, stale=True)],
            "The status of 1 of them may have changed.",
        ),
    ],
)
def test_what_is_said_of_open_trials_is_no_more_than_was_confirmed(cards: list[Card], expected: str) -> None:
    assert confirmed_sentence([*cards, made_up_card(2, overall_status="COMPLETED")]) == expected


def test_stale_open_status_is_not_shown_in_the_color_of_open_trials() -> None:
    stale, fresh = (listing_item(listed(OLD, stale=flag))["status"] for flag in (True, False))
    assert isinstance(stale, dict) and isinstance(fresh, dict)
    assert (stale["tone"], fresh["tone"]) == ("waiting", "open")
    assert stale["label"] == fresh["label"]


def test_pages_of_a_list() -> None:
    assert [(part.number, part.start, part.stop) for part in parts(5, 2)] == [(1, 0, 2), (2, 2, 4), (3, 4, 5)]
    assert len(list(parts(0, 2))) == 1
    assert len(list(parts(4, 2))) == 2


def test_links_between_pages() -> None:
    def shown(number: int, count: int) -> list[object]:
        part = list(parts(count, 1))[number - 1]
        return [f"[{link['title']}]" if link["current"] else link["title"] for link in page_links("x/", part)]

    assert shown(1, 1) == []
    assert shown(1, 3) == ["[1]", "2", "3", "Next page"]
    assert shown(4, 9) == ["Previous page", "1", "2", "3", "[4]", "5", "…", "9", "Next page"]
    assert shown(9, 9) == ["Previous page", "1", "…", "8", "[9]"]
    second = list(parts(3, 1))[1]
    assert [link["url"] for link in page_links("x/", second)] == [
        "x/",
        "x/",
        "x/page/2/",
        "x/page/3/",
        "x/page/3/",
    ]
    assert title_of_part("List", second) == "List, page 2 of 3"


def test_browse_pages() -> None:
    cards = [made_up_card(number, overall_status="COMPLETED", conditions=("Gout",)) for number in range(1, 6)]
    site = made_up_site(*cards)
    pages = {page.url: page for page in browse_pages(site, Config(name="Made-up site", page_size=2))}
    assert list(pages) == [
        "browse/",
        "browse/status/",
        "browse/status/completed/",
        "browse/status/completed/page/2/",
        "browse/status/completed/page/3/",
        "browse/status/completed/feed.xml",
        "browse/condition/",
        "browse/treatment/",
        "browse/phase/",
        "browse/phase/not-a-phase/",
        "browse/phase/not-a-phase/page/2/",
        "browse/phase/not-a-phase/page/3/",
        "browse/phase/not-a-phase/feed.xml",
        "browse/country/",
        "browse/sponsor/",
    ]
    last = pages["browse/status/completed/page/3/"].view
    assert last["title"] == "Trials by status: Finished, page 3 of 3"
    assert last["shown"] == "Page 3 of 3: trials 5 to 5 of 5."
    assert last["counts"] == "5 trials on this site. None of them is listed as open."
    assert len(last["trials"]) == 1  # type: ignore[arg-type]
    assert "5 of the 5 trials on this site are in no list" in str(pages["browse/country/"].view["note"])
    assert json.loads(json.dumps(last)) == last
