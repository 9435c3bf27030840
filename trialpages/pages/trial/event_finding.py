"""The most frequent problem in a sentence: how many people had it and, where that is certain, how many did not.

A row counts one list. Who is not in it can still be in the other list under the same name, so the
people without the problem are counted only where the record leaves no doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import OTHER, SERIOUS, UNSORTED, EventRow, Tally, rows, tally
from trialpages.model.intervals import in_100
from trialpages.pages.trial.event_rows import Naming, named
from trialpages.pages.trial.marks import registered
from trialpages.pages.wording import capital
from trialpages.words.language import N_, _, amount, number

_SENTENCES = {
    SERIOUS: N_("“{name}” that was serious was reported in {people} in the group “{group}”."),
    OTHER: N_("“{name}” that was not serious was reported in {people} in the group “{group}”."),
    UNSORTED: N_("“{name}” was reported in {people} in the group “{group}”."),
}
FEWEST_FOR_100 = 20
"""People; of fewer, a share of 100 would look surer than it is."""


def finding(
    table_rows: Sequence[tuple[EventRow, tuple[Tally, ...]]],
    group: EventGroup,
    events: AdverseEvents,
    naming: Naming,
) -> str:
    """Say the first row of a group in which somebody had the problem; nothing when there is none."""
    for row, tallies in table_rows:
        if tallies[0].is_reported and tallies[0].num_affected:
            return _sentence(row, tallies[0], group, _namesakes(row, group, events, naming), events, naming)
    return ""


def _sentence(
    row: EventRow,
    found: Tally,
    group: EventGroup,
    namesakes: Sequence[EventRow],
    events: AdverseEvents,
    naming: Naming,
) -> str:
    affected, at_risk = found.num_affected or 0, found.num_at_risk or 1
    is_alone = _is_alone(row, group, namesakes, events)
    read_alike = any(other.kind == row.kind for other in namesakes)
    said = named(row, naming)
    is_plain = not (read_alike or said["lang"])
    name = str(said["name"]) if is_plain else registered(capital(row.event.term))
    with_it = in_100(affected, at_risk)
    of_people = amount(
        at_risk, "{affected} of {count} person", "{affected} of {count} people", affected=number(affected)
    )
    first = escape(_(_SENTENCES[UNSORTED if row.kind == OTHER and is_alone else row.kind])).format(
        name=name, people=_with_share(of_people, with_it, at_risk), group=registered(group.title)
    )
    if not is_alone or affected == at_risk:
        return first
    rest = _with_share(number(at_risk - affected), 100 - with_it, at_risk)
    return Markup(" ").join((first, _("It was not reported in {people}.").format(people=rest)))


def _namesakes(
    row: EventRow, group: EventGroup, events: AdverseEvents, naming: Naming
) -> tuple[EventRow, ...]:
    """Return the other rows of that name in which somebody of the group stands or may stand."""
    name = str(named(row, naming)["name"]).casefold()
    return tuple(
        other
        for other in rows(events)
        if other.position != row.position
        and str(named(other, naming)["name"]).casefold() == name
        and tally(other, group).num_affected != 0
    )


def _is_alone(row: EventRow, group: EventGroup, namesakes: Sequence[EventRow], events: AdverseEvents) -> bool:
    """Say whether everybody of the group who had the problem is in this row.

    That holds for a row of the other list when the registry's serious list is there, or empty because
    nobody had a serious problem. It never holds for a serious row: the other list leaves out what is
    rare. Nor does it hold for counts from elsewhere, which can leave out a list.
    """
    has_serious_list = bool(events.serious_events) or group.serious_num_affected == 0
    return row.kind == OTHER and not namesakes and events.source is None and has_serious_list


def _with_share(people: str, share: int, at_risk: int) -> str:
    """Put a share of 100 in brackets behind a count; a small group has none."""
    if at_risk < FEWEST_FOR_100:
        return people
    if share == 0:
        return _("{people} (fewer than 1 in 100)").format(people=people)
    if share == 100:
        return _("{people} (more than 99 in 100)").format(people=people)
    return _("{people} ({share} in 100)").format(people=people, share=share)
