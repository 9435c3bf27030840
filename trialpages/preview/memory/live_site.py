"""The site in memory: what was read of it, what was saved since, and its pages as they are asked for.

    open            reads the site, with what builds have remembered
    apply(batch)    takes in what was saved, as far as the saved pages need: tens of milliseconds
    settle()        takes in the rest: the whole site, histories, checks across trials
    answer(path)    gives a file of the site as it is now

All that is known at one moment is an edition, which never changes and is replaced by one assignment. `apply` never waits
for `settle`: a step that was overtaken is thrown away. `answer` waits for `settle`, and does it itself if nobody else
does, when a page shows what other trials say and that has changed; the page of a trial that was saved is given at
once, with the others' facts of the moment before (`Answer.is_provisional`).

Every method may be called in any thread, and several `answer`s at a time. Nothing that somebody can save makes a method
raise: what is wrong with the content is in `diagnostics`, and so is a fault of ours, with its traceback. Nothing
here writes to the content, to the output or to the memo of a build.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from trialpages.preview.answer import Answer
from trialpages.preview.batch import Batch
from trialpages.stages.options import Options
from trialpages.words.diagnostics import Diagnostic

if TYPE_CHECKING:
    from trialpages.preview.memory.edition import Edition
    from trialpages.preview.memory.last_site import LastSite
    from trialpages.preview.memory.page_answers import Making
    from trialpages.preview.memory.reasons import Reason
    from trialpages.stages.rendering import PageJob

ROUNDS = 50
"""How often settling begins anew because something was saved meanwhile, before whoever waits is given what there is."""


class LiveSite:
    """A site that is shown while it changes."""

    def __init__(self, options: Options, own: Options | None = None) -> None:
        """Take the site's options, and those of the builds behind when they are not made at the usual place."""
        self._options = options
        self._own = own
        self._edition: Edition | None = None
        self._editing = threading.RLock()
        self._settling = threading.RLock()
        self._look_through = False
        self._last: LastSite | None = None
        self._own_faults: dict[str, Diagnostic] = {}

    def open(self) -> None:
        """Read the site, or find that the files of the last build are those of now, so that it can be read a little later.

        Raises `OSError` when the disk fails.
        """
        from trialpages.preview.memory.last_site import last_site

        self._last = last_site(self._options, self._own)
        if self._last is None:
            self._opened()

    def apply(self, batch: Batch) -> None:
        """Take in what was saved, as far as the saved pages need."""
        from trialpages.preview.memory.changes import changes
        from trialpages.preview.memory.loading import next_edition

        with self._editing:
            edition = self._opened()
            asked = Batch(paths=batch.paths, is_everything=True) if self._look_through else batch
            try:
                changed = changes(edition.options, asked, edition.content.config.registry)
                made = next_edition(edition, changed)
            except Exception:
                # What this batch told is lost, so the next one looks at everything.
                self._look_through = True
                self._fail("apply", "What was saved cannot be taken in, because of a fault in the generator")
                return
            self._look_through = False
            self._own_faults.pop("apply", None)
            if made is not edition:
                self._journal.add(made.number, changed.files or _touched(edition, made))
                self._edition = made

    def settle(self) -> bool:
        """Take in the rest; say whether anything moved."""
        edition = self._opened()
        number = edition.number
        with self._settling:
            for _round in range(ROUNDS):
                if not self._settle_once():
                    break
            last = self._opened()
            try:
                last.whole.warm(lambda: self._edition is last)
                self._steps.warm_decoding(last)
            except Exception:
                self._fail("warm", "The site cannot be settled, because of a fault in the generator")
        return self.version != number

    def on_day(self, today: date) -> None:
        """Move the site to another day."""
        from trialpages.preview.memory.loading import is_of_day

        with self._editing:
            edition = self._opened()
            self._edition = is_of_day(edition, replace(edition.options, today=today))

    def answer(self, path: str) -> Answer | None:
        """Return the file at a path from the site's root; `""` is the home page, and a folder ends in a slash.

        None where there is no such file. A page that cannot be made is given as it last was, and `faults` say why;
        without content when nobody knows how it was. A list of trials that are not read yet has neither: see `progress`.
        """
        file = f"{path}index.html" if path == "" or path.endswith("/") else path
        if self._edition is None and self._last is not None:
            try:
                return self._last.answer(file)
            except Exception:
                self._last = None
        from trialpages.preview.memory.page_answers import own_fault, owner_of

        try:
            return self._answer(file)
        except Exception:
            fault = own_fault(f"The page /{path} cannot be made, because of a fault in the generator")
            return Answer(path=file, url=owner_of(file), content=b"", digest="", faults=(fault,))

    def diagnostics(self) -> Sequence[Diagnostic]:
        """Return what is wrong with the content, as a build would tell it, and with the pages that were asked for."""
        edition = self._opened()
        with self._press.lock:
            pages = self._pages.faults(edition)
        return (*self._faults.of(edition, pages), *self._own_faults.values())

    @property
    def version(self) -> int:
        """A number that grows with every change; 0 before the site is read."""
        return self._edition.number if self._edition is not None else 0

    @property
    def edition(self) -> Edition:
        """All that is known at this moment; it never changes."""
        return self._opened()

    def page(self, url: str) -> PageJob | None:
        """Return the page at an address, with the parts of its key."""
        self._opened()
        with self._press.lock:
            return self._pages.job(self._opened(), url)

    def reason(self, url: str) -> Reason | None:
        """Return why a page was made the last time; None when nobody has asked for it."""
        self._opened()
        with self._press.lock:
            return self._pages.reason(url)

    def progress(self) -> str | None:
        """Say how far the reading of the trials is; None when all are read."""
        edition = self._edition
        if edition is None or not edition.missing:
            return None
        count = len(edition.content.trials)
        return f"{count - len(edition.missing):,} of {count:,} trials are read"

    def _opened(self) -> Edition:
        edition = self._edition
        if edition is not None:
            return edition
        with self._editing:
            if self._edition is None:
                self._read()
            assert self._edition is not None
            return self._edition

    def _read(self) -> None:
        from trialpages.machine.collector import collector_at_rest
        from trialpages.machine.memo import memo_in_memory
        from trialpages.preview.memory.faults import Faults
        from trialpages.preview.memory.kept import Kept
        from trialpages.preview.memory.loading import first_edition
        from trialpages.preview.memory.page_answers import PageAnswers
        from trialpages.preview.memory.press import Press
        from trialpages.preview.memory.reasons import Journal
        from trialpages.preview.memory.settling import Steps
        from trialpages.preview.memory.site_files import SiteFiles

        kept = Kept(self._options, self._own)
        memo = memo_in_memory()
        self._journal = Journal()
        self._press = Press(kept, memo.history)
        self._pages = PageAnswers(self._press, kept, self._journal)
        self._files = SiteFiles(kept)
        self._faults = Faults()
        self._steps = Steps(kept, memo, lambda edition: edition is self._edition)
        with collector_at_rest():
            self._edition = first_edition(self._options, kept)
        # What lives as long as the preview need not be looked through at each collection.
        gc.freeze()

    def _settle_once(self) -> bool:
        """Take each step that there is to take once; say whether there was any."""
        has_moved = False
        for step in self._steps.all():
            base = self._opened()
            try:
                made = step(base)
            except Exception:
                self._fail(step.__name__, "The site cannot be settled, because of a fault in the generator")
                continue
            self._own_faults.pop(step.__name__, None)
            with self._editing:
                if made is not None and self._edition is base:
                    self._edition = made
                has_moved = has_moved or self._edition is not base
        return has_moved

    def _fail(self, name: str, what: str) -> None:
        from trialpages.preview.memory.page_answers import own_fault

        self._own_faults[name] = own_fault(what)

    def _answer(self, file: str) -> Answer | None:
        from trialpages.preview.memory.asked import asked
        from trialpages.preview.memory.page_answers import Making

        found = None
        for _attempt in range(3):
            self._opened()
            with self._press.lock:
                # Read with the lock: the press never goes back to an older edition while a template runs.
                found = asked(self._opened(), file, self._pages, self._files)
            if isinstance(found.answer, Making):
                answer = self._made(found.answer)
                if answer is not None:
                    return answer
            elif found.waits_for == "trial":
                self._take(found.trial_id)
            elif found.waits_for == "settling":
                if not self.settle():
                    break
            else:
                return found.answer
        with self._press.lock:
            last = asked(self._opened(), file, self._pages, self._files, is_last=True).answer
            return self._made(last) if isinstance(last, Making) else last

    def _made(self, making: Making) -> Answer | None:
        content = making.run()
        with self._press.lock:
            return self._pages.made(making, content)

    def _take(self, trial_id: str) -> None:
        """Decode a trial that somebody looks at before all others."""
        from trialpages.preview.memory.loading import with_decoded

        with self._editing:
            self._edition = with_decoded(self._opened(), trial_id)


def _touched(before: Edition, after: Edition) -> tuple[str, ...]:
    """Return the files of trials that differ between two editions, when nobody says which files have changed."""
    known = before.content.trials
    return tuple(
        file.path
        for trial_id, trial in after.content.trials.items()
        if known.get(trial_id) != trial
        for file in trial.files
        if trial_id not in known or file not in known[trial_id].files
    )[:100]
