"""Made-up trials and contexts for the tests of the trial page. No such trials exist."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html
from markupsafe import Markup

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventCount, EventGroup
from trialpages.model.editorial import (
    AdverseEventTerm,
    GlossaryEntry,
    PlainCriterion,
    SideEffects,
    Stage,
    Timeline,
)
from trialpages.model.summary import Block, Summary
from trialpages.model.trial import (
    Agency,
    ArmGroup,
    Contact,
    Enrollment,
    Intervention,
    Location,
    Outcome,
    Override,
    Trial,
    TrialDate,
)
from trialpages.pages.templates import environment
from trialpages.pages.trial_view import trial_view
from trialpages.pages.words import PlainWords, plain_words
from trialpages.read.config import Config
from trialpages.site.context import TimeFacts, TrialContext

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
TRIAL_ID = "NCT00000001"
WORDS = plain_words(
    [GlossaryEntry(term="remission", meaning="The illness cannot be seen any more.")],
    [AdverseEventTerm(term="Pyrexia", plain="fever", other_names=("fever high",))],
)
QUIET = TimeFacts(
    today=None,
    status_is_stale=False,
    status_stale_reason=None,
    progress_percent=None,
    spots_left=None,
    spots_left_until=None,
    spots_left_is_editorial=False,
)
CONTEXT = TrialContext(
    condition_links=(),
    treatment_links=(),
    sponsor_link=None,
    totals=(),
    treatment_rows=(),
    similar=(),
    source_trial=None,
    corpus="the trials on this site",
    corpus_size=10,
    time=QUIET,
)
CONFIG = Config(name="Made-up site", description="A site for tests")


def event(term: str, *counts: tuple[int | None, int | None], organ_system: str = "") -> AdverseEvent:
    """A row with one count per group, in the order EG000, EG001 and so on."""
    return AdverseEvent(
        term=term,
        organ_system=organ_system or None,
        counts=tuple(
            EventCount(group_id=f"EG{position:03}", num_affected=affected, num_at_risk=at_risk)
            for position, (affected, at_risk) in enumerate(counts)
        ),
    )


def group(position: int, title: str, **numbers: Any) -> EventGroup:
    return EventGroup(id=f"EG{position:03}", title=title, **numbers)


EVENTS = AdverseEvents(
    event_groups=(
        group(0, "Comparator", serious_num_affected=5, serious_num_at_risk=50, other_num_at_risk=50),
        group(
            1,
            "Madeupimab",
            serious_num_affected=9,
            serious_num_at_risk=54,
            other_num_at_risk=54,
            deaths_num_affected=2,
            deaths_num_at_risk=54,
        ),
    ),
    serious_events=(event("Pyrexia", (0, 50), (3, 54), organ_system="General disorders"),),
    other_events=(
        event("Pyrexia", (10, 50), (43, 54), organ_system="General disorders"),
        event("Nausea", (1, 50), (0, 54)),
        event("Cough", (None, 0), (1, 540)),
    ),
    frequency_threshold=5,
    time_frame="18 months",
)

TRIAL = Trial(
    trial_id=TRIAL_ID,
    nct_id=TRIAL_ID,
    brief_title="A Made-up Study",
    overall_status="RECRUITING",
    status_verified_date="2026-10",
    retrieved="2026-11-20",
    start_date=TrialDate(date="2025-01", type="ACTUAL"),
    primary_completion_date=TrialDate(date="2028-03", type="ESTIMATED"),
    lead_sponsor=Agency(name="Made-up Hospital", agency_class="OTHER"),
    study_type="INTERVENTIONAL",
    phases=("PHASE2",),
    allocation="RANDOMIZED",
    masking="NONE",
    primary_purpose="TREATMENT",
    enrollment=Enrollment(count=40, type="ESTIMATED"),
    conditions=("made-up leukemia",),
    arm_groups=(
        ArmGroup(label="Madeupimab", type="EXPERIMENTAL", intervention_names=("Madeupimab",)),
        ArmGroup(label="Comparator", type="ACTIVE_COMPARATOR", intervention_names=("Oldamycin",)),
    ),
    interventions=(
        Intervention(name="Madeupimab", type="DRUG", description="Given\n\n* slowly\n* by vein"),
        Intervention(name="Oldamycin", type="DRUG"),
    ),
    primary_outcomes=(
        Outcome(measure="Survival", time_frame="up to 18 months", plain="How long people live"),
    ),
    secondary_outcomes=tuple(Outcome(measure=f"Measure {number}") for number in range(1, 7)),
    eligibility_criteria=(
        "Inclusion Criteria:\n\n* In remission, with *ECOG* 0 to 2\n* Adult\n\nExclusion Criteria:\n\n* Other cancer, of which:\n  * any stage"
    ),
    minimum_age="18 Years",
    sex="ALL",
    healthy_volunteers=False,
    standard_ages=("ADULT", "OLDER_ADULT"),
    locations=(
        Location(
            city="Town",
            country="Nowhere",
            status="RECRUITING",
            facility="First Clinic",
            latitude=1.5,
            longitude=-2.25,
            contacts=(Contact(name="Study desk", phone="000-0000"),),
        ),
        Location(city="Village", country="Elsewhere", facility="Second Clinic", status="COMPLETED"),
    ),
    has_results=True,
    adverse_events=EVENTS,
    plain_criteria=(
        PlainCriterion(
            plain="My leukemia is in remission.", kind="inclusion", original="In remission, with", key=True
        ),
        PlainCriterion(plain="I have another cancer.", kind="exclusion", original="Other cancer"),
    ),
    timeline=Timeline(screening=Stage(text="about 3 weeks", days_min=21, days_max=21, typical=True)),
    summaries=(
        Summary(
            language="es",
            title="Un ensayo inventado",
            blocks=(Block(kind="purpose", heading="En breve", markdown="Un texto.", line=1),),
        ),
        Summary(
            language="en",
            written_by="the editors",
            ai_assisted=True,
            blocks=(
                Block(kind="purpose", heading="In short", markdown="It tests a drug in remission.", line=1),
                Block(kind="who", heading="Who is the study for?", markdown="Adults.", line=3),
            ),
        ),
    ),
    overrides=(Override(field="minimum_age", registry_value="16 Years", reason="The protocol says so."),),
)


def changed(**facts: Any) -> Trial:
    return dataclasses.replace(TRIAL, **facts)


def view(
    trial: Trial = TRIAL,
    context: TrialContext = CONTEXT,
    words: PlainWords = WORDS,
    config: Config = CONFIG,
    source: AdverseEvents | None = None,
) -> dict[str, Any]:
    """The view of a trial; adverse events are its own unless another source is given."""
    return trial_view(trial, context, source or trial.adverse_events, words, config)


@cache
def _environment() -> Any:
    sources = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")}
    return environment(sources)


def page(shown: dict[str, Any]) -> Any:
    """The page of a view, parsed."""
    site = {
        "name": "Made-up site",
        "description": "A site for tests",
        "owner": "",
        "language": "en",
        "policy": "default-src 'none'",
        "is_preview": False,
        "notice": Markup("<p>Not medical advice.</p>"),
        "navigation": [{"title": "Search", "url": "search/"}],
        "footer": [],
        "repository_url": "",
        "contact_email": "",
    }
    text = (
        _environment()
        .get_template("trial.html")
        .render(
            page=shown,
            site=site,
            root="../../",
            asset=lambda name: f"../../assets/{name}",
            imports=lambda _name: (),
            integrity=lambda _name: "sha384-none",
            record_lang="",
        )
    )
    return html.document_fromstring(text)


def text_of(node: Any) -> str:
    """An element's text with single spaces."""
    return " ".join(node.text_content().split())


def hidden_side_effects() -> SideEffects:
    return SideEffects(show=False)
