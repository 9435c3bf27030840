"""What can wait for a moment after a save: trials that take long to decode, the whole site, histories, and checks.

Each step takes an edition and gives the next one, or nothing when there is nothing left for it to do. No step changes
what it was given, so a step that was overtaken by a save is thrown away and begun again on the newer edition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from trialpages.machine.git_state import state as git_state
from trialpages.machine.memo import Memo
from trialpages.model.checks import check_site
from trialpages.model.former_page import FormerPages
from trialpages.model.shared_files import FORMER_PAGES
from trialpages.pages.prose_pages import prose_page
from trialpages.preview.memory.edition import Edition, Histories
from trialpages.preview.memory.held import HeldTrial, faulty_ids, held_trial, sound_cards, under_settings
from trialpages.preview.memory.kept import Kept
from trialpages.preview.memory.loading import with_trials
from trialpages.preview.memory.settings_moved import told_otherwise
from trialpages.preview.memory.whole_site import whole_site
from trialpages.read import sources
from trialpages.stages.decoding import folder_files
from trialpages.stages.former_pages import find_former_pages
from trialpages.stages.history import HEAD, knows_histories, read_histories
from trialpages.stages.options import silent
from trialpages.stages.shared_prose import check_prose
from trialpages.words.diagnostics import Sink
from trialpages.words.language import use
from trialpages.words.severities import apply_severities

MOST_AT_ONCE = 200
"""Trials that are decoded here; more are left to the build behind the preview, which uses all cores."""

MOST_HISTORIES = 200
"""Trials of a site whose histories are read here from the beginning."""

Step = Callable[[Edition], Edition | None]


class Steps:
    """The steps, and what they look into. One thread at a time."""

    def __init__(self, kept: Kept, memo: Memo, is_newest: Callable[[Edition], bool]) -> None:
        self._kept = kept
        self._memo = memo
        self._is_newest = is_newest
        self._asked: tuple[object, ...] = ()
        self._is_warm = False
        self._former: tuple[tuple[object, ...], FormerPages, Sink] | None = None
        """What decided which pages are former ones, these pages, and what is odd about them."""

    def all(self) -> tuple[Step, ...]:
        """Return the steps in their order."""
        return self.decode, self.assemble, self.read_histories, self.check

    def decode(self, edition: Edition) -> Edition | None:
        """Decode the trials that are missing, or were decoded under other settings."""
        use(edition.parts.language)
        content, state = edition.content, edition.decoding
        older = {trial_id: each for trial_id, each in edition.held.items() if each.state.code != state.code}
        if not older and not edition.missing:
            return None
        moved = told_otherwise(older, content.trials, state)
        known = self._kept_now(edition, edition.missing | moved)
        waiting = (edition.missing | moved) - known.keys()
        held = {**edition.held, **known}
        for trial_id in older.keys() - moved:
            held[trial_id] = under_settings(older[trial_id], state)
        if len(waiting) <= MOST_AT_ONCE:
            for trial_id in sorted(waiting):
                if not self._is_newest(edition):
                    return None
                held[trial_id] = held_trial(state, content.trials[trial_id])
            waiting = frozenset()
        # The others stay as they were under older settings, until the build behind the preview has made them anew.
        for trial_id in waiting & older.keys():
            held[trial_id] = replace(older[trial_id], state=state)
        if held == edition.held and waiting == edition.missing:
            return None
        if held.keys() != edition.held.keys():
            held = dict(sorted(held.items()))
        return with_trials(edition, held, waiting).next()

    def _kept_now(self, edition: Edition, names: frozenset[str]) -> dict[str, HeldTrial]:
        """Return those trials that builds have remembered by now; nothing while no build has written since the last time."""
        asked = (self._kept.signs(), edition.decoding.code, names)
        if asked == self._asked:
            return {}
        self._asked = asked
        return self._kept.trials((edition.content.trials[name] for name in sorted(names)), edition.decoding)

    def warm_decoding(self, edition: Edition) -> None:
        """Decode some trial of the site once, so that the first save does not wait for what decoding loads."""
        if not self._is_warm:
            self._is_warm = True
            use(edition.parts.language)
            for trial in (each for each in edition.content.trials.values() if each.files):
                held_trial(edition.decoding, trial)
                break

    def assemble(self, edition: Edition) -> Edition | None:
        """Put the whole site together."""
        if edition.is_whole:
            return None
        use(edition.parts.language)
        options, content = edition.options, edition.content
        cards = sound_cards(edition.held, drafts=options.drafts)
        whole = whole_site(cards, content.shared, content.config, options.today, edition.whole)
        if self._is_newest(edition):
            whole.index()
        return edition.next(whole=whole, is_whole=True, pending=frozenset(), is_checked=False)

    def read_histories(self, edition: Edition) -> Edition | None:
        """Ask version control what has changed on each trial's page."""
        options, content, decoding = edition.options, edition.content, edition.decoding
        state = (git_state(options.content), decoding.code, _recorded(edition))
        if edition.histories.state == state and not edition.histories.are_awaited:
            return None
        use(edition.parts.language)
        if not knows_histories(options, self._memo, content, decoding):
            self._kept.histories(
                self._memo, HEAD, lambda: knows_histories(options, self._memo, content, decoding)
            )
        if (
            not knows_histories(options, self._memo, content, decoding)
            and len(content.trials) > MOST_HISTORIES
        ):
            return (
                None
                if edition.histories.are_awaited
                else edition.next(histories=replace(edition.histories, are_awaited=True))
            )
        sink: Sink = []
        digests = read_histories(
            replace(options, jobs=1), self._memo, content, replace(decoding, remembered_keys={}), sink, silent
        )
        apply_severities(sink, content.config.severities)
        return edition.next(histories=Histories(state, digests, tuple(sink)), is_checked=False)

    def check(self, edition: Edition) -> Edition | None:
        """Look for what is wrong across trials, and for pages that were public and are no more."""
        if edition.is_checked or not edition.is_whole:
            return None
        edition.whole.warm(lambda: self._is_newest(edition))
        if not self._is_newest(edition):
            return None
        use(edition.parts.language)
        options, content, held = edition.options, edition.content, edition.held
        faulty = faulty_ids(held)
        sink = _faults_before(edition)
        count = len(sink)
        cards = [
            *sound_cards(held, drafts=options.drafts),
            *(held[trial_id].card for trial_id in sorted(faulty) if held[trial_id].card is not None),
        ]
        files_of = partial(folder_files, edition.decoding, content.trials)
        check_site([card for card in cards if card is not None], content.shared, sink, files_of)
        check_prose(content, self._memo, edition.parts.code, sink)
        former, faults = self._former_pages(edition, faulty)
        found = [*sink[count:], *faults]
        apply_severities(found, content.config.severities)
        return edition.next(is_checked=True, former=former, site_faults=tuple(found))

    def _former_pages(self, edition: Edition, faulty: frozenset[str]) -> tuple[FormerPages, Sink]:
        """Return the pages that were public and are no more, looked for anew when something has moved that decides it."""
        options, content = edition.options, edition.content
        previous = sources.source_file(options.directory, options.previous) if options.previous else None
        texts = {path: content.texts[path] for path in content.texts if path.endswith(FORMER_PAGES)}
        key = (
            *(edition.whole.shape, content.shared.former_pages, content.config, content.texts.keys(), texts),
            *(edition.parts.code, git_state(options.content), faulty, options.previous, previous),
        )
        if self._former is None or self._former[0] != key:
            sink: Sink = []
            site, code = edition.whole.site, edition.parts.code
            pages = (*edition.whole.pages(), *(prose_page(content.config, text) for text in content.prose))
            former = find_former_pages(
                options, self._memo, content, site, faulty, code, sink, own_pages=pages
            )
            self._former = (key, former, sink)
        return self._former[1], list(self._former[2])


def _faults_before(edition: Edition) -> Sink:
    """Return what is wrong with single files, which makes some faults across files needless to tell."""
    sink: Sink = [*edition.sources.faults, *edition.registry.faults]
    for each in edition.held.values():
        sink += each.diagnostics()
    apply_severities(sink, edition.content.config.severities)
    return sink


def _recorded(edition: Edition) -> tuple[object, ...]:
    """Return the records of the registry file on which histories stand: those of trials that have files, too."""
    trials = edition.content.trials.values()
    return tuple((trial.trial_id, trial.member) for trial in trials if trial.files and trial.member)
