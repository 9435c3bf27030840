"""The changes of a trial in words, by day and by who made them: for its page, its feed and its data."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.model.change import Change
from trialpages.pages.change_words import change_words
from trialpages.pages.markup import plain_text
from trialpages.pages.trial.section import View
from trialpages.site.history import EDITORS, REGISTRY, News
from trialpages.words.language import N_, _, amount, record_language

SOURCES = {
    REGISTRY: N_("In the registry’s record"),
    EDITORS: N_("By the editors of this site"),
}

MOST_TEXTS = 12
"""Entries of one kind that are quoted of one change."""

RULES = frozenset({"rules", "plain-rules"})
"""Kinds of change of which the page quotes what was reworded; a group or a measurement may be a page of text."""


def source_words(news: News) -> str:
    """Say who changed it."""
    return _(SOURCES[news.source])


def sentences(news: News) -> list[str]:
    """Return what changed, one sentence for each change; two that read the same are one."""
    return list(dict.fromkeys(change_words(change) for change in news.changes))


def told(news: News) -> list[View]:
    """Return what changed: each sentence with the words that came and went, where the change holds them."""
    found: list[View] = []
    for change in news.changes:
        # What the registry wrote is English; what the editors wrote is in the language of the site.
        lang = record_language() if news.source == REGISTRY else ""
        view: View = {"text": change_words(change), "words": list(_words(change, lang))}
        if view not in found:
            found.append(view)
    return found


def _words(change: Change, lang: str) -> Iterator[View]:
    if change.kind in RULES:
        for was, now in change.reworded[:MOST_TEXTS]:
            yield _quoted(_("Before"), (was,), lang)
            yield _quoted(_("Now"), (now,), lang)
    if change.added:
        yield _quoted(_("Added"), change.added, lang)
    if change.removed:
        yield _quoted(_("Removed"), change.removed, lang)


def _quoted(label: str, texts: tuple[str, ...], lang: str) -> View:
    more = len(texts) - MOST_TEXTS
    return {
        "label": label,
        "texts": [plain_text(text) for text in texts[:MOST_TEXTS]],
        "lang": lang,
        "more": amount(more, "And {count} more", "And {count} more") if more > 0 else "",
    }
