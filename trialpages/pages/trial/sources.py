"""Sources and changes: where the facts come from, who reviewed the words, what the editors changed, and why."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from trialpages.model.titles import title
from trialpages.model.trial import SecondaryId, Trial
from trialpages.pages.markup import plain_text
from trialpages.pages.trial.head import leader
from trialpages.pages.trial.marks import moment, registered
from trialpages.pages.trial.provenance import NOT_REVIEWED, reviewed
from trialpages.pages.trial.registry_page import is_registered, registry_page
from trialpages.pages.trial.section import View, section
from trialpages.pages.trial.summary import LANGUAGE_NAMES, ordered, written_in
from trialpages.pages.wording import capital, joined
from trialpages.read.config import Config
from trialpages.words.language import N_, _

ID_TYPES = {
    "EUDRACT_NUMBER": N_("EudraCT number"),
    "CTIS": N_("EU clinical trial number"),
    "REGISTRY": N_("Number in another registry"),
    "NIH": N_("Grant of the US National Institutes of Health"),
    "FDA": N_("US agency number"),
    "VA": N_("US veterans agency number"),
    "OTHER_GRANT": N_("Grant number"),
    "OTHER": N_("Other number"),
}

_ID_ORDER = {kind: place for place, kind in enumerate(ID_TYPES)}


@dataclass(frozen=True)
class _Fact:
    name: str
    text: str | Markup
    href: str = ""

    def view(self) -> View:
        return {"name": self.name, "text": self.text, "href": self.href}


def sources_view(trial: Trial, config: Config) -> View:
    """Return the sources; this section is on every trial page."""
    facts = [*_registry(trial), *_dates(trial), *_texts(trial, written_in(trial, config.language))]
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
        _Fact(_("Registry record"), f"{page.number} {page.registry}", page.url)
        if page
        else _Fact(_("Trial number"), trial.trial_id),
        _Fact(_("Older numbers"), joined(trial.nct_id_aliases)),
        *map(_secondary, sorted(trial.secondary_ids, key=lambda item: _ID_ORDER[_id_kind(item)])),
        _Fact(_("Sponsor’s own number"), trial.org_study_id or ""),
        _Fact(_("Short name"), trial.acronym or ""),
        *_titles(trial),
        _Fact(
            _("Named in the record as leading") if trial.has_registry_record else _("Led by"), _leader(trial)
        ),
        _Fact(_("Responsible for the record"), _responsible(trial)),
        _Fact(_("Words to find it by"), _keywords(trial)),
    ]


def _keywords(trial: Trial) -> str | Markup:
    words = ", ".join(map(plain_text, trial.keywords))
    return registered(words) if words and is_registered(trial, "keywords") else words


def _titles(trial: Trial) -> list[_Fact]:
    """Return the full title, and the short one where the page does not show it already."""
    full, short = trial.official_title or "", trial.brief_title or ""
    facts = []
    if full:
        own = not is_registered(trial, "official_title")
        facts.append(_Fact(_("Full title"), full) if own else _Fact(_("Registered title"), registered(full)))
    if short and short not in (title(trial), full):
        own = not is_registered(trial, "brief_title")
        facts.append(
            _Fact(_("Short title"), short) if own else _Fact(_("Registered short title"), registered(short))
        )
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
    text = f"{item.id} ({item.domain})" if item.domain else item.id
    link = item.link if item.link and item.link.startswith(("https://", "http://")) else ""
    return _Fact(_(ID_TYPES[_id_kind(item)]), text, link)


def _id_kind(item: SecondaryId) -> str:
    return item.type if item.type in ID_TYPES else "OTHER"


def _dates(trial: Trial) -> list[_Fact]:
    copied = is_registered(trial, "retrieved")
    rows = (
        (_("First registered"), trial.study_first_post_date),
        (_("Record last changed"), trial.last_update_post_date),
        (_("Status last confirmed"), trial.status_verified_date),
        (_("Copied from the registry") if copied else _("Facts taken from their source"), trial.retrieved),
    )
    return [_Fact(name, moment(date)) for name, date in rows if date]


def _texts(trial: Trial, language: str) -> list[_Fact]:
    written = ordered(trial, language)
    if not written:
        return [_Fact(_("Review"), f"{_(NOT_REVIEWED)}{_as_registered(trial)}")]
    return [_Fact(_review_of(summary.language, language), reviewed(summary)) for summary in written]


def _review_of(text_language: str, language: str) -> str:
    if text_language == language:
        return _("Review")
    return _("Review ({language})").format(language=LANGUAGE_NAMES.get(text_language, text_language))


def _as_registered(trial: Trial) -> str:
    if not trial.has_registry_record:
        return ""
    said = (
        _("The facts are shown as registered, except those that are listed below.")
        if trial.overrides
        else _("The facts are shown as registered.")
    )
    return f" {said}"


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
        return _("Yes") if value else _("No")
    if isinstance(value, tuple):
        return "; ".join(_shown(item) for item in value)
    for name in ("date", "count", "name", "label", "measure", "text", "term", "citation", "city", "id"):
        if hasattr(value, name):
            return _shown(getattr(value, name))
    return "" if value is None else str(value)


def _links(trial: Trial, config: Config) -> list[View]:
    links: list[View] = []
    file = _editors_file(trial, written_in(trial, config.language))
    if config.edit_url and file:
        url = f"{config.edit_url.rstrip('/')}/trials/{trial.trial_id}/{file}"
        links.append({"text": _("Suggest a change to this page"), "href": url})
    if config.repository_url:
        url = f"{config.repository_url.rstrip('/')}/issues/new?title={trial.trial_id}"
        links.append({"text": _("Report a mistake"), "href": url})
    if config.contact_email:
        url = f"mailto:{config.contact_email}?subject={trial.trial_id}"
        links.append({"text": _("Write to {address}").format(address=config.contact_email), "href": url})
    return links
