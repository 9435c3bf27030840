"""`docs/search.md` is true: its commands print what it says, and its tables name every field of every file."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_up_cards import made_up_card
from made_up_index import TINY, built, contents

from trialpages.model.trial import TrialDate
from trialpages.search.document_card import result_card
from trialpages.search.result_cards import NAMES_ON_CARD
from trialpages.search.sizes import Sizes
from trialpages.search.typos import LARGE_SITE
from trialpages.words import language

TEXT = (Path(__file__).parent.parent / "docs" / "search.md").read_text("utf-8")
BY_HAND = TEXT.partition("## A query by hand\n")[2].partition("\n## ")[0]
COMMANDS = re.findall(r"```sh\n(.*?)```\n\n```text\n(.*?)```", BY_HAND, re.DOTALL)


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
@pytest.mark.parametrize(
    ("command", "printed"), COMMANDS, ids=[command.splitlines()[0][:60] for command, _printed in COMMANDS]
)
def test_a_command_prints_what_the_text_says(command: str, printed: str, tmp_path: Path) -> None:
    for path, content in built(sizes=Sizes(collapse=0)):
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    run = subprocess.run(
        ["sh", "-euc", command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr) == (printed, "")


def test_every_command_has_its_output() -> None:
    assert len(COMMANDS) == BY_HAND.count("```sh") >= 6


def table(heading: str) -> set[str]:
    """Return the fields in the table below a heading."""
    section = TEXT.partition(f"\n### {heading}\n")[2].partition("\n##")[0]
    return set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all objects inside a value."""
    if isinstance(value, dict):
        yield value
    for each in value if isinstance(value, list) else ():
        yield from objects(each)


FILES = contents(built(sizes=TINY))
BUNDLED = contents(built())


def entries() -> Iterator[dict[str, Any]]:
    for path, content in FILES.items():
        if path.startswith("lex/"):
            yield from objects(list(content.values()))


def test_every_field_of_every_file_has_its_line() -> None:
    assert table("latest.json") == set(BUNDLED["latest.json"])
    assert table("manifest.json") == set(BUNDLED["manifest.json"]) == set(FILES["manifest.json"])
    assert table("lex/k.json") == {name for entry in entries() for name in entry} - {"found"}
    assert table("facets.json") == {name for column in FILES["facets.json"].values() for name in column}
    assert table("ages.json") == set(FILES["ages.json"])
    assert table("facet/name/k.json") == set(FILES["facet/country/index.json"])


def test_every_field_of_a_card_has_its_line() -> None:
    found = made_up_card(
        1,
        title=None,
        brief_title="A made-up trial of rest",
        brief_summary="This made-up trial looks at rest.",
        overall_status="RECRUITING",
        status_verified_date="2026-11",
        retrieved="2026-11-20",
        completion_date=TrialDate(date="2027-01"),
        last_update_post_date="2026-11-19",
    )
    language.use(language.Language(code="es"))
    try:
        shown = result_card(found, who_for="adults", where="Town", phase="Phase 1")
    finally:
        language.use(language.Language())
    assert table("doc/k.json") == {*shown, *NAMES_ON_CARD.values(), "cells"}


def test_the_figures_are_those_of_the_code() -> None:
    sizes = Sizes()
    for said in (
        f"Below {sizes.collapse} trials",
        f"more than {sizes.inline_trials} trials",
        f"the {sizes.top} best",
        f"{sizes.top_values} at most",
        f"the {sizes.suggestions}\nwith most trials",
        f"At most {sizes.fuzzy_words:,} words in all",
        f"at most {sizes.tile_bytes / 1000:.0f} kB or one place",
        f"more than\n{LARGE_SITE} trials",
    ):
        assert said in TEXT, said
