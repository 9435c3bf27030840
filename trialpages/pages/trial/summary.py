"""The summary: the editors' prose in each language, or the registry's own text, said to be that."""

from __future__ import annotations

import re

from trialpages.model.summary import Summary
from trialpages.model.trial import Trial
from trialpages.pages.markup import plain_text, prose_html, prose_text, registry_html
from trialpages.pages.trial.provenance import fixed, provenance
from trialpages.pages.trial.registry_page import is_registered
from trialpages.pages.trial.section import View, section
from trialpages.words.language import N_, _, base_of, record_language

LANGUAGE_NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
REGISTRY_NOTE = N_(
    "This is the text that the study team registered. It was written for professionals, "
    "and nobody has put it into plain words yet."
)
OWN_WORDS_NOTE = N_("Short summary in our words. Not yet reviewed by a clinician.")


def summary_view(trial: Trial, language: str) -> View | None:
    """Return the summaries, the page's own language first; nothing when no text is known."""
    texts = [_text(summary, language) for summary in ordered(trial, language)]
    own = any(text["language"] == language for text in texts)
    registered = registry_html(trial.brief_summary) if trial.brief_summary else ""
    if not own and registered:
        block = {"heading": "", "html": registered}
        texts.insert(
            0,
            {
                "language": language,
                "lang": record_language(),
                "title": "",
                "plain": False,
                "blocks": [block],
                "provenance": fixed(
                    _(REGISTRY_NOTE if is_registered(trial, "brief_summary") else OWN_WORDS_NOTE)
                ),
            },
        )
    if not texts:
        return None
    return section("summary", texts=texts, more=_more(trial, language, with_summary=own))


def written_in(trial: Trial, language: str) -> str:
    """Return the language of the summaries that is the site's: its own, or the same one of another region."""
    codes = sorted(summary.language for summary in trial.summaries if summary.blocks)
    if language in codes:
        return language
    return next((code for code in codes if base_of(code) == base_of(language)), language)


def ordered(trial: Trial, language: str) -> list[Summary]:
    """Return the summaries that have text, the page's own language first, then by language code."""
    written = [summary for summary in trial.summaries if summary.blocks]
    return sorted(written, key=lambda summary: (summary.language != language, summary.language))


def other_languages(trial: Trial, language: str) -> list[View]:
    """Return links to the summaries in other languages, each named in its own language."""
    return [
        {"code": summary.language, "name": LANGUAGE_NAMES.get(summary.language, summary.language)}
        for summary in ordered(trial, language)
        if summary.language != language
    ]


def _text(summary: Summary, language: str) -> View:
    own = summary.language == language
    name = LANGUAGE_NAMES.get(summary.language, summary.language)
    return {
        "language": summary.language,
        "lang": "",
        "plain": True,
        "title": "" if own else f"{name}: {summary.title}" if summary.title else name,
        "blocks": [_block(block.kind, block.heading, block.markdown) for block in summary.blocks],
        "provenance": provenance(summary),
    }


def _block(kind: str, heading: str, markdown: str) -> View:
    """The first block says what the trial is for; it stands under the section's own heading."""
    return {"heading": "" if kind == "purpose" else heading, "html": prose_html(markdown, base_level=4)}


def _more(trial: Trial, language: str, *, with_summary: bool) -> list[View]:
    """Return what is folded away: the registered texts together, and the editors' own under their own name.

    The editors' short summary is left out where the page's summary says the same.
    """
    texts = [
        ("brief_summary", _("Short summary in our words"), trial.brief_summary if with_summary else None),
        ("detailed_description", _("Description in our words"), trial.detailed_description),
    ]
    registered = [text for name, _title, text in texts if text and is_registered(trial, name)]
    found: list[View] = []
    if registered:
        with_registered = with_summary and is_registered(trial, "brief_summary")
        found.append(
            {
                "summary": _("Read the registered summary, in medical language")
                if with_registered
                else _("Read the registered description, in medical language"),
                "html": registry_html("\n\n".join(registered)),
            }
        )
    found += [
        {"summary": summary, "html": registry_html(text)}
        for name, summary, text in texts
        if text and not is_registered(trial, name) and not _repeats(text, trial, language)
    ]
    return found


def _repeats(text: str, trial: Trial, language: str) -> bool:
    """Say whether the page's own summary holds every sentence of a text."""
    prose = " ".join(
        _folded(prose_text(block.markdown))
        for summary in trial.summaries
        if summary.language == language
        for block in summary.blocks
    )
    return all(_folded(sentence) in prose for sentence in re.split(r"(?<=[.!?])\s+", plain_text(text)))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
