"""Numbering: the order in which the index counts the trials.

Trials that a reader can join come first, and those that are alike stand together: a column of codes then is a few
thousand runs at half a million trials, and trials of equal rank come out open and newest first. The order depends
on the documents alone, and every document has a place of its own, by its id.
"""

from __future__ import annotations

from trialpages.model.labels import phase_rank
from trialpages.search.document import SearchDocument
from trialpages.site.order import status_rank

_STUDY_TYPES = {"INTERVENTIONAL": "0", "EXPANDED_ACCESS": "1", "OBSERVATIONAL": "2"}
_NEW_STUDY_TYPE = "3"
_NEWEST = 99_999_999


def order_key(document: SearchDocument) -> str:
    """Return a text by which documents sort, character by character, into the order of the index."""
    furthest, nearest = phase_rank(document.phases)
    return " ".join(
        (
            f"{status_rank(document.status):02}",
            document.status or "-",
            _STUDY_TYPES.get(document.study_type or "", _NEW_STUDY_TYPE),
            document.study_type or "-",
            f"{9 - furthest}{9 - nearest}",
            _first(document.has_results),
            _first(document.healthy_volunteers),
            _first(document.no_placebo_only_group),
            document.sex or "-",
            _age(document.minimum_age, missing=0),
            _age(document.maximum_age, missing=9_999_999),
            document.sponsor_class or "-",
            f"{_NEWEST - _day(document.updated):08}",
            document.trial_id,
        )
    )


def _first(is_true: bool) -> str:
    return "0" if is_true else "1"


def _age(years: float | None, missing: int) -> str:
    """Return an age in thousandths of a year, with seven digits."""
    return f"{missing if years is None else min(round(years * 1000), 9_999_998):07}"


def _day(day: str | None) -> int:
    """Return a day's digits as a number; a missing or partial day is older than any other."""
    digits = (day or "").replace("-", "")[:8]
    return int(digits.ljust(8, "0")) if digits.isdecimal() and digits.isascii() else 0
