"""The review stage: what a change does to the pages, for whoever reviews it.

The sources as they are and as they were are read with the same functions as in a build, and nothing is written but
the memo. Only trials that the change touches are read twice, however many there are; beyond `MOST_TRIALS` the others
are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from trialpages.importing.told import told_changes
from trialpages.machine.git import Repository
from trialpages.machine.memo import Memo
from trialpages.model.card import Card
from trialpages.model.checks import Sources, check_site
from trialpages.model.checks_shared import check_shared_prose
from trialpages.model.shared_files import SharedFiles, read_shared
from trialpages.model.titles import title
from trialpages.model.trial import Trial
from trialpages.model.trial_files import FACTS, RECORD
from trialpages.pages.prose_pages import read_prose
from trialpages.read import sources
from trialpages.read.config import Config
from trialpages.read.snapshot import Member, Snapshot
from trialpages.site.cards import card
from trialpages.site.site import assemble
from trialpages.site.staleness import on_day
from trialpages.stages.content import Content, read_content
from trialpages.stages.decoding import DecodeState, TrialInput, decode_state, folder_files, make_trial
from trialpages.stages.inputs import code_digest, interface_language
from trialpages.stages.options import Options, Progress
from trialpages.stages.review_before import Before, read_before
from trialpages.stages.review_facts import Review, Side, TrialReview, counted, side
from trialpages.stages.review_files import shown_on, touched_files
from trialpages.stages.trials import decode_trials
from trialpages.words.diagnostics import ERROR, Diagnostic, Sink
from trialpages.words.language import ENGLISH, base_of, use
from trialpages.words.severities import apply_severities

MOST_TRIALS = 2_000
"""Trials that are compared; more would take minutes, and nobody reads that far."""

NO_FILES: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Change:
    """What is compared: the repository, the commit before, and the files that are not as they were there."""

    since: str
    repo: Repository
    base: str
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Version:
    """One of the two versions of the sources, and what was found out about the trials that differ."""

    config: Config
    config_faults: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]
    decoding: DecodeState
    trials: Mapping[str, TrialInput]
    files: Mapping[str, Mapping[str, bytes]]
    """Of each trial that differs: its folder's files by name. A trial that is not there has none here."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One trial of one version: its sound part and the faults of its own."""

    trial: Trial | None
    faults: tuple[Diagnostic, ...]

    @property
    def card(self) -> Card | None:
        """Its card, as the checks across trials want it."""
        if self.trial is None:
            return None
        return card(self.trial, is_faulty=any(each.severity == ERROR for each in self.faults))


def review(options: Options, memo: Memo, change: Change, spare: Path, progress: Progress) -> Review:
    """Return what a change does to the pages. `spare` is a folder for what is unpacked on the way."""
    sink: Sink = []
    content = read_content(options, sink)
    language = interface_language(options, content.config.language, sink)
    use(language)
    known = memo.unit_keys()
    code = code_digest(language)
    state = decode_state(
        options.directory, content.config, content.snapshot, content.shared, code, known, language
    )
    trials = decode_trials(options, memo, content, state, [], progress)
    cards = (*trials.cards, *trials.faulty_cards)
    before = read_before(options, content, change.repo, change.base, change.paths, spare)
    shared = read_shared(before.texts, [])
    old_state = decode_state(options.directory, before.config, before.snapshot, shared, code, known, language)
    names = sorted(_touched(options, content, before))
    compared = names[:MOST_TRIALS]
    config_faults = tuple(each for each in sink if each.span.path.endswith("site.yaml"))
    now = _now(content, config_faults, state, compared)
    then = _then(content, before, old_state, now, compared)
    differing = [name for name in compared if _differs(name, then, now, before, content)]
    old, new = ({name: _read(each, name) for name in differing if name in each.files} for each in (then, now))
    untouched = [each for each in cards if each.trial_id not in {*old, *new}]
    as_it_is = partial(folder_files, state, content.trials)
    faults = [
        _faults(version, read, untouched, version_shared, as_it_is, drafts=options.drafts)
        for version, read, version_shared in ((then, old, shared), (now, new, content.shared))
    ]
    site = assemble(on_day(trials.cards, content.config, options.today), content.shared, content.config)
    files = touched_files(options, content, site, cards, before, change.paths)
    rows = []
    for done, name in enumerate(differing, 1):
        rows.append(_row(name, then, now, old, new, faults, content.shared, drafts=options.drafts))
        progress("review", done, len(differing))
    return Review(
        since=change.since,
        trials=tuple(rows),
        files=tuple(files),
        shown_on=tuple(shown_on(options, content, site, cards, change.paths, differing)),
        not_compared=len(names) - len(compared),
        before=counted(faults[0]),
        after=counted(faults[1]),
        notes=before.notes,
    )


def _members(snapshot: Snapshot | None) -> dict[str, Member]:
    return {member.trial_id: member for member in snapshot.members} if snapshot else {}


def _touched(options: Options, content: Content, before: Before) -> frozenset[str]:
    """Return the trials of which a file or the record has changed."""
    folder = f"{sources.relative(options.directory, options.content)}/trials/"
    found = {path.removeprefix(folder).split("/")[0] for path in before.changed if path.startswith(folder)}
    if before.snapshot is not content.snapshot:
        digests = [
            {name: member.digest for name, member in _members(each).items()}
            for each in (before.snapshot, content.snapshot)
        ]
        found |= {name for name, _digest in digests[0].items() ^ digests[1].items()}
    return frozenset(found)


