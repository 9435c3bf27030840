"""The adverse events of a study record: groups and rows, each count with its own number at risk."""

from __future__ import annotations

import re

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventCount, EventGroup
from trialpages.model.registry.fields import Fields

GROUP_ID = re.compile(r"[A-Za-z]{2}[0-9]{3,}")
GROUP_FORM = "a group's id such as EG000"


def adverse_events(study: Fields) -> dict[str, object]:
    """Return the adverse events, or nothing when the record has no such module."""
    module = study.section("resultsSection", "adverseEventsModule")
    if not module:
        return {"adverse_events": None}
    return {
        "adverse_events": AdverseEvents(
            event_groups=tuple(filter(None, map(_group, module.rows("eventGroups")))),
            serious_events=tuple(filter(None, map(_event, module.rows("seriousEvents")))),
            other_events=tuple(filter(None, map(_event, module.rows("otherEvents")))),
            frequency_threshold=module.number("frequencyThreshold", 0, 100),
            time_frame=module.markup("timeFrame"),
            description=module.raw_text("description"),
            all_cause_mortality_comment=module.raw_text("allCauseMortalityComment"),
        )
    }


def _group(row: Fields) -> EventGroup | None:
    group_id = row.form("id", GROUP_ID, GROUP_FORM)
    if group_id is None:
        row.refuse("found no id of the group")
        return None
    return EventGroup(
        id=group_id,
        title=row.text("title") or group_id,
        description=row.raw_text("description"),
        deaths_num_affected=row.count("deathsNumAffected"),
        deaths_num_at_risk=row.count("deathsNumAtRisk"),
        serious_num_affected=row.count("seriousNumAffected"),
        serious_num_at_risk=row.count("seriousNumAtRisk"),
        other_num_affected=row.count("otherNumAffected"),
        other_num_at_risk=row.count("otherNumAtRisk"),
    )


def _event(row: Fields) -> AdverseEvent | None:
    term = row.name("term")
    if term is None:
        return None
    return AdverseEvent(
        term=term,
        organ_system=row.text("organSystem"),
        counts=tuple(
            EventCount(
                group_id=group_id,
                num_affected=count.count("numAffected"),
                num_at_risk=count.count("numAtRisk"),
                num_events=count.count("numEvents"),
            )
            for count in row.rows("stats")
            if (group_id := count.form("groupId", GROUP_ID, GROUP_FORM))
        ),
        source_vocabulary=row.text("sourceVocabulary"),
        assessment_type=row.text("assessmentType"),
        notes=row.raw_text("notes"),
    )
