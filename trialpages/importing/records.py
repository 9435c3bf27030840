"""How a registry record lies in the content: cut to what pages use, in one order, one value to a line.

The same facts always give the same bytes, whether the registry's interface, its bulk download or an older
copy of ours was the source: keys stand in the order of the registry's own description, and what pages
do not use is left out. Everything here is pure.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import Any

from trialpages.importing.key_order import ordered
from trialpages.importing.wanted_fields import cut
from trialpages.model.registry import decode_registry, trial_from_study
from trialpages.model.trial import Trial
from trialpages.words.diagnostics import Sink
from trialpages.words.fields import record

RENEW_AFTER = datetime.timedelta(days=15)
"""A copy whose facts are confirmed keeps its date this long, so that a nightly refresh changes few files."""


@record
class Held:
    """The record that a trial's folder holds. `trial` is None where its bytes are no record."""

    data: bytes
    trial: Trial | None


def text_of(study: dict[str, Any]) -> bytes:
    """Return a study as it is written: cut, UTF-8, two spaces a level, one value a line, a line feed at the end."""
    text = json.dumps(ordered(cut(study)), ensure_ascii=False, indent=2)
    # A half of a surrogate pair is a letter in JSON, but not in UTF-8.
    return (text.encode("utf-8", "replace").decode("utf-8") + "\n").encode("utf-8")


def held_of(data: bytes, path: str) -> Held:
    """Return what a folder's registry.json says; faults in it are told by `check`, not here."""
    sink: Sink = []
    return Held(data=data, trial=decode_registry(data, path, sink))


def facts_of(study: dict[str, Any]) -> Trial:
    """Return a study's facts, as pages use them."""
    return trial_from_study(cut(study))


def same_facts(one: Trial, other: Trial) -> bool:
    """Tell whether two records say the same, whenever they were retrieved."""
    return replace(one, retrieved=None) == replace(other, retrieved=None)


def is_older(new: Trial, held: Trial) -> bool:
    """Tell whether a record is from before the one that is held, by its last update, then by its data date."""
    updates = new.last_update_post_date, held.last_update_post_date
    if None not in updates and updates[0] != updates[1]:
        return str(updates[0]) < str(updates[1])
    return bool(new.retrieved and held.retrieved and new.retrieved < held.retrieved)


def wants_new_date(new: Trial, held: Trial) -> bool:
    """Tell whether a confirmed copy's date is so old that it has to be renewed."""
    if new.retrieved is None:
        return False
    if held.retrieved is None:
        return True
    days = datetime.date.fromisoformat(new.retrieved) - datetime.date.fromisoformat(held.retrieved)
    return days > RENEW_AFTER
