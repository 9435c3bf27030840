"""Adverse events as the registry posts them: groups, and rows with one count per group.

Nothing here computes; `adverse_events.py` does. `num_affected` counts people, `num_events` counts
occurrences and may be larger. Each count keeps its own `num_at_risk`: it can differ from row to row.
"""

from __future__ import annotations

from typing import Annotated

from annotated_types import Ge, MinLen

from trialpages.model.vocabulary import EventAssessment, GroupId
from trialpages.words.fields import Doc, record

Count = Annotated[int, Ge(0)]


@record
class EventGroup:
    """A group of people whose health problems were counted together."""

    id: Annotated[GroupId, Doc("The group's id, EG000 for the first.")]
    title: Annotated[str, MinLen(1), Doc("The group's name.")]
    description: Annotated[str | None, Doc("What the group got.")] = None
    deaths_num_affected: Annotated[Count | None, Doc("People who died, from any cause.")] = None
    deaths_num_at_risk: Annotated[Count | None, Doc("People among whom deaths were counted.")] = None
    serious_num_affected: Annotated[Count | None, Doc("People with at least one serious problem.")] = None
    serious_num_at_risk: Annotated[Count | None, Doc("People among whom serious problems were counted.")] = (
        None
    )
    other_num_affected: Annotated[Count | None, Doc("People with at least one listed other problem.")] = None
    other_num_at_risk: Annotated[Count | None, Doc("People among whom other problems were counted.")] = None


@record
class EventCount:
    """One row's count in one group."""

    group_id: Annotated[GroupId, Doc("The group.")]
    num_affected: Annotated[Count | None, Doc("People who had the problem; absent when not reported.")] = None
    num_at_risk: Annotated[Count | None, Doc("People among whom it was counted.")] = None
    num_events: Annotated[Count | None, Doc("How often it happened in all.")] = None
    percent: Annotated[int | None, Ge(0), Doc("Checked against the counts, then forgotten.")] = None


@record
class AdverseEvent:
    """One health problem, as reported."""

    term: Annotated[str, MinLen(1), Doc("The medical term.")]
    organ_system: Annotated[str | None, Doc("The body system it is filed under.")] = None
    counts: Annotated[tuple[EventCount, ...], Doc("One count per group.")] = ()
    source_vocabulary: Annotated[str | None, Doc("The dictionary of the term.")] = None
    assessment_type: Annotated[
        EventAssessment | None, Doc("Whether people were asked in a systematic way.")
    ] = None
    notes: Annotated[str | None, Doc("Notes of the record.")] = None


@record
class AdverseEvents:
    """All health problems that one trial reports."""

    event_groups: Annotated[tuple[EventGroup, ...], Doc("The groups.")] = ()
    serious_events: Annotated[tuple[AdverseEvent, ...], Doc("Serious problems.")] = ()
    other_events: Annotated[tuple[AdverseEvent, ...], Doc("Other problems, not serious ones.")] = ()
    unsorted_events: Annotated[
        tuple[AdverseEvent, ...],
        Doc("Problems whose source does not say which are serious; the page says so."),
    ] = ()
    frequency_threshold: Annotated[
        float | None, Ge(0), Doc("Other problems are listed only above this percentage in some group.")
    ] = None
    time_frame: Annotated[str | None, Doc("Over what time problems were counted.")] = None
    description: Annotated[str | None, Doc("How they were counted.")] = None
    all_cause_mortality_comment: Annotated[str | None, Doc("A note on deaths.")] = None
    source: Annotated[str | None, Doc("Where the counts come from, when not from the registry's record.")] = (
        None
    )
    not_available: Annotated[
        tuple[str, ...], Doc("Names of groups of the study whose figures we do not have.")
    ] = ()
