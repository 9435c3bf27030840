"""Counts that cannot be: more people affected than at risk, or by one problem than by all of its kind together.

Also a percentage that is another, and a group that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventCount, EventGroup
from trialpages.model.intervals import in_100
from trialpages.model.places import Places
from trialpages.model.trial import Trial
from trialpages.read.document import Location
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.suggest import nearest

LISTS = ("serious_events", "other_events", "unsorted_events")
TOTAL_OF_LIST = {"serious_events": "serious", "other_events": "other"}
GROUP_TOTALS = ("deaths", "serious", "other")
FIELD = "adverse_events"


def check_adverse_events(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield what is wrong with the trial's own counts."""
    events = trial.adverse_events
    if events is None:
        return
    yield from _check_groups(events, places)
    known = tuple(group.id for group in events.event_groups)
    for name in LISTS:
        for index, row in enumerate(getattr(events, name)):
            yield from _check_row(row, (FIELD, name, index), known, places)
        if name in TOTAL_OF_LIST:
            yield from _check_against_totals(events, name, TOTAL_OF_LIST[name], places)
    if events.other_events and events.frequency_threshold is None:
        what = "The counts do not say above which percentage other problems are listed"
        help_text = "add `frequency_threshold:`; 0 means that every problem is listed"
        yield places.fault("no-threshold", what, (FIELD, "other_events"), help=help_text)


def _check_groups(events: AdverseEvents, places: Places) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, group in enumerate(events.event_groups):
        location = (FIELD, "event_groups", index)
        if group.id in seen:
            what = f"Two groups have the id {group.id}"
            yield places.fault("duplicate-entry", what, (*location, "id"), help="give each group its own id")
        seen.add(group.id)
        yield from _check_totals(group, location, places)


def _check_totals(group: EventGroup, location: Location, places: Places) -> Iterator[Diagnostic]:
    for total in GROUP_TOTALS:
        affected: int | None = getattr(group, f"{total}_num_affected")
        at_risk: int | None = getattr(group, f"{total}_num_at_risk")
        if affected is not None and at_risk is not None and affected > at_risk:
            what = f"{affected} people affected are more than the {at_risk} at risk in group {group.id}"
            help_text = "check both numbers against their source"
            place = (*location, f"{total}_num_affected")
            yield places.fault("affected-above-at-risk", what, place, help=help_text)


def _check_row(
    row: AdverseEvent, location: Location, known: tuple[str, ...], places: Places
) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, count in enumerate(row.counts):
        place = (*location, "counts", index)
        if count.group_id not in known:
            yield _unknown_group(count.group_id, known, (*place, "group_id"), places)
        elif count.group_id in seen:
            what = f"'{row.term}' has two counts for the group {count.group_id}"
            yield places.fault("duplicate-entry", what, (*place, "group_id"), help="keep one of the two")
        seen.add(count.group_id)
        if count.num_affected is None and count.percent is None:
            continue
        yield from _check_count(count, row.term, place, places)


def _check_against_totals(
    events: AdverseEvents, name: str, kind: str, places: Places
) -> Iterator[Diagnostic]:
    """Yield counts of one problem above the number of people with any problem of its kind in the group."""
    totals: dict[str, int | None] = {
        group.id: getattr(group, f"{kind}_num_affected") for group in events.event_groups
    }
    for index, row in enumerate(getattr(events, name)):
        for position, count in enumerate(row.counts):
            total = totals.get(count.group_id)
            if total is not None and count.num_affected is not None and count.num_affected > total:
                what = (
                    f"'{row.term}': {count.num_affected} people affected are more than the {total} "
                    f"with any {kind} problem in group {count.group_id}"
                )
                place = (FIELD, name, index, "counts", position, "num_affected")
                help_text = f"check the count, and the group's `{kind}_num_affected:`, against their source"
                yield places.fault("affected-above-total", what, place, help=help_text)


def _unknown_group(group_id: str, known: tuple[str, ...], place: Location, places: Places) -> Diagnostic:
    guess = nearest(group_id, known)
    listed = ", ".join(known) or "none"
    help_text = f"did you mean '{guess}'?" if guess else f"the groups of this trial are: {listed}"
    return places.fault("unknown-reference", f"There is no group '{group_id}'", place, help=help_text)


def _check_count(count: EventCount, term: str, place: Location, places: Places) -> Iterator[Diagnostic]:
    affected, at_risk, typed = count.num_affected, count.num_at_risk, count.percent
    if affected is not None and at_risk is not None and affected > at_risk:
        what = f"'{term}': {affected} people affected are more than the {at_risk} at risk"
        help_text = "check both numbers against their source"
        yield places.fault("affected-above-at-risk", what, (*place, "num_affected"), help=help_text)
        return
    if typed is None:
        return
    if affected is None or not at_risk:
        what = f"'{term}': there are no counts behind the {typed} %"
        help_text = "give `num_affected` and `num_at_risk`; the page works out the percentage"
        yield places.fault("percent-contradicts", what, (*place, "percent"), help=help_text)
    elif typed != (real := in_100(affected, at_risk)):
        what = f"'{term}': {affected} of {at_risk} people are {real} %, not {typed} %"
        help_text = "check the counts against their source, then take the percentage away or correct it"
        yield places.fault("percent-contradicts", what, (*place, "percent"), help=help_text)
