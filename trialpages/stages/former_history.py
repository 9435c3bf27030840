"""Trials that version control remembers and the content has no more: since when, and where their folders went.

A trial that was only ever a draft was never public, so nothing stands in its place. One that became a draft again
was, and its readers are told. What is not committed is not known yet. Without version control nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from trialpages.machine.git import (
    NO_OBJECT,
    GitError,
    Removal,
    Repository,
    commits,
    contents,
    main_line,
    removals,
    repository,
)
from trialpages.machine.memo import Memo
from trialpages.model.former_page import HISTORY, FormerPage, is_page_address
from trialpages.model.summary_file import language_of
from trialpages.model.trial_files import FACTS, RECORD, read_sound_part
from trialpages.read.document import read_yaml
from trialpages.read.values import YES
from trialpages.stages.history_log import TRIALS
from trialpages.stages.options import Options
from trialpages.words.digest import digest

REMOVALS = "removals"
FORMER_TRIALS = "former trials"

MOST_CONDITIONS = 5
FEW_TRIALS = 200
"""Trials whose commits are asked for by name; for more, those of all are as quick."""


@dataclass(frozen=True, slots=True)
class _Gone:
    """A trial whose folder was taken away: the day, and the trial whose folder the same files are now."""

    day: str
    moved_to: str = ""


def former_trials(
    options: Options, memo: Memo, code: str, drafts: Iterable[str], standing: frozenset[str]
) -> tuple[FormerPage, ...]:
    """Return the trials that were public and are not among those that stand, by id.

    `drafts` are the ids of trials that lie in the content and are not published. What git does not tell is left
    out: the stage of histories has said so.
    """
    repo = repository(options.content)
    if repo is None or not repo.head:
        return ()
    try:
        gone = {
            trial_id: found
            for trial_id, found in _gone(repo, memo, code).items()
            if trial_id not in standing and is_page_address(f"{TRIALS}/{trial_id}/")
        }
        gone |= {trial_id: _Gone("") for trial_id in drafts if trial_id not in standing}
        parts = (
            part for trial_id, found in sorted(gone.items()) for part in (trial_id, found.day, found.moved_to)
        )
        key = digest(code, repo.head, repo.prefix, str(repo.is_shallow), *parts)
        known = memo.value(FORMER_TRIALS, key)
        if known is not None:
            return msgspec.json.decode(known, type=tuple[FormerPage, ...])
        pages = tuple(_public(repo, gone)) if gone else ()
    except GitError:
        return ()
    memo.remember_value(FORMER_TRIALS, key, msgspec.json.encode(pages).decode())
    return pages


def _gone(repo: Repository, memo: Memo, code: str) -> dict[str, _Gone]:
    """Return the trials that lost their folder at some time, by the last commit that took something away."""
    key = digest(code, repo.prefix, str(repo.is_shallow))
    head, found = msgspec.json.decode(memo.value(REMOVALS, key) or '["", []]', type=tuple[str, list[Removal]])
    if head != repo.head:
        known = head if head and head in main_line(repo) else ""
        found = [*_of_trials(removals(repo, TRIALS, known)), *(found if known else ())]
        memo.remember_value(REMOVALS, key, msgspec.json.encode((repo.head, found)).decode())
    gone: dict[str, _Gone] = {}
    for each in found:
        trial_id, name = each.path.split("/")[1:]
        before = gone.setdefault(trial_id, _Gone(each.day))
        if name in (FACTS, RECORD) and each.moved_to and not before.moved_to and before.day == each.day:
            gone[trial_id] = _Gone(each.day, each.moved_to.split("/")[1])
    return gone


def _of_trials(found: Iterable[Removal]) -> Iterator[Removal]:
    """Yield the files that trials are made of; one that left the folder of trials is gone."""
    for each in found:
        parts = each.path.split("/")
        if len(parts) == 3 and _is_of_trial(parts[2]):
            is_inside = each.moved_to.startswith(f"{TRIALS}/") and each.moved_to.count("/") == 2
            yield each if is_inside else Removal(each.path, each.day)


def _is_of_trial(name: str) -> bool:
    return name in (FACTS, RECORD) or language_of(name) is not None


def _public(repo: Repository, gone: Mapping[str, _Gone]) -> Iterator[FormerPage]:
    """Yield those of the trials that some version of the main line published."""
    versions = _versions(repo, gone)
    last = {trial_id: found[0] for trial_id, found in versions.items()}
    held = _held(repo, last)
    doubtful = [trial_id for trial_id in last if _is_draft(held[trial_id].get(FACTS))]
    earlier = {
        f"{trial_id}/{number}": {FACTS: version[FACTS]} if FACTS in version else {}
        for trial_id in doubtful
        for number, version in enumerate(versions[trial_id][1:])
    }
    read = _held(repo, earlier)
    were_public = {name.partition("/")[0] for name, files in read.items() if not _is_draft(files.get(FACTS))}
    for trial_id in sorted(last):
        if trial_id in doubtful and trial_id not in were_public:
            continue
        found = gone[trial_id]
        yield FormerPage(
            page=f"{TRIALS}/{trial_id}/",
            by=HISTORY,
            moved_to=f"{TRIALS}/{found.moved_to}/" if found.moved_to else "",
            since=found.day,
            conditions=_conditions(trial_id, held[trial_id]),
        )


def _versions(repo: Repository, trial_ids: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """Return the versions of each trial, the newest first: its files by name, with the names of their contents."""
    wanted = frozenset(trial_ids)
    folders = (
        [f"{TRIALS}/{trial_id}" for trial_id in sorted(wanted)] if len(wanted) <= FEW_TRIALS else [TRIALS]
    )
    steps = list(commits(repo, *folders))
    files: dict[str, dict[str, str]] = {}
    versions: dict[str, list[dict[str, str]]] = {}
    for commit in reversed(steps):
        touched = set()
        for change in commit.changes:
            trial_id, name = change.path.split("/")[1], change.path.rpartition("/")[2]
            if trial_id not in wanted or change.path.count("/") != 2 or not _is_of_trial(name):
                continue
            held = files.setdefault(trial_id, {})
            touched.add(trial_id)
            if change.after == NO_OBJECT:
                held.pop(name, None)
            else:
                held[name] = change.after
        for trial_id in touched:
            if files[trial_id]:
                versions.setdefault(trial_id, []).insert(0, dict(files[trial_id]))
    return versions


def _held(repo: Repository, wanted: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, bytes]]:
    """Return the contents of files by what they belong to and their names; one that is not in this copy is left out."""
    names: Sequence[str] = [content for files in wanted.values() for content in files.values()]
    stream = contents(repo, names)
    return {
        key: {name: data for name in files if (data := next(stream)) is not None}
        for key, files in wanted.items()
    }


def _is_draft(facts: bytes | None) -> bool:
    """Say whether a trial.yaml marks a draft; one that cannot be read counts as public, so that no page vanishes."""
    document = read_yaml(facts, FACTS, []) if facts else None
    value = document.value.get("draft") if document and isinstance(document.value, dict) else None
    return isinstance(value, str) and value.lower() in YES


def _conditions(trial_id: str, files: Mapping[str, bytes]) -> tuple[str, ...]:
    trial = read_sound_part(trial_id, files, trial_id, [])
    return trial.conditions[:MOST_CONDITIONS] if trial else ()
