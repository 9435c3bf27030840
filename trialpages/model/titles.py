"""The title in patients' words, and the first sentence of a text for cards.

A title is made from what is tested and the first condition. The editors' title wins. Nothing is
translated or simplified: a made title holds the record's own words, without doses, and is English in every language.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from trialpages.model.names import is_placebo, without_dose
from trialpages.model.trial import Intervention, Trial
from trialpages.words.language import base_of, current, is_english, record_language

TREATMENT_TYPES = frozenset(
    {
        "BEHAVIORAL",
        "BIOLOGICAL",
        "COMBINATION_PRODUCT",
        "DEVICE",
        "DIETARY_SUPPLEMENT",
        "DRUG",
        "GENETIC",
        "PROCEDURE",
        "RADIATION",
        None,
    }
)
"""Types of intervention that are treatments; tests and the registry's `OTHER` are not by themselves."""
_COMPARATORS = frozenset({"ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION"})
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "due", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)
_CAPITAL = re.compile("[A-Z]")
NAMED_IN_TITLE = 2
"""Treatments that a title names before it says how many more there are."""


def title(trial: Trial) -> str:
    """Return the trial's title: the editors' own, or one made from treatment and condition, or the registered one."""
    own = own_title(trial)
    if own:
        return own
    condition = title_case(trial.conditions[0]) if trial.conditions else None
    registered = trial.brief_title or trial.official_title or trial.acronym
    if trial.study_type == "OBSERVATIONAL":
        return (
            f"{condition} study: {registered}" if condition and registered else registered or trial.trial_id
        )
    treatments = joined_treatments([item.name for item in experimental_interventions(trial)])
    if treatments and condition:
        return f"{treatments} for {condition}"
    return registered or trial.trial_id


def own_title(trial: Trial) -> str | None:
    """Return the editors' title: on a site that is not English, that of the summary in its language comes first."""
    if not is_english():
        for summary in trial.summaries:
            if summary.title and base_of(summary.language) == base_of(current()):
                return summary.title
    return trial.title


def title_language(trial: Trial) -> str:
    """Return the value of `lang` for the title: nothing for the editors' own, which is in the site's language."""
    return "" if own_title(trial) else record_language()


def joined_treatments(names: Sequence[str]) -> str:
    """Join treatments' names for a title, without doses.

    >>> joined_treatments(["aspirin 81 mg", "Exercise", "Diet", "Sleep"])
    'Aspirin + Exercise and 2 more'
    """
    distinct: dict[str, str] = {}
    for name in names:
        bare = without_dose(name)
        # A name such as mRNA-1273 has its capitals where they belong.
        first_word = bare.split(maxsplit=1)[0] if bare else ""
        distinct.setdefault(
            bare.casefold(), bare if _CAPITAL.search(first_word) else bare[:1].upper() + bare[1:]
        )
    kept = list(distinct.values())
    text = " + ".join(kept[:NAMED_IN_TITLE])
    return f"{text} and {len(kept) - NAMED_IN_TITLE} more" if len(kept) > NAMED_IN_TITLE else text


def experimental_interventions(trial: Trial) -> tuple[Intervention, ...]:
    """Return what the trial tests: what experimental groups get and comparison groups do not.

    When both kinds of groups get the same things, or when no group is called experimental, it is all
    treatments of the experimental groups, or of the trial. Placebos never count; tests and the
    registry's `OTHER` count only when there is nothing else.
    """
    candidates = tuple(item for item in trial.interventions if not is_placebo(item.name))
    tested = _given(trial, {"EXPERIMENTAL"})
    compared = _given(trial, _COMPARATORS)
    in_tested = tuple(item for item in candidates if item.name in tested)
    only_tested = tuple(item for item in in_tested if item.name not in compared)
    for group in (only_tested, in_tested, candidates):
        treatments = tuple(item for item in group if item.type in TREATMENT_TYPES)
        if treatments:
            return treatments
    return only_tested or in_tested or candidates


def _given(trial: Trial, arm_types: frozenset[str] | set[str]) -> frozenset[str]:
    """Return the names of what groups of these types get, whichever side of the record says so."""
    labels = {arm.label for arm in trial.arm_groups if arm.type in arm_types}
    by_arm = {name for arm in trial.arm_groups if arm.type in arm_types for name in arm.intervention_names}
    by_item = {item.name for item in trial.interventions if labels.intersection(item.arm_group_labels)}
    return frozenset(by_arm | by_item)


def title_case(text: str) -> str:
    """Capitalize the words of a name; words that hold a capital letter or a digit stay as they are.

    >>> title_case("cancer of the B-cell and bone marrow")
    'Cancer of the B-cell and Bone Marrow'
    """
    words = text.split()
    cased = [
        word
        if any(letter.isupper() or letter.isdigit() for letter in word)
        or (index > 0 and word.casefold() in _SMALL_WORDS)
        else _capitalized(word)
        for index, word in enumerate(words)
    ]
    return " ".join(cased)


def _capitalized(word: str) -> str:
    for index, character in enumerate(word):
        if character.isalpha():
            return word[:index] + character.upper() + word[index + 1 :]
    return word


_MARKUP = re.compile(r"(?m)^\s{0,3}(?:[*+-]|\d+[.)]|#{1,6}|>)\s+|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”)]*\s+(?=[\"'“(]?[A-Z0-9])")
_NOT_AN_END = re.compile(r"(?:\b(?:e\.g|i\.e|vs|dr|prof|no|approx|etc|al|inc|st|[a-z])\.)$", re.IGNORECASE)
MAX_SENTENCE_LENGTH = 300
"""Characters; a longer sentence is cut at a word and says so with an ellipsis."""


def first_sentence(text: str | None, limit: int = MAX_SENTENCE_LENGTH) -> str:
    """Return the first sentence of a CommonMark text as plain text of bounded length."""
    if not text:
        return ""
    paragraph = next((part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()), "")
    plain = _ESCAPE.sub(lambda match: f"\0{ord(match[1])}\0", paragraph)
    plain = _MARKUP.sub("", _LINK.sub(r"\1", plain))
    plain = html.unescape(re.sub(r"\0(\d+)\0", lambda match: chr(int(match[1])), plain))
    plain = " ".join(plain.split())
    sentence = plain
    for end in _SENTENCE_END.finditer(plain):
        if not _NOT_AN_END.search(plain[: end.start()]):
            sentence = plain[: end.start()]
            break
    return shortened(sentence, limit)


def shortened(text: str, limit: int) -> str:
    """Cut a text at a word's end, with an ellipsis, when it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    return (
        text[:limit].rpartition(" ")[0].rstrip(" ,;:") + "…"
        if " " in text[:limit]
        else text[: limit - 1] + "…"
    )
