"""The history stage: what changed on each trial's page, from version control, remembered.

It asks for the history of the content once for each commit that is checked out; after new commits, only for that of the
trials which these touched. What was decoded for a trial is remembered by the contents that it was decoded from. What
is not committed is no change yet. Without version control no page has a history.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from trialpages.machine.git import (
    NO_OBJECT,
    GitError,
    Repository,
    commits,
    contents,
    main_line,
    refusal,
    repository,
)
from trialpages.machine.git_state import checkout
from trialpages.machine.git_state import state as git_state
from trialpages.machine.memo import HistoryRow, Memo
from trialpages.machine.pool import parallel_map
from trialpages.model.registry import decode_registry
from trialpages.model.trial import Trial
from trialpages.model.trial_files import RECORD, read_sound_part
from trialpages.read import sources
from trialpages.read.snapshot import BROKEN, Member
from trialpages.site.history import NO_HISTORY, Version, history
from trialpages.stages.content import Content
from trialpages.stages.decoding import DecodeState
from trialpages.stages.history_log import TRIALS, TrialLog, touched_trials, trial_logs
from trialpages.stages.options import Options, Progress
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import ERROR, Diagnostic, Sink, Span
from trialpages.words.digest import digest
from trialpages.words.language import use
from trialpages.words.severities import apply_severities

HEAD = "history"
"""Under this name the memo holds the commit up to which all histories are known."""

FEW_TRIALS = 200
"""Trials whose history is asked for by name; for more, that of all is as quick."""

BATCH = 40
"""Versions that one question to git brings: many enough that starting git costs little beside them, few enough that
all workers of a site with hundreds of changed trials have something to do."""

DATA_DAY = re.compile(rb'"versionHolder"\s*:\s*"[^"]*"')
"""The day of the copy in a record: renewed now and then when nothing else has changed."""


@dataclass(frozen=True, slots=True)
class Job:
    """One trial's history to be decoded: its log, its record in the snapshot, and the key of the answer."""

    log: TrialLog
    member: Member | None
    key: str


@dataclass(frozen=True, slots=True)
class HistoryState:
    """What every worker needs to decode any history."""

    repo: Repository
    decoding: DecodeState


def read_histories(
    options: Options, memo: Memo, content: Content, decoding: DecodeState, sink: Sink, progress: Progress
) -> dict[str, str]:
    """Return the digest of each trial's history, for trials that have one; the memo holds them themselves."""
    repo = repository(options.content)
    if repo is None and checkout(options.content):
        sink.append(_unknown(options, refusal(options.content)))
    if repo is None or not repo.head:
        _forget(memo)
        return {}
    try:
        _ask(repo, options, memo, content, decoding, sink, progress)
    except GitError as error:
        sink.append(_unknown(options, str(error)))
        _forget(memo)
        return {}
    return {name: told for name, (_key, told) in memo.histories().items() if told}


def _ask(
    repo: Repository,
    options: Options,
    memo: Memo,
    content: Content,
    decoding: DecodeState,
    sink: Sink,
    progress: Progress,
) -> None:
    """Bring what is remembered up to the commit that is checked out. Raises `GitError` when git cannot tell."""
    cuts = git_state(options.content).cuts if repo.is_shallow else frozenset()
    if repo.is_shallow:
        sink.append(_cut_off(options))
    members = _members(content)
    key = _key(repo, members, decoding, cuts)
    known = memo.value(HEAD, key)
    if known == repo.head:
        return
    asked = _touched(repo, known) if known else None
    logs = _logs(repo, asked, cuts)
    jobs = [_job(log, members.get(log.trial_id), decoding) for log in logs if len(log.steps) > 1]
    rows = _decoded(jobs, memo, HistoryState(repo, decoding), options.jobs, progress)
    gone = set(memo.histories() if asked is None else asked) - {job.log.trial_id for job in jobs}
    with memo.transaction():
        memo.forget_histories(gone)
        memo.remember_histories(rows)
        memo.remember_value(HEAD, key, repo.head)


def knows_histories(options: Options, memo: Memo, content: Content, decoding: DecodeState) -> bool:
    """Tell whether the memo holds the histories up to some commit, so that only those of newer ones are to be read."""
    repo = repository(options.content)
    if repo is None or not repo.head:
        return True
    cuts = git_state(options.content).cuts if repo.is_shallow else frozenset()
    known = memo.value(HEAD, _key(repo, _members(content), decoding, cuts))
    return known is not None and (known == repo.head or known in main_line(repo))


def _members(content: Content) -> dict[str, Member]:
    return {trial.trial_id: trial.member for trial in content.trials.values() if trial.files and trial.member}


def _key(repo: Repository, members: Mapping[str, Member], decoding: DecodeState, cuts: frozenset[str]) -> str:
    records = (text for trial_id, member in members.items() for text in (trial_id, member.digest))
    return digest(decoding.code, repo.prefix, *sorted(cuts), *records)


def _forget(memo: Memo) -> None:
    with memo.transaction():
        memo.forget_histories(memo.histories())
        memo.forget_value(HEAD)


def _unknown(options: Options, why: str) -> Diagnostic:
    what = "Git does not tell the history of the content, so pages do not list what has changed"
    if "dubious ownership" in why:
        help_text = f"let git read a repository of another user: git config --global --add safe.directory '{checkout(options.content)}'"
    else:
        help_text = "install git, or mend the repository (git fsck), and build again"
    place = sources.relative(options.directory, options.content)
    return make(
        "history-unknown", f"{what}: {why.removeprefix('fatal: ')}", Span(f"{place}/{TRIALS}"), help_text
    )


