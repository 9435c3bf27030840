"""One trial from its files: the registry's record, the editors' facts over it, and the editors' prose.

Any one file may stand alone; prose alone needs a title in its block of fields. The folder's name is
the trial's id. Every fault of every file is told in one run: what has none is joined all the same, so
that it can be checked too, and a field with a fault causes no further one. Only a trial without any
error may be published.
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
from trialpages.read.decode import Sound, decode_sound
from trialpages.read.document import Document, read_yaml
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import ERROR, NOTE, Diagnostic, Sink, Span
from trialpages.words.fields import Shape
from trialpages.words.shapes import pattern
from trialpages.words.suggest import nearest

FACTS = "trial.yaml"
RECORD = "registry.json"
PROSE = "summary.md"
EXAMPLES = ("brief_title", "overall_status", "conditions", "lead_sponsor")
"""Fields of a trial that a message offers to whoever has written none."""

RULES = frozenset(("eligibility_criteria", "inclusion_criteria", "exclusion_criteria"))
"""Fields that say the same in three forms: a fault in one leaves all of them in doubt."""

NOTHING = Trial()
LOOKS_LIKE_NCT = re.compile(r"nct[-_ ]?[0-9]+", re.IGNORECASE)


def read_trial(
    trial_id: str,
    files: Mapping[str, bytes],
    folder: str,
    sink: Sink,
    *,
    registry: Trial | None = None,
    record_path: str | None = None,
) -> Trial | None:
    """Return the trial of a folder's files, by name, or None with its errors in the sink.

    `registry` is the trial's record from a snapshot, and `record_path` is where it lies there; a
    registry.json in the folder stands before it.
    """
    found: Sink = []
    trial = read_sound_part(trial_id, files, folder, found, registry=registry, record_path=record_path)
    sink.extend(found)
    return None if any(fault.severity == ERROR for fault in found) else trial


def read_sound_part(
    trial_id: str,
    files: Mapping[str, bytes],
    folder: str,
    sink: Sink,
    *,
    registry: Trial | None = None,
    record_path: str | None = None,
) -> Trial | None:
    """Return the trial of all that has no fault, for further checks; with an error in the sink it is no page.

    The arguments are those of `read_trial`. Nothing is returned when no file says anything sound.
    """
    return _Reader(trial_id, files, folder, sink, record_path).read(registry)


class _Reader:
    """Reads one folder; carries what every step needs."""

    def __init__(
        self,
        trial_id: str,
        files: Mapping[str, bytes],
        folder: str,
        sink: Sink,
        record_path: str | None,
    ) -> None:
        self.trial_id = trial_id
        self.files = files
        self.folder = folder
        self.sink = sink
        self.record_path = record_path or f"{trial_id}.json"

    def read(self, registry: Trial | None) -> Trial | None:
        if not self.files and registry is not None:
            self._check_record_number(registry)
            return replace(registry, trial_id=self.trial_id)
        faults = len(self.sink)
        self._check_names()
        self._check_folder()
        if RECORD in self.files:
            registry = decode_registry(self.files[RECORD], self._path(RECORD), self.sink)
        is_in_doubt = RECORD in self.files and registry is None
        if registry is not None and not self._check_record_number(registry):
            # The facts of another trial would contradict every fact of this one.
            registry, is_in_doubt = None, True
        document = read_yaml(self.files[FACTS], self._path(FACTS), self.sink) if FACTS in self.files else None
        editors = None
        if document is not None:
            editors = decode_sound(document, Trial, self.sink, noun="trial", examples=EXAMPLES)
        is_in_doubt |= FACTS in self.files and editors is None
        if document is not None and editors is not None:
            self._check_written_number(editors.record, document)
        summaries = self._summaries()
        trial = self._joined(registry, editors, document, summaries)
        if trial is None:
            if not any(fault.severity == ERROR for fault in self.sink[faults:]):
                self._nothing_known()
            return None
        trial = replace(trial, trial_id=self.trial_id, nct_id=self._nct_id(trial), summaries=summaries)
        if not is_in_doubt:
            self._check_enough(trial, registry, document, editors.faulty if editors else frozenset())
        return trial

    def _joined(
        self,
        registry: Trial | None,
        editors: Sound[Trial] | None,
        document: Document | None,
        summaries: tuple[Summary, ...],
    ) -> Trial | None:
        if registry is None and editors is None and not any(summary.blocks for summary in summaries):
            return None
        trial = registry or NOTHING
        if editors is not None and document is not None:
            trial = self._with_editors(registry, editors, document)
        if registry is None and trial.title is None and trial.brief_title is None:
            titles = (summary.title for summary in summaries if summary.title)
            trial = replace(trial, title=next(titles, None))
        return trial

    def _with_editors(self, registry: Trial | None, found: Sound[Trial], document: Document) -> Trial:
        """Return the editors' facts over the record's; a field with a fault is unknown."""
        editors = found.record
        trial = editors
        if registry is not None:
            trial = merge(registry, editors, document, self.sink, found.faulty)
        trial = _without_faulty(trial, found.faulty)
        if found.faulty & RULES:
            return trial
        if editors.inclusion_criteria or editors.exclusion_criteria:
            return replace(trial, other_criteria=())
        if registry is not None and editors.eligibility_criteria is None:
            return trial
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

    def _check_record_number(self, registry: Trial) -> bool:
        """Return whether the record is about this trial; report it when the two have different numbers."""
        if registry.nct_id == self.trial_id:
            return True
        is_alias = self.trial_id in registry.nct_id_aliases
        if self.files:
            what = f"The record is about {registry.nct_id}, but the folder is {self.trial_id}"
            help_text = f"name the folder {registry.nct_id}, or fetch the record of {self.trial_id}"
            path = self._path(RECORD) if RECORD in self.files else self.record_path
        else:
            what = f"The record is about {registry.nct_id}, but its file is named {self.trial_id}.json"
            help_text = f"name the file {registry.nct_id}.json, or fetch the record of {self.trial_id}"
            path = self.record_path
        if is_alias:
            what = f"{self.trial_id} is an older number of {registry.nct_id}"
            help_text = f"name the {'folder' if self.files else 'file'} {registry.nct_id}"
        self.sink.append(make("wrong-id", what, Span(path), help_text))
        return is_alias

    def _check_written_number(self, editors: Trial, document: Document) -> None:
        if editors.nct_id is None or editors.nct_id == self.trial_id:
            return
        what = f"'nct_id' is '{editors.nct_id}', but the folder is '{self.trial_id}'"
        help_text = f"name the folder {editors.nct_id}, or correct the number"
        self.sink.append(document.fault("wrong-id", what, ("nct_id",), help=help_text))

    def _nct_id(self, trial: Trial) -> str | None:
        return trial.nct_id or (self.trial_id if _fits(NctId, self.trial_id) else None)

    def _check_enough(
        self, trial: Trial, registry: Trial | None, document: Document | None, faulty: frozenset[str]
    ) -> None:
        """Report what an honest page cannot do without: a name, and whether the trial is open."""
        has_title = trial.title is not None or trial.brief_title is not None
        if registry is None and document is None:
            self._check_prose_alone(has_title)
            return
        name = FACTS if document is not None else RECORD
        span = Span(self._path(name) if name in self.files else self.record_path)
        line = document.source_line(1) if document is not None else None
        if not has_title and not faulty & {"title", "brief_title"}:
            what, help_text = "The trial has no title", f"add `brief_title:` to {FACTS}"
            waiting = _waiting(
                document, "no-title", what, "brief_title", "write the registered short title here"
            )
            self._lacks(trial, waiting or make("no-title", what, span, help_text, line))
        if trial.overall_status is None and registry is None and "overall_status" not in faulty:
            what = "The trial does not say whether it is open"
            help_text = f"add `overall_status:` to {FACTS}, such as RECRUITING or COMPLETED"
            fill_in = "write one of the registry's words here, such as RECRUITING or COMPLETED"
            waiting = _waiting(document, "no-status", what, "overall_status", fill_in)
            self._lacks(trial, waiting or make("no-status", what, span, help_text, line))

    def _lacks(self, trial: Trial, fault: Diagnostic) -> None:
        """Report what a page cannot do without; a draft is begun before it is known, and holds up no other trial."""
        self.sink.append(replace(fault, severity=NOTE) if trial.draft else fault)

    def _check_prose_alone(self, has_title: bool) -> None:
        """Report a summary without facts beside it: it needs a title, and cannot say whether the trial is open."""
        span = Span(self._path(self._first_file()))
        if not has_title:
            help_text = f"begin {self._first_file()} with these three lines\n---\ntitle: ...\n---"
            self.sink.append(make("no-title", "The trial has no title", span, help_text))
        what = "Nothing here says whether the trial is open"
        help_text = f"add a {FACTS} with `overall_status:`, or a {RECORD}"
        self.sink.append(make("status-unknown", what, span, help_text))

    def _nothing_known(self) -> None:
        what = "There are no facts about this trial"
        help_text = f"add a {FACTS}, a {PROSE} or a {RECORD} to {self.folder or self.trial_id}"
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


def _waiting(
    document: Document | None, code: str, what: str, field: str, help_text: str
) -> Diagnostic | None:
    """Return a fault at a field that stands in the file without a value, as a new trial's does."""
    if document is None or not isinstance(document.value, dict) or field not in document.value:
        return None
    return document.fault(code, what, (field,), key=True, help=help_text)


def _without_faulty(trial: Trial, faulty: frozenset[str]) -> Trial:
    """Return the trial with every field that has a fault unknown, so that no check speaks of it again."""
    names = faulty | (RULES | {"other_criteria"} if faulty & RULES else frozenset())
    known = {name: getattr(NOTHING, name) for name in names if hasattr(NOTHING, name)}
    return replace(trial, **known)
