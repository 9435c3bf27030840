"""An entry of a feed: what it says of one trial, made from the trial's card and the same in every feed.

Its identity depends on the trial's number alone. Its days are those of the content, and nothing in it depends on
the day of the build: a status is given with the day on which it was checked, and the reader judges.
"""

from __future__ import annotations

import uuid
from functools import lru_cache

from trialpages.model.card import Card
from trialpages.model.dates import show_date
from trialpages.pages.listing_items import kind_of_study, places, who_for
from trialpages.pages.page import View
from trialpages.pages.wording import status_mark
from trialpages.pages.xml_text import xml_text
from trialpages.site.cards import purpose_language
from trialpages.site.site import Site
from trialpages.words.language import _, record_language

NAMESPACE = uuid.UUID("cf473f0e-e34d-4f0e-b36d-b927291bb852")
"""Ours for ever: with another one every reader would show every trial as new."""

NO_DAY = "1970-01-01"
"""Stands where Atom wants a day and the content has none; the words of the entry say so."""


@lru_cache(maxsize=1 << 16)
def identity(key: str) -> str:
    """Return the permanent name of what a key names: `trial NCT00000001`, `condition headache`.

    Neither the site's name nor its address enters it, so that both may change.
    """
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, key)}"


def moment(day: str | None) -> str:
    """Return a day as Atom writes it: its first moment in UTC."""
    return f"{day or NO_DAY}T00:00:00Z"


def entry(site: Site, card: Card) -> View:
    """Return what the template of feeds shows of a trial; an empty text hides a part."""
    status = status_mark(card.overall_status)["label"]
    return {
        "id": identity(f"trial {card.trial_id}"),
        "title": xml_text(card.title),
        "lang": "" if card.has_own_title else record_language(),
        "url": f"trials/{card.trial_id}/",
        "updated": moment(card.lastmod),
        "published": moment(card.study_first_post_date) if card.study_first_post_date else "",
        "status": {"code": xml_text(card.overall_status or ""), "label": xml_text(status)},
        "conditions": [
            {"name": xml_text(link.text), "lang": record_language() if link.is_registered else ""}
            for link in site.condition_links(card)
        ],
        "news": news(card),
        "facts": [xml_text(fact) for fact in (status, *_facts(card)) if fact],
        "purpose": xml_text(card.purpose),
        "purpose_lang": purpose_language(card),
        "more": _("Read about this trial"),
    }


def news(card: Card) -> str:
    """Say whether a trial is new or has changed, and since when, as far as its facts tell."""
    changed, posted = card.lastmod, card.study_first_post_date
    if changed is None:
        return _("Its record gives no day on which it was posted or changed.")
    if changed == posted:
        return _("New: first posted on {day}.").format(day=show_date(posted))
    said = _("Changed on {day}.")
    if changed == card.last_update_post_date:
        said = _("Changed: its record was updated on {day}.")
    first = _("First posted on {day}.").format(day=show_date(posted)) if posted else ""
    return f"{said.format(day=show_date(changed))} {first}".rstrip()


def _facts(card: Card) -> tuple[str, ...]:
    """Return what a list shows beside the status, but without judging whether that is too old."""
    day = card.status_verified_date
    return (
        _("Status checked {day}").format(day=show_date(day)) if day else "",
        who_for(card),
        kind_of_study(card),
        places(card),
    )
