"""Side effects: counted health problems as a headline, a table with bars, and a caption that says who was measured.

Serious and other problems are separate rows and are never added; groups are never pooled; what is
not reported is never zero. One group stands alone or two side by side; of more groups the one that
got the treatment has the bars. What is too long for the page stands whole on a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from markupsafe import escape

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import (
    UNSORTED,
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
from trialpages.pages.trial.event_page import all_problems
from trialpages.pages.trial.event_rows import Naming, named, naming_of, of_people, row_view
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
from trialpages.pages.trial.long_lists import LongList
from trialpages.pages.trial.marks import quoted, registered
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import capital, joined
from trialpages.pages.words import PlainWords
from trialpages.site.context import TrialContext
from trialpages.words.language import _, amount, number

OPEN_ROWS = 10
PAGE_CELLS = 120
"""Counts that the page holds in its table; a longer table goes on from a file, and stands whole on its own page."""
PAIRED_GROUPS = 2
TOTALED_GROUPS = 8
"""Other groups whose totals the page has; of more it says only that there are some."""
LONG_NAME = "adverse-events"

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
    has_rows = any(True for _row in rows(events))
    table = _table(table_rows, shown, origin, events, naming)
    long = None
    if has_rows and (others or (table and table["more"])):
        long = LongList(
            name=LONG_NAME,
            template="trial_adverse_events.html",
            title=_("All health problems, group by group"),
            content=_long_content(events, groups, origin, naming),
        )
    return section(
        "side-effects",
        borrowed=borrowed(origin, chosen, has_own=_has_own(trial)),
        finding=finding(table_rows, shown[0], events, naming)
        if table_rows
        else nothing_listed(events, shown),
        meaning=meaning(events),
        headline=_headline(_("How many people had problems"), shown),
        group_texts=group_texts(shown),
        chart=bool(table_rows),
        table=table,
        notes=_notes(events, table_rows, shown, origin),
        description=registry_html(events.description) if events.description else "",
        description_is_open=not has_rows,
        other_groups=_other_groups(others),
        long=long,
        downloads=_downloads(trial, origin.number if origin.url else None) if has_rows else [],
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
    cut = OPEN_ROWS if len(table_rows) > OPEN_ROWS + 1 else len(table_rows)
    end = len(table_rows) if len(table_rows) * len(shown) <= PAGE_CELLS else OPEN_ROWS
    views = [row_view(row, tallies, naming) for row, tallies in table_rows[:end]]
    kinds = {row.kind for row, _tallies in table_rows}
    columns = list(zip(*(tallies for _row, tallies in table_rows), strict=True))
    alike = _read_alike((row for row, _tallies in table_rows), naming)
    twice = _has_twice(row for row, _tallies in table_rows)
    return {
        "title": table_title(shown, kinds),
        "groups": [{"title": capital(group.title)} for group in shown],
        "shown": views[:cut],
        "rest": views[cut:],
        "rest_summary": rest_summary([tallies[0] for _row, tallies in table_rows[cut:end]], shown),
        "rest_caption": _("The less frequent problems"),
        "more_note": _("These are the {shown} most frequent of {all} problems.").format(
            shown=number(end), all=number(len(table_rows))
        )
        if end < len(table_rows)
        else "",
        "more": amount(
            len(table_rows) - end,
            "Show more: {count} problem is left",
            "Show more: {count} problems are left",
        )
        if end < len(table_rows)
        else "",
        "caption": caption(origin, shown, columns, events, twice=twice, alike=alike),
    }


def _has_twice(table_rows: Iterable[EventRow]) -> bool:
    seen: dict[str, str] = {}
    return any(seen.setdefault(row.event.term.casefold(), row.kind) != row.kind for row in table_rows)


def _read_alike(table_rows: Iterable[EventRow], naming: Naming) -> bool:
    """Say whether two rows of one list have the same name."""
    names = [(str(named(row, naming)["name"]), row.kind) for row in table_rows]
    return len(set(names)) < len(names)


def _headline(title: str, shown: Sequence[EventGroup]) -> View:
    table = [
        {
            "title": capital(group.title),
            "serious": _people(serious_people(group)),
            "other": _people(listed_people(group)),
            "deaths": _people(deaths(group)),
        }
        for group in shown
    ]
    return {"caption": title, "rows": table}


def _people(tally: Tally) -> str:
    percent = percent_text(tally.num_affected, tally.num_at_risk)
    if tally.num_affected is None or not tally.num_at_risk:
        return capital(percent)
    return _("{people} ({percent})").format(people=of_people(tally), percent=percent)


def _notes(
    events: AdverseEvents, table_rows: Sequence[TableRow], shown: Sequence[EventGroup], origin: Origin
) -> list[str]:
    notes = []
    if not table_rows:
        notes += caption(origin, shown, [() for _group in shown], events, twice=False)
    if any(row.kind == UNSORTED for row, _tallies in table_rows):
        notes.append(_("The source does not say which of these problems were serious."))
    if len(events.not_available) == 1:
        text = _("The study had another group: {names}. Its figures are not available to us.")
        notes.append(escape(text).format(names=quoted(events.not_available[0])))
    elif events.not_available:
        text = _("The study had other groups: {names}. Their figures are not available to us.")
        notes.append(escape(text).format(names=joined(quoted(name) for name in events.not_available)))
    if events.all_cause_mortality_comment:
        comment = registered(plain_text(events.all_cause_mortality_comment))
        notes.append(escape(_("About the deaths: {comment}")).format(comment=comment))
    return notes


def _other_groups(others: Sequence[EventGroup]) -> View | None:
    """Return the totals of the groups that the table of the page leaves out; of many groups only their number."""
    if not others:
        return None
    if len(others) > TOTALED_GROUPS:
        text = _(
            "The study had {count} other groups. Their numbers are on the page with all health problems."
        )
        return {"text": text.format(count=number(len(others))), "totals": None}
    title = amount(len(others), "The other group of the study", "The {count} other groups of the study")
    return {"text": "", "totals": _headline(title, others)}


def _long_content(
    events: AdverseEvents, groups: Sequence[EventGroup], origin: Origin, naming: Naming
) -> View:
    return {
        **all_problems(events, groups, origin, naming),
        "headline": _headline(_("How many people had problems"), groups),
        "group_texts": group_texts(groups),
    }


def _downloads(trial: Trial, source_id: str | None) -> list[View]:
    """Return the links to the counts; a file of another trial's counts says so in its name."""
    if source_id is None:
        name, text = trial.trial_id, _("Download all counts as a table (CSV)")
    else:
        name = f"{source_id}-for-{trial.trial_id}"
        text = _("Download all counts of {number} as a table (CSV)").format(number=source_id)
    return [{"href": "adverse-events.csv", "file_name": f"{name}-adverse-events.csv", "text": text}]


def _figure(table_rows: Sequence[TableRow], group: EventGroup, origin: Origin, naming: Naming) -> View | None:
    problems = (
        (named(row, naming), of_people(tallies[0]), tallies[0].percent or 0)
        for row, tallies in table_rows
        if tallies[0].is_reported and tallies[0].num_affected
    )
    drawn = list(islice(problems, DRAWN_PROBLEMS))
    terms = {str(said["name"]) for said, _of, _percent in drawn if said["lang"]}
    return problems_figure(
        [(str(said["name"]), of, percent) for said, of, percent in drawn], group.title, origin.number, terms
    )
