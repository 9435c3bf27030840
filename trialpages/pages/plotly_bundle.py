"""The chart library's bundle, made fit for a page that allows no inline styles.

Plotly writes its style sheet into the page from JavaScript, which `style-src 'self'` forbids. This
module takes the rules out of the bundle, so that they can be served as a file, and takes away the
style sheet of the map library, which no chart of ours uses and for which Plotly has no switch.

The page must load the style sheet by a `<link>` whose id is `STYLE_ID` and whose class is
`STYLE_CLASS`: Plotly looks for exactly that, and then adds no rule by itself.

Nothing here reads or writes files. The same bytes always give the same result, and a bundle whose
rules cannot be found is refused rather than served broken.
"""

from __future__ import annotations

import re
from functools import lru_cache

from trialpages.words.fields import record

STYLE_ID = "plotly.js-style-global"
STYLE_CLASS = "no-inline-styles"

_RULES = re.compile(rb'\{"X,X div":')
_PAIR = re.compile(rb"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w$]+)\s*""")
_MAP_STYLES = re.compile(
    rb"\(function\(\)\{if\(!document\.getElementById\(\"[0-9a-f]{64}\"\)\)"
    rb"\{var (\w+)=document\.createElement\(\"style\"\);"
    rb".*?,document\.head\.appendChild\(\1\)\}\}\)\(\)",
    re.DOTALL,
)


class UnknownBundleError(ValueError):
    """The bytes are not a Plotly bundle whose style rules this module knows how to find."""


@record
class PlotlyBundle:
    """A bundle to serve: its script, and its style sheet as text."""

    script: bytes
    styles: str


@lru_cache(maxsize=1)
def split_bundle(bundle: bytes) -> PlotlyBundle:
    """Part the bytes of a `plotly*.min.js` into a script that adds no map styles, and a style sheet."""
    return PlotlyBundle(script=_MAP_STYLES.sub(b"void 0", bundle), styles=_style_sheet(bundle))


def _style_sheet(bundle: bytes) -> str:
    found = _RULES.search(bundle)
    if found is None:
        raise UnknownBundleError("the Plotly bundle holds no table of style rules that begins with 'X,X div'")
    rules = [f"{_selector(short)}{{{body}}}" for short, body in _rules(bundle, found.start() + 1)]
    # Plotly puts each rule before the last one, so the table reads from the last rule to the first.
    return "\n".join(reversed(rules)) + "\n"


def _rules(bundle: bytes, position: int) -> list[tuple[str, str]]:
    """The keys and values of the object literal whose first key stands at `position`."""
    rules = []
    while True:
        short, position = _text(bundle, position, b":")
        body, position = _text(bundle, position, b",}")
        rules.append((short, body))
        if bundle[position - 1 : position] == b"}":
            return rules


def _text(bundle: bytes, position: int, ends: bytes) -> tuple[str, int]:
    """One string of the literal, and the position after the separator that follows it."""
    found = _PAIR.match(bundle, position)
    if found is None or bundle[found.end() : found.end() + 1] not in [
        ends[i : i + 1] for i in range(len(ends))
    ]:
        raise UnknownBundleError("the Plotly bundle's table of style rules is not a plain object of strings")
    word = found[1].decode("utf-8")
    if word[0] in "\"'":
        word = re.sub(r"\\(.)", r"\1", word[1:-1])
    return word, found.end() + 1


def _selector(short: str) -> str:
    """Write out Plotly's two short names, `X` for a chart and `Y` for its notices."""
    return short.replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")
