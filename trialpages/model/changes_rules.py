"""How the rules about who can take part changed: rule by rule, in each of the record's lists.

A text that cannot be split into lists is compared line by line. A rule that went from one list to the
other is gone from the first and new in the second: it now means the opposite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialpages.model.change import Change
from trialpages.model.changes_texts import difference, listed
from trialpages.model.eligibility import ITEM
from trialpages.model.trial import Criterion, Trial

LISTS = ("inclusion_criteria", "exclusion_criteria", "other_criteria")
WHOLE = "eligibility_criteria"


def rule_changes(before: Trial, after: Trial) -> Iterator[Change]:
    """Yield a change for each list of rules that differs."""
    if _is_split(before) and _is_split(after):
        for name in LISTS:
            was, now = getattr(before, name), getattr(after, name)
            if was != now:
                found = difference(tuple(_texts(was)), tuple(_texts(now)))
                yield from listed("rules", name, found, matters=True)
    elif before.eligibility_criteria != after.eligibility_criteria or _is_split(before) != _is_split(after):
        found = difference(tuple(_all_texts(before)), tuple(_all_texts(after)))
        yield from listed("rules", WHOLE, found, matters=True)


def _is_split(trial: Trial) -> bool:
    return any(getattr(trial, name) for name in LISTS)


def _all_texts(trial: Trial) -> Iterator[str]:
    """Yield all rules of a trial in the order of its text, whatever list they are in."""
    if trial.eligibility_criteria:
        for line in trial.eligibility_criteria.splitlines():
            item = ITEM.fullmatch(line.rstrip())
            text = item["text"] if item else line
            if text.strip():
                yield text.strip()
    else:
        for name in LISTS:
            yield from _texts(getattr(trial, name))


def _texts(criteria: Iterable[Criterion]) -> Iterator[str]:
    for criterion in criteria:
        yield criterion.text
        yield from _texts(criterion.children)
