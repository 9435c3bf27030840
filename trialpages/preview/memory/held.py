"""Trials in memory: the card of each and what is wrong with it, and where the decoded trial itself is found.

What a build has remembered is taken as it is; of other trials the decoded one is kept here, encoded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from trialpages.model.card import Card
from trialpages.stages.decoding import (
    DecodeState,
    TrialInput,
    card_of,
    make_trial,
    read_trial,
    stored_diagnostics,
    unit_key,
)
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.digest import digest
from trialpages.words.language import use


@dataclass(frozen=True, slots=True)
class HeldTrial:
    """One decoded trial. Without a digest it has errors and is published nowhere."""

    key: str
    state: DecodeState
    """The settings under which it was decoded."""
    digests: tuple[tuple[str, str], ...]
    """Of its files, by path."""
    digest: str
    card: Card | None
    faults: str
    """Diagnostics, encoded."""
    remembered_key: str = ""
    """The key under which a memo may hold the decoded trial."""
    record: bytes | None = None
    """The decoded trial when no memo holds it."""

    def diagnostics(self) -> list[Diagnostic]:
        """Return what is wrong with it."""
        return stored_diagnostics(self.faults) if self.faults != "[]" else []


Held = Mapping[str, HeldTrial]


def held_trial(state: DecodeState, trial: TrialInput, known: HeldTrial | None = None) -> HeldTrial:
    """Read and decode one trial, unless its files hold what is known already."""
    use(state.language)
    read = read_trial(state, trial)
    key = unit_key(trial, read.digests, state.code)
    if known is not None and known.key == key and not read.faults:
        return known
    sink = list(read.faults)
    made = make_trial(state, trial, read.contents, sink)
    card = card_of(made, sink)
    record = msgspec.msgpack.encode(made) if card is not None and not card.is_faulty else None
    return HeldTrial(
        key=key,
        state=state,
        digests=read.digests,
        digest=digest(record) if record is not None else "",
        card=card,
        faults=msgspec.json.encode(sink).decode(),
        record=record,
    )


def under_settings(held: HeldTrial, state: DecodeState) -> HeldTrial:
    """Return the same trial under other settings that change nothing of it; its key under these is not known."""
    return replace(held, key="", state=state)


def sound_cards(held: Held, *, drafts: bool) -> list[Card]:
    """Return the cards of the trials that may be published."""
    return [
        each.card
        for each in held.values()
        if each.digest and each.card is not None and (drafts or not each.card.draft)
    ]


def faulty_ids(held: Held) -> frozenset[str]:
    """Return the trials with errors."""
    return frozenset(trial_id for trial_id, each in held.items() if not each.digest)
