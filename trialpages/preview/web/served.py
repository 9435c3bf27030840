"""What the server needs of a site in memory, and nothing more: the doors of `LiveSite` that its threads use."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Protocol

from trialpages.preview.answer import Answer
from trialpages.preview.batch import Batch
from trialpages.words.diagnostics import Diagnostic


class ServedSite(Protocol):
    """A site that is shown while it changes; every method may be called in any thread."""

    def open(self) -> None:
        """Read the site."""

    def apply(self, batch: Batch) -> None:
        """Take in what was saved, as far as the pages of it need."""

    def settle(self) -> bool:
        """Take in the rest; say whether anything moved."""

    def on_day(self, today: datetime.date) -> None:
        """Move the site to another day."""

    def answer(self, path: str) -> Answer | None:
        """Return the file at a path from the site's root, or None."""

    def diagnostics(self) -> Sequence[Diagnostic]:
        """Return what is wrong with the content now."""

    def progress(self) -> str | None:
        """Say how far the reading of the site is; None when it is done."""

    @property
    def version(self) -> int:
        """A number that grows with every change."""
