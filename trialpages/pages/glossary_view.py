"""The glossary: every word that the shared file explains, from A to Z, each with an anchor of its own."""

from __future__ import annotations

from trialpages.model.editorial import GlossaryEntry
from trialpages.pages.markup import prose_html
from trialpages.pages.page import View, frame
from trialpages.pages.topic_indexes import letter_id, letter_of
from trialpages.pages.wording import counted
from trialpages.read.config import Config
from trialpages.site.names import fold_name
from trialpages.site.site import Site
from trialpages.site.slugs import unique_slugs

GLOSSARY = "glossary/"


def glossary_view(site: Site, config: Config) -> View:
    """Return the view of the glossary."""
    entries = sorted(site.shared.glossary, key=lambda entry: (entry.term.casefold(), entry.term))
    anchors = term_anchors(entries)
    groups: dict[str, list[View]] = {}
    for entry in entries:
        groups.setdefault(letter_of(entry.term), []).append(_entry_view(entry, entries, anchors))
    lede = (
        f"{counted(len(entries), 'word')} that you may meet in a trial, in plain language." if entries else ""
    )
    return {
        **frame(
            config,
            GLOSSARY,
            title="Glossary",
            description="Words that you may meet in a clinical trial, in plain language.",
            crumbs=[("Glossary", None)],
            section=GLOSSARY,
        ),
        "lede": lede or "No word is explained here yet.",
        "letters": [
            {"text": letter, "id": letter_id(letter)} for letter in sorted(groups, key=_letter_order)
        ],
        "groups": [
            {"title": letter, "id": letter_id(letter), "entries": groups[letter]}
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
        "other_names": list(entry.other_names),
        "see": [{"text": each.term, "id": anchors[each.term]} for each in related if each is not None],
    }


def _letter_order(letter: str) -> tuple[bool, str]:
    return letter_id(letter) == "other", letter
