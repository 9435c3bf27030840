"""What differs between two records although no change tells it: named, so that no update passes in silence.

The list of changes leaves out what tells readers nothing. An editor who looks at a changed file still asks what it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from trialpages.model.change import Change
from trialpages.model.changes import SAME_FACT
from trialpages.model.changes_places import paired
from trialpages.model.trial import Location, Trial

DAYS = frozenset(("retrieved", "last_update_post_date"))
"""Days of the record itself, which change with every update."""

FROM_OTHERS = frozenset(("inclusion_criteria", "exclusion_criteria", "other_criteria"))
"""Fields that are made from another one of the record."""

NAMES = {
    "nct_id_aliases": "older numbers",
    "org_study_id": "the sponsor's own number",
    "secondary_ids": "other numbers",
    "condition_meshes": "index terms",
    "condition_ancestors": "index terms",
    "intervention_meshes": "index terms",
    "intervention_ancestors": "index terms",
    "references": "publications",
    "see_also_links": "links",
    "large_documents": "documents",
    "standard_ages": "age groups",
    "arm_groups": "details of groups",
    "interventions": "details of treatments",
    "adverse_events": "details of the health problems that were counted",
    "eligibility_criteria": "order or layout of the eligibility text",
    "study_first_post_date": "day of the first posting",
    "results_first_post_date": "day of the first results",
    "lead_sponsor": "details of the sponsor",
    "collaborators": "details of collaborators",
    "central_contacts": "details of contacts",
    "enrollment": "whether the enrollment is planned or counted",
    "start_date": "precision of the start",
    "primary_completion_date": "precision of the primary completion",
    "completion_date": "precision of the completion",
}
"""What editors call a field, where that is not its name with spaces."""


def untold(before: Trial, after: Trial, told: Sequence[Change]) -> str:
    """Return what changed besides the changes that are told, in a few words; nothing where they tell it all.

    >>> untold(Trial(keywords=("fever",)), Trial(keywords=("cough",)), ())
    'also: keywords'
    """
    known = {name for change in told for name in SAME_FACT.get(change.field, (change.field,))}
    names: list[str] = []
    for field in fields(Trial):
        name = field.name
        was, now = getattr(before, name), getattr(after, name)
        if was == now or name in DAYS or name in FROM_OTHERS:
            continue
        if name == "locations":
            names += _places(before.locations, after.locations)
        elif name not in known:
            names.append(NAMES.get(name, name.replace("_", " ")))
    if names:
        return f"also: {', '.join(dict.fromkeys(names))}"
    return "" if told else "only the day of the last update"


def _places(before: Sequence[Location], after: Sequence[Location]) -> Iterator[str]:
    """Yield what changed in the places that stay, kind by kind; nothing where only their order did."""
    pairs, gone, new = paired(before, after)
    contacts = sum(was.contacts != now.contacts for was, now in pairs)
    status = sum(was.status != now.status for was, now in pairs)
    rest = sum(was != replace(now, contacts=was.contacts, status=was.status) for was, now in pairs)
    for what, count in (("contacts", contacts), ("status", status), ("name or address", rest)):
        if count:
            yield f"{what} of {count:,} {'site' if count == 1 else 'sites'}"
    if not (contacts or status or rest or gone or new):
        yield "order of the sites"
