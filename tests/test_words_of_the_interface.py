"""Our own words are easy to read and promise nothing: every message of the interface, as the code holds it now.

A message of fewer than eight words has no dependable grade; it counts in the grade of all of them together.
Names of medicines, groups and places stand for themselves: a placeholder reads as a name.
"""

from __future__ import annotations

import re

import pytest

from trialpages.messages import messages
from trialpages.model.checks_words import CURES, PROMISES, URGES
from trialpages.model.reading_grade import TWO_SYLLABLES, WORD, reading

TARGET = 8.0
FEWEST_WORDS = 8
PLACEHOLDER = re.compile(r"\{(\w+)\}")
NUMBERS = frozenset(
    {"count", "number", "percent", "all", "shown", "total", "distance", "miles", "km", "year"}
)
"""Placeholders that hold a number."""
TIMES = frozenset({"screening", "treatment", "follow_up"})
"""Placeholders that hold a time."""
TERMS = (
    "ClinicalTrials.gov",
    "GeoNames",
    "JavaScript",
)
"""Names that nobody can shorten."""
URGENT = re.compile(
    r"\b(?:now or never|do not wait|don['’]t wait|soon as possible|immediately|urgent(?:ly)?|today only|exciting)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Every message, each form of a plural, with a number or a short name for each placeholder."""
    found: list[str] = []
    for message in messages():
        found += [message.id] if isinstance(message.id, str) else message.id
    filled = (PLACEHOLDER.sub(_filled, form).replace("%%", "%") for form in found)
    return [text for text in dict.fromkeys(filled) if text]


def _filled(placeholder: re.Match[str]) -> str:
    if placeholder[1] in TIMES:
        return "3 weeks"
    return "12" if placeholder[1] in NUMBERS else TWO_SYLLABLES


def worst(texts: list[str]) -> list[str]:
    """Return the messages above the target, the hardest first."""
    graded = [(reading(text, TERMS).grade, text) for text in texts if len(WORD.findall(text)) >= FEWEST_WORDS]
    return [f"{grade:.1f} {text}" for grade, text in sorted(graded, reverse=True) if grade > TARGET]


def test_no_message_is_above_grade_8(texts: list[str]) -> None:
    assert len(texts) > 300
    hard = worst(texts)
    assert not hard, "\n".join(["too hard to read, hardest first:", *hard])


def test_all_messages_together_are_far_below_grade_8(texts: list[str]) -> None:
    assert reading("\n\n".join(texts), TERMS).grade <= TARGET - 2


def test_messages_promise_nothing_and_do_not_press(texts: list[str]) -> None:
    found = [text for text in texts if any(each.search(text) for each in (PROMISES, CURES, URGES, URGENT))]
    assert not found


def test_hard_words_are_seen() -> None:
    hard = "Participants experience considerable gastrointestinal complications following administration of medication."
    assert worst([hard]) and not worst(["You can stop at any time, and you need not say why."])
