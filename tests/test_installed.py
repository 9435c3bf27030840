"""The command without the checkout, and `build.py` without the packages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

from browser.tools import lacking

ROOT = Path(__file__).parent.parent


def test_build_without_the_packages_says_in_one_line_what_to_run(tmp_path: Path) -> None:
    shutil.copy(ROOT / "build.py", tmp_path)
    ran = subprocess.run(
        [sys.executable, "-S", "build.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert re.fullmatch(r"build\.py needs the package '\w+': run `make site`[^\n]*\n", ran.stderr)


def test_build_finds_by_itself_what_make_site_has_installed(tmp_path: Path) -> None:
    shutil.copy(ROOT / "build.py", tmp_path)
    installed = tmp_path / ".venv" / "bin" / "python"
    installed.parent.mkdir(parents=True)
    installed.write_text('#!/bin/sh\necho "$2"\n')
    installed.chmod(0o755)
    ran = subprocess.run(
        [sys.executable, "-S", "build.py", "check"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "check\n")


def test_build_knows_every_package_that_the_project_needs() -> None:
    named = re.search(r'^NEEDED = "(.*)"$', (ROOT / "build.py").read_text("utf-8"), re.MULTILINE)
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    modules = {re.split(r"[<>=]", name)[0].replace("-", "_") for name in wanted} - {"pyyaml", "pillow"} | {
        "yaml",
        "PIL",
    }
    assert named is not None
    assert set(named[1].split()) == modules


def test_installed_command_builds_a_site_of_one_line(tmp_path: Path) -> None:
    if find_spec("hatchling") is None:
        lacking("the build tool of the lock file", "run `make site`")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
        names = archive.namelist()
    assert "trialpages/_templates/base.html" in names
    assert "trialpages/_assets/js/side-effects.js" in names
    site = tmp_path / "site"
    site.mkdir()
    (site / "site.yaml").write_text("name: A made-up site\n")
    path = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    ran = subprocess.run(
        [sys.executable, "-m", "trialpages", "build"],
        cwd=site,
        env=path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "A made-up site" in (site / "output/index.html").read_text("utf-8")
    assert list((site / "output/assets").glob("site.*.css"))
