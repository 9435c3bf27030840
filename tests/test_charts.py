from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventCount, EventGroup
from trialpages.site.charts import (
    FIRST_COLOR,
    ROWS_IN_FIRST_FIGURE,
    SECOND_COLOR,
    chart_data,
    figure_template,
    two_group_figure,
)

TEMPLATE = figure_template()
GROUPS = (
    EventGroup(id="EG000", title="Placebo <b>", other_num_at_risk=50),
    EventGroup(id="EG001", title="Drug A", other_num_at_risk=54),
)
LAY_TERMS = {"pyrexia": "fever", "cough": "Cough"}


def event(term: str, *counts: tuple[int | None, int | None], organ: str | None = None) -> AdverseEvent:
    return AdverseEvent(
        term=term,
        organ_system=organ,
        counts=tuple(
            EventCount(group_id=f"EG00{index}", num_affected=affected, num_at_risk=at_risk)
            for index, (affected, at_risk) in enumerate(counts)
        ),
    )


MIXED = AdverseEvents(
    event_groups=GROUPS,
    serious_events=(event("Pyrexia", (0, 50), (3, 54)), event("Sepsis", (1, 50), (0, 54))),
    other_events=(
        event("Pyrexia", (5, 50), (43, 54), organ="General <disorders>"),
        event("Cough", (1, 300), (1, 300)),
        event("Rash", (None, 0), (None, 0)),
        event("Odd", (9, 5), (9, 5)),
        event("Pyrexia", (5, 50), (2, 54)),
    ),
    frequency_threshold=5.0,
)
NOTHING = AdverseEvents(event_groups=GROUPS)
NO_GROUPS = AdverseEvents()
ONE_UNSORTED = AdverseEvents(
    event_groups=GROUPS[:1],
    unsorted_events=(event("A very long made-up name of a health problem that breaks & wraps", (50, 50)),),
    not_available=("Chemotherapy",),
)
MANY = AdverseEvents(
    event_groups=GROUPS,
    other_events=tuple(event(f"Made-up {n:03}", (n, 400), (400 - n, 400)) for n in range(250)),
)


@pytest.mark.parametrize("events", [MIXED, NOTHING, ONE_UNSORTED, MANY])
def test_plotly_accepts_every_filled_figure(events: AdverseEvents) -> None:
    data = chart_data(TEMPLATE, events, (), LAY_TERMS)
    go.Figure(data["figure"])
    pair = events.event_groups[0], events.event_groups[-1]
    go.Figure(two_group_figure(json.loads(TEMPLATE), events, pair, LAY_TERMS))


def test_record_without_groups_has_no_figure() -> None:
    data = chart_data(TEMPLATE, NO_GROUPS, (), {})
    assert (data["figure"], data["groups"], data["default_groups"], data["rows"]) == (None, [], [], [])


def roles(figure: dict[str, Any]) -> dict[str, Any]:
    return {trace["meta"]["role"]: trace for trace in figure["data"]}


def test_figure_has_one_place_for_each_row_of_the_first_group() -> None:
    data = chart_data(TEMPLATE, MIXED, ("EG001", "EG000"), LAY_TERMS)
    traces = roles(data["figure"])
    assert list(traces) == ["track", "first", "counts", "names"]
    assert traces["names"]["text"] == [
        "Fever (Pyrexia)",
        "Fever (Pyrexia, serious)",
        "Fever (Pyrexia)",
        "Cough",
        "Odd",
        "Rash",
    ]
    assert traces["names"]["y"] == [10, 56, 102, 148, 194, 240]
    assert traces["first"]["y"] == traces["track"]["y"] == [26, 72, 118, 164, 210, 256]
    assert traces["first"]["x"] == [79.63, 5.56, 3.7, 0.33, None, None]
    assert traces["track"]["x"] == [100, 100, 100, 100, None, None]
    assert traces["counts"]["text"] == [
        "  43 of 54 (80 %)",
        "  3 of 54 (6 %)",
        "  2 of 54 (4 %)",
        "  1 of 300 (<1 %)",
        "  9 of 5 (counts do not agree)",
        "  not reported",
    ]
    assert traces["first"]["customdata"][0] == (
        "Fever (Pyrexia)<br>Drug A<br>43 of 54 (80 %)<br>About 80 in 100"
        "<br>Likely between 67 and 88 in 100<br>General &lt;disorders&gt;"
    )
    assert traces["first"]["customdata"][5] == "Rash<br>Drug A<br>not reported"


def test_long_name_takes_lines_and_moves_the_rows_below() -> None:
    long = AdverseEvents(
        event_groups=GROUPS[:1], other_events=(event(" ".join(["word"] * 40), (50, 50)), event("B", (1, 50)))
    )
    figure = chart_data(TEMPLATE, long, (), {})["figure"]
    traces = roles(figure)
    assert [len(line) for line in traces["names"]["text"]] == [74, 74, 49, 1]
    assert traces["names"]["y"] == [10, 30, 50, 96]
    assert traces["first"]["y"] == [66, 112]
    assert figure["layout"]["yaxis"]["range"] == [132, 0]
    assert figure["layout"]["height"] == 132 + 30 + 8


