"""JSON Schemas of every file that people write, made from the records that the build itself checks.

Draft 07, which every editor's YAML support reads. An editor reads YAML by other rules than the
build: `02115` is a number to it, `yes` is text. The schemas therefore allow the forms that the
build accepts as written, and the build stays the judge.
"""

from __future__ import annotations

import json
from typing import Any

from trialpages.model.editorial import (
    AdverseEventTerm,
    ConditionFile,
    GlossaryEntry,
    SearchSynonyms,
    SponsorFile,
    TreatmentFile,
)
from trialpages.model.former_page import FormerPageEntry
from trialpages.model.snippets import snippet
from trialpages.model.summary import Summary
from trialpages.model.trial import Trial
from trialpages.model.value_words import value_words
from trialpages.read.config import Config
from trialpages.words.fields import record
from trialpages.words.shapes import (
    FieldShape,
    Group,
    ListOf,
    Number,
    RecordShape,
    Text,
    TextByName,
    ValueShape,
    YesNo,
    pattern,
    shape_of,
)

DRAFT = "http://json-schema.org/draft-07/schema#"

Json = dict[str, Any]


@record
class FileKind:
    """A kind of file that people write."""

    name: str
    """The schema's name, and the kind's in the reference."""
    place: str
    """Where such files lie in the content folder."""
    kind: type[Any]
    required: tuple[str, ...] = ()
    """Fields that must be there although the record has a default for them."""
    is_list: bool = False


FILE_KINDS = (
    FileKind(name="site", place="site.yaml", kind=Config, required=("name",)),
    FileKind(name="trial", place="trials/<ID>/trial.yaml", kind=Trial),
    FileKind(name="summary", place="trials/<ID>/summary.md", kind=Summary),
    FileKind(name="treatment", place="treatments/<name>.yaml", kind=TreatmentFile, required=("name",)),
    FileKind(name="condition", place="conditions/<name>.yaml", kind=ConditionFile, required=("name",)),
    FileKind(name="sponsor", place="sponsors/<name>.yaml", kind=SponsorFile, required=("name",)),
    FileKind(name="glossary", place="glossary.yaml", kind=GlossaryEntry, is_list=True),
    FileKind(
        name="adverse-event-terms", place="adverse-event-terms.yaml", kind=AdverseEventTerm, is_list=True
    ),
    FileKind(name="search-synonyms", place="search-synonyms.yaml", kind=SearchSynonyms, is_list=True),
    FileKind(name="former-pages", place="former-pages.yaml", kind=FormerPageEntry, is_list=True),
)


def schemas() -> dict[str, str]:
    """Return every schema's text by its file name."""
    return {
        f"{file.name}.schema.json": json.dumps(schema(file), indent=2, ensure_ascii=False) + "\n"
        for file in FILE_KINDS
    }


def schema(file: FileKind) -> Json:
    """Return the schema of one kind of file."""
    definitions: dict[str, Json] = {}
    root = _record(shape_of(file.kind), file.required, definitions)
    whole: Json = {"$schema": DRAFT, "title": f"trialpages: {file.place}"}
    if file.is_list:
        blank = snippet(file.kind)
        items = {**root, "defaultSnippets": [blank]} if blank else root
        whole |= {"type": "array", "minItems": 1, "items": items}
    else:
        whole |= root
    if definitions:
        whole["definitions"] = dict(sorted(definitions.items()))
    return whole


def _record(shape: RecordShape, required: tuple[str, ...], definitions: dict[str, Json]) -> Json:
    needed = [name for name, field in shape.fields.items() if field.required or name in required]
    made: Json = {"description": shape.meaning, "type": "object"}
    made["properties"] = {
        name: _field(field, name in needed, definitions) for name, field in shape.fields.items()
    }
    if needed:
        made["required"] = needed
    made["additionalProperties"] = False
    return made


def _field(field: FieldShape, is_needed: bool, definitions: dict[str, Json]) -> Json:
    value = _value(field.value, definitions)
    if not is_needed:
        value = _or_nothing(value)
    made = {"description": field.meaning, **value} if "$ref" not in value else {**value}
    if "$ref" in made:
        # Draft 07 ignores what stands beside a reference.
        made = {"description": field.meaning, "allOf": [made]}
    if isinstance(field.default, str | int | float | bool) and field.default != "":
        made["default"] = field.default
    return made


def _or_nothing(value: Json) -> Json:
    """Allow the field to stand there without a value: it then counts as absent."""
    if "enumDescriptions" in value:
        meanings = [*value["enumDescriptions"], "No value: as if the field were not there"]
        return {**value, "enum": [*value["enum"], None], "enumDescriptions": meanings}
    if "enum" in value:
        return {**value, "enum": [*value["enum"], None]}
    if isinstance(value.get("type"), str | list):
        kinds = [value["type"]] if isinstance(value["type"], str) else value["type"]
        return {**value, "type": [*kinds, "null"]}
    return {"anyOf": [value, {"type": "null"}]}


def _value(shape: ValueShape, definitions: dict[str, Json]) -> Json:
    if isinstance(shape, Text):
        return _text(shape)
    if isinstance(shape, Number):
        made: Json = {"type": "integer" if shape.whole else "number"}
        bounds = {"minimum": shape.least, "maximum": shape.most}
        return made | {name: bound for name, bound in bounds.items() if bound is not None}
    if isinstance(shape, YesNo):
        return {"enum": [True, False, "yes", "no"]}
    if isinstance(shape, ListOf):
        return {"type": "array", "items": _value(shape.entry, definitions)}
    if isinstance(shape, TextByName):
        text: Json = _choice(shape.values) if shape.values else {"type": "string", "minLength": 1}
        return {"type": "object", "additionalProperties": text}
    return _group(shape, definitions)


def _text(shape: Text) -> Json:
    if shape.values:
        return _choice(shape.values)
    made: Json = {"type": "string"}
    if shape.pattern:
        made |= {"pattern": shape.pattern, "examples": [(shape.example or "").split(" or ")[0]]}
        if pattern(shape.pattern).fullmatch("2026"):
            made["type"] = ["string", "integer"]
    else:
        # Postal codes, phone numbers and the like look like numbers to an editor.
        made["type"] = ["string", "number", "boolean"]
    if shape.shortest:
        made["minLength"] = shape.shortest
    return made


def _choice(values: tuple[str, ...]) -> Json:
    """Return a choice; editors show what each value means."""
    words = value_words(values)
    described = {"enumDescriptions": [words[value] for value in values]} if words else {}
    return {"enum": list(values), **described}


def _group(shape: Group, definitions: dict[str, Json]) -> Json:
    name = shape.record.__name__
    if name not in definitions:
        # The place is taken first: rules about who can join hold rules of the same kind.
        definitions[name] = {}
        inner = shape_of(shape.record)
        whole = _record(inner, (), definitions)
        short = inner.short_form
        if short is not None:
            bare = {**_value(short.value, definitions), "description": f"{inner.meaning} {short.meaning}"}
            meaning = whole.pop("description")
            whole = {"description": meaning, "anyOf": [bare, whole]}
        blank = snippet(shape.record)
        definitions[name] = {**whole, "defaultSnippets": [blank]} if blank else whole
    return {"$ref": f"#/definitions/{name}"}
