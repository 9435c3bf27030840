"""Side effects: counted health problems as a headline, a table with bars, and a caption that says who was measured.

Serious and other problems are separate rows and are never added; groups are never pooled; what is
not reported is never zero. One group stands alone or two side by side; of more groups the one that
got the treatment has the bars and each other group has its own counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import (
    NOT_REPORTED,
    UNSORTED,
    CountedRow,
    EventRow,
    Tally,
    deaths,
    default_group,
    group_rows,
    paired_rows,
    percent_text,
    rows,
    serious_people,
    shown_groups,
)
from trialpages.model.names import treatment_key
from trialpages.model.titles import experimental_interventions
from trialpages.model.trial import Trial
from trialpages.pages.markup import plain_text, registry_html
from trialpages.pages.trial.event_finding import finding
from trialpages.pages.trial.event_rows import Naming, cell, named, naming_of, row_view
from trialpages.pages.trial.event_words import (
    Origin,
    borrowed,
    caption,
    group_texts,
    listed_people,
    meaning,
    nothing_listed,
    origin_of,
    rest_summary,
    table_title,
)
from trialpages.pages.trial.figures import DRAWN_PROBLEMS, problems_figure
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import capital, counted, joined, lower_first, number
from trialpages.pages.words import PlainWords
from trialpages.site.context import TrialContext

OPEN_ROWS = 10
PAIRED_GROUPS = 2
PRINTED_ROWS = 100
"""Folded rows that are printed too; more would fill pages."""
OTHER_GROUPS_ROWS = 1500
"""Rows of all other groups together that the page holds; beyond that each shows its most frequent ten."""

TableRow = tuple[EventRow, tuple[Tally, ...]]


def side_effects_view(
    trial: Trial, context: TrialContext, events: AdverseEvents | None, words: PlainWords
) -> View | None:
    """Return the section; nothing when the editors hide it or nothing was counted."""
    chosen = trial.side_effects
    if events is None or not events.event_groups or (chosen and not chosen.show):
        return None
    groups = groups_in_order(trial, context, events)
    shown = groups if len(groups) <= PAIRED_GROUPS else groups[:1]
    table_rows = _rows(events, shown)
    naming = naming_of(events, words)
    origin = origin_of(trial, context, events)
    others = groups[len(shown) :]
    return section(
        "side-effects",
        borrowed=borrowed(origin, chosen, has_own=_has_own(trial)),
        finding=finding(table_rows, shown[0], events, naming)
        if table_rows
        else nothing_listed(events, shown),
        meaning=meaning(events),
        headline=_headline(shown),
        group_texts=group_texts(shown),
        chart=bool(table_rows),
        table=_table(table_rows, shown, origin, events, naming),
        notes=_notes(events, table_rows, shown, origin),
        description=registry_html(events.description) if events.description else "",
        description_is_open=not any(True for _ in rows(events)),
        other_groups=_other_groups(events, others, naming),
        other_groups_heading=f"The {counted(len(others), 'other group')} of the study",
        downloads=_downloads(trial, origin.number if origin.url else None)
        if any(True for _ in rows(events))
        else [],
        figure=_figure(table_rows, shown[0], origin, naming),
    )


def _has_own(trial: Trial) -> bool:
    return trial.adverse_events is not None and bool(trial.adverse_events.event_groups)


def groups_in_order(trial: Trial, context: TrialContext, events: AdverseEvents) -> tuple[EventGroup, ...]:
    """Return the groups to show, the default one first: the editors' order, else the one that got the treatment."""
    chosen = trial.side_effects.groups if trial.side_effects else ()
    if not chosen and context.source_trial:
        chosen = context.source_trial.group_ids
    groups = shown_groups(events, chosen)
    if chosen:
        return groups
    names = [name for item in experimental_interventions(trial) for name in (item.name, *item.other_names)]
    first = default_group(groups, [treatment_key(name) for name in names])
    return tuple(sorted(groups, key=lambda group: group is not first))


def _rows(events: AdverseEvents, shown: Sequence[EventGroup]) -> list[TableRow]:
    if len(shown) == PAIRED_GROUPS:
        return [(pair.row, (pair.first, pair.second)) for pair in paired_rows(events, shown[0], shown[1])]
    return [(item.row, (item.tally,)) for item in group_rows(events, shown[0])]


def _table(
    table_rows: Sequence[TableRow],
    shown: Sequence[EventGroup],
    origin: Origin,
    events: AdverseEvents,
    naming: Naming,
) -> View | None:
    if not table_rows:
        return None
    views = [row_view(row, tallies, naming) for row, tallies in table_rows]
    cut = OPEN_ROWS if len(views) > OPEN_ROWS + 1 else len(views)
    kinds = {row.kind for row, _ in table_rows}
    columns = list(zip(*(tallies for _, tallies in table_rows), strict=True))
    twice = _has_twice(row for row, _ in table_rows)
    return {
        "title": table_title(origin, shown, kinds),
        "groups": [{"title": capital(group.title)} for group in shown],
        "shown": views[:cut],
        "rest": views[cut:],
        "rest_summary": rest_summary([tallies[0] for _, tallies in table_rows[cut:]], shown),
        "rest_prints": len(views) - cut <= PRINTED_ROWS,
        "rest_caption": "The less frequent problems",
        "caption": caption(origin, shown, columns, events, twice=twice, alike=_read_alike(views)),
    }


