"""What stands beside a trial page for people's own use: `adverse-events.csv` and `trial.json`.

Both say what the page says and nothing else. The CSV has one line for each row and group of the
record, in its order. The JSON is the merged trial under the registry's names, each fact with its
source; the format is `docs/trial-json.md`. Contacts are no part of either.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Mapping
from typing import Any

import msgspec

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import EventRow, count_in, rows, tally
from trialpages.model.trial import Trial
from trialpages.pages.trial.change_groups import sentences
from trialpages.site.charts import lay_term
from trialpages.site.context import TrialContext
from trialpages.site.history import History

CSV_COLUMNS = (
    "source_trial",
    "group_id",
    "group_title",
    "kind",
    "term",
    "lay_term",
    "organ_system",
    "num_affected",
    "num_at_risk",
    "percent",
    "num_events",
    "notes",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

JSON_FORMAT = 1
REGISTRY = "registry"
EDITORS = "editors"
COMPUTED = "computed"
EDITORIAL_FIELDS = frozenset(
    {
        "title",
        "treatment_class",
        "treatments",
        "plain_criteria",
        "timeline",
        "side_effects",
        "key_facts",
        "approvals",
        "spots_left",
        "results_summary",
        "similar",
        "summaries",
    }
)
"""Facts that no registry holds."""

_LEFT_OUT = frozenset(
    {
        "trial_id",
        "draft",
        "reason",
        "reviewed_against",
        "overrides",
        "central_contacts",
        "has_registry_record",
        "edited_fields",
    }
)


def adverse_events_csv(adverse_events: AdverseEvents, lay_terms: Mapping[str, str], source_trial: str) -> str:
    """Return the adverse events as CSV after RFC 4180, with a line feed as line end.

    `source_trial` is the trial in which they were counted: every line says it, because a page can show
    another trial's. `num_events` counts occurrences, of which one person can have several. A cell that a spreadsheet would run as a formula starts with an apostrophe. A count that is not
    reported is empty, and so is its percent.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(
        [as_cell(value) for value in _line(row, group, lay_terms, source_trial)]
        for row in rows(adverse_events)
        for group in adverse_events.event_groups
    )
    return text.getvalue()


def _line(
    row: EventRow, group: EventGroup, lay_terms: Mapping[str, str], source_trial: str
) -> tuple[str | int | None, ...]:
    people = tally(row, group)
    count = count_in(row.event, group.id)
    return (
        source_trial,
        group.id,
        group.title,
        row.kind,
        row.event.term,
        lay_term(row, lay_terms),
        row.event.organ_system,
        people.num_affected,
        people.num_at_risk,
        people.percent,
        count.num_events if count else None,
        row.event.notes,
    )


def as_cell(value: str | int | None) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def trial_json(trial: Trial, context: TrialContext) -> str:
    """Return a trial as JSON: each known fact under its registry name as `value` with its `source`."""
    document: dict[str, Any] = {"format": JSON_FORMAT, "trial_id": trial.trial_id}
    sources = field_sources(trial)
    for name, value in _known(trial).items():
        if name not in _LEFT_OUT:
            document[name] = {"value": value, "source": sources.get(name, EDITORS)}
    for override in trial.overrides:
        if override.field in document:
            document[override.field] |= {"registry_value": override.registry_value, "reason": override.reason}
    document |= _computed(context)
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def field_sources(trial: Trial) -> dict[str, str]:
    """Return for each field whether its value comes from the registry's record or from the editors.

    A trial that no registry record stands behind is the editors' in every field.
    """
    edited = EDITORIAL_FIELDS | {override.field for override in trial.overrides} | set(trial.edited_fields)
    names = [field.name for field in dataclasses.fields(trial)]
    if not trial.has_registry_record:
        return dict.fromkeys(names, EDITORS)
    return {name: EDITORS if name in edited else REGISTRY for name in names}


def _computed(context: TrialContext) -> dict[str, Any]:
    """Return what the site counted, over which corpus, and whose side effects the page shows."""
    over = {"source": COMPUTED, "corpus": context.corpus}
    found: dict[str, Any] = {}
    if context.totals:
        found["totals"] = {"value": [_without_file(total) for total in context.totals], **over}
    if context.treatment_rows:
        found["treatment_rows"] = {"value": [_without_file(row) for row in context.treatment_rows], **over}
    if context.source_trial:
        source = context.source_trial
        found["side_effects_from"] = {
            "value": {
                "trial_id": source.card.trial_id,
                "chosen_by": source.chosen_by,
                "differs_in": list(source.mismatches),
                "group_ids": list(source.group_ids),
            },
            "source": EDITORS if source.chosen_by == "editor" else COMPUTED,
        }
    if context.similar:
        similar = [{"trial_id": card.trial_id, "title": card.title} for card in context.similar]
        found["similar_trials"] = {"value": similar, **over}
    if context.time.spots_left is not None:
        found["spots_left_shown"] = {
            "value": context.time.spots_left,
            "until": context.time.spots_left_until,
            "source": EDITORS if context.time.spots_left_is_editorial else COMPUTED,
        }
    if context.history.news:
        found["what_changed"] = {"value": _news(context.history), "source": COMPUTED}
    return found


def _news(history: History) -> list[dict[str, Any]]:
    return [{"day": news.day, "source": news.source, "changes": sentences(news)} for news in history.news]


def _without_file(row: Any) -> dict[str, Any]:
    """Return a counted row; figures from a wider source stay apart, with that source."""
    known = _known(row)
    file = known.pop("file", None)
    if file:
        known["from_wider_sources"] = {name: value for name, value in file.items() if isinstance(value, dict)}
        if not known["from_wider_sources"]:
            del known["from_wider_sources"]
    return known


def _known(record: Any) -> dict[str, Any]:
    """Return a record's known fields by name; unknown and empty ones are left out, `False` and 0 are facts."""
    found = {}
    for name in record.__dataclass_fields__:
        value = getattr(record, name)
        if value is not None and value != () and value != {} and name != "contacts":
            found[name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, dict) else _known(value)
