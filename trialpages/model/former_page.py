"""Former pages: addresses that were public and have no page any more, and what stands there instead.

A reader who follows an old link is led on or told, and never meets a bare "not found". Nothing that the page said
is kept: what was wrong must not live on, so a former page knows its address, and why, since when and where to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from annotated_types import MinLen

from trialpages.model.vocabulary import FullDate
from trialpages.read.document import Document
from trialpages.words.diagnostics import Sink
from trialpages.words.fields import Doc, Shape, record
from trialpages.words.shapes import pattern

PART = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}/"
PAGE_ADDRESS = rf"^({PART}){{1,8}}$"
PageAddress = Annotated[str, Shape(PAGE_ADDRESS, "trials/NCT02458014/")]
Destination = Annotated[
    str,
    Shape(rf"^(https?://[^\s<>\"]+|({PART}){{1,8}})$", "trials/NCT02458014/ or https://www.example.org/page"),
]

EDITORS, HISTORY, PREVIOUS = "editors", "history", "previous"
"""Who says that a page is a former one: the file of the editors, version control, or the site as it stands in public."""

FILE_ENDINGS = (".html", ".xml", ".json", ".csv", ".txt", ".js", ".css", ".svg", ".png", ".ico", ".gz", ".br")
"""A folder of such a name would stand in the way of a file."""


@record
class FormerPageEntry:
    """A page that is no longer there, and what readers of an old link should know."""

    page: Annotated[PageAddress, Doc("The page's old address, from the site's root.")]
    moved_to: Annotated[
        Destination | None,
        Doc("Where readers are led: a page of this site, or the full address of a page elsewhere."),
    ] = None
    reason: Annotated[
        str | None, MinLen(1), Doc("Why the page is gone, in a plain sentence that readers will see.")
    ] = None
    since: Annotated[FullDate | None, Doc("The day on which the page was taken down.")] = None


@record
class FormerPage:
    """A former page as it is published: a redirect where `moved_to` says so, otherwise a page that says it is gone."""

    page: str
    by: str
    moved_to: str = ""
    """A page of this site, from its root, or a full address; empty for none."""
    reason: str = ""
    since: str = ""
    conditions: tuple[str, ...] = ()
    """Names of the illnesses that a trial was about, to lead to their lists."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether the page moved to another site."""
        return self.moved_to.startswith(("http://", "https://"))

    @property
    def trial_id(self) -> str:
        """The id of the trial that the page was about; empty for other pages."""
        first, _slash, rest = self.page.partition("/")
        name, _slash, below = rest.partition("/")
        return name if first == "trials" and not below else ""


@record
class FormerPages:
    """All former pages by address, and the public addresses whose pages could not be made this time but stay."""

    pages: tuple[FormerPage, ...] = ()
    kept: tuple[str, ...] = ()


NO_FORMER_PAGES = FormerPages()


def is_page_address(text: object) -> bool:
    """Say whether a text is the address of a page, from the site's root."""
    return isinstance(text, str) and bool(pattern(PAGE_ADDRESS).fullmatch(text)) and not leads_to_file(text)


def leads_to_file(address: str) -> bool:
    """Say whether a part of an address is named as a file is."""
    return any(part.lower().endswith(FILE_ENDINGS) for part in address.split("/"))


def check_former_pages(
    entries: Sequence[tuple[int, FormerPageEntry]], document: Document, sink: Sink
) -> None:
    """Report what one entry cannot mean, and a page that has two entries."""
    seen: dict[str, int] = {}
    for index, entry in entries:
        first = seen.setdefault(entry.page, index)
        if first != index:
            line = document.span((first, "page")).line
            what = f"'{entry.page}' has an entry already"
            notes = (f"the first one is on line {line}",)
            found = document.fault(
                "duplicate-entry", what, (index, "page"), help="keep one of the two", notes=notes
            )
            sink.append(found)
        if leads_to_file(entry.page):
            what = f"'{entry.page}' looks like the address of a file"
            help_text = "name the page: `trials/NCT02458014/`; its files go with it"
            sink.append(document.fault("wrong-form", what, (index, "page"), help=help_text))
        if entry.moved_to and entry.reason:
            what = "The reason is never read, since readers are led on at once"
            help_text = "keep `moved_to:` or `reason:`"
            sink.append(
                document.fault("former-page-unclear", what, (index, "reason"), key=True, help=help_text)
            )
