"""What an import has done in all: counts of everything, and the details of as much as people can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from trialpages.importing import outcome
from trialpages.importing.outcome import Outcome
from trialpages.words.diagnostics import ERROR, Diagnostic, Sink
from trialpages.words.severities import apply_severities

MOST_DETAILS = 5_000
"""Outcomes of one kind that are kept whole; half a million would need the memory of a large computer."""

MOST_FAULTS = 1_000


class Tally:
    """Counts outcomes by kind, and keeps those that say something."""

    def __init__(self, severities: Mapping[str, str] | None = None) -> None:
        """`severities` is what the site makes of the severity of codes."""
        self._severities = severities or {}
        self.counts: Counter[str] = Counter()
        self.details: list[Outcome] = []
        self.faults: list[Diagnostic] = []
        """Of files and of the way to the registry; those of trials stand in their outcomes."""
        self.fault_count = 0
        self.error_count = 0
        self._kept: Counter[str] = Counter()
        self.stopped: str = ""
        """Why the import ended before its end; empty when it did not."""
        self.resumed = 0
        """Outcomes that an interrupted run of the same command brought."""

    def add(self, found: Outcome) -> None:
        """Count an outcome; keep it unless it says nothing or there are too many of its kind."""
        self.counts[found.kind] += 1
        if found.diagnostics:
            found = replace(found, diagnostics=tuple(self._as_wanted(found.diagnostics)))
        if found.new_faults:
            wanted = (each for each in self._as_wanted(found.new_faults) if each.severity == ERROR)
            found = replace(found, new_faults=tuple(wanted))
        self.error_count += sum(each.severity == ERROR for each in found.diagnostics)
        if found.kind in (outcome.CONFIRMED, outcome.RENEWED) and not found.diagnostics:
            return
        self._kept[found.kind] += 1
        if self._kept[found.kind] <= MOST_DETAILS:
            self.details.append(found)

    def blame(self, faults: Iterable[Diagnostic]) -> None:
        """Count faults that belong to no trial, and keep the first of them."""
        for fault in self._as_wanted(faults):
            self.fault_count += 1
            self.error_count += fault.severity == ERROR
            if len(self.faults) < MOST_FAULTS:
                self.faults.append(fault)

    def _as_wanted(self, faults: Iterable[Diagnostic]) -> Sink:
        wanted = list(faults)
        apply_severities(wanted, self._severities)
        return wanted

    def diagnostics(self) -> Sink:
        """Return all faults that were kept."""
        return [*self.faults, *(each for found in self.details for each in found.diagnostics)]

    def of(self, *kinds: str) -> list[Outcome]:
        """Return the kept outcomes of some kinds, by trial."""
        return sorted((each for each in self.details if each.kind in kinds), key=lambda each: each.trial_id)

    def in_order(self) -> list[Outcome]:
        """Return all kept outcomes, by trial."""
        return self.of(*outcome.KINDS)

    @property
    def written(self) -> int:
        """How many records were written, or would be in a dry run."""
        return sum(self.counts[kind] for kind in outcome.WRITTEN)

    @property
    def total(self) -> int:
        """How many trials were looked at."""
        return sum(self.counts.values())

    @property
    def left_out(self) -> int:
        """How many outcomes that say something were counted only."""
        return sum(max(0, count - MOST_DETAILS) for count in self._kept.values())
