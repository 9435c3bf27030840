"""What the search page loads before anything is asked: few bytes, and no words of the interface."""

from __future__ import annotations

import gzip
from pathlib import Path

from trialpages.pages.assets import asset_set
from trialpages.pages.script_text import without_comments

SCRIPTS = Path(__file__).parents[1] / "assets/js"
ENTRY = "js/search.js"
EARLY = "js/search-early.js"
VIEW = "js/search-controls.js"
AT_FIRST = 10_000
"""Bytes of what can answer a query, file by file as gzip packs it, without comments."""
ON_USE = ("search-place", "search-suggestions", "search-group", "search-empty", "storage", "whereabouts")
"""Modules that only some readers need."""


def sources() -> dict[str, bytes]:
    return {f"js/{path.name}": path.read_bytes() for path in SCRIPTS.glob("*.js")}


def test_what_comes_with_the_page_is_small() -> None:
    scripts = sources()
    imports = asset_set(scripts, None).imports
    first = (EARLY, ENTRY, *imports[ENTRY])
    costs = {name: len(gzip.compress(without_comments(scripts[name]), 9)) for name in first}
    assert "js/search-engine.js" in costs
    assert sum(costs.values()) <= AT_FIRST, costs


def test_what_only_some_readers_need_comes_on_use() -> None:
    imports = asset_set(sources(), None).imports
    for name in (*imports[ENTRY], *imports[VIEW]):
        assert not name.startswith(tuple(f"js/{part}" for part in ON_USE)), name


def test_the_words_of_the_page_come_with_what_shows_them() -> None:
    scripts = sources()
    imports = asset_set(scripts, None).imports
    assert "js/more-messages.js" in imports[VIEW]
    for name in (ENTRY, *imports[ENTRY]):
        assert b"language.js" not in scripts[name], name
