"""Sources and changes: where the facts come from, who reviewed the words, what the editors changed, and why."""

from __future__ import annotations

from dataclasses import dataclass

from trialpages.model.dates import show_date
from trialpages.model.titles import title
from trialpages.model.trial import SecondaryId, Trial
from trialpages.pages.markup import plain_text
from trialpages.pages.trial.head import leader
from trialpages.pages.trial.provenance import NOT_REVIEWED, reviewed
from trialpages.pages.trial.registry_page import is_registered, registry_page
from trialpages.pages.trial.section import View, section
from trialpages.pages.trial.summary import LANGUAGE_NAMES, ordered
from trialpages.pages.wording import capital, joined
from trialpages.read.config import Config

ID_TYPES = {
    "EUDRACT_NUMBER": "EudraCT number",
    "CTIS": "EU clinical trial number",
    "REGISTRY": "Number in another registry",
    "NIH": "Grant of the US National Institutes of Health",
    "FDA": "US agency number",
    "VA": "US veterans agency number",
    "OTHER_GRANT": "Grant number",
    "OTHER": "Other number",
}

_ID_ORDER = {name: place for place, name in enumerate(ID_TYPES.values())}


@dataclass(frozen=True)
class _Fact:
    name: str
    text: str
    href: str = ""

    def view(self) -> View:
        return {"name": self.name, "text": self.text, "href": self.href}


def sources_view(trial: Trial, config: Config) -> View:
    """Return the sources; this section is on every trial page."""
    facts = [*_registry(trial), *_dates(trial), *_texts(trial, config.language)]
    return section(
        "sources",
        facts=[fact.view() for fact in facts if fact.text],
        overrides=_overrides(trial),
        links=_links(trial, config),
        file_name=f"{trial.trial_id}.json",
    )


def _registry(trial: Trial) -> list[_Fact]:
    page = registry_page(trial)
    return [
        _Fact("Registry record", f"{page.number} {page.registry}", page.url)
        if page
        else _Fact("Trial number", trial.trial_id),
        _Fact("Older numbers", joined(trial.nct_id_aliases)),
        *sorted((_secondary(item) for item in trial.secondary_ids), key=lambda fact: _ID_ORDER[fact.name]),
        _Fact("Sponsor’s own number", trial.org_study_id or ""),
        _Fact("Short name", trial.acronym or ""),
        *_titles(trial),
        _Fact("Named in the record as leading" if trial.has_registry_record else "Led by", _leader(trial)),
        _Fact("Responsible for the record", _responsible(trial)),
        _Fact("Words to find it by", joined(map(plain_text, trial.keywords))),
    ]


def _titles(trial: Trial) -> list[_Fact]:
    """Return the full title, and the short one where the page does not show it already."""
    full, short = trial.official_title or "", trial.brief_title or ""
    facts = []
    if full:
        name = "Registered title" if is_registered(trial, "official_title") else "Full title"
        facts.append(_Fact(name, full))
    if short and short not in (title(trial), full):
        name = "Registered short title" if is_registered(trial, "brief_title") else "Short title"
        facts.append(_Fact(name, short))
    return facts


def _leader(trial: Trial) -> str:
    found = leader(trial)
    return ", ".join(part for part in (found.name, found.affiliation) if part) if found else ""


def _responsible(trial: Trial) -> str:
    """Return who answers for the record, unless the page has named this person as leading."""
    party = trial.responsible_party
    if party is None:
        return ""
    found = leader(trial)
    if party.investigator_full_name:
        names = [party.investigator_full_name, party.investigator_title, party.investigator_affiliation]
        if found and found.name == party.investigator_full_name:
            return ""
    else:
        names = [party.old_name_title, party.old_organization]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _secondary(item: SecondaryId) -> _Fact:
    name = ID_TYPES.get(item.type or "OTHER", "Other number")
    text = f"{item.id} ({item.domain})" if item.domain else item.id
    link = item.link if item.link and item.link.startswith(("https://", "http://")) else ""
    return _Fact(name, text, link)


def _dates(trial: Trial) -> list[_Fact]:
    rows = (
        ("First registered", trial.study_first_post_date),
        ("Record last changed", trial.last_update_post_date),
        ("Status last confirmed", trial.status_verified_date),
        (
            "Copied from the registry"
            if is_registered(trial, "retrieved")
            else "Facts taken from their source",
            trial.retrieved,
        ),
    )
    return [_Fact(name, show_date(date)) for name, date in rows if date]


def _texts(trial: Trial, language: str) -> list[_Fact]:
    written = ordered(trial, language)
    if not written:
        return [_Fact("Review", f"{NOT_REVIEWED}{_as_registered(trial)}")]
    return [
        _Fact(
            "Review"
            if summary.language == language
            else f"Review ({LANGUAGE_NAMES.get(summary.language, summary.language)})",
            reviewed(summary),
        )
        for summary in written
    ]


def _as_registered(trial: Trial) -> str:
    if not trial.has_registry_record:
        return ""
    changed = ", except those that are listed below" if trial.overrides else ""
    return f" The facts are shown as registered{changed}."


def _editors_file(trial: Trial, language: str) -> str:
    """Return the file of the trial's folder in which the editors wrote; nothing when they wrote none."""
    if any(summary.language == language for summary in trial.summaries):
        return "summary.md"
    edited = (
        trial.plain_criteria,
        trial.treatments,
        trial.key_facts,
        trial.overrides,
        trial.timeline,
        trial.title,
    )
    return "trial.yaml" if any(edited) else ""


def _overrides(trial: Trial) -> list[View]:
    return [
        {
            "name": capital(override.field.replace("_", " ")),
            "here": _shown(getattr(trial, override.field, "")),
            "registry": override.registry_value,
            "reason": override.reason,
        }
        for override in trial.overrides
    ]


def _shown(value: object) -> str:
    """Return a fact of any kind in a few words."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return "; ".join(_shown(item) for item in value)
    for name in ("date", "count", "name", "label", "measure", "text", "term", "citation", "city", "id"):
        if hasattr(value, name):
            return _shown(getattr(value, name))
    return "" if value is None else str(value)


def _links(trial: Trial, config: Config) -> list[View]:
    links: list[View] = []
    file = _editors_file(trial, config.language)
    if config.edit_url and file:
        url = f"{config.edit_url.rstrip('/')}/trials/{trial.trial_id}/{file}"
        links.append({"text": "Suggest a change to this page", "href": url})
    if config.repository_url:
        url = f"{config.repository_url.rstrip('/')}/issues/new?title={trial.trial_id}"
        links.append({"text": "Report a mistake", "href": url})
    if config.contact_email:
        url = f"mailto:{config.contact_email}?subject={trial.trial_id}"
        links.append({"text": f"Write to {config.contact_email}", "href": url})
    return links
