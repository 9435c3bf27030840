"""What one build is asked to do, and what it reports."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from trialpages.words.diagnostics import ERROR, NOTE, WARNING, Diagnostic

CHECKED = "checked"
"""The folder in the cache where `check` makes pages; a build knows nothing of it."""

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, the number of units done, and the number of all."""


@dataclass(frozen=True, slots=True)
class Options:
    """Where everything is, and how to build it. Paths are absolute."""

    directory: Path
    content: Path
    templates: Path
    assets: Path
    output: Path
    cache: Path
    today: datetime.date
    base_url: str | None = None
    jobs: int = 1
    drafts: bool = False
    strict: bool = False
    keep_going: bool = False
    sources_only: bool = False
    """Whether `check` leaves out the pages."""
    target: str | None = None
    """Where the site will stand, instead of what the settings say."""
    preview: bool = False
    """Whether every page says that it is a preview, and is kept out of search engines."""
    precompress: bool = False
    """Whether each text file is written as .gz and .br too."""
    previous: Path | None = None
    """The `site.json` of the site as it stands in public: its pages do not vanish silently."""
    changed: frozenset[str] | None = None
    """Files of a change, relative to the site: what is said is narrowed to what depends on them."""


@dataclass(slots=True)
class Report:
    """What one build did. Counts of pages are pages that a reader can open; bytes are the whole output's."""

    trials: int = 0
    pages: int = 0
    written: int = 0
    kept: int = 0
    removed: int = 0
    bytes: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    published: bool = False
    nothing_changed: bool = False
    read: list[str] = field(default_factory=list)
    """Ids of the trials that were decoded in this run."""
    rendered: list[str] = field(default_factory=list)
    """URLs of the pages that were rendered in this run."""
    elsewhere: int = 0
    """Number of faults that are not shown, because they are not of the change that was asked about."""
    index_made: bool = False
    """Whether the search index was made anew; otherwise none of its files was touched."""

    @property
    def errors(self) -> int:
        """Number of errors."""
        return sum(1 for each in self.diagnostics if each.severity == ERROR)

    @property
    def warnings(self) -> int:
        """Number of warnings."""
        return sum(1 for each in self.diagnostics if each.severity == WARNING)

    @property
    def notes(self) -> int:
        """Number of notes, which fail nothing."""
        return sum(1 for each in self.diagnostics if each.severity == NOTE)


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""
