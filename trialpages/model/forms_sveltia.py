"""The configuration of Sveltia CMS, from `forms.py`: `config.yml` in the form that Decap CMS has made usual.

Sveltia keeps what no form shows, and writes a file anew when it saves: remarks are lost, and lines move.
"""

from __future__ import annotations

from typing import Any

import yaml

from trialpages.model.editorial import SideEffects
from trialpages.model.forms import (
    BY_NAME,
    CHOICE,
    GROUP,
    NUMBER,
    PROSE,
    WHOLE,
    YES_NO,
    Form,
    FormField,
    forms,
)
from trialpages.words.shapes import Text, shape_of

HEAD = """\
# The forms of Sveltia CMS: docs/editing.md says how to switch them on.
# Made from the code by `make docs`. Below `collections:` do not edit by hand.
"""

Made = dict[str, Any]


def sveltia_config() -> str:
    """Return the text of `config.yml`."""
    folders = [_folder(form) for form in forms() if not form.is_list]
    files = [_file(form) for form in forms() if form.is_list]
    made: Made = {
        "backend": {"name": "github", "repo": "OWNER/REPOSITORY", "branch": "main"},
        "publish_mode": "editorial_workflow",
        "media_folder": "assets",
        # Folders of trials are named in capital letters; other names are made small below.
        "slug": {"encoding": "ascii", "clean_accents": True, "lowercase": False},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "double"}},
        "editor": {"preview": False},
        "collections": [*folders, {"name": "words", "label": "Lists of words", "files": files}],
    }
    return HEAD + dumped(made)


def dumped(made: Made) -> str:
    """Return YAML text, every value on one line."""
    return yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=10_000)


def _folder(form: Form) -> Made:
    is_trial = form.ending.startswith("/")
    name, _dot, ending = form.ending.rpartition(".")
    made: Made = {
        "name": form.name,
        "label": form.title,
        "label_singular": form.one,
        "description": form.hint,
        "folder": f"content/{form.place}",
        "create": True,
        "identifier_field": form.names_by,
        "summary": "{{dirname}}" if is_trial else f"{{{{{form.names_by}}}}}",
        "extension": ending,
        "format": "yaml" if ending == "yaml" else "yaml-frontmatter",
    }
    if is_trial:
        made |= {"path": f"{{{{slug}}}}{name}", "slug": _number(form)}
    else:
        made["slug"] = f"{{{{{form.names_by} | lower}}}}"
    made["fields"] = [_field(field) for field in form.fields]
    if form.body is not None:
        made["fields"].append(_body(form.body))
    return made


def _number(form: Form) -> Made:
    """Return how a new trial's folder gets its name: from the trial's number, which may be typed."""
    shape = shape_of(SideEffects).fields["source"].value
    assert isinstance(shape, Text)
    made: Made = {
        "editable": ["create"],
        "hint": "The number of the trial: the name of its folder.",
        "pattern": [shape.pattern, f"Write it as in this example: {shape.example}"],
    }
    return {"template": "{{nct_id}}", **made} if form.names_by == "nct_id" else made


def _body(text: str) -> Made:
    hint = "Each heading begins with ##. Keep the headings as they are; leave out one that has no text."
    return {
        "name": "body",
        "label": "Text",
        "widget": "markdown",
        "modes": ["raw", "rich_text"],
        "default": text,
        "hint": hint,
    }


def _file(form: Form) -> Made:
    entries: Made = {
        "name": "entries",
        "label": form.title,
        "label_singular": form.one,
        "widget": "list",
        "root": True,
        "collapsed": True,
        "summary": f"{{{{fields.{form.names_by}}}}}",
        "fields": [_field(field) for field in form.fields],
    }
    return {
        "name": form.name,
        "label": form.title,
        "file": f"content/{form.place}",
        "format": "yaml",
        "fields": [entries],
    }


def _field(field: FormField) -> Made:
    made: Made = {"name": field.name, "label": field.title}
    if field.hint:
        made["hint"] = field.hint
    if not field.required:
        made["required"] = False
    if field.kind == BY_NAME:
        return made | {"widget": "keyvalue", "key_label": "Name of the field", "value_label": "Reason"}
    if field.related:
        related = {"widget": "relation", "collection": field.related, "value_field": "{{slug}}"}
        shown = ["brief_title"] if field.related == "trials" else ["name"]
        made |= related | {"display_fields": ["{{slug}}", *shown], "search_fields": shown}
        return made | {"multiple": field.is_list}
    if field.kind == CHOICE:
        choices = [{"label": words, "value": value} for value, words in field.choices]
        return made | {"widget": "select", "options": choices, "multiple": field.is_list}
    if not field.is_list:
        return made | _one(field)
    made |= {"widget": "list", "collapsed": True}
    if field.kind == GROUP:
        named = next((each.name for each in field.fields if each.required), field.fields[0].name)
        return made | {
            "summary": f"{{{{fields.{named}}}}}",
            "fields": [_field(each) for each in field.fields],
        }
    # Without a field of its own, a list is one line, cut at its commas.
    return made | {"field": {"name": "value", "label": field.title, **_one(field)}}


def _one(field: FormField) -> Made:
    if field.kind == GROUP:
        return {
            "widget": "object",
            "collapsed": True,
            "fields": [_field(each) for each in field.fields],
        }
    if field.kind == YES_NO:
        return {"widget": "boolean", "default": False}
    if field.kind in (WHOLE, NUMBER):
        made: Made = {"widget": "number", "value_type": "int" if field.kind == WHOLE else "float"}
        bounds = {"min": _bound(field.least), "max": _bound(field.most)}
        return made | {name: bound for name, bound in bounds.items() if bound is not None}
    made = {"widget": "text" if field.kind == PROSE else "string"}
    if field.pattern:
        made["pattern"] = [field.pattern, f"Write it as in this example: {field.example}"]
    return made


def _bound(bound: float | None) -> float | None:
    return int(bound) if bound is not None and bound == int(bound) else bound
