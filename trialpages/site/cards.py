"""From a trial to its card: the few facts that pages of other trials, listings and totals may show.

The card is made from the trial alone. A fact that is not on the card does not exist for other pages;
a change of any other fact leaves them as they are. Texts on a card are plain and of bounded length.
"""

from __future__ import annotations

from collections.abc import Iterable

from trialpages.model.adverse_event_records import EventGroup
from trialpages.model.adverse_events import group_at_risk, rows
from trialpages.model.card import Card, CardGroup, CardIntervention
from trialpages.model.key_facts import has_no_placebo_only_group
from trialpages.model.labels import site_is_open
from trialpages.model.names import words_of
from trialpages.model.postcodes import known_postcodes
from trialpages.model.summary import Summary
from trialpages.model.titles import experimental_interventions, first_sentence, own_title, shortened, title
from trialpages.model.trial import Trial
from trialpages.words.language import ENGLISH, base_of, current

MAX_GROUP_DESCRIPTION = 600
"""Characters of a group's description: enough to find the treatment's name."""


def card(trial: Trial, *, is_faulty: bool = False) -> Card:
    """Return the card of a trial; `is_faulty` marks the sound part of a trial with errors."""
    purpose_text, purpose_language = purpose(trial)
    return Card(
        trial_id=trial.trial_id,
        title=title(trial),
        brief_title=trial.brief_title or trial.official_title or "",
        has_own_title=own_title(trial) is not None,
        purpose=purpose_text,
        purpose_language=purpose_language,
        overall_status=trial.overall_status,
        why_stopped=trial.why_stopped,
        status_verified_date=trial.status_verified_date,
        study_type=trial.study_type,
        phases=trial.phases,
        conditions=trial.conditions,
        condition_mesh_ids=tuple(mesh.id for mesh in trial.condition_meshes),
        condition_ancestor_ids=tuple(mesh.id for mesh in trial.condition_ancestors),
        interventions=_interventions(trial),
        treatments=trial.treatments,
        treatment_class=trial.treatment_class,
        lead_sponsor=trial.lead_sponsor,
        collaborators=trial.collaborators,
        officials=tuple((person.name, person.affiliation, person.role) for person in trial.overall_officials),
        minimum_age=trial.minimum_age,
        maximum_age=trial.maximum_age,
        standard_ages=trial.standard_ages,
        sex=trial.sex,
        healthy_volunteers=trial.healthy_volunteers,
        masking=trial.masking,
        no_placebo_only_group=has_no_placebo_only_group(trial),
        enrollment=trial.enrollment,
        start_date=trial.start_date,
        primary_completion_date=trial.primary_completion_date,
        completion_date=trial.completion_date,
        study_first_post_date=trial.study_first_post_date,
        last_update_post_date=trial.last_update_post_date,
        retrieved=trial.retrieved,
        has_results=trial.has_results is True,
        adverse_event_groups=_groups(trial),
        location_count=len(trial.locations),
        open_location_count=sum(
            site_is_open(trial.overall_status, place.status) for place in trial.locations
        ),
        cities=tuple(dict.fromkeys((place.city, place.state, place.country) for place in trial.locations)),
        countries=tuple(dict.fromkeys(place.country for place in trial.locations)),
        aliases=trial.nct_id_aliases,
        shows_spots_left=trial.spots_left is None or trial.spots_left.show,
        lastmod=lastmod(trial),
        similar=trial.similar,
        spots_left=trial.spots_left,
        side_effects=trial.side_effects,
        tested=tuple(item.name for item in experimental_interventions(trial)),
        has_adverse_events=trial.adverse_events is not None,
        mapped_count=sum(place.latitude is not None for place in trial.locations),
        postcodes=known_postcodes(trial.locations),
        is_faulty=is_faulty,
        draft=trial.draft,
        reviewed_on=next((each.reviewed_on for each in trial.summaries if each.language == ENGLISH), None),
    )


def purpose(trial: Trial) -> tuple[str, str]:
    """Return one sentence on what the trial is for, and its language.

    The editors' sentence in the language of the site, else in English, else the registered summary's first.
    """
    for summary in sorted(trial.summaries, key=_own_language_first):
        for block in summary.blocks:
            if block.kind == "purpose" and block.markdown.strip():
                return first_sentence(block.markdown), summary.language
    return first_sentence(trial.brief_summary), ENGLISH


def purpose_language(card: Card) -> str:
    """Return the value of `lang` for a trial's purpose; nothing where it is in the language of the site."""
    return "" if base_of(card.purpose_language) == base_of(current()) else card.purpose_language


def _own_language_first(summary: Summary) -> tuple[bool, bool, str]:
    return base_of(summary.language) != base_of(current()), summary.language != ENGLISH, summary.language


def lastmod(trial: Trial) -> str | None:
    """Return the day of the latest dated change of what the page says; the day of copying is none."""
    days: Iterable[str | None] = (
        trial.study_first_post_date,
        trial.results_first_post_date,
        trial.last_update_post_date,
        trial.spots_left.as_of if trial.spots_left else None,
        *(summary.reviewed_on for summary in trial.summaries),
    )
    return max((day for day in days if day), default=None)


def _interventions(trial: Trial) -> tuple[CardIntervention, ...]:
    return tuple(
        CardIntervention(
            name=item.name, type=item.type, other_names=item.other_names, treatment=item.treatment
        )
        for item in trial.interventions
    )


def _groups(trial: Trial) -> tuple[CardGroup, ...]:
    """Return the groups whose health problems were counted; none when no row counts any."""
    events = trial.adverse_events
    if events is None or not rows(events):
        return ()
    given = {words_of(arm.label): arm.intervention_names for arm in trial.arm_groups}
    return tuple(_group(group, given.get(words_of(group.title), ())) for group in events.event_groups)


def _group(group: EventGroup, treatments: tuple[str, ...]) -> CardGroup:
    return CardGroup(
        id=group.id,
        title=group.title,
        description=shortened(" ".join((group.description or "").split()), MAX_GROUP_DESCRIPTION),
        num_at_risk=group_at_risk(group),
        treatments=treatments,
    )
