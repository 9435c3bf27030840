"""Faults of published files as diagnostics: said once, at the line of the editors' file that they come from.

A link that an editor wrote is found again by its address in the texts that the page is made from; a link of a
template in the templates. Where neither has it, the page itself is named. One fault on many pages is one diagnostic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from trialpages.pages.addresses import relative
from trialpages.pages.site_paths import PLACE, TOP, Broken, FileFaults
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.fields import record
from trialpages.words.suggest import nearest

MOST_GUESSED_FROM = 5_000
"""Files among which the one that was meant is looked for; among more the search would take too long."""


@record
class Source:
    """A text that pages are made from, by the path that an author knows."""

    path: str
    text: str
    is_template: bool = False


@record
class OutputFault:
    """A fault of the output: what is said of it, the files that have it, and the file that it leads to."""

    diagnostic: Diagnostic
    files: tuple[str, ...]
    leads_to: str = ""


@record
class _Seen:
    """One fault in one file, before equal ones are folded."""

    code: str
    what: str
    searched: tuple[str, ...]
    """What to look for in the sources, the most exact first."""
    path: str
    line: int
    help: str | None = None
    leads_to: str = ""
    guess: str = ""
    """The file that was meant; how its address is written depends on where the fault stands."""


@record
class _Place:
    """Where a source has a fault: the place, its line, and the address as it stands there."""

    span: Span
    line: str
    written: str
    is_from_root: bool


SourcesOf = Callable[[str], Iterable[Source]]
"""From a file in the output to the texts that it may be made from, the nearest first."""


def output_faults(
    found: Sequence[FileFaults],
    lost: Iterable[tuple[str, Broken]],
    files: frozenset[str],
    sources_of: SourcesOf,
    shown: Callable[[str], str],
) -> list[OutputFault]:
    """Return the faults of all files, each once, in the order in which they are first seen.

    `lost` are places that another page does not have, by the file that links there; `shown` makes a path in the
    output one that the author knows.
    """
    seen = [fault for each in found for fault in _seen(each, files)]
    seen += [_lost(path, broken) for path, broken in lost]
    folded: dict[tuple[object, ...], tuple[_Seen, Diagnostic, list[str]]] = {}
    for fault in seen:
        place = _place(fault, sources_of)
        key = (fault.code, place.span) if place else (fault.code, fault.what, fault.leads_to)
        if key not in folded:
            folded[key] = (fault, _diagnostic(fault, place, shown), [])
        folded[key][2].append(fault.path)
    return [
        OutputFault(diagnostic=_with_pages(diagnostic, paths), files=tuple(paths), leads_to=fault.leads_to)
        for fault, diagnostic, paths in folded.values()
    ]


def _seen(faults: FileFaults, files: frozenset[str]) -> Iterator[_Seen]:
    for broken in faults.broken:
        make_seen = _lost if broken.kind == PLACE else partial(_nowhere, files=files)
        yield make_seen(faults.path, broken)
    for name, line in faults.repeated_ids:
        what = f"Two parts of the page have the id '{name}'"
        yield _Seen(
            code="duplicate-id", what=what, searched=(f'id="{name}"', name), path=faults.path, line=line
        )
    for address, line in faults.silent_images:
        image = f"The image '{address}'" if address else "An image"
        yield _Seen(
            code="missing-alternative-text",
            what=f"{image} has no words for those who do not see it",
            searched=_written(address, ""),
            path=faults.path,
            line=line,
            help='add alt="what the image shows", or alt="" where it only decorates',
        )


def _nowhere(own_path: str, broken: Broken, files: frozenset[str]) -> _Seen:
    is_top = broken.kind == TOP
    where = "the top of the server, and the site stands below it" if is_top else "nothing on this site"
    return _Seen(
        code="broken-link",
        what=f"The address '{broken.address}' leads to {where}",
        searched=_written(broken.address, broken.path),
        path=own_path,
        line=broken.line,
        leads_to=broken.path,
        guess=broken.path if is_top else _guess(broken.path, files),
    )


def _lost(own_path: str, broken: Broken) -> _Seen:
    page = broken.path.removesuffix("index.html") or "the home page"
    where = "this page" if broken.path == own_path else f"the page {page}"
    return _Seen(
        code="broken-anchor",
        what=f"The address '{broken.address}' leads to a place '{broken.fragment}' that {where} does not have",
        searched=(*_written(broken.address, ""), f"#{broken.fragment}"),
        path=own_path,
        line=broken.line,
        help=f"did you mean '#{broken.guess}'?" if broken.guess else None,
        leads_to=broken.path,
    )


def _guess(path: str, files: frozenset[str]) -> str:
    """Return the file that was most likely meant, or nothing."""
    if f"{path}/index.html" in files:
        return f"{path}/index.html"
    if len(files) > MOST_GUESSED_FROM:
        return ""
    wanted = path.removesuffix("index.html").rstrip("/")
    is_page = path.endswith("index.html")
    known = {
        each.removesuffix("index.html").rstrip("/"): each
        for each in sorted(files)
        if each.endswith("index.html") == is_page and each != "index.html"
    }
    folder = wanted.rpartition("/")[0]
    near = [name for name in known if name.rpartition("/")[0] == folder]
    guess = nearest(wanted.rpartition("/")[2], [name.rpartition("/")[2] for name in near])
    if guess is not None:
        return known[f"{folder}/{guess}" if folder else guess]
    found = nearest(wanted, known)
    return known[found] if found is not None else ""


def _written(address: str, path: str) -> tuple[str, ...]:
    """Return how a source may have written an address: as it stands, or from the site's root."""
    from_root = re.sub(r"^(?:\.{1,2}/)+", "", address)
    target = path.removesuffix("index.html")
    return tuple(dict.fromkeys(each for each in (address, from_root, target) if len(each) > 1))


