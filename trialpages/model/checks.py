"""All checks across fields and across trials. A check is one function in a list; it yields diagnostics.

A fault in what the editors wrote is an error. A fault in the registry's own facts is a warning, since
editors cannot mend the record. A trial or file that has errors of its own causes no further ones in
those that point to it; what its own sound part points to is checked all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from trialpages.model.card import Card
from trialpages.model.checks_acronyms import check_acronyms
from trialpages.model.checks_adverse_events import check_adverse_events
from trialpages.model.checks_drift import check_drift, check_status_in_words
from trialpages.model.checks_facts import check_ages, check_dates, check_groups
from trialpages.model.checks_grade import check_grades
from trialpages.model.checks_pictures import check_pictures, check_translations
from trialpages.model.checks_references import check_plain_criteria, check_side_effect_groups
from trialpages.model.checks_words import check_words
from trialpages.model.mismatch import mismatches
from trialpages.model.places import FACTS, Places
from trialpages.model.shared_files import SharedFiles
from trialpages.model.trial import Trial
from trialpages.read.document import Location
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import ERROR, Diagnostic, Sink, Span
from trialpages.words.suggest import nearest

Check = Callable[[Trial, Places], Iterator[Diagnostic]]
Sources = Callable[[str], tuple[str, Mapping[str, bytes]]]
"""Returns the folder and the files, by name, of a trial; asked only when something is wrong."""

CHECKS: tuple[Check, ...] = (
    check_adverse_events,
    check_dates,
    check_ages,
    check_groups,
    check_plain_criteria,
    check_side_effect_groups,
    check_grades,
    check_words,
    check_pictures,
    check_translations,
    check_status_in_words,
    check_drift,
)
"""The checks of one trial, in the order of the page's sections."""


def check_trial(
    trial: Trial,
    files: Mapping[str, bytes],
    folder: str,
    sink: Sink,
    short_forms: frozenset[str] = frozenset(),
    record_path: str | None = None,
) -> None:
    """Check one trial across its fields.

    `files` are the folder's, by name, and none for a snapshot's record; `short_forms` are those that the
    glossary explains; `record_path` is where the record stands if not in the folder.
    """
    places = Places(trial.trial_id, folder, files, record_path)
    for check in CHECKS:
        sink.extend(check(trial, places))
    sink.extend(check_acronyms(trial, places, short_forms))


def check_site(
    cards: Sequence[Card], shared: SharedFiles, sink: Sink, sources: Sources | None = None
) -> None:
    """Check what trials say of each other and of the shared files.

    `cards` may hold those of faulty trials (`Card.is_faulty`), so that all faults are told in one run.
    Without `sources` a fault is told with the trial's file, but without its line.
    """
    reported = _Reported(sink)
    found: list[Diagnostic] = []
    by_id = {card.trial_id: card for card in cards}
    slugs = tuple(file.slug for file in shared.treatments)
    found.extend(_check_numbers([card for card in cards if not card.is_faulty], sources))
    for card in cards:
        places = _Lazy(card.trial_id, sources)
        found.extend(_check_treatments(card, slugs, reported, places))
        found.extend(_check_similar(card, by_id, reported, places))
        found.extend(_check_source(card, by_id, reported, places))
    sink.extend(found)


class _Lazy:
    """The places of one trial, read when the first fault needs them."""

    def __init__(self, trial_id: str, sources: Sources | None) -> None:
        self._trial_id = trial_id
        self._sources = sources
        self._places: Places | None = None

    def fault(self, code: str, what: str, location: Location, help_text: str) -> Diagnostic:
        if self._sources is None:
            return make(code, what, Span(f"trials/{self._trial_id}/{FACTS}"), help_text)
        if self._places is None:
            self._places = Places(self._trial_id, *self._sources(self._trial_id))
        return self._places.fault(code, what, location, help=help_text)


class _Reported:
    """Files with errors so far: who points to what they should have made is not to blame."""

    def __init__(self, sink: Iterable[Diagnostic]) -> None:
        self._paths = frozenset(each.span.path for each in sink if each.severity == ERROR)

    def trial(self, trial_id: str) -> bool:
        """Return whether a trial has errors of its own."""
        return any(f"/{trial_id}/" in f"/{path}" or path.endswith(f"{trial_id}.json") for path in self._paths)

    def file(self, folder: str, slug: str) -> bool:
        """Return whether a shared file has errors of its own."""
        return any(f"/{path}".endswith(f"/{folder}/{slug}.yaml") for path in self._paths)


