"""No update of a record passes in silence: what is no change for readers is named for editors."""

from __future__ import annotations

import doctest
from typing import Any

import pytest
from importing_sites import Study, study

from trialpages.importing import untold
from trialpages.importing.records import facts_of
from trialpages.importing.told import told_update
from trialpages.model.changes import changes


def step(change: Any) -> list[str]:
    """Return the words for the step from a made-up record to the one that `change` makes of it."""
    before, after = study(1), study(1, updated="2026-11-01")
    change(after)
    return [each.words for each in told_update(facts_of(before), facts_of(after))]


def place(made: Study, number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = made["protocolSection"]["contactsLocationsModule"]["locations"][number]
    return found


def phone(made: Study) -> None:
    place(made)["contacts"] = [{"name": "A made-up desk", "phone": "555-0100"}]


def keywords(made: Study) -> None:
    made["protocolSection"]["conditionsModule"]["keywords"] = ["made-up"]
    made["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"


def order(made: Study) -> None:
    made["protocolSection"]["contactsLocationsModule"]["locations"].reverse()


def postcode(made: Study) -> None:
    place(made)["zip"] = "00001"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda made: None, ["only the day of the last update"]),
        (phone, ["also: contacts of 1 site"]),
        (postcode, ["also: name or address of 1 site"]),
        (order, ["also: order of the sites"]),
        (keywords, ["recruiting -> completed", "also: keywords"]),
    ],
)
def test_what_no_change_tells_is_named(change: Any, words: list[str]) -> None:
    assert step(change) == words


def test_a_group_of_another_type_is_a_change() -> None:
    before, after = study(1), study(1)
    after["protocolSection"]["armsInterventionsModule"]["armGroups"][0]["type"] = "NO_INTERVENTION"
    (found,) = changes(facts_of(before), facts_of(after))
    assert (found.kind, found.matters_to_readers) == ("groups", True)
    assert "(no intervention)" in found.reworded[0][1]


def test_the_example() -> None:
    assert doctest.testmod(untold).failed == 0
