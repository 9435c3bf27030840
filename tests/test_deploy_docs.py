"""What the documentation of deploying promises: its flags and figures are those of the command."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from trialpages.deploy_command import add_flags
from trialpages.deploying.guard import USUAL
from trialpages.deploying.store import LIST

TEXT = (Path(__file__).parent.parent / "docs/deploying.md").read_text("utf-8")


def test_every_flag_is_explained_and_no_other() -> None:
    parser = argparse.ArgumentParser(add_help=False)
    add_flags(parser)
    flags = {flag for action in parser._actions for flag in action.option_strings}
    assert set(re.findall(r"^\| `(--[a-z-]+)", TEXT, re.MULTILINE)) == flags


def test_the_usual_guard_and_the_list_are_named_as_they_are() -> None:
    assert (USUAL.files, USUAL.percent) == (20, 10)
    assert "at most 20 pages and data files, or a tenth of them" in TEXT
    assert f"`{LIST}`" in TEXT
