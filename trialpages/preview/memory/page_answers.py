"""Pages as they are asked for: made once for each key, kept for a while, and never older than their edition.

A page that cannot be made now is shown as it was when it last could, and its faults say why. Every method needs the
lock of the press; a template does not: it runs without it (`Making`), so that one without an end holds up its own page.
"""

from __future__ import annotations

import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from trialpages.pages.page import Page
from trialpages.preview.answer import Answer
from trialpages.preview.memory.edition import Edition
from trialpages.preview.memory.kept import Kept
from trialpages.preview.memory.press import Press
from trialpages.preview.memory.reasons import Journal, Reason
from trialpages.stages.planning import moved_parts
from trialpages.stages.rendering import NOT_IN_VIEWS, PageJob, PageMakers
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.digest import digest

MOST_PAGES = 200
"""Pages that are kept; the one that nobody asked for the longest goes first."""

INDEX = "index.html"
OWN_FAULT = "generator-fault"
"""The code of a fault of ours."""


@dataclass(slots=True)
class MadePage:
    """One page: its job, how its files are made, those that were asked for, and its last good files."""

    job: PageJob
    number: int
    made: PageMakers
    reason: Reason
    files: dict[str, bytes | Diagnostic] = field(default_factory=dict)
    good: dict[str, bytes] = field(default_factory=dict)
    is_good: bool = True


@dataclass(frozen=True, slots=True)
class Making:
    """A file that is still to be made: `run` needs no lock, and `PageAnswers.made` takes what it returns."""

    page: MadePage
    path: str
    make: Callable[[], bytes | Diagnostic]
    generation: int
    is_provisional: bool

    def run(self) -> bytes | Diagnostic:
        """Make the file."""
        return guarded(self.make, self.page.job.url)


class PageAnswers:
    """The pages that were asked for."""

    def __init__(self, press: Press, kept: Kept, journal: Journal) -> None:
        self._press = press
        self._kept = kept
        self._journal = journal
        self._pages: OrderedDict[str, MadePage] = OrderedDict()

    def of_trial(self, edition: Edition, trial_id: str, path: str) -> Answer | Making | None:
        """Return a file of a trial's page."""
        job = self._press.job_of_trial(edition, trial_id)
        return self._answer(edition, job, path, is_provisional=not edition.is_whole)

    def of_page(self, edition: Edition, page: Page, path: str) -> Answer | Making | None:
        """Return the file of another page."""
        job = self._press.job_of_page(edition, page)
        return self._answer(edition, job, path, is_provisional=not edition.is_whole)

    def last_good(self, url: str, path: str, faults: Iterable[Diagnostic]) -> Answer | None:
        """Return a file of a page that cannot be made now, as it was; without content when nobody knows how."""
        page = self._pages.get(url)
        content = page.good.get(path) if page is not None else None
        if content is None:
            content = self._kept.page_file(path, url)
        if content is None and not path.endswith(INDEX):
            return None
        return _answer_of(path, url, content or b"", tuple(faults))

    def job(self, edition: Edition, url: str) -> PageJob | None:
        """Return the job of a page that exists in an edition."""
        trial_id = trial_of(url)
        if trial_id is not None and edition.shows(trial_id):
            return self._press.job_of_trial(edition, trial_id)
        page = edition.page(url)
        return self._press.job_of_page(edition, page) if page is not None else None

    def reason(self, url: str) -> Reason | None:
        """Return why a page was made the last time."""
        page = self._pages.get(url)
        return page.reason if page is not None else None

    def faults(self, edition: Edition) -> list[Diagnostic]:
        """Return what is wrong with the pages that were made in this edition."""
        return [
            each
            for page in self._pages.values()
            if page.number == edition.number
            for each in page.files.values()
            if isinstance(each, Diagnostic)
        ]

    def made(self, making: Making, content: bytes | Diagnostic) -> Answer | None:
        """Take a file that was made; None when templates or language were replaced meanwhile, so it may be a mixture."""
        if making.generation != self._press.generation:
            return None
        page, path = making.page, making.path
        content = page.files.setdefault(path, content)
        if isinstance(content, bytes) and self._pages.get(page.job.url) is page:
            page.good[path] = content
        return _answer_with(page, path, content, making.is_provisional)

    def _answer(
        self, edition: Edition, job: PageJob, path: str, *, is_provisional: bool
    ) -> Answer | Making | None:
        page = self._page(edition, job)
        content = page.files.get(path)
        if content is not None:
            return _answer_with(page, path, content, is_provisional)
        make = _maker(page.made, job.url, path)
        return None if make is None else Making(page, path, make, self._press.generation, is_provisional)

    def _page(self, edition: Edition, job: PageJob) -> MadePage:
        known = self._pages.get(job.url)
        if known is not None and known.job.parts == job.parts:
            known.number = edition.number
            self._pages.move_to_end(job.url)
            return known
        moved = moved_parts(known.job.parts, job.parts) if known is not None else []
        since = known.number if known is not None else edition.number
        reason = Reason(
            url=job.url, is_first=known is None, moved=tuple(moved), files=self._journal.since(since)
        )
        shown = known.made.trial_page if known is not None and set(moved) <= NOT_IN_VIEWS else None
        page = MadePage(job, edition.number, self._press.makers(edition, job, shown), reason)
        if known is not None:
            page.good = known.good
        self._pages[job.url] = page
        self._pages.move_to_end(job.url)
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        return page


