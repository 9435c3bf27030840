"""Trial design: what kind of study it is in words, its groups, and who gets what."""

from __future__ import annotations

from trialpages.model.labels import (
    ALLOCATION_LABELS,
    ARM_TYPE_LABELS,
    BIO_SPECIMEN_LABELS,
    EXPANDED_ACCESS_LABELS,
    INTERVENTION_MODEL_LABELS,
    INTERVENTION_TYPE_LABELS,
    MASKING_LABELS,
    OBSERVATIONAL_MODEL_LABELS,
    PRIMARY_PURPOSE_LABELS,
    SAMPLING_LABELS,
    STUDY_TYPE_LABELS,
    TIME_PERSPECTIVE_LABELS,
    WHO_MASKED_LABELS,
    label,
    phase_label,
    readable,
)
from trialpages.model.trial import ArmGroup, Trial
from trialpages.pages.markup import plain_text, registry_html
from trialpages.pages.trial.registry_page import is_registered
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import counted, joined, sentence

LONGEST_NOTE = 80
"""Characters of a note that stands open beside its fact."""
MATRIX_COLUMNS = 4
"""Groups that fit side by side; more become one row each."""


def design_view(trial: Trial) -> View | None:
    """Return the design; nothing when the record says nothing about it."""
    facts = _facts(trial)
    groups = [_group(position, arm, trial) for position, arm in enumerate(trial.arm_groups, start=1)]
    matrix = _matrix(trial)
    interventions = _interventions(trial, named=matrix is not None)
    if not (facts or groups or interventions):
        return None
    return section(
        "design",
        facts=[fact for fact in facts if fact["text"]],
        explanations=[{"name": fact["name"], "text": fact["long"]} for fact in facts if fact["long"]],
        groups=groups,
        groups_heading=_groups_heading(trial),
        matrix=matrix,
        interventions=interventions,
        interventions_summary=_interventions_summary(len(interventions), trial),
    )


def _interventions_summary(count: int, trial: Trial) -> str:
    plural = "" if count == 1 else "s"
    source = " as registered" if is_registered(trial, "interventions") else ""
    return f"Show {counted(count, 'treatment')} or procedure{plural}{source}"


def gets(arm: ArmGroup, trial: Trial) -> tuple[str, ...]:
    """Return the names of what a group gets, whichever side of the record says so."""
    by_item = (item.name for item in trial.interventions if arm.label in item.arm_group_labels)
    return tuple(dict.fromkeys((*arm.intervention_names, *by_item)))


def _facts(trial: Trial) -> list[View]:
    phase = phase_label(trial.phases) if trial.phases else None
    purpose = label(PRIMARY_PURPOSE_LABELS, trial.primary_purpose)
    rows: list[tuple[str, str | None, str | None]] = [
        ("Kind of study", label(STUDY_TYPE_LABELS, trial.study_type), None),
        ("Phase", phase, None),
        ("Purpose", purpose, None),
        ("How groups are made", label(ALLOCATION_LABELS, trial.allocation), _registered(trial.allocation)),
        (
            "How groups compare",
            label(INTERVENTION_MODEL_LABELS, trial.intervention_model),
            trial.intervention_model_description,
        ),
        ("Who knows who gets what", _masking(trial), trial.masking_description),
        ("How it observes", label(OBSERVATIONAL_MODEL_LABELS, trial.observational_model), None),
        ("When it looks", label(TIME_PERSPECTIVE_LABELS, trial.time_perspective), None),
        ("How people are chosen", label(SAMPLING_LABELS, trial.sampling_method), None),
        ("Patient registry", "Yes" if trial.patient_registry else None, None),
        ("How long each person is followed", trial.target_duration, None),
        ("Samples", label(BIO_SPECIMEN_LABELS, trial.bio_spec_retention), trial.bio_spec_description),
        (
            "Access outside a trial",
            joined(label(EXPANDED_ACCESS_LABELS, kind) or kind for kind in trial.expanded_access_types)
            or None,
            None,
        ),
    ]
    return [
        _fact(name, text or "", plain_text(note) if note else "") for name, text, note in rows if text or note
    ]


def _fact(name: str, text: str, note: str) -> View:
    """A short note stands beside the fact; a long one is folded away."""
    is_long = len(note) > LONGEST_NOTE or not text
    return {"name": name, "text": text, "note": "" if is_long else note, "long": note if is_long else ""}


def _registered(code: str | None) -> str | None:
    return readable(code) if code in ("RANDOMIZED", "NON_RANDOMIZED") else None


def _masking(trial: Trial) -> str | None:
    text = label(MASKING_LABELS, trial.masking)
    if text and trial.who_masked:
        who = joined(label(WHO_MASKED_LABELS, code) or code for code in trial.who_masked)
        return f"{text}: {who}"
    return text


def _groups_heading(trial: Trial) -> str:
    noun = "treatment group" if trial.study_type == "INTERVENTIONAL" else "group"
    return counted(len(trial.arm_groups), noun)


def _group(position: int, arm: ArmGroup, trial: Trial) -> View:
    given = gets(arm, trial)
    line = [label(ARM_TYPE_LABELS, arm.type) or ""]
    if given:
        line.append(counted(len(given), "intervention"))
    return {
        "title": f"Group {position}: {arm.label}",
        "line": " · ".join(part for part in line if part),
        "description": registry_html(arm.description) if arm.description else "",
    }


def _matrix(trial: Trial) -> View | None:
    """Return who gets what: treatments by groups, or one row per group when the groups are many."""
    arms = trial.arm_groups
    given = {arm.label: gets(arm, trial) for arm in arms}
    if len(arms) < 2 or not any(given.values()):
        return None
    if len(arms) > MATRIX_COLUMNS:
        rows = [
            {
                "name": arm.label,
                "type": "",
                "cells": [joined(given[arm.label]) or "Not stated"],
            }
            for arm in arms
        ]
        return {"caption": "Who gets what", "first": "Group", "columns": ["Gets"], "rows": rows}
    types = {item.name: label(INTERVENTION_TYPE_LABELS, item.type) or "" for item in trial.interventions}
    # What the record ties to no group is left out: "No" in every column would say that nobody gets it.
    names = dict.fromkeys(name for arm in arms for name in given[arm.label])
    rows = [
        {
            "name": name,
            "type": types.get(name, ""),
            "cells": ["Yes" if name in given[arm.label] else "No" for arm in arms],
        }
        for name in names
    ]
    columns = [arm.label for arm in arms]
    return {"caption": "Who gets what", "first": "Treatment", "columns": columns, "rows": rows}


def _interventions(trial: Trial, *, named: bool) -> list[View]:
    """Return what is known of each treatment; one of which only the name is known when no table has named it."""
    in_table = {name for arm in trial.arm_groups for name in gets(arm, trial)} if named else set()
    return [
        {
            "name": item.name,
            "type": label(INTERVENTION_TYPE_LABELS, item.type) or "Type not stated",
            "other_names": sentence(joined(item.other_names)),
            "description": registry_html(item.description) if item.description else "",
        }
        for item in trial.interventions
        if item.type or item.other_names or item.description or item.name not in in_table
    ]
