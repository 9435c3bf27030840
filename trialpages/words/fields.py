"""Markers that a dataclass field carries beside its type: what it means and what it accepts.

One definition serves three readers: the validator of editors' files, the generated JSON Schema
and the generated field reference; `shapes.py` reads them.
"""

from __future__ import annotations

import dataclasses
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a class a frozen, slotted, keyword-only dataclass."""
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(cls)


class Doc:
    """One sentence for the author of the content: shown in the editor and in `docs/content.md`."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Shape:
    """Text that matches a pattern; `example` is what the error message and the reference show."""

    __slots__ = ("example", "pattern")

    def __init__(self, pattern: str, example: str) -> None:
        self.pattern = pattern
        self.example = example


class OneOf:
    """Text that is one of the registry's own values.

    The dataclass field stays `str`: a value that the registry invents tomorrow is kept and shown,
    while an editor's misspelling is refused.
    """

    __slots__ = ("values",)

    def __init__(self, *values: str) -> None:
        self.values = values


class MachineMade:
    """A field that only the importer fills: it is no part of an editor's file, schema or reference."""
