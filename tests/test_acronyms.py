"""Short forms are spelled out where they are first used, unless everybody knows them."""

from __future__ import annotations

import pytest

from trialpages.model.checks_acronyms import check_acronyms, short_forms
from trialpages.model.editorial import GlossaryEntry
from trialpages.model.places import Places
from trialpages.model.trial_files import read_trial
from trialpages.words.diagnostics import Sink

HEAD = "brief_title: A made-up study\noverall_status: COMPLETED\n"
SUMMARY = "## In short\n\n{text}\n\n## Who is the study for?\n\n{later}\n"


def told(
    text: str, *, later: str = "People.", facts: str = "", known: frozenset[str] = frozenset()
) -> list[str]:
    """Return what is said of a summary, as `file:line:column form`."""
    files = {
        "trial.yaml": (HEAD + facts).encode(),
        "summary.md": SUMMARY.format(text=text, later=later).encode(),
    }
    sink: Sink = []
    trial = read_trial("NCT00000001", files, "content", sink)
    assert trial is not None, sink
    found = check_acronyms(trial, Places("NCT00000001", "content", files), known)
    return [
        f"{each.span.path.removeprefix('content/')}:{each.span.line}:{each.span.column} {each.what.split(chr(39))[1]}"
        for each in found
    ]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("We look for MRD in the blood.", "MRD"),
        ("We look for minimal residual disease (MRD). MRD is rare.", ""),
        ("We look for MRD (minimal residual disease).", ""),
        ("We look for minimal residual\ndisease (MRD).", ""),
        ("A high liver value (ALT or AST) is a sign.", ""),
        ("We look for MRD, which is a small rest.", ""),
        ("MRD means that a rest is left. A protein called MDM2 and the KMT2A gene.", ""),
        ("Serious events (SAEs) are counted. An SAE is rare.", ""),
        ("SAEs are counted.", "SAEs"),
        ("People with stage II, phase III or grade IV, with HIV or an MRI, in the USA.", ""),
        ("Take PEG-asparaginase with SNDX-5613 in NCT00000002.", ""),
        ("You must NOT smoke.", ""),
        ("People with ALL can join.", "ALL"),
        ("See [our page](https://example.org/MRD/PFS) and `MRD`.", ""),
        ("A Big Word and one A. HER2-positive.", ""),
        ("Acute lymphoblastic leukemia (ALL) and B-ALL.", ""),
        ("People with B-ALL.", "B-ALL"),
        ("The CAR-T way.", "CAR-T"),
        ("People with HFpEF, with a low eGFR and HbA1c.", "HFpEF eGFR HbA1c"),
        ("Heart failure with a stiff heart (HFpEF). HFpEF is slow. McDonald, PhD, on YouTube. TVs.", ""),
        ("The mRNA vaccine, the H1N1 flu, in Houston, TX, with PEGfilgrastim.", ""),
        ("You need a low LVEF. LVEF is the share of blood pumped out. It is at level AA.", ""),
        ("You need a low LVEF. This is made up. LVEF is rare.", "LVEF"),
        ("DO NOT TAKE THIS PILL WITH JUICE.", ""),
        ("The BRCA1 and BRCA2 genes. The heart's force, or LVEF, is low.", ""),
    ],
)
def test_what_is_a_short_form(text: str, forms: str) -> None:
    found = [each.partition(" ")[2] for each in told(text)]
    wanted = forms.replace("SAEs", "SAE").split()
    assert found == wanted


def test_each_is_told_once_a_file_at_its_first_use() -> None:
    rules = "plain_criteria:\n  - {plain: 'My LVEF and FEV1 are low, and my LVEF is 9.', kind: exclusion, original: Low values}\n"
    assert told("PFS and LVEF.", later="PFS and MRD.", facts=rules) == [
        "summary.md:3:1 PFS",
        "summary.md:3:9 LVEF",
        "summary.md:7:9 MRD",
        "trial.yaml:4:17 LVEF",
        "trial.yaml:4:26 FEV1",
    ]


def test_a_summary_spells_out_for_the_facts_and_the_glossary_for_all() -> None:
    rules = "plain_criteria:\n  - {plain: My LVEF and CR are low., kind: exclusion, original: Low values}\n"
    glossary = [GlossaryEntry(term="Complete remission", meaning="Made up.", other_names=("CR",))]
    known = short_forms(glossary)
    assert known == {"CR"}
    assert told("The heart's force (LVEF) is low.", facts=rules, known=known) == []


def test_a_code_that_is_part_of_a_treatment_s_or_condition_s_name_is_known() -> None:
    facts = "conditions: [KMT2A leukemia]\ninterventions:\n  - {name: ATG}\n"
    assert told("KMT2A and ATG.", facts=facts) == ["summary.md:3:11 ATG"]


def test_the_study_s_own_short_name_is_known() -> None:
    assert told("The STAR-HF study.", facts="acronym: STAR-HF\n") == []
    assert told("The STAR-HF study.") == ["summary.md:3:5 STAR-HF"]


def test_what_comes_too_late_is_said() -> None:
    files = {
        "summary.md": SUMMARY.format(text="MRD is rare.", later="Minimal residual disease (MRD).").encode()
    }
    sink: Sink = []
    trial = read_trial("NCT00000001", {**files, "trial.yaml": HEAD.encode()}, "content", sink)
    assert trial is not None
    (fault,) = check_acronyms(trial, Places("NCT00000001", "content", files), frozenset())
    assert fault.notes == ("summary.md spells it out further down",)
    assert fault.source_line == "MRD is rare."
