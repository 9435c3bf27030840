"""Editors that complete and explain: schemas say what values mean, offer blank entries, and are found from each file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import ROOT

from trialpages.importing.scaffold import scaffold
from trialpages.model.editorial import PlainCriterion
from trialpages.model.schema import FILE_KINDS, schema, schemas
from trialpages.model.snippets import snippet
from trialpages.schema_files import put_schemas

TRIAL = schema(next(file for file in FILE_KINDS if file.name == "trial"))
COMMENT = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
WITH_COMMENT = [
    path for path in sorted((ROOT / "content").rglob("*.yaml")) if "$schema=" in path.read_text("utf-8")
]


def every(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from every(each)


@pytest.mark.parametrize("name", schemas())
def test_every_choice_says_what_each_value_means(name: str) -> None:
    for part in every(json.loads(schemas()[name])):
        if isinstance(part.get("enum"), list) and True not in part["enum"]:
            assert len(part["enumDescriptions"]) == len(part["enum"])
            assert all(part["enumDescriptions"])


def test_a_status_is_explained_in_plain_words() -> None:
    status = TRIAL["properties"]["overall_status"]
    words = dict(zip(status["enum"], status["enumDescriptions"], strict=True))
    assert words["ACTIVE_NOT_RECRUITING"] == "Running, no longer taking new people"
    assert words[None] == "No value: as if the field were not there"


def test_a_blank_plain_criterion_is_offered() -> None:
    assert TRIAL["definitions"]["PlainCriterion"]["defaultSnippets"] == [snippet(PlainCriterion)]
    blank = snippet(PlainCriterion)
    assert blank is not None
    assert blank["label"] == "blank plain criterion"
    assert blank["body"] == {
        "plain": '"${1:A first-person statement that a reader can answer with yes or no.}"',
        "kind": "${2|inclusion,exclusion|}",
        "original": '"${3:The first words of the original rule, enough to tell it from the others.}"',
        "key": "${4|yes,no|}",
    }


@pytest.mark.parametrize("kind", ["PlainCriterion", "Location", "Visit", "Timeline", "AdverseEvent"])
def test_a_filled_in_blank_fits_the_schema(kind: str) -> None:
    [blank] = TRIAL["definitions"][kind]["defaultSnippets"]
    text = re.sub(r"'?\$\{\d+\|([^,|]*)[^}]*\}'?", r"\1", json.dumps(blank["body"]))
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text).replace('\\"', "").replace('"0"', "0")
    filled = yaml.safe_load(re.sub(r'"EG"', '"EG000"', text))
    part = {**TRIAL["definitions"][kind], "definitions": TRIAL["definitions"]}
    assert list(jsonschema.Draft7Validator(part).iter_errors(filled)) == []


@pytest.mark.parametrize("path", WITH_COMMENT, ids=lambda path: path.parent.name)
def test_the_comment_of_a_file_leads_to_its_schema(path: Path) -> None:
    found = COMMENT.match(path.read_text("utf-8"))
    assert found is not None, "the comment stands in the first line"
    assert (path.parent / found[1]).resolve() == ROOT / "schema" / f"{path.stem}.schema.json"


def test_settings_name_files_that_exist_and_the_extension() -> None:
    mapped = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    for name, files in mapped.items():
        assert (ROOT / name).is_file()
        # The sample has no page that has vanished.
        assert list(ROOT.glob(files)) or files == "content/former-pages.yaml", files
    recommended = json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))["recommendations"]
    assert recommended == ["redhat.vscode-yaml"]


def test_a_site_of_its_own_gets_the_schemas_that_its_files_name(tmp_path: Path) -> None:
    folder = tmp_path / "content/trials/NCT00000001"
    folder.mkdir(parents=True)
    written = put_schemas(tmp_path)
    assert sorted(path.name for path in written) == sorted(schemas())
    found = COMMENT.match(scaffold("NCT00000001", None)["trial.yaml"])
    assert found is not None
    assert (folder / found[1]).resolve() == (tmp_path / "schema/trial.schema.json").resolve()
    assert put_schemas(tmp_path) == []


def test_an_old_schema_is_renewed_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    put_schemas(tmp_path)
    old, own = tmp_path / "schema/trial.schema.json", tmp_path / "schema/site.schema.json"
    old.write_text('{"title": "trialpages: of an older version"}', "utf-8")
    own.write_text('{"title": "My own"}', "utf-8")
    assert put_schemas(tmp_path) == [old]
    assert old.read_text("utf-8") == schemas()["trial.schema.json"]
    assert own.read_text("utf-8") == '{"title": "My own"}'
