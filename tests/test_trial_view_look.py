"""The look: contrast of every pair of tokens in light and dark, layers, and the size of the style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parent.parent / "assets" / "css"
TOKENS = (CSS / "00-tokens.css").read_text()
TEXT = 4.5
SHAPE = 3.0
PAIRS = (
    ("ink", "paper", TEXT),
    ("ink", "wash", TEXT),
    ("ink-soft", "paper", TEXT),
    ("ink-soft", "wash", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "wash", TEXT),
    ("accent-strong", "paper", TEXT),
    ("paper", "accent", TEXT),
    ("paper", "accent-strong", TEXT),
    ("ink", "accent-wash", TEXT),
    ("open", "paper", TEXT),
    ("open", "open-wash", TEXT),
    ("waiting", "paper", TEXT),
    ("waiting", "waiting-wash", TEXT),
    ("closed", "paper", TEXT),
    ("closed", "closed-wash", TEXT),
    ("ink", "open-wash", TEXT),
    ("accent", "open-wash", TEXT),
    ("accent", "waiting-wash", TEXT),
    ("accent", "closed-wash", TEXT),
    ("line-strong", "paper", SHAPE),
    ("bar-first", "paper", SHAPE),
    ("bar-first", "bar-track", SHAPE),
    ("bar-second", "bar-track", SHAPE),
)


def tokens(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.split("prefers-color-scheme: dark")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", light))
    return (
        found if scheme == "light" else {**found, **dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", dark))}
    )


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"), PAIRS, ids=[f"{front} on {back}" for front, back, _ in PAIRS]
)
def test_tokens_can_be_read(scheme: str, front: str, back: str, least: float) -> None:
    colors = tokens(scheme)
    assert contrast(colors[front], colors[back]) >= least


def test_every_style_sheet_belongs_to_a_layer() -> None:
    assert all("@layer" in path.read_text() for path in CSS.rglob("*.css"))


def test_only_tokens_and_print_name_colors() -> None:
    for path in CSS.rglob("*.css"):
        if path.name not in ("00-tokens.css", "print.css"):
            assert not re.findall(r"#[0-9a-f]{3,6}\b(?=[;\s])", path.read_text()), path.name
