"""Lists that are too long for a trial's page: each has a page of its own, complete without script.

A section says so by an entry `long`: the name of the folder below the trial's page, the template, the
title, and what the template shows. The trial's page links there and loads the rest on demand from
a file that the section names in `files`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trialpages.pages.page import frame
from trialpages.pages.trial.section import View
from trialpages.read.config import Config
from trialpages.words.fields import record
from trialpages.words.language import _

TEMPLATES = ("trial_adverse_events.html", "trial_places.html")
"""All templates of long lists: they are part of the key of every trial's page."""


@record
class LongList:
    """A section's list that has a page of its own."""

    name: str
    """The folder below the trial's page: `adverse-events`, `places`."""
    template: str
    title: str
    content: View


@record
class LongPage:
    """A page beside a trial's page: where it lies from there, its template and its view."""

    name: str
    template: str
    view: View


def long_pages(view: Mapping[str, Any], config: Config) -> Iterator[LongPage]:
    """Yield the pages of a trial's long lists, from the view of the trial's page."""
    for section in view.values():
        found = section.get("long") if isinstance(section, dict) else None
        if not isinstance(found, LongList):
            continue
        home, search, trial = view["breadcrumb"]
        trial_url = str(view["url"])
        page = frame(
            config,
            f"{trial_url}{found.name}/",
            title=f"{found.title}: {view['title']}",
            description=found.title,
            crumbs=((search["title"], search["url"]), (trial["title"], trial_url), (found.title, None)),
            section="search/",
        )
        head = view["head"]
        yield LongPage(
            name=found.name,
            template=found.template,
            view={
                **page,
                "breadcrumb": [home, search, *page["breadcrumb"][2:]],  # type: ignore[index]
                "lang": view["lang"],
                "script": view["script"],
                "status": {**view["status"], "next_step": None},
                "robots": "noindex",
                "heading": found.title,
                "trial": {
                    "title": head["title"],
                    "lang": head["lang"],
                    "url": trial_url,
                    "back": _("Back to the page of this trial"),
                },
                **found.content,
            },
        )


def data_files(view: Mapping[str, Any]) -> dict[str, str]:
    """Return the files beside a trial's page that its sections load on demand, by name."""
    files: dict[str, str] = {}
    for section in view.values():
        named = section.get("files") if isinstance(section, dict) else None
        if isinstance(named, dict):
            files.update(named)
    return files
