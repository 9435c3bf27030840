"""Words as the index reads them: the vectors that the browser's module runs as well."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialpages.search import tokens
from trialpages.search.tokens import LONGEST_WORD, compounds, key, read_words, term_of, terms

VECTORS = json.loads((Path(__file__).parent / "vectors/search-tokens.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: ascii(vector["text"])[:40])
def test_words_and_compounds(vector: dict[str, Any]) -> None:
    assert [list(pair) for pair in read_words(vector["text"])] == vector["words"]
    assert compounds(vector["text"]) == vector["compounds"]


def test_the_examples_in_the_docstrings() -> None:
    assert doctest.testmod(tokens).failed == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Leukaemia, Lymphoid", "leukemia lymphoid"),
        ("anti-PD-1", "Anti PD1"),
        ("paediatric tumours", "Pediatric Tumor"),
        ("haemodialysis", "HEMODIALYSES"),
    ],
)
def test_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@given(st.text(max_size=80))
def test_a_key_has_single_spaces_and_is_what_its_terms_are(text: str) -> None:
    assert key(text).split(" ") == (terms(text) or [""])
    assert all(len(term) <= LONGEST_WORD + 20 and term == term.strip() for term in terms(text))


@given(st.from_regex("[a-z]{1,12}", fullmatch=True))
def test_plural_and_singular_are_one_term(word: str) -> None:
    if len(word) > 3 and not word.endswith(("s", "e", "y", "i", "u")):
        assert term_of(f"{word}s") == term_of(word)
