"""Eligibility: the key criteria, the plain statements beside the original rules, and the registry's own lists.

A rule is never changed in meaning here: plain statements come from the editors only, and the
original stands one click away. Where nobody can join, the rules are told in the past tense and nothing is
asked. A text that cannot be split into two lists is shown whole, and no list to take along is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from trialpages.model.ages import age_range_text, asked_units, bounds_days
from trialpages.model.editorial import PlainCriterion
from trialpages.model.eligibility import SplitCriteria, single_rules, split_criteria
from trialpages.model.openness import is_over, rules_note
from trialpages.model.trial import Criterion, Trial
from trialpages.pages.markup import plain_text, registry_html, registry_inline
from trialpages.pages.trial.figures import RULE_FIELDS
from trialpages.pages.trial.registry_page import is_registered, record_lang
from trialpages.pages.trial.section import View, section
from trialpages.words.fields import record
from trialpages.words.language import N_, _, amount, number

SIDES = ("inclusion", "exclusion")
_FORMAL = {"inclusion": N_("Inclusion criteria"), "exclusion": N_("Exclusion criteria")}
_SEXES = {"ALL": N_("Everyone"), "FEMALE": N_("Women and girls only"), "MALE": N_("Men and boys only")}
REGISTERED_NOTE = N_(
    "These are the rules as the study team wrote them, in medical language. "
    "Ask your doctor to go through them with you."
)
RESTATED_NOTE = N_(
    "These are the rules in medical terms, put into our own words. The study team's exact words are in its record. "
    "Ask your doctor to go through them with you."
)
OVER_REGISTERED_NOTE = N_("These are the rules as the study team wrote them, in medical language.")
OVER_RESTATED_NOTE = N_(
    "These are the rules in medical terms, put into our own words. The study team's exact words are in its record."
)
_SPACES = re.compile(r"\s+")


@record
class Wording:
    """The words around the rules, while people can join or once nobody can; English, translated where they are shown."""

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
    heading=N_("Who can take part?"),
    healthy=N_("Can take part"),
    not_healthy=N_("Cannot take part"),
    must_have=N_("What you need to join"),
    must_not_have=N_("What would keep you from joining"),
    key_have=N_("Must have"),
    key_not_have=N_("Must not have"),
    true=N_("These should be true for you"),
    not_true=N_("These should not be true for you"),
    plain_heading=N_("Check the main rules"),
    caution=N_(
        "This is not medical advice, and it does not decide whether you can join. Only the study team can."
    ),
    registered_note=REGISTERED_NOTE,
    restated_note=RESTATED_NOTE,
)
OVER = Wording(
    heading=N_("Who could take part?"),
    healthy=N_("Could take part"),
    not_healthy=N_("Could not take part"),
    must_have=N_("What people needed to join"),
    must_not_have=N_("What kept people from joining"),
    key_have=N_("Needed to join"),
    key_not_have=N_("Kept people from joining"),
    true=N_("These had to be true"),
    not_true=N_("None of these could be true"),
    plain_heading=N_("The main rules"),
    caution=N_("This list is not medical advice."),
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
    total = len(_singles(rules, "inclusion")) + len(_singles(rules, "exclusion"))
    return section(
        "eligibility",
        heading=_(words.heading),
        over=rules_note(trial),
        basics=basics,
        population=registry_html(trial.study_population) if trial.study_population else "",
        population_lang=record_lang(trial, "study_population"),
        rules_lang=record_lang(trial, *RULE_FIELDS),
        key_criteria=_key_criteria(trial.plain_criteria, words),
        plain=plain,
        plain_heading=_(words.plain_heading),
        caution=_caution(trial.plain_criteria, rules, words, registered),
        check=_check(trial, rules),
        registry=registry,
        original_label=_("Original wording") if registered else _("The rule in full"),
        registry_summary=_registry_summary(total, registered) if plain else "",
        registry_note=_(words.registered_note) if registered else _(words.restated_note),
        count=total,
    )


def basic_rules(trial: Trial) -> list[View]:
    """Return ages, sex and healthy volunteers, each only when it is known; `note` is the registry's own text."""
    facts: list[View] = []
    if trial.minimum_age or trial.maximum_age:
        facts.append(_basic(_("Age"), age_range_text(trial.minimum_age, trial.maximum_age)))
    if trial.sex:
        text = _(_SEXES[trial.sex]) if trial.sex in _SEXES else trial.sex
        note = plain_text(trial.gender_description) if trial.gender_description else ""
        facts.append(
            _basic(_("Sex"), f"{text}." if note else text, note, record_lang(trial, "gender_description"))
        )
    if trial.healthy_volunteers is not None:
        words = OVER if is_over(trial) else OPEN
        text = words.healthy if trial.healthy_volunteers else words.not_healthy
        facts.append(_basic(_("Healthy people"), _(text)))
    return facts


def _basic(name: str, text: str, note: str = "", note_lang: str = "") -> View:
    return {"name": name, "text": text, "note": note, "note_lang": note_lang}


