"""The browser's scripts and the Python that publishes a chart fill the one template in the same way."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from browser.tools import PROJECT, program
from test_charts import GROUPS, LAY_TERMS, MANY, MIXED, NOTHING, ONE_UNSORTED, TEMPLATE, event

from trialpages.model.adverse_event_records import AdverseEvents
from trialpages.site.charts import ROWS_IN_FIRST_FIGURE, chart_data, two_group_figure

FILL = """
import { shownRows } from "./assets/js/event-rows.js";
import { figure } from "./assets/js/event-figure.js";
import { readFileSync } from "node:fs";
const { data, chosen, limit } = JSON.parse(readFileSync(0, "utf-8"));
const titles = chosen.map((place) => data.groups[place].title);
const rows = shownRows(data, chosen).slice(0, limit);
console.log(JSON.stringify(figure(data.template, rows, titles, 640, (text) => 8 * text.length)));
"""
EVERY_SHARE = AdverseEvents(
    event_groups=GROUPS,
    other_events=(
        *(
            event(f"Made-up {affected} of {at_risk}", (affected, at_risk), (at_risk - affected, at_risk))
            for at_risk in (1, 2, 7, 54, 200, 1001)
            for affected in sorted({0, 1, at_risk // 8, at_risk // 2, at_risk - 1, at_risk})
        ),
        event("nobody of unknown", (0, None), (0, None)),
        event("not said", (None, None), (3, 50)),
    ),
)


def filled_by_the_script(data: dict[str, Any], chosen: list[int]) -> Any:
    given = json.dumps({"data": data, "chosen": chosen, "limit": ROWS_IN_FIRST_FIGURE})
    command = [program("node"), "--input-type=module", "--eval", FILL]
    ran = subprocess.run(command, cwd=PROJECT, input=given, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("events", [MIXED, NOTHING, ONE_UNSORTED, MANY, EVERY_SHARE])
def test_published_figure_is_the_one_that_the_browser_draws(events: AdverseEvents) -> None:
    data = chart_data(TEMPLATE, events, (), LAY_TERMS)
    assert filled_by_the_script(data, data["default_groups"][:1]) == data["figure"]


@pytest.mark.parametrize("events", [MIXED, MANY, EVERY_SHARE])
def test_two_groups_are_paired_alike(events: AdverseEvents) -> None:
    data = chart_data(TEMPLATE, events, ("EG000", "EG001"), LAY_TERMS)
    pair = two_group_figure(json.loads(TEMPLATE), events, (GROUPS[1], GROUPS[0]), LAY_TERMS)
    assert filled_by_the_script(data, [1, 0]) == pair
