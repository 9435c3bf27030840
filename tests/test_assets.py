"""Assets: fingerprints, the scripts that a script needs, and the words of the scripts in another language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trialpages.pages.assets import FIRST_SCRIPT, MORE_BROWSER_WORDS, MissingAssetError, asset_path, asset_set
from trialpages.words.language import BrowserMessages

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = {
    "js/page.js": b'import { one } from "./one.js";\nimport {\n  two,\n  three,\n} from "./two.js";\nimport("./later.js");\n',
    "js/one.js": b'import { two } from "./two.js";\nexport { words } from "./messages.js";\n',
    "js/two.js": b'// import { not } from "./later.js"\nimport { page } from "./page.js";\n',
    "js/later.js": b"",
    "js/messages.js": b"export const messages = {};\n",
}


def test_a_script_names_what_it_needs_before_it_runs() -> None:
    imports = asset_set(SCRIPTS, None).imports
    assert imports["js/page.js"] == ("js/one.js", "js/two.js", "js/messages.js")
    assert imports["js/two.js"] == ("js/page.js", "js/one.js", "js/messages.js")
    assert imports["js/later.js"] == ()


def test_every_import_of_our_own_scripts_is_found() -> None:
    sources = {f"js/{path.name}": path.read_bytes() for path in (ROOT / "assets/js").glob("*.js")}
    imports = asset_set(sources, None).imports
    for name, text in sources.items():
        for other in sources:
            file_name = other.removeprefix("js/")
            if f'from "./{file_name}"'.encode() in text:
                assert other in imports[name], f"{name} imports {other}"


def test_every_part_that_comes_later_brings_its_words() -> None:
    sources = {f"js/{path.name}": path.read_bytes() for path in (ROOT / "assets/js").glob("*.js")}
    imports = asset_set(sources, None).imports
    first = {FIRST_SCRIPT, *imports[FIRST_SCRIPT]}
    parts = re.findall(rb'import\("\./([\w.-]+)"\)(?!\.)', sources[FIRST_SCRIPT])
    later = {f"js/{name.decode()}" for name in parts}
    assert later and not later & first
    for name in (*sorted(later), "js/search.js", "js/compare.js"):
        speaks = any(b"_(" in sources[each] for each in (name, *imports[name]) if each not in first)
        assert not speaks or MORE_BROWSER_WORDS in imports[name], f"{name} imports no words"


def test_scripts_of_another_language_lie_in_another_folder() -> None:
    words = BrowserMessages(
        language="es",
        forms={"Hide": ("Ocultar",), "Show": ("Mostrar",)},
        files={"Hide": frozenset({"later.js"}), "Show": frozenset({"later.js", "two.js"})},
        plural_rule="n != 1",
    )
    scripts = {**SCRIPTS, "js/trial.js": b'import "./page.js";'}
    english, spanish = asset_set(scripts, None), asset_set(scripts, None, words)
    assert english.files[english.paths["js/messages.js"]] == SCRIPTS["js/messages.js"]
    assert spanish.files[spanish.paths["js/messages.js"]].decode() == (
        'export const language = "es";\n'
        'export const messages = {"Show":["Mostrar"]};\n'
        "export const plural = (n) => Number(n != 1);\n"
    )
    assert spanish.files[spanish.paths["js/more-messages.js"]].decode() == (
        'import { messages } from "./messages.js";\nObject.assign(messages, {"Hide":["Ocultar"]});\n'
    )
    assert english.paths["js/one.js"] != spanish.paths["js/one.js"]


def test_an_asset_that_does_not_exist_is_told_with_the_nearest_name() -> None:
    with pytest.raises(
        MissingAssetError, match=r"there is no asset 'js/pages.js'; did you mean 'js/page.js'\?"
    ):
        asset_path(asset_set(SCRIPTS, None), "js/pages.js")
