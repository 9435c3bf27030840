from __future__ import annotations

import pytest

from trialpages.model.names import is_placebo, names_one_of, treatment_key, without_dose, words_of


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Blinatumomab 15 mcg/m2/day", "Blinatumomab"),
        ("Metformin 500 mg tablets, twice daily", "Metformin"),
        ("Aspirin (81 mg)", "Aspirin"),
        ("aspirin 100-300mg", "aspirin"),
        ("Vitamin D3 2,000 IU", "Vitamin D3"),
        ("Drug-A® 0.5 mg/kg IV infusion", "Drug-A"),
        ("5-FU", "5-FU"),
        ("Technetium 99m", "Technetium 99m"),
        ("CD19 CAR-T cells", "CD19 CAR-T cells"),
        ("BMS-986278", "BMS-986278"),
        ("10 mg", "10 mg"),
        ("Tamoxifen for 6 months", "Tamoxifen for 6 months"),
        ("Nitrendipine 20 mg.", "Nitrendipine"),
        ("Drug A 100 or 200mg", "Drug A"),
        ("Drug A Oral Film 25 mg, 50 mg, 75 mg or 100 mg", "Drug A Oral Film"),
        ("Drug A (150 mg, 300 mg, and 600 mg)", "Drug A"),
        ("Drug A at a dose of 10 mg/day", "Drug A"),
        ("Drug A (5% gel)", "Drug A (gel)"),
        ("Drug A 0.5 mg, drug B 5 mg", "Drug A, drug B"),
    ],
)
def test_name_without_dose(name: str, bare: str) -> None:
    assert without_dose(name) == bare


def test_spellings_of_one_treatment_share_a_key() -> None:
    assert treatment_key("PEG-asparaginase®") == treatment_key("peg asparaginase 1000 IU")
    assert treatment_key("Drug A") != treatment_key("Drug AB")
    assert words_of("Sjögren’s &amp; café") == "sjogren s cafe"


def test_placebo_by_name() -> None:
    assert is_placebo("Matching Placebos")
    assert is_placebo("Sham procedure")
    assert not is_placebo("Shampoo")


def test_text_names_a_treatment_only_by_whole_words() -> None:
    assert names_one_of("People got Peg-Asparaginase.", ["peg asparaginase"])
    assert not names_one_of("Asparaginases", ["asparaginase"])
    assert not names_one_of("arm il 2", ["il"])
