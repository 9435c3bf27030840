"""What version control tells of each trial: which of its files had which content from which day on.

A trial is known by its folder's name, so a renamed folder begins anew. A folder that was removed and came back goes
on. Only files from which a trial is made count. The commits of one day are one step: what was tried and undone in
a day, or mended on the day on which a page was added, is no news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trialpages.machine.git import NO_OBJECT, Commit
from trialpages.model.summary_file import language_of
from trialpages.model.trial_files import FACTS, RECORD

TRIALS = "trials"

MOST_STEPS = 60
"""Of one trial that are looked at; older ones are left out, and the page says from when on it tells."""


@dataclass(frozen=True, slots=True)
class Step:
    """A day, and the files that changed on it: name, and the name of the content (`NO_OBJECT` when it was removed)."""

    day: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TrialLog:
    """The steps of one trial, the oldest first; the first holds all files of its version."""

    trial_id: str
    steps: tuple[Step, ...]
    since: str | None
    """The first step's day when there was something before it that is not known."""

    def exists(self) -> bool:
        """Tell whether any file of the trial is left after the last step."""
        files = {name: content for step in self.steps for name, content in step.files}
        return any(content != NO_OBJECT for content in files.values())


@dataclass(slots=True)
class _Growing:
    """A log while it is read, the newest first."""

    steps: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """The day, and the files with what they held at its end."""
    older: dict[str, str] = field(default_factory=dict)
    """The files of the version before the steps, as far as anything older than them tells."""
    since: str | None = None

    def add(self, day: str, files: Mapping[str, str], *, is_cut: bool) -> None:
        held = self._step(day, is_cut=is_cut)
        for name, content in files.items():
            held.setdefault(name, content)

    def _step(self, day: str, *, is_cut: bool) -> dict[str, str]:
        """Return where the files of a commit belong: to its day, or to all that is older than the steps."""
        if self.since is None and not is_cut:
            if self.steps and self.steps[-1][0] == day:
                return self.steps[-1][1]
            if len(self.steps) < MOST_STEPS:
                self.steps.append((day, {}))
                return self.steps[-1][1]
        self.since = self.since or day
        return self.older

    def done(self, trial_id: str) -> TrialLog:
        steps = self.steps[::-1]
        if self.since:
            steps.insert(0, (self.since, self.older))
        told = tuple(Step(day, tuple(sorted(files.items()))) for day, files in steps)
        return TrialLog(trial_id, told, self.since)


def trial_logs(commits: Iterable[Commit], cuts: frozenset[str]) -> tuple[TrialLog, ...]:
    """Return the log of every trial that exists after the newest commit; commits come newest first.

    What a commit in `cuts` seems to add may have been there before: the history ends with it.
    """
    growing: dict[str, _Growing] = {}
    for commit in commits:
        for trial_id, files in _by_trial(commit).items():
            log = growing.setdefault(trial_id, _Growing())
            log.add(commit.day, files, is_cut=commit.name in cuts)
    logs = (log.done(trial_id) for trial_id, log in sorted(growing.items()))
    return tuple(log for log in logs if log.exists())


def touched_trials(commits: Iterable[Commit]) -> frozenset[str]:
    """Return the trials that any of the commits changed."""
    return frozenset(trial_id for commit in commits for trial_id in _by_trial(commit))


def _by_trial(commit: Commit) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for change in commit.changes:
        folder, _slash, name = change.path.rpartition("/")
        above, _slash, trial_id = folder.rpartition("/")
        if above == TRIALS and (name in (FACTS, RECORD) or language_of(name) is not None):
            found.setdefault(trial_id, {})[name] = change.after
    return found
