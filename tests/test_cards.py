from __future__ import annotations

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventGroup
from trialpages.model.card import CardGroup
from trialpages.model.editorial import SideEffects, SpotsLeft
from trialpages.model.summary import Block, Summary
from trialpages.model.trial import ArmGroup, Intervention, Location, Outcome, Trial
from trialpages.site.cards import card, lastmod, purpose

GROUP = EventGroup(
    id="EG000", title="drug A", description="  Made\nup ", serious_num_at_risk=54, other_num_at_risk=50
)


def block(kind: str, markdown: str) -> Block:
    return Block(kind=kind, heading="In short", markdown=markdown, line=1)


def test_card_counts_places_and_open_places() -> None:
    places = (
        Location(city="Town", state="Region", country="Country", status="RECRUITING"),
        Location(city="Town", state="Region", country="Country", status="COMPLETED"),
        Location(city="Village", country="Country"),
    )
    found = card(Trial(trial_id="NCT00000001", overall_status="RECRUITING", locations=places))
    assert (found.location_count, found.open_location_count) == (3, 1)
    assert found.cities == (("Town", "Region", "Country"), ("Village", None, "Country"))
    assert found.countries == ("Country",)
    closed = card(Trial(trial_id="NCT00000001", overall_status="COMPLETED", locations=places))
    assert closed.open_location_count == 0


def test_groups_are_on_the_card_only_when_a_row_counts_something() -> None:
    arm = ArmGroup(label="Drug-A", type="EXPERIMENTAL", intervention_names=("Drug A", "Chemo"))
    events = AdverseEvents(event_groups=(GROUP,), other_events=(AdverseEvent(term="Pyrexia"),))
    found = card(Trial(arm_groups=(arm,), adverse_events=events))
    assert found.adverse_event_groups == (
        CardGroup(
            id="EG000", title="drug A", description="Made up", num_at_risk=54, treatments=("Drug A", "Chemo")
        ),
    )
    assert card(Trial(adverse_events=AdverseEvents(event_groups=(GROUP,)))).adverse_event_groups == ()


def test_card_ignores_what_no_other_page_shows() -> None:
    trial = Trial(trial_id="NCT00000001", brief_title="A made-up study")
    more = Trial(
        trial_id="NCT00000001",
        brief_title="A made-up study",
        detailed_description="Long.",
        primary_outcomes=(Outcome(measure="Fever"),),
    )
    assert card(trial) == card(more)


def test_purpose_is_the_editors_english_sentence_else_the_registered_one() -> None:
    spanish = Summary(language="es", blocks=(block("purpose", "Una frase."),))
    english = Summary(language="en", blocks=(block("purpose", "**One** sentence. Two."),))
    trial = Trial(brief_summary="Registered words. More.")
    assert purpose(Trial(summaries=(spanish, english), brief_summary="Registered.")) == (
        "One sentence.",
        "en",
    )
    assert purpose(Trial(summaries=(spanish,), brief_summary="Registered.")) == ("Una frase.", "es")
    assert purpose(trial) == ("Registered words.", "en")


def test_lastmod_is_the_latest_change_and_not_the_day_of_copying() -> None:
    trial = Trial(
        study_first_post_date="2020-01-01",
        last_update_post_date="2024-02-03",
        retrieved="2026-11-23",
        spots_left=SpotsLeft(value=1, as_of="2025-01-01"),
        summaries=(Summary(reviewed_on="2025-06-07"),),
    )
    assert lastmod(trial) == "2025-06-07"
    assert lastmod(Trial(retrieved="2026-11-23")) is None


def test_editors_choices_are_on_the_card() -> None:
    trial = Trial(
        spots_left=SpotsLeft(show=False),
        side_effects=SideEffects(source="NCT00000002"),
        interventions=(Intervention(name="Drug A", type="DRUG"), Intervention(name="Placebo", type="DRUG")),
    )
    found = card(trial)
    assert not found.shows_spots_left
    assert found.side_effects == SideEffects(source="NCT00000002")
    assert found.tested == ("Drug A",)
