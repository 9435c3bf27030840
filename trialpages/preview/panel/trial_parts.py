"""What a reader sees of a trial page, part by part, and which facts make each: the table of the editor's panel.

A part has its element in the page, the template that draws it, and the fields of the trial that it shows. A fact is a
part's own when an editor would look for it there; what it is only worked out from stands in `also`. Prose that is
cut at headings, and what comes from shared files, is added where the sources are found.
"""

from __future__ import annotations

from trialpages.pages.trial.section import HEADINGS
from trialpages.words.fields import record


@record
class Part:
    """One part of a page that has its own place in the files."""

    id: str
    at: str
    """A CSS selector of its element."""
    name: str
    template: str
    mark: str
    """Words of the template on the line where the part begins."""
    sign: str = ""
    """Words that stand in the page's HTML when the part does; the id in `at` where nothing is given."""
    inside: str = ""
    """The section in whose HTML the sign is looked for; without one, the whole page."""
    fields: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    first_only: bool = False
    """Whether the first fact that is known makes the whole part."""
    level: int = 0


def _section(name: str, template: str, *fields: str, also: tuple[str, ...] = ()) -> Part:
    """Return a section under one of the page's headings."""
    return Part(
        id=name,
        at=f"#{name}",
        name=HEADINGS[name].heading,
        template=f"trial/{template}.html",
        mark=f'id="{name}"',
        fields=fields,
        also=also,
    )


PEOPLE = ("lead_sponsor", "collaborators", "overall_officials", "responsible_party")
RULES = ("eligibility_criteria", "inclusion_criteria", "exclusion_criteria", "other_criteria")
DESIGN = (
    *("study_type", "phases", "primary_purpose", "allocation", "intervention_model", "masking", "who_masked"),
    *("intervention_model_description", "masking_description", "observational_model", "time_perspective"),
    *("sampling_method", "patient_registry", "target_duration", "bio_spec_retention", "bio_spec_description"),
    *("expanded_access_types", "enrollment", "arm_groups", "interventions"),
)
FIRST_SCREEN = "trial/first_screen.html"
TRIAL_PARTS = (
    Part(
        id="title",
        at=".first-screen > h1",
        name="The title",
        template=FIRST_SCREEN,
        mark="<h1",
        sign="<h1",
        fields=("title",),
        also=("conditions", "interventions", "brief_title", "official_title"),
        first_only=True,
    ),
    Part(
        id="trial-line",
        at=".first-screen > .trial-line",
        name="The line under the title",
        template=FIRST_SCREEN,
        mark='class="trial-line"',
        sign='class="trial-line"',
        fields=("treatment_class", "nct_id"),
        also=("phases", "lead_sponsor", "overall_officials", "responsible_party"),
    ),
    Part(
        id="status",
        at=".first-screen > .status-strip",
        name="The status",
        template="trial/status.html",
        mark='class="status-strip',
        sign='class="status-strip',
        fields=(
            *("overall_status", "last_known_status", "why_stopped", "status_verified_date"),
            *("primary_completion_date", "retrieved"),
        ),
        also=("locations",),
    ),
    Part(
        id="first-facts",
        at=".first-screen > .facts",
        name="The first facts",
        template=FIRST_SCREEN,
        mark='class="facts"',
        sign='class="facts"',
        fields=("conditions",),
        also=(
            *("minimum_age", "maximum_age", "sex", "locations", "enrollment", "interventions", "treatments"),
            *("condition_meshes", "intervention_meshes", "condition_ancestors", "intervention_ancestors"),
        ),
    ),
    Part(
        id="key-facts",
        at="#key-facts",
        name="Key facts",
        template=FIRST_SCREEN,
        mark='id="key-facts"',
        fields=("key_facts", "approvals"),
        also=(
            *("arm_groups", "interventions", "allocation", "intervention_model", "masking", "who_masked"),
            *("healthy_volunteers", "minimum_age", "maximum_age", "standard_ages", "has_results"),
        ),
    ),
    _section("summary", "summary", "brief_summary", "detailed_description"),
    _section(
        "eligibility",
        "eligibility",
        *("minimum_age", "maximum_age", "standard_ages", "sex", "gender_based", "gender_description"),
        *("healthy_volunteers", "study_population"),
    ),
    Part(
        id="key-criteria",
        at="#key-criteria",
        name="The main rules",
        template="trial/eligibility.html",
        mark='id="key-criteria"',
        also=("plain_criteria",),
        level=1,
    ),
    Part(
        id="plain-rules",
        at="#self-check",
        name="The rules in plain words",
        template="trial/eligibility.html",
        mark='id="self-check"{% if check',
        sign="<li data-kind=",
        inside="eligibility",
        fields=("plain_criteria",),
        level=1,
    ),
    Part(
        id="rules",
        at="#eligibility p.provenance",
        name="The rules as registered",
        template="trial/eligibility.html",
        mark='class="provenance"',
        sign='<p class="provenance">',
        inside="eligibility",
        fields=RULES,
        level=1,
    ),
    _section(
        "timeline",
        "timeline",
        "timeline",
        "start_date",
        "completion_date",
        also=("primary_completion_date", "target_duration"),
    ),
    _section("objectives", "objectives", "primary_outcomes", "secondary_outcomes", "other_outcomes"),
    _section("side-effects", "side_effects", "side_effects", "adverse_events"),
    _section("design", "design", *DESIGN),
    _section("treatments", "treatments", "treatments", also=("interventions",)),
    _section("locations", "locations", "locations", "removed_countries"),
    _section("contact", "contact", "central_contacts", also=("overall_status", "nct_id")),
    _section("people", "people", *PEOPLE),
    _section("media", "media", also=("arm_groups", "timeline", "adverse_events", "enrollment")),
    _section(
        "spots-left",
        "spots_left",
        "spots_left",
        also=("enrollment", "start_date", "primary_completion_date", "status_verified_date"),
    ),
    _section(
        "results",
        "results",
        *("results_summary", "has_results", "results_first_post_date", "references", "large_documents"),
        "see_also_links",
    ),
    _section("similar", "similar", "similar", also=("conditions", "treatments")),
    _section("words", "words"),
    _section("what-changed", "what_changed"),
    _section(
        "sources",
        "sources",
        *("secondary_ids", "nct_id_aliases", "org_study_id", "acronym", "official_title", "brief_title"),
        *(
            "study_first_post_date",
            "last_update_post_date",
            "keywords",
            "reason",
            "reviewed_against",
            "draft",
        ),
        also=("nct_id", "responsible_party", "status_verified_date", "retrieved"),
    ),
)
"""All parts in the order of the page; those of a language and of a heading are found in the files."""

PLACES_PARTS = (
    Part(
        id="title",
        at="main h1",
        name="All places",
        template="trial_places.html",
        mark="<h1",
        sign="<h1",
        fields=("locations",),
    ),
)
EVENTS_PARTS = (
    Part(
        id="title",
        at="main h1",
        name="All health problems",
        template="trial_adverse_events.html",
        mark="<h1",
        sign="<h1",
        fields=("side_effects", "adverse_events"),
    ),
)
"""The pages of their own on which a long list stands."""
