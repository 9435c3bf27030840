from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialpages.site.slugs import MAX_SLUG_LENGTH, slug, unique_slugs
from trialpages.words.digest import digest


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Acute Lymphoblastic Leukemia", "acute-lymphoblastic-leukemia"),
        ("M.D. Anderson Cancer Center", "m-d-anderson-cancer-center"),
        ("Crohn's Disease", "crohns-disease"),
        ("Crohn’s Disease", "crohns-disease"),
        ("β-Thalassemia", "beta-thalassemia"),
        ("HER2+ Breast Cancer", "her2-plus-breast-cancer"),
        ("Sjögren Syndrome", "sjogren-syndrome"),
        ("Straße", "strasse"),
        ("Bełchatów Hospital", "belchatow-hospital"),
        ("  --Pain-- ", "pain"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize("name", ["CON", "nul", "com1", "LPT0", "page", "A-Z"])
def test_reserved_names_get_a_digest(name: str) -> None:
    assert slug(name) == f"{name.lower()}-{digest(name)[:8]}"


def test_names_in_other_scripts_are_told_apart() -> None:
    assert slug("白血病") == f"name-{digest('白血病')[:8]}"
    assert slug("白血病") != slug("淋巴瘤")
    assert slug("白血病 B") == f"b-{digest('白血病 B')[:8]}"
    assert slug("???") == f"name-{digest('???')[:8]}"


def test_long_names_are_cut_at_a_word_and_told_apart() -> None:
    first, second = slug("word " * 40 + "one"), slug("word " * 40 + "two")
    assert first.startswith("word-word-") and first != second
    assert max(len(first), len(second)) <= MAX_SLUG_LENGTH
    assert slug("x" * 300).startswith("x" * 51 + "-")


def test_unique_slugs_do_not_depend_on_order_or_case() -> None:
    names = ["T cell", "T-cell!", "T Cell"]
    slugs = unique_slugs(names, taken=["other"])
    assert slugs == unique_slugs(reversed(names), taken=["other"])
    assert slugs["T Cell"] == "t-cell"
    assert len({each.casefold() for each in slugs.values()}) == 3


def test_a_taken_slug_is_not_given_again() -> None:
    assert unique_slugs(["Leukemia"], taken=["leukemia"]) == {
        "Leukemia": f"leukemia-{digest('Leukemia')[:8]}"
    }


@given(st.lists(st.text(min_size=1, max_size=120), max_size=8))
def test_slugs_of_any_names(names: list[str]) -> None:
    slugs = unique_slugs(names)
    assert len(set(slugs.values())) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in slugs.values())
    assert all(len(each) <= MAX_SLUG_LENGTH for each in slugs.values())
