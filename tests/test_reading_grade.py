"""The school grade of a text. The figures are what the formula gives, not a judgment of meaning."""

from __future__ import annotations

import pytest

from trialpages.model.reading_grade import reading, syllable_count


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cells looks works used helped years blood side use day times", 1),
        (
            "trial patients disease people little table study fever safety closely headache treatment fatigue",
            2,
        ),
        ("remission infection medicine idea area hospital nausea serious created medical", 3),
        ("leukemia radiation participate experience", 4),
        ("MRI DNA", 3),
        ("54", 1),
    ],
)
def test_syllables(words: str, expected: int) -> None:
    found = {word: syllable_count(word) for word in words.split()}
    assert found == dict.fromkeys(found, expected)


def test_the_formula_in_numbers() -> None:
    # 11 words in 2 sentences, with 13 syllables.
    found = reading("The blood cells are low. We count them each morning again.")
    assert (found.words, found.sentences) == (11, 2)
    assert found.grade == pytest.approx(0.39 * 11 / 2 + 11.8 * 13 / 11 - 15.59, abs=0.05)


LONG = (
    "This made-up trial looks at how well the study drug works in people with a blood cancer whose disease "
    "is gone for now but is still there in a small number of cells in the body."
)


def test_long_sentences_raise_the_grade_and_are_named_longest_first() -> None:
    short = "It is a made-up trial. You can say no. You can stop at any time."
    assert reading(short).grade < 3
    found = reading(f"{LONG} {short}")
    assert reading(LONG).grade > 11
    assert found.longest == (LONG, "It is a made-up trial.", "You can stop at any time.")


def test_each_bullet_is_a_sentence_and_a_line_break_is_none() -> None:
    assert reading("* You have fever\n* You cough\n\n1. You sleep badly").sentences == 3
    assert reading("You have\nfever and\ncough.").sentences == 1


def test_names_are_exempt_as_wholes_and_in_parts() -> None:
    text = "Blinatumomab treats acute lymphoblastic leukemia. Lymphoblastic cells go."
    names = ["Blinatumomab", "Acute Lymphoblastic Leukemia"]
    assert reading(text, names).grade < reading(text).grade - 5
    assert reading(text, names).words == 6
    assert reading(text, ["a", ""]).grade == reading(text).grade


def test_abbreviations_numbers_and_links_end_no_sentence() -> None:
    assert reading("Take pain drugs, e.g. The usual ones, at 2.5 grams a day.").sentences == 1
    assert reading("See [our page](https://example.org/a.b) for more.").words == 5


def test_text_without_words_has_no_grade() -> None:
    assert reading("").grade == reading("---\n\n* *").grade == 0.0
