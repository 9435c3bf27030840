"""Side effects on the trial page: never pooled, never added, never zero where nobody counted."""

from __future__ import annotations

import dataclasses
from typing import Any

from trial_view_made_up import (
    CONTEXT,
    EVENTS,
    changed,
    event,
    group,
    hidden_side_effects,
    page,
    text_of,
    view,
)

from trialpages.model.adverse_event_records import AdverseEvents
from trialpages.model.editorial import SideEffects
from trialpages.site.cards import card
from trialpages.site.context import SourceTrial, TrialContext


def section(events: AdverseEvents = EVENTS, **facts: Any) -> dict[str, Any]:
    found: dict[str, Any] = view(changed(adverse_events=events, **facts))["side_effects"]
    return found


def cells(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(cell["width"], cell["of"], cell["percent"]) for cell in row["cells"]]


def test_two_groups_stand_side_by_side_with_the_tested_one_first() -> None:
    table = section()["table"]
    assert [item["title"] for item in table["groups"]] == ["Madeupimab", "Comparator"]
    assert [(row["name"], row["serious"], cells(row)) for row in table["shown"]] == [
        ("Fever", False, [("79.6%", "43 of 54", "80 %"), ("20.0%", "10 of 50", "20 %")]),
        ("Fever", True, [("5.6%", "3 of 54", "6 %"), ("", "0 of 50", "0 %")]),
        ("Cough", False, [("0.2%", "1 of 540", "<1 %"), ("", "", "Not reported")]),
        ("Nausea", False, [("", "0 of 54", "0 %"), ("2.0%", "1 of 50", "2 %")]),
    ]


def test_the_plain_word_comes_first_and_the_medical_term_and_body_system_after() -> None:
    row = section()["table"]["shown"][0]
    assert (row["name"], row["detail"]) == ("Fever", "Pyrexia · General disorders")


def test_bars_are_drawn_by_attributes_on_a_full_track() -> None:
    row = page(view()).xpath("//table[@id='side-effects-rows']/tbody/tr")[0]
    bars = [(bar.get("class"), bar.get("width")) for bar in row.xpath(".//rect")]
    assert bars == [
        ("bar-track", "100%"),
        ("bar-first", "79.6%"),
        ("bar-track", "100%"),
        ("bar-second", "20.0%"),
    ]


def test_the_finding_has_both_framings() -> None:
    assert section()["finding"] == (
        "Of 54 people in the group “Madeupimab”, 43 (80 in 100) had fever. 11 (20 in 100) did not."
    )


def test_deaths_that_are_not_reported_are_not_zero() -> None:
    assert [(row["title"], row["serious"], row["deaths"]) for row in section()["headline"]["rows"]] == [
        ("Madeupimab", "9 of 54 (17 %)", "2 of 54 (4 %)"),
        ("Comparator", "5 of 50 (10 %)", "Not reported"),
    ]


def test_the_caption_says_who_was_measured() -> None:
    assert section()["table"]["caption"] == [
        "Counted in NCT00000001, a phase 2 trial, in people aged 18 years and over (made-up leukemia).",
        "“Madeupimab”: 54 people. “Comparator”: 50 people.",
        "Time over which problems were counted: 18 months.",
        "Problems that were not serious are listed only if more than 5 % of people in some group had them. "
        "A problem that is missing here may still have happened.",
        "One problem can stand in the list twice: once for people in whom it was serious, once for people in whom it "
        "was not. We never add the two, because one person can be in both.",
        "We never add groups together.",
    ]


def test_one_group_leaves_out_what_nobody_in_it_had() -> None:
    table = section(side_effects=SideEffects(groups=("EG001",)))["table"]
    assert [row["name"] for row in table["shown"]] == ["Fever", "Fever", "Cough"]
    assert table["title"] == "Health problems in “Madeupimab”, most frequent first"


