"""Adverse events: rows, their shares and their order.

A share is people affected of people at risk *in that row and group*; where a row states no number at
risk, its group's number for that list stands in, never the enrollment. Serious and other problems
are separate lists and are never added; groups are never pooled; a missing count is `not reported`,
never zero. Rows are told apart by their place in the record, because a term may occur twice in one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventCount, EventGroup
from trialpages.model.intervals import in_100, is_share
from trialpages.model.names import is_placebo, names_one_of
from trialpages.words.fields import record
from trialpages.words.language import N_, _, current, is_english, number

SERIOUS = "serious"
OTHER = "other"
UNSORTED = ""
"""The kind of a row whose source does not say whether the problem was serious."""

NOT_REPORTED = N_("not reported")
IMPOSSIBLE = N_("counts do not agree")
"""Said of a row that counts more people affected than at risk."""


@record
class EventRow:
    """One row of the record: `position` counts from 0 through serious, other, then unsorted rows."""

    position: int
    kind: str
    event: AdverseEvent


@record
class Tally:
    """One row's people in one group; either number may be unknown."""

    num_affected: int | None
    num_at_risk: int | None

    @property
    def is_reported(self) -> bool:
        """Whether the two numbers make a share."""
        return is_share(self.num_affected, self.num_at_risk)

    @property
    def share(self) -> float | None:
        """People affected of people at risk as a fraction of 1, or nothing when not reported."""
        if self.num_affected is None or not self.num_at_risk or self.num_affected > self.num_at_risk:
            return None
        return self.num_affected / self.num_at_risk

    @property
    def percent(self) -> int | None:
        """The share in whole percent, half up, or nothing when not reported."""
        return whole_percent(self.num_affected, self.num_at_risk)


@record
class CountedRow:
    """A row with its tally in one group."""

    row: EventRow
    tally: Tally


@record
class PairedRow:
    """A row with its tallies in two groups."""

    row: EventRow
    first: Tally
    second: Tally


def whole_percent(num_affected: int | None, num_at_risk: int | None) -> int | None:
    """Return a share in whole percent, half up; nothing when not reported or when the counts disagree."""
    if num_affected is None or not num_at_risk or not 0 <= num_affected <= num_at_risk:
        return None
    return in_100(num_affected, num_at_risk)


def percent(value: float) -> str:
    """Write a percentage as the language does: `80%`, in Spanish `80 %`."""
    if is_english():
        return f"{value:g}%"
    from babel.numbers import format_percent

    shown = format_percent(value / 100, locale=current().replace("-", "_"), decimal_quantization=False)
    return str(shown)


def percent_text(num_affected: int | None, num_at_risk: int | None) -> str:
    """Return a share as readers see it: `80%`, `<1%`, `not reported`, or that the counts do not agree."""
    if num_affected is not None and num_at_risk and num_affected > num_at_risk:
        return _(IMPOSSIBLE)
    whole = whole_percent(num_affected, num_at_risk)
    if whole is None:
        return _(NOT_REPORTED)
    return f"<{percent(1)}" if whole == 0 and num_affected else percent(whole)


def count_text(num_affected: int | None, num_at_risk: int | None) -> str:
    """Return a row's people with their share.

    >>> count_text(43, 54)
    '43 of 54 (80%)'
    """
    if num_affected is None or not num_at_risk:
        return _(NOT_REPORTED)
    return _("{affected} of {at_risk} ({percent})").format(
        affected=number(num_affected),
        at_risk=number(num_at_risk),
        percent=percent_text(num_affected, num_at_risk),
    )


def rows(adverse_events: AdverseEvents) -> tuple[EventRow, ...]:
    """Return all rows in the record's order: the serious list, the other list, then the unsorted one."""
    lists = (
        (SERIOUS, adverse_events.serious_events),
        (OTHER, adverse_events.other_events),
        (UNSORTED, adverse_events.unsorted_events),
    )
    flat = [(kind, event) for kind, events in lists for event in events]
    return tuple(
        EventRow(position=position, kind=kind, event=event) for position, (kind, event) in enumerate(flat)
    )


def tally(row: EventRow, group: EventGroup) -> Tally:
    """Return a row's people in a group, with the row's own number at risk or else the group's for that list."""
    count = count_in(row.event, group.id)
    num_affected = count.num_affected if count else None
    num_at_risk = count.num_at_risk if count else None
    if num_at_risk is None:
        num_at_risk = _group_at_risk(row.kind, group)
    return Tally(num_affected=num_affected, num_at_risk=num_at_risk)


