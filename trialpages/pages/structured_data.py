"""Structured data: what a trial page says in schema.org's vocabulary, as JSON for a script element.

Only words of today's vocabulary are used: the registry number is a `code`, and `phase`, `outcome` and
`population`, which left the vocabulary, are not written. Only what the page shows is described. Health
problems are not marked up: schema.org's adverse outcomes belong to therapies, not to trials.
"""

from __future__ import annotations

import json
from typing import Any

from trialpages.model.labels import status_look
from trialpages.model.summary import Summary
from trialpages.model.titles import first_sentence, title
from trialpages.model.trial import Agency, Trial
from trialpages.read.config import Config
from trialpages.site.context import Link, TrialContext
from trialpages.words.language import _, base_of

CONTEXT = "https://schema.org"
REGISTRY_PAGE = "https://clinicaltrials.gov/study/"
MAX_PLACES = 50
"""Places that are described; a trial may have more than a thousand."""

Node = dict[str, Any]

_MASKING_DESIGNS = {
    "NONE": "OpenTrial",
    "SINGLE": "SingleBlindedTrial",
    "DOUBLE": "DoubleBlindedTrial",
    "TRIPLE": "TripleBlindedTrial",
    "QUADRUPLE": "TripleBlindedTrial",
}


def structured_data(
    trial: Trial, context: TrialContext, config: Config, description: str | None = None
) -> str:
    """Return the page's JSON-LD as text that is safe inside a script element.

    Addresses are absolute when the site knows its own, else relative to the page.
    """
    root = f"{config.base_url.rstrip('/')}/" if config.base_url else "../../"
    page_url = f"{root}trials/{trial.trial_id}/"
    page = {
        "@context": CONTEXT,
        "@type": "MedicalWebPage",
        "@id": page_url,
        "url": page_url,
        "name": title(trial),
        "description": description or first_sentence(trial.brief_summary),
        "inLanguage": config.language,
        "audience": {"@type": "Patient", "audienceType": "Patient"},
        "dateModified": trial.last_update_post_date,
        **_review(trial.summaries, config.language),
        "isBasedOn": f"{REGISTRY_PAGE}{trial.nct_id}" if trial.nct_id else None,
        "publisher": {"@type": "Organization", "name": config.owner} if config.owner else None,
        "breadcrumb": _breadcrumb(trial, context, root, page_url),
        "mainEntity": study(trial, f"{page_url}#study"),
    }
    return for_script(_known(page))


def study(trial: Trial, identity: str) -> Node:
    """Return the trial as a MedicalTrial, or as a MedicalObservationalStudy."""
    observes = trial.study_type == "OBSERVATIONAL"
    return _known(
        {
            "@type": "MedicalObservationalStudy" if observes else "MedicalTrial",
            "@id": identity,
            "name": trial.official_title or trial.brief_title or title(trial),
            "alternateName": trial.acronym,
            "code": _codes(trial),
            "healthCondition": [{"@type": "MedicalCondition", "name": name} for name in trial.conditions],
            "sponsor": _sponsors(trial),
            "status": _status(trial),
            "studyLocation": _places(trial),
            "trialDesign": [] if observes else designs(trial),
        }
    )


def _codes(trial: Trial) -> list[Node]:
    own = [(trial.nct_id, "ClinicalTrials.gov")] if trial.nct_id else []
    others = [(other.id, other.type) for other in trial.secondary_ids if other.type]
    return [
        {"@type": "MedicalCode", "codeValue": value, "codingSystem": system}
        for value, system in (*own, *others)
    ]


def _sponsors(trial: Trial) -> list[Node]:
    agencies: tuple[Agency, ...] = (
        *((trial.lead_sponsor,) if trial.lead_sponsor else ()),
        *trial.collaborators,
    )
    return [
        {"@type": "Person" if agency.agency_class == "INDIV" else "Organization", "name": agency.name}
        for agency in agencies
    ]


def _status(trial: Trial) -> list[str]:
    """Return schema.org's words for the status and for results; an unknown status has none."""
    stated = status_look(trial.overall_status).schema_org
    words = [stated] if stated else []
    if trial.has_results is not None:
        words.append("ResultsAvailable" if trial.has_results else "ResultsNotAvailable")
    return [f"{CONTEXT}/{word}" for word in words]


def _places(trial: Trial) -> list[Node]:
    """Return the towns as areas: a hospital is no administrative area."""
    names = dict.fromkeys(
        ", ".join(part for part in (place.city, place.state, place.country) if part)
        for place in trial.locations
    )
    return [{"@type": "AdministrativeArea", "name": name} for name in list(names)[:MAX_PLACES]]


def designs(trial: Trial) -> list[str]:
    """Return the trial's design in schema.org's words."""
    found = []
    if trial.allocation == "RANDOMIZED":
        found.append("RandomizedTrial")
    if trial.masking in _MASKING_DESIGNS:
        found.append(_MASKING_DESIGNS[trial.masking])
    if any(arm.type == "PLACEBO_COMPARATOR" for arm in trial.arm_groups):
        found.append("PlaceboControlledTrial")
    if trial.locations:
        found.append("MultiCenterTrial" if len(trial.locations) > 1 else "SingleCenterTrial")
    if len({place.country for place in trial.locations}) > 1:
        found.append("InternationalTrial")
    return [f"{CONTEXT}/{word}" for word in found]


def _review(summaries: tuple[Summary, ...], language: str) -> Node:
    """Return who reviewed the page's text and when; nothing when nobody has."""
    for summary in summaries:
        if base_of(summary.language) == base_of(language) and summary.reviewed_by and summary.reviewed_on:
            reviewer = {"@type": "Person", "name": summary.reviewed_by}
            return {"lastReviewed": summary.reviewed_on, "reviewedBy": reviewer}
    return {}


def _breadcrumb(trial: Trial, context: TrialContext, root: str, page_url: str) -> Node:
    steps: list[Link] = [Link(text=_("Home"), url=root)]
    steps += [Link(text=link.text, url=root + link.url) for link in context.condition_links[:1]]
    steps.append(Link(text=title(trial), url=page_url))
    items = [
        {"@type": "ListItem", "position": position, "name": step.text, "item": step.url}
        for position, step in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def for_script(value: Any) -> str:
    """Return a value as JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
