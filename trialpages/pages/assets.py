"""Assets: every file gets its digest into its name, so that a browser may keep it for ever.

The style sheets are joined in the order of their names into one file. The scripts are modules that
import each other by plain relative names, so they share one folder whose name carries the digest of
all; they are published without the comments that explain them. Everything else carries its own. The chart
library comes from the installed package and is parted into script and style sheet by `plotly_bundle.py`.

Scripts have an integrity value too, which a browser holds against what it was sent. Style sheets have none, because
browsers refuse a style sheet that has one when a page is opened from a folder (decision 016).
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha384

from trialpages.pages.plotly_bundle import split_bundle
from trialpages.pages.script_text import without_comments
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.digest import digest
from trialpages.words.fields import record
from trialpages.words.language import BrowserMessages
from trialpages.words.suggest import nearest

FINGERPRINT_LENGTH = 10
STYLE_SHEET = "site.css"
CHART_SCRIPT = "plotly.js"
CHART_STYLES = "plotly.css"
FIRST_SCRIPT = "js/trial.js"
BROWSER_WORDS = "js/messages.js"
MORE_BROWSER_WORDS = "js/more-messages.js"
SOURCE_ONLY = (".d.ts", ".test.mjs", "jsconfig.json", "tsconfig.json")


@record
class AssetSet:
    """What is published: content by path in the output, and that path by the name that templates use."""

    files: dict[str, bytes]
    paths: dict[str, str]
    imports: dict[str, tuple[str, ...]]
    """By the name of a script: the scripts that it needs before it runs, those that they need included."""
    integrity: dict[str, str]
    """By the name of a script: what its bytes must be, as the attribute `integrity` says it."""
    digest: str


class MissingAssetError(LookupError):
    """A template asked for an asset that does not exist."""


def asset_set(
    sources: Mapping[str, bytes], chart_bundle: bytes | None, words: BrowserMessages | None = None
) -> AssetSet:
    """Name and join the assets. `sources` are bytes by path below `assets/`; `words` are what the scripts say."""
    files: dict[str, bytes] = {}
    paths: dict[str, str] = {}
    styles = b"\n".join(
        sources[name] for name in sorted(sources) if name.startswith("css/") and name.endswith(".css")
    )
    _add(files, paths, STYLE_SHEET, styles)
    scripts = {
        name: without_comments(content)
        for name, content in sources.items()
        if name.startswith("js/") and not name.endswith(SOURCE_ONLY)
    }
    if words is not None:
        scripts.update(browser_words(words, scripts))
    folder = f"assets/js.{_fingerprint(*(part for name in sorted(scripts) for part in (name.encode(), scripts[name])))}"
    for name, content in scripts.items():
        paths[name] = f"{folder}/{name.removeprefix('js/')}"
        files[paths[name]] = content
    for name, content in sources.items():
        if not name.startswith(("css/", "js/")):
            _add(files, paths, name, content)
    if chart_bundle is not None:
        bundle = split_bundle(chart_bundle)
        _add(files, paths, CHART_SCRIPT, bundle.script)
        _add(files, paths, CHART_STYLES, bundle.styles.encode())
    return AssetSet(
        files=files,
        paths=paths,
        imports={name: _needed(name, scripts) for name in scripts},
        integrity={name: _integrity(files[path]) for name, path in paths.items() if name.endswith(".js")},
        digest=digest(*(part for name in sorted(paths) for part in (name, paths[name]))),
    )


def browser_words(words: BrowserMessages, scripts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the modules that hold the scripts' words: those of a trial page's first scripts, and all others.

    A reader in another language than English need not wait for the words of parts that come later.
    """
    first = {name.removeprefix("js/") for name in (FIRST_SCRIPT, *_needed(FIRST_SCRIPT, scripts))}
    early = {message: forms for message, forms in words.forms.items() if words.files[message] & first}
    late = {message: forms for message, forms in words.forms.items() if message not in early}
    lines = (
        f"export const language = {_json(words.language)};",
        f"export const messages = {_json(early)};",
        f"export const plural = (n) => Number({words.plural_rule});",
        "",
    )
    more = f'import {{ messages }} from "./messages.js";\nObject.assign(messages, {_json(late)});\n'
    return {BROWSER_WORDS: "\n".join(lines).encode(), MORE_BROWSER_WORDS: more.encode()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_IMPORT = re.compile(rb'^(?:import|export)\b[^;"(]*?"\./([\w.-]+)"', re.MULTILINE)


@lru_cache(maxsize=512)
def _imported(script: bytes) -> tuple[str, ...]:
    return tuple(f"js/{match[1].decode()}" for match in _IMPORT.finditer(script))


def _needed(name: str, scripts: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the scripts that one imports at its top, and what those import; each once, without itself."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        for needed in _imported(scripts.get(waiting.pop(), b"")):
            if needed not in found and needed != name and needed in scripts:
                found[needed] = None
                waiting.append(needed)
    return tuple(found)


def asset_path(assets: AssetSet, name: str) -> str:
    """Return the path in the output of an asset by its name. Raises `MissingAssetError`."""
    return _named(assets.paths, name)


def asset_integrity(assets: AssetSet, name: str) -> str:
    """Return the integrity of a script by its name. Raises `MissingAssetError`."""
    return _named(assets.integrity, name)


def _named(known: Mapping[str, str], name: str) -> str:
    try:
        return known[name]
    except KeyError:
        guess = nearest(name, known)
        hint = f"; did you mean '{guess}'?" if guess else ""
        raise MissingAssetError(f"there is no asset '{name}'{hint}") from None


def missing_asset(error: MissingAssetError, page_url: str, where: Span) -> Diagnostic:
    """Say which page asked for an asset that does not exist."""
    help_text = "add the file to the assets folder, or correct its name"
    note = f"while making the page /{page_url}"
    return make("asset-missing", str(error), where, help_text, None, (note,))


def _add(files: dict[str, bytes], paths: dict[str, str], name: str, content: bytes) -> None:
    stem, dot, extension = name.rpartition(".")
    path = (
        f"assets/{stem}.{_fingerprint(content)}{dot}{extension}"
        if dot
        else f"assets/{name}.{_fingerprint(content)}"
    )
    paths[name] = path
    files[path] = content


@lru_cache(maxsize=512)
def _integrity(content: bytes) -> str:
    return f"sha384-{b64encode(sha384(content).digest()).decode()}"


@lru_cache(maxsize=512)
def _fingerprint(*parts: bytes) -> str:
    return digest(*parts)[:FINGERPRINT_LENGTH]