def _place(fault: _Seen, sources_of: SourcesOf) -> _Place | None:
    """Return where the sources have the fault; from the site's root only settings and templates write addresses."""
    for source in sources_of(fault.path):
        for number, searched in enumerate(fault.searched):
            if number and not source.is_template and not source.path.endswith(".yaml"):
                continue
            found = find(searched, source)
            if found is not None:
                return _Place(span=found[0], line=found[1], written=searched, is_from_root=number > 0)
    return None


def _diagnostic(fault: _Seen, place: _Place | None, shown: Callable[[str], str]) -> Diagnostic:
    """Return what is said of a fault, with addresses as they are written where it stands."""
    help_text = fault.help
    if fault.guess:
        from_page = relative(fault.path, fault.guess)
        meant = fault.guess.removesuffix("index.html") if place and place.is_from_root else from_page
        help_text = f"did you mean '{meant}'?"
    if place is None:
        return make(fault.code, fault.what, Span(shown(fault.path), fault.line), help_text)
    what = fault.what.replace(f"'{fault.searched[0]}'", f"'{place.written}'", 1)
    return make(fault.code, what, place.span, help_text, place.line)


def find(searched: str, source: Source) -> tuple[Span, str] | None:
    """Return the first place of an address in a text, and its line; a part of a longer address is none."""
    if searched not in source.text:
        return None
    pattern = rf"(?<![\w./#-]){re.escape(searched)}(?![\w/#-])"
    match = re.search(pattern, source.text)
    if match is None:
        return None
    start = source.text.rfind("\n", 0, match.start()) + 1
    line = source.text.count("\n", 0, match.start()) + 1
    end = source.text.find("\n", match.start())
    text = source.text[start : end if end >= 0 else None].rstrip("\r")
    column = match.start() - start + 1
    return Span(source.path, line, column, column + len(searched)), text


def _with_pages(diagnostic: Diagnostic, paths: Sequence[str]) -> Diagnostic:
    distinct = list(dict.fromkeys(paths))
    first = distinct[0].removesuffix("index.html") or "the home page"
    if len(distinct) == 1:
        note = f"on the page {first}" if distinct[0].endswith(".html") else f"in the file {first}"
    else:
        note = f"on {len(distinct):,} pages; the first: {first}"
    return make(
        diagnostic.code, diagnostic.what, diagnostic.span, diagnostic.help, diagnostic.source_line, (note,)
    )
