"""In what the people of two trials differ: their ages, their condition. What is unknown is no difference."""

from __future__ import annotations

import re
import unicodedata

from trialpages.model.ages import standard_ages
from trialpages.model.card import Card

AGE = "age"
CONDITION = "condition"
SPACES = re.compile(r"[\s\-‐‑–_/,]+")


def mismatches(trial: Card, source: Card) -> tuple[str, ...]:
    """Return in what two trials are known to differ: of `age` and `condition`."""
    found = []
    own_ages, other_ages = age_groups(trial), age_groups(source)
    if own_ages and other_ages and set(own_ages).isdisjoint(other_ages):
        found.append(AGE)
    if trial.conditions and source.conditions and not is_same_condition(trial, source):
        found.append(CONDITION)
    return tuple(found)


def age_groups(trial: Card) -> tuple[str, ...]:
    """Return the age groups that a record states, or those that its bounds reach into."""
    if trial.standard_ages or not (trial.minimum_age or trial.maximum_age):
        return trial.standard_ages
    return standard_ages(trial.minimum_age, trial.maximum_age)


def is_same_condition(trial: Card, source: Card) -> bool:
    """Return whether two trials study one condition, or one of them a narrower kind of the other's."""
    own, other = set(trial.condition_mesh_ids), set(source.condition_mesh_ids)
    own_wider, other_wider = set(trial.condition_ancestor_ids), set(source.condition_ancestor_ids)
    named = {_fold(name) for name in trial.conditions} & {_fold(name) for name in source.conditions}
    return bool(named or own & (other | other_wider) or other & own_wider)


def _fold(name: str) -> str:
    return SPACES.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()
