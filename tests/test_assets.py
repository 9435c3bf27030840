"""Assets: fingerprints, the scripts that a script needs, and the words of the scripts in another language."""

from __future__ import annotations

from pathlib import Path

import pytest

from trialpages.pages.assets import MissingAssetError, asset_path, asset_set, browser_words
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


def test_scripts_of_another_language_lie_in_another_folder() -> None:
    words = browser_words("es", BrowserMessages(forms={"Show": ("Mostrar",)}, plural_rule="n != 1"))
    assert words.decode() == (
        'export const language = "es";\n'
        'export const messages = {"Show":["Mostrar"]};\n'
        "export const plural = (n) => Number(n != 1);\n"
    )
    english, spanish = asset_set(SCRIPTS, None), asset_set(SCRIPTS, None, words)
    assert english.files[english.paths["js/messages.js"]] == SCRIPTS["js/messages.js"]
    assert spanish.files[spanish.paths["js/messages.js"]] == words
    assert english.paths["js/one.js"] != spanish.paths["js/one.js"]


def test_an_asset_that_does_not_exist_is_told_with_the_nearest_name() -> None:
    with pytest.raises(
        MissingAssetError, match=r"there is no asset 'js/pages.js'; did you mean 'js/page.js'\?"
    ):
        asset_path(asset_set(SCRIPTS, None), "js/pages.js")
