"""The glossary: every word that the shared file explains, from A to Z, each with an anchor of its own."""

from __future__ import annotations

from trialpages.model.editorial import GlossaryEntry
from trialpages.pages.markup import prose_html
from trialpages.pages.page import View, frame
from trialpages.pages.topic_indexes import letter_id, letter_of, shown_letter
from trialpages.read.config import Config
from trialpages.site.names import fold_name
from trialpages.site.site import Site
from trialpages.site.slugs import unique_slugs
from trialpages.words.language import _, amount

GLOSSARY = "glossary/"


def glossary_view(site: Site, config: Config) -> View:
    """Return the view of the glossary."""
    entries = sorted(site.shared.glossary, key=lambda entry: (entry.term.casefold(), entry.term))
    anchors = term_anchors(entries)
    groups: dict[str, list[View]] = {}
    for entry in entries:
        groups.setdefault(letter_of(entry.term), []).append(_entry_view(entry, entries, anchors))
    lede = amount(
        len(entries),
        "{count} word that you may meet in a trial, in plain language.",
        "{count} words that you may meet in a trial, in plain language.",
    )
    return {
        **frame(
            config,
            GLOSSARY,
            title=_("Glossary"),
            description=_("Words that you may meet in a clinical trial, in plain language."),
            crumbs=[(_("Glossary"), None)],
            section=GLOSSARY,
        ),
        "lede": lede if entries else _("No word is explained here yet."),
        "letters": [
            {"text": shown_letter(letter), "id": letter_id(letter)}
            for letter in sorted(groups, key=_letter_order)
        ],
        "groups": [
            {"title": shown_letter(letter), "id": letter_id(letter), "entries": groups[letter]}
            for letter in sorted(groups, key=_letter_order)
        ],
    }


def term_anchors(entries: list[GlossaryEntry]) -> dict[str, str]:
    """Return the anchor of each term: `term-` and its slug."""
    return {term: f"term-{slug}" for term, slug in unique_slugs(entry.term for entry in entries).items()}


def _entry_view(entry: GlossaryEntry, entries: list[GlossaryEntry], anchors: dict[str, str]) -> View:
    known = {fold_name(name): each for each in reversed(entries) for name in (*each.other_names, each.term)}
    related = (known.get(fold_name(name)) for name in entry.see)
    return {
        "id": anchors[entry.term],
        "term": entry.term,
        "meaning": prose_html(entry.meaning),
        "also": _("also {names}").format(names=", ".join(entry.other_names)) if entry.other_names else "",
        "see": [{"text": each.term, "id": anchors[each.term]} for each in related if each is not None],
    }


def _letter_order(letter: str) -> tuple[bool, str]:
    return letter_id(letter) == "other", letter
