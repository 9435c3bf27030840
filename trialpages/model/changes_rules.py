"""How the rules about who can take part changed: rule by rule, in each of the record's lists.

A text that cannot be split into lists is compared line by line. A rule that went from one list to the
other is gone from the first and new in the second: it now means the opposite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialpages.model.change import Change
from trialpages.model.changes_texts import Difference, difference
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
                yield from _change(name, difference(tuple(_texts(was)), tuple(_texts(now))))
    elif before.eligibility_criteria != after.eligibility_criteria or _is_split(before) != _is_split(after):
        yield from _change(WHOLE, difference(tuple(_all_texts(before)), tuple(_all_texts(after))))


def _change(name: str, found: Difference) -> Iterator[Change]:
    if found:
        yield Change(
            kind="rules",
            field=name,
            count=found.count,
            removed=found.removed,
            added=found.added,
            reworded=found.reworded,
            matters_to_readers=True,
        )


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
