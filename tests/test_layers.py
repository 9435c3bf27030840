"""The house: layers look down only, and only the edge touches disk, clock, network and processes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "trialpages"

LAYERS = {
    "words": 0,
    "read": 1,
    "model": 2,
    "site": 3,
    "search": 4,
    "pages": 5,
    "machine": 6,
    "importing": 7,
    "deploying": 7,
    "stages": 8,
    "preview": 9,
}
DOORS = 10

EDGE = {
    "read/pronunciations.py",
    "read/sources.py",
    "read/snapshot.py",
    "machine/compression.py",
    "machine/memo.py",
    "machine/output.py",
    "machine/pool.py",
    "machine/lock.py",
    "machine/seeding.py",
    "machine/time_limit.py",
    "machine/cores.py",
    "machine/git.py",
    "importing/archive.py",
    "importing/files.py",
    "importing/folders.py",
    "importing/resume.py",
    "importing/writing.py",
    "machine/git_state.py",
    "importing/clock.py",
    "importing/transport.py",
    "stages/inputs.py",
    "stages/output_checks.py",
    "stages/pipeline.py",
    "stages/publishing.py",
    "stages/review_before.py",
    "stages/materials.py",
}
"""The modules that may touch the world; the doors (cli, serve, ...) may as well."""

EDGE_FOLDERS = ("preview/", "deploying/")

WORLD = {
    "asyncio",
    "http",
    "multiprocessing",
    "os",
    "random",
    "requests",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib.request",
}
WORLDLY_CALLS = {"open", "today", "now", "read_text", "read_bytes", "write_text", "write_bytes", "getenv"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def layer_of(name: str) -> int:
    return LAYERS.get(name.split("/")[0], DOORS) if "/" in name else DOORS


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_its_own_layer_or_lower_ones(path: Path) -> None:
    own = layer_of(name_of(path))
    for imported in imports_of(path):
        if not imported.startswith("trialpages."):
            continue
        target = imported.split(".")[1]
        layer = LAYERS.get(target, DOORS)
        assert layer <= own, f"{name_of(path)} imports {imported}, which lies above it"
        if name_of(path).startswith("machine/"):
            assert target in ("machine", "words"), f"the machine knows no trials, but imports {imported}"
        if own in (2, 3, 4):
            assert target != "machine", f"{name_of(path)} knows the machine: {imported}"


@pytest.mark.parametrize("path", [path for path in modules() if layer_of(name_of(path)) < DOORS], ids=name_of)
def test_only_the_edge_touches_the_world(path: Path) -> None:
    if name_of(path) in EDGE or name_of(path).startswith(EDGE_FOLDERS):
        return
    touched = {each for each in imports_of(path) if each in WORLD or each.split(".")[0] in WORLD}
    assert not touched, f"{name_of(path)} imports {sorted(touched)}"
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not calls & WORLDLY_CALLS, f"{name_of(path)} calls {sorted(calls & WORLDLY_CALLS)}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_begins_with_its_duty_and_fits_a_few_screens(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{name_of(path)} does not say what it is for"
    assert text.count("\n") <= 400, f"{name_of(path)} asks to be two files"
