"""What care means on a page, as measures: axe, and what axe does not see.

Each function returns what is wrong, as sentences. `Look` is a way to see the same page: colors, width,
size of text, paper. Looks are switched on an open page, so that a state reached by clicks stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from playwright.sync_api import Page

from browser.tools import PROJECT
from trialpages.words.fields import record

EVERY_RULE = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOR_RULES = ("color-contrast", "link-in-text-block")
SIZE_RULES = ("target-size", "scrollable-region-focusable", "aria-hidden-focus")
PAPER_RULES = ("color-contrast", "heading-order", "empty-heading")
REPEATED = ("dl > div:nth-child(n + 13)", "li:nth-child(n + 13)", "tr:nth-child(n + 13)")
"""Siblings that look like those before them: their colors are measured once, in light."""
TEXT_AT_200_PERCENT = "225%"
"""The root's size is 112.5 % of what the reader set."""

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}


@record
class Look:
    """A way to see a page, and the rules that may come out differently then."""

    rules: tuple[str, ...]
    checks: tuple[str, ...] = ()
    color_scheme: Literal["light", "dark"] = "light"
    forced_colors: Literal["active", "none"] = "none"
    media: Literal["screen", "print"] = "screen"
    width: int = WIDE["width"]
    text: str = ""
    repeated: bool = False
    """Whether rows and entries are measured that look like those before them."""


LOOKS = {
    "light": Look(rules=EVERY_RULE, checks=("tooWide", "smallTargets", "drawnText"), repeated=True),
    "dark": Look(rules=COLOR_RULES, checks=("drawnText",), color_scheme="dark"),
    "forced colors": Look(rules=COLOR_RULES, forced_colors="active"),
    "320 px": Look(rules=SIZE_RULES, checks=("tooWide", "smallTargets"), width=NARROW["width"]),
    "200 % text": Look(rules=SIZE_RULES, checks=("tooWide", "smallTargets"), text=TEXT_AT_200_PERCENT),
    "print": Look(rules=PAPER_RULES, media="print"),
}


def faults(page: Page, looks: Mapping[str, Look], within: str = "") -> Iterator[str]:
    """Look at a page in several ways, and yield what is wrong; `within` narrows axe to a part of the page."""
    _prepare(page)
    for name, look in looks.items():
        _show(page, look)
        found = _axe(page, look, within)
        for check in look.checks:
            found += measure(page, check)
        yield from (f"{name}: {fault}" for fault in found)
    _show(page, LOOKS["light"])


def measure(page: Page, name: str) -> list[str]:
    """Run one check of `in_page.js` and return what is wrong."""
    return list(page.evaluate(f"{_own_checks()}.{name}()") or ())


def focused(page: Page) -> list[str] | None:
    """Return what is wrong with the element in focus; None where nothing has it."""
    found = page.evaluate(f"{_own_checks()}.focused()")
    return None if found is None else list(found)


def _show(page: Page, look: Look) -> None:
    page.emulate_media(
        color_scheme=look.color_scheme,
        forced_colors=look.forced_colors,
        media=look.media,
        reduced_motion="reduce",
    )
    page.set_viewport_size({"width": look.width, "height": WIDE["height"]})
    page.evaluate("size => { document.documentElement.style.fontSize = size }", look.text)


def _prepare(page: Page) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe_source())


def _axe(page: Page, look: Look, within: str) -> list[str]:
    options: dict[str, Any] = {"runOnly": list(look.rules), "resultTypes": ["violations"]}
    context: dict[str, Any] = {"include": [[within or "html"]]}
    if not look.repeated:
        context["exclude"] = [[repeated] for repeated in REPEATED]
    found = page.evaluate("([context, options]) => axe.run(context, options)", [context, options])[
        "violations"
    ]
    return [
        f"axe {fault['id']}: {node['target']} {node['html'][:160]} {_why(node)}"
        for fault in found
        for node in fault["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    return " ".join(str(check["message"]) for check in (*node["any"], *node["all"], *node["none"]))[:200]


@lru_cache(maxsize=1)
def _axe_source() -> str:
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _own_checks() -> str:
    return (PROJECT / "tests/browser/in_page.js").read_text(encoding="utf-8").strip()
