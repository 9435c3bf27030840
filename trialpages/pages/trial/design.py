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
from trialpages.pages.trial.marks import registered
from trialpages.pages.trial.registry_page import is_registered
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import fold, joined
from trialpages.words.language import N_, _, amount, is_english, number

LONGEST_NOTE = 80
"""Characters of a note that stands open beside its fact."""
GROUP_COLUMNS = 4
"""Groups that fit side by side; more become one row each."""
TREATMENT_COLUMNS = 6
"""Treatments that fit side by side beside groups; with more, each group's are named in one cell."""


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
        explanations=[{"name": fact["name"], "text": fact["long"]} for fact in facts if fact["long"]],
        groups=shown,
        more_groups=rest,
        more_groups_summary=amount(len(rest), "+{count} more group", "+{count} more groups"),
        groups_heading=_groups_heading(trial),
        groups_lang=_record_lang(trial, "arm_groups"),
        matrix=matrix,
        everyone=everyone,
        interventions_lang=_record_lang(trial, "interventions"),
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


def _record_lang(trial: Trial, field: str) -> Markup:
    """Return the attribute that marks the registry's English on a page in another language."""
    return Markup("") if is_english() or not is_registered(trial, field) else Markup(' lang="en"')


def gets(arm: ArmGroup, trial: Trial) -> tuple[str, ...]:
    """Return the names of what a group gets, whichever side of the record says so."""
    by_item = (item.name for item in trial.interventions if arm.label in item.arm_group_labels)
    return tuple(dict.fromkeys((*arm.intervention_names, *by_item)))


def _facts(trial: Trial) -> list[View]:
    phase = phase_label(trial.phases) if trial.phases else None
    purpose = label(PRIMARY_PURPOSE_LABELS, trial.primary_purpose)
    rows: list[tuple[str, str | None, str | None]] = [
        (N_("Kind of study"), label(STUDY_TYPE_LABELS, trial.study_type), None),
        (N_("Phase"), phase, None),
        (N_("Purpose"), purpose, None),
        (
            N_("How groups are made"),
            label(ALLOCATION_LABELS, trial.allocation),
            _registered(trial.allocation),
        ),
        (
            N_("How groups compare"),
            label(INTERVENTION_MODEL_LABELS, trial.intervention_model),
            trial.intervention_model_description,
        ),
        (N_("Who knows who gets what"), _masking(trial), trial.masking_description),
        (N_("How it observes"), label(OBSERVATIONAL_MODEL_LABELS, trial.observational_model), None),
        (N_("When it looks"), label(TIME_PERSPECTIVE_LABELS, trial.time_perspective), None),
        (N_("How people are chosen"), label(SAMPLING_LABELS, trial.sampling_method), None),
        (N_("Patient registry"), _("Yes") if trial.patient_registry else None, None),
        (N_("How long each person is followed"), _duration(trial), None),
        (N_("Samples"), label(BIO_SPECIMEN_LABELS, trial.bio_spec_retention), trial.bio_spec_description),
        (
            N_("Access outside a trial"),
            joined(label(EXPANDED_ACCESS_LABELS, kind) or kind for kind in trial.expanded_access_types)
            or None,
            None,
        ),
    ]
    return [
        _fact(_(name), text or "", plain_text(note) if note else "")
        for name, text, note in rows
        if text or note
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
        return _("{masking}: {people}").format(masking=text, people=who)
    return text


def _groups_heading(trial: Trial) -> str:
    count = len(trial.arm_groups)
    if trial.study_type == "INTERVENTIONAL":
        return amount(count, "{count} treatment group", "{count} treatment groups")
    return amount(count, "{count} group", "{count} groups")


def _group(position: int, arm: ArmGroup, trial: Trial) -> View:
    given = gets(arm, trial)
    line = [label(ARM_TYPE_LABELS, arm.type) or ""]
    if given:
        line.append(amount(len(given), "{count} treatment or procedure", "{count} treatments or procedures"))
    lang = _record_lang(trial, "arm_groups")
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
        _row(arm.label, [(False, joined(map(registered, given[arm.label])) or _nothing(arm))]) for arm in arms
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
        escape(_("Every group gets: {treatments}.")).format(treatments=joined(map(registered, names)))
        if names and _all_alike(given)
        else ""
    )


def _cell(arm: ArmGroup, name: str, given: Mapping[str, Sequence[str]]) -> tuple[bool, str]:
    """Return whether a group gets a treatment, and the word for it."""
    if name in given[arm.label]:
        return True, _("Yes")
    return False, _("No") if given[arm.label] else _nothing(arm)


def _duration(trial: Trial) -> str | None:
    return registered(trial.target_duration) if trial.target_duration else None


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


def _also_called(names: Sequence[str]) -> str:
    said = escape(_("Also called: {names}")).format(names=joined(map(registered, names)))
    return said if names[-1].endswith((".", "!", "?", "…")) else said + "."


def _interventions(trial: Trial, *, named: bool) -> list[View]:
    """Return what is known of each treatment; one of which only the name is known when no table has named it."""
    in_table = {name for arm in trial.arm_groups for name in gets(arm, trial)} if named else set()
    return [
        {
            "name": item.name,
            "type": label(INTERVENTION_TYPE_LABELS, item.type) or _("Type not stated"),
            "other_names": _also_called(item.other_names) if item.other_names else "",
            "description": registry_html(item.description) if item.description else "",
        }
        for item in trial.interventions
        if item.type or item.other_names or item.description or item.name not in in_table
    ]
