"""The configuration of Pages CMS (`.pages.yml`), from `forms.py`.

Pages CMS keeps what no form shows when its setting `merge` is on, so it is on; but inside of the entries of a
list it keeps nothing. So a list or group is left out here, unless its form shows all that may stand in it. A group
that need not be there asks for nothing, since Pages CMS would ask for it in every file. Its forms begin no trial:
a folder for each new trial is beyond them, and the command `new` writes better first files.
"""

from __future__ import annotations

from typing import Any

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
from trialpages.model.forms_sveltia import dumped

HEAD = """\
# The forms of Pages CMS: docs/editing.md says how to switch them on.
# Made from the code by `make docs`. Do not edit by hand.
"""

Made = dict[str, Any]

KINDS = {
    PROSE: "text",
    WHOLE: "number",
    NUMBER: "number",
    YES_NO: "boolean",
    CHOICE: "select",
    GROUP: "object",
}


ASKED = forms(every_answer=True)


def pages_config() -> str:
    """Return the text of `.pages.yml`."""
    made: Made = {
        "settings": {"content": {"merge": True}},
        "content": [_content(form) for form in ASKED],
    }
    return HEAD + dumped(made)


def _content(form: Form) -> Made:
    made: Made = {"name": form.name, "label": form.title, "description": form.hint}
    fields = _fields(form.fields)
    if form.is_list:
        place = {"type": "file", "path": f"content/{form.place}", "format": "yaml", "list": True}
        return made | place | {"fields": fields}
    made |= {"type": "collection", "path": f"content/{form.place}"}
    made["format"] = "yaml" if form.ending.endswith(".yaml") else "yaml-frontmatter"
    if form.ending.startswith("/"):
        name = form.ending.removeprefix("/")
        made |= {"filename": name, "subfolders": True}
        others = [
            other.ending.removeprefix("/") for other in ASKED if other.place == form.place and other != form
        ]
        made["exclude"] = [*others, "registry.json"]
        made["view"] = {"layout": "tree", "node": {"filename": name, "hideDirs": "nodes"}}
    else:
        made |= {"filename": f"{{primary}}{form.ending}", "view": {"primary": form.names_by}}
    if form.body is not None:
        body: Made = {"name": "body", "label": "Text", "type": "code", "options": {"language": "markdown"}}
        fields.append(body | ({"default": form.body} if form.body else {}))
    return made | {"fields": fields}


def _fields(fields: tuple[FormField, ...], *, is_needed: bool = True) -> list[Made]:
    return [_field(each, is_needed) for each in fields if each.is_whole]


def _field(field: FormField, is_needed: bool) -> Made:
    made: Made = {"name": field.name, "label": field.title}
    if field.hint:
        made["description"] = field.hint
    if field.kind == BY_NAME:
        return made | {"type": "object", "fields": _fields(field.fields)}
    made["type"] = KINDS.get(field.kind, "string")
    if field.required and is_needed:
        made["required"] = True
    if field.is_list and field.kind != CHOICE:
        made["list"] = {"collapsible": {"collapsed": True}} if field.kind == GROUP else True
    if field.kind == GROUP:
        made["fields"] = _fields(field.fields, is_needed=field.is_list or (is_needed and field.required))
    if field.pattern:
        made["pattern"] = {"regex": field.pattern, "message": f"Write it as in this example: {field.example}"}
    if options := _options(field):
        made["options"] = options
    return made


def _options(field: FormField) -> Made:
    if field.kind == CHOICE:
        values = [{"value": value, "label": words} for value, words in field.choices]
        return {"values": values, **({"multiple": True} if field.is_list else {})}
    bounds = {"min": field.least, "max": field.most}
    return {name: int(bound) for name, bound in bounds.items() if bound is not None}
