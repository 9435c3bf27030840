"""What a trial page shows that does not stand in its own trial: the reduce stage makes it, from cards.

Everything here is small, plain and comparable: its digest is part of the page's key, so a page is
redone exactly when something that it shows has changed.
"""

from __future__ import annotations

from trialpages.model.card import Card
from trialpages.model.editorial import ConditionFile, SponsorFile, TreatmentFile
from trialpages.site.history import NO_HISTORY, History
from trialpages.words.fields import record


@record
class People:
    """Sums of enrollment: counted apart from planned, and studies that only observe apart from the others.

    Missing counts, the stand-in 99999999 and expanded access are left out.
    """

    actual: int = 0
    estimated: int = 0
    unstated: int = 0
    """People of trials that do not say whether they are counted or planned."""
    observed_actual: int = 0
    observed_estimated: int = 0
    observed_unstated: int = 0

    @property
    def observational(self) -> int:
        """Everyone in studies that only observe, counted or not."""
        return self.observed_actual + self.observed_estimated + self.observed_unstated


@record
class Totals:
    """Trials and people of one organization or person over the stated corpus, without this trial.

    What a party leads and what it helps with are never added up.
    """

    name: str
    role: str
    agency_class: str | None
    slug: str | None
    lead_trials: int
    collaborator_trials: int
    file: SponsorFile | None
    lead_people: People = People()
    collaborator_people: People = People()


@record
class TreatmentRow:
    """One treatment over the stated corpus."""

    name: str
    slug: str | None
    first_studied: int | None
    furthest_stage: str | None
    people_treated: int | None
    trials: int
    file: TreatmentFile | None
    people_are_upper_bound: bool = False
    """True when `people_treated` counts everyone in the treatment's trials, whatever they got."""
    trials_counted: int = 0
    """Trials whose people stand in `people_treated`; when these are not all, at least so many got it."""


@record
class Link:
    """A link to another page of the site: its text and its path from the site's root."""

    text: str
    url: str
    is_registered: bool = False
    """Whether the text is in the registry's words, which are English."""


@record
class TimeFacts:
    """What depends on the day of the build; the browser checks the same again on the reader's day."""

    today: str | None
    """Given only where a sentence of the page names the day."""
    status_is_stale: bool
    status_stale_reason: str | None
    progress_percent: int | None
    spots_left: int | None
    spots_left_until: str | None
    spots_left_is_editorial: bool
    facts_are_too_old: bool = False
    """Whether the facts are so old that nobody should act on them: the page then names no contacts."""


@record
class SourceTrial:
    """The trial whose adverse-event counts the page shows when it has none of its own."""

    card: Card
    chosen_by: str
    """`editor` or `rule`."""
    mismatches: tuple[str, ...]
    """Of `age` and `condition`: in what those people differ from this trial's."""
    group_ids: tuple[str, ...]


@record
class TrialContext:
    """All that a trial page shows beside its own trial."""

    condition_links: tuple[Link, ...]
    treatment_links: tuple[Link, ...]
    sponsor_link: Link | None
    totals: tuple[Totals, ...]
    treatment_rows: tuple[TreatmentRow, ...]
    similar: tuple[Card, ...]
    source_trial: SourceTrial | None
    corpus: str
    """What the totals were counted over, for example `the 16 trials on this site`."""
    corpus_size: int
    """Rounded down to a power of ten: a page only asks whether it is large."""
    time: TimeFacts
    conditions: tuple[ConditionFile, ...] = ()
    history: History = NO_HISTORY
    """Added when the page is made: it comes from the trial's own files as they were, and from no card."""
