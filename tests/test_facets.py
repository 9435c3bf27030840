from __future__ import annotations

from made_up_cards import made_up_card, made_up_site, place

from trialpages.site.facets import Facet


def values(facet: Facet) -> list[tuple[str, str, int]]:
    return [(value.slug, value.label, len(value.trial_ids)) for value in facet.values]


def test_status_stands_from_open_to_never_started() -> None:
    site = made_up_site(
        made_up_card(1, overall_status="WITHDRAWN"),
        made_up_card(2, overall_status="NOT_YET_RECRUITING"),
        made_up_card(3, overall_status="RECRUITING"),
        made_up_card(4),
    )
    facet = site.facet("status")
    assert values(facet) == [
        ("recruiting", "Open: looking for people", 1),
        ("not-yet-recruiting", "Not open yet", 1),
        ("withdrawn", "Never started", 1),
    ]
    assert facet.missing == 1
    assert facet.values[0].url == "browse/status/recruiting/"


def test_phases_stand_from_early_to_late_and_no_phase_last() -> None:
    site = made_up_site(
        made_up_card(1, phases=("PHASE2",)),
        made_up_card(2, phases=("PHASE2", "PHASE1")),
        made_up_card(3, phases=("EARLY_PHASE1",)),
        made_up_card(4, phases=("NA",)),
        made_up_card(5),
        made_up_card(6, phases=("PHASE1",)),
    )
    assert values(site.facet("phase")) == [
        ("early-phase-1", "Early phase 1", 1),
        ("phase-1", "Phase 1", 1),
        ("phase-1-2", "Phase 1/2", 1),
        ("phase-2", "Phase 2", 1),
        ("not-a-phase", "Not a phase study", 2),
    ]


def test_countries_stand_by_number_of_trials() -> None:
    site = made_up_site(
        made_up_card(
            1, locations=(place("Oslo", "Norway"), place("Bergen", "Norway"), place("Rome", "Italy"))
        ),
        made_up_card(2, locations=(place("Oslo", "Norway"),)),
        made_up_card(3, locations=(place("Lyon", "France"),)),
        made_up_card(4),
    )
    facet = site.facet("country")
    assert values(facet) == [("norway", "Norway", 2), ("france", "France", 1), ("italy", "Italy", 1)]
    assert facet.missing == 1


def test_topics_without_trials_are_no_values_and_lead_to_their_own_pages() -> None:
    facet = made_up_site(made_up_card(1, conditions=("Gout",))).facet("condition")
    assert [(value.slug, value.url) for value in facet.values] == [("gout", "conditions/gout/")]
