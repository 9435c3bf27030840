"""Forms of form editors: what they ask fits what the build takes, and what they would spoil is not in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from conftest import ROOT, Expect

from trialpages.documents import generated
from trialpages.model.editorial import PlainCriterion
from trialpages.model.forms import CHOICE, GROUP, FormField, forms
from trialpages.model.forms_pages import pages_config
from trialpages.model.forms_sveltia import sveltia_config
from trialpages.model.schema import FILE_KINDS
from trialpages.model.summary import HEADINGS
from trialpages.words.shapes import Group, ListOf, YesNo, shape_of

FORMS = {form.name: form for form in forms()}
KINDS = {kind.name: kind for kind in FILE_KINDS}
KIND_OF = {"trials": "trial", "summaries": "summary", "treatments": "treatment", "conditions": "condition"}
KIND_OF |= {
    "sponsors": "sponsor",
    **{name: name for name in ("glossary", "adverse-event-terms", "search-synonyms", "former-pages")},
}


@pytest.mark.parametrize("path", [path for path in generated() if path.startswith("forms/")])
def test_a_forms_file_is_what_the_code_says(path: str, expect: Expect) -> None:
    expect(ROOT / path, generated()[path])


def test_nothing_is_switched_on_by_itself() -> None:
    assert not (ROOT / ".pages.yml").exists()
    assert not (ROOT / "admin").exists()


def pairs(kind: type[Any], fields: tuple[FormField, ...]) -> Iterator[tuple[type[Any], FormField]]:
    for field in fields:
        yield kind, field
        value = shape_of(kind).fields[field.name].value
        inner = value.entry if isinstance(value, ListOf) else value
        if isinstance(inner, Group):
            yield from pairs(inner.record, field.fields)


@pytest.mark.parametrize("name", KIND_OF)
def test_a_form_asks_for_fields_of_its_files_only_and_asks_well(name: str) -> None:
    for kind, field in pairs(KINDS[KIND_OF[name]].kind, FORMS[name].fields):
        shape = shape_of(kind).fields[field.name]
        assert field.hint == shape.meaning
        assert "_" not in field.title and field.title[:1].isupper() | field.title[:1].isdigit(), field.title
        if isinstance(shape.value, YesNo):
            assert shape.default is False, f"{field.name}: a box without a tick would say no"
        if isinstance(shape.value, Group):
            assert not shape_of(shape.value.record).short_form, f"{field.name}: a bare value would be dropped"
        if field.kind == CHOICE:
            assert all(words for _value, words in field.choices)
        if field.kind == GROUP:
            assert field.fields


@pytest.mark.parametrize("name", KIND_OF)
def test_every_field_that_must_be_there_is_asked(name: str) -> None:
    kind = KINDS[KIND_OF[name]]
    needed = {name for name, field in shape_of(kind.kind).fields.items() if field.required} | set(
        kind.required
    )
    assert {field.name for field in FORMS[name].fields if field.required} == needed


def test_the_words_of_editors_come_before_the_facts_of_the_registry() -> None:
    names = [field.name for field in FORMS["trials"].fields]
    assert names[:4] == ["nct_id", "title", "treatments", "reviewed_against"]
    assert names.index("plain_criteria") < names.index("brief_title")
    assert not {"adverse_events", "healthy_volunteers", "start_date", "enrollment"} & set(names)


def test_a_new_summary_begins_with_the_fixed_headings() -> None:
    body = FORMS["summaries"].body or ""
    assert re.findall(r"^## (.*)$", body, flags=re.M) == list(HEADINGS.values())


def test_forms_of_sveltia_know_every_folder_and_list() -> None:
    config = yaml.safe_load(sveltia_config())
    *folders, words = config["collections"]
    assert {each["folder"] for each in folders} == {
        f"content/{name}" for name in ("trials", "treatments", "conditions", "sponsors", "pages")
    }
    assert [each["path"] for each in folders if "path" in each] == ["{{slug}}/trial", "{{slug}}/summary"]
    assert [each["file"] for each in words["files"]] == [
        "content/glossary.yaml",
        "content/adverse-event-terms.yaml",
        "content/search-synonyms.yaml",
        "content/former-pages.yaml",
    ]
    assert all((ROOT / each["file"]).is_file() for each in words["files"][:-1]), (
        "no page of the sample is gone"
    )


def fields_of(entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        yield entry
        yield from fields_of(entry.get("fields", []))


def test_a_list_of_texts_is_not_cut_at_its_commas() -> None:
    config = yaml.safe_load(sveltia_config())
    for each in fields_of(config["collections"]):
        if each.get("widget") == "list":
            assert ("field" in each) != ("fields" in each), each["name"]


def test_forms_of_pages_cms_use_its_words_only() -> None:
    config = yaml.safe_load(pages_config())
    assert config["settings"] == {"content": {"merge": True}}, "without it, what no form shows would be lost"
    of_files = {
        "name",
        "label",
        "description",
        "type",
        "path",
        "filename",
        "exclude",
        "view",
        "format",
        "subfolders",
    }
    for each in config["content"]:
        assert set(each) <= of_files | {"fields", "list"}
        assert re.fullmatch(r"[A-Za-z0-9-_]+", each["name"])
    of_fields = {
        "name",
        "label",
        "description",
        "type",
        "required",
        "list",
        "pattern",
        "options",
        "fields",
        "default",
    }
    kinds = {"string", "text", "number", "boolean", "select", "object", "code"}
    for content in config["content"]:
        for field in fields_of(content["fields"]):
            assert set(field) <= of_fields, field
            assert field["type"] in kinds
            assert (field["type"] == "object") == ("fields" in field)


def test_no_optional_group_of_pages_cms_asks_for_its_fields_in_every_file() -> None:
    [trials] = [each for each in yaml.safe_load(pages_config())["content"] if each["name"] == "trials"]
    [results] = [each for each in trials["fields"] if each["name"] == "results_summary"]
    assert not any(each.get("required") for each in results["fields"])
    [rules] = [each for each in trials["fields"] if each["name"] == "plain_criteria"]
    assert [each["name"] for each in rules["fields"] if each.get("required")] == ["plain", "kind", "original"]


def test_no_list_or_group_of_pages_cms_hides_a_part_of_what_may_stand_in_it() -> None:
    [trials] = [each for each in yaml.safe_load(pages_config())["content"] if each["name"] == "trials"]
    fields = {each["name"]: each for each in trials["fields"]}
    assert "inclusion_criteria" not in fields, "rules may stand deeper than a form goes"
    assert "timeline" not in fields, "its stages may be written in one value"
    asked = {each["name"] for each in fields["plain_criteria"]["fields"]}
    assert asked == set(shape_of(PlainCriterion).fields)
