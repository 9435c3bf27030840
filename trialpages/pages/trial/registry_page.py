"""The registry that a trial stands in: which page of which registry shows its record.

A number names its registry by its form. A number of no known form has no page, so nothing is
linked: a link that might lead nowhere is worse than none.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from trialpages.model.trial import Trial
from trialpages.pages.trial.marks import registered
from trialpages.words.fields import record
from trialpages.words.language import _, record_language


@record
class RegistryPage:
    """A trial's record in a registry."""

    number: str
    registry: str
    """The registry with the word before it: `on ClinicalTrials.gov`."""
    url: str
    contacts_url: str = ""
    """Where the record names whom to ask; empty when the registry has no such place of its own."""


_EUDRACT = re.compile(r"(\d{4}-\d{6}-\d{2})")
_EU_CT = re.compile(r"(\d{4}-5\d{5}-\d{2}-\d{2})")
_ISRCTN = re.compile(r"(ISRCTN\d{8})", re.IGNORECASE)
_EU_CT_WITHOUT_VERSION = re.compile(r"\d{4}-5\d{5}-\d{2}")


def registry_page(trial: Trial) -> RegistryPage | None:
    """Return the page of a trial's record; nothing for a number that belongs to no known registry.

    The trial's own number comes first, then its numbers in other registries.
    """
    if trial.nct_id:
        url = f"https://clinicaltrials.gov/study/{trial.nct_id}"
        return _page(
            trial.nct_id, _("on ClinicalTrials.gov"), url, contacts_url=f"{url}#contacts-and-locations"
        )
    numbers = (trial.trial_id, *(item.id for item in trial.secondary_ids))
    return next((page for page in map(page_of_number, numbers) if page), None)


def page_of_number(number: str) -> RegistryPage | None:
    """Return the page of a number of the European registries or of ISRCTN.

    >>> page_of_number("2014-000000-92").url
    'https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:2014-000000-92'
    """
    number = number.strip()
    if found := _EU_CT.fullmatch(number):
        url = f"https://euclinicaltrials.eu/ctis-public/view/{found[1]}"
        return _page(found[1], _("in the EU Clinical Trials Information System"), url)
    if _EU_CT_WITHOUT_VERSION.fullmatch(number):
        return None
    if found := _EUDRACT.fullmatch(number):
        url = f"https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:{found[1]}"
        return _page(found[1], _("in the EU Clinical Trials Register"), url)
    if found := _ISRCTN.fullmatch(number):
        name = found[1].upper()
        url = f"https://www.isrctn.com/{name}"
        return _page(name, _("in the ISRCTN registry"), url, contacts_url=url)
    return None


def _page(number: str, registry: str, url: str, *, contacts_url: str = "") -> RegistryPage:
    return RegistryPage(number=number, registry=registry, url=url, contacts_url=contacts_url)


def is_registered(trial: Trial, *fields: str) -> bool:
    """Say whether fields stand as the registry has them, and not as the editors wrote them."""
    return trial.has_registry_record and not set(fields).intersection(trial.edited_fields)


def record_lang(trial: Trial, *fields: str) -> Markup:
    """Return the attribute that marks fields as the registry's English; nothing where the editors wrote them."""
    code = record_language() if is_registered(trial, *fields) else ""
    return Markup(' lang="{}"').format(code) if code else Markup("")


def from_record(text: str, trial: Trial, *fields: str) -> Markup:
    """Return a text of such fields for a sentence of ours, marked as English where it is the registry's."""
    return registered(text) if is_registered(trial, *fields) else escape(text)
