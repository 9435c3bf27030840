"""What stands where a page was: a page that leads on, or one that says that the page is gone, and the same as a feed.

A page that is gone says nothing of what stood there: a fact that was wrong must not live on. It names the trial's
number, the day and the reason where they are known, and ways to go on. None of these pages is in a list, in the
search or in the sitemap. A page that leads on does so without a script, and has a link for whoever stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import urlsplit

from trialpages.model.dates import show_date
from trialpages.model.former_page import FormerPage, FormerPages
from trialpages.model.vocabulary import NctId
from trialpages.pages.feed_entries import identity, moment
from trialpages.pages.feeds import FEED
from trialpages.pages.feeds import KIND as FEED_KIND
from trialpages.pages.page import Page, View, absolute, frame, output_path
from trialpages.pages.structured_data import REGISTRY_PAGE
from trialpages.pages.wording import link_parts, sentence
from trialpages.pages.xml_text import xml_text
from trialpages.read.config import Config
from trialpages.site.site import Site
from trialpages.words.fields import Shape, record
from trialpages.words.language import _, record_language
from trialpages.words.shapes import pattern

KIND = "former"
GONE = "former-page.html"
MOVED = "former-page-moved.html"
TRIAL, LIST, OTHER = "trial", "list", "page"

PERMANENT, NO_LONGER = 301, 410
"""The answers of servers that can give them: moved for ever, and gone."""

LISTS = {
    "conditions": "conditions/",
    "treatments": "treatments/",
    "sponsors": "sponsors/",
    "browse": "browse/",
}
"""Where readers of a list that is gone find the others, by the first part of its address."""


@record
class Redirect:
    """What a server can say of a former page: both addresses from the site's root, or the target as a full one.

    With the status 410 the target is the file that the answer shows.
    """

    source: str
    target: str
    status: int


def redirects(former: FormerPages) -> tuple[Redirect, ...]:
    """Return what servers can be told, in the order of addresses; hosts that cannot be told show the pages alone."""
    return tuple(
        Redirect(source=page.page, target=page.moved_to, status=PERMANENT)
        if page.moved_to
        else Redirect(source=page.page, target=output_path(page.page), status=NO_LONGER)
        for page in former.pages
    )


def former_pages(site: Site, config: Config, former: FormerPages) -> Iterator[Page]:
    """Yield the pages in place of those that are gone, and feeds for those that may have had one."""
    for page in former.pages:
        make_view = (
            partial(moved_view, config, page) if page.moved_to else partial(gone_view, site, config, page)
        )
        template = MOVED if page.moved_to else GONE
        yield Page(url=page.page, kind=KIND, template=template, make_view=make_view, indexed=False)
        if page.since and feed_key(page):
            view = partial(last_feed_view, config, page)
            yield Page(url=f"{page.page}{FEED}", kind=FEED_KIND, template=FEED, make_view=view, indexed=False)


def listed(former: Iterable[FormerPage]) -> list[dict[str, str | None]]:
    """Return the former pages as `site.json` lists them; reasons are for readers and stay on the pages."""
    return [
        {"page": page.page, "moved_to": page.moved_to or None, "since": page.since or None, "by": page.by}
        for page in former
    ]


def redirects_listed(site_json: bytes) -> tuple[Redirect, ...]:
    """Return the same from a built site's own `site.json`."""
    pages = tuple(
        FormerPage(page=each["page"], by=each["by"], moved_to=each["moved_to"] or "")
        for each in json.loads(site_json)["former_pages"]
    )
    return redirects(FormerPages(pages=pages))


def kind_of(page: FormerPage) -> str:
    """Say what a former page was, as far as its address tells."""
    if page.trial_id:
        return TRIAL
    return LIST if page.page.partition("/")[0] in LISTS else OTHER


def gone_view(site: Site, config: Config, page: FormerPage) -> View:
    """Return the view of a page that says that another is gone."""
    kind = kind_of(page)
    title = {
        TRIAL: _("This trial is no longer on this site"),
        LIST: _("This list is no longer on this site"),
        OTHER: _("This page is no longer on this site"),
    }[kind]
    return {
        **frame(config, page.page, title=title, description=_taken_down(page)),
        "canonical": "",
        "json_ld": "",
        "robots": "noindex",
        "reason": sentence(page.reason),
        "meaning": _meaning(kind),
        "record": _record(page),
        "lists": _condition_lists(site, page) if kind == TRIAL else [],
        "others": _other_lists(page) if kind == LIST else None,
        "search": link_parts(_("<a>Search for other trials</a>")),
    }


