"""Below which path the preview lies: that of the settings, and the one before while they cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import options, write

from trialpages.preview.web.base import base_path

WHOLE = "name: A made-up site\nbase_url: https://trials.example/repo/\n"


def test_the_path_is_that_of_the_public_address(tmp_path: Path) -> None:
    write(tmp_path, {"content/site.yaml": WHOLE})
    assert base_path(options(tmp_path)) == "/repo/"
    write(tmp_path, {"content/site.yaml": "name: A made-up site\n"}, tick=1)
    assert base_path(options(tmp_path), "/repo/") == "/"


@pytest.mark.parametrize("broken", ["name: [\n", "", f"{WHOLE}languge: en\n"])
def test_half_written_settings_leave_the_site_where_it_was(tmp_path: Path, broken: str) -> None:
    write(tmp_path, {"content/site.yaml": broken})
    assert base_path(options(tmp_path), "/repo/") == "/repo/"


def test_without_settings_the_site_stays_where_it_was(tmp_path: Path) -> None:
    assert base_path(options(tmp_path), "/repo/") == "/repo/"
