"""Eligibility: the key criteria, the plain statements beside the original rules, and the registry's own lists.

A rule is never changed in meaning here: plain statements come from the editors only, and the
original stands one click away. A text that cannot be split into two lists is shown whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trialpages.model.ages import age_range_text
from trialpages.model.editorial import PlainCriterion
from trialpages.model.eligibility import SplitCriteria, split_criteria
from trialpages.model.trial import Criterion, Trial
from trialpages.pages.markup import plain_text, registry_html, registry_inline
from trialpages.pages.trial.section import View, section
from trialpages.pages.wording import counted

MUST_HAVE = "What you need to join"
MUST_NOT_HAVE = "What would keep you from joining"
_SIDES = (("inclusion", MUST_HAVE), ("exclusion", MUST_NOT_HAVE))
_FORMAL = {"inclusion": "Inclusion criteria", "exclusion": "Exclusion criteria"}
_RULE_FIELDS = frozenset({"eligibility_criteria", "inclusion_criteria", "exclusion_criteria"})
REGISTERED_NOTE = (
    "These are the rules as the study team wrote them, in medical language. "
    "Ask your doctor to go through them with you."
)
RESTATED_NOTE = (
    "These are the rules in medical terms, put into our own words. The study team's exact words are in its record. "
    "Ask your doctor to go through them with you."
)
_SPACES = re.compile(r"\s+")


def eligibility_view(trial: Trial) -> View | None:
    """Return who can take part; nothing when the record says nothing about it."""
    rules = _rules(trial)
    registry = _registry_lists(rules)
    plain = _plain(trial.plain_criteria, rules)
    basics = basic_rules(trial)
    if not (registry or plain or basics or trial.study_population):
        return None
    total = len(rules.inclusion) + len(rules.exclusion)
    registered = _are_registered(trial)
    return section(
        "eligibility",
        basics=basics,
        population=registry_html(trial.study_population) if trial.study_population else "",
        key_criteria=_key_criteria(trial.plain_criteria),
        plain=plain,
        plain_heading="Check the main rules",
        caution=_caution(len(trial.plain_criteria), total),
        registry=registry,
        original_label="Original wording" if registered else "The rule in full",
        registry_summary=_registry_summary(total, registered) if plain else "",
        registry_note=REGISTERED_NOTE if registered else RESTATED_NOTE,
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
        text = "Can take part" if trial.healthy_volunteers else "Cannot take part"
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


def _registry_lists(rules: SplitCriteria) -> list[View]:
    if rules.whole is not None:
        return [
            {
                "heading": "The rules as registered",
                "formal": "",
                "kind": "",
                "html": registry_html(rules.whole),
                "criteria": [],
            }
        ]
    lists = (
        ("", "Before the lists", rules.other),
        ("inclusion", MUST_HAVE, rules.inclusion),
        ("exclusion", MUST_NOT_HAVE, rules.exclusion),
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


def _key_criteria(criteria: Sequence[PlainCriterion]) -> list[View]:
    found: list[View] = []
    for kind, heading in (("inclusion", "Must have"), ("exclusion", "Must not have")):
        texts = [criterion.plain for criterion in criteria if criterion.key and criterion.kind == kind]
        if texts:
            found.append({"heading": heading, "kind": kind, "criteria": texts})
    return found


def _plain(criteria: Sequence[PlainCriterion], rules: SplitCriteria) -> list[View]:
    headings = {"inclusion": "These should be true for you", "exclusion": "These should not be true for you"}
    found: list[View] = []
    for kind, _ in _SIDES:
        side = [criterion for criterion in criteria if criterion.kind == kind]
        if side:
            pool = rules.inclusion if kind == "inclusion" else rules.exclusion
            items = [
                {
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


def _caution(shown: int, total: int) -> str:
    text = "This is not medical advice, and it does not decide whether you can join. Only the study team can."
    if total > shown:
        text += f" It covers {shown} of the {total} rules in the record."
    return text


def _are_registered(trial: Trial) -> bool:
    """Say whether the rules stand as the study team registered them, and not in the editors' words."""
    return trial.has_registry_record and not _RULE_FIELDS.intersection(trial.edited_fields)


def _registry_summary(total: int, registered: bool) -> str:
    rules = f"all {counted(total, 'rule')}" if total else "the rules"
    return f"Show {rules} as the study team wrote them" if registered else f"Show {rules} in full"
