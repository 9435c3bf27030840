"""The registry's interface, version 2: one study, many by number, or the pages of a search.

It knows no files of the site. Whatever the network does ends as a `RegistryFault` with a code of the catalogue.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import TypeVar

import msgspec

from trialpages.importing import wanted_fields
from trialpages.importing.clock import REAL, Clock
from trialpages.importing.faults import PassingFault, RegistryFault
from trialpages.importing.query import Query
from trialpages.importing.settings import ClientSettings
from trialpages.importing.transport import Transport
from trialpages.words.fields import record

__all__ = ["Client", "ClientSettings", "Fetched", "Missing", "Page", "Query", "RegistryFault"]

NCT_ID = re.compile(r"NCT(?!00000000)[0-9]{8}")
"""The form that the registry accepts in a request; another one would spoil a whole batch."""

FORM = {"format": "json", "markupFormat": "markdown", "fields": wanted_fields.parameter()}
"""Parameters of every request for studies."""

MOST_BY_NUMBER = 500
LARGEST_PAGE = 1000
MOST_EMPTY_PAGES = 100
"""In a row, before a search counts as one without an end."""

AGAIN = "run the same command again"
T = TypeVar("T")


@record
class Fetched:
    """One study as the registry sent it."""

    asked: str
    """The number that was asked for."""
    found_as: str
    """The study's own number; another one than `asked` where that is an old alias."""
    record: bytes
    """One bare study object as JSON (UTF-8)."""


@record
class Missing:
    """A number that the registry does not know."""

    asked: str


@record
class Page:
    """One page of a search; it may be empty although more pages follow."""

    records: tuple[bytes, ...]
    """Bare study objects as JSON (UTF-8), in the registry's order."""
    total: int | None
    """Of all pages; told with the first page only."""
    next_page_token: str | None
    """What `search(page_token=...)` needs to go on behind this page; None on the last one."""


class _Identification(msgspec.Struct):
    nctId: str  # noqa: N815 - the registry's own names
    nctIdAliases: list[str] = []  # noqa: N815


class _Protocol(msgspec.Struct):
    identificationModule: _Identification  # noqa: N815


class _Study(msgspec.Struct):
    protocolSection: _Protocol  # noqa: N815


class _Pages(msgspec.Struct):
    studies: list[msgspec.Raw]
    totalCount: int | None = None  # noqa: N815
    nextPageToken: str | None = None  # noqa: N815


class Client:
    """Asks the registry, politely: `with Client() as client: client.study("NCT00000001")`."""

    def __init__(
        self,
        settings: ClientSettings | None = None,
        *,
        clock: Clock = REAL,
        on_wait: Callable[[float, str], None] | None = None,
    ) -> None:
        """`on_wait(seconds, why)` is told before a wait that a fault has caused."""
        self.settings = settings or ClientSettings()
        self._transport = Transport(self.settings, clock, on_wait)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the connections go."""
        self._transport.close()

    def study(self, nct_id: str) -> Fetched:
        """Return one study; an alias is followed. Raises `RegistryFault` (`unknown-trial` for an unknown number)."""
        asked = nct_id.upper()
        unknown = RegistryFault(
            "unknown-trial",
            f"The registry does not know {asked}",
            f"check the number on the trial's papers, or look at https://clinicaltrials.gov/study/{asked}",
        )
        if not NCT_ID.fullmatch(asked):
            raise unknown
        try:
            numbers, body = self._transport.get(f"/studies/{asked}", FORM, _study)
        except RegistryFault as fault:
            if fault.code == "unknown-trial":
                raise unknown from fault
            raise
        if asked not in numbers:
            what = (
                f"The registry was asked for {asked} and sent {numbers[0]}, which does not go by that number"
            )
            raise RegistryFault("registry-answer", what, AGAIN)
        return Fetched(asked=asked, found_as=numbers[0], record=body)

    def studies(self, nct_ids: Iterable[str]) -> Iterator[Fetched | Missing]:
        """Yield each number's study, or `Missing`, in the order asked; `settings.batch` numbers to a request."""
        size = max(1, min(self.settings.batch, MOST_BY_NUMBER))
        for batch in _batched((each.upper() for each in nct_ids), size):
            found = self._by_number([each for each in dict.fromkeys(batch) if NCT_ID.fullmatch(each)])
            for asked in batch:
                study = found.get(asked)
                yield (
                    Missing(asked=asked)
                    if study is None
                    else Fetched(asked=asked, found_as=study[0], record=study[1])
                )

    def _by_number(self, nct_ids: Sequence[str]) -> dict[str, tuple[str, bytes]]:
        """Return own number and record of the studies, by every number that they go by."""
        found: dict[str, tuple[str, bytes]] = {}
        if not nct_ids:
            return found
        parameters = {"filter.ids": ",".join(nct_ids)}
        for page in self._pages(parameters, len(nct_ids)):
            for study in page.records:
                own, *aliases = _numbers(study)
                found[own] = own, study
                for alias in aliases:
                    found.setdefault(alias, (own, study))
        return found

    def search(self, query: Query, *, page_token: str | None = None) -> Iterator[Page]:
        """Yield the pages of a search to the end, or until `query.limit` studies; from a token on where one is given.

        With a token, `query.limit` counts from there on.
        """
        size = max(1, min(self.settings.batch, LARGEST_PAGE))
        yield from self._pages(query.parameters(), size, query.limit, page_token)

    def _pages(
        self, parameters: dict[str, str], size: int, left: int | None = None, token: str | None = None
    ) -> Iterator[Page]:
        """Yield pages until the one without a token, or until none is left to bring.

        The parameters stay the same from page to page; only the size may differ.
        """
        seen: set[str] = set()
        empty = 0
        while True:
            paging = {"countTotal": "true"} if token is None else {"pageToken": token}
            wanted = size if left is None else min(size, left)
            asked = {**FORM, **parameters, "pageSize": str(wanted), **paging}
            answer = self._transport.get("/studies", asked, _page)
            token = answer.next_page_token
            yield answer if left is None else dataclasses.replace(answer, records=answer.records[:left])
            left = None if left is None else left - len(answer.records)
            if token is None or (left is not None and left <= 0):
                return
            empty = 0 if answer.records else empty + 1
            if token in seen or empty > MOST_EMPTY_PAGES:
                what = "The registry's pages have no end: it names a page again that we have read"
                raise RegistryFault("registry-answer", what, "try again later")
            seen.add(token)


def _page(body: bytes) -> Page:
    found = _decoded(body, _Pages)
    for study in found.studies:
        _numbers(study)
    return Page(
        records=tuple(map(bytes, found.studies)),
        total=found.totalCount,
        next_page_token=found.nextPageToken or None,
    )


def _study(body: bytes) -> tuple[list[str], bytes]:
    return _numbers(body), body


def _numbers(study: bytes | msgspec.Raw) -> list[str]:
    """Return a study's own number and its aliases."""
    found = _decoded(study, _Study).protocolSection.identificationModule
    return [found.nctId, *found.nctIdAliases]


def _decoded(body: bytes | msgspec.Raw, kind: type[T]) -> T:
    """Return the answer as the kind that is expected; broken JSON may be whole the next time."""
    try:
        bytes(body).decode("utf-8")
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        what = f"The registry's answer has another form than its description: {error}"
        raise RegistryFault("registry-answer", what, "look for a newer version of this program") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"The registry's answer of {len(bytes(body)):,} bytes is not whole JSON"
        raise PassingFault(RegistryFault("registry-answer", what, AGAIN)) from error


def _batched(numbers: Iterable[str], size: int) -> Iterator[list[str]]:
    iterator = iter(numbers)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
