"""Texts that say what a trial is about, as terms in their order: where the words of a name may stand together.

A name does not reach over the end of a sentence, a comma or a bracket. A text that another one holds as a whole says
nothing more and is left out, and so is one of a single term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from trialpages.search.document_fields import TOLD, Field
from trialpages.search.numbered import name_key, plain_name_key

_ENDS = re.compile(r"[,;:.!?]\s|[|•()\[\]\n]")
SHORT_TEXT = 60
"""Characters of a text that other trials are likely to have as well."""


def strong_texts(fields: Iterable[Field]) -> tuple[str, ...]:
    """Return the texts in which a name counts, of all fields of a trial, the longest first."""
    return longest(
        text for field in fields if field.is_about for text, weight in field.texts if weight >= TOLD
    )


def longest(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the parts of texts as keys of names, without those that others hold.

    >>> longest(["Asthma", "Heart failure", "Type II diabetes, and the risk of heart failure"])
    ('risk heart failur', 'type2 diabet')
    """
    parts = {_key(part) for text in dict.fromkeys(texts) for part in _ENDS.split(text)}
    kept: list[str] = []
    held = ""
    for part in sorted(parts, key=lambda part: (-len(part), part)):
        if " " in part and f" {part} " not in held:
            kept.append(part)
            held += f" {part} |"
    return tuple(kept)


def _key(text: str) -> str:
    return name_key(text) if len(text) <= SHORT_TEXT else plain_name_key(text)
