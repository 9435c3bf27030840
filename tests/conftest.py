"""Options and fixtures that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent


# A property holds or does not; how long a busy machine takes to try it says nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="Rewrite expected files; read the diff before you commit."
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update is for people: expected files are never rewritten where CI is set")


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Expect:
    """Compare a text with an expected file, or write that file with `--update`."""
    return Expect(bool(request.config.getoption("--update")))


class Expect:
    """Compares texts with expected files."""

    def __init__(self, update: bool) -> None:
        self.update = update

    def __call__(self, path: Path, text: str) -> None:
        shown = path.relative_to(ROOT)
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"{shown} is missing; run pytest --update and read it"
        assert path.read_text(encoding="utf-8") == text, (
            f"{shown} differs; run pytest --update and read the diff"
        )