def _has_twice(table_rows: Iterable[EventRow]) -> bool:
    seen: dict[str, str] = {}
    return any(seen.setdefault(row.event.term.casefold(), row.kind) != row.kind for row in table_rows)


def _read_alike(views: Iterable[View]) -> bool:
    """Say whether two rows of one list have the same name."""
    names = [(view["name"], view["serious"]) for view in views]
    return len(set(names)) < len(names)


def _headline(shown: Sequence[EventGroup]) -> View:
    table = [
        {
            "title": capital(group.title),
            "serious": _people(serious_people(group)),
            "other": _people(listed_people(group)),
            "deaths": _people(deaths(group)),
        }
        for group in shown
    ]
    return {"caption": "How many people had problems", "rows": table}


def _people(tally: Tally) -> str:
    percent = percent_text(tally.num_affected, tally.num_at_risk)
    if percent == NOT_REPORTED:
        return capital(percent)
    return f"{number(tally.num_affected or 0)} of {number(tally.num_at_risk or 0)} ({percent})"


def _notes(
    events: AdverseEvents, table_rows: Sequence[TableRow], shown: Sequence[EventGroup], origin: Origin
) -> list[str]:
    notes = []
    if not table_rows:
        notes += caption(origin, shown, [() for _ in shown], events, twice=False)
    if any(row.kind == UNSORTED for row, _ in table_rows):
        notes.append("The source does not say which of these problems were serious.")
    if events.not_available:
        names = joined(f"“{name}”" for name in events.not_available)
        one = len(events.not_available) == 1
        group = "another group" if one else "other groups"
        notes.append(
            f"The study had {group}: {names}. {'Its' if one else 'Their'} figures are not available to us."
        )
    if events.all_cause_mortality_comment:
        notes.append(f"About the deaths: {plain_text(events.all_cause_mortality_comment)}")
    return notes


def _other_groups(events: AdverseEvents, others: Sequence[EventGroup], naming: Naming) -> list[View]:
    counted_rows = [group_rows(events, group) for group in others]
    whole = sum(map(len, counted_rows)) <= OTHER_GROUPS_ROWS
    return [
        _other_group(group, table_rows, naming, whole=whole)
        for group, table_rows in zip(others, counted_rows, strict=True)
    ]


def _other_group(group: EventGroup, table_rows: Sequence[CountedRow], naming: Naming, *, whole: bool) -> View:
    if not any(item.tally.is_reported or item.tally.num_affected for item in table_rows):
        table_rows = ()
    kept = table_rows if whole else table_rows[:OPEN_ROWS]
    lines = [
        f"Any serious problem: {lower_first(_people(serious_people(group)))}.",
        f"Any other listed problem: {lower_first(_people(listed_people(group)))}.",
        f"Deaths from any cause: {lower_first(_people(deaths(group)))}.",
    ]
    if len(kept) < len(table_rows):
        lines.append(
            f"These are the {len(kept)} most frequent of {number(len(table_rows))}. The download below has all."
        )
    title = capital(group.title)
    return {
        "title": title,
        "summary": f"{title}: {counted(len(table_rows), 'problem') if table_rows else 'no problem listed'}",
        "lines": lines,
        "description": registry_html(group.description) if group.description else "",
        "rows": [
            {
                **named(item.row, naming),
                **{key: value for key, value in cell(item.tally).items() if key != "width"},
            }
            for item in kept
        ],
    }


def _downloads(trial: Trial, source_id: str | None) -> list[View]:
    """Return the links to the counts; a file of another trial's counts says so in its name."""
    if source_id is None:
        name, text = trial.trial_id, "Download all counts as a table (CSV)"
    else:
        name, text = (
            f"{source_id}-for-{trial.trial_id}",
            f"Download all counts of {source_id} as a table (CSV)",
        )
    return [{"href": "adverse-events.csv", "file_name": f"{name}-adverse-events.csv", "text": text}]


def _figure(table_rows: Sequence[TableRow], group: EventGroup, origin: Origin, naming: Naming) -> View | None:
    problems = (
        (str(named(row, naming)["name"]), str(cell(tallies[0])["of"]), tallies[0].percent or 0)
        for row, tallies in table_rows
        if tallies[0].is_reported and tallies[0].num_affected
    )
    return problems_figure(list(islice(problems, DRAWN_PROBLEMS)), group.title, f"of {origin.number}")
