"""Trial design: what kind of study it is in words, its groups, and who gets what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

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
from trialpages.pages.trial.registry_page import from_record, is_registered, record_lang
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import fold, joined
from trialpages.words.language import N_, _, amount, number

LONGEST_NOTE = 80
"""Characters of a note that stands open beside its fact."""
GROUP_COLUMNS = 4
"""Groups that fit side by side; more become one row each."""
TREATMENT_COLUMNS = 6
"""Treatments that fit side by side beside groups; with more, each group's are named in one cell."""
_CHOSEN = ("RANDOMIZED", "NON_RANDOMIZED")
"""How several groups are made; other codes say that there is one."""


def design_view(trial: Trial) -> View | None:
    """Return the design; nothing when the record says nothing about it."""
    facts = _facts(trial)
    groups = [_group(position, arm, trial) for position, arm in enumerate(trial.arm_groups, start=1)]
    shown, rest = fold(groups)
    matrix = _matrix(trial)
    everyone = _everyone(trial)
    interventions = _interventions(trial, named=bool(matrix or everyone))
    if not (facts or groups or interventions):
        return None
    return section(
        "design",
        facts=[fact for fact in facts if fact["text"]],
        explanations=[fact for fact in facts if fact["long"]],
        groups=shown,
        more_groups=rest,
        more_groups_summary=amount(len(rest), "+{count} more group", "+{count} more groups"),
        groups_heading=_groups_heading(trial),
        groups_lang=record_lang(trial, "arm_groups"),
        matrix=matrix,
        everyone=everyone,
        interventions_lang=record_lang(trial, "interventions"),
        interventions=interventions,
        interventions_summary=_interventions_summary(len(interventions), trial),
    )


def _interventions_summary(count: int, trial: Trial) -> str:
    if is_registered(trial, "interventions"):
        return amount(
            count,
            "Show {count} treatment or procedure as registered",
            "Show {count} treatments or procedures as registered",
        )
    return amount(count, "Show {count} treatment or procedure", "Show {count} treatments or procedures")


def gets(arm: ArmGroup, trial: Trial) -> tuple[str, ...]:
    """Return the names of what a group gets, whichever side of the record says so."""
    by_item = (item.name for item in trial.interventions if arm.label in item.arm_group_labels)
    return tuple(dict.fromkeys((*arm.intervention_names, *by_item)))


def _facts(trial: Trial) -> list[View]:
    phase = phase_label(trial.phases) if trial.phases else None
    purpose = label(PRIMARY_PURPOSE_LABELS, trial.primary_purpose)
    # One group is said once: a single group is not made by chance or by choice.
    single = trial.intervention_model == "SINGLE_GROUP" and trial.allocation not in _CHOSEN
    rows: list[tuple[str, str | None, str | None, str]] = [
        (N_("Kind of study"), label(STUDY_TYPE_LABELS, trial.study_type), None, ""),
        (N_("Phase"), phase, None, ""),
        (N_("Purpose"), purpose, None, ""),
        (
            N_("How groups are made"),
            None if single else label(ALLOCATION_LABELS, trial.allocation),
            _registered(trial.allocation),
            "",
        ),
        (
            N_("How groups compare"),
            label(INTERVENTION_MODEL_LABELS, trial.intervention_model),
            trial.intervention_model_description,
            "intervention_model_description",
        ),
        (N_("Who knows who gets what"), _masking(trial), trial.masking_description, "masking_description"),
        (N_("How it observes"), label(OBSERVATIONAL_MODEL_LABELS, trial.observational_model), None, ""),
        (N_("When it looks"), label(TIME_PERSPECTIVE_LABELS, trial.time_perspective), None, ""),
        (N_("How people are chosen"), label(SAMPLING_LABELS, trial.sampling_method), None, ""),
        (N_("Patient registry"), _("Yes") if trial.patient_registry else None, None, ""),
        (N_("How long each person is followed"), _duration(trial), None, ""),
        (
            N_("Samples"),
            label(BIO_SPECIMEN_LABELS, trial.bio_spec_retention),
            trial.bio_spec_description,
            "bio_spec_description",
        ),
        (
            N_("Access outside a trial"),
            joined(label(EXPANDED_ACCESS_LABELS, kind) or kind for kind in trial.expanded_access_types)
            or None,
            None,
            "",
        ),
    ]
    return [
        _fact(
            _(name),
            text or "",
            plain_text(note) if note else "",
            record_lang(trial, *filter(None, (field,))),
        )
        for name, text, note, field in rows
        if text or note
    ]


def _fact(name: str, text: str, note: str, note_lang: str) -> View:
    """A short note stands beside the fact; a long one is folded away."""
    is_long = len(note) > LONGEST_NOTE or not text
    short, long = ("", note) if is_long else (note, "")
    return {"name": name, "text": text, "note": short, "long": long, "note_lang": note_lang}


def _registered(code: str | None) -> str | None:
    return readable(code) if code in _CHOSEN else None


def _masking(trial: Trial) -> str | None:
    text = label(MASKING_LABELS, trial.masking)
    if text and trial.who_masked:
        who = joined(label(WHO_MASKED_LABELS, code) or code for code in trial.who_masked)
        return _("{masking}: {people}").format(masking=text, people=who)
    return text


