"""Find what a page says in English although its site speaks another language.

A text is judged by the nearest `lang` above it. Where that is the site's language, it must not stand on the
English page too, and no word of it may be one that only English uses. Proper names are no language. An attribute, a
page's title and a drawing cannot mark a part of themselves, so the record's own words are no language there either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

ENGLISH_WORDS = frozenset(
    re.findall(
        r"\w+",
        "the of and with for from are was were is be been this that these those not who which when where what how "
        "people person trial trials study group groups health problem problems place places all any other more less "
        "than if you your we our they their it its by at on in to or an about least most none number data day month "
        "year years show see open closed status phase page list search find treatment condition sponsor",
    )
)
"""Words that no Spanish text of ours holds."""
IDENTICAL = ("No",)
"""Texts that Spanish rightly says as English does."""
SHOWN_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "aria-description", "data-label")
WHOLE = ("title", "desc", "option")
UNSEEN = ("script", "style", "template")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True)
class Said:
    """A text of a page: what it says, in which language, and where."""

    text: str
    language: str
    where: str
    is_whole: bool
    """Whether no part of it can be marked."""


def texts(page: bytes) -> Iterator[Said]:
    """Yield every text that a reader of a page can meet, with the language that it is marked with."""
    root = html.document_fromstring(page.decode())
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in UNSEEN:
            yield from _said(element.text, element)
        for name in SHOWN_ATTRIBUTES:
            yield from _said(element.get(name), element, f"@{name}")
        if element.tag == "meta" and element.get("name") == "description":
            yield from _said(element.get("content"), element, "@content")
        parent = element.getparent()
        if parent is not None and parent.tag not in UNSEEN:
            yield from _said(element.tail, parent)


def _said(text: str | None, element: etree._Element, part: str = "") -> Iterator[Said]:
    shown = " ".join((text or "").split())
    if _WORD.search(shown):
        yield Said(shown, _language(element), f"{element.tag}{part}", bool(part) or element.tag in WHOLE)


def _language(element: etree._Element | None) -> str:
    while element is not None:
        if element.get("lang") is not None:
            return element.get("lang", "")
        element = element.getparent()
    return ""


def leaks(
    page: bytes, english: bytes, language: str, names: frozenset[str], record: frozenset[str]
) -> list[Said]:
    """Return the texts of a page that are English and not marked; `names` are proper names, `record` its words."""
    in_english = {said.text for said in texts(english)}
    return [
        said
        for said in texts(page)
        if said.language == language
        and (bare := without_names(said.text, names | record if said.is_whole else names))
        and said.text not in IDENTICAL
        and ((said.text in in_english and _is_word(bare)) or _english_words(bare))
    ]


def without_names(text: str, names: frozenset[str]) -> str:
    """Return a text without proper names, numbers of trials and addresses; nothing where no word is left."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    text = re.sub(r"\bhttps?://\S+|\S+@\S+|\bNCT\d{8}\b", " ", text)
    return text if _WORD.search(text) else ""


def _is_word(text: str) -> bool:
    return any(len(word) > 1 for word in _WORD.findall(text))


def _english_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if word in ENGLISH_WORDS}
