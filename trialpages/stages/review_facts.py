"""What a change does to the pages, as data: each touched trial before and after, each touched shared file.

Made by `review.py`, put into words by `review_report.py`. Counts of faults are of the sources: what the day makes old,
and what only the finished pages show, is left to the command `check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trialpages.importing.outcome import ToldChange
from trialpages.model.checks_grade import FEWEST_WORDS, exempt_names
from trialpages.model.places import Places
from trialpages.model.prose import RESULTS, SUMMARY, passages
from trialpages.model.reading_grade import reading
from trialpages.model.trial import Trial
from trialpages.words.diagnostics import ERROR, WARNING, Diagnostic
from trialpages.words.fields import record

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
PLAIN_RULES = "rules in plain words"
"""What the report calls the text of all plain rules together."""


@record
class Faults:
    """How many errors and warnings there are."""

    errors: int = 0
    warnings: int = 0


@record
class Side:
    """One trial before the change, or after it."""

    status: str | None = None
    """The registry's word; None when no status is known."""
    is_draft: bool = False
    plain_rules: int = 0
    registered_rules: int = 0
    grades: tuple[tuple[str, float | None], ...] = ()
    """Reading grades of the blocks by name, in the page's order; None for a text too short for one."""
    faults: Faults
    is_page: bool = True
    """Whether it can be published: not with an error, and a draft only where drafts are wanted."""


@record
class TrialReview:
    """What the change does to one trial's page."""

    trial_id: str
    title: str = ""
    before: Side | None = None
    """None for a new trial."""
    after: Side | None = None
    """None for one that is gone."""
    changes: tuple[ToldChange, ...] = ()
    leaves: str = ""
    """What stands in the place of a page that was public and is no more; empty where the page stays."""

    @property
    def url(self) -> str:
        """The page's address, from the site's root."""
        return f"trials/{self.trial_id}/"

    @property
    def kind(self) -> str:
        """Whether it was added, changed or removed."""
        return ADDED if self.before is None else REMOVED if self.after is None else CHANGED


@record
class FileReview:
    """What the change does to a file that is no trial's."""

    path: str
    kind: str
    url: str = ""
    """Of the page that is made of it alone, from the site's root; empty where there is none."""
    pages: int = 0
    """How many pages it feeds, its own included."""
    is_upper_bound: bool = False
    """Whether `pages` counts all that may be touched, without a look at each."""


@record
class Review:
    """What a change does to the site."""

    since: str
    """The name of the commit or branch that it is compared with, as it was given."""
    trials: tuple[TrialReview, ...] = ()
    files: tuple[FileReview, ...] = ()
    shown_on: tuple[str, ...] = ()
    """Addresses of other trials' pages that show something of what has changed."""
    not_compared: int = 0
    """Trials that are touched, too, but of which there are too many to compare them all."""
    before: Faults
    after: Faults
    notes: tuple[str, ...] = ()
    """What could not be compared, and why."""


def counted(faults: Iterable[Diagnostic], beginning: str = "") -> Faults:
    """Return the numbers of errors and warnings, each once, of files whose path begins so."""
    found = [each.severity for each in dict.fromkeys(faults) if each.span.path.startswith(beginning)]
    return Faults(errors=found.count(ERROR), warnings=found.count(WARNING))


def side(trial: Trial | None, files: Mapping[str, bytes], faults: Faults, *, drafts: bool) -> Side:
    """Return one side of a trial from its sound part, its files by name, and its faults."""
    if trial is None:
        return Side(faults=faults, is_page=False)
    return Side(
        status=trial.overall_status,
        is_draft=trial.draft,
        plain_rules=len(trial.plain_criteria),
        registered_rules=len(trial.inclusion_criteria) + len(trial.exclusion_criteria),
        grades=tuple(_grades(trial, files).items()),
        faults=faults,
        is_page=not faults.errors and (drafts or not trial.draft),
    )


def _grades(trial: Trial, files: Mapping[str, bytes]) -> dict[str, float | None]:
    names = exempt_names(trial)
    found: dict[str, float | None] = {}
    for passage in passages(trial, Places(trial.trial_id, "", files)):
        if passage.kind in (SUMMARY, RESULTS):
            name = passage.name.strip("'")
            found[name if name not in found else f"{name} ({passage.file})"] = _grade(passage.text, names)
    if trial.plain_criteria:
        rules = "\n".join(f"* {criterion.plain}" for criterion in trial.plain_criteria)
        found[PLAIN_RULES] = _grade(rules, names)
    return found


def _grade(text: str, names: tuple[str, ...]) -> float | None:
    found = reading(text, names)
    return found.grade if found.words >= FEWEST_WORDS else None