def _groups_heading(trial: Trial) -> str:
    count = len(trial.arm_groups)
    if trial.study_type == "INTERVENTIONAL":
        return amount(count, "{count} treatment group", "{count} treatment groups")
    return amount(count, "{count} group", "{count} groups")


def _group(position: int, arm: ArmGroup, trial: Trial) -> View:
    given = gets(arm, trial)
    # The registry's "other" says nothing of a group.
    line = [label(ARM_TYPE_LABELS, arm.type) or "" if arm.type != "OTHER" else ""]
    if given:
        line.append(amount(len(given), "{count} treatment or procedure", "{count} treatments or procedures"))
    lang = record_lang(trial, "arm_groups")
    name = Markup("<span{}>{}</span>").format(lang, arm.label) if lang else arm.label
    return {
        "title": Markup(_("Group {number}: {name}")).format(number=number(position), name=name),  # noqa: S704 - our own words
        "line": " · ".join(part for part in line if part),
        "description": registry_html(arm.description) if arm.description else "",
    }


def _matrix(trial: Trial) -> View | None:
    """Return who gets what: treatments by groups, groups by treatments, or each group with all that it gets."""
    arms = trial.arm_groups
    given = {arm.label: gets(arm, trial) for arm in arms}
    # What the record ties to no group is left out: "No" in every column would say that nobody gets it.
    names = list(dict.fromkeys(name for arm in arms for name in given[arm.label]))
    if len(arms) < 2 or not names or _all_alike(given):
        return None
    if len(arms) <= GROUP_COLUMNS:
        types = {item.name: label(INTERVENTION_TYPE_LABELS, item.type) or "" for item in trial.interventions}
        rows = [_row(name, [_cell(arm, name, given) for arm in arms], types.get(name, "")) for name in names]
        return _table(_("Treatment"), [arm.label for arm in arms], rows, marks=True)
    if len(names) <= TREATMENT_COLUMNS:
        rows = [_row(arm.label, [_cell(arm, name, given) for name in names]) for arm in arms]
        return _table(_("Group"), names, rows, marks=True)
    rows = [
        _row(arm.label, [(False, joined(_marked(given[arm.label], trial)) or _nothing(arm))]) for arm in arms
    ]
    return _table(_("Group"), [_("Gets")], rows, marks=False)


def _all_alike(given: Mapping[str, Sequence[str]]) -> bool:
    """Say whether every group gets the same, so that a table would be full of one word."""
    return len(given) > 1 and len({frozenset(names) for names in given.values()}) == 1


def _everyone(trial: Trial) -> str:
    """Return the sentence that stands for the table where every group gets the same."""
    given = {arm.label: gets(arm, trial) for arm in trial.arm_groups}
    names = next(iter(given.values()), ())
    return (
        escape(_("Every group gets: {treatments}.")).format(treatments=joined(_marked(names, trial)))
        if names and _all_alike(given)
        else ""
    )


def _marked(names: Sequence[str], trial: Trial) -> list[Markup]:
    """Return names of treatments, marked as the registry's where they are."""
    return [from_record(name, trial, "interventions", "arm_groups") for name in names]


def _cell(arm: ArmGroup, name: str, given: Mapping[str, Sequence[str]]) -> tuple[bool, str]:
    """Return whether a group gets a treatment, and the word for it."""
    if name in given[arm.label]:
        return True, _("Yes")
    return False, _("No") if given[arm.label] else _nothing(arm)


def _duration(trial: Trial) -> str | None:
    return from_record(trial.target_duration, trial, "target_duration") if trial.target_duration else None


def _nothing(arm: ArmGroup) -> str:
    """Return the word for a group that the record ties to no treatment."""
    return _("No") if arm.type == "NO_INTERVENTION" else _("Not stated")


def _row(name: str, cells: Sequence[tuple[bool, str]], kind: str = "") -> View:
    return {"name": name, "type": kind, "cells": [{"given": given, "text": text} for given, text in cells]}


def _table(first: str, columns: Sequence[str], rows: Sequence[View], *, marks: bool) -> View:
    return {
        "caption": _("Who gets what"),
        "first": first,
        "columns": list(columns),
        "rows": list(rows),
        "marks": marks,
    }


def _also_called(names: Sequence[str], trial: Trial) -> str:
    said = escape(_("Also called: {names}")).format(names=joined(_marked(names, trial)))
    return said if names[-1].endswith((".", "!", "?", "…")) else said + "."


def _interventions(trial: Trial, *, named: bool) -> list[View]:
    """Return what is known of each treatment; one of which only the name is known when no table has named it."""
    in_table = {name for arm in trial.arm_groups for name in gets(arm, trial)} if named else set()
    return [
        {
            "name": item.name,
            "type": label(INTERVENTION_TYPE_LABELS, item.type) or _("Type not stated"),
            "other_names": _also_called(item.other_names, trial) if item.other_names else "",
            "description": registry_html(item.description) if item.description else "",
        }
        for item in trial.interventions
        if item.type or item.other_names or item.description or item.name not in in_table
    ]
