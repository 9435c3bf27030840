"""What has changed: the changes of the registry and of the editors that readers care about, the newest first.

It stands just before the sources: whoever asks how fresh the page is finds the changes, the days of the record and the
reviews in one place, and whoever comes back finds it in the list of contents.
"""

from __future__ import annotations

from itertools import groupby

from trialpages.model.dates import show_date
from trialpages.model.trial import Trial
from trialpages.pages.trial.change_feed import feed_link
from trialpages.pages.trial.change_groups import source_words, told
from trialpages.pages.trial.marks import moment
from trialpages.pages.trial.section import View, section
from trialpages.site.history import History
from trialpages.words.language import _, amount

SHOWN = 8
"""Changes that stand open; the rest can be unfolded."""


def what_changed_view(trial: Trial, history: History) -> View | None:
    """Return the changes of a trial; nothing where none is known."""
    found = [(news.day, source_words(news), change) for news in history.news for change in told(news)]
    if not found:
        return None
    rest = found[SHOWN:]
    return section(
        "what-changed",
        shown=_groups(found[:SHOWN]),
        rest=_groups(rest),
        summary=amount(len(rest), "{count} earlier change", "{count} earlier changes") if rest else "",
        ends=_end(history),
        feed=feed_link(trial),
    )


def _groups(found: list[tuple[str, str, View]]) -> list[View]:
    return [
        {"day": moment(day), "source": source, "changes": [change for _day, _source, change in same]}
        for (day, source), same in groupby(found, key=lambda each: each[:2])
    ]


def _end(history: History) -> str:
    """Say where the list ends: with the page's first day, or because no more is known."""
    if history.added:
        return _("This page was added on {day}.").format(day=show_date(history.added))
    if history.since:
        return _("Changes before {day} are not listed here.").format(day=show_date(history.since))
    return ""
