"""The blocks of a trial page: the table of its parts, with prose cut at its headings and what shared files add."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from trialpages.model.prose import NEXT_HEADING, RESULTS
from trialpages.model.summary import HEADINGS as SUMMARY_HEADINGS
from trialpages.model.summary import Summary
from trialpages.model.trial import Trial
from trialpages.pages.trial.summary import LANGUAGE_NAMES, ordered, written_in
from trialpages.preview.panel.block import WORDS, Block, Grade, Source
from trialpages.preview.panel.grades import grade_of, shared_names
from trialpages.preview.panel.html_parts import Section, elements, ids, sections
from trialpages.preview.panel.page_input import PageInput
from trialpages.preview.panel.places_in_files import Stretch
from trialpages.preview.panel.trial_parts import EVENTS_PARTS, PLACES_PARTS, TRIAL_PARTS, Part
from trialpages.preview.panel.trial_sources import TrialSources, whole_lines
from trialpages.words.language import ENGLISH, base_of

TERMS = "adverse-event-terms.yaml"
PURPOSE = "purpose"

BY_SETTING: Mapping[str, tuple[str, ...]] = {
    "status": ("stale_after_days",),
    "contact": ("show_contacts",),
    "locations": ("gazetteer",),
    "media": ("social_images",),
    "people": ("corpus",),
    "similar": ("similar_count",),
    "sources": ("edit_url", "repository_url", "contact_email"),
    "spots-left": ("spots_left",),
    "treatments": ("corpus",),
}
"""Settings of the site that decide something in a part."""


def trial_blocks(page: PageInput, trial: TrialSources) -> Iterator[Block]:
    """Yield the blocks that stand on a trial's page, or on a page of one of its long lists, in the page's order."""
    if page.template == PLACES_PARTS[0].template:
        yield from (_block(page, trial, part) for part in PLACES_PARTS)
        return
    if page.template == EVENTS_PARTS[0].template:
        yield from (_with_events(page, _block(page, trial, part)) for part in EVENTS_PARTS)
        return
    on_page = {section.id: section for section in sections(page.html)}
    names = ids(page.html)
    for part in TRIAL_PARTS:
        if _stands(part, page.html, on_page, names):
            yield from _with_more(page, trial, _block(page, trial, part), on_page)


def _stands(part: Part, html: str, on_page: Mapping[str, Section], names: frozenset[str]) -> bool:
    if not part.sign:
        return part.at.removeprefix("#") in names
    where = html
    if part.inside:
        where = on_page[part.inside].html if part.inside in on_page else ""
    return part.sign in where


def _block(page: PageInput, trial: TrialSources, part: Part) -> Block:
    settings = (page.site.setting(name, is_own=False) for name in BY_SETTING.get(part.id, ()))
    return Block(
        id=part.id,
        at=part.at,
        name=part.name,
        level=part.level,
        template=page.site.template(part.template, part.mark),
        sources=(*trial.facts_of(part), *(each for each in settings if each)),
    )


def _with_more(
    page: PageInput, trial: TrialSources, block: Block, on_page: Mapping[str, Section]
) -> Iterator[Block]:
    if block.id == "summary":
        yield from _summary_blocks(page, trial, block)
        return
    if block.id == "words":
        yield block.with_sources(*_explained(page, on_page["words"]))
        return
    more = MORE.get(block.id)
    yield more(page, block) if more else _graded(trial, block)


def _graded(trial: TrialSources, block: Block) -> Block:
    """Give the plain rules and the lay results their grades."""
    wanted = {"plain-rules": "plain_criteria", "results": RESULTS}.get(block.id)
    if wanted is None:
        return block
    return replace(block, grades=tuple(grade for file, _line, grade in trial.grades() if file == wanted))


def _summary_blocks(page: PageInput, trial: TrialSources, block: Block) -> Iterator[Block]:
    """Yield the section, then each heading of each language's text, the page's own language first."""
    written = {summary.language: (name, summary) for name, summary in trial.summaries()}
    every = Trial(summaries=tuple(summary for _name, summary in written.values()))
    own = written_in(every, page.site.language)
    texts = ordered(every, own)
    unreadable = [
        Source(path=trial.path(name), what="the prose, which cannot be read now", kind=WORDS)
        for name in trial.unread_summaries()
    ]
    shows_record = not any(text.language == own for text in texts)
    # The registered summary stands under the editors' own, folded away: then it is not what the block is about.
    record = tuple(replace(each, is_own=each.is_own and shows_record) for each in block.sources)
    files = [
        Source(path=trial.path(written[text.language][0]), what=_language(text), kind=WORDS) for text in texts
    ]
    yield replace(block, sources=(*files, *unreadable, *record))
    for text in texts:
        name = written[text.language][0]
        around = "#summary" if text.language == own else f'[id="summary-{text.language}"]'
        grades = {line: grade for file, line, grade in trial.grades() if file == name}
        yield from _headings(page, trial, name, text, around, grades)


def _headings(
    page: PageInput, trial: TrialSources, file: str, text: Summary, around: str, grades: Mapping[int, Grade]
) -> Iterator[Block]:
    lines = whole_lines(trial.files[file])
    headings = 0
    language = "" if around == "#summary" else f"-{text.language}"
    for block in text.blocks:
        is_first = block.kind == PURPOSE
        headings += 0 if is_first else 1
        at = f"{around} > div:nth-of-type(1)" if is_first else f"{around} > h3:nth-of-type({headings})"
        stretch = _under(block.line, lines)
        source = Source(path=trial.path(file), what=block.heading, kind=WORDS, stretch=stretch)
        grade = grades.get(block.line)
        yield Block(
            id=f"summary-{block.kind.replace('_', '-')}{language}",
            at=at,
            name=block.heading or SUMMARY_HEADINGS[block.kind],
            level=1,
            template=page.site.template("trial/summary.html", "{% for block in text.blocks %}"),
            sources=(source,),
            grades=(grade,) if grade else (),
        )


def _under(line: int, lines: list[str]) -> Stretch:
    """Return the lines from a heading to the last written one before the next heading."""
    last = next((at for at in range(line + 1, len(lines) + 1) if NEXT_HEADING.match(lines[at - 1])), 0) - 1
    last = last if last > 0 else len(lines)
    while last > line and not lines[last - 1].strip():
        last -= 1
    return Stretch(line=line, column=1, end_line=last)


def _language(text: Summary) -> str:
    return f"the prose in {LANGUAGE_NAMES.get(text.language, text.language)}"


def _explained(page: PageInput, section: Section) -> Iterator[Source]:
    """Yield the entry of each word of the glossary that the page explains."""
    for _name, term in elements(section.html, "dt"):
        found = page.site.glossary_entry(term, is_own=False)
        if found:
            yield found


def _with_treatments(page: PageInput, block: Block) -> Block:
    found: list[Source] = []
    grades: list[Grade] = []
    english = base_of(page.site.language) == ENGLISH
    for row in page.context.treatment_rows if page.context else ():
        if row.file is None:
            continue
        name = f"treatments/{row.file.slug}.yaml"
        source = page.site.shared_file(name, row.name, ("description",), ("name",))
        found += [source] if source else []
        if english and row.file.description:
            grade = grade_of(
                f"The description of {row.name}", row.file.description, shared_names(page.site.shared)
            )
            grades += [grade] if grade else []
    return replace(block.with_sources(*found), grades=tuple(grades))


def _with_conditions(page: PageInput, block: Block) -> Block:
    files = page.context.conditions if page.context else ()
    named = (
        page.site.shared_file(f"conditions/{file.slug}.yaml", file.name, ("name",), is_own=False)
        for file in files
    )
    return block.with_sources(*(each for each in named if each))


def _with_sponsors(page: PageInput, block: Block) -> Block:
    files = {row.file.slug: row.file for row in (page.context.totals if page.context else ()) if row.file}
    named = (
        page.site.shared_file(f"sponsors/{slug}.yaml", file.name, ("previous_trials",), ("name",))
        for slug, file in files.items()
    )
    return block.with_sources(*(each for each in named if each))


def _with_events(page: PageInput, block: Block) -> Block:
    """Add the trial whose counts are shown, and the plain words for medical terms."""
    counted = page.events_of.fact("adverse_events") if page.events_of else None
    terms = page.site.shared_file(TERMS, "plain words for medical terms", is_own=False)
    return block.with_sources(*(each for each in (counted, terms) if each))


MORE: Mapping[str, Callable[[PageInput, Block], Block]] = {
    "first-facts": _with_conditions,
    "people": _with_sponsors,
    "side-effects": _with_events,
    "treatments": _with_treatments,
}
"""What other files than the trial's own add to a part."""
