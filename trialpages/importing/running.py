"""One import from its beginning to its end: records come from the registry or from files, one after another.

Whatever ends it before its time - no network, a full disk, a key press - leaves whole files and a journal, and
the same command goes on from there.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from trialpages.importing.bringing import Bringer, Terms
from trialpages.importing.client import Client
from trialpages.importing.client import Missing as NotKnown
from trialpages.importing.faults import RegistryFault
from trialpages.importing.files import PIPE, Source, pipe_entries
from trialpages.importing.folders import Folders
from trialpages.importing.outcome import Outcome
from trialpages.importing.query import Query
from trialpages.importing.resume import Journal, Mark
from trialpages.importing.streaming import Readable
from trialpages.importing.tally import Tally
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.digest import digest
from trialpages.words.fields import record

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is; 0 where nobody knows."""

MARK_EVERY = 500
"""Records of a file between two marks in the journal."""


@record
class Order:
    """What to bring, in one of three ways: numbers, files, or a search. Files may be narrowed to numbers."""

    numbers: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    query: Query | None = None
    limit: int | None = None
    """The most records that are taken from files."""
    address: str = ""
    """Of the registry, since an interrupted search goes on with the same registry only."""

    def digest(self, terms: Terms) -> str:
        """Return what tells whether two commands are one and the same."""
        parts = [self.address, str(self.query), str(self.limit), *self.numbers]
        parts += [str(terms.allow_older), str(terms.only_held)]
        for path in self.files:
            status = None if str(path) == PIPE else path.stat()
            parts += [str(path), f"{status.st_size} {status.st_mtime_ns}" if status else ""]
        return digest(*parts)


