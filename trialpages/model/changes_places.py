"""How the places of a trial changed: which opened, which closed, which came and went.

A place is the same one while its name or its town stays. When the trial itself opens or closes, the places follow
it; then only the trial's status is a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from trialpages.model.change import Change
from trialpages.model.labels import site_is_open
from trialpages.model.trial import Location, Trial

OPEN = "RECRUITING"
Key = tuple[str, ...]
Pair = tuple[Location, Location]

KEYS: tuple[Callable[[Location], Key], ...] = (
    lambda place: (*_texts(place.facility, place.zip), *_town(place)),
    lambda place: (*_texts(place.facility), *_town(place)),
    lambda place: (*_texts(place.zip), *_town(place)),
    lambda place: _town(place),
)
"""By what two places are one and the same, the surest first; equal ones pair in their order."""


def place_changes(before: Trial, after: Trial) -> Iterator[Change]:
    """Yield what changed in the places, each kind counted once."""
    if before.locations == after.locations:
        return
    pairs, gone, new = paired(before.locations, after.locations)
    if before.overall_status == OPEN == after.overall_status:
        yield from _opened_and_closed(before, after, pairs, gone, new)
        gone = [place for place in gone if place.status != OPEN]
        new = [place for place in new if place.status != OPEN]
    yield from _came_and_went(before, after, gone, new)


def paired(
    before: Sequence[Location], after: Sequence[Location]
) -> tuple[list[Pair], list[Location], list[Location]]:
    """Return the places of both lists as pairs, those that only the first has, and those that only the second has."""
    pairs: list[Pair] = []
    gone = list(before)
    new = dict(enumerate(after))
    for key in KEYS:
        waiting: dict[Key, list[int]] = {}
        for position, place in new.items():
            waiting.setdefault(key(place), []).append(position)
        left = []
        for place in gone:
            found = waiting.get(key(place))
            if found:
                pairs.append((place, new.pop(found.pop(0))))
            else:
                left.append(place)
        gone = left
    return pairs, gone, list(new.values())


def _opened_and_closed(
    before: Trial, after: Trial, pairs: Sequence[Pair], gone: Sequence[Location], new: Sequence[Location]
) -> Iterator[Change]:
    opened = [now for was, now in pairs if was.status != OPEN and now.status == OPEN and was.status]
    opened += [place for place in new if place.status == OPEN]
    closed = [was for was, now in pairs if was.status == OPEN and now.status not in (OPEN, None)]
    closed += [place for place in gone if place.status == OPEN]
    if opened:
        yield _change("places-opened", opened, _open_places(after), matters=True)
    if closed:
        yield _change("places-closed", closed, _open_places(before), matters=True)


def _came_and_went(
    before: Trial, after: Trial, gone: Sequence[Location], new: Sequence[Location]
) -> Iterator[Change]:
    """Yield places that are listed anew or no longer; a reader cares where such a place may take people."""
    if new:
        may_be_open = after.overall_status == OPEN and any(place.status is None for place in new)
        yield _change("places-added", new, len(after.locations), matters=may_be_open)
    if gone:
        was_open = before.overall_status == OPEN and any(place.status is None for place in gone)
        yield _change("places-removed", gone, len(before.locations), matters=was_open)


def _change(kind: str, places: Sequence[Location], total: int, *, matters: bool) -> Change:
    towns = tuple(dict.fromkeys(place.city for place in places if place.city))
    return Change(
        kind=kind,
        field="locations",
        count=len(places),
        total=total,
        names=towns,
        matters_to_readers=matters,
    )


def _open_places(trial: Trial) -> int:
    return sum(site_is_open(trial.overall_status, place.status) for place in trial.locations)


def _town(place: Location) -> Key:
    return _texts(place.city, place.country)


def _texts(*texts: str | None) -> Key:
    return tuple(" ".join((text or "").casefold().split()) for text in texts)
