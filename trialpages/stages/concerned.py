"""What a change concerns: its own files, and whatever depends on them; faults elsewhere are counted, not shown.

A fault that was there before is no reason to refuse somebody's correction of a sentence, so what is not shown does
not fail either. Two kinds are always shown, since they stop every page: faults of templates, and a host's limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from trialpages.model.card import Card
from trialpages.model.shared_files import FORMER_PAGES
from trialpages.pages.output_faults import OutputFault
from trialpages.pages.page import output_path
from trialpages.read import sources
from trialpages.site.site import Site
from trialpages.site.topics import TopicIndex
from trialpages.stages.content import Content
from trialpages.stages.inputs import CATALOGUES, PACKAGE
from trialpages.stages.options import Options
from trialpages.words.diagnostics import NOTE, STOPS_EVERYTHING, Diagnostic, Sink

SHAPES_EVERY_PAGE = ("glossary.yaml", "adverse-event-terms.yaml", "site.yaml")
SHARED = ("treatments/", "conditions/", "sponsors/", "search-synonyms.yaml")
"""Files that refer to one another: a name that is new in one may be taken in another."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What a change concerns, by the beginnings of paths."""

    is_everything: bool
    is_every_page: bool
    sources: tuple[str, ...]
    outputs: tuple[str, ...]

    def shows(self, diagnostic: Diagnostic) -> bool:
        """Say whether a fault of a source is the change's concern."""
        if self.is_everything or diagnostic.code in STOPS_EVERYTHING:
            return True
        return diagnostic.span.path.startswith(self.sources) if self.sources else False

    def shows_output(self, fault: OutputFault) -> bool:
        """Say whether a fault of a published file is the change's concern: of its pages, or of links to them."""
        if self.is_every_page or not fault.files or self.shows(fault.diagnostic):
            return True
        paths = (*fault.files, fault.leads_to)
        return any(path.startswith(self.outputs) for path in paths) if self.outputs else False


class Narrowing:
    """Narrows what is said of a site to what a change concerns; without a change everything is said."""

    def __init__(self, options: Options, content: Content, site: Site, cards: Sequence[Card]) -> None:
        self._concern = None
        if options.changed is not None:
            self._concern = concern(options, content, site, cards, options.changed)

    def apply(self, sink: Sink, faults: Iterable[OutputFault]) -> int:
        """Add faults of the output to the sink, leave in it what is shown, and return the number of the others."""
        if self._concern is None:
            sink.extend(each.diagnostic for each in faults)
            return 0
        shown = [each for each in sink if self._concern.shows(each)]
        hidden = [each for each in sink if not self._concern.shows(each)]
        for fault in faults:
            (shown if self._concern.shows_output(fault) else hidden).append(fault.diagnostic)
        sink[:] = shown
        return sum(1 for each in dict.fromkeys(hidden) if each.severity != NOTE)


def concern(
    options: Options, content: Content, site: Site, cards: Sequence[Card], changed: frozenset[str]
) -> Concern:
    """Return what the change of some files concerns; `cards` are those of all trials, also of faulty ones."""
    folder = sources.relative(options.directory, options.content)
    beginning = "" if folder == "." else f"{folder}/"
    inside = {path.removeprefix(beginning) for path in changed if path.startswith(beginning)}
    trials = frozenset(_dependent(site, cards, inside))
    shared = tuple(f"{beginning}{name}" for name in SHARED) if any(map(_is_shared, inside)) else ()
    # A page that the change takes away may be where a former page leads.
    former = (f"{beginning}{FORMER_PAGES}",) if inside else ()
    everything = (*(sources.relative(options.directory, path) + "/" for path in (PACKAGE,)), f"{CATALOGUES}/")
    pages = tuple(
        f"{sources.relative(options.directory, path)}/" for path in (options.templates, options.assets)
    )
    return Concern(
        is_everything=not inside.isdisjoint(SHAPES_EVERY_PAGE)
        or not changed.isdisjoint({"site.yaml", content.config.registry})
        or any(path.startswith(everything) for path in changed),
        is_every_page=any(path.startswith(pages) for path in changed),
        sources=(
            *sorted(changed),
            *(f"{beginning}trials/{trial}/" for trial in sorted(trials)),
            *shared,
            *former,
        ),
        outputs=(*(f"trials/{trial}/" for trial in sorted(trials)), *sorted(_own_pages(inside))),
    )


def _dependent(site: Site, cards: Sequence[Card], inside: Iterable[str]) -> Iterator[str]:
    """Yield the trials of which a file has changed, and those that show something of a changed file."""
    changed_trials = frozenset(
        PurePosixPath(path).parts[1] for path in inside if path.startswith("trials/") and path.count("/") > 1
    )
    yield from changed_trials
    kinds = (("treatments", site.treatments), ("conditions", site.conditions), ("sponsors", site.sponsors))
    for kind, index in kinds:
        slugs = frozenset(
            PurePosixPath(path).stem for path in inside if PurePosixPath(path).parts[:-1] == (kind,)
        )
        yield from _with_topics(index, slugs)
        if kind == "treatments":
            yield from (card.trial_id for card in cards if not slugs.isdisjoint(_named_treatments(card)))
    for card in cards:
        source = card.side_effects.source if card.side_effects else None
        if source in changed_trials or not changed_trials.isdisjoint(card.similar):
            yield card.trial_id


def _with_topics(index: TopicIndex, slugs: Iterable[str]) -> Iterator[str]:
    for slug in slugs:
        if slug in index.by_slug:
            yield from index.by_slug[slug].trial_ids


def _named_treatments(card: Card) -> Iterator[str]:
    yield from card.treatments
    yield from (each.treatment for each in card.interventions if each.treatment)


def _is_shared(path: str) -> bool:
    return path.startswith(SHARED)


def _own_pages(inside: Iterable[str]) -> Iterator[str]:
    """Yield the paths of the pages that belong to one changed file."""
    for path in inside:
        folder, _slash, name = path.rpartition("/")
        if folder == "pages":
            yield output_path(f"{name.removesuffix('.md')}/")
        elif f"{folder}/" in SHARED:
            yield f"{folder}/{name.removesuffix('.yaml')}/"
