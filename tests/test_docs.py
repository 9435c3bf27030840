"""The documents name what exists, and everything that exists is documented."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from trialpages.arguments import COMMANDS
from trialpages.stages.inputs import LIBRARIES
from trialpages.words.catalogue import CATALOGUE

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    *ROOT.glob("docs/decisions/*.md"),
    ROOT / "tests/README.md",
]
TOP = ("trialpages/", "templates/", "assets/", "tests/", "docs/", "schema/", "scripts/", "content/")
MADE_UP = (
    "content/trials/NCT00000001/",
    "content/former-pages.yaml",
    "schema/*",
    "assets/site.0123456789.css",
    "assets/js.0123456789/",
)


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_named_path_exists(document: Path) -> None:
    for name in re.findall(r"`([\w./*-]+)`", document.read_text("utf-8")):
        if name.startswith(TOP) and not name.startswith(MADE_UP):
            assert list(ROOT.glob(name.rstrip("/"))), f"{document.name} names {name}, which does not exist"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_linked_file_exists(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", document.read_text("utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (document.parent / target).exists(), (
                f"{document.name} links {target}, which does not exist"
            )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command: str) -> None:
    assert command in text_of("README.md")


def test_the_architecture_names_every_layer() -> None:
    text = text_of("ARCHITECTURE.md")
    for folder in (ROOT / "trialpages").iterdir():
        if folder.is_dir() and not folder.name.startswith("_"):
            assert f"`trialpages/{folder.name}/`" in text


def test_every_dependency_has_a_reason_and_shapes_the_keys_or_not() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    names = {re.split(r"[<>=]", line)[0] for line in project["dependencies"]}
    reasons = text_of("docs/decisions/007-dependencies.md")
    for name in names:
        assert name in reasons, f"{name} has no reason in decision 007"
    assert set(LIBRARIES) <= names
    assert names - set(LIBRARIES) <= {"annotated-types", "livereload", "requests", "watchfiles"}, (
        "a library that shapes the output is missing from the keys"
    )


def test_no_npm_package_moves_under_its_lock_file() -> None:
    overrides = json.loads(text_of("package.json")).get("overrides", {})
    for path, package in json.loads(text_of("package-lock.json"))["packages"].items():
        held = overrides.get(path.rpartition("node_modules/")[2], {})
        for name, version in package.get("dependencies", {}).items():
            assert version != "latest" or name in held, (
                f"npm ci refuses the lock file once {name} has a new version"
            )


def test_the_changelog_and_the_version_agree() -> None:
    from trialpages import __version__

    assert tomllib.loads(text_of("pyproject.toml"))["project"]["version"] == __version__
    assert "## Unreleased" in text_of("CHANGELOG.md")


def test_every_code_says_why_and_how() -> None:
    for code, entry in CATALOGUE.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert entry.title and entry.why


@pytest.mark.parametrize("folder", ["trialpages", "templates", "assets", "docs", "tests", "content", "."])
def test_no_path_of_a_machine_is_written_down(folder: str) -> None:
    machine = re.compile(r"(?<![\w/])/(?:work|root|home|Users)/\w")
    paths = (ROOT / folder).glob("*.*") if folder == "." else (ROOT / folder).rglob("*.*")
    for path in paths:
        if path.suffix in (".py", ".md", ".yaml", ".html", ".css", ".js", ".toml", ".json", ".txt", ".test"):
            found = machine.search(path.read_text("utf-8", "replace"))
            assert not found, f"{path.relative_to(ROOT)} names {found[0] if found else ''}"
