from __future__ import annotations

from itertools import permutations

from made_up_cards import made_up_card

from trialpages.model.vocabulary import OVERALL_STATUSES
from trialpages.site.order import STATUS_ORDER, listing_order, status_rank


def test_every_status_has_a_place() -> None:
    assert set(STATUS_ORDER) == {*OVERALL_STATUSES, None}


def test_open_first_withdrawn_last() -> None:
    assert STATUS_ORDER[:2] == ("RECRUITING", "AVAILABLE")
    assert STATUS_ORDER[-1] == "WITHDRAWN"
    assert status_rank("SOME_NEW_STATUS") == status_rank(None)


def test_by_status_then_newest_then_id() -> None:
    cards = [
        made_up_card(5, overall_status="WITHDRAWN", last_update_post_date="2026-11-01"),
        made_up_card(4, overall_status="RECRUITING"),
        made_up_card(3, overall_status="RECRUITING", last_update_post_date="2025-01-01"),
        made_up_card(2, overall_status="RECRUITING", last_update_post_date="2026-01-01"),
        made_up_card(1, overall_status="RECRUITING", last_update_post_date="2025-01-01"),
    ]
    expected = [2, 1, 3, 4, 5]
    for shuffled in list(permutations(cards))[::17]:
        assert [int(card.trial_id[3:]) for card in listing_order(shuffled)] == expected
