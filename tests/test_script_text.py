from __future__ import annotations

from pathlib import Path

import pytest

from trialpages.pages.script_text import without_comments

SCRIPTS = Path(__file__).parents[1] / "assets/js"


@pytest.mark.parametrize(
    ("source", "left"),
    [
        (b"/**\n * Adds * and /.\n */\nfunction add() {}\n", b"function add() {}\n"),
        (b"  // A reason.\n  go();\n", b"  go();\n"),
        (b"const text = '/* no comment */';\n", b"const text = '/* no comment */';\n"),
        (b"const address = `//example.org`; // Kept.\n", b"const address = `//example.org`; // Kept.\n"),
        (b"/*! A license. */\ngo();\n", b"/*! A license. */\ngo();\n"),
        (b"const text = `\n// not a comment\n`;\n", b"const text = `\n// not a comment\n`;\n"),
        (b"go(/* why */ 1);\n", b"go(/* why */ 1);\n"),
        (b"// Quotes.\ntext.replace(/['`]/g, '');\n", b"text.replace(/['`]/g, '');\n"),
    ],
)
def test_comments_on_lines_of_their_own_go(source: bytes, left: bytes) -> None:
    assert without_comments(source) == left


def test_our_own_modules_lose_comments_and_nothing_else() -> None:
    for path in SCRIPTS.glob("*.js"):
        source = path.read_bytes()
        left = without_comments(source)
        gone = [line.strip() for line in source.splitlines() if line not in left.splitlines()]
        assert left != source, f"{path.name} seems to have a text over several lines"
        assert all(line.startswith((b"/**", b"*", b"//")) for line in gone if line), path.name
