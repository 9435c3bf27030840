"""Where pages are made for the preview: the functions of a build, on what memory holds, one page at a time.

Templates are compiled once and looked at again when their text changes. Whoever calls must hold the lock. The templates
themselves run without it; when `generation` has grown meanwhile, what they made may be of two languages or two sets of
templates, and is thrown away.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from trialpages.pages.page import Page
from trialpages.pages.templates import ViewEnvironment, environment
from trialpages.preview.memory.edition import Contexts, Edition
from trialpages.preview.memory.held import Held
from trialpages.preview.memory.kept import Kept
from trialpages.stages.planning import Keys
from trialpages.stages.render_state import render_state
from trialpages.stages.rendering import PageJob, PageMakers, RenderState, TrialPage, page_makers
from trialpages.words.language import Language, use

HistoryOf = Callable[[str], bytes | None]

PAGE_SECONDS = 5.0
"""How long one template may take while somebody waits for the page."""


class MemoryRecords:
    """Where the decoded trials of an edition are found."""

    def __init__(self, held: Held, kept: Kept, history: HistoryOf) -> None:
        self._held = held
        self._kept = kept
        self._history = history

    def record(self, name: str) -> bytes | None:
        """Return an encoded trial, or None when it must be made from its source."""
        held = self._held[name]
        if held.record is not None or not held.remembered_key:
            return held.record
        return self._kept.record(name, held.remembered_key)

    def history(self, name: str) -> bytes | None:
        """Return the encoded history of a trial that has one."""
        return self._history(name)


class Press:
    """Makes the pages of one edition after another."""

    def __init__(self, kept: Kept, history: HistoryOf) -> None:
        self.lock = threading.RLock()
        self.generation = 0
        """Grows with each change of the templates or the language."""
        self._language: Language | None = None
        self._kept = kept
        self._history = history
        self._texts: dict[str, str] = {}
        self._environment: ViewEnvironment | None = None
        self._number = -1
        self._state: RenderState | None = None
        self._keys: Keys | None = None
        self._pages: dict[str, Page] = {}

    def job_of_trial(self, edition: Edition, trial_id: str) -> PageJob:
        """Return what a trial's page is made from."""
        _state, keys = self._of(edition)
        digests = _Digests(edition.held)
        return PageJob(f"trials/{trial_id}/", "trial", keys.of_trial(trial_id, digests), "", trial_id)

    def job_of_page(self, edition: Edition, page: Page) -> PageJob:
        """Return what another page is made from."""
        _state, keys = self._of(edition)
        fixed = self._pages.get(page.url)
        if fixed is None:
            view = page.view
            fixed = self._pages[page.url] = replace(page, make_view=lambda: view)
        return PageJob(page.url, page.kind, keys.of_page(fixed), "")

    def makers(self, edition: Edition, job: PageJob, known: TrialPage | None = None) -> PageMakers:
        """Return how each file of a page is made; `known` is what a trial's page was made from, if that still holds."""
        state, _keys = self._of(edition)
        return page_makers(state, job, known)

    def _of(self, edition: Edition) -> tuple[RenderState, Keys]:
        use(edition.parts.language)
        if self._state is None or self._keys is None or self._number != edition.number:
            self._pages = {}
            self._state = self._renewed(edition)
            self._keys = Keys(self._state, edition.materials)
            self._number = edition.number
        return self._state, self._keys

    def _renewed(self, edition: Edition) -> RenderState:
        options = edition.options
        state = render_state(
            options,
            edition.content,
            edition.materials,
            edition.decoding,
            contexts=Contexts(edition),
            histories=edition.histories.digests,
            pages=self._pages,
            staging=options.cache,
            records=MemoryRecords(edition.held, self._kept, self._history),
        )
        texts = edition.materials.templates
        if self._environment is None:
            self._environment = environment(self._texts, bytecode_folder=state.bytecode, sources_change=True)
        if self._texts != texts or self._language != edition.parts.language:
            self.generation += 1
            self._language = edition.parts.language
            self._texts.clear()
            self._texts.update(texts)
        state.private["environment"] = self._environment
        state.page_seconds = PAGE_SECONDS
        return state


class _Digests(Mapping[str, str]):
    """The digests of an edition's trials, looked up and never copied."""

    def __init__(self, held: Held) -> None:
        self._held = held

    def __getitem__(self, name: str) -> str:
        return self._held[name].digest

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)
