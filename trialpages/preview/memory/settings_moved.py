"""Which trials are told otherwise when a setting of the site has changed; the others only change their key.

A short form that the glossary explains matters to the trials that use it, a severity to those with such a fault, the
registry file's name to those with a record in it. Anything else may matter to all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trialpages.preview.memory.held import HeldTrial
from trialpages.read import sources
from trialpages.stages.decoding import DecodeState, TrialInput
from trialpages.words.severities import OFF

RECORD = ".json"
"""How files end that hold no words of editors."""


def told_otherwise(
    older: Mapping[str, HeldTrial], inputs: Mapping[str, TrialInput], state: DecodeState
) -> frozenset[str]:
    """Return those of some trials that must be decoded anew under the settings of now."""
    found: set[str] = set()
    of_settings: dict[int, tuple[DecodeState, list[str]]] = {}
    for trial_id, each in older.items():
        of_settings.setdefault(id(each.state), (each.state, []))[1].append(trial_id)
    for before, names in of_settings.values():
        found |= _moved(before, state, {name: older[name] for name in names}, inputs)
    return frozenset(found)


def _moved(
    before: DecodeState, after: DecodeState, held: Mapping[str, HeldTrial], inputs: Mapping[str, TrialInput]
) -> set[str]:
    if before.language != after.language or before.directory != after.directory:
        return set(held)
    found = set()
    if (before.snapshot_path, before.retrieved) != (after.snapshot_path, after.retrieved):
        found |= {name for name in held if inputs[name].member is not None}
    codes = {
        code
        for code in before.severities.keys() | after.severities.keys()
        if before.severities.get(code) != after.severities.get(code)
    }
    if any(before.severities.get(code) == OFF for code in codes):
        return set(held)
    found |= {name for name, each in held.items() if any(f'"{code}"' in each.faults for code in codes)}
    forms = tuple(form.encode() for form in sorted(before.short_forms ^ after.short_forms))
    found |= {name for name in held if forms and _has_any(after, inputs[name], forms)}
    return found


def _has_any(state: DecodeState, trial: TrialInput, forms: Iterable[bytes]) -> bool:
    """Say whether a file of a trial holds any of some short forms; one that cannot be read now may hold all."""
    for file in trial.files:
        if file.path.endswith(RECORD):
            continue
        try:
            content = sources.read(state.directory, file.path)
        except OSError:
            return True
        if any(form in content for form in forms):
            return True
    return False
