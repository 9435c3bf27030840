"""The files of one trial, and the place in them of each fact: the editors' where they wrote one, else the record's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from trialpages.model.checks_grade import exempt_names
from trialpages.model.places import Places
from trialpages.model.prose import RESULTS, SUMMARY, passages
from trialpages.model.registry import decode_registry
from trialpages.model.summary import Summary
from trialpages.model.summary_file import language_of, read_summary
from trialpages.model.trial import Trial
from trialpages.model.trial_files import FACTS as FACTS_FILE
from trialpages.model.trial_files import RECORD as RECORD_FILE
from trialpages.model.trial_files import read_sound_part
from trialpages.preview.panel.block import FACTS, RECORD, Grade, Source
from trialpages.preview.panel.grades import grade_of
from trialpages.preview.panel.places_in_files import Stretch, record_places, yaml_places
from trialpages.preview.panel.record_fields import RECORD_FIELDS
from trialpages.preview.panel.trial_parts import Part
from trialpages.read.document import Location, read_yaml
from trialpages.read.text import BYTE_ORDER_MARK
from trialpages.words.diagnostics import Sink
from trialpages.words.fields import record

ENTRIES = frozenset(
    {"plain_criteria", "key_facts", "approvals", "primary_outcomes", "arm_groups", "interventions"}
)
"""Lists that editors write, of which each entry is worth a line of its own."""

MOST_ENTRIES = 60
LONGEST_NAME = 60
TRIALS_REMEMBERED = 32


@record
class TrialSources:
    """One trial's folder, its files by name, and its record where that lies in the snapshot instead."""

    trial_id: str
    folder: str
    files: Mapping[str, bytes]
    member: bytes | None = None
    """The record's bytes in the snapshot, when the folder has none."""
    member_path: str = ""
    member_has_lines: bool = False
    """Whether the record is a file of its own in the snapshot, so that its lines are that file's lines."""

    def path(self, name: str) -> str:
        """Return a file's path from the site's folder."""
        return f"{self.folder}/{name}" if self.folder else name

    def facts_of(self, part: Part) -> Iterator[Source]:
        """Yield the places of a part's facts, its own first; of facts that nobody states there is none."""
        if self.is_unreadable and part.fields:
            yield Source(
                path=self.path(FACTS_FILE), what="the editors' facts, which cannot be read now", kind=FACTS
            )
        for is_own, names in ((True, part.fields), (False, part.also)):
            for name in names:
                found = self.fact(name, is_own=is_own)
                if found is None:
                    continue
                yield found
                if part.first_only:
                    return
                if is_own and found.kind == FACTS and name in ENTRIES:
                    yield from self._entries(name)

    @property
    def is_unreadable(self) -> bool:
        """Say whether the editors' facts cannot be read now."""
        data = self.files.get(FACTS_FILE)
        return data is not None and not _readable_places(data)

    def fact(self, name: str, *, is_own: bool = True) -> Source | None:
        """Return the place of a field of the trial; None when no file states it."""
        stretch = self.places.get((name,))
        if stretch is not None and not stretch.is_nothing:
            return Source(path=self.path(FACTS_FILE), what=name, kind=FACTS, stretch=stretch, is_own=is_own)
        place = RECORD_FIELDS.get(name)
        data = self.files.get(RECORD_FILE, self.member)
        if place is None or data is None:
            return None
        stretch = record_places(data).of(place)
        if stretch is None:
            return None
        if RECORD_FILE in self.files:
            return Source(
                path=self.path(RECORD_FILE), what=str(place[-1]), kind=RECORD, stretch=stretch, is_own=is_own
            )  # fmt: skip
        shown = stretch if self.member_has_lines else None
        return Source(
            path=self.member_path, what=str(place[-1]), kind=RECORD, stretch=shown, opens=False, is_own=is_own
        )

    @property
    def places(self) -> Mapping[Location, Stretch]:
        """Return the places of the editors' facts; none while their file cannot be read."""
        data = self.files.get(FACTS_FILE)
        return _readable_places(data) if data is not None else {}

    def _entries(self, name: str) -> Iterator[Source]:
        for index in range(MOST_ENTRIES):
            stretch = self.places.get((name, index))
            if stretch is None:
                return
            yield Source(
                path=self.path(FACTS_FILE), what=f"{name}, entry {index + 1}", kind=FACTS, stretch=stretch
            )

    def summaries(self) -> Iterator[tuple[str, Summary]]:
        """Yield the file's name and the prose of each language, the site's own first when it is English."""
        found = ((name, language_of(name)) for name in self.files)
        for name, language in sorted(
            ((name, code) for name, code in found if code), key=lambda each: (each[1] != "en", each[1])
        ):
            summary = read_summary(self.files[name], self.path(name), language, [])
            if summary is not None:
                yield name, summary

    def unread_summaries(self) -> list[str]:
        """Return the names of the files of prose that cannot be read now; one that says nothing yet is none."""
        found = []
        for name in self.files:
            language = language_of(name)
            sink: Sink = []
            if language and read_summary(self.files[name], self.path(name), language, sink) is None and sink:
                found.append(name)
        return found

    def trial(self) -> Trial | None:
        """Return what the files say as far as it is sound; the last few trials are kept."""
        files = tuple(sorted(self.files.items()))
        return _trial(self.trial_id, self.folder, files, self.member, self.member_path)

    def grades(self) -> tuple[tuple[str, int, Grade], ...]:
        """Return the grade of each English passage with the file and line where it begins, and that of the plain rules."""
        files = tuple(sorted(self.files.items()))
        return _grades(self.trial_id, self.folder, files, self.member, self.member_path)


@lru_cache(maxsize=TRIALS_REMEMBERED)
def _readable_places(data: bytes) -> Mapping[Location, Stretch]:
    """Return the places in a YAML file that is one; what the reader refuses has none."""
    found = yaml_places(data)
    return found if found and read_yaml(data, "", []) is not None else {}


@lru_cache(maxsize=TRIALS_REMEMBERED)
def _trial(
    trial_id: str,
    folder: str,
    files: tuple[tuple[str, bytes], ...],
    member: bytes | None,
    member_path: str,
) -> Trial | None:
    registry = decode_registry(member, member_path, []) if member else None
    return read_sound_part(
        trial_id, dict(files), folder, [], registry=registry, record_path=member_path or None
    )


@lru_cache(maxsize=TRIALS_REMEMBERED)
def _grades(
    trial_id: str,
    folder: str,
    files: tuple[tuple[str, bytes], ...],
    member: bytes | None,
    member_path: str,
) -> tuple[tuple[str, int, Grade], ...]:
    trial = _trial(trial_id, folder, files, member, member_path)
    if trial is None:
        return ()
    names = exempt_names(trial)
    found: list[tuple[str, int, Grade]] = []
    for passage in passages(trial, Places(trial_id, folder, dict(files))):
        grade = grade_of(passage.name, passage.text, names) if passage.kind in (SUMMARY, RESULTS) else None
        if grade:
            found.append((passage.file if passage.kind == SUMMARY else RESULTS, passage.line, grade))
    rules = "\n".join(f"* {criterion.plain}" for criterion in trial.plain_criteria)
    grade = grade_of("The plain rules' text", rules, names)
    return (*found, ("plain_criteria", 0, grade)) if grade else tuple(found)


def whole_lines(data: bytes) -> list[str]:
    """Return a file's lines as editors count them."""
    text = data.removeprefix(BYTE_ORDER_MARK).decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
