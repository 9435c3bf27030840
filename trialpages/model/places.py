"""Where the facts of one trial stand in its files, found only when something is wrong with them.

A check knows a fact by its location in the trial. When the editors wrote it, the fault lies in
`trial.yaml` and stops the build. When it is the registry's, editors cannot mend the record: the
fault is a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trialpages.read.document import Document, Location, read_yaml
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import ERROR, WARNING, Diagnostic, Span

FACTS = "trial.yaml"
RECORD = "registry.json"


class Places:
    """The files of one trial, by name, in one folder; a record from a snapshot has neither.

    `record` is what a message calls the record where it is no file of the folder.
    """

    def __init__(
        self, trial_id: str, folder: str, files: Mapping[str, bytes], record: str | None = None
    ) -> None:
        self._trial_id = trial_id
        self._folder = folder
        self._files = files
        self._record = record
        self._document: Document | None = None
        self._is_read = False

    def fault(
        self,
        code: str,
        what: str,
        *locations: Location,
        help: str | None = None,  # noqa: A002 - the word that the report shows
        notes: tuple[str, ...] = (),
    ) -> Diagnostic:
        """Return a diagnostic at the first of the locations that the editors wrote, else at the record."""
        document = self._facts()
        for location in locations:
            if document is not None and _has(document, location):
                return document.fault(code, what, location, help=help, notes=notes)
        found = make(code, what, Span(self._record_path()), help, notes=notes)
        if not locations or found.severity != ERROR:
            return found
        return replace(found, severity=WARNING, help=None)

    def text(self, name: str) -> str:
        """Return the text of a file, empty when it is not there."""
        return self._files.get(name, b"").decode("utf-8-sig", "replace")

    def has(self, name: str) -> bool:
        """Return whether the folder holds a file."""
        return name in self._files

    def path(self, name: str) -> str:
        """Return the path of a file by its name."""
        return "/".join(part for part in (self._folder, name) if part)

    def span(self, location: Location) -> Span:
        """Return the place of a fact that the editors wrote; the first line of their file for another one."""
        document = self._facts()
        return document.span(location) if document is not None else Span(self.path(FACTS))

    def _record_path(self) -> str:
        if RECORD not in self._files and self._record is not None:
            return self._record
        if not self._files:
            return f"{self._trial_id}.json"
        name = RECORD if RECORD in self._files or FACTS not in self._files else FACTS
        return self.path(name)

    def _facts(self) -> Document | None:
        if not self._is_read:
            self._is_read = True
            if FACTS in self._files:
                self._document = read_yaml(self._files[FACTS], self.path(FACTS), [])
        return self._document


def _has(document: Document, location: Location) -> bool:
    """Return whether the editors wrote the top field that a location is in."""
    return isinstance(document.value, dict) and (not location or location[0] in document.value)
