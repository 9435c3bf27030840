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


KINDS = ("serious", "other", "deaths")


def test_two_groups_stand_side_by_side_with_the_tested_one_first() -> None:
    table = section()["table"]
    assert [item["title"] for item in table["groups"]] == ["Madeupimab", "Comparator"]
    assert [(row["name"], row["serious"], cells(row)) for row in table["shown"]] == [
        ("Fever", False, [("79.6%", "43 of 54", "80%"), ("20.0%", "10 of 50", "20%")]),
        ("Fever", True, [("5.6%", "3 of 54", "6%"), ("", "0 of 50", "0%")]),
        ("Cough", False, [("0.2%", "1 of 540", "<1%"), ("", "", "Not reported")]),
        ("Nausea", False, [("", "0 of 54", "0%"), ("2.0%", "1 of 50", "2%")]),
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


def finding_of(events: AdverseEvents = EVENTS, **changes: Any) -> str:
    return str(section(dataclasses.replace(events, **changes))["finding"])


def test_the_finding_has_both_framings_where_nobody_can_stand_in_another_row() -> None:
    events = dataclasses.replace(EVENTS, serious_events=(event("Cough", (0, 50), (3, 54)),))
    both = (
        "“Fever” was reported in 43 of 54 people (80 in 100) in the group “Madeupimab”. "
        "It was not reported in 11 (20 in 100)."
    )
    assert finding_of(events) == both
    assert finding_of(serious_events=(event("Pyrexia", (3, 50), (0, 54)),)) == both


def test_people_without_a_problem_are_not_counted_when_another_row_may_hold_them() -> None:
    not_serious = (
        "“Fever” that was not serious was reported in 43 of 54 people (80 in 100) in the group “Madeupimab”."
    )
    assert finding_of() == not_serious
    assert finding_of(serious_events=(event("Pyrexia", (3, 50), (None, 54)),)) == not_serious
    assert finding_of(serious_events=()) == not_serious
    assert finding_of(serious_events=(event("Cough", (0, 50), (3, 54)),), source="A page") == not_serious


def test_a_serious_row_and_an_unsorted_row_have_no_complement() -> None:
    nothing = dataclasses.replace(EVENTS, serious_events=(), other_events=())
    rows = (event("Pyrexia", (1, 50), (43, 54)),)
    assert finding_of(nothing, serious_events=rows) == (
        "“Fever” that was serious was reported in 43 of 54 people (80 in 100) in the group “Madeupimab”."
    )
    assert finding_of(nothing, unsorted_events=rows) == (
        "“Fever” was reported in 43 of 54 people (80 in 100) in the group “Madeupimab”."
    )


def test_a_group_of_fewer_than_twenty_has_no_share_of_100() -> None:
    events = AdverseEvents(
        event_groups=(group(0, "All", serious_num_affected=0, serious_num_at_risk=16),),
        other_events=(event("Cough", (4, 16)),),
    )
    assert finding_of(events) == (
        "“Cough” was reported in 4 of 16 people in the group “All”. It was not reported in 12."
    )


def test_rows_that_read_alike_are_said_to_be_counted_apart() -> None:
    note = "Rows that read alike are counted apart and cannot be added up."
    events = AdverseEvents(
        event_groups=(group(0, "All"),),
        other_events=(event("Pyrexia", (4, 30)), event("Fever", (2, 30)), event("Cough", (1, 30))),
    )
    assert section(events)["table"]["caption"].count(note) == 1
    assert note not in section()["table"]["caption"]
    assert finding_of(events) == (
        "“Pyrexia” that was not serious was reported in 4 of 30 people (13 in 100) in the group “All”."
    )


def test_a_row_without_small_print_has_no_empty_element() -> None:
    assert not page(view()).xpath("//section[@id='side-effects']//small[not(node())]")


def test_deaths_that_are_not_reported_are_not_zero() -> None:
    assert [(row["title"], row["serious"], row["deaths"]) for row in section()["headline"]["rows"]] == [
        ("Madeupimab", "9 of 54 (17%)", "2 of 54 (4%)"),
        ("Comparator", "5 of 50 (10%)", "Not reported"),
    ]


def test_the_caption_says_who_was_measured() -> None:
    assert section()["table"]["caption"] == [
        "Counted in NCT00000001 (phase 2). Ages of the people: 18 years and over. Condition: made-up leukemia.",
        "“Madeupimab”: 54 people. “Comparator”: 50 people.",
        "Time over which problems were counted: 18 months.",
        "Problems that were not serious are listed only if more than 5% of people in some group had them. "
        "A problem that is missing here may still have happened.",
        "One problem can be in the list twice: once for people in whom it was serious, once for people in whom it "
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


def three_groups() -> AdverseEvents:
    return AdverseEvents(
        event_groups=(
            group(0, "Low"),
            group(1, "Madeupimab"),
            group(2, "High", deaths_num_affected=0, deaths_num_at_risk=7),
        ),
        other_events=(event("Cough", (1, 10), (2, 8), (3, 7)), event("Rash", (0, 10), (1, 8), (0, 7))),
    )


def test_of_more_than_two_groups_one_has_the_bars_and_the_others_their_totals() -> None:
    found = section(three_groups())
    assert [row["cells"][0]["of"] for row in found["table"]["shown"]] == ["2 of 8", "1 of 8"]
    assert found["other_groups"]["totals"] == {
        "caption": "The 2 other groups of the study",
        "rows": [
            {"title": "Low", "serious": "Not reported", "other": "Not reported", "deaths": "Not reported"},
            {"title": "High", "serious": "Not reported", "other": "Not reported", "deaths": "0 of 7 (0%)"},
        ],
    }


def test_every_row_of_every_group_stands_on_a_page_of_its_own() -> None:
    found = section(three_groups())["long"]
    assert (found.name, found.content["groups"]) == ("adverse-events", ["Madeupimab", "Low", "High"])
    (only,) = found.content["lists"]
    assert (only["id"], only["title"], only["count"]) == (
        "other",
        "Problems that were not serious",
        "2 rows",
    )
    assert [(row["name"], row["cells"]) for row in only["tables"][0]["rows"]] == [
        ("Cough", ["2 of 8 (25%)", "1 of 10 (10%)", "3 of 7 (43%)"]),
        ("Rash", ["1 of 8 (13%)", "0 of 10 (0%)", "0 of 7 (0%)"]),
    ]
    assert section()["long"] is None


def test_many_other_groups_are_only_named_by_their_number() -> None:
    events = AdverseEvents(
        event_groups=tuple(group(position, f"Group {position}") for position in range(12)),
        other_events=(event("Cough", *((1, 10) for _place in range(12))),),
    )
    assert section(events)["other_groups"] == {
        "text": "The study had 11 other groups. Their numbers are on the page with all health problems.",
        "totals": None,
    }
    full = section(events)["long"].content
    assert not any("Group 7" in line for line in full["caption"])
    assert [row["title"] for row in full["headline"]["rows"]][7] == "Group 7"


def test_a_long_table_goes_on_from_a_file_and_on_a_page_of_its_own() -> None:
    many = tuple(event(f"Problem {number:03}", (200 - number, 300)) for number in range(121))
    events = AdverseEvents(event_groups=(group(0, "All"),), other_events=many)
    table = section(events)["table"]
    assert (len(table["shown"]), table["rest"]) == (10, [])
    assert table["more"] == "Show more: 111 problems are left"
    assert table["more_note"] == "These are the 10 most frequent of 121 problems."
    root = page(view(changed(adverse_events=events))).get_element_by_id("side-effects-table")
    (button,) = root.xpath(".//button[@data-more-rows]")
    assert "hidden" in button.attrib
    assert [link.get("href") for link in root.xpath(".//a")] == ["adverse-events/"]
    assert len(section(events)["long"].content["lists"][0]["tables"][0]["rows"]) == 121


def test_the_full_page_parts_its_tables_by_body_system() -> None:
    events = AdverseEvents(
        event_groups=three_groups().event_groups,
        serious_events=(
            event("Cough", (1, 10), (2, 8), (3, 7), organ_system="Chest"),
            event("Pyrexia", (1, 10), (0, 8), (3, 7), organ_system="Body"),
            event("Rash", (1, 10), (0, 8), (None, 7)),
        ),
    )
    (serious,) = section(events)["long"].content["lists"]
    assert [(table["id"], table["title"]) for table in serious["tables"]] == [
        ("serious-1", "Body"),
        ("serious-2", "Chest"),
        ("serious-3", "No body system named"),
    ]
    assert serious["tables"][2]["rows"][0]["cells"] == ["0 of 8 (0%)", "1 of 10 (10%)", "Not reported"]
    assert serious["tables"][0]["rows"][0]["detail"] == "Pyrexia"


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
        AdverseEvents(
            event_groups=(group(0, "All", deaths_num_affected=0, deaths_num_at_risk=9),),
            time_frame="12 weeks",
            description="Nobody was asked.",
        )
    )
    assert (found["table"], found["chart"], found["downloads"]) == (None, False, [])
    assert found["finding"] == (
        "The record lists no single health problem for this group. That does not mean that there was none."
    )
    assert found["notes"] == [
        "“All”: 9 people.",
        "Time over which problems were counted: 12 weeks.",
        "With so few people, chance plays a large part in these numbers.",
    ]
    assert found["description_is_open"]


def test_a_record_that_counted_nobody_says_so_with_its_own_headline_numbers() -> None:
    nobody = {
        f"{kind}_num_{what}": number for kind in KINDS for what, number in (("affected", 0), ("at_risk", 5))
    }
    found = section(
        AdverseEvents(
            event_groups=(group(0, "Pill", description="One pill a day.", **nobody),),
            frequency_threshold=5,
            description="People were seen each month.",
        )
    )
    assert found["borrowed"] is None
    assert found["finding"] == "The study team listed no health problem of anyone in this group."
    assert found["headline"]["rows"] == [
        {"title": "Pill", "serious": "0 of 5 (0%)", "other": "0 of 5 (0%)", "deaths": "0 of 5 (0%)"}
    ]
    text = text_of(
        page(
            view(changed(adverse_events=AdverseEvents(event_groups=(group(0, "Pill", **nobody),))))
        ).get_element_by_id("side-effects")
    )
    assert "0 of 5 (0%)" in text
    assert "no figures of its own" not in text


def test_rows_that_nobody_of_the_group_had_are_not_said_to_be_missing() -> None:
    events = AdverseEvents(event_groups=(group(0, "All"),), other_events=(event("Cough", (0, 8)),))
    assert section(events)["finding"] == (
        "Nobody in this group had any of the problems that the record lists."
    )


def test_what_the_groups_got_stands_below_the_headline_and_a_long_text_is_folded() -> None:
    def texts(length: int) -> Any:
        described = group(0, "Pill", description=f"One *pill* a day.{' x' * length}")
        events = AdverseEvents(event_groups=(described,), other_events=(event("Cough", (1, 8)),))
        return page(view(changed(adverse_events=events))).get_element_by_id("side-effects")

    short, long = texts(0), texts(300)
    assert [text_of(node) for node in short.xpath("./dl[@class='descriptions']//dd")] == ["One pill a day."]
    assert [text_of(node) for node in long.xpath("./details[dl]/summary")] == ["What the group got"]
    assert text_of(long.xpath("./details/dl//dd")[0]).startswith("One pill a day. x x")


def test_a_note_of_a_row_stands_with_the_row() -> None:
    noted = dataclasses.replace(event("Cough", (1, 8)), notes="Occurred *later*")
    events = AdverseEvents(event_groups=(group(0, "All"),), other_events=(noted,))
    root = page(view(changed(adverse_events=events)))
    assert (
        text_of(root.xpath("//table[@id='side-effects-rows']//th[@scope='row']")[0]) == "CoughOccurred later"
    )
    assert section(events)["table"]["shown"][0]["note"] == "Occurred later"


def asked(*kinds: str) -> AdverseEvents:
    rows = tuple(
        dataclasses.replace(
            event(f"Problem {number}", (9 - number, 10)),
            assessment_type=kind,
            source_vocabulary="Made-up 1.0",
        )
        for number, kind in enumerate(kinds)
    )
    return AdverseEvents(event_groups=(group(0, "All"),), other_events=rows)


def test_how_people_were_asked_and_the_words_of_the_terms_are_said_once_when_all_rows_agree() -> None:
    table = section(asked("SYSTEMATIC_ASSESSMENT", "SYSTEMATIC_ASSESSMENT"))["table"]
    assert "People were asked about problems in a systematic way." in table["caption"]
    assert "The medical terms are those of Made-up 1.0." in table["caption"]
    assert [row["note"] for row in table["shown"]] == ["", ""]


def test_how_people_were_asked_is_said_row_by_row_when_the_rows_differ() -> None:
    table = section(asked("SYSTEMATIC_ASSESSMENT", "NON_SYSTEMATIC_ASSESSMENT"))["table"]
    assert not any("systematic" in line for line in table["caption"])
    assert [row["note"] for row in table["shown"]] == [
        "People were asked about it in a systematic way",
        "Noted as it came up",
    ]


def test_figures_that_the_editors_show_in_place_of_the_own_ones_are_said_to_be_that() -> None:
    found = view(changed(), borrowed_context(), source=EVENTS)["side_effects"]
    assert found["borrowed"]["text"].startswith(
        "The editors of this site show them in place of the trial's own. The figures are from NCT00000009."
    )


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
    assert found["table"]["caption"][0].startswith("Counted in NCT00000009 (")
    assert [item["title"] for item in found["table"]["groups"]] == ["Madeupimab"]


def test_what_this_trial_posted_is_said_only_when_its_record_is_known() -> None:
    def own(trial: Any) -> str:
        text: str = view(trial, borrowed_context(), source=EVENTS)["side_effects"]["borrowed"]["text"]
        return text

    trial = changed(adverse_events=None)
    assert own(trial).startswith("We found no counts of this trial. ")
    assert own(dataclasses.replace(trial, has_registry_record=True)).startswith(
        "This trial has posted no figures of its own. "
    )


def test_the_editors_can_hide_the_section() -> None:
    assert view(changed(side_effects=hidden_side_effects()))["side_effects"] is None


def test_the_chart_hook_stands_empty_and_hidden_after_the_table() -> None:
    hook = page(view()).get_element_by_id("side-effects-chart")
    assert hook.getprevious().get("id") == "side-effects-table"
    assert hook.get("data-chart") == "adverse-events.json"
    assert "hidden" in hook.attrib
    assert text_of(hook) == ""
