"""Facts of one trial that do not fit together: dates, ages, groups and what they get."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.model.ages import are_out_of_order
from trialpages.model.dates import is_after, show_date
from trialpages.model.places import Places
from trialpages.model.trial import Trial, TrialDate
from trialpages.read.document import Location
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.suggest import fold, nearest

ORDERED_DATES = (
    ("start_date", "primary_completion_date"),
    ("primary_completion_date", "completion_date"),
    ("start_date", "completion_date"),
    ("study_first_post_date", "results_first_post_date"),
    ("study_first_post_date", "last_update_post_date"),
    ("results_first_post_date", "last_update_post_date"),
)
"""Fields of `Trial`: the first of a pair is never dated after the second."""


def check_dates(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield pairs of dates in the wrong order; each date is told once."""
    told: set[str] = set()
    for earlier, later in ORDERED_DATES:
        first, second = _date(trial, earlier), _date(trial, later)
        if not is_after(first, second) or told & {earlier, later}:
            continue
        told |= {earlier, later}
        what = f"'{later}' ({show_date(second)}) is before '{earlier}' ({show_date(first)})"
        help_text = "check both dates against their source"
        yield places.fault("dates-out-of-order", what, (later,), (earlier,), help=help_text)


def _date(trial: Trial, name: str) -> str | None:
    value: TrialDate | str | None = getattr(trial, name)
    return value.date if isinstance(value, TrialDate) else value


def check_ages(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield bounds between which nobody is."""
    if are_out_of_order(trial.minimum_age, trial.maximum_age):
        what = f"The youngest age, {trial.minimum_age}, is above the oldest, {trial.maximum_age}"
        help_text = "check both ages and their units against their source"
        yield places.fault("ages-out-of-order", what, ("minimum_age",), ("maximum_age",), help=help_text)


def check_groups(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield groups that get something unknown, treatments of unknown groups, and names given twice."""
    labels = tuple(arm.label for arm in trial.arm_groups)
    names = tuple(name for item in trial.interventions for name in (item.name, *item.other_names))
    for index, label in enumerate(labels):
        if label in labels[:index]:
            what = f"Two groups have the name '{label}'"
            help_text = "give each group its own name"
            yield places.fault("duplicate-entry", what, ("arm_groups", index, "label"), help=help_text)
    for index, arm in enumerate(trial.arm_groups):
        for position, name in enumerate(arm.intervention_names):
            if names and not _is_one_of(name, names):
                place = ("arm_groups", index, "intervention_names", position)
                yield _unknown(f"There is no intervention '{name}'", name, names, place, places)
    for index, item in enumerate(trial.interventions):
        for position, label in enumerate(item.arm_group_labels):
            if labels and not _is_one_of(label, labels):
                place = ("interventions", index, "arm_group_labels", position)
                yield _unknown(f"There is no group '{label}'", label, labels, place, places)


def _is_one_of(name: str, names: tuple[str, ...]) -> bool:
    return name in names or fold(name) in {fold(other) for other in names}


def _unknown(what: str, name: str, known: tuple[str, ...], place: Location, places: Places) -> Diagnostic:
    guess = nearest(name, known)
    help_text = f"did you mean '{guess}'?" if guess else f"known here: {', '.join(known[:8])}"
    return places.fault("unknown-reference", what, place, ("arm_groups",), help=help_text)