def test_axis_is_fixed_from_0_to_100_and_the_figure_has_no_title() -> None:
    layout = chart_data(TEMPLATE, MIXED, (), LAY_TERMS)["figure"]["layout"]
    assert layout["xaxis"]["range"] == [0, 100]
    assert layout["xaxis"]["fixedrange"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert "title" not in layout


def test_rows_and_groups_are_those_of_the_record() -> None:
    data = chart_data(TEMPLATE, MIXED, (), LAY_TERMS, treatment_keys=("drug a",))
    assert data["default_groups"] == [1, 0]
    assert [group["id"] for group in data["groups"]] == ["EG000", "EG001"]
    assert [group["num_at_risk"] for group in data["groups"]] == [None, None]
    assert [row["kind"] for row in data["rows"]] == ["serious"] * 2 + ["other"] * 5
    assert data["rows"][0] == {
        "kind": "serious",
        "term": "Pyrexia",
        "lay_term": "fever",
        "organ_system": None,
        "assessment": None,
        "counts": [[0, 50], [3, 54]],
    }
    assert data["rows"][3]["lay_term"] is None
    assert data["rows"][4]["counts"] == [[None, 0], [None, 0]]


def test_editors_groups_are_the_only_ones_and_the_first_is_shown_first() -> None:
    data = chart_data(TEMPLATE, MIXED, ("EG001",), LAY_TERMS)
    assert [group["id"] for group in data["groups"]] == ["EG001"]
    assert data["default_groups"] == [0]
    assert data["rows"][0]["counts"] == [[3, 54]]


def test_two_groups_are_paired_in_the_first_ones_order() -> None:
    figure = two_group_figure(json.loads(TEMPLATE), MIXED, (GROUPS[1], GROUPS[0]), LAY_TERMS)
    traces = roles(figure)
    first, second = traces["first"], traces["second"]
    assert (first["name"], second["name"]) == ("Drug A", "Placebo &lt;b&gt;")
    assert len(first["y"]) == len(second["y"]) == 7
    assert [two - one for one, two in zip(first["y"], second["y"], strict=True)] == [18] * 7
    assert first["x"][:2] == [79.63, 5.56]
    assert second["x"][:2] == [10, 0]
    assert figure["data"][4]["text"][1] == "  0 of 50 (0 %)"
    assert figure["layout"]["barmode"] == "overlay"


def test_first_figure_draws_a_bounded_number_of_rows_and_the_data_hold_all() -> None:
    data = chart_data(TEMPLATE, MANY, (), {})
    assert len(roles(data["figure"])["names"]["text"]) == ROWS_IN_FIRST_FIGURE
    assert len(data["rows"]) == 250


def test_filling_leaves_the_template_alone_and_is_the_same_each_time() -> None:
    template = json.loads(TEMPLATE)
    before = json.dumps(template)
    two_group_figure(template, MIXED, (GROUPS[0], GROUPS[1]), LAY_TERMS)
    assert json.dumps(template) == before
    assert chart_data(TEMPLATE, MIXED, (), LAY_TERMS) == chart_data(TEMPLATE, MIXED, (), LAY_TERMS)
    assert figure_template() == TEMPLATE


def luminance(color: str) -> float:
    channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("color", [FIRST_COLOR, SECOND_COLOR])
@pytest.mark.parametrize("background", ["#ffffff", "#16191d"])
def test_bars_stand_out_from_light_and_dark_backgrounds(color: str, background: str) -> None:
    assert contrast(color, background) >= 3


def test_group_has_the_number_that_all_its_rows_share() -> None:
    group = EventGroup(
        id="EG000", title="Drug A", serious_num_at_risk=265, other_num_at_risk=265, deaths_num_at_risk=268
    )
    events = AdverseEvents(
        event_groups=(group,),
        serious_events=(event("Sepsis", (3, None)),),
        other_events=(event("Rash", (1, 265)),),
    )
    assert chart_data(TEMPLATE, events, (), {})["groups"][0]["num_at_risk"] == 265


def test_medical_term_that_the_plain_words_hold_is_not_said_again() -> None:
    events = AdverseEvents(event_groups=GROUPS[:1], other_events=(event("Nausea", (5, 50)),))
    figure = chart_data(TEMPLATE, events, (), {"nausea": "feeling sick (nausea)"})["figure"]
    assert roles(figure)["names"]["text"] == ["Feeling sick (nausea)"]


def test_hover_uses_no_markup_that_sets_a_style_attribute() -> None:
    traces: dict[str, Any] = json.loads(TEMPLATE)["traces"]
    assert all("<b>" not in trace.get("hovertemplate", "") for trace in traces.values())