class Importer:
    """Runs one order. `tally` is complete, and true, however it ends."""

    def __init__(
        self,
        order: Order,
        folders: Folders,
        terms: Terms,
        journal: Journal,
        progress: Progress,
        *,
        severities: Mapping[str, str] | None = None,
    ) -> None:
        self.tally = Tally(severities)
        self._order = order
        self._folders = folders
        self._terms = terms
        self._bringer = Bringer(folders, terms)
        self._journal = journal
        self._progress = progress
        self._seen: set[str] = set()
        """Of the numbers that were asked for, those that came."""

    def run(self, client: Client | None, pipe: Readable | None = None) -> Tally:
        """Bring what was ordered. What ends it early is a fault in the tally; only `KeyboardInterrupt` passes."""
        finished = False
        try:
            for earlier in self._journal.earlier():
                self._count(earlier)
                self.tally.resumed += 1
            self._bring_all(client, pipe)
            finished = True
        except RegistryFault as fault:
            where = Span(self._order.address or "registry")
            self._stop(fault.what, make(fault.code, fault.what, where, help=fault.help))
        except OSError as error:
            self._stop(error.strerror or str(error), self._disk_fault(error))
        except KeyboardInterrupt:
            self.tally.stopped = "interrupted"
            raise
        finally:
            self._take_faults()
            self._journal.close(finished=finished)
        return self.tally

    def _bring_all(self, client: Client | None, pipe: Readable | None) -> None:
        if self._order.files:
            for path in self._order.files:
                self._from_file(path, pipe)
            self._tell_absent()
        elif client is not None and self._order.query is not None:
            self._from_search(client, self._order.query)
        elif client is not None:
            self._from_numbers(client)

    def _from_numbers(self, client: Client) -> None:
        wanted = [number for number in self._order.numbers if number not in self._journal.done]
        total = len(self._order.numbers)
        for found in client.studies(wanted):
            if isinstance(found, NotKnown):
                self._note(self._bringer.missing(found.asked))
            else:
                self._take(self._bringer.bring(found.record, found.found_as, asked=found.asked))
            self._progress("trials", self.tally.total, total)

    def _from_search(self, client: Client, query: Query) -> None:
        mark = self._journal.mark
        count, total = (mark.count, mark.total) if mark else (0, 0)
        limit = query.limit
        if query.limit is not None:
            if count >= query.limit:
                return
            query = replace(query, limit=query.limit - count)
        for page in client.search(query, page_token=mark.token if mark else None):
            total = page.total if page.total is not None else total
            for data in page.records:
                self._take(self._bringer.bring(data, "the search"))
                count += 1
                self._progress("trials", count, total if limit is None else min(limit, total))
            if page.next_page_token is not None:
                self._journal.reach(
                    Mark(source="search", count=count, token=page.next_page_token, total=total)
                )

    def _from_file(self, path: Path, pipe: Readable | None) -> None:
        skipped = self._skipped(str(path))
        if skipped is None:
            return
        source = Source(path, path.name)
        faults = self._bringer.faults
        if str(path) != PIPE:
            found = source.entries(faults, self._wants)
        else:
            found = pipe_entries(pipe, faults) if pipe is not None else iter(())
        count = 0
        for entry in found:
            if self._is_enough():
                return
            count += 1
            if count <= skipped:
                continue
            self._take(self._bringer.bring(entry.data, entry.shown))
            if self._order.limit is not None:
                limit = self._order.limit
                self._progress("trials", self.tally.total, min(limit, source.total or limit))
            elif source.total:
                self._progress("files", source.done, source.total)
            else:
                self._progress("records", count, 0)
            if count % MARK_EVERY == 0:
                self._journal.reach(Mark(source=str(path), count=count))
        self._take_faults()
        self._journal.reach(Mark(source=str(path), count=count, is_end=True))

    def _skipped(self, source: str) -> int | None:
        """Return how many records of a file an interrupted run has done; None for all of them."""
        mark = self._journal.mark
        if mark is None or mark.source not in self._sources():
            return 0
        at, here = self._sources().index(mark.source), self._sources().index(source)
        if here < at or (here == at and mark.is_end):
            return None
        return mark.count if here == at else 0

    def _sources(self) -> list[str]:
        return [str(path) for path in self._order.files]

    def _wants(self, number: str) -> bool:
        """Tell whether a trial's record is worth unpacking, by the number in its file's name."""
        if self._terms.only is not None and number not in self._terms.only:
            return False
        return not self._terms.only_held or self._folders.exists(number)

    def _is_enough(self) -> bool:
        return self._order.limit is not None and self.tally.total >= self._order.limit

    def _tell_absent(self) -> None:
        """Tell which numbers the files were to bring and did not hold."""
        for number in self._order.numbers:
            if number not in self._seen:
                what = f"The files hold no record of {number}"
                help_text = f"fetch it from the registry: import {number}"
                self.tally.blame([make("unknown-trial", what, Span(self._folders.shown(number)), help_text)])

    def _take(self, found: Iterable[Outcome]) -> None:
        for each in found:
            if each.trial_id not in self._journal.done:
                self._note(each)
        self._take_faults()

    def _note(self, found: Outcome) -> None:
        self._count(found)
        self._journal.note(found)

    def _count(self, found: Outcome) -> None:
        self.tally.add(found)
        if self._order.numbers:
            self._seen.add(found.trial_id)

    def _take_faults(self) -> None:
        self.tally.blame(self._bringer.faults)
        self._bringer.faults.clear()

    def _stop(self, why: str, fault: Diagnostic) -> None:
        self.tally.stopped = why
        self.tally.blame([fault])

    def _disk_fault(self, error: OSError) -> Diagnostic:
        written = self.tally.written
        done = f"{written:,} records were written and are whole, and nothing is half"
        if written < 2:
            done = "1 record was written and is whole" if written else "no record was written"
        return disk_fault(error, self._folders.shown_path(error.filename), done)


def disk_fault(error: OSError, path: str, done: str) -> Diagnostic:
    """Return what the disk did not take or give, and what has been done all the same."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        help_text = "free some space, then run the same command: it goes on from here"
        return make("disk-full", f"The disk is full; {done}", Span(path), help_text)
    what = f"This cannot be read or written: {error.strerror or error}; {done}"
    help_text = "mend this, then run the same command: it goes on from here"
    return make("output-not-writable", what, Span(path), help_text)
