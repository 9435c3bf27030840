"""The registry's text about who may take part becomes lists: in order, nested, and never guessed."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialpages.model.eligibility import SplitCriteria, single_rules, split_criteria
from trialpages.model.trial import Criterion

Shown = str | tuple[str, list["Shown"]]


def show(criteria: tuple[Criterion, ...]) -> list[Shown]:
    """Return rules as texts, those with children as pairs."""
    return [(rule.text, show(rule.children)) if rule.children else rule.text for rule in criteria]


def check(
    markup: str, inclusion: list[Shown], exclusion: list[Shown], other: list[Shown] | None = None
) -> None:
    split = split_criteria(markup)
    assert split.whole is None
    assert (show(split.inclusion), show(split.exclusion), show(split.other)) == (
        inclusion,
        exclusion,
        other or [],
    )


def check_whole(markup: str) -> None:
    assert split_criteria(markup) == SplitCriteria(whole=markup)


@pytest.mark.parametrize(
    "mark", ["* ", "- ", "• ", "•", "1. ", "2) ", "a) ", "(a) ", "(iv) ", r"\* ", r"1\. "]
)
def test_every_list_mark_is_left_out(mark: str) -> None:
    check(f"Inclusion Criteria:\n\n{mark}Fever\n\nExclusion Criteria:\n\n{mark}Cough", ["Fever"], ["Cough"])


@pytest.mark.parametrize(
    "header",
    [
        "Inclusion Criteria:",
        "INCLUSION CRITERIA",
        "inclusion criteria",
        "Inclusion:",
        "**Inclusion Criteria:**",
        "* INCLUSION CRITERIA:",
        "1. Inclusion Criteria",
        r"\*Inclusion",
        "Inclusion Criteria :",
        "## Inclusions",
        "Inclusion Criteria\uff1a",
        "Inclusion criterion:",
        "\u200bInclusion Criteria:",
    ],
)
def test_every_form_of_a_plain_header_is_known(header: str) -> None:
    check(f"{header}\n\n* Fever\n\nExclusion Criteria:\n\n* Cough", ["Fever"], ["Cough"])


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
def test_rules_nest_by_any_indent(indent: str) -> None:
    check(
        f"Inclusion Criteria:\n\n* Any of:\n\n{indent}* Fever\n{indent}{indent}* high\n{indent}* Cough\n* Adult\n\nExclusion Criteria:\n* None",
        [("Any of:", [("Fever", ["high"]), "Cough"]), "Adult"],
        ["None"],
    )


def test_the_exclusion_list_may_come_first_and_prose_before_both() -> None:
    check(
        "People of Exampletown.\n\nExclusion criteria\n- Cough\n\nInclusion criteria\n- Fever",
        ["Fever"],
        ["Cough"],
        ["People of Exampletown."],
    )


def test_headings_inside_a_list_hold_the_rules_under_them() -> None:
    check(
        "Inclusion Criteria:\n\nAll must:\n\n* Sign\n\nPhase 2 only\n\n1. Fever\n\nOther rules may apply.\n\nExclusion Criteria:\n\n* Cough",
        [("All must:", ["Sign"]), ("Phase 2 only", ["Fever"]), "Other rules may apply."],
        ["Cough"],
    )


def test_a_header_that_says_more_stays_as_a_heading() -> None:
    check(
        "Key Inclusion Criteria:\n* Fever\n\nExclusion Criteria for Part B:\n* Cough\n\nExclusion Criteria for all participants\n* Rash",
        [("Key Inclusion Criteria:", ["Fever"])],
        [
            ("Exclusion Criteria for Part B:", ["Cough"]),
            ("Exclusion Criteria for all participants", ["Rash"]),
        ],
    )


def test_a_heading_is_no_rule_of_its_own() -> None:
    split = split_criteria(
        "Key Inclusion Criteria:\n\nPhase 2 only\n\n* Any of:\n  * Fever\n  * Cough\n* Adult\n\nExclusion Criteria:\n\n* Rash"
    )
    assert split.headings == {"Key Inclusion Criteria:", "Phase 2 only"}
    assert [rule.text for rule in single_rules(split.inclusion, split.headings)] == ["Any of:", "Adult"]
    assert [rule.text for rule in single_rules(split.exclusion, split.headings)] == ["Rash"]


def test_a_name_before_each_pair_of_lists_heads_both() -> None:
    pair = "Inclusion Criteria:\n* {0} yes\n\nExclusion Criteria:\n* {0} no\n\n"
    check(
        "Group 1\n\n" + pair.format("one") + "Healthy people:\n\n" + pair.format("two"),
        [("Group 1", ["one yes"]), ("Healthy people:", ["two yes"])],
        [("Group 1", ["one no"]), ("Healthy people:", ["two no"])],
    )


def test_a_line_before_the_only_pair_of_lists_belongs_to_neither() -> None:
    check(
        "This study is seeking people who are:\n\nInclusion Criteria:\n* Ill\n\nExclusion Criteria:\n* Well",
        ["Ill"],
        ["Well"],
        ["This study is seeking people who are:"],
    )


def test_text_behind_a_header_and_lines_that_go_on_are_kept() -> None:
    check(
        "Inclusion Criteria: All of these:\n* Fever of\n  39 degrees\n\n  or more\n\nExclusion Criteria:\nA cough\nthat lasts",
        [("All of these:", [("Fever of 39 degrees", ["or more"])])],
        ["A cough that lasts"],
    )


def test_sentences_that_mention_the_lists_are_rules() -> None:
    check(
        "Inclusion Criteria:\n\n* Meets none of the exclusion criteria\n\nOther protocol-defined inclusion/exclusion criteria may apply.\n\nExclusion Criteria:\n\n* Patients not meeting inclusion criteria\n* In an exclusion period of another study",
        [
            "Meets none of the exclusion criteria",
            "Other protocol-defined inclusion/exclusion criteria may apply.",
        ],
        ["Patients not meeting inclusion criteria", "In an exclusion period of another study"],
    )


def test_one_plain_list_alone_is_split() -> None:
    check("Inclusion Criteria:\n\n* Fever", ["Fever"], [])
    check("Inclusion Criteria:\n\n* Fever\n\nExclusion Criteria:\n\n-\n", ["Fever"], [])


@pytest.mark.parametrize(
    "markup",
    [
        "Adults with fever. No cough.",
        "DISEASE CHARACTERISTICS:\n\n* Fever",
        "* Fever\n\nExclusion Criteria:\n\n* Cough",
        "Inclusion Criteria:\n\n* Fever\n* Signed consent Exclusion Criteria\n* Cough",
        "Inclusion Criteria:\n\n* Signed consent Exclusion\n* Cough",
        "Inclusion Criteria:\n\n* Fever Exclusion Criteria: Cough",
        "Inclusion Criteria:\n\n* Fever\n\nPeople will be excluded if they have:\n\n* Cough",
        "Inclusion Criteria:\n\nSigns:\n\n* Fever\n\nHeart disease:\n\n* Cough",
        "Inclusion Criteria:\n* a\n\nExclusion Criteria:\n* b\n\nInclusion Criteria:\n* c\n\nExclusion Criteria:\n* d",
        "Inclusion Criteria:\n* a\n\nExclusion Criteria:\n* b\n\nHealthy People\n\nInclusion Criteria for B:\n* c",
        "Exclusion Criteria:\n* a\n\nThese people are eligible:\n* b\n\nInclusion Criteria:\n* c",
    ],
)
def test_what_the_record_does_not_say_clearly_is_given_whole(markup: str) -> None:
    check_whole(markup)


def test_nothing_is_nothing() -> None:
    assert split_criteria("") == split_criteria(" \n\t ") == SplitCriteria()


def test_deep_nesting_stays_shallow_and_complete() -> None:
    lines = "\n".join(f"{'  ' * depth}* rule{depth}" for depth in range(300))
    split = split_criteria(f"Inclusion Criteria:\n{lines}\nExclusion Criteria:\n* x")
    assert words_of(split)["rule299"] == 1
    assert depth_of(split.inclusion) <= 13


def depth_of(criteria: tuple[Criterion, ...]) -> int:
    return max((1 + depth_of(rule.children) for rule in criteria), default=0)


def words_of(split: SplitCriteria) -> Counter[str]:
    """Count all words of a split."""
    found: Counter[str] = Counter(re.findall(r"\w+", split.whole or ""))
    waiting = [*split.inclusion, *split.exclusion, *split.other]
    while waiting:
        rule = waiting.pop()
        found.update(re.findall(r"\w+", rule.text))
        waiting.extend(rule.children)
    return found


lines = st.lists(
    st.sampled_from(
        ["Inclusion Criteria:", "Exclusion Criteria:", "Key exclusion criteria", "Part B:", "", "", "* Fever high", "  * nested one",
         "   2) second", "Some prose here.", "    far in", "Inclusion: with text", "Patients who cough", "-"]
    ),
    max_size=14,
)  # fmt: skip


@given(lines)
@settings(max_examples=300)
def test_no_word_is_lost_whatever_the_lines(parts: list[str]) -> None:
    markup = "\n".join(parts)
    split = split_criteria(markup)
    left_out = {"Inclusion", "Exclusion", "Criteria", "2"}
    before = {word: n for word, n in Counter(re.findall(r"\w+", markup)).items() if word not in left_out}
    after = words_of(split)
    assert all(after[word] >= n for word, n in before.items())
    assert (split.whole is None) or not (split.inclusion or split.exclusion or split.other)
