"""The feed of one trial: an entry for each day on which the registry or the editors changed it (Atom, RFC 4287).

A trial of which no change is known has none. An entry's identity is made from the trial's number, the day and who made
the change, so it is the same in every copy of the content, however much of the history this holds.
"""

from __future__ import annotations

from trialpages.model import titles
from trialpages.model.trial import Trial
from trialpages.pages.feed_entries import identity, moment
from trialpages.pages.feeds import ENTRIES, FEED
from trialpages.pages.page import View, absolute
from trialpages.pages.trial.change_groups import sentences, source_words
from trialpages.pages.wording import link_parts
from trialpages.pages.xml_text import xml_text
from trialpages.read.config import Config
from trialpages.site.history import History, News
from trialpages.words.language import _, amount, is_english, number

ANCHOR = "#what-changed"


def feed_link(trial: Trial) -> View:
    """Return what the trial's page shows of its feed: a link in its head, and a sentence for people."""
    sentence = _(
        "<a>Follow changes to this trial (feed)</a>. Copy this link into a feed reader: "
        "an app that shows what is new on sites that you choose."
    )
    return {"title": _title(trial), "url": f"{_page(trial)}{FEED}", **link_parts(sentence)}


def change_feed(trial: Trial, history: History, config: Config) -> View | None:
    """Return the view of a trial's feed; None where no change is known."""
    if not history.news:
        return None
    entries = [_entry(trial, news) for news in history.news[:ENTRIES]]
    return {
        "id": identity(f"changes {trial.trial_id}"),
        "title": xml_text(_title(trial)),
        "url": f"{_page(trial)}{FEED}",
        "page_url": _page(trial),
        "base": absolute(config, ""),
        "author": xml_text(config.owner or config.name),
        "updated": moment(history.news[0].day),
        "about": _about(),
        "entries": entries,
    }


def _entry(trial: Trial, news: News) -> View:
    told = sentences(news)
    title = told[0]
    if len(told) > 1:
        title = amount(
            len(told) - 1,
            "{sentence} And {count} more change.",
            "{sentence} And {count} more changes.",
            sentence=title,
        )
    return {
        "id": identity(f"changes {trial.trial_id} {news.source} {news.day}"),
        "title": xml_text(title),
        "lang": "",
        "url": f"{_page(trial)}{ANCHOR}",
        "updated": moment(news.day),
        "published": "",
        "status": {"code": "", "label": ""},
        "conditions": [],
        "news": source_words(news),
        "facts": [xml_text(sentence) for sentence in told],
        "purpose": "",
        "purpose_lang": "",
        "more": _("Read about this trial"),
    }


def _title(trial: Trial) -> str:
    """Return the feed's title; a title in the registry's words, which are English, stands in English feeds only."""
    name = titles.title(trial) if is_english() or titles.own_title(trial) else trial.trial_id
    return _("What has changed: {title}").format(title=name)


def _page(trial: Trial) -> str:
    return f"trials/{trial.trial_id}/"


def _about() -> list[str]:
    return [
        _(
            "This is a feed. Copy its address into a feed reader: an app that shows what is new on sites that you choose."
        ),
        _("It holds what has changed in one trial: up to {count} days, the newest first.").format(
            count=number(ENTRIES)
        ),
    ]
