"""docs/search.md tells the truth: its examples are run with jq on six made-up trials, its tables name every field."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from browser.tools import lacking
from made_up_index import TINY, built, contents, write

from trialpages.search import document_card
from trialpages.search.concepts import SURE_SHARE
from trialpages.search.layers import FREQUENT
from trialpages.search.manifest import FORMAT
from trialpages.search.result_cards import NAMES_ON_CARD
from trialpages.search.sizes import Sizes
from trialpages.search.typos import LARGE_SITE, SHORTEST

TEXT = (Path(__file__).parent.parent / "docs" / "search.md").read_text("utf-8")
EXAMPLES = re.findall(r"```sh\n([^`]*)```\n\n```text\n([^`]*)```", TEXT)
SHELL = "/bin/sh"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the index of six made-up trials."""
    return write(built(sizes=Sizes(collapse=0)), tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize(("command", "output"), EXAMPLES, ids=[f"example {n}" for n in range(len(EXAMPLES))])
def test_an_example_prints_what_it_says(command: str, output: str, folder: Path) -> None:
    if shutil.which("jq") is None:
        lacking("jq", "install `jq`")
    ran = subprocess.run([SHELL, "-euc", command], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.stdout == output


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6


def section(title: str) -> set[str]:
    """Return the names in backticks of the first cells of a section's tables."""
    found = TEXT.partition(f"\n### {title}\n")[2].partition("\n## ")[0].partition("\n### ")[0]
    return set(re.findall(r"^\| `([a-z_]+)` \|", found, re.MULTILINE))


def fields(objects: Iterable[Any]) -> set[str]:
    return {name for each in objects for name in each}


def test_every_field_of_every_file_has_its_line() -> None:
    files = contents(built(sizes=TINY))
    entries = [entry for path, shard in files.items() if path.startswith("lex/") for entry in shard.values()]
    assert section("latest.json") == set(files["latest.json"])
    assert section("manifest.json") == set(files["manifest.json"])
    assert section("lex/k.json") == fields(entry for entry in entries if "set" in entry)
    sets = [content for path, content in files.items() if path.startswith("set/")]
    assert section("set/n.json") == fields(sets)
    assert section("facets.json") == fields(files["facets.json"].values())
    assert section("ages.json") == set(files["ages.json"])
    assert section("facet/name/k.json") == set(files["facet/country/index.json"])


def test_every_field_of_a_card_has_its_line() -> None:
    source = Path(document_card.__file__).read_text("utf-8")
    written = set(re.findall(r'^ +"([a-z_]+)": ', source, re.MULTILINE))
    assert written
    assert section("doc/k.json") == written | set(NAMES_ON_CARD.values()) | {"cells"}


def test_every_kind_of_file_is_in_the_list() -> None:
    listed = {
        name.removeprefix("<index>/").partition("/")[0]
        for name in re.findall(r"^\| `([^`]*json)` \|", TEXT, re.MULTILINE)
    }
    assert listed == {path.partition("/")[0] for path, _content in built(sizes=TINY)}


def test_the_numbers_are_those_of_the_code() -> None:
    sizes = Sizes()
    assert f"the version of all files: {FORMAT}" in TEXT
    assert f"Below {sizes.collapse} trials" in TEXT
    assert f"a key of more than {sizes.inline_trials} trials" in TEXT
    assert f"the {sizes.top} best" in TEXT
    assert f"{sizes.top_values} at most" in TEXT
    assert f"letters or digits the {sizes.suggestions}\nwith most trials" in TEXT
    assert f"At most {sizes.fuzzy_words:,} words in all; of four letters or more" in TEXT
    assert SHORTEST == 4
    assert f"more than\n{LARGE_SITE} trials" in TEXT
    assert f"at most {sizes.tile_bytes / 1000:.0f} kB" in TEXT
    assert f"where at least {SURE_SHARE:.0%} of".replace("%", " %") in TEXT
    at = {trials: sizes.suiting(trials) for trials in (20_000, 20_001, 50_000, 50_001, 200_000, 200_001)}
    assert [at[trials].chunk for trials in (20_000, 20_001, 200_000, 200_001)] == [4, 8, 8, 4]
    assert "four cards in a file up to 20,000 trials and above 200,000, eight between" in TEXT
    assert f"fewer than one in {FREQUENT} of" in TEXT
    shards = [at[trials].shard_bytes for trials in (50_000, 50_001, 200_000, 200_001)]
    assert shards == [4_000, 6_000, 6_000, 8_000]
    assert "4 kB up to 50,000 trials, 6 kB up to 200,000, 8 kB above" in TEXT
