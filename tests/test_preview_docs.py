"""docs/preview.md names flags, editors and folders that exist, and every flag that only `serve` has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trialpages.arguments import parse
from trialpages.preview.panel.editor import OWN, USUAL
from trialpages.preview.panel.editors import EDITORS, IN_TERMINAL

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "preview.md").read_text("utf-8")


def flags_of(command: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The long flags of a command, as its own help names them."""
    with pytest.raises(SystemExit):
        parse([command, "--help"])
    return set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out))


def test_the_table_names_flags_of_serve_and_all_that_only_serve_has(
    capsys: pytest.CaptureFixture[str],
) -> None:
    serve, explain = flags_of("serve", capsys), flags_of("explain", capsys)
    table = set(re.findall(r"^\| `(--[a-z-]+)` \|", TEXT, re.MULTILINE))
    assert table <= serve
    assert serve - explain <= table
    assert set(re.findall(r"--[a-z][a-z-]+", TEXT)) - serve == {"--at"}


def test_every_known_editor_is_named() -> None:
    listed = " ".join(TEXT.split("is running, then one that is installed.")[1].split("are known.")[0].split())
    names = set(re.split(r", | and ", listed))
    assert names == {each.title if each.title != "JetBrains" else "the JetBrains editors" for each in EDITORS}


def test_the_variables_and_the_refused_editors_are_those_of_the_code() -> None:
    for variable in (OWN, *USUAL):
        assert f"`{variable}`" in TEXT
    assert {"vim", "nano"} <= IN_TERMINAL


def test_the_readme_leads_to_it() -> None:
    assert "`docs/preview.md`" in (ROOT / "README.md").read_text("utf-8")