def _check_numbers(cards: Sequence[Card], sources: Sources | None) -> Iterator[Diagnostic]:
    """Yield trials that claim a number of another: as their own, in another letter case, or as an older one."""
    owners: dict[str, str] = {}
    for card in cards:
        first = owners.setdefault(card.trial_id.casefold(), card.trial_id)
        if first != card.trial_id:
            what = f"'{card.trial_id}' and '{first}' differ in letter case only: one address"
            yield _Lazy(card.trial_id, sources).fault(
                "duplicate-trial", what, (), "keep one of the two folders"
            )
    for card in cards:
        for index, alias in enumerate(card.aliases):
            owner = owners.setdefault(alias.casefold(), card.trial_id)
            if owner != card.trial_id:
                what = f"{alias}, an older number of {card.trial_id}, is also a number of {owner}"
                help_text = f"keep one of the two trials, {card.trial_id} or {owner}"
                place = ("nct_id_aliases", index)
                yield _Lazy(card.trial_id, sources).fault("duplicate-trial", what, place, help_text)


def _check_treatments(
    card: Card, slugs: tuple[str, ...], reported: _Reported, places: _Lazy
) -> Iterator[Diagnostic]:
    named: list[tuple[Location, str]] = [
        (("treatments", index), slug) for index, slug in enumerate(card.treatments)
    ]
    named += [
        (("interventions", index, "treatment"), item.treatment)
        for index, item in enumerate(card.interventions)
        if item.treatment
    ]
    for place, slug in named:
        if slug in slugs or reported.file("treatments", slug):
            continue
        guess = nearest(slug, slugs)
        help_text = f"did you mean '{guess}'?" if guess else f"add treatments/{slug}.yaml"
        yield places.fault("unknown-reference", f"There is no treatment '{slug}'", place, help_text)


def _check_similar(
    card: Card, by_id: Mapping[str, Card], reported: _Reported, places: _Lazy
) -> Iterator[Diagnostic]:
    for index, trial_id in enumerate(card.similar):
        place = ("similar", index)
        if trial_id == card.trial_id:
            what = "A trial is not similar to itself"
            yield places.fault("unknown-reference", what, place, "take this number away")
        elif trial_id not in by_id and not reported.trial(trial_id):
            yield _unknown_trial(trial_id, by_id, place, places)


def _unknown_trial(trial_id: str, by_id: Mapping[str, Card], place: Location, places: _Lazy) -> Diagnostic:
    guess = nearest(trial_id, by_id)
    help_text = f"did you mean '{guess}'?" if guess else f"add the trial, or take {trial_id} away"
    return places.fault("unknown-reference", f"There is no trial '{trial_id}' on this site", place, help_text)


def _check_source(
    card: Card, by_id: Mapping[str, Card], reported: _Reported, places: _Lazy
) -> Iterator[Diagnostic]:
    """Check whose side effects the page borrows, by the editors' choice."""
    choice = card.side_effects
    if choice is None or not choice.source or choice.source == card.trial_id or not choice.show:
        return
    place = ("side_effects", "source")
    source = by_id.get(choice.source)
    if source is None:
        if not reported.trial(choice.source):
            yield _unknown_trial(choice.source, by_id, place, places)
        return
    if card.has_adverse_events and not card.adverse_event_groups:
        what = f"{card.trial_id} posted results of its own, and they list no health problem"
        yield places.fault("source-over-own-results", what, place, "take `source:` away")
        return
    if source.is_faulty:
        return
    if not source.adverse_event_groups:
        what = f"{choice.source} has no counted health problems to show"
        yield places.fault("source-without-counts", what, place, "choose a trial with posted results")
        return
    if not _is_dated(source):
        what = f"Nothing tells when {choice.source} took place"
        help_text = f"add `start_date:` or `completion_date:` to {choice.source}"
        yield places.fault("source-without-date", what, place, help_text)
    known = tuple(group.id for group in source.adverse_event_groups)
    for index, group_id in enumerate(choice.groups):
        if group_id not in known:
            guess = nearest(group_id, known)
            help_text = f"did you mean '{guess}'?" if guess else f"its groups are: {', '.join(known)}"
            what = f"{choice.source} has no group '{group_id}'"
            yield places.fault("unknown-reference", what, ("side_effects", "groups", index), help_text)
    differs = () if card.is_faulty else mismatches(card, source)
    if differs and not choice.mismatch_note:
        words = " and ".join({"age": "the ages", "condition": "the conditions"}[each] for each in differs)
        what = f"The people of {choice.source} differ from this trial's in {words}"
        help_text = "say so for readers in `mismatch_note:` below `side_effects:`"
        yield places.fault("mismatch-not-acknowledged", what, place, help_text)


def _is_dated(card: Card) -> bool:
    dates = (card.start_date, card.primary_completion_date, card.completion_date)
    return any(each is not None for each in dates) or card.study_first_post_date is not None
