"""A block: one part of a page as a reader sees it, with the places of its words and facts, and how its prose reads."""

from __future__ import annotations

from dataclasses import replace

from trialpages.preview.panel.places_in_files import Stretch
from trialpages.words.fields import record

FACTS, WORDS, RECORD = "facts", "words", "record"
SHARED, SETTINGS, TEMPLATE = "shared", "settings", "template"


@record
class Source:
    """A place from which a block's words or facts come."""

    path: str
    """Relative to the site's folder; `snapshot!member` for a record in a snapshot."""
    what: str
    kind: str
    stretch: Stretch | None = None
    """None when the whole file is meant, or when its lines cannot be told now."""
    opens: bool = True
    """Whether an editor can open it: not what lies inside an archive or outside the site."""
    is_own: bool = True
    """Whether an editor would look for the block there; else the block is only worked out from it."""


@record
class Grade:
    """How hard one text of a block is to read, in the words and by the limits of the command `check`."""

    name: str
    grade: float
    words: int
    sentences: int
    verdict: str
    said: str
    longest: tuple[str, ...]


@record
class Block:
    """One part of a page: its name on the page, the selector of its element, its places and grades."""

    id: str
    at: str
    name: str
    template: Source | None
    sources: tuple[Source, ...] = ()
    grades: tuple[Grade, ...] = ()
    level: int = 0

    def with_sources(self, *more: Source) -> Block:
        """Return the block with further sources after its own."""
        return replace(self, sources=(*self.sources, *more))
