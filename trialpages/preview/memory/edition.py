"""An edition: all that the preview knows of the site at one moment. It never changes; the next one takes its place.

What of it takes long and not every page needs is made when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from trialpages.model.former_page import NO_FORMER_PAGES, FormerPages
from trialpages.pages.assets import AssetSet
from trialpages.pages.former_pages import former_pages
from trialpages.pages.page import Page
from trialpages.pages.prose_pages import prose_page
from trialpages.pages.social_image import ImageStyle
from trialpages.preview.memory.common_sources import CommonSources, RegistryFile
from trialpages.preview.memory.held import Held, faulty_ids
from trialpages.preview.memory.whole_site import WholeSite
from trialpages.site.context import TrialContext
from trialpages.stages.content import Content
from trialpages.stages.decoding import DecodeState
from trialpages.stages.inputs import Overlay
from trialpages.stages.materials import Materials, Templates
from trialpages.stages.options import Options
from trialpages.stages.trials import held_back
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.language import Language


@dataclass(frozen=True, slots=True)
class Parts:
    """What pages share beside the content, and what is wrong with it."""

    language: Language
    language_faults: tuple[Diagnostic, ...]
    code: str
    templates: Templates
    template_faults: tuple[Diagnostic, ...]
    asset_files: Overlay
    assets: AssetSet
    image_style: ImageStyle
    figure: str


@dataclass(frozen=True, slots=True)
class Histories:
    """The digest of each trial's history, the state of version control in which they hold, and what is wrong."""

    state: tuple[object, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Diagnostic, ...] = ()
    are_awaited: bool = False
    """Whether they are being read behind, and these are older ones."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The site at one moment."""

    number: int
    options: Options
    sources: CommonSources
    registry: RegistryFile
    content: Content
    parts: Parts
    materials: Materials
    decoding: DecodeState
    held: Held
    missing: frozenset[str]
    """Trials that nobody has decoded yet."""
    whole: WholeSite
    is_whole: bool
    """Whether the whole site is made of this content; where it is not, lists wait."""
    pending: frozenset[str]
    """Trials whose own facts are newer than the whole site."""
    is_checked: bool = False
    """Whether what is wrong across trials was looked for in this content."""
    histories: Histories = Histories()
    former: FormerPages = NO_FORMER_PAGES
    site_faults: tuple[Diagnostic, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing left to be taken in, but for what is made behind."""
        return self.is_whole and self.is_checked

    def page(self, url: str) -> Page | None:
        """Return a page that is no trial's."""
        config = self.content.config
        for text in self.content.prose:
            if text.url == url:
                return prose_page(config, text)
        found = self.whole.page(url)
        if found is None:
            pages = former_pages(self.whole.site, config, self.former)
            found = next((page for page in pages if page.url == url), None)
        return found

    def shows(self, trial_id: str) -> bool:
        """Say whether a trial has a page that can be made now."""
        if trial_id in self.whole.site.by_id or trial_id in self.pending:
            held = self.held.get(trial_id)
            if held is None or not held.digest or held.card is None:
                return False
            if held.card.draft and not self.options.drafts:
                return False
            return f"trials/{trial_id}/" not in held_back((held.card,), self.faulty())
        return False

    def faulty(self) -> frozenset[str]:
        """Return the trials with errors."""
        return faulty_ids(self.held)

    def next(self, **changes: object) -> Edition:
        """Return the next edition."""
        return replace(self, number=self.number + 1, **changes)  # type: ignore[arg-type]


class Contexts(Mapping[str, TrialContext]):
    """The contexts of an edition's trials, each made when it is asked for."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def __getitem__(self, trial_id: str) -> TrialContext:
        edition = self._edition
        if trial_id in edition.pending:
            card = edition.held[trial_id].card
            assert card is not None
            return edition.whole.context_of_new(card)
        return edition.whole.context(trial_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._edition.whole.site.by_id)

    def __len__(self) -> int:
        return len(self._edition.whole.site.by_id)