def _check(trial: Trial, rules: SplitCriteria) -> View | None:
    """Return what the browser's self-check works with; nothing when nobody can join or no rule can be asked.

    Where the editors wrote statements, these are asked, with age and sex as far as the trial restricts
    them. Else the registry's own rules are a list to take along, which judges nothing.
    """
    if is_over(trial):
        return None
    if not any(criterion.self_check for criterion in trial.plain_criteria):
        single = rules.whole is None and (rules.inclusion or rules.exclusion)
        return {"kind": "list"} if single and not trial.plain_criteria else None
    asked = [criterion for criterion in trial.plain_criteria if criterion.self_check]
    all_rules = [*_singles(rules, "inclusion"), *_singles(rules, "exclusion")]
    youngest, too_old = bounds_days(trial.minimum_age, trial.maximum_age)
    bounded = youngest > 0 or too_old != float("inf")
    return {
        "kind": "questions",
        "age": age_range_text(trial.minimum_age, trial.maximum_age) if bounded else "",
        "age_from": f"{youngest:.10g}" if youngest else "",
        "age_before": f"{too_old:.10g}" if too_old != float("inf") else "",
        "age_units": " ".join(asked_units(trial.minimum_age, trial.maximum_age)),
        "sex": trial.sex if trial.sex in ("FEMALE", "MALE") else "",
        "more": _covered(asked, rules) < len(all_rules) or not is_registered(trial, *RULE_FIELDS),
    }


def _rules(trial: Trial) -> SplitCriteria:
    """Return the rules as the trial has them; which of them are headings is read from the registry's text."""
    split = split_criteria(trial.eligibility_criteria or "")
    if not (trial.inclusion_criteria or trial.exclusion_criteria):
        return split
    return SplitCriteria(
        inclusion=trial.inclusion_criteria,
        exclusion=trial.exclusion_criteria,
        other=trial.other_criteria,
        headings=split.headings,
    )


def _singles(rules: SplitCriteria, kind: str) -> list[Criterion]:
    """Return the rules of a side that stand for themselves, those under headings included."""
    return list(single_rules(rules.inclusion if kind == "inclusion" else rules.exclusion, rules.headings))


def _registry_lists(rules: SplitCriteria, words: Wording, registered: bool) -> list[View]:
    if rules.whole is not None:
        return [
            {
                "heading": _("The rules as registered") if registered else _("The rules"),
                "formal": "",
                "kind": "",
                "html": registry_html(rules.whole),
                "criteria": [],
            }
        ]
    lists = (
        ("", N_("Before the lists"), rules.other),
        ("inclusion", words.must_have, rules.inclusion),
        ("exclusion", words.must_not_have, rules.exclusion),
    )
    return [
        {
            "heading": _(heading),
            "formal": _(_FORMAL[kind]) if kind else "",
            "kind": kind,
            "html": "",
            "criteria": [_criterion(rule, rules.headings) for rule in found],
        }
        for kind, heading, found in lists
        if found
    ]


def _criterion(rule: Criterion, headings: frozenset[str] = frozenset()) -> View:
    return {
        "html": registry_inline(rule.text),
        "is_heading": bool(rule.children) and rule.text in headings,
        "children": [_criterion(child, headings) for child in rule.children],
    }


def _key_criteria(criteria: Sequence[PlainCriterion], words: Wording) -> list[View]:
    found: list[View] = []
    for kind, heading in (("inclusion", words.key_have), ("exclusion", words.key_not_have)):
        texts = [criterion.plain for criterion in criteria if criterion.key and criterion.kind == kind]
        if texts:
            found.append({"heading": _(heading), "kind": kind, "criteria": texts})
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
                    "label": _("(rule {number})").format(number=number(next(numbers))),
                    "plain": criterion.plain,
                    "self_check": criterion.self_check,
                    "original": _criterion(_original(criterion, pool)),
                }
                for criterion in side
            ]
            found.append({"heading": _(headings[kind]), "kind": kind, "criteria": items})
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


def _covered(criteria: Sequence[PlainCriterion], rules: SplitCriteria) -> int:
    """Count the rules that statements speak of; a rule with two statements counts once, and so does one with sub-rules."""
    starts = {kind: [_folded(item.original) for item in criteria if item.kind == kind] for kind in SIDES}
    return sum(
        any(_folded(part.text).startswith(start) for part in _all([rule]) for start in starts[kind])
        for kind in SIDES
        if starts[kind]
        for rule in _singles(rules, kind)
    )


def _caution(
    criteria: Sequence[PlainCriterion], rules: SplitCriteria, words: Wording, registered: bool
) -> str:
    """Say what the statements are not, and how many of the rules they cover; rules that we restate may not be all."""
    caution = _(words.caution)
    total = len(_singles(rules, "inclusion")) + len(_singles(rules, "exclusion"))
    shown = _covered(criteria, rules)
    if not criteria or total <= shown:
        return caution
    if registered:
        text = _("{caution} It covers {shown} of the {total} rules in the record.")
    else:
        text = _("{caution} It covers {shown} of the {total} rules that we found; there may be more.")
    return text.format(caution=caution, shown=number(shown), total=number(total))


def _registry_summary(total: int, registered: bool) -> str:
    if registered and total:
        return amount(
            total,
            "Show all {count} rule as the study team wrote them",
            "Show all {count} rules as the study team wrote them",
        )
    if registered:
        return _("Show the rules as the study team wrote them")
    if total:
        return amount(total, "Show all {count} rule in full", "Show all {count} rules in full")
    return _("Show the rules in full")
