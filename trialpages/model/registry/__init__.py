"""A ClinicalTrials.gov study record (API version 2) becomes a trial, without loss and without trust.

`studies_in` finds the studies in a file and says what a file without any is; `trial_from_study` is
pure and never raises, whatever the record holds: unknown keys are passed over, a value of the wrong
kind stays unknown and is reported.
"""

from __future__ import annotations

from trialpages.model.registry.decode import decode_registry, trial_from_study
from trialpages.model.registry.shapes import studies_in

__all__ = ["decode_registry", "studies_in", "trial_from_study"]
