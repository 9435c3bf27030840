"""The adverse-event chart: one Plotly figure template, and filling it for a trial as plain data.

Plotly's Python package makes and checks the template once; every page is filled without it, which is
some hundred times quicker than a `go.Figure` for each. The browser fills the same template, so that the
two never disagree. Every bar stands in a track from 0 to 100, its name above it and its count at the
end. The vertical axis counts pixels from the top, so that a long name may take two lines. What is not
reported has words and neither bar nor track. Nothing is added or pooled.
The format that the browser reads is `docs/adverse-events-data.md`.
"""

from __future__ import annotations

import copy
import html
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import (
    SERIOUS,
    EventRow,
    Tally,
    count_text,
    default_group,
    group_rows,
    paired_rows,
    rows,
    shown_groups,
    tally,
)
from trialpages.model.intervals import about_in_100, likely_range
from trialpages.model.labels import ASSESSMENT_LABELS, label
from trialpages.model.names import words_of
from trialpages.words.fields import record

FORMAT = 1
ROWS_IN_FIRST_FIGURE = 100
"""Rows that the first figure draws; the browser draws the others when the reader asks."""
WIDTH = 640
"""Pixels of the first figure; the browser fills the figure again for its own width."""
CHARACTER = 8
"""Pixels that a character is taken to be wide where nothing can measure it."""
SIZES = {
    "font": 14,
    "line": 20,
    "bar": 12,
    "bar_gap": 6,
    "row_gap": 14,
    "axis": 30,
    "edge": 8,
    "count_gap": 8,
}
"""Pixels: of text, a line of text, a bar, the gaps, the axis above, the edges."""

FIRST_COLOR = "#33809c"
SECOND_COLOR = "#b2691f"
_INK = "#767676"
_GRID = "rgba(122,127,133,0.3)"

Plain = dict[str, Any]
"""JSON as Python holds it: what Plotly's script reads."""


@record
class DrawnRow:
    """A row with its people in each of the groups that are drawn, one or two."""

    row: EventRow
    tallies: tuple[Tally, ...]