def _new_place(page: FormerPage) -> str:
    """Say where a page has moved."""
    if page.is_elsewhere:
        host = urlsplit(page.moved_to).hostname or ""
        return _("The page is now on another site: {site}.").format(site=host)
    return _("The page has a new address on this site.")


def moved_view(config: Config, page: FormerPage) -> View:
    """Return the view of a page that leads on; a search engine takes the new address for the old one."""
    return {
        **frame(config, page.page, title=_("This page has moved"), description=_new_place(page)),
        "canonical": page.moved_to if page.is_elsewhere else absolute(config, page.moved_to),
        "json_ld": "",
        "target": page.moved_to,
        "is_elsewhere": page.is_elsewhere,
        "way": link_parts(_("<a>Go to the new page</a>")),
    }


def _taken_down(page: FormerPage) -> str:
    """Say which page is gone, and since when."""
    day = show_date(page.since)
    if page.trial_id and day:
        return _("We took down the page about {trial} on {day}.").format(trial=page.trial_id, day=day)
    if page.trial_id:
        return _("We took down the page about {trial}.").format(trial=page.trial_id)
    return _("It was taken down on {day}.").format(day=day) if day else _("It was taken down.")


def _meaning(kind: str) -> list[str]:
    """Say what it means, and what it does not mean, that a page is gone."""
    if kind == TRIAL:
        return [
            _("This does not tell you whether the trial is open, has ended or was stopped."),
            _("Do you take part in this trial? Then your study team can answer your questions."),
        ]
    return [_("The list may have a new name, or it may hold no trials now.")] if kind == LIST else []


def _record(page: FormerPage) -> View | None:
    """Return the way to the registry's record, for a trial that is known by its number there."""
    (shape,) = (mark for mark in NctId.__metadata__ if isinstance(mark, Shape))  # type: ignore[attr-defined]
    if not pattern(shape.pattern).fullmatch(page.trial_id):
        return None
    said = _("ClinicalTrials.gov may still have a record of it. <a>Look for {trial} there</a>.")
    return {"url": f"{REGISTRY_PAGE}{page.trial_id}", **link_parts(said.format(trial=page.trial_id))}


def _condition_lists(site: Site, page: FormerPage) -> list[View]:
    topics = (site.conditions.named(name) for name in page.conditions)
    found = {topic.url: topic for topic in topics if topic is not None and topic.trial_ids}
    return [
        {"url": topic.url, "title": topic.name, "lang": record_language() if topic.is_registered else ""}
        for topic in found.values()
    ]


def _other_lists(page: FormerPage) -> View:
    folder = page.page.partition("/")[0]
    said = {
        "conditions": _("See the <a>list of all conditions</a>."),
        "treatments": _("See the <a>list of all treatments</a>."),
        "sponsors": _("See the <a>list of all sponsors</a>."),
        "browse": _("See <a>all lists of trials</a>."),
    }[folder]
    return {"url": LISTS[folder], **link_parts(said)}


def feed_key(page: FormerPage) -> str:
    """Return the key of the feed that a page may have had, from which its permanent name is made; empty for none."""
    if page.trial_id:
        return f"changes {page.trial_id}"
    parts = page.page.removesuffix("/").split("/")
    if len(parts) == 2 and parts[0] in ("conditions", "treatments", "sponsors"):
        return f"feed {parts[0].removesuffix('s')} {parts[1]}"
    return f"feed {parts[1]} {parts[2]}" if len(parts) == 3 and parts[0] == "browse" else ""


def last_feed_view(config: Config, page: FormerPage) -> View:
    """Return the last state of a feed: one entry, which tells its followers that nothing more will come."""
    gone = (
        _("This trial is no longer on this site")
        if page.trial_id
        else _("This list is no longer on this site")
    )
    title = _("This page has moved") if page.moved_to else gone
    said = _("This feed has ended. No news will come here.")
    return {
        "id": identity(feed_key(page)),
        "title": xml_text(title),
        "url": f"{page.page}{FEED}",
        "page_url": page.page,
        "base": absolute(config, ""),
        "author": xml_text(config.owner or config.name),
        "updated": moment(page.since),
        "about": [said],
        "entries": [
            {
                "id": identity(f"end of {feed_key(page)} {page.since}"),
                "title": xml_text(title),
                "lang": "",
                "url": page.page,
                "updated": moment(page.since),
                "published": "",
                "status": {"code": "", "label": ""},
                "conditions": [],
                "news": said,
                "facts": [xml_text(_new_place(page) if page.moved_to else _taken_down(page))],
                "purpose": "",
                "purpose_lang": "",
                "more": _("Read more"),
            }
        ],
    }
