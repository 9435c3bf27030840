"""The browser's modules say of the same counts what the Python that makes the tables says.

The same counts go through both: words, percentages, intervals, differences and the order of rows. Plotly's
Python package, which refuses unknown attributes, checks every figure that the browser's module fills.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

import plotly.graph_objects as go
import pytest
from browser.tools import PROJECT, program
from test_charts import GROUPS, LAY_TERMS, MANY, MIXED, ONE_UNSORTED, TEMPLATE

from trialpages.model.adverse_event_records import AdverseEvents
from trialpages.model.adverse_events import count_text, group_rows, paired_rows
from trialpages.model.intervals import about_in_100, difference_in_words, likely_range, newcombe, wilson
from trialpages.site.charts import chart_data

COUNTS = [
    (affected, at_risk)
    for at_risk in (1, 2, 7, 8, 54, 200, 300, 1001, 20000)
    for affected in sorted({0, 1, at_risk // 8, at_risk // 2, 43 * at_risk // 54, at_risk - 1, at_risk})
]
VECTORS = [((232, 405), (103, 202)), ((43, 54), (5, 50)), ((5, 50), (43, 54)), ((0, 54), (0, 50))]
PAIRS = [*VECTORS, *zip(COUNTS, reversed(COUNTS), strict=True)]

WORDS = """
import { newcombe, wilson } from "./assets/js/event-numbers.js";
import { aboutInHundred, countText, differenceInWords, likelyRange } from "./assets/js/event-words.js";
const words = (count) => [countText(count), aboutInHundred(...count), likelyRange(...count), wilson(...count)];
const differences = given.pairs.map((pair) => newcombe(...pair));
say({ counts: given.counts.map(words), odd: given.odd.map(countText), differences, sentences: differences.map(differenceInWords) });
"""
ROWS = """
import { readEvents } from "./assets/js/event-data.js";
import { foundRows } from "./assets/js/event-filter.js";
import { figure } from "./assets/js/event-figure.js";
import { changed, choicesOf, initial } from "./assets/js/event-state.js";
const events = readEvents(given.data);
const state = changed(initial(given.groups), given.change, events, choicesOf(events));
const rows = foundRows(events, state);
const drawing = { rows, titles: state.groups.map((place) => events.groups[place].title), isDifference: state.mode === "difference", zoom: state.zoom, systems: state.sort === "system" };
say({ positions: rows.map(({ row }) => row.position), figure: figure(events.template, drawing, { width: 640, measure: (text) => 8 * text.length }) });
"""


def told_by_the_browser(script: str, given: dict[str, Any]) -> Any:
    say = """
import { readFileSync } from "node:fs";
const given = JSON.parse(readFileSync(0, "utf-8"));
const say = (answer) => console.log(JSON.stringify(answer));
"""
    command = [program("node"), "--input-type=module", "--eval", say + script]
    ran = subprocess.run(
        command, cwd=PROJECT, input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_counts_and_differences_have_the_same_words_and_numbers() -> None:
    odd = [(3, 0), (None, 54), (9, 5)]
    told = told_by_the_browser(WORDS, {"counts": COUNTS, "pairs": PAIRS, "odd": odd})
    for count, (text, about, likely, interval) in zip(COUNTS, told["counts"], strict=True):
        assert (text, about, likely) == (count_text(*count), about_in_100(*count), likely_range(*count))
        assert interval == pytest.approx([wilson(*count).low, wilson(*count).high])
    assert told["odd"] == [count_text(*count) for count in odd]
    for pair, found, words in zip(PAIRS, told["differences"], told["sentences"], strict=True):
        expected = newcombe(*pair)
        assert [found["value"], found["low"], found["high"]] == pytest.approx(
            [expected.value, expected.low, expected.high]
        )
        assert words == difference_in_words(expected)
    assert told["sentences"][0] == "6 more in 100; likely between 2 fewer and 15 more; this could be chance"


@pytest.mark.parametrize("events", [MIXED, ONE_UNSORTED, MANY])
def test_one_group_has_the_rows_of_the_table_in_its_order(events: AdverseEvents) -> None:
    data = chart_data(TEMPLATE, events, (), LAY_TERMS)
    group = events.event_groups[-1]
    told = told_by_the_browser(
        ROWS, {"data": data, "groups": [len(events.event_groups) - 1], "change": {"min": 0}}
    )
    assert told["positions"] == [item.row.position for item in group_rows(events, group)]


def test_two_groups_have_the_rows_of_the_table_in_its_order() -> None:
    data = chart_data(TEMPLATE, MIXED, (), LAY_TERMS)
    told = told_by_the_browser(ROWS, {"data": data, "groups": [1, 0], "change": {}})
    pairs = paired_rows(MIXED, GROUPS[1], GROUPS[0])
    assert told["positions"] == [pair.row.position for pair in pairs]


@pytest.mark.parametrize("change", [{}, {"mode": "difference"}, {"zoom": True, "sort": "system"}])
def test_plotly_accepts_every_filled_figure(change: dict[str, Any]) -> None:
    data = chart_data(TEMPLATE, MIXED, (), LAY_TERMS)
    drawn = told_by_the_browser(ROWS, {"data": data, "groups": [1, 0], "change": change})["figure"]
    figure = go.Figure({"data": drawn["data"], "layout": drawn["layout"]})
    names = next(trace for trace in figure.data if trace.meta["role"] == "names")
    assert "Fever (Pyrexia, serious)" in names.text


def test_the_scale_is_whole_unless_the_reader_cuts_it_and_then_it_says_so() -> None:
    data = chart_data(TEMPLATE, MIXED, (), LAY_TERMS)

    def scale(change: dict[str, Any]) -> tuple[list[int], str]:
        told = told_by_the_browser(ROWS, {"data": data, "groups": [1, 0], "change": change})
        axis = told["figure"]["layout"]["xaxis"]
        return axis["range"], axis["title"]["text"]

    assert scale({}) == ([0, 100], "")
    assert scale({"zoom": True}) == ([0, 80], "The scale ends at 80%, not at 100%")
    assert scale({"mode": "difference"}) == ([-100, 100], "")
    assert scale({"mode": "difference", "zoom": True}) == (
        [-20, 80],
        "The scale goes from 20 fewer to 80 more, not from 100 fewer to 100 more",
    )
