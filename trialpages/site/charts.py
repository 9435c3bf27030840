"""The adverse-event chart: one Plotly figure template, and filling it for a trial as plain data.

Plotly's Python package makes and checks the template once; every page is filled without it, which is
some hundred times quicker than a `go.Figure` for each. Bars are horizontal on a fixed axis from 0 to
100, and each carries its count as text. A row that is not reported has text and no bar. Problems keep
their places as numbers on the axis, so that two rows of one name stay two. Nothing is added or pooled.
The format that the browser reads is `docs/adverse-events-data.md`.
"""

from __future__ import annotations

import html
import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import (
    EventRow,
    Tally,
    count_text,
    default_group,
    group_at_risk,
    group_rows,
    paired_rows,
    rows,
    shown_groups,
    tally,
)
from trialpages.model.intervals import about_in_100, likely_range
from trialpages.model.labels import ASSESSMENT_LABELS, KIND_LABELS, label

FORMAT = 1
ROW_HEIGHT = 28
"""Pixels for one row with one bar."""
PAIR_HEIGHT = 44
"""Pixels for one row with two bars."""
ROWS_IN_FIRST_FIGURE = 100
"""Rows that the first figure draws; the browser draws the others when the reader asks."""
LABEL_WIDTH = 26
"""Characters after which a label breaks."""

SERIOUS_COLOR = "#b5524a"
FIRST_COLOR = "#33809c"
SECOND_COLOR = "#b2691f"
_INK = "#767676"
_KIND_OF_TRACE = {"serious": "serious", "other": "other", "": "unsorted"}

Plain = dict[str, Any]
"""JSON as Python holds it: what Plotly's script reads."""

# No <b> in it: Plotly would set a style attribute, which a strict security policy forbids.
_HOVER = (
    "%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}<br>"
    "%{customdata[4]}<br>%{customdata[5]}<br>%{customdata[6]}"
)


def figure_template() -> str:
    """Return the template as JSON: `traces` by role, and the `layouts` for one and for two groups.

    This is the only function that needs plotly's Python package, which refuses unknown attributes.
    """
    import plotly.graph_objects as go

    def bar(name: str, color: str, pattern: str, extra: str) -> Any:
        return go.Bar(
            name=name,
            orientation="h",
            x=[],
            y=[],
            text=[],
            customdata=[],
            textposition="outside",
            cliponaxis=False,
            hovertemplate=_HOVER + extra,
            marker={
                "color": color,
                "line": {"width": 0},
                "pattern": {"shape": pattern, "fillmode": "overlay", "size": 6, "solidity": 0.25},
            },
        )

    traces = {
        "serious": bar(KIND_LABELS["serious"], SERIOUS_COLOR, "/", "<extra></extra>"),
        "other": bar(KIND_LABELS["other"], FIRST_COLOR, "", "<extra></extra>"),
        "unsorted": bar(KIND_LABELS[""], FIRST_COLOR, "", "<extra></extra>"),
        "first": bar("", FIRST_COLOR, "", "<extra>%{fullData.name}</extra>"),
        "second": bar("", SECOND_COLOR, "/", "<extra>%{fullData.name}</extra>"),
    }
    template = {
        "traces": {role: json.loads(trace.to_json()) for role, trace in traces.items()},
        "layouts": {
            "one": _layout(go, {"barmode": "overlay", "bargap": 0.35, "showlegend": False}),
            "two": _layout(go, {"barmode": "group", "bargap": 0.25, "bargroupgap": 0.05, "showlegend": True}),
        },
    }
    return json.dumps(template, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _layout(go: Any, own: Plain) -> Any:
    layout = go.Layout(
        template="none",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "system-ui, sans-serif", "size": 14, "color": _INK},
        margin={"l": 8, "r": 128, "t": 36, "b": 8, "pad": 6},
        hovermode="closest",
        hoverlabel={"align": "left", "namelength": -1},
        dragmode=False,
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "bottom",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        xaxis={
            "range": [0, 100],
            "tickvals": [0, 20, 40, 60, 80, 100],
            "ticksuffix": " %",
            "side": "top",
            "fixedrange": True,
            "gridcolor": "rgba(122,127,133,0.3)",
            "zeroline": False,
        },
        yaxis={
            "automargin": True,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "tickmode": "array",
        },
        **own,
    )
    plain = json.loads(layout.to_json())
    # The template "none" says nothing that the script's own defaults do not say.
    plain.pop("template", None)
    return plain


def chart_data(
    template: str,
    adverse_events: AdverseEvents,
    group_ids: Sequence[str],
    lay_terms: Mapping[str, str],
    treatment_keys: Iterable[str] = (),
) -> Plain:
    """Return the chart's data for one trial: the first figure, the groups and all rows as columns.

    `group_ids` are the groups to offer in their order, or none for all; when it is empty the first
    figure shows the group that names one of `treatment_keys` (`names.treatment_key`). `lay_terms` are
    plain words by the term in small letters.
    """
    groups = shown_groups(adverse_events, group_ids)
    first = groups[0] if group_ids and groups else default_group(groups, treatment_keys)
    plain = json.loads(template)
    others = [place for place, group in enumerate(groups) if group is not first]
    return {
        "format": FORMAT,
        "figure": one_group_figure(plain, adverse_events, first, lay_terms) if first else None,
        "template": plain,
        "groups": [_group(group) for group in groups],
        "default_groups": [groups.index(first), *others] if first else [],
        "rows": [_row(row, groups, lay_terms) for row in rows(adverse_events)],
        "frequency_threshold": adverse_events.frequency_threshold,
        "time_frame": adverse_events.time_frame,
        "not_available": list(adverse_events.not_available),
    }


