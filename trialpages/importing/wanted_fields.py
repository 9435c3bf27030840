"""The parts of a study record that the decoder reads: what the registry is asked for, and what a copy keeps.

The results section weighs most of a record, and only its health problems are read. A copy that came from a
file is cut to the same parts, so that a later refresh over the network shows changes of the study only.
"""

from __future__ import annotations

from typing import Any

WANTED: dict[str, tuple[str, ...]] = {
    "protocolSection": (
        "identificationModule",
        "statusModule",
        "sponsorCollaboratorsModule",
        "descriptionModule",
        "conditionsModule",
        "designModule",
        "armsInterventionsModule",
        "outcomesModule",
        "eligibilityModule",
        "contactsLocationsModule",
        "referencesModule",
    ),
    "resultsSection": ("adverseEventsModule",),
    "documentSection": ("largeDocumentModule",),
    "derivedSection": ("miscInfoModule", "conditionBrowseModule", "interventionBrowseModule"),
}
"""Modules by section."""

WANTED_FLAG = "hasResults"


def parameter() -> str:
    """Return the registry's `fields` parameter: each piece by its name, which is the key with a capital."""
    keys = [module for modules in WANTED.values() for module in modules]
    return ",".join(key[0].upper() + key[1:] for key in [*keys, WANTED_FLAG])


def cut(study: dict[str, Any]) -> dict[str, Any]:
    """Return a study with the wanted parts only, in their order; a section that would be empty is left out."""
    kept: dict[str, Any] = {}
    for section, modules in WANTED.items():
        found = study.get(section)
        if isinstance(found, dict) and (parts := {name: found[name] for name in modules if name in found}):
            kept[section] = parts
    if WANTED_FLAG in study:
        kept[WANTED_FLAG] = study[WANTED_FLAG]
    return kept