def _cut_off(options: Options) -> Diagnostic:
    what = "This copy of the repository holds only the latest part of its history"
    help_text = (
        "to let pages tell of earlier changes, fetch the whole: git fetch --unshallow;\n"
        "in a workflow, give actions/checkout the setting fetch-depth: 0"
    )
    place = sources.relative(options.directory, options.content)
    return make("history-shallow", what, Span(f"{place}/{TRIALS}"), help_text)


def _touched(repo: Repository, known: str) -> frozenset[str] | None:
    """Return the trials that changed since a commit; None when all must be asked for."""
    if known not in main_line(repo):
        return None
    found = touched_trials(commits(repo, TRIALS, after=known))
    return found if len(found) <= FEW_TRIALS else None


def _logs(repo: Repository, asked: frozenset[str] | None, cuts: frozenset[str]) -> Iterable[TrialLog]:
    if asked is None:
        return trial_logs(commits(repo, TRIALS), cuts)
    folders = [f"{TRIALS}/{trial_id}" for trial_id in sorted(asked)]
    return trial_logs(commits(repo, *folders), cuts) if folders else ()


def _job(log: TrialLog, member: Member | None, decoding: DecodeState) -> Job:
    return Job(log, member, digest(decoding.code, member.digest if member else "", repr(log)))


def _decoded(
    jobs: Sequence[Job], memo: Memo, state: HistoryState, processes: int, progress: Progress
) -> list[HistoryRow]:
    """Return what the memo does not hold yet."""
    known = memo.histories()
    waiting = [job for job in jobs if known.get(job.log.trial_id, ("", ""))[0] != job.key]
    rows: list[HistoryRow] = []
    batches = list(_batches(waiting))
    for result in parallel_map(decode_histories, batches, state=state, jobs=processes, name=_name):
        if isinstance(result, str):
            raise GitError(result)
        rows += result
        progress("history", len(rows), len(waiting))
    return rows


def _batches(jobs: Iterable[Job]) -> Iterator[tuple[Job, ...]]:
    batch: list[Job] = []
    versions = 0
    for job in jobs:
        batch.append(job)
        versions += len(job.log.steps)
        if versions >= BATCH:
            yield tuple(batch)
            batch, versions = [], 0
    if batch:
        yield tuple(batch)


def _name(batch: tuple[Job, ...]) -> str:
    return f"the history of {batch[0].log.trial_id} to {batch[-1].log.trial_id}"


def decode_histories(state: HistoryState, batch: tuple[Job, ...]) -> tuple[HistoryRow, ...] | str:
    """Read the versions of some trials, and tell how they differ; or why git cannot read them."""
    use(state.decoding.language)
    wanted = [
        content
        for job in batch
        for step in job.log.steps
        for _file, content in step.files
        if content != NO_OBJECT
    ]
    stream = contents(state.repo, wanted)
    try:
        return tuple(_row(state.decoding, job, stream) for job in batch)
    except GitError as error:
        return str(error)


def _row(decoding: DecodeState, job: Job, stream: Iterator[bytes | None]) -> HistoryRow:
    log = job.log
    told = history(_versions(decoding, job, stream), log.since)
    if told == NO_HISTORY:
        return HistoryRow(log.trial_id, job.key, "", b"")
    value = msgspec.msgpack.encode(told)
    return HistoryRow(log.trial_id, job.key, digest(value), value)


def _versions(decoding: DecodeState, job: Job, stream: Iterator[bytes | None]) -> Iterator[Version]:
    """Yield the versions that say something else than the one before them; the stream brings the files in order."""
    files: dict[str, bytes | None] = {}
    record = _member(decoding, job.member)
    said: dict[str, bytes | None] | None = None
    for step in job.log.steps:
        for name, content in step.files:
            if content == NO_OBJECT:
                files.pop(name, None)
            else:
                files[name] = next(stream)
        meant = {name: _meant(name, data) for name, data in files.items()}
        if meant != said:
            said = meant
            yield Version(day=step.day, trial=_sound(decoding, job.log.trial_id, files, record))


def _meant(name: str, data: bytes | None) -> bytes | None:
    return DATA_DAY.sub(b"", data) if data and name == RECORD else data


def _member(decoding: DecodeState, member: Member | None) -> Trial | None:
    """Return the record of today's snapshot: what it said on an earlier day is not known."""
    if member is None or decoding.snapshot is None:
        return None
    try:
        data = decoding.snapshot.read(member)
    except BROKEN:
        return None
    return decode_registry(data, member.name, [], retrieved=decoding.retrieved)


def _sound(
    decoding: DecodeState, trial_id: str, files: Mapping[str, bytes | None], record: Trial | None
) -> Trial | None:
    """Return the trial of a version without an error; None where it has one, is gone, or is not in this copy."""
    held = {name: data for name, data in files.items() if data is not None}
    if not held or len(held) < len(files):
        return None
    sink: Sink = []
    trial = read_sound_part(trial_id, held, trial_id, sink, registry=None if RECORD in held else record)
    apply_severities(sink, decoding.severities)
    return None if any(each.severity == ERROR for each in sink) else trial