def _group(group: EventGroup) -> Plain:
    return {
        "id": group.id,
        "title": group.title,
        "description": group.description,
        "num_at_risk": group_at_risk(group),
        "serious_num_affected": group.serious_num_affected,
        "serious_num_at_risk": group.serious_num_at_risk,
        "deaths_num_affected": group.deaths_num_affected,
        "deaths_num_at_risk": group.deaths_num_at_risk,
    }


def _row(row: EventRow, groups: Sequence[EventGroup], lay_terms: Mapping[str, str]) -> Plain:
    return {
        "kind": row.kind,
        "term": row.event.term,
        "lay_term": lay_term(row, lay_terms),
        "organ_system": row.event.organ_system,
        "assessment": label(ASSESSMENT_LABELS, row.event.assessment_type),
        "counts": [_count(tally(row, group)) for group in groups],
    }


def _count(of: Tally) -> list[int | None] | None:
    """Return people affected and at risk, or nothing when the row says nothing of the group."""
    return None if of.num_affected is None and of.num_at_risk is None else [of.num_affected, of.num_at_risk]


def lay_term(row: EventRow, lay_terms: Mapping[str, str]) -> str | None:
    """Return the plain words for a row's term, or nothing when there are none or they are the same."""
    term = row.event.term.strip().casefold()
    plain = lay_terms.get(term)
    return plain if plain is not None and plain.casefold() != term else None


def one_group_figure(
    template: Plain,
    adverse_events: AdverseEvents,
    group: EventGroup,
    lay_terms: Mapping[str, str],
    limit: int = ROWS_IN_FIRST_FIGURE,
) -> Plain:
    """Fill the template for one group: one trace for each kind of problem, on one axis, most frequent first."""
    shown = group_rows(adverse_events, group)[:limit]
    traces = []
    for kind, role in _KIND_OF_TRACE.items():
        places = [place for place, item in enumerate(shown) if item.row.kind == kind]
        if places:
            bars = [(place, shown[place].row, shown[place].tally) for place in places]
            traces.append(_fill(template["traces"][role], role, bars, lay_terms))
    layout = _placed(template["layouts"]["one"], [item.row for item in shown], lay_terms, ROW_HEIGHT)
    return {"data": traces, "layout": layout}


def two_group_figure(
    template: Plain,
    adverse_events: AdverseEvents,
    pair: tuple[EventGroup, EventGroup],
    lay_terms: Mapping[str, str],
    limit: int = ROWS_IN_FIRST_FIGURE,
) -> Plain:
    """Fill the template for two groups: paired bars in the first group's order."""
    shown = paired_rows(adverse_events, *pair)[:limit]
    first = [(place, item.row, item.first) for place, item in enumerate(shown)]
    second = [(place, item.row, item.second) for place, item in enumerate(shown)]
    traces = [
        _fill(template["traces"]["first"], "first", first, lay_terms) | {"name": _escaped(pair[0].title)},
        _fill(template["traces"]["second"], "second", second, lay_terms) | {"name": _escaped(pair[1].title)},
    ]
    layout = _placed(template["layouts"]["two"], [item.row for item in shown], lay_terms, PAIR_HEIGHT)
    return {"data": traces, "layout": layout}


Bar = tuple[int, EventRow, Tally]
"""A bar's place on the axis, its row, and its people."""


def _fill(trace: Plain, role: str, bars: Sequence[Bar], lay_terms: Mapping[str, str]) -> Plain:
    return trace | {
        "meta": {"role": role},
        "x": [None if of.share is None else round(100 * of.share, 2) for _, _, of in bars],
        "y": [place for place, _, _ in bars],
        "text": [count_text(of.num_affected, of.num_at_risk) for _, _, of in bars],
        "customdata": [_custom_data(row, of, lay_terms) for _, row, of in bars],
    }


def _custom_data(row: EventRow, of: Tally, lay_terms: Mapping[str, str]) -> list[str]:
    """Return what the hover shows: plain words, medical term, count, words, range, kind, body system."""
    about = likely = ""
    if of.is_reported and of.num_affected is not None and of.num_at_risk is not None:
        about = about_in_100(of.num_affected, of.num_at_risk)
        likely = likely_range(of.num_affected, of.num_at_risk)
    return [
        _escaped(lay_term(row, lay_terms) or row.event.term),
        _escaped(row.event.term),
        count_text(of.num_affected, of.num_at_risk),
        about,
        likely,
        KIND_LABELS[row.kind],
        _escaped(row.event.organ_system or ""),
    ]


def _placed(layout: Plain, shown: Sequence[EventRow], lay_terms: Mapping[str, str], row_height: int) -> Plain:
    """Return a layout with one place for each row, from the top, high enough for all."""
    margin = layout["margin"]
    axis = layout["yaxis"] | {
        "range": [len(shown) - 0.5, -0.5],
        "tickvals": list(range(len(shown))),
        "ticktext": [axis_label(row, lay_terms) for row in shown],
    }
    height = row_height * len(shown) + margin["t"] + margin["b"]
    return layout | {"yaxis": axis, "height": max(height, 10 + margin["t"] + margin["b"])}


def axis_label(row: EventRow, lay_terms: Mapping[str, str]) -> str:
    """Return a row's label in Plotly's markup: plain words in short lines, and a mark when it is serious."""
    words = lay_term(row, lay_terms) or row.event.term
    marked = f"{words} (serious)" if row.kind == "serious" else words
    return "<br>".join(_escaped(line) for line in textwrap.wrap(marked, LABEL_WIDTH) or [""])


def _escaped(text: str) -> str:
    """Escape what Plotly would read as markup."""
    return html.escape(text, quote=False)