def trial_of(url: str) -> str | None:
    """Return the trial whose page an address is.

    >>> trial_of("trials/NCT00000001/")
    'NCT00000001'
    """
    parts = url.split("/")
    return parts[1] if len(parts) == 3 and parts[0] == "trials" and parts[1] and not parts[2] else None


def owner_of(path: str) -> str:
    """Return the address of the page to which a file in the output would belong.

    >>> owner_of("trials/NCT00000001/places/index.html")
    'trials/NCT00000001/'
    >>> owner_of("browse/index.html")
    'browse/'
    """
    parts = path.split("/")
    if parts[0] == "trials" and len(parts) > 2:
        return f"trials/{parts[1]}/"
    return path.removesuffix(INDEX) if parts[-1] == INDEX else path


def guarded(make: Callable[[], bytes | Diagnostic], url: str) -> bytes | Diagnostic:
    """Call a function that makes a file; a fault of ours becomes a diagnostic, and the preview lives on."""
    try:
        return make()
    except Exception:
        return own_fault(f"The page /{url} cannot be made, because of a fault in the generator")


def own_fault(what: str) -> Diagnostic:
    """Return the fault of ours that is being handled, with its traceback."""
    lines = traceback.format_exc().rstrip().splitlines()
    help_text = "this is no fault of the content; please report it with the lines below"
    return make(OWN_FAULT, what, Span("site.yaml"), help_text, None, tuple(lines))


def _maker(made: PageMakers, url: str, path: str) -> Callable[[], bytes | Diagnostic] | None:
    found = made.makers.get(path)
    image = made.image
    if found is not None or image is None or path != f"{url}{image.name}":
        return found

    def drawn() -> bytes:
        from trialpages.pages.social_drawing import draw

        return draw(image.words, image.colors)

    return drawn


def _answer_with(page: MadePage, path: str, content: bytes | Diagnostic, is_provisional: bool) -> Answer:
    if isinstance(content, Diagnostic):
        return _answer_of(path, page.job.url, page.good.get(path, b""), (content,), is_provisional)
    return _answer_of(path, page.job.url, content, (), is_provisional)


def _answer_of(
    path: str, url: str, content: bytes, faults: tuple[Diagnostic, ...], is_provisional: bool = False
) -> Answer:
    return Answer(
        path=path,
        url=url,
        content=content,
        digest=digest(content) if content else "",
        faults=faults,
        is_provisional=is_provisional,
    )
