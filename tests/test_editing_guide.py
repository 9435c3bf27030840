"""The guide for editors is true: its example is a sound trial, and its messages are those of the check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from sites import run, write

from trialpages.model.reading_grade import reading
from trialpages.words.report import render

GUIDE = (ROOT / "docs/editing.md").read_text("utf-8")
FOLDER = "content/trials/NCT00000001"


def blocks(kind: str) -> list[str]:
    found = re.findall(rf"^( *)```{kind}\n(.*?)^ *```$", GUIDE, re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


def files() -> dict[str, str | bytes]:
    [trial], [summary] = blocks("yaml"), blocks("markdown")
    site = "name: A made-up site\n"
    return {"content/site.yaml": site, f"{FOLDER}/trial.yaml": trial, f"{FOLDER}/summary.md": summary}


def test_the_example_to_paste_has_no_fault(tmp_path: Path) -> None:
    write(tmp_path, files())
    assert run(tmp_path).diagnostics == []
    assert (tmp_path / "output/trials/NCT00000001/index.html").is_file()


HARD = (
    "Individuals demonstrating electroencephalographic abnormalities, neurodegenerative comorbidities or "
    "contraindications regarding pharmacological intervention during hospitalization are ineligible for participation."
)
SLIPS = {
    "unknown-field": ("trial.yaml", "locations:", "location:"),
    "yaml-syntax": ("trial.yaml", 'title: "A made-up study of a tablet for adults with migraine"', "title: A study: made-up study of a tablet for adults with migraine"),
    "wrong-form": ("trial.yaml", 'retrieved: "2026-11-23"', 'retrieved: "23/11/2026"'),
    "unknown-reference": ("trial.yaml", 'original: "Migraine for at least one', 'original: "Migraine during one'),
    "unknown-heading": ("summary.md", "Who is the study for?", "Who can join"),
    "reading-grade-too-hard": ("summary.md", "You must have had migraine for a year.", HARD),
}  # fmt: skip


@pytest.mark.parametrize("code", SLIPS)
def test_a_message_in_the_guide_is_what_the_check_says(code: str, tmp_path: Path) -> None:
    name, right, wrong = SLIPS[code]
    content = files()
    text = str(content[f"{FOLDER}/{name}"])
    assert right in text
    write(tmp_path, {**content, f"{FOLDER}/{name}": text.replace(right, wrong, 1)})
    said = render(run(tmp_path).diagnostics)
    [shown] = [block for block in blocks("text") if f"[{code}]" in block]
    assert shown.rstrip("\n") in said


def test_the_drift_in_the_guide_is_what_the_check_says() -> None:
    [shown] = [block for block in blocks("text") if "[record-newer-than-words]" in block]
    said = (ROOT / "tests/invalid/record-newer-than-words/expected.txt").read_text("utf-8")
    assert shown.rstrip("\n") in said


def test_every_picture_is_described() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\((images/[^)]+)\)", GUIDE)
    assert {Path(target).name for _alt, target in pictures} == {
        path.name for path in (ROOT / "docs/images").glob("editing-*")
    }
    for alt, target in pictures:
        assert len(alt) > 40
        assert target.endswith(".svg") == alt.startswith("Drawing: ")


def test_the_guide_is_as_easy_to_read_as_what_it_asks_for() -> None:
    prose = re.sub(r"^ *```.*?^ *```$|!?\[|\]\([^)]*\)|`[^`]*`", "", GUIDE, flags=re.DOTALL | re.MULTILINE)
    whole_sentences = re.sub(r"\n {0,3}(?=[^\s*\d#|])", " ", prose)
    for section in whole_sentences.split("\n## ")[:5]:
        read = reading(section, ("GitHub", "repository"))
        assert read.grade <= 8, (section.partition("\n")[0], read.longest)
