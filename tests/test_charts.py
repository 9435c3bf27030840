from __future__ import annotations

import json
from typing import Any

import pytest

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventCount, EventGroup
from trialpages.site.charts import (
    FIRST_COLOR,
    SECOND_COLOR,
    THIRD_COLOR,
    chart_data,
    figure_template,
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


def test_record_without_groups_has_no_rows() -> None:
    data = chart_data(TEMPLATE, NO_GROUPS, (), {})
    assert (data["groups"], data["default_groups"]) == ([], [])
    assert data["rows"] == {"kinds": [], "term": [], "num_affected": [], "num_at_risk": []}


def test_axis_is_fixed_from_0_to_100_and_the_figure_has_no_title() -> None:
    layout = json.loads(TEMPLATE)["layout"]
    assert layout["xaxis"]["range"] == [0, 100]
    assert layout["xaxis"]["fixedrange"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert "title" not in layout


def test_rows_are_columns_in_the_records_order() -> None:
    data = chart_data(TEMPLATE, MIXED, (), LAY_TERMS, treatment_keys=("drug a",), source_trial="NCT00000009")
    assert (data["format"], data["source_trial"], data["source"]) == (2, "NCT00000009", None)
    assert data["default_groups"] == [1, 0]
    assert [group["id"] for group in data["groups"]] == ["EG000", "EG001"]
    assert [group["num_at_risk"] for group in data["groups"]] == [None, None]
    assert data["rows"] == {
        "kinds": [["serious", 2], ["other", 5]],
        "term": ["Pyrexia", "Sepsis", "Pyrexia", "Cough", "Rash", "Odd", "Pyrexia"],
        "num_affected": [[0, 1, 5, 1, None, 9, 5], [3, 0, 43, 1, None, 9, 2]],
        "num_at_risk": [[50, 50, 50, 300, 0, 5, 50], [54, 54, 54, 300, 0, 5, 54]],
        "lay_term": {"values": ["fever"], "at": [0, None, 0, None, None, None, 0]},
        "organ_system": {
            "values": ["General <disorders>"],
            "at": [None, None, 0, None, None, None, None],
        },
    }


def test_a_number_at_risk_that_all_rows_share_is_said_once() -> None:
    rows = chart_data(TEMPLATE, MANY, (), {})["rows"]
    assert rows["num_at_risk"] == [400, 400]
    assert rows["kinds"] == [["other", 250]]
    assert "lay_term" not in rows and "organ_system" not in rows


def test_editors_groups_are_the_only_ones_and_the_first_is_shown_first() -> None:
    data = chart_data(TEMPLATE, MIXED, ("EG001",), LAY_TERMS)
    assert [group["id"] for group in data["groups"]] == ["EG001"]
    assert data["default_groups"] == [0]
    assert data["rows"]["num_affected"] == [[3, 0, 43, 1, None, 9, 2]]


def test_data_are_the_same_each_time() -> None:
    assert chart_data(TEMPLATE, MIXED, (), LAY_TERMS) == chart_data(TEMPLATE, MIXED, (), LAY_TERMS)
    assert figure_template() == TEMPLATE


def luminance(color: str) -> float:
    channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("color", [FIRST_COLOR, SECOND_COLOR, THIRD_COLOR])
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


def test_hover_uses_no_markup_that_sets_a_style_attribute() -> None:
    traces: dict[str, Any] = json.loads(TEMPLATE)["traces"]
    assert all("<b>" not in trace.get("hovertemplate", "") for trace in traces.values())