def test_ten_rows_are_open_and_the_fold_says_what_it_holds() -> None:
    many = tuple(event(f"Problem {number:02}", (50 - number, 100)) for number in range(30))
    table = section(AdverseEvents(event_groups=(group(0, "All"),), other_events=many))["table"]
    assert (len(table["shown"]), len(table["rest"])) == (10, 20)
    assert table["rest_summary"] == "Show 20 more problems, each in 40 of 100 people or fewer"
    assert "“All”: 100 people." in table["caption"]


def test_more_than_two_groups_have_their_own_counts_one_by_one() -> None:
    events = AdverseEvents(
        event_groups=(
            group(0, "Low"),
            group(1, "Madeupimab"),
            group(2, "High", deaths_num_affected=0, deaths_num_at_risk=7),
        ),
        other_events=(event("Cough", (1, 10), (2, 8), (3, 7)), event("Rash", (0, 10), (1, 8), (0, 7))),
    )
    found = section(events)
    assert [row["cells"][0]["of"] for row in found["table"]["shown"]] == ["2 of 8", "1 of 8"]
    assert [
        (item["title"], [row["of"] for row in item["rows"]], item["lines"]) for item in found["other_groups"]
    ] == [
        ("Low", ["1 of 10"], ["Any serious problem: not reported.", "Deaths from any cause: not reported."]),
        ("High", ["3 of 7"], ["Any serious problem: not reported.", "Deaths from any cause: 0 of 7 (0 %)."]),
    ]


def test_counts_that_disagree_are_shown_raw_without_a_bar() -> None:
    events = AdverseEvents(event_groups=(group(0, "All"),), other_events=(event("Cough", (9, 8)),))
    assert cells(section(events)["table"]["shown"][0]) == [("", "9 of 8", "Counts do not agree")]


def test_unsorted_rows_and_groups_without_figures_are_named() -> None:
    events = AdverseEvents(
        event_groups=(group(0, "All"),),
        unsorted_events=(event("Pyrexia", (43, 54)),),
        not_available=("Chemotherapy",),
    )
    assert section(events)["notes"] == [
        "The source does not say which of these problems were serious.",
        "The study had another group: “Chemotherapy”. Its figures are not available to us.",
    ]


def test_a_record_without_rows_does_not_say_that_nothing_happened() -> None:
    found = section(
        AdverseEvents(event_groups=(group(0, "All", deaths_num_affected=0, deaths_num_at_risk=9),))
    )
    assert (found["table"], found["chart"], found["downloads"]) == (None, False, [])
    assert found["notes"] == [
        "The record lists no single health problem for this group. That does not mean that there was none."
    ]


def borrowed_context() -> TrialContext:
    other = card(changed(trial_id="NCT00000009", nct_id="NCT00000009", completion_date=None))
    source = SourceTrial(card=other, chosen_by="rule", mismatches=("age",), group_ids=("EG001",))
    return dataclasses.replace(CONTEXT, source_trial=source)


def test_borrowed_figures_name_their_trial_and_what_differs() -> None:
    trial = changed(adverse_events=None)
    found = view(trial, borrowed_context(), source=EVENTS)["side_effects"]
    assert found["borrowed"]["link"] == {"text": "The page of NCT00000009", "url": "trials/NCT00000009/"}
    assert found["borrowed"]["mismatches"] == [
        "The people there were of a different age group than the people in this trial."
    ]
    assert found["table"]["caption"][0].startswith("Counted in NCT00000009, ")
    assert [item["title"] for item in found["table"]["groups"]] == ["Madeupimab"]


def test_the_editors_can_hide_the_section() -> None:
    assert view(changed(side_effects=hidden_side_effects()))["side_effects"] is None


def test_the_chart_hook_stands_empty_and_hidden_after_the_table() -> None:
    hook = page(view()).get_element_by_id("side-effects-chart")
    assert hook.getprevious().get("id") == "side-effects-table"
    assert hook.get("data-chart") == "adverse-events.json"
    assert "hidden" in hook.attrib
    assert text_of(hook) == ""