def figure_template() -> str:
    """Return the template as JSON: `traces` by role, the `layout`, and the `sizes` in pixels.

    This is the only function that needs plotly's Python package, which refuses unknown attributes.
    """
    import plotly.graph_objects as go

    traces = {
        "track": _bar(go, "track", _GRID, ""),
        "first": _bar(go, "first", FIRST_COLOR, ""),
        "second": _bar(go, "second", SECOND_COLOR, "/"),
        "counts": _words(go, "counts"),
        "names": _words(go, "names"),
    }
    template = {
        "traces": {role: json.loads(trace.to_json()) for role, trace in traces.items()},
        "layout": _layout(go),
        "sizes": SIZES,
    }
    return json.dumps(template, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _bar(go: Any, role: str, color: str, pattern: str) -> Any:
    marker: Plain = {"color": color, "line": {"width": 0}}
    if pattern:
        marker["pattern"] = {"shape": pattern, "fillmode": "overlay", "size": 6, "solidity": 0.3}
    # No <b> in the words: Plotly would set a style attribute, which a strict security policy forbids.
    hover = {"hoverinfo": "skip"} if role == "track" else {"hovertemplate": "%{customdata}<extra></extra>"}
    return go.Bar(meta={"role": role}, orientation="h", width=SIZES["bar"], marker=marker, **hover)


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
            "ticktext": ["0", "50", "100 %"],
            "tickfont": {"size": SIZES["font"], "color": _INK},
            "fixedrange": True,
            "gridcolor": _GRID,
            "zeroline": False,
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
) -> Plain:
    """Return the chart's data for one trial: the first figure, the groups and all rows as columns.

    `group_ids` are the groups to offer in their order, or none for all; when it is empty the first
    figure shows the group that names one of `treatment_keys` (`names.treatment_key`). `lay_terms` are
    plain words by the term in small letters.
    """
    groups = shown_groups(adverse_events, group_ids)
    first = groups[0] if group_ids and groups else default_group(groups, treatment_keys)
    plain = json.loads(template)
    every_row = rows(adverse_events)
    others = [place for place, group in enumerate(groups) if group is not first]
    return {
        "format": FORMAT,
        "figure": one_group_figure(plain, adverse_events, first, lay_terms) if first else None,
        "template": plain,
        "groups": [_group(group, every_row) for group in groups],
        "default_groups": [groups.index(first), *others] if first else [],
        "rows": [_row(row, groups, lay_terms) for row in every_row],
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
    """Fill the template for one group, most frequent first."""
    shown = group_rows(adverse_events, group)[:limit]
    drawn = [DrawnRow(row=item.row, tallies=(item.tally,)) for item in shown]
    return _fill(template, drawn, (group.title,), lay_terms)


def two_group_figure(
    template: Plain,
    adverse_events: AdverseEvents,
    pair: tuple[EventGroup, EventGroup],
    lay_terms: Mapping[str, str],
    limit: int = ROWS_IN_FIRST_FIGURE,
) -> Plain:
    """Fill the template for two groups: paired bars in the first group's order."""
    shown = paired_rows(adverse_events, *pair)[:limit]
    drawn = [DrawnRow(row=item.row, tallies=(item.first, item.second)) for item in shown]
    return _fill(template, drawn, (pair[0].title, pair[1].title), lay_terms)


def _fill(
    template: Plain, drawn: Sequence[DrawnRow], titles: Sequence[str], lay_terms: Mapping[str, str]
) -> Plain:
    traces, layout, sizes = template["traces"], copy.deepcopy(template["layout"]), template["sizes"]
    labels = [axis_label(item.row, lay_terms) for item in drawn]
    lines, bars, inner = _places(labels, len(titles), sizes, WIDTH - 2 * sizes["edge"])
    shares = [[_percent(of) for of in item.tallies] for item in drawn]
    counts = [[count_text(of.num_affected, of.num_at_risk) for of in item.tallies] for item in drawn]
    whole = [None if share is None else 100 for row in shares for share in row]
    data = [traces["track"] | {"x": whole, "y": [place for row in bars for place in row]}]
    for index, title in enumerate(titles):
        y = [row[index] for row in bars]
        words = [_hover(item, index, title, lay_terms) for item in drawn]
        name = _escaped(_capital(title))
        own = {"name": name, "x": [row[index] for row in shares], "y": y, "customdata": words}
        data.append(traces[("first", "second")[index]] | own)
        text = [f"  {row[index]}" for row in counts]
        data.append(traces["counts"] | {"x": [100] * len(y), "y": y, "text": text})
    text = [_escaped(line) for line, _ in lines]
    data.append(traces["names"] | {"x": [0] * len(lines), "y": [place for _, place in lines], "text": text})
    widest = max((len(count) * CHARACTER for row in counts for count in row), default=0)
    layout["margin"]["r"] = min(widest + sizes["count_gap"] + sizes["edge"], math.floor(WIDTH * 0.55))
    layout["yaxis"]["range"] = [inner, 0]
    return {
        "data": data,
        "layout": layout | {"width": WIDTH, "height": inner + sizes["axis"] + sizes["edge"]},
    }


def _places(
    labels: Sequence[str], bars_in_row: int, sizes: Mapping[str, int], room: int
) -> tuple[list[tuple[str, float]], list[list[float]], int]:
    """Return the lines of the names and the bars of each row with their middles, and the height, in pixels."""
    lines: list[tuple[str, float]] = []
    bars: list[list[float]] = []
    y = 0
    step = sizes["bar"] + sizes["bar_gap"]
    for words in labels:
        for line in _wrapped(words, room):
            lines.append((line, y + sizes["line"] / 2))
            y += sizes["line"]
        bars.append([y + sizes["bar"] / 2 + index * step for index in range(bars_in_row)])
        y += bars_in_row * step - sizes["bar_gap"] + sizes["row_gap"]
    return lines, bars, y


def _wrapped(words: str, room: int) -> list[str]:
    """Break a text into lines of at most `room` pixels; a longer word stays whole."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and len(longer) * CHARACTER <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def axis_label(row: EventRow, lay_terms: Mapping[str, str]) -> str:
    """Return a row's name: the plain words, with the medical term and `serious` in brackets behind them.

    A medical term that the plain words already hold is not said again.
    """
    plain = lay_term(row, lay_terms)
    is_held = plain is not None and _spoken(row.event.term) in _spoken(plain)
    detail = [row.event.term if plain and not is_held else "", SERIOUS if row.kind == SERIOUS else ""]
    behind = ", ".join(part for part in detail if part)
    return _capital(plain or row.event.term) + (f" ({behind})" if behind else "")


def _spoken(text: str) -> str:
    """Return a text's words between spaces, British and American spellings alike."""
    return f" {words_of(text)} ".replace("ae", "e").replace("oe", "e")


def _hover(item: DrawnRow, index: int, title: str, lay_terms: Mapping[str, str]) -> str:
    """Return what a bar says when it is pointed at, in Plotly's markup."""
    of = item.tallies[index]
    parts = [axis_label(item.row, lay_terms), _capital(title), count_text(of.num_affected, of.num_at_risk)]
    if of.is_reported and of.num_affected is not None and of.num_at_risk is not None:
        parts.append(_capital(about_in_100(of.num_affected, of.num_at_risk)))
        parts.append(_capital(likely_range(of.num_affected, of.num_at_risk)))
    if item.row.event.organ_system:
        parts.append(item.row.event.organ_system)
    return "<br>".join(_escaped(part) for part in parts)


def _percent(of: Tally) -> float | None:
    return None if of.share is None else math.floor(10_000 * of.share + 0.5) / 100


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _escaped(text: str) -> str:
    """Escape what Plotly would read as markup."""
    return html.escape(text, quote=False)
