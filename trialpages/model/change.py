"""A change: one difference between two versions of a trial, as data that several places put into words.

It says nothing of a day: whoever found the two versions knows it. It holds no contact of a person.
"""

from __future__ import annotations

from trialpages.words.fields import record


@record
class Change:
    """One difference; `changes.py` says which kinds there are and what each of them fills."""

    kind: str
    """What changed, for example `status` or `places-closed`."""
    field: str = ""
    """The field of the trial that it stands in; for prose, the kind of block or nothing."""
    before: str | None = None
    """The value as the record writes it; None where it was unknown."""
    after: str | None = None
    months: int | None = None
    """Whole months by which a date moved, negative to an earlier one; None when a date has no month."""
    count: int = 0
    """How many places, groups or entries changed."""
    total: int = 0
    """Of how many; 0 where there is no such number."""
    names: tuple[str, ...] = ()
    """Of the towns of the places, or the headings of the blocks, in their order."""
    removed: tuple[str, ...] = ()
    """Rules, groups or other entries that are gone, in their own words."""
    added: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()
    """Entries that are told in other words: before and after."""
    language: str = ""
    """Of the editors' prose."""
    is_editorial: bool = False
    """Whether the editors changed it, and not the registry."""
    matters_to_readers: bool = False
    """Whether a reader of the page would care; what is left is for editors."""
