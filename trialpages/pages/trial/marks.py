"""Words of a page that carry a mark: a past day that the browser gives an age, and a text of the registry.

A day is written in full, so that it stays true however old the page gets.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from trialpages.model.dates import parse_date, show_date
from trialpages.words.language import _, is_english


def moment(text: str | None) -> Markup:
    """Return a past date as a `time` element, to which the browser adds how long ago that was.

    >>> moment("2026-10")
    Markup('<time datetime="2026-10">October 2026</time>')
    """
    if parse_date(text) is None:
        return escape(text or "")
    return Markup('<time datetime="{}">{}</time>').format(text, show_date(text))


def with_age(sentence: str, text: str | None) -> Markup:
    """Return a sentence with its `{day}` filled, and room behind it in which the browser says how long ago that was."""
    return escape(sentence).format(day=moment(text)) + Markup(' <span class="ago"></span>')


def quoted(text: str) -> Markup:
    """Return a name of the registry between the quotation marks of the language."""
    return escape(_("“{name}”")).format(name=registered(text))


def registered(text: str | Markup) -> Markup:
    """Return a text of the registry, which is English, marked as that where the page is not."""
    return escape(text) if is_english() else Markup('<span lang="en">{}</span>').format(text)
