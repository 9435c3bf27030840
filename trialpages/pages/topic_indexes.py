"""The lists from A to Z of all conditions, treatments and sponsors.

A short list stands on one page under its letters. A long one has a page for each letter, in pages
of a fixed size. A name belongs to the Latin letter that it begins with, accents aside; names that
begin with anything else stand together at the end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from trialpages.pages.listing_views import has_people, trials_text
from trialpages.pages.page import Page, View, frame
from trialpages.pages.paging import Part, list_view, part_url, parts, title_of_part
from trialpages.pages.topic_views import list_name
from trialpages.read.config import Config
from trialpages.site.site import Site
from trialpages.site.topics import Topic, TopicIndex
from trialpages.words.language import N_, _, amount, number, record_language

LONGEST_SINGLE_PAGE = 500
"""Names on one page; a phone still draws them at once."""

OTHER = N_("0 to 9 and other signs")
"""The last of the letters."""
INTRODUCTIONS = {
    "condition": N_("Illnesses and states of health that trials on this site are about."),
    "treatment": N_("What trials on this site give or do. Placebos are left out."),
    "sponsor": N_("Who runs trials on this site or helps to run them."),
}
PEOPLE_INTRODUCTION = N_("Who runs trials on this site or helps to run them, and people who work on them.")


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


def shown_letter(letter: str) -> str:
    """Return a letter as the page shows it; what stands for all other signs is a phrase."""
    return _(OTHER) if letter == OTHER else letter


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
        **_frame(config, index, index_url(index), list_name(index), None),
        "lede": f"{_introduction(index)} {_count(index)}",
        "letters": [
            {"text": shown_letter(letter), "url": None, "id": letter_id(letter)} for letter in letters
        ],
        "groups": [
            {"title": shown_letter(letter), "id": letter_id(letter), "links": topic_links(topics)}
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
        **_frame(config, index, index_url(index), list_name(index), None),
        "lede": " ".join((_introduction(index), _count(index), _("Choose the first letter."))),
        "letters": _letter_links(index, letters),
        "groups": [
            {
                "title": "",
                "id": "letters",
                "links": [
                    {
                        "text": shown_letter(letter),
                        "lang": "",
                        "url": letter_url(index, letter),
                        "count": _counted(index.kind, len(topics)),
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
    shown = shown_letter(letter)
    title = title_of_part(_("{list}: {letter}").format(list=list_name(index), letter=shown), part)
    count, total = number(len(topics)), number(len(index.topics))
    return {
        **_frame(config, index, part_url(base, part.number), title, shown),
        "lede": _under_letter(index.kind).format(count=count, total=total, letter=shown),
        "letters": _letter_links(index, by_letter(index.topics)),
        "groups": [{"title": "", "id": "names", "links": topic_links(topics[part.start : part.stop])}],
        "by_count": "",
        "shown": _("Page {page} of {pages}.").format(page=part.number, pages=part.count)
        if part.count > 1
        else "",
        "list": list_view(base, part),
    }


def topic_links(topics: Iterable[Topic]) -> list[View]:
    """Return links to topics with the number of their trials."""
    return [
        {
            "text": topic.name,
            "lang": record_language() if topic.is_registered else "",
            "url": topic.url,
            "count": trials_text(len(topic.trial_ids)),
        }
        for topic in topics
    ]


def _letter_links(index: TopicIndex, letters: Iterable[str]) -> list[View]:
    return [
        {"text": shown_letter(letter), "url": letter_url(index, letter), "id": letter_id(letter)}
        for letter in letters
    ]


def _introduction(index: TopicIndex) -> str:
    return _(PEOPLE_INTRODUCTION if has_people(index) else INTRODUCTIONS[index.kind])


def _count(index: TopicIndex) -> str:
    if not index.topics:
        return _("There are none.")
    return amount(
        len(index.topics),
        "There are {count}, each with the number of its trials.",
        "There are {count}, each with the number of its trials.",
    )


def _counted(kind: str, count: int) -> str:
    texts = {
        "condition": amount(count, "{count} condition", "{count} conditions"),
        "treatment": amount(count, "{count} treatment", "{count} treatments"),
        "sponsor": amount(count, "{count} sponsor", "{count} sponsors"),
    }
    return texts[kind]


def _under_letter(kind: str) -> str:
    texts = {
        "condition": _("{count} of {total} conditions on this site stand under {letter}."),
        "treatment": _("{count} of {total} treatments on this site stand under {letter}."),
        "sponsor": _("{count} of {total} sponsors on this site stand under {letter}."),
    }
    return texts[kind]


def _frame(config: Config, index: TopicIndex, url: str, title: str, letter: str | None) -> View:
    name = list_name(index)
    crumbs = [(name, None)] if letter is None else [(name, index_url(index)), (letter, None)]
    view = frame(
        config,
        url,
        title=title,
        description=_("{list} from A to Z. {explained}").format(list=title, explained=_introduction(index)),
        crumbs=crumbs,
        section="browse/",
    )
    return {**view, "heading": title, "letter": letter or ""}
