"""The school grade of a text. The figures are what the formula gives, not a judgment of meaning."""

from __future__ import annotations

import pytest

from trialpages.model.reading_grade import counted_by_vowels, reading, syllable_count

GETTYSBURG = """
Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty, and
dedicated to the proposition that all men are created equal.

Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived and so dedicated, can
long endure. We are met on a great battle-field of that war. We have come to dedicate a portion of that field, as a
final resting place for those who here gave their lives that that nation might live. It is altogether fitting and
proper that we should do this.

But, in a larger sense, we can not dedicate -- we can not consecrate -- we can not hallow -- this ground. The brave
men, living and dead, who struggled here, have consecrated it, far above our poor power to add or detract. The world
will little note, nor long remember what we say here, but it can never forget what they did here. It is for us the
living, rather, to be dedicated here to the unfinished work which they who fought here have thus far so nobly
advanced. It is rather for us to be here dedicated to the great task remaining before us -- that from these honored
dead we take increased devotion to that cause for which they gave the last full measure of devotion -- that we here
highly resolve that these dead shall not have died in vain -- that this nation, under God, shall have a new birth of
freedom -- and that government of the people, by the people, for the people, shall not perish from the earth.
"""
"""Abraham Lincoln, 1863."""

PUBLISHED = {
    # Wikipedia, "Flesch-Kincaid readability tests": 6 words of 6 syllables, a reading ease of 116.
    "The cat sat on the mat.": (6, 6, -1.4),
    # The same page: a reading ease of 69; with 16 words and 23 syllables, as fkscore (PyPI) publishes them, grade 7.6.
    "This sentence, taken as a reading passage unto itself, is being used to prove a point.": (16, 23, 7.6),
    # The same page: "11.3 as it has 24 syllables and 13 words".
    "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.": (13, 24, 11.3),
    # William James; flekin (npm) publishes 13 words, 22 syllables and grade 9.45.
    "Nothing is so fatiguing as the eternal hanging on of an uncompleted task.": (13, 22, 9.4),
}
"""Texts with words, syllables and grade as others have published them; grades rounded to what we show."""


@pytest.mark.parametrize("text", PUBLISHED)
def test_texts_of_known_grade(text: str) -> None:
    found = reading(text)
    assert (found.sentences, found.words, found.syllables, found.grade) == (1, *PUBLISHED[text])


def test_a_speech_of_known_grade() -> None:
    # A word processor counts 271 words in 10 sentences and a reading ease of 65; newspapers say "11th grade".
    found = reading(GETTYSBURG)
    ease = 206.835 - 1.015 * found.words / found.sentences - 84.6 * found.syllables / found.words
    assert found.sentences == 10
    assert found.words == pytest.approx(271, abs=1)
    assert ease == pytest.approx(65, abs=1)
    assert found.grade == pytest.approx(11, abs=0.5)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cells looks works used helped years blood side use day times", 1),
        (
            "trial patients disease people little table study fever safety closely headache treatment fatigue",
            2,
        ),
        ("remission infection medicine idea area hospital nausea serious created medical zywicki", 3),
        ("leukemia radiation participate experience", 4),
        ("chemotherapy's", 5),
        ("MRI DNA", 3),
        ("54", 1),
    ],
)
def test_syllables(words: str, expected: int) -> None:
    found = {word: syllable_count(word) for word in words.split()}
    assert found == dict.fromkeys(found, expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cells looks works used helped years", 1),
        ("trial patients little table closely", 2),
        ("remission infection medicine created", 3),
        ("leukemia radiation", 4),
        ("blinatumomab", 5),
    ],
)
def test_vowels_count_where_the_dictionary_is_silent(words: str, expected: int) -> None:
    found = {word: counted_by_vowels(word) for word in words.split()}
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
