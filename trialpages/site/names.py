"""Names: when two spellings are one name.

Letter case, spaces, hyphens, commas, apostrophes and the dots of abbreviations do not matter.
Every other sign does: `HER2+` and `HER2-` are two things, and a spelling that is only similar is
another name until a shared file says that it is the same. Names of treatments have their own rule
in `model/names.py`, because they carry doses.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['’‘`´]")
_ABBREVIATION_DOTS = re.compile(r"(?<=[^\W\d_])\.")
_JOINERS = re.compile(r"(?<=\w)[-‐‑–_/](?=\w)|[,;\"“”]")
_SPACES = re.compile(r"\s+")
_ACADEMIC_TITLE = re.compile(
    r"^(?:dr|prof|professor)\s+|\s+(?:md|phd|mph|msc|ms|mbbs|frcp|frcpc|mba|do|dmd|dds|pharmd|rn|pi)(?=\s|$)"
)


@lru_cache(maxsize=100_000)
def fold_name(name: str) -> str:
    """Return what all spellings of a name have in common."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    folded = _ABBREVIATION_DOTS.sub("", _APOSTROPHES.sub("", folded))
    return _SPACES.sub(" ", _JOINERS.sub(" ", folded)).strip()


@lru_cache(maxsize=100_000)
def fold_person(name: str) -> str:
    """Return what all spellings of a person's name have in common, without academic titles."""
    folded = fold_name(name.partition(",")[0])
    stripped = _ACADEMIC_TITLE.sub("", folded).strip()
    return stripped or folded
