"""The reference for authors: every field of every file, and every code, as Markdown text.

Made from the records and the catalogue alone, so it cannot say anything else than the build does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trialpages.model.schema import FILE_KINDS, FileKind
from trialpages.model.summary import HEADINGS
from trialpages.model.summary_file import TRANSLATIONS
from trialpages.words.catalogue import GROUPS
from trialpages.words.codes.entry import Entry
from trialpages.words.shapes import Group, ListOf, Number, Text, TextByName, ValueShape, YesNo, shape_of

MADE = "<!-- Made from the code by `make docs`. Do not edit by hand. -->"

INTRODUCTION = """\
# The content, field by field

{made}

Every value is the text that stands in the file: `NO`, `02115` and `12:30` stay as they are. A field
without a value counts as absent. A group of fields that needs only one of them may be written as
that field's bare value: `start_date: 2015-11` is short for `start_date: {{date: 2015-11}}`.

Files are UTF-8. YAML and Markdown files have up to 2,000,000 bytes. Anchors, aliases, tags and tabs
as indentation are not read. `schema/` holds the same as JSON Schemas, for editors that complete and
check while you type.
"""

SUMMARY_HEADINGS = """\
The text stands below the block of fields, under these headings. Each is optional.

{headings}

`summary.es.md` holds the same in Spanish, and so on. Files in other languages may use the English
headings or translated ones.

{translations}
"""

ERRORS = """\
# Codes

{made}

Every message of the build carries a code that never changes. `python build.py explain CODE` shows
the same as this page. Errors stop the build; warnings do so with `--strict`; notes never do.

A site sets the severity of a code in `site.yaml`, unless the code is marked as fixed: after such a fault
there is nothing that could be published.

~~~yaml
severities:
  promising-word: error
  nearly-a-name: note
  registry-value: off
~~~

A graver severity does not hold for faults in a registry record, since editors cannot mend it. `off` hides a code.
"""


def documents() -> dict[str, str]:
    """Return the generated documents' texts by their paths in the repository."""
    return {"docs/content.md": content_reference(), "docs/errors.md": code_reference()}


def content_reference() -> str:
    """Return the field reference."""
    described: set[type[Any]] = set()
    parts = [INTRODUCTION.format(made=MADE), *(_file_kind(file, described) for file in FILE_KINDS)]
    return "\n".join(parts).rstrip("\n") + "\n"


def code_reference() -> str:
    """Return the reference of codes."""
    parts = [ERRORS.format(made=MADE)]
    for title, table in GROUPS.items():
        if table:
            parts.append(f"## {title}\n")
            parts.extend(code_entry(entry) for entry in table)
    return "\n".join(parts).rstrip("\n") + "\n"


def code_entry(entry: Entry) -> str:
    """Return one code's section of the reference."""
    return (
        f"### {entry.code}\n\n"
        f"*{entry.severity}{', fixed' if entry.is_fixed else ''}*: {entry.title}. {entry.why}\n\n"
        f"Not so:\n\n{_block(entry.bad)}\n\nBut so:\n\n{_block(entry.good)}\n"
    )


def _block(text: str) -> str:
    return f"~~~text\n{text}\n~~~"


def _file_kind(file: FileKind, described: set[type[Any]]) -> str:
    parts = [f"## {file.place}\n", f"{shape_of(file.kind).meaning}\n"]
    if file.is_list:
        parts.append("The file is a list; each entry has these fields.\n")
    parts.append(_table(file.kind, file.required))
    if file.name == "summary":
        parts.append(_headings())
    for kind in _groups_in(file.kind, described):
        parts += [f"### {_title(kind)}\n", f"{shape_of(kind).meaning}\n", _table(kind, ())]
    return "\n".join(parts)


def _table(kind: type[Any], required: tuple[str, ...]) -> str:
    lines = ["| field | value | meaning |", "|---|---|---|"]
    for name, field in shape_of(kind).fields.items():
        needed = " **Needed.**" if field.required or name in required else ""
        default = ""
        if isinstance(field.default, bool):
            default = f" Default: {'yes' if field.default else 'no'}."
        elif isinstance(field.default, int | str) and field.default != "":
            default = f" Default: `{field.default}`."
        lines.append(f"| `{name}` | {_value(field.value)} | {_cell(field.meaning)}{needed}{default} |")
    return "\n".join(lines) + "\n"


def _value(shape: ValueShape) -> str:
    if isinstance(shape, Text):
        if shape.values:
            return ", ".join(f"`{value}`" for value in shape.values)
        if shape.example:
            return f"text such as {' or '.join(f'`{each}`' for each in shape.example.split(' or '))}"
        return "text"
    if isinstance(shape, Number):
        return _number(shape)
    if isinstance(shape, YesNo):
        return "`yes` or `no`"
    if isinstance(shape, ListOf):
        entry = _value(shape.entry)
        return f"list: {entry}"
    if isinstance(shape, TextByName):
        if shape.values:
            return f"by name: {', '.join(f'`{value}`' for value in shape.values)}"
        return "texts by name"
    return f"[{_title(shape.record).lower()}](#{_title(shape.record).lower().replace(' ', '-')})"


def _number(shape: Number) -> str:
    kind = "whole number" if shape.whole else "number"
    if shape.least is not None and shape.most is not None:
        return f"{kind}, {shape.least:g} to {shape.most:g}"
    return kind if shape.least is None else f"{kind}, {shape.least:g} or more"


def _groups_in(kind: type[Any], described: set[type[Any]]) -> Iterator[type[Any]]:
    """Yield each record below this one that is not described yet, in the order of fields."""
    for field in shape_of(kind).fields.values():
        value = field.value.entry if isinstance(field.value, ListOf) else field.value
        if isinstance(value, Group) and value.record not in described:
            described.add(value.record)
            yield value.record
            yield from _groups_in(value.record, described)


def _title(kind: type[Any]) -> str:
    """Return the record's name in words: `ArmGroup` is `Arm group`."""
    letters = "".join(
        f" {letter.lower()}" if letter.isupper() else letter for letter in kind.__name__
    ).strip()
    return letters[:1].upper() + letters[1:]


def _headings() -> str:
    lines = "\n".join(f"* `## {heading}`" for heading in HEADINGS.values())
    rows = ["| language | headings |", "|---|---|"]
    for language, kinds in TRANSLATIONS.items():
        rows.append(f"| `{language}` | {'<br>'.join(texts[0] for texts in kinds.values())} |")
    return SUMMARY_HEADINGS.format(headings=lines, translations="\n".join(rows))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
