"""What the registry has changed since the words of one trial were read against its record, as `check` tells it.

Git is asked when a panel asks, and the answer is kept until a file of the trial changes or another commit is checked
out. A trial without drift asks nothing.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from trialpages.machine.git_state import state as git_state
from trialpages.stages.drift import CODE, tell_drift
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.digest import digest
from trialpages.words.fields import record

DRIFT_CODES = (CODE, "not-reviewed-against")
"""Of a record that is newer than the words, and of words that were never read against a record."""

REMEMBERED = 64
PLACE = re.compile(r"(?P<path>[^:\n]+\.(?:yaml|md|json)):(?P<line>[0-9]+): (?P<text>.*)", re.DOTALL)


@record
class _Key:
    trial_id: str
    files: str
    head: str
    drift: str


class Drifts:
    """Tells drifts, and remembers the last few answers; may be asked in any thread."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._told: OrderedDict[_Key, Diagnostic] = OrderedDict()
        self._lock = Lock()

    def told(
        self, trial_id: str, folder: str, files: Mapping[str, bytes], diagnostics: Sequence[Diagnostic]
    ) -> Diagnostic | None:
        """Return the drift among the diagnostics of a trial with what the history tells of it; None without one."""
        found = next((each for code in DRIFT_CODES for each in diagnostics if each.code == code), None)
        if found is None or found.code != CODE:
            return found
        key = _Key(
            trial_id=trial_id,
            files=digest(*(part for name in sorted(files) for part in (name, files[name]))),
            head=git_state(self._content).head,
            drift=digest(found.what, found.severity, *found.notes),
        )
        with self._lock:
            if key in self._told:
                self._told.move_to_end(key)
                return self._told[key]
        sink = [found]
        tell_drift(self._content, lambda _trial: (folder, files), sink)
        with self._lock:
            self._told[key] = sink[0]
            while len(self._told) > REMEMBERED:
                self._told.popitem(last=False)
        return sink[0]


@lru_cache(maxsize=4)
def drifts(content: Path) -> Drifts:
    """Return what tells the drifts of a content folder."""
    return Drifts(content)


def drift_object(drift: Diagnostic, veil: Callable[[str], str] = str) -> dict[str, Any]:
    """Return a drift as plain data; a note that names a place of the words has its path and line."""
    return {
        "code": drift.code,
        "severity": drift.severity,
        "what": veil(drift.what),
        "help": veil(drift.help) if drift.help else None,
        "path": drift.span.path,
        "line": drift.span.line,
        "notes": [_note(veil(note)) for note in drift.notes],
    }


def _note(note: str) -> dict[str, Any]:
    found = PLACE.fullmatch(note)
    if found is None:
        return {"text": note, "path": None, "line": None}
    return {"text": found["text"], "path": found["path"], "line": int(found["line"])}
