"""The data of the adverse-event explorer: one Plotly figure template, and the rows of a trial as columns.

Plotly's Python package makes and checks the template; the browser fills it, so that a page costs nothing
to draw here. Every bar stands in a track from 0 to 100, its name above it and its count at the end. What
is not reported has words and neither bar nor track. Nothing is added or pooled, here or there.
The format that the browser reads is `docs/adverse-events-data.md`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import EventRow, Tally, default_group, rows, shown_groups, tally
from trialpages.words.language import N_, _

FORMAT = 2
SIZES = {
    "font": 14,
    "line": 20,
    "bar": 12,
    "bar_gap": 6,
    "row_gap": 14,
    "axis": 30,
    "axis_title": 24,
    "edge": 8,
    "count_gap": 8,
}
"""Pixels: of text, a line of text, a bar, the gaps, the axis above and its title, the edges."""

ASKED = {
    "SYSTEMATIC_ASSESSMENT": N_("People were asked about it in a systematic way"),
    "NON_SYSTEMATIC_ASSESSMENT": N_("Noted as it came up"),
}
"""How a problem was found, where that differs from row to row."""

FIRST_COLOR = "#33809c"
SECOND_COLOR = "#b2691f"
THIRD_COLOR = "#7a5aa6"
_INK = "#767676"
_GRID = "rgba(122,127,133,0.3)"

Plain = dict[str, Any]
"""JSON as Python holds it: what Plotly's script reads."""


