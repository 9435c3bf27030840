"""The browser's modules pass their own tests, which node runs; `make types` checks their types."""

from __future__ import annotations

import subprocess

from browser.tools import PROJECT, program


def test_modules_pass_their_own_tests() -> None:
    tests = sorted(str(path) for path in (PROJECT / "tests/js").glob("*.test.mjs"))
    assert tests
    done = subprocess.run(
        [program("node"), "--test", *tests], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