def _now(
    content: Content, faults: tuple[Diagnostic, ...], state: DecodeState, names: Iterable[str]
) -> _Version:
    # An empty folder is nothing to version control, which leaves it behind when it takes a trial away.
    there = [name for name in names if (trial := content.trials.get(name)) and (trial.files or trial.member)]
    files = {name: folder_files(state, content.trials, name)[1] for name in there}
    return _Version(content.config, faults, content.texts, state, content.trials, files)


def _then(
    content: Content, before: Before, state: DecodeState, now: _Version, names: Iterable[str]
) -> _Version:
    """Return the version before: the folders as they were, and the records of the registry file of that time."""
    folders = _folders(content, before)
    members = _members(before.snapshot)
    trials, files = {}, {}
    for name in names:
        folder = folders.get(name, "")
        found = before.files(folder, now.files.get(name, NO_FILES)) if folder else {}
        if found or name in members:
            trials[name] = TrialInput(name, folder if found else "", (), members.get(name))
            files[name] = found
    faults = now.config_faults if before.config_faults is None else before.config_faults
    return _Version(before.config, faults, before.texts, state, trials, files)


def _folders(content: Content, before: Before) -> dict[str, str]:
    """Return the folders of trials by id: those that lie there, and those that only the change knows."""
    found = {trial_id: trial.folder for trial_id, trial in content.trials.items() if trial.folder}
    for path in before.changed:
        folder, _slash, _name = path.rpartition("/")
        above, _slash, trial_id = folder.rpartition("/")
        if above.endswith("trials"):
            found.setdefault(trial_id, folder)
    return found


def _differs(name: str, then: _Version, now: _Version, before: Before, content: Content) -> bool:
    if then.files.get(name) != now.files.get(name):
        return True
    old, new = _members(before.snapshot).get(name), _members(content.snapshot).get(name)
    return (old and old.digest) != (new and new.digest)


def _read(version: _Version, name: str) -> _Read:
    sink: Sink = []
    trial = make_trial(version.decoding, version.trials[name], version.files[name], sink)
    return _Read(trial, tuple(sink))


def _faults(
    version: _Version,
    read: Mapping[str, _Read],
    untouched: list[Card],
    shared: SharedFiles,
    as_it_is: Sources,
    *,
    drafts: bool,
) -> list[Diagnostic]:
    """Return the faults of the trials that differ, of all shared files, and of what trials say of each other."""
    sink: Sink = [*version.config_faults, *chain.from_iterable(each.faults for each in read.values())]
    read_shared(version.texts, sink)
    for path, data in version.texts.items():
        if path.endswith(".md"):
            read_prose(path, data, sink)
    own = (each.card for each in read.values())
    cards = [each for each in own if each is not None and (drafts or each.is_faulty or not each.draft)]

    def sources_of(trial_id: str) -> tuple[str, Mapping[str, bytes]]:
        if trial_id in version.files:
            return version.trials[trial_id].folder, version.files[trial_id]
        return as_it_is(trial_id)

    check_site((*untouched, *cards), shared, sink, sources_of)
    if base_of(version.config.language) == ENGLISH:
        sink.extend(check_shared_prose(shared, version.texts))
    apply_severities(sink, version.config.severities)
    return sink


def _row(
    name: str,
    then: _Version,
    now: _Version,
    old: Mapping[str, _Read],
    new: Mapping[str, _Read],
    faults: list[list[Diagnostic]],
    shared: SharedFiles,
    *,
    drafts: bool,
) -> TrialReview:
    sides: list[Side | None] = []
    for version, read, found in ((then, old, faults[0]), (now, new, faults[1])):
        if name not in read:
            sides.append(None)
            continue
        folder = version.trials[name].folder
        own = counted(found, f"{folder}/") if folder else counted(read[name].faults)
        sides.append(side(read[name].trial, version.files[name], own, drafts=drafts))
    earlier, later = (read[name].trial if name in read else None for read in (old, new))
    known = later or earlier
    was_public = sides[0] is not None and sides[0].is_page and not sides[0].is_draft
    is_gone = sides[1] is None or (sides[1].is_draft and not drafts)
    return TrialReview(
        trial_id=name,
        title=title(known) if known else "",
        before=sides[0],
        after=sides[1],
        leaves=_left_behind(name, then, now, shared) if was_public and is_gone else "",
        changes=told_changes(earlier, later) if earlier and later else (),
    )


def _left_behind(name: str, then: _Version, now: _Version, shared: SharedFiles) -> str:
    """Say what a public page leaves: where the editors lead its readers, or where its files have gone as they were."""
    page = f"trials/{name}/"
    moved_to = next((entry.moved_to or "" for entry in shared.former_pages if entry.page == page), None)
    if moved_to is None:
        files = then.files[name]
        same = (
            other
            for other, held in now.files.items()
            if other not in then.files
            and any(part in files and files[part] == held.get(part) for part in (FACTS, RECORD))
        )
        renamed = next(same, None)
        moved_to = f"trials/{renamed}/" if renamed else ""
    return f"leaves a redirect to {moved_to}" if moved_to else "leaves a page that says it is gone"
