"""What may be said of how many trials are open: only what their records say, and how sure that is.

A status is what the study team last put down, so a trial is `listed as open`. Whether it was confirmed
in the last six months is said beside every count; where neither that nor its contrary is certain, the
words are that the status may have changed. No clock: the day of the build has marked the cards, and
the newest day that the site knows of (`Site.newest_day`) is a day that has surely come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialpages.model.card import Card
from trialpages.model.dates import latest_day
from trialpages.model.freshness import is_recent
from trialpages.site.order import is_open
from trialpages.words.language import _, amount, number


def confirmed_sentence(cards: Iterable[Card], newest_day: str | None = None) -> str:
    """Say of those trials that are listed as open how many were confirmed lately; nothing when there is none."""
    opened = [card for card in cards if is_open(card)]
    confirmed = sum(1 for card in opened if _is_confirmed(card))
    stale = sum(1 for card in opened if card.status_is_stale)
    unconfirmed = sum(1 for card in opened if _is_unconfirmed(card, newest_day))
    count = len(opened)
    if count == 1:
        return _of_one(confirmed, unconfirmed, stale)
    if count and confirmed == count:
        return _("All of them were confirmed in the last six months.")
    if count and unconfirmed == count:
        return _("None of them was confirmed in the last six months.")
    if confirmed and confirmed + unconfirmed == count:
        return amount(
            confirmed,
            "{count} of them was confirmed in the last six months.",
            "{count} of them were confirmed in the last six months.",
        )
    if not stale:
        return ""
    if stale == count:
        return _("The status of all of them may have changed.")
    return amount(
        stale,
        "The status of {count} of them may have changed.",
        "The status of {count} of them may have changed.",
    )


def listed_sentence(cards: Sequence[Card], newest_day: str | None = None) -> str:
    """Say how many of the trials of a list are listed as open, and how many of these were confirmed lately."""
    opened = sum(map(is_open, cards))
    count = len(cards)
    if count == 1:
        said = _("It is listed as open.") if opened else _("It is not listed as open.")
    elif opened == count:
        said = _("All of them are listed as open.")
    elif not opened:
        said = _("None of them is listed as open.")
    else:
        said = amount(
            opened,
            "{count} of these {all} is listed as open.",
            "{count} of these {all} are listed as open.",
            all=number(count),
        )
    return " ".join(sentence for sentence in (said, confirmed_sentence(cards, newest_day)) if sentence)


def _of_one(confirmed: int, unconfirmed: int, stale: int) -> str:
    if confirmed:
        return _("This was confirmed in the last six months.")
    if unconfirmed:
        return _("This was not confirmed in the last six months.")
    return _("Its status may have changed.") if stale else ""


def _is_confirmed(card: Card) -> bool:
    return card.overall_status == "RECRUITING" and not card.status_is_stale


def _is_unconfirmed(card: Card, newest_day: str | None) -> bool:
    """Say whether a stale status is surely old: an old copy or a passed end date alone does not say so."""
    if not card.status_is_stale:
        return False
    known = latest_day(newest_day or card.retrieved)
    return card.status_verified_date is None or (
        known is not None and not is_recent(card.status_verified_date, known)
    )
