"""What becomes of a record that has come: written, or left aside, and why.

It compares facts, not bytes: a record that says the same as ours changes nothing but, at times, its date.
It knows no files; the caller writes what it decides.
"""

from __future__ import annotations

from typing import Any

from trialpages.importing import outcome
from trialpages.importing.records import Held, is_older, same_facts, text_of, wants_new_date
from trialpages.model.trial import Trial
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.fields import record

WITHHELD = "WITHHELD"


@record
class Decision:
    """One of the kinds of an outcome, and what is to be written, if anything."""

    kind: str
    data: bytes | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def decide(
    study: dict[str, Any],
    new: Trial,
    held: Held | None,
    path: str,
    *,
    folder_is_new: bool,
    allow_older: bool = False,
) -> Decision:
    """Return what becomes of a study, with its facts, for a folder whose record, if it has one, is `held`.

    `path` is where the record lies or will lie, as it is shown.
    """
    if new.overall_status == WITHHELD:
        return Decision(kind=outcome.KEPT, diagnostics=(_withheld(new, path, is_held=held is not None),))
    if held is None:
        return Decision(kind=outcome.NEW if folder_is_new else outcome.ADDED, data=text_of(study))
    if held.trial is None or held.trial.nct_id != new.nct_id:
        return Decision(kind=outcome.CHANGED, data=text_of(study), diagnostics=(_replaced(held, new, path),))
    if same_facts(new, held.trial):
        if wants_new_date(new, held.trial):
            return Decision(kind=outcome.RENEWED, data=text_of(study))
        return Decision(kind=outcome.CONFIRMED)
    if is_older(new, held.trial) and not allow_older:
        return Decision(kind=outcome.KEPT, diagnostics=(_older(new, held.trial, path),))
    lost = (_without_places(held.trial, path),) if held.trial.locations and not new.locations else ()
    return Decision(kind=outcome.CHANGED, data=text_of(study), diagnostics=lost)


def alias_kept(folder: str, number: str, path: str) -> Diagnostic:
    """Return that a folder bears an older number of the study, so that its record was left as it is."""
    what = f"{folder} is an older number of {number}; the folder and its record stay as they are"
    help_text = f"rename the folder to {number} (git mv), then run import {number}"
    return make("trial-alias", what, Span(path), help=help_text)


def alias_followed(asked: str, number: str, path: str) -> Diagnostic:
    """Return that a study was asked for by an older number, and lies under its present one."""
    what = f"{asked} is an older number of {number}; the record lies in the folder {number}"
    return make("trial-alias", what, Span(path), help=f"use {number} from now on")


def not_known(number: str, path: str, *, is_held: bool) -> Diagnostic:
    """Return that the registry does not have a number."""
    if is_held:
        what = f"The registry does not know {number} any more; the record that is here stays as it is"
        help_text = (
            f"look at https://clinicaltrials.gov/study/{number}; if the study was taken back, say so in its "
            "summary.md, or take the folder away"
        )
    else:
        what = f"The registry does not know {number}; nothing was written"
        help_text = (
            "compare the number with its source: a digit may be wrong, or the study is in another registry"
        )
    return make("unknown-trial", what, Span(path), help=help_text)


def _withheld(new: Trial, path: str, *, is_held: bool) -> Diagnostic:
    stays = "the record that is here stays as it is" if is_held else "nothing was written"
    what = f"The registry withholds what it knew of {new.nct_id}; {stays}"
    help_text = (
        f"look at https://clinicaltrials.gov/study/{new.nct_id}, then decide whether the page may stay"
    )
    return make("record-withheld", what, Span(path), help=help_text)


def _older(new: Trial, held: Trial, path: str) -> Diagnostic:
    what = f"The record that came is older ({_day(new)}) than the one that is here ({_day(held)}); it was left aside"
    help_text = "fetch it again, or say --allow-older if the older one is meant"
    return make("record-older", what, Span(path), help=help_text)


def _without_places(held: Trial, path: str) -> Diagnostic:
    count = len(held.locations)
    places = "its one place" if count == 1 else f"all its {count:,} places"
    what = f"The new record has lost {places}; it was written, since it is what the registry says"
    help_text = f"look at https://clinicaltrials.gov/study/{held.nct_id}; to keep the old one, undo the change of this file"
    return make("record-without-places", what, Span(path), help=help_text)


def _replaced(held: Held, new: Trial, path: str) -> Diagnostic:
    was = f"the record of {held.trial.nct_id}" if held.trial else "no whole record"
    what = f"What lay here was {was}; the record of {new.nct_id} has taken its place"
    help_text = "nothing to do; if somebody wrote into this file by hand, put that into trial.yaml"
    return make("record-replaced", what, Span(path), help=help_text)


def _day(trial: Trial) -> str:
    if trial.last_update_post_date:
        return f"updated {trial.last_update_post_date}, data of {trial.retrieved or 'an unknown day'}"
    return f"data of {trial.retrieved or 'an unknown day'}"
