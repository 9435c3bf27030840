"""What a page depends on, and why it was made, in words: files, templates, settings, other trials, parts of its key."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from trialpages.model.shared_files import GLOSSARY
from trialpages.preview.panel.block import SETTINGS, Block, Source
from trialpages.preview.panel.html_parts import words_of
from trialpages.preview.panel.page_input import PageInput
from trialpages.preview.panel.prose_blocks import prose_path
from trialpages.preview.panel.shared_blocks import FOLDERS, topic_file
from trialpages.preview.panel.trial_blocks import TERMS
from trialpages.words.fields import record

MOST_TRIALS = 60
"""Other trials that are listed; further ones are counted."""

SHORT_DIGEST = 12

PARTS: Mapping[str, str] = {
    "assets": "a style sheet, a script or a picture",
    "code": "the program itself, or a library that it uses",
    "configuration": "the settings of the site, or a title in its menus",
    "context": "what the page shows of other trials, of shared files, or of the day",
    "feed template": "the template of the trial's feed",
    "figure": "the drawing that charts are filled into",
    "history": "the history of the trial's files",
    "social image": "the look of the picture for sharing",
    "source of side effects": "the trial whose health problems the page shows",
    "templates": "a template that the page uses",
    "trial": "a fact or a word of the trial itself",
    "view": "something that the page shows",
    "words": "the glossary, or the plain words for medical terms",
}
"""What each part of a page's key stands for."""

TRIAL_LINK = re.compile(r'<a\b[^>]*\shref="(?:\./|(?:\.\./)*)(trials/([^"/#?]+)/)"[^>]*>(.*?)</a>', re.DOTALL)


@record
class OtherTrial:
    """Another trial of which a page shows something."""

    id: str
    title: str
    url: str
    why: str


def dependencies(page: PageInput, found: Iterable[Block], parts: Mapping[str, str]) -> dict[str, Any]:
    """Return what a page depends on as plain data; `parts` are those of its key."""
    trials = list(_trials(page))
    return {
        "files": [_file(each) for each in _own(page)],
        "shared": [_file(each) for each in _shared(page)],
        "templates": [
            {"path": each.path, "opens": each.opens}
            for each in map(page.site.template, page.closure)
            if each is not None
        ],
        "trials": [
            {"id": each.id, "title": each.title, "url": each.url, "why": each.why}
            for each in trials[:MOST_TRIALS]
        ],
        "trials_hidden": max(0, len(trials) - MOST_TRIALS),
        "settings": _settings(page, found),
        "parts": [
            {"name": name, "what": PARTS.get(name, name), "digest": parts[name][:SHORT_DIGEST]}
            for name in sorted(parts)
        ],
    }


def reason_object(moved: Iterable[str], files: Iterable[str], fallback: str = "") -> dict[str, Any]:
    """Return why a page was made as plain data: the parts of its key that moved, and the files that were saved."""
    names = list(dict.fromkeys(moved))
    said = "; ".join(PARTS.get(name, name) for name in names)
    return {
        "said": f"changed: {said}" if said else fallback,
        "files": sorted(set(files)),
        "parts": [{"name": name, "what": PARTS.get(name, name)} for name in names],
    }


def _file(source: Source) -> dict[str, Any]:
    return {"path": source.path, "what": source.what, "opens": source.opens}


def _whole(path: str, what: str, *, opens: bool = True) -> Source:
    return Source(path=path, what=what, kind="", opens=opens)


def _own(page: PageInput) -> Iterator[Source]:
    """Yield the files that belong to this page alone."""
    trial = page.trial
    if trial is not None:
        for name in sorted(trial.files):
            yield _whole(trial.path(name), OWN_FILES.get(name, "prose" if name.endswith(".md") else ""))
        if trial.member is not None and "registry.json" not in trial.files:
            yield _whole(trial.member_path, "the registry's record, in the snapshot", opens=False)
    elif page.kind == "prose":
        yield _whole(prose_path(page), "the text")
    elif page.kind == "glossary":
        yield from _there(page, (GLOSSARY, "the words and their meanings"))
    elif page.kind in FOLDERS:
        yield from _there(page, (topic_file(page), "names, description and figures"))


OWN_FILES: Mapping[str, str] = {
    "trial.yaml": "the editors' facts and plain words",
    "registry.json": "the registry's record",
    "summary.md": "the editors' prose",
}


def _shared(page: PageInput) -> Iterator[Source]:
    """Yield the files that other pages use too."""
    names: list[tuple[str, str]] = []
    if page.context is not None:
        rows = page.context.treatment_rows
        names += [(f"treatments/{row.file.slug}.yaml", row.name) for row in rows if row.file]
        names += [(f"conditions/{file.slug}.yaml", file.name) for file in page.context.conditions]
        names += [(f"sponsors/{row.file.slug}.yaml", row.name) for row in page.context.totals if row.file]
    if page.kind == "trial":
        names += [(GLOSSARY, "words that pages explain"), (TERMS, "plain words for medical terms")]
    yield from _there(page, *dict.fromkeys(names))
    prose = f"{page.site.content}pages/"
    for path in sorted(page.site.texts):
        if path.startswith(prose) and path != prose_path(page):
            yield _whole(path, "a title that may stand in the menus")


def _there(page: PageInput, *names: tuple[str, str]) -> Iterator[Source]:
    for name, what in names:
        if f"{page.site.content}{name}" in page.site.texts:
            yield _whole(f"{page.site.content}{name}", what)


def _settings(page: PageInput, found: Iterable[Block]) -> list[dict[str, Any]]:
    """Return the site's settings, first as a whole, then those that a block of the page shows or obeys."""
    if page.site.settings is None:
        return []
    named = {each.what: each for block in found for each in block.sources if each.kind == SETTINGS}
    return [
        {"path": page.site.settings_path, "what": "all settings of the site", "line": None, "opens": True},
        *(
            {
                "path": each.path,
                "what": name,
                "line": each.stretch.line if each.stretch else None,
                "opens": True,
            }
            for name, each in sorted(named.items())
        ),
    ]


def _trials(page: PageInput) -> Iterator[OtherTrial]:
    """Yield the other trials that the page shows, those that its context names first."""
    seen = {page.trial.trial_id} if page.trial else set()
    if page.context is not None:
        source = page.context.source_trial
        cards = [(card, "a similar trial") for card in page.context.similar]
        if source is not None:
            cards.insert(0, (source.card, "its health problems are shown here"))
        for card, why in cards:
            if card.trial_id not in seen:
                seen.add(card.trial_id)
                yield OtherTrial(id=card.trial_id, title=card.title, url=f"trials/{card.trial_id}/", why=why)
    for url, trial_id, text in TRIAL_LINK.findall(page.html):
        name = html.unescape(trial_id)
        if name not in seen:
            seen.add(name)
            yield OtherTrial(id=name, title=words_of(text), url=html.unescape(url), why="linked here")
