"""What the editors point to inside one trial: original rules, and groups of counted health problems."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from trialpages.model.editorial import PlainCriterion
from trialpages.model.places import Places
from trialpages.model.trial import Criterion, Trial
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.suggest import nearest

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
EMPHASIS = re.compile(r"\*\*|(?<!\w)[*_]|[*_](?!\w)")
SPACES = re.compile(r"\s+")
LONGEST_QUOTE = 90
"""Characters of a rule that a message shows."""

LEAST_LIKENESS = 0.4
"""Below this share of common letters a rule is not offered as the one that was meant."""


def check_plain_criteria(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield plain rules whose original is not in the record, is in the other list, or is not clear."""
    lists = {
        "inclusion": tuple(_texts(trial.inclusion_criteria)),
        "exclusion": tuple(_texts(trial.exclusion_criteria)),
    }
    whole = normal_text(trial.eligibility_criteria or "")
    if not any(lists.values()) and not whole:
        if trial.plain_criteria:
            what = "The plain rules explain rules that are not here"
            help_text = "copy the original rules to `eligibility_criteria:`, so that readers can compare them"
            yield places.fault("rules-without-original", what, ("plain_criteria",), help=help_text)
        return
    for index, criterion in enumerate(trial.plain_criteria):
        place = ("plain_criteria", index, "original")
        fault = _original_fault(criterion, lists, whole, trial)
        if fault:
            code, what, help_text = fault
            yield places.fault(code, what, place, help=help_text)


def _original_fault(
    criterion: PlainCriterion, lists: dict[str, tuple[str, ...]], whole: str, trial: Trial
) -> tuple[str, str, str] | None:
    wanted = normal_text(criterion.original)
    shown = _short(criterion.original)
    if not any(lists.values()):
        if wanted in whole:
            return None
        help_text = _now_reads(wanted, trial, criterion.kind)
        return "unknown-reference", f"No rule of the record begins with '{shown}'", help_text
    own = [text for text in lists[criterion.kind] if text.startswith(wanted)]
    if len(own) == 1 or (own and wanted in own):
        return None
    if own:
        what = f"{len(own)} rules begin with '{shown}'"
        return "ambiguous-reference", what, f"copy more of the rule: {_short(own[0])}"
    other = "exclusion" if criterion.kind == "inclusion" else "inclusion"
    if any(text.startswith(wanted) for text in lists[other]):
        what = f"The rule '{shown}' is an {other} rule of the record, not an {criterion.kind} rule"
        return "rule-in-other-list", what, f"write `kind: {other}`, and check which answer lets a person join"
    help_text = _now_reads(wanted, trial, criterion.kind)
    return "unknown-reference", f"No {criterion.kind} rule of the record begins with '{shown}'", help_text


def normal_text(markup: str) -> str:
    """Return a rule as its readers see it, in small letters, with single spaces."""
    return _as_seen(markup).casefold()


def _as_seen(markup: str) -> str:
    text = html.unescape(ESCAPED.sub(r"\1", markup))
    return SPACES.sub(" ", EMPHASIS.sub("", text)).strip()


def _texts(criteria: Iterable[Criterion]) -> Iterator[str]:
    return map(normal_text, _rules(criteria))


def _rules(criteria: Iterable[Criterion]) -> Iterator[str]:
    for criterion in criteria:
        yield criterion.text
        yield from _rules(criterion.children)


def _now_reads(wanted: str, trial: Trial, kind: str) -> str:
    """Say which rule of the record is most like the wanted one, in the record's own letters."""
    lists = {"inclusion": trial.inclusion_criteria, "exclusion": trial.exclusion_criteria}
    rules = [(name, text) for name, criteria in lists.items() for text in _rules(criteria)]
    rules.sort(key=lambda rule: rule[0] != kind)
    if not rules:
        rules = [(kind, line.strip(" \t*-")) for line in (trial.eligibility_criteria or "").splitlines()]
    close = closest(wanted, tuple(text for _name, text in rules))
    if close is None:
        return "no rule is like it now: copy another rule's first words, or take the plain rule away"
    name, text = rules[close]
    said = "the nearest rule now reads" if name == kind else f"the nearest rule is now an {name} rule"
    return f"{said}: {_short(_as_seen(text))}"


def closest(wanted: str, texts: Sequence[str]) -> int | None:
    """Return the place of the text whose beginning is most like the wanted one, or of one that holds it."""
    best, likeness = None, LEAST_LIKENESS
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for position, text in enumerate(map(normal_text, texts)):
        if wanted in text:
            return position
        matcher.set_seq1(text[: len(wanted)])
        ratio = matcher.ratio()
        if ratio > likeness:
            best, likeness = position, ratio
    return best


def _short(text: str) -> str:
    line = SPACES.sub(" ", text).strip()
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rstrip() + "…"


def check_side_effect_groups(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield chosen groups that the trial's own counts do not have. Borrowed counts are for the whole site."""
    choice = trial.side_effects
    if choice is None or (choice.source and choice.source != trial.trial_id):
        return
    known = tuple(group.id for group in trial.adverse_events.event_groups) if trial.adverse_events else ()
    for index, group_id in enumerate(choice.groups):
        # Without counts of its own the trial's source is found by rule, among all trials of the site.
        if group_id not in known and known:
            guess = nearest(group_id, known)
            help_text = f"did you mean '{guess}'?" if guess else f"the groups are: {', '.join(known)}"
            what = f"There is no group '{group_id}'"
            yield places.fault("unknown-reference", what, ("side_effects", "groups", index), help=help_text)
