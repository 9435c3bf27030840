"""The lists from A to Z of all conditions, treatments and sponsors.

A short list stands on one page under its letters. A long one has a page for each letter, in pages
of a fixed size. A name belongs to the Latin letter that it begins with, accents aside; names that
begin with anything else stand together at the end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from trialpages.pages.listing_views import has_people
from trialpages.pages.page import Page, View, frame
from trialpages.pages.paging import Part, list_view, part_url, parts, title_of_part
from trialpages.pages.topic_views import PLURALS, WITH_PEOPLE
from trialpages.pages.wording import counted, number
from trialpages.read.config import Config
from trialpages.site.site import Site
from trialpages.site.topics import Topic, TopicIndex

LONGEST_SINGLE_PAGE = 500
"""Names on one page; a phone still draws them at once."""

OTHER = "0 to 9 and other signs"
INTRODUCTIONS = {
    "condition": "Illnesses and states of health that trials on this site are about.",
    "treatment": "What trials on this site give or do. Placebos are left out.",
    "sponsor": "Who runs trials on this site or helps to run them.",
}
PEOPLE_INTRODUCTION = "Who runs trials on this site or helps to run them, and people who work on them."


def topic_index_pages(site: Site, config: Config) -> Iterator[Page]:
    """Yield the list from A to Z of each kind of topic."""
    for index in site.topic_indexes():
        letters = by_letter(index.topics)
        is_short = len(index.topics) <= LONGEST_SINGLE_PAGE
        yield Page(
            url=index_url(index),
            kind="index",
            template="topic_index.html",
            make_view=partial(short_view if is_short else long_view, config, index),
        )
        if is_short:
            continue
        for letter, topics in letters.items():
            for part in parts(len(topics), LONGEST_SINGLE_PAGE):
                yield Page(
                    url=part_url(letter_url(index, letter), part.number),
                    kind="index",
                    template="topic_index.html",
                    make_view=partial(letter_view, config, index, letter, topics, part),
                )


def index_url(index: TopicIndex) -> str:
    """Return the address of a list from A to Z."""
    return f"{index.kind}s/"


def letter_url(index: TopicIndex, letter: str) -> str:
    """Return the address of the part of a long list that holds one letter."""
    return f"{index_url(index)}a-z/{letter_id(letter)}/"


def letter_id(letter: str) -> str:
    """Return a letter as it stands in an address or an anchor."""
    return "other" if letter == OTHER else letter.lower()


def letter_of(name: str) -> str:
    """Return the letter under which a name stands."""
    first = unicodedata.normalize("NFKD", name.lstrip("'\"‘“([ "))[:1].upper()
    return first if "A" <= first <= "Z" else OTHER


def by_letter(topics: Iterable[Topic]) -> dict[str, tuple[Topic, ...]]:
    """Return topics under their letters, A to Z, then the others."""
    found: dict[str, list[Topic]] = {}
    for topic in topics:
        found.setdefault(letter_of(topic.name), []).append(topic)
    return {
        letter: tuple(found[letter]) for letter in sorted(found, key=lambda letter: (letter == OTHER, letter))
    }


def short_view(config: Config, index: TopicIndex) -> View:
    """Return the view of a list that stands on one page."""
    letters = by_letter(index.topics)
    return {
        **_frame(config, index, index_url(index), _title(index), None),
        "lede": f"{_introduction(index)} {_count(index)}",
        "letters": [{"text": letter, "url": None, "id": letter_id(letter)} for letter in letters],
        "groups": [
            {"title": letter, "id": letter_id(letter), "links": topic_links(topics)}
            for letter, topics in letters.items()
        ],
        "by_count": "",
        "shown": "",
        "list": None,
    }


def long_view(config: Config, index: TopicIndex) -> View:
    """Return the view that leads to the letters of a long list."""
    letters = by_letter(index.topics)
    return {
        **_frame(config, index, index_url(index), _title(index), None),
        "lede": f"{_introduction(index)} {_count(index)} Choose the first letter.",
        "letters": _letter_links(index, letters),
        "groups": [
            {
                "title": "",
                "id": "letters",
                "links": [
                    {
                        "text": letter,
                        "url": letter_url(index, letter),
                        "count": f"{number(len(topics))} {index.kind}s",
                    }
                    for letter, topics in letters.items()
                ],
            }
        ],
        "by_count": f"browse/{index.kind}/",
        "shown": "",
        "list": None,
    }


def letter_view(config: Config, index: TopicIndex, letter: str, topics: Sequence[Topic], part: Part) -> View:
    """Return the view of one page of one letter of a long list."""
    base = letter_url(index, letter)
    title = title_of_part(f"{_title(index)}: {letter}", part)
    return {
        **_frame(config, index, part_url(base, part.number), title, letter),
        "lede": f"{number(len(topics))} of {number(len(index.topics))} {index.kind}s on this site stand under {letter}.",
        "letters": _letter_links(index, by_letter(index.topics)),
        "groups": [{"title": "", "id": "names", "links": topic_links(topics[part.start : part.stop])}],
        "by_count": "",
        "shown": f"Page {part.number} of {part.count}." if part.count > 1 else "",
        "list": list_view(base, part),
    }


def topic_links(topics: Iterable[Topic]) -> list[View]:
    """Return links to topics with the number of their trials."""
    return [
        {"text": topic.name, "url": topic.url, "count": counted(len(topic.trial_ids), "trial")}
        for topic in topics
    ]


def _letter_links(index: TopicIndex, letters: Iterable[str]) -> list[View]:
    return [{"text": letter, "url": letter_url(index, letter), "id": letter_id(letter)} for letter in letters]


def _title(index: TopicIndex) -> str:
    return WITH_PEOPLE if has_people(index) else PLURALS[index.kind]


def _introduction(index: TopicIndex) -> str:
    return PEOPLE_INTRODUCTION if has_people(index) else INTRODUCTIONS[index.kind]


def _count(index: TopicIndex) -> str:
    return (
        f"There are {number(len(index.topics))}, each with the number of its trials."
        if index.topics
        else "There are none."
    )


def _frame(config: Config, index: TopicIndex, url: str, title: str, letter: str | None) -> View:
    plural = _title(index)
    crumbs = [(plural, None)] if letter is None else [(plural, index_url(index)), (letter, None)]
    view = frame(
        config,
        url,
        title=title,
        description=f"{title} from A to Z. {_introduction(index)}",
        crumbs=crumbs,
        section="browse/",
    )
    return {**view, "heading": title, "letter": letter or ""}
