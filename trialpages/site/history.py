"""The history of one trial's page: what changed, when, and who changed it, from the versions of its content.

A version that cannot be read, that is a draft, or in which the trial was gone is passed over: the next sound one is
compared with the last sound one. The first version is no change. What the registry changed has the day of its record, what
the editors changed the day on which their change came into the content. A record that is older than one that was
there before it, as after a revert, is no change of the registry: the next newer one is compared with the newest.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from trialpages.model.change import Change
from trialpages.model.changes import changes
from trialpages.model.dates import is_after
from trialpages.model.trial import Trial
from trialpages.words.fields import record

REGISTRY = "registry"
EDITORS = "editors"


@record
class Version:
    """The content of one trial from a day on; None where there is nothing sound to compare."""

    day: str
    trial: Trial | None


@record
class News:
    """What changed on one day in one source, the latest first."""

    day: str
    source: str
    """`registry` or `editors`."""
    changes: tuple[Change, ...]


@record
class History:
    """What is known of the changes of one trial's page, the newest first."""

    news: tuple[News, ...] = ()
    added: str | None = None
    """The day on which the page was added; None when that was before the known history."""
    since: str | None = None
    """The day from which on changes are known, where the history does not go back to the beginning."""


NO_HISTORY = History()


def history(versions: Iterable[Version], since: str | None) -> History:
    """Return the history of the versions of a trial, the oldest first.

    `since` is the day of the first version when it is not the first that there was.
    """
    before: Trial | None = None
    newest: Trial | None = None
    added: str | None = None
    found: list[News] = []
    for version in versions:
        if added is None and not (version.trial and version.trial.draft):
            added = version.day
        if version.trial is None or version.trial.draft:
            continue
        if before is not None and newest is not None:
            found += _news(before, newest, version.trial, version.day)
        before = version.trial
        newest = version.trial if newest is None or not _is_older(version.trial, newest) else newest
    if not found:
        return NO_HISTORY
    return History(news=_by_day(found), added=None if since else added, since=since)


def _is_older(trial: Trial, newest: Trial) -> bool:
    """Return whether a trial's record is one that was replaced by a newer one before."""
    return is_after(newest.last_update_post_date, trial.last_update_post_date)


def _news(before: Trial, newest: Trial, after: Trial, day: str) -> Iterable[News]:
    """Yield what changed: the registry since the newest record, the editors since the version before."""
    told = _told(before, after)
    # Without a record of the registry all facts are the editors'.
    has_record = after.has_registry_record
    editorial = tuple(change for change in told if change.is_editorial or not has_record)
    registered: tuple[Change, ...] = ()
    if has_record and not _is_older(after, newest):
        since = told if newest is before else _told(newest, after)
        registered = tuple(change for change in since if not change.is_editorial)
    if registered:
        updated = after.last_update_post_date
        is_new = updated and updated != newest.last_update_post_date
        yield News(day=updated if updated and is_new else day, source=REGISTRY, changes=registered)
    if editorial:
        yield News(day=day, source=EDITORS, changes=editorial)


def _told(before: Trial, after: Trial) -> list[Change]:
    return [change for change in changes(before, after) if change.matters_to_readers]


def _by_day(found: list[News]) -> tuple[News, ...]:
    """Return one piece of news for each day and source, the newest day first; `found` is in the order of versions."""
    latest_first = found[::-1]
    latest_first.sort(key=lambda news: (news.day, news.source), reverse=True)
    return tuple(
        News(day=day, source=source, changes=tuple(change for news in same for change in news.changes))
        for (day, source), same in groupby(latest_first, key=lambda news: (news.day, news.source))
    )
