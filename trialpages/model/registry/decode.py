"""One study record becomes one trial; what had to be left out is told with its line and column."""

from __future__ import annotations

from typing import Any

from trialpages.model.registry import places, protocol, results
from trialpages.model.registry.fields import Fault, Faults, Fields, show_place
from trialpages.model.registry.positions import Positions
from trialpages.model.registry.shapes import SURE_SIGN, studies_in
from trialpages.model.trial import Trial
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span

MOST_FAULTS = 20
"""Wrong values that are told one by one; a file with more is of another making."""


def decode_registry(data: bytes, path: str, sink: Sink, *, retrieved: str | None = None) -> Trial | None:
    """Return the trial of a file that holds one study; anything else goes to the sink.

    `retrieved` is the day on which the record was fetched; without it the record's own data date stands.
    """
    studies = studies_in(data, path, sink)
    if len(studies) != 1:
        if studies:
            what = f"The file holds {len(studies)} studies where one is expected"
            help_text = "Keep the study whose number is the folder's name, or name the file in site.yaml as a snapshot."
            sink.append(make("registry-several-studies", what, Span(path), help=help_text))
        return None
    faults: Faults = []
    trial = trial_from_study(studies[0], retrieved=retrieved, faults=faults)
    if faults:
        _tell(faults, data, path, sink)
    if trial.nct_id is None:
        what = "The file is not a study: its identificationModule has no nctId"
        sink.append(make("registry-not-a-study", what, Span(path)))
        return None
    return trial


def trial_from_study(
    study: dict[str, Any], *, retrieved: str | None = None, faults: Faults | None = None
) -> Trial:
    """Return the trial of a study in the version 2 shape. Never raises; unknown keys are ignored."""
    noted: Faults = [] if faults is None else faults
    root = Fields(study, (), noted)
    section = root.section(SURE_SIGN)
    facts: dict[str, Any] = {"has_results": root.flag("hasResults")}
    for read_section in (
        protocol.identification,
        protocol.status,
        protocol.sponsors,
        protocol.design,
        protocol.description,
        protocol.arms_and_interventions,
        protocol.outcomes,
        protocol.eligibility,
        places.contacts_and_locations,
        places.references,
    ):
        facts.update(read_section(section))
    for read_root in (places.documents, places.derived, results.adverse_events):
        facts.update(read_root(root))
    data_date = root.section("derivedSection", "miscInfoModule").day("versionHolder")
    return Trial(**facts, retrieved=retrieved or data_date, has_registry_record=True)


def _tell(faults: list[Fault], data: bytes, path: str, sink: Sink) -> None:
    positions = Positions(data)
    for fault in faults[:MOST_FAULTS]:
        line, column = positions.of(fault.place)
        what = f"{show_place(fault.place)}: {fault.what}; it is left out"
        sink.append(make("registry-value", what, Span(path, line, column)))
    if len(faults) > MOST_FAULTS:
        what = f"{len(faults) - MOST_FAULTS} more values of this record are left out for the same reason"
        sink.append(make("registry-value", what, Span(path)))
