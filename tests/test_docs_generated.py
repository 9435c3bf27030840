"""Schemas and references are what the code says; `pytest --update` or `make docs` writes them again."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT, Expect

from trialpages.model.reference import documents
from trialpages.model.schema import schemas


@pytest.mark.parametrize("path", documents())
def test_reference_is_what_the_code_says(path: str, expect: Expect) -> None:
    expect(ROOT / path, documents()[path])


@pytest.mark.parametrize("name", schemas())
def test_schema_is_what_the_code_says(name: str, expect: Expect) -> None:
    expect(ROOT / "schema" / name, schemas()[name])


def test_schema_folder_holds_nothing_else() -> None:
    assert {path.name for path in (ROOT / "schema").glob("*.json")} == set(schemas())


def test_an_editor_knows_the_schema_of_every_kind_of_file() -> None:
    mapped = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {path.rpartition("/")[2] for path in mapped} == set(schemas()) - {"summary.schema.json"}
