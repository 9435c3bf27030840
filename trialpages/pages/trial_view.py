"""The trial page's view: all that the page says, as plain data, in the order of the page.

A section is there when there is something true to say, and `None` when there is not. Nothing reads
a clock: what depends on the day comes in the context, and every date on the page is absolute. The
template sees this view only, never the trial.
"""

from __future__ import annotations

from markupsafe import Markup

from trialpages.model.adverse_event_records import AdverseEvents
from trialpages.model.key_facts import key_facts
from trialpages.model.names import treatment_key
from trialpages.model.titles import experimental_interventions
from trialpages.model.trial import Trial
from trialpages.pages.listing_items import listing_item
from trialpages.pages.markup import prose_text
from trialpages.pages.page import absolute, frame
from trialpages.pages.social_image import SocialImage, alternative
from trialpages.pages.structured_data import structured_data
from trialpages.pages.trial.contact import contact_view
from trialpages.pages.trial.design import design_view
from trialpages.pages.trial.eligibility import eligibility_view
from trialpages.pages.trial.head import description, head_view
from trialpages.pages.trial.locations import locations_view
from trialpages.pages.trial.media import media_view
from trialpages.pages.trial.objectives import objectives_view
from trialpages.pages.trial.people import people_view
from trialpages.pages.trial.results import results_view
from trialpages.pages.trial.section import View, contents, section
from trialpages.pages.trial.side_effects import side_effects_view
from trialpages.pages.trial.sources import sources_view
from trialpages.pages.trial.spots import spots_view
from trialpages.pages.trial.status import status_view
from trialpages.pages.trial.summary import summary_view, written_in
from trialpages.pages.trial.timeline import timeline_view
from trialpages.pages.trial.treatments import treatments_view
from trialpages.pages.trial.what_changed import what_changed_view
from trialpages.pages.words import PlainWords, explained
from trialpages.read.config import Config
from trialpages.site.context import TreatmentRow, TrialContext
from trialpages.site.treatment_rows import finished_stage
from trialpages.words.language import _, amount

SCRIPT = "js/trial.js"
"""What starts every part of the page that can do more with script."""
NAMED_TREATMENTS = 2
"""Treatments that the key facts name before the list would push everything else off the first screen."""

WITHOUT_PHASES = frozenset({"BEHAVIORAL", "DEVICE", "PROCEDURE"})
"""Types of which a finished phase 3 trial proves little: phases are steps in the making of a medicine."""


def trial_view(
    trial: Trial,
    context: TrialContext,
    source: AdverseEvents | None,
    words: PlainWords,
    config: Config,
    image: SocialImage | None = None,
) -> dict[str, object]:
    """Return everything that the page of a trial shows."""
    sections = _sections(trial, context, source, words, config, image)
    head = head_view(trial, context, written_in(trial, config.language))
    text = description(trial)
    listed = contents(sections)
    url = f"trials/{trial.trial_id}/"
    view: View = {
        **frame(
            config,
            url,
            title=str(head["title"]),
            description=text,
            section="search/",
        ),
        "lang": config.language,
        "script": SCRIPT,
        "json_ld": Markup(structured_data(trial, context, config, text)),  # noqa: S704 - made for a script element
        "breadcrumb": [
            {"title": _("Home"), "url": ""},
            {"title": _("Back to search"), "url": "search/", "back": True},
            {"title": trial.nct_id or trial.trial_id, "url": None},
        ],
        "trial_id": trial.trial_id,
        "social_image": {"url": absolute(config, url + image.name), "alt": alternative(image.words)}
        if image
        else None,
        "head": head,
        "status": status_view(
            trial,
            context.time,
            has_contact=sections["contact"] is not None,
            has_similar=sections["similar"] is not None,
            stale_after_days=config.stale_after_days,
        ),
        "key_facts": [
            {"text": fact.text, "source": fact.link or ""}
            for fact in key_facts(trial, _finished(trial, context))
        ],
        "contents": listed,
        "contents_summary": amount(
            len(listed), "On this page: {count} section", "On this page: {count} sections"
        ),
    }
    view.update({name.replace("-", "_"): content for name, content in sections.items()})
    return view


def _sections(
    trial: Trial,
    context: TrialContext,
    source: AdverseEvents | None,
    words: PlainWords,
    config: Config,
    image: SocialImage | None,
) -> dict[str, View | None]:
    """Return every section by its anchor, in the order of the page."""
    language = written_in(trial, config.language)
    eligibility = eligibility_view(trial)
    side_effects = side_effects_view(trial, context, source, words)
    timeline = timeline_view(trial, context.time)
    # Nobody should call a number that was copied so long ago; the registry has today's.
    show_contacts = config.show_contacts and not context.time.facts_are_too_old
    return {
        "summary": summary_view(trial, language),
        "eligibility": eligibility,
        "timeline": timeline,
        "objectives": objectives_view(trial),
        "side-effects": side_effects,
        "design": design_view(trial),
        "treatments": treatments_view(trial, context),
        "locations": locations_view(trial, show_contacts=show_contacts, gazetteer=config.gazetteer),
        "contact": contact_view(trial, show_contacts=show_contacts),
        "people": people_view(trial, context),
        "media": media_view(trial, eligibility, timeline, side_effects, image),
        "spots-left": spots_view(trial, context.time),
        "results": results_view(trial),
        "similar": _similar(context),
        "words": _words(trial, words, language),
        "what-changed": what_changed_view(trial, context.history),
        "sources": sources_view(trial, config),
    }


def _finished(trial: Trial, context: TrialContext) -> tuple[str, ...]:
    """Return the treatments under test that have finished a phase 3 trial in the corpus.

    What only comparison groups get is left out; where the editors have named what the trial tests, so are
    drugs that merely go with it. A trial that is itself a finished phase 3 trial proves nothing beside itself.
    """
    if trial.overall_status == "COMPLETED" and "PHASE3" in trial.phases:
        return ()
    tested = {
        treatment_key(item.name)
        for item in experimental_interventions(trial)
        if item.type not in WITHOUT_PHASES
    }
    return tuple(
        row.name
        for row in context.treatment_rows
        if row.furthest_stage == finished_stage(("PHASE3",))
        and (row.slug in trial.treatments if trial.treatments else _keys(row) & tested)
    )[:NAMED_TREATMENTS]


def _keys(row: TreatmentRow) -> set[str]:
    """Return what the names of a treatment have in common with other spellings of them."""
    return {treatment_key(name) for name in (row.name, *(row.file.other_names if row.file else ()))}


def _similar(context: TrialContext) -> View | None:
    if not context.similar:
        return None
    text = _("Trials of the same condition or treatment, open ones first.")
    return section("similar", text=text, trials=[listing_item(card) for card in context.similar])


def _words(trial: Trial, words: PlainWords, language: str) -> View | None:
    """Return the glossary's words that stand in the page's own prose and facts."""
    prose = [
        prose_text(block.markdown)
        for summary in trial.summaries
        if summary.language == language
        for block in summary.blocks
    ]
    plain = [criterion.plain for criterion in trial.plain_criteria]
    registered = [
        trial.brief_summary or "",
        trial.detailed_description or "",
        trial.eligibility_criteria or "",
    ]
    outcomes = [outcome.measure for outcome in (*trial.primary_outcomes, *trial.secondary_outcomes)]
    entries = explained(words, "\n".join((*prose, *plain, *registered, *outcomes)))
    if not entries:
        return None
    return section(
        "words",
        summary=amount(len(entries), "{count} word explained", "{count} words explained"),
        entries=[{"term": entry.term, "meaning": entry.meaning} for entry in entries],
    )
