"""What is wrong with an edition, as a build of the same content would tell it."""

from __future__ import annotations

from collections.abc import Iterable

from trialpages.pages.templates import folded
from trialpages.preview.memory.edition import Edition
from trialpages.preview.memory.held import Held
from trialpages.words.diagnostics import Diagnostic, Sink
from trialpages.words.severities import apply_severities


class Faults:
    """Puts together what is wrong; what was decoded once is kept. May be called in any thread."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, list[Diagnostic]]] = {}

    def of(self, edition: Edition, pages: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the diagnostics of an edition; `pages` are those of pages that were made from it."""
        shared: Sink = [
            *edition.sources.faults,
            *edition.registry.faults,
            *edition.parts.language_faults,
            *edition.parts.template_faults,
            *edition.site_faults,
            *edition.histories.faults,
        ]
        apply_severities(shared, edition.content.config.severities)
        return [*shared, *self._of_trials(edition.held), *folded(pages)]

    def _of_trials(self, held: Held) -> list[Diagnostic]:
        known: dict[str, tuple[str, list[Diagnostic]]] = {}
        found: list[Diagnostic] = []
        for trial_id, each in held.items():
            if each.faults == "[]":
                continue
            before = self._known.get(trial_id)
            told = before if before is not None and before[0] == each.faults else None
            known[trial_id] = told = told or (each.faults, each.diagnostics())
            found += told[1]
        self._known = known
        return found