def figure_template() -> str:
    """Return the template as JSON: `traces` by role, the `layout`, and the `sizes` in pixels.

    This is the only function that needs plotly's Python package, which refuses unknown attributes.
    """
    import plotly.graph_objects as go

    traces = {
        "track": _bar(go, "track", _GRID, ""),
        "first": _bar(go, "first", FIRST_COLOR, ""),
        "second": _bar(go, "second", SECOND_COLOR, "/"),
        "third": _bar(go, "third", THIRD_COLOR, "."),
        "difference": _difference(go),
        "counts": _words(go, "counts"),
        "headings": _words(go, "headings"),
        "names": _words(go, "names"),
    }
    template = {
        "traces": {role: json.loads(trace.to_json()) for role, trace in traces.items()},
        "layout": _layout(go),
        "sizes": SIZES,
    }
    return json.dumps(template, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# No <b> in the words: Plotly would set a style attribute, which a strict security policy forbids.
_HOVER = {"hovertemplate": "%{customdata}<extra></extra>"}


def _bar(go: Any, role: str, color: str, pattern: str) -> Any:
    marker: Plain = {"color": color, "line": {"width": 0}}
    if pattern:
        marker["pattern"] = {"shape": pattern, "fillmode": "overlay", "size": 6, "solidity": 0.3}
    hover = {"hoverinfo": "skip"} if role == "track" else _HOVER
    return go.Bar(meta={"role": role}, orientation="h", width=SIZES["bar"], marker=marker, **hover)


def _difference(go: Any) -> Any:
    return go.Scatter(
        meta={"role": "difference"},
        mode="markers",
        marker={"color": FIRST_COLOR, "size": SIZES["bar"], "symbol": "diamond"},
        error_x={"type": "data", "symmetric": False, "thickness": 3, "width": 6, "color": FIRST_COLOR},
        cliponaxis=False,
        **_HOVER,
    )


def _words(go: Any, role: str) -> Any:
    return go.Scatter(
        meta={"role": role},
        mode="text",
        textposition="middle right",
        textfont={"color": _INK, "size": SIZES["font"]},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _layout(go: Any) -> Plain:
    edge = SIZES["edge"]
    layout = go.Layout(
        template="none",
        barmode="overlay",
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "system-ui, sans-serif", "size": SIZES["font"], "color": _INK},
        margin={"l": edge, "r": edge, "t": SIZES["axis"], "b": edge, "pad": 0},
        hoverlabel={"align": "left", "namelength": -1, "font": {"size": SIZES["font"]}},
        xaxis={
            "range": [0, 100],
            "side": "top",
            "tickvals": [0, 50, 100],
            "ticktext": ["0", "50", "100%"],
            "tickfont": {"size": SIZES["font"], "color": _INK},
            "title": {"text": "", "standoff": 4, "font": {"size": SIZES["font"], "color": _INK}},
            "fixedrange": True,
            "gridcolor": _GRID,
            "zeroline": False,
            "zerolinecolor": _INK,
            "zerolinewidth": 2,
        },
        yaxis={"visible": False, "fixedrange": True},
    )
    plain: Plain = json.loads(layout.to_json())
    # The template "none" says nothing that the script's own defaults do not say.
    plain.pop("template", None)
    return plain


def chart_data(
    template: str,
    adverse_events: AdverseEvents,
    group_ids: Sequence[str],
    lay_terms: Mapping[str, str],
    treatment_keys: Iterable[str] = (),
    *,
    source_trial: str = "",
) -> Plain:
    """Return the explorer's data for one trial: whose counts they are, the groups, and all rows as columns.

    `group_ids` are the groups to offer in their order, or none for all; when it is empty the group comes
    first that names one of `treatment_keys` (`names.treatment_key`). `lay_terms` are plain words by the
    term in small letters. `source_trial` is the trial in which the problems were counted.
    """
    groups = shown_groups(adverse_events, group_ids)
    first = groups[0] if group_ids and groups else default_group(groups, treatment_keys)
    every_row = rows(adverse_events)
    others = [place for place, group in enumerate(groups) if group is not first]
    return {
        "format": FORMAT,
        "source_trial": source_trial,
        "source": adverse_events.source,
        "template": json.loads(template),
        "groups": [_group(group, every_row) for group in groups],
        "default_groups": [groups.index(first), *others] if first else [],
        "rows": _columns(every_row, groups, lay_terms),
        "frequency_threshold": adverse_events.frequency_threshold,
        "time_frame": adverse_events.time_frame,
        "not_available": list(adverse_events.not_available),
    }


def _group(group: EventGroup, every_row: Iterable[EventRow]) -> Plain:
    return {
        "id": group.id,
        "title": group.title,
        "description": group.description,
        "num_at_risk": shared_num_at_risk(group, every_row),
        "serious_num_affected": group.serious_num_affected,
        "serious_num_at_risk": group.serious_num_at_risk,
        "deaths_num_affected": group.deaths_num_affected,
        "deaths_num_at_risk": group.deaths_num_at_risk,
    }


def shared_num_at_risk(group: EventGroup, every_row: Iterable[EventRow]) -> int | None:
    """Return the people at risk that all rows of a group share, or nothing when rows differ.

    Deaths are counted of people of their own, so the largest number of a group is no row's.
    """
    stated = {tally(row, group).num_at_risk for row in every_row} - {None, 0}
    return stated.pop() if len(stated) == 1 else None


def _columns(
    every_row: Sequence[EventRow], groups: Sequence[EventGroup], lay_terms: Mapping[str, str]
) -> Plain:
    """Return the rows as columns; a column in which no row says anything is left out."""
    tallies = [[tally(row, group) for row in every_row] for group in groups]
    columns: Plain = {
        "kinds": [[kind, len(list(same))] for kind, same in groupby(every_row, lambda row: row.kind)],
        "term": [row.event.term for row in every_row],
        "num_affected": [[of.num_affected for of in column] for column in tallies],
        "num_at_risk": [_at_risk(column) for column in tallies],
    }
    named: dict[str, Callable[[EventRow], str | None]] = {
        "lay_term": lambda row: lay_term(row, lay_terms),
        "organ_system": lambda row: row.event.organ_system,
        "assessment": lambda row: asked_text(row.event.assessment_type),
        "source_vocabulary": lambda row: row.event.source_vocabulary,
        "notes": lambda row: row.event.notes,
    }
    for name, of_row in named.items():
        values = [of_row(row) or None for row in every_row]
        if any(values):
            columns[name] = _dictionary(values)
    return columns


def asked_text(assessment: str | None) -> str:
    """Return how a problem was found in words, nothing when the record does not say."""
    return _(ASKED[assessment]) if assessment in ASKED else ""


def _at_risk(column: Sequence[Tally]) -> int | list[int | None] | None:
    """Return a group's numbers at risk row by row, or the one number that all rows share."""
    stated = [of.num_at_risk for of in column]
    return stated[0] if len(set(stated)) == 1 else stated


def _dictionary(values: Sequence[str | None]) -> Plain:
    """Return a column as its different values and the place of each row's among them, null for none."""
    places: dict[str, int] = {}
    at = [None if value is None else places.setdefault(value, len(places)) for value in values]
    return {"values": list(places), "at": at}


def lay_term(row: EventRow, lay_terms: Mapping[str, str]) -> str | None:
    """Return the plain words for a row's term, or nothing when there are none or they are the same."""
    term = row.event.term.strip().casefold()
    plain = lay_terms.get(term)
    return plain if plain is not None and plain.casefold() != term else None
