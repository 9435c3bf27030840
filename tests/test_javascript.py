"""The browser's modules: their own tests run by node, and their types checked by the TypeScript compiler."""

from __future__ import annotations

import subprocess

from browser.tools import PROJECT, npm_file, program


def test_modules_pass_their_own_tests() -> None:
    tests = sorted(str(path) for path in (PROJECT / "tests/js").glob("*.test.mjs"))
    assert tests
    done = subprocess.run(
        [program("node"), "--test", *tests], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_types_of_modules_agree() -> None:
    compiler = npm_file("typescript/bin/tsc")
    done = subprocess.run(
        [program("node"), str(compiler), "--project", "jsconfig.json"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
