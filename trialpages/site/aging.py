"""What the day of the check makes old: copies of records, statuses, reviews. Each is a note.

The day alone must never turn a good site into one that is refused, so none of this stops anything. A trial
with a folder is told at its file. The records of a registry file are told together, at that file: editors
renew it as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import date

from trialpages.model.card import Card
from trialpages.model.dates import latest_day, show_date
from trialpages.model.places import Places
from trialpages.read.config import Config
from trialpages.site.staleness import status_freshness
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span

REVIEW_LASTS_DAYS = 730
SUMMARY = "summary.md"

Sources = Callable[[str], tuple[str, Mapping[str, bytes]]]
"""Returns the folder and the files, by name, of a trial; asked only when something is old."""

COUNTED = {
    "end_passed": "past the day on which they were to end",
    "copy_very_old": "copied more than half a year ago",
    "not_confirmed": "not confirmed for six months",
    "copy_old": "copied too long ago",
}
"""Why records are old, as a count's words."""


def check_aging(
    cards: Iterable[Card], records: Set[str], config: Config, today: date, sources: Sources
) -> Iterator[Diagnostic]:
    """Yield what is old on that day: each trial's status and review, and the registry file's records in one.

    `records` are the ids of the trials that only the registry file has.
    """
    reasons: Counter[str] = Counter()
    old_records = 0
    for card in cards:
        found = status_freshness(card, config, today).reasons
        if card.trial_id in records:
            reasons.update(found)
            old_records += bool(found)
            continue
        is_unread = _is_too_old(card.reviewed_on, today)
        if not found and not is_unread:
            continue
        places = Places(card.trial_id, *sources(card.trial_id))
        if found:
            yield _old_status(card, found, today, places, config.registry)
        if is_unread:
            what = f"The summary was last reviewed on {show_date(card.reviewed_on)}"
            help_text = "read it again beside its sources, then renew `reviewed_on:`"
            yield make("review-too-old", what, Span(places.path(SUMMARY)), help_text)
    if old_records:
        yield _old_file(config, len(records), old_records, reasons)


def _old_status(
    card: Card, found: tuple[str, ...], today: date, places: Places, registry: str | None
) -> Diagnostic:
    worst, *others = [_told(card, reason, today) for reason in found]
    help_text = f"renew the record: python build.py import --refresh {card.trial_id}"
    if places.has("registry.json") or not places.has("trial.yaml"):
        in_folder = places.has("registry.json") or registry is None
        span = Span(places.path("registry.json") if in_folder else registry or "")
        return make("stale-record", worst, span, help_text, notes=tuple(others))
    return places.fault("stale-record", worst, ("retrieved",), (), help=help_text, notes=tuple(others))


def _told(card: Card, reason: str, today: date) -> str:
    if reason == "end_passed":
        end = card.completion_date or card.primary_completion_date
        return f"The status is RECRUITING, but the study was to end by {show_date(end.date if end else None)}"
    if reason == "not_confirmed":
        return f"The status was last confirmed in {show_date(card.status_verified_date)}"
    copied = latest_day(card.retrieved)
    return f"The facts were taken from the registry {(today - copied).days if copied else 0:,} days ago"


def _old_file(config: Config, records: int, old: int, reasons: Counter[str]) -> Diagnostic:
    what = f"{old:,} of {records:,} records in this file may be out of date"
    notes = tuple(f"{reasons[reason]:,} {words}" for reason, words in COUNTED.items() if reasons[reason])
    help_text = "download the file again, or renew single records: python build.py import --refresh"
    return make("stale-record", what, Span(config.registry or ""), help_text, notes=notes)


def _is_too_old(day: str | None, today: date) -> bool:
    reviewed = latest_day(day)
    return reviewed is not None and (today - reviewed).days > REVIEW_LASTS_DAYS
