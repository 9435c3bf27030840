"""Which pages a change reaches beside those of its own trials: through shared files, templates, and other trials."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.model.card import Card
from trialpages.pages.site_pages import site_pages
from trialpages.pages.templates import closures
from trialpages.read import sources
from trialpages.site.site import Site
from trialpages.stages.concerned import concern
from trialpages.stages.content import Content
from trialpages.stages.inputs import PACKAGE, overlay
from trialpages.stages.materials import TRIAL_TEMPLATES
from trialpages.stages.options import Options
from trialpages.stages.review_before import Before
from trialpages.stages.review_facts import ADDED, CHANGED, REMOVED, FileReview


def touched_files(
    options: Options,
    content: Content,
    site: Site,
    cards: tuple[Card, ...],
    before: Before,
    changed: frozenset[str],
) -> Iterator[FileReview]:
    """Yield the changed files that are no trial's, and how many pages each of them feeds."""
    folder = sources.relative(options.directory, options.content)
    pages = [
        page
        for page in site_pages(site, content.config, content.prose)
        if not page.path.endswith((".xml", ".json"))
    ]
    everything = len(pages) + len(site.cards)
    templates = _Templates(options)
    program = f"{sources.relative(options.directory, PACKAGE)}/"
    if any(path.startswith(program) for path in changed):
        yield FileReview(path=program, kind=CHANGED, pages=everything, is_upper_bound=True)
    for path in sorted(each for each in changed if not each.startswith(program)):
        inside = path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else ""
        if inside.startswith("trials/"):
            continue
        template = templates.name_of(path)
        if template is not None:
            fed = templates.using(template)
            of_trials = len(site.cards) if not fed.isdisjoint(TRIAL_TEMPLATES) else 0
            yield _file(options, path, before, pages=of_trials + sum(page.template in fed for page in pages))
            continue
        found = concern(options, content, site, cards, frozenset({path}))
        if found.is_everything or found.is_every_page:
            yield _file(options, path, before, pages=everything, is_upper_bound=True)
        elif inside:
            own = [each for each in found.outputs if not each.startswith("trials/")]
            url = own[0].removesuffix("index.html") if own else ""
            yield _file(options, path, before, url=url, pages=len(found.outputs))


def _file(
    options: Options,
    path: str,
    before: Before,
    *,
    url: str = "",
    pages: int = 0,
    is_upper_bound: bool = False,
) -> FileReview:
    is_there = sources.source_file(options.directory, options.directory / path) is not None
    kind = REMOVED if not is_there else CHANGED if path in before.existed else ADDED
    return FileReview(
        path=path, kind=kind, url=url if is_there else "", pages=pages, is_upper_bound=is_upper_bound
    )


class _Templates:
    """Which templates use which, asked only when one has changed."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._texts: dict[str, str] | None = None

    def name_of(self, path: str) -> str | None:
        """Return the name of the template in a file; None for another file, or one that is gone."""
        folder = f"{sources.relative(self._options.directory, self._options.templates)}/"
        if not path.startswith(folder):
            return None
        if self._texts is None:
            found = overlay(self._options, self._options.templates, "templates").contents
            self._texts = {name: data.decode("utf-8", "replace") for name, data in found.items()}
        name = path.removeprefix(folder)
        return name if name in self._texts else None

    def using(self, name: str) -> frozenset[str]:
        """Return the templates that use one, itself included."""
        assert self._texts is not None
        shown = {each: each for each in self._texts}
        return frozenset(each for each, names in closures(self._texts, shown, []).items() if name in names)


def shown_on(
    options: Options,
    content: Content,
    site: Site,
    cards: tuple[Card, ...],
    changed: frozenset[str],
    compared: list[str],
) -> Iterator[str]:
    """Yield other trials' pages that show something of the trials that have changed."""
    folder = f"{sources.relative(options.directory, options.content)}/trials/"
    own = frozenset(f"{folder}{name}/trial.yaml" for name in compared)
    found = concern(
        options, content, site, cards, own | {path for path in changed if path.startswith(folder)}
    )
    names = {f"trials/{name}/" for name in compared}
    yield from (url for url in found.outputs if url.startswith("trials/") and url not in names)
