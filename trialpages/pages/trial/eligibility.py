"""Eligibility: the key criteria, the plain statements beside the original rules, and the registry's own lists.

A rule is never changed in meaning here: plain statements come from the editors only, and the
original stands one click away. Where nobody can join, the rules are told in the past tense. A text that cannot be split into two lists is shown whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from trialpages.model.ages import age_range_text
from trialpages.model.editorial import PlainCriterion
from trialpages.model.eligibility import SplitCriteria, split_criteria
from trialpages.model.openness import is_over, rules_note
from trialpages.model.trial import Criterion, Trial
from trialpages.pages.markup import plain_text, registry_html, registry_inline
from trialpages.pages.trial.figures import RULE_FIELDS
from trialpages.pages.trial.registry_page import is_registered
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import counted
from trialpages.words.fields import record

SIDES = ("inclusion", "exclusion")
_FORMAL = {"inclusion": "Inclusion criteria", "exclusion": "Exclusion criteria"}
REGISTERED_NOTE = (
    "These are the rules as the study team wrote them, in medical language. "
    "Ask your doctor to go through them with you."
)
RESTATED_NOTE = (
    "These are the rules in medical terms, put into our own words. The study team's exact words are in its record. "
    "Ask your doctor to go through them with you."
)
OVER_REGISTERED_NOTE = "These are the rules as the study team wrote them, in medical language."
OVER_RESTATED_NOTE = "These are the rules in medical terms, put into our own words. The study team's exact words are in its record."
_SPACES = re.compile(r"\s+")


@record
class Wording:
    """The words around the rules, while people can join or once nobody can."""

    heading: str
    healthy: str
    not_healthy: str
    must_have: str
    must_not_have: str
    key_have: str
    key_not_have: str
    true: str
    not_true: str
    plain_heading: str
    caution: str
    registered_note: str
    restated_note: str


OPEN = Wording(
    heading="Who can take part?",
    healthy="Can take part",
    not_healthy="Cannot take part",
    must_have="What you need to join",
    must_not_have="What would keep you from joining",
    key_have="Must have",
    key_not_have="Must not have",
    true="These should be true for you",
    not_true="These should not be true for you",
    plain_heading="Check the main rules",
    caution="This is not medical advice, and it does not decide whether you can join. Only the study team can.",
    registered_note=REGISTERED_NOTE,
    restated_note=RESTATED_NOTE,
)
OVER = Wording(
    heading="Who could take part?",
    healthy="Could take part",
    not_healthy="Could not take part",
    must_have="What people needed to join",
    must_not_have="What kept people from joining",
    key_have="Needed to join",
    key_not_have="Kept people from joining",
    true="These had to be true",
    not_true="None of these could be true",
    plain_heading="The main rules",
    caution="This list is not medical advice.",
    registered_note=OVER_REGISTERED_NOTE,
    restated_note=OVER_RESTATED_NOTE,
)


def eligibility_view(trial: Trial) -> View | None:
    """Return who can take part; nothing when the record says nothing about it."""
    words = OVER if is_over(trial) else OPEN
    rules = _rules(trial)
    registered = is_registered(trial, *RULE_FIELDS)
    registry = _registry_lists(rules, words, registered)
    plain = _plain(trial.plain_criteria, rules, words)
    basics = basic_rules(trial)
    if not (registry or plain or basics or trial.study_population):
        return None
    total = len(rules.inclusion) + len(rules.exclusion)
    return section(
        "eligibility",
        heading=words.heading,
        over=rules_note(trial),
        basics=basics,
        population=registry_html(trial.study_population) if trial.study_population else "",
        key_criteria=_key_criteria(trial.plain_criteria, words),
        plain=plain,
        plain_heading=words.plain_heading,
        caution=f"{words.caution}{_coverage(len(trial.plain_criteria), total, registered)}",
        registry=registry,
        original_label="Original wording" if registered else "The rule in full",
        registry_summary=_registry_summary(total, registered) if plain else "",
        registry_note=words.registered_note if registered else words.restated_note,
        count=total,
    )


def basic_rules(trial: Trial) -> list[View]:
    """Return ages, sex and healthy volunteers, each only when it is known."""
    facts: list[View] = []
    if trial.minimum_age or trial.maximum_age:
        facts.append({"name": "Age", "text": age_range_text(trial.minimum_age, trial.maximum_age)})
    if trial.sex:
        text = {"ALL": "Everyone", "FEMALE": "Women and girls only", "MALE": "Men and boys only"}.get(
            trial.sex, trial.sex
        )
        if trial.gender_description:
            text = f"{text}. {plain_text(trial.gender_description)}"
        facts.append({"name": "Sex", "text": text})
    if trial.healthy_volunteers is not None:
        words = OVER if is_over(trial) else OPEN
        text = words.healthy if trial.healthy_volunteers else words.not_healthy
        facts.append({"name": "Healthy volunteers", "text": text})
    return facts


def _rules(trial: Trial) -> SplitCriteria:
    if trial.inclusion_criteria or trial.exclusion_criteria:
        return SplitCriteria(
            inclusion=trial.inclusion_criteria,
            exclusion=trial.exclusion_criteria,
            other=trial.other_criteria,
        )
    return split_criteria(trial.eligibility_criteria or "")


def _registry_lists(rules: SplitCriteria, words: Wording, registered: bool) -> list[View]:
    if rules.whole is not None:
        return [
            {
                "heading": "The rules as registered" if registered else "The rules",
                "formal": "",
                "kind": "",
                "html": registry_html(rules.whole),
                "criteria": [],
            }
        ]
    lists = (
        ("", "Before the lists", rules.other),
        ("inclusion", words.must_have, rules.inclusion),
        ("exclusion", words.must_not_have, rules.exclusion),
    )
    return [
        {
            "heading": heading,
            "formal": _FORMAL.get(kind, ""),
            "kind": kind,
            "html": "",
            "criteria": [_criterion(rule) for rule in found],
        }
        for kind, heading, found in lists
        if found
    ]


def _criterion(rule: Criterion) -> View:
    return {"html": registry_inline(rule.text), "children": [_criterion(child) for child in rule.children]}


def _key_criteria(criteria: Sequence[PlainCriterion], words: Wording) -> list[View]:
    found: list[View] = []
    for kind, heading in (("inclusion", words.key_have), ("exclusion", words.key_not_have)):
        texts = [criterion.plain for criterion in criteria if criterion.key and criterion.kind == kind]
        if texts:
            found.append({"heading": heading, "kind": kind, "criteria": texts})
    return found


def _plain(criteria: Sequence[PlainCriterion], rules: SplitCriteria, words: Wording) -> list[View]:
    """Return the plain statements by side, numbered through both."""
    headings = {"inclusion": words.true, "exclusion": words.not_true}
    numbers = count(1)
    found: list[View] = []
    for kind in SIDES:
        side = [criterion for criterion in criteria if criterion.kind == kind]
        if side:
            pool = rules.inclusion if kind == "inclusion" else rules.exclusion
            items = [
                {
                    "number": next(numbers),
                    "plain": criterion.plain,
                    "self_check": criterion.self_check,
                    "original": _criterion(_original(criterion, pool)),
                }
                for criterion in side
            ]
            found.append({"heading": headings[kind], "kind": kind, "criteria": items})
    return found


def _original(criterion: PlainCriterion, pool: Sequence[Criterion]) -> Criterion:
    """Return the rule that a plain statement explains, or the words that the editors gave."""
    start = _folded(criterion.original)
    for rule in _all(pool):
        if _folded(rule.text).startswith(start):
            return rule
    return Criterion(text=criterion.original)


def _all(rules: Sequence[Criterion]) -> Iterator[Criterion]:
    for rule in rules:
        yield rule
        yield from _all(rule.children)


def _folded(text: str) -> str:
    return _SPACES.sub(" ", plain_text(text)).strip().casefold()


def _coverage(shown: int, total: int, registered: bool) -> str:
    """Say how many of the rules the plain statements cover; rules that we restate may not be all."""
    if total <= shown:
        return ""
    which = "rules in the record" if registered else "rules that we found; there may be more"
    return f" It covers {shown} of the {total} {which}."


def _registry_summary(total: int, registered: bool) -> str:
    rules = f"all {counted(total, 'rule')}" if total else "the rules"
    return f"Show {rules} as the study team wrote them" if registered else f"Show {rules} in full"
