"""What a site makes of the severity of codes: `severities:` in site.yaml, applied to diagnostics.

A milder severity holds for every diagnostic of the code. A graver one does not hold where the build
itself was milder than the catalogue: that fault is the registry's, and editors cannot mend a record.
Applied twice it gives what it gave at first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from trialpages.words.catalogue import CATALOGUE
from trialpages.words.diagnostics import SEVERITIES, Diagnostic, Sink

OFF = "off"
"""The setting that takes a code's diagnostics away."""

SETTINGS = (*SEVERITIES, OFF)
"""What a site can say of a code, from the gravest to the mildest."""


def apply_severities(sink: Sink, severities: Mapping[str, str]) -> None:
    """Give the diagnostics of a sink the severities that the site wants, and take away those that it does not."""
    if severities:
        sink[:] = _as_wanted(sink, severities)


def _as_wanted(diagnostics: Iterable[Diagnostic], severities: Mapping[str, str]) -> Iterable[Diagnostic]:
    for each in diagnostics:
        wanted = severities.get(each.code, each.severity)
        is_milder = SETTINGS.index(wanted) > SETTINGS.index(each.severity)
        if not is_milder and each.severity != CATALOGUE[each.code].severity:
            yield each
        elif wanted != OFF:
            yield replace(each, severity=wanted)


def parts(severities: Mapping[str, str]) -> tuple[str, ...]:
    """Return the settings as texts for a key, whatever their order in the file."""
    return tuple(f"{code} {severity}" for code, severity in sorted(severities.items()))
