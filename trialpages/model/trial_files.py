"""One trial from its files: the registry's record, the editors' facts over it, and the editors' prose.

Any one file may stand alone, except prose. The folder's name is the trial's id. A trial with an
error is not made; what is wrong is in the sink.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trialpages.model.eligibility import split_criteria
from trialpages.model.overrides import merge
from trialpages.model.registry import decode_registry
from trialpages.model.summary import Summary
from trialpages.model.summary_file import language_of, read_summary
from trialpages.model.trial import Trial
from trialpages.model.vocabulary import NctId, TrialId
from trialpages.read.decode import decode
from trialpages.read.document import Document, read_yaml
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import ERROR, Sink, Span
from trialpages.words.fields import Shape
from trialpages.words.shapes import pattern
from trialpages.words.suggest import nearest

FACTS = "trial.yaml"
RECORD = "registry.json"
PROSE = "summary.md"
LOOKS_LIKE_NCT = re.compile(r"nct[-_ ]?[0-9]+", re.IGNORECASE)


def read_trial(
    trial_id: str,
    files: Mapping[str, bytes],
    folder: str,
    sink: Sink,
    *,
    registry: Trial | None = None,
) -> Trial | None:
    """Return the trial of a folder's files, by name, or None with its errors in the sink.

    `registry` is the trial's record from a snapshot; a registry.json in the folder stands before it.
    """
    if not files and registry is not None:
        return replace(registry, trial_id=trial_id)
    return _Reader(trial_id, files, folder, sink).read(registry)


class _Reader:
    """Reads one folder; carries what every step needs."""

    def __init__(self, trial_id: str, files: Mapping[str, bytes], folder: str, sink: Sink) -> None:
        self.trial_id = trial_id
        self.files = files
        self.folder = folder
        self.sink = sink

    def read(self, registry: Trial | None) -> Trial | None:
        faults = len(self.sink)
        self._check_names()
        self._check_folder()
        if RECORD in self.files:
            registry = decode_registry(self.files[RECORD], self._path(RECORD), self.sink)
        document = read_yaml(self.files[FACTS], self._path(FACTS), self.sink) if FACTS in self.files else None
        editors = decode(document, Trial, self.sink, noun="trial") if document else None
        summaries = self._summaries()
        has_errors = any(fault.severity == ERROR for fault in self.sink[faults:])
        if registry is not None:
            self._check_record_number(registry)
        if document is not None and editors is not None:
            self._check_written_number(editors, document)
        trial = self._joined(registry, editors, document)
        if trial is None:
            if not has_errors:
                self._nothing_known()
            return None
        trial = replace(trial, trial_id=self.trial_id, nct_id=self._nct_id(trial), summaries=summaries)
        if not has_errors:
            self._check_enough(trial, registry, document)
        return None if any(fault.severity == ERROR for fault in self.sink[faults:]) else trial

    def _joined(
        self, registry: Trial | None, editors: Trial | None, document: Document | None
    ) -> Trial | None:
        if editors is None or document is None:
            return registry
        if registry is not None:
            trial = merge(registry, editors, document, self.sink)
            if editors.eligibility_criteria is None and not (
                editors.inclusion_criteria or editors.exclusion_criteria
            ):
                return trial
        else:
            trial = editors
        if editors.inclusion_criteria or editors.exclusion_criteria:
            return replace(trial, other_criteria=())
        split = split_criteria(trial.eligibility_criteria or "")
        return replace(
            trial,
            inclusion_criteria=split.inclusion,
            exclusion_criteria=split.exclusion,
            other_criteria=split.other,
        )

    def _summaries(self) -> tuple[Summary, ...]:
        found = []
        for name in self.files:
            language = language_of(name)
            if language is None:
                continue
            summary = read_summary(self.files[name], self._path(name), language, self.sink)
            if summary is not None:
                found.append(summary)
        return tuple(sorted(found, key=lambda summary: (summary.language != "en", summary.language)))

    def _check_names(self) -> None:
        """Report files that nothing is made of: a misspelled name loses a whole file."""
        for name in self.files:
            if name in (FACTS, RECORD) or language_of(name) is not None:
                continue
            span = Span(self._path(name))
            if name.startswith("summary.") and name.endswith(".md"):
                language = name.removeprefix("summary.").removesuffix(".md")
                what = f"'{language}' is no language code"
                self.sink.append(make("unknown-language", what, span, "name the file like summary.es.md"))
                continue
            guess = nearest(name, (FACTS, RECORD, PROSE))
            help_text = (
                f"did you mean '{guess}'?" if guess else f"a trial's files are {FACTS}, {PROSE}, {RECORD}"
            )
            self.sink.append(make("unknown-file", f"Nothing is made of the file '{name}'", span, help_text))

    def _check_folder(self) -> None:
        if _fits(NctId, self.trial_id):
            return
        span = Span(self._path(self._first_file()))
        if LOOKS_LIKE_NCT.fullmatch(self.trial_id):
            what = f"The folder '{self.trial_id}' is no ClinicalTrials.gov number"
            self.sink.append(
                make("wrong-id", what, span, "the number is NCT and eight digits, such as NCT00000001")
            )
        elif not _fits(TrialId, self.trial_id):
            what = f"The folder '{self.trial_id}' cannot be part of an address"
            help_text = "use 2 to 60 letters, digits, dots and hyphens, such as 2014-002476-92"
            self.sink.append(make("wrong-id", what, span, help_text))

    def _check_record_number(self, registry: Trial) -> None:
        if registry.nct_id == self.trial_id:
            return
        what = f"The record is about {registry.nct_id}, but the folder is {self.trial_id}"
        help_text = f"name the folder {registry.nct_id}, or fetch the record of {self.trial_id}"
        if self.trial_id in registry.nct_id_aliases:
            what = f"{self.trial_id} is an older number of {registry.nct_id}"
            help_text = f"name the folder {registry.nct_id}"
        self.sink.append(make("wrong-id", what, Span(self._path(RECORD)), help_text))

    def _check_written_number(self, editors: Trial, document: Document) -> None:
        if editors.nct_id is None or editors.nct_id == self.trial_id:
            return
        what = f"'nct_id' is '{editors.nct_id}', but the folder is '{self.trial_id}'"
        help_text = f"name the folder {editors.nct_id}, or correct the number"
        self.sink.append(document.fault("wrong-id", what, ("nct_id",), help=help_text))

    def _nct_id(self, trial: Trial) -> str | None:
        return trial.nct_id or (self.trial_id if _fits(NctId, self.trial_id) else None)

    def _check_enough(self, trial: Trial, registry: Trial | None, document: Document | None) -> None:
        """Report what an honest page cannot do without: a name, and whether the trial is open."""
        name = FACTS if document is not None else RECORD
        span = Span(self._path(name))
        line = document.source_line(1) if document is not None else None
        if trial.title is None and trial.brief_title is None:
            help_text = f"add `brief_title:` to {FACTS}"
            self.sink.append(make("no-title", "The trial has no title", span, help_text, line))
        if trial.overall_status is None and registry is None:
            what = "The trial does not say whether it is open"
            help_text = f"add `overall_status:` to {FACTS}, such as RECRUITING or COMPLETED"
            self.sink.append(make("no-status", what, span, help_text, line))

    def _nothing_known(self) -> None:
        what = "There are no facts about this trial"
        help_text = f"add a {FACTS} or a {RECORD} to {self.folder or self.trial_id}"
        self.sink.append(make("nothing-known", what, Span(self._path(self._first_file())), help_text))

    def _first_file(self) -> str:
        return next(
            (name for name in (FACTS, RECORD, PROSE) if name in self.files), min(self.files, default="")
        )

    def _path(self, name: str) -> str:
        return "/".join(part for part in (self.folder, name) if part)


def _fits(kind: Any, text: str) -> bool:
    (shape,) = (mark for mark in kind.__metadata__ if isinstance(mark, Shape))
    return pattern(shape.pattern).fullmatch(text) is not None
