"""The registry's facts and the editors': one trial, in which the editors' value wins and says why.

A fact counts as changed when the registry states something and the editors state something else.
Adding what the registry leaves open is no change, nor are plain words beside a registered fact.
Every change needs a sentence in `reason:`, and is kept beside the registry's own value.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from trialpages.model.trial import Agency, Enrollment, Intervention, Outcome, Override, Trial, TrialDate
from trialpages.read.document import Document
from trialpages.words.diagnostics import Sink
from trialpages.words.shapes import shape_of
from trialpages.words.suggest import nearest

NO_FACTS = frozenset(("nct_id", "retrieved", "draft", "reason", "reviewed_against"))
"""Fields that say something about the file, not about the trial."""

LONGEST_SHOWN = 200
"""Characters of the registry's value that are kept to be shown."""


def merge(
    registry: Trial, editors: Trial, document: Document, sink: Sink, faulty: Collection[str] = ()
) -> Trial:
    """Return the trial with the editors' values over the registry's; changes without a reason go to the sink.

    Fields in `faulty` have a fault of their own: nothing more is said of them.
    """
    known = shape_of(Trial).fields
    document_fields = document.value if isinstance(document.value, dict) else {}
    written = {name: value for name, value in document_fields.items() if name in known and name not in faulty}
    changed: dict[str, Any] = {}
    overrides: list[Override] = []
    for name in (name for name, value in written.items() if value is not None):
        stated = getattr(registry, name)
        merged = _completed(stated, getattr(editors, name))
        changed[name] = merged
        if name in NO_FACTS or _is_unknown(stated) or _plain_fact(merged) == _plain_fact(stated):
            continue
        reason = editors.reason.get(name)
        if reason is None and "reason" in faulty:
            continue
        if reason is None:
            sink.append(_without_reason(document, name, stated))
        else:
            overrides.append(Override(field=name, registry_value=short_text(stated), reason=reason))
    _check_reasons(registry, editors, {*faulty, *(each.field for each in overrides)}, document, sink)
    return replace(registry, **changed, overrides=tuple(overrides), edited_fields=tuple(changed))


def short_text(value: object) -> str:
    """Return a registry value in a few words, to be shown beside the editors' value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, TrialDate):
        return f"{value.date} ({value.type.lower()})" if value.type else value.date
    if isinstance(value, Enrollment):
        return f"{value.count} ({value.type.lower()})" if value.type else str(value.count)
    if isinstance(value, Agency):
        return value.name
    if isinstance(value, tuple):
        return _cut(", ".join(_entry_text(entry) for entry in value))
    return _cut(" ".join(str(value).split())) if isinstance(value, str | int | float) else "as registered"


def _entry_text(entry: object) -> str:
    if isinstance(entry, str):
        return entry
    for name in ("name", "label", "measure", "text", "term", "citation", "id", "url", "city"):
        text = getattr(entry, name, None)
        if text:
            return " ".join(str(text).split())
    return "an entry"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3].rstrip()}..."


def _is_unknown(value: object) -> bool:
    return value is None or value == () or value == ""


def _completed(stated: Any, written: Any) -> Any:
    """Return a group of fields with what the editors left open filled from the registry, if both mean the same."""
    if not dataclasses.is_dataclass(stated) or isinstance(stated, type) or type(stated) is not type(written):
        return written
    main = shape_of(type(stated)).short_form
    if main is None or getattr(stated, main.name) != getattr(written, main.name):
        return written
    given = {
        field.name: getattr(written, field.name)
        for field in dataclasses.fields(written)
        if getattr(written, field.name) != field.default
    }
    return replace(stated, **given)


def _plain_fact(value: Any) -> Any:
    """Return the value without what only editors add to it."""
    if isinstance(value, tuple):
        return tuple(_plain_fact(entry) for entry in value)
    if isinstance(value, Outcome):
        return replace(value, plain=None)
    if isinstance(value, Intervention):
        return replace(value, treatment=None)
    return " ".join(value.split()) if isinstance(value, str) else value


def _without_reason(document: Document, name: str, stated: object) -> Any:
    what = f"'{name}' differs from the registry, which says: {short_text(stated)}"
    help_text = f"say why, or take the field away\nreason:\n  {name}: One sentence."
    return document.fault("override-without-reason", what, (name,), key=True, help=help_text)


def _check_reasons(
    registry: Trial, editors: Trial, settled: Collection[str], document: Document, sink: Sink
) -> None:
    fields = shape_of(Trial).fields
    for name in editors.reason:
        if name in settled:
            continue
        if name in fields:
            what = f"There is a reason for '{name}', but the registry says the same"
            help_text = (
                f"the registry may have caught up: take the reason away, and `{name}:` unless it adds words"
            )
            if _is_unknown(getattr(registry, name)):
                what = f"There is a reason for '{name}', but the registry says nothing of it"
                help_text = "take the reason away"
            if name not in (document.value or ()):
                what = f"There is a reason for '{name}', but this file does not change it"
                help_text = "take the reason away"
        else:
            guess = nearest(name, fields)
            what = f"There is a reason for '{name}', which is no field of a trial"
            help_text = f"did you mean '{guess}'?" if guess else "take the reason away"
        sink.append(
            document.fault("reason-without-override", what, ("reason", name), key=True, help=help_text)
        )
