"""The summary: the editors' prose in each language, or the registry's own text, said to be that."""

from __future__ import annotations

from trialpages.model.dates import show_date
from trialpages.model.summary import Summary
from trialpages.model.trial import Trial
from trialpages.pages.markup import prose_html, registry_html
from trialpages.pages.trial.section import View, section

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
REGISTRY_NOTE = (
    "This is the text that the study team registered. It was written for professionals, "
    "and nobody has put it into plain words yet."
)
NOT_REVIEWED = "Not yet reviewed by a clinician."


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
                "title": "",
                "plain": False,
                "blocks": [block],
                "provenance": REGISTRY_NOTE,
            },
        )
    if not texts:
        return None
    return section("summary", texts=texts, more=_more(trial, with_summary=own))


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


def reviewed(summary: Summary) -> str:
    """Say who reviewed a text and when, or honestly that nobody has."""
    if not summary.reviewed_by:
        return NOT_REVIEWED
    when = f" on {show_date(summary.reviewed_on)}" if summary.reviewed_on else ""
    return f"Reviewed by {summary.reviewed_by}{when}."


def _text(summary: Summary, language: str) -> View:
    own = summary.language == language
    name = LANGUAGE_NAMES.get(summary.language, summary.language)
    return {
        "language": summary.language,
        "plain": True,
        "title": "" if own else f"{name}: {summary.title}" if summary.title else name,
        "blocks": [_block(block.kind, block.heading, block.markdown) for block in summary.blocks],
        "provenance": _provenance(summary),
    }


def _block(kind: str, heading: str, markdown: str) -> View:
    """The first block says what the trial is for; it stands under the section's own heading."""
    return {"heading": "" if kind == "purpose" else heading, "html": prose_html(markdown, base_level=4)}


def _provenance(summary: Summary) -> str:
    parts = []
    if summary.written_by:
        parts.append(f"Written by {summary.written_by}.")
    if summary.source:
        parts.append(f"Written from: {summary.source.rstrip('.')}.")
    if summary.ai_assisted:
        parts.append("A machine helped to draft this text.")
    parts.append(reviewed(summary))
    return " ".join(parts)


def _more(trial: Trial, *, with_summary: bool) -> View | None:
    markup = [
        text for text in (trial.brief_summary if with_summary else None, trial.detailed_description) if text
    ]
    if not markup:
        return None
    what = "registered summary" if with_summary else "registered description"
    return {"summary": f"Read the {what}, in medical language", "html": registry_html("\n\n".join(markup))}