def count_in(event: AdverseEvent, group_id: str) -> EventCount | None:
    """Return the event's count in a group, wherever it stands among the counts."""
    return next((count for count in event.counts if count.group_id == group_id), None)


def group_at_risk(group: EventGroup) -> int | None:
    """Return how many people a group had, as far as its own numbers agree on the largest of its lists."""
    stated = (group.serious_num_at_risk, group.other_num_at_risk, group.deaths_num_at_risk)
    return max((number for number in stated if number), default=None)


def _group_at_risk(kind: str, group: EventGroup) -> int | None:
    if kind == SERIOUS:
        return group.serious_num_at_risk
    if kind == OTHER:
        return group.other_num_at_risk
    stated = {group.serious_num_at_risk, group.other_num_at_risk} - {None}
    return stated.pop() if len(stated) == 1 else None


def group_rows(adverse_events: AdverseEvents, group: EventGroup) -> tuple[CountedRow, ...]:
    """Return one group's rows, most frequent first, without the problems that nobody in it had.

    Ties go serious first, then by term from A to Z, then by place in the record. Rows that the record
    does not report for this group stand last.
    """
    counted = (CountedRow(row=row, tally=tally(row, group)) for row in rows(adverse_events))
    kept = [item for item in counted if not _is_nobody(item.tally)]
    return tuple(sorted(kept, key=lambda item: (_falling(item.tally), *_tie(item.row))))


def paired_rows(
    adverse_events: AdverseEvents, first: EventGroup, second: EventGroup
) -> tuple[PairedRow, ...]:
    """Return the rows of two groups, in the first group's order, without problems that nobody in either had."""
    paired = (
        PairedRow(row=row, first=tally(row, first), second=tally(row, second)) for row in rows(adverse_events)
    )
    kept = [item for item in paired if not (_is_nobody(item.first) and _is_nobody(item.second))]
    return tuple(
        sorted(kept, key=lambda item: (_falling(item.first), _falling(item.second), *_tie(item.row)))
    )


def _is_nobody(of: Tally) -> bool:
    """Say whether a row states that nobody of a group had the problem."""
    return of.num_affected == 0 and bool(of.num_at_risk)


def _falling(of: Tally) -> float:
    """Return the sort key of a share: the largest first, `not reported` after zero."""
    return 1.0 if of.share is None else -of.share


_KIND_ORDER = {SERIOUS: 0, OTHER: 1, UNSORTED: 2}


def _tie(row: EventRow) -> tuple[int, str, int]:
    return _KIND_ORDER[row.kind], row.event.term.casefold(), row.position


def serious_people(group: EventGroup) -> Tally:
    """Return how many people of a group had at least one serious problem."""
    return Tally(num_affected=group.serious_num_affected, num_at_risk=group.serious_num_at_risk)


def deaths(group: EventGroup) -> Tally:
    """Return how many people of a group died from any cause; unreported deaths are not zero deaths."""
    return Tally(num_affected=group.deaths_num_affected, num_at_risk=group.deaths_num_at_risk)


def shown_groups(adverse_events: AdverseEvents, chosen: Sequence[str]) -> tuple[EventGroup, ...]:
    """Return the groups that the editors chose, in their order, or all groups in the record's order."""
    by_id = {group.id: group for group in adverse_events.event_groups}
    picked = tuple(by_id[group_id] for group_id in dict.fromkeys(chosen) if group_id in by_id)
    return picked or adverse_events.event_groups


def gives_treatment(title: str, description: str, treatment_keys: Iterable[str]) -> int:
    """Say how surely a group got one of the treatments: 2 by its title, 1 by its description, 0 not at all.

    A group whose title speaks of a placebo is taken at its word: what its description names is what
    the placebo looks like.
    """
    keys = tuple(treatment_keys)
    if names_one_of(title, keys) and not is_placebo(title):
        return 2
    if is_placebo(title) or is_placebo(description):
        return 0
    return 1 if names_one_of(description, keys) else 0


def default_group(groups: Sequence[EventGroup], treatment_keys: Iterable[str]) -> EventGroup | None:
    """Return the group that a chart shows first: of those that most surely got the treatment the largest.

    When no group names the treatment it is the largest of all. Groups of one size keep their order.
    """
    keys = tuple(treatment_keys)
    return max(
        groups,
        key=lambda group: (
            gives_treatment(group.title, group.description or "", keys),
            group_at_risk(group) or 0,
        ),
        default=None,
    )
