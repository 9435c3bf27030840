"""The card: the few facts of a trial that pages of *other* trials, listings and totals may show.

Cards are the only way from one page to another. A page that shows another trial depends on that
trial's card and on nothing else of it, so an edit that leaves the card alone redoes one page.
"""

from __future__ import annotations

from trialpages.model.editorial import SideEffects, SpotsLeft
from trialpages.model.postcodes import KnownPostcode
from trialpages.model.trial import Agency, Enrollment, TrialDate
from trialpages.words.fields import record


@record
class CardIntervention:
    """A treatment on a card."""

    name: str
    type: str | None
    other_names: tuple[str, ...]
    treatment: str | None


@record
class CardGroup:
    """An adverse-event group on a card: what the choice of a source trial needs."""

    id: str
    title: str
    description: str
    num_at_risk: int | None
    treatments: tuple[str, ...] = ()
    """What the study's group of the same name gets, when there is one."""


@record
class Card:
    """What others may show of a trial. `title` is in patients' words."""

    trial_id: str
    title: str
    brief_title: str
    purpose: str
    overall_status: str | None
    why_stopped: str | None
    status_verified_date: str | None
    study_type: str | None
    phases: tuple[str, ...]
    conditions: tuple[str, ...]
    condition_mesh_ids: tuple[str, ...]
    condition_ancestor_ids: tuple[str, ...]
    interventions: tuple[CardIntervention, ...]
    treatments: tuple[str, ...]
    treatment_class: str | None
    lead_sponsor: Agency | None
    collaborators: tuple[Agency, ...]
    officials: tuple[tuple[str, str | None, str | None], ...]
    minimum_age: str | None
    maximum_age: str | None
    standard_ages: tuple[str, ...]
    sex: str | None
    healthy_volunteers: bool | None
    masking: str | None
    no_placebo_only_group: bool
    enrollment: Enrollment | None
    start_date: TrialDate | None
    primary_completion_date: TrialDate | None
    completion_date: TrialDate | None
    study_first_post_date: str | None
    last_update_post_date: str | None
    retrieved: str | None
    has_results: bool
    adverse_event_groups: tuple[CardGroup, ...]
    location_count: int
    open_location_count: int
    cities: tuple[tuple[str, str | None, str], ...]
    """Distinct (city, state, country), in the record's order."""
    countries: tuple[str, ...]
    """Distinct countries, in the record's order."""
    aliases: tuple[str, ...]
    shows_spots_left: bool
    lastmod: str | None
    """The day of the latest dated fact or review on the page, for the sitemap."""
    similar: tuple[str, ...]
    draft: bool = False
    status_is_stale: bool = False
    """Decided when the site is assembled, for the day of the build; a decoded trial knows no day."""
    spots_left: SpotsLeft | None = None
    """The study team's own count, which every estimate gives way to."""
    side_effects: SideEffects | None = None
    """The editors' choice of whose counted health problems the page shows."""
    has_adverse_events: bool = False
    """Whether the trial posted health problems of its own, even when its lists hold no row."""
    is_faulty: bool = False
    """Whether the trial has errors of its own: what it points to is checked, and nothing else shows it."""
    has_own_title: bool = False
    """Whether the title is the editors' own, in the site's language; a made or registered one is English."""
    purpose_language: str = "en"
    mapped_count: int = 0
    """Places whose position is known."""
    postcodes: tuple[KnownPostcode, ...] = ()
    """What the places tell of postcodes, for the gazetteer."""
    reviewed_on: str | None = None
    """The day on which somebody last reviewed the English summary."""
    tested: tuple[str, ...] = ()
    """Names of the interventions that the trial tests, without those that only its comparison groups get."""
