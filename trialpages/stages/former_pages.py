"""The stage of former pages: what was public and is no more leaves a redirect or a page that says so.

Three sources, of which the first that names a page decides: the editors' file, the history of the content, and the
`site.json` of the site as it stands in public. Without the last, only trials are known to have vanished.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trialpages.machine.memo import Memo
from trialpages.model.former_page import EDITORS, FormerPage, FormerPageEntry, FormerPages
from trialpages.model.former_page_moves import CIRCLE, GONE, NOWHERE, STANDS, MoveFault, merged, settled
from trialpages.model.shared_files import FORMER_PAGES
from trialpages.pages.feeds import KIND as FEED
from trialpages.pages.page import Page, absolute
from trialpages.pages.previous_site import PreviousSite, read_previous, vanished
from trialpages.pages.site_pages import site_pages
from trialpages.read import sources
from trialpages.read.decode import decode
from trialpages.read.document import Document, read_yaml
from trialpages.site.site import Site
from trialpages.stages.content import Content
from trialpages.stages.former_history import former_trials
from trialpages.stages.options import Options
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span
from trialpages.words.suggest import nearest


def find_former_pages(
    options: Options,
    memo: Memo,
    content: Content,
    site: Site,
    faulty: Iterable[str],
    code: str,
    sink: Sink,
    *,
    own_pages: Iterable[Page] | None = None,
) -> FormerPages:
    """Return the former pages of the site, and put what is odd about them into the sink.

    `faulty` are the ids of trials that cannot be published now; their last good pages stay. `own_pages` are the pages
    of the site that are no trials', where they are known already.
    """
    held = frozenset(f"trials/{trial_id}/" for trial_id in faulty)
    own = _own_pages(
        site, site_pages(site, content.config, content.prose) if own_pages is None else own_pages
    )
    stands = own | held | _awaited(content)
    previous = _previous(options, sink)
    drafts = content.trials.keys() - site.by_id.keys()
    trials = former_trials(options, memo, code, sorted(drafts), frozenset({*site.by_id, *faulty}))
    entries = content.shared.former_pages
    found = merged(map(_of_editors, entries), trials, vanished(previous, stands, options.today.isoformat()))
    pages, faults = settled(found, stands, absolute(content.config, ""))
    _tell(faults, content, stands, sink)
    return FormerPages(pages=pages, kept=tuple(sorted((held | _awaited(content)) & previous.addresses - own)))


def _own_pages(site: Site, pages: Iterable[Page]) -> frozenset[str]:
    own = (page.url for page in pages if page.kind != FEED)
    return frozenset((*own, *(f"trials/{trial_id}/" for trial_id in site.by_id)))


def _awaited(content: Content) -> frozenset[str]:
    """Return the pages of shared files and of prose that lie in the content, also of those with an error."""
    paths = (path.rpartition("/") for path in content.texts if path.count("/"))
    found = ((above.rpartition("/")[2], name.rpartition(".")[0]) for above, _slash, name in paths)
    return frozenset(
        f"{slug}/" if folder == "pages" else f"{folder}/{slug}/"
        for folder, slug in found
        if folder in (*sources.SHARED_FOLDERS, "pages")
    )


def _previous(options: Options, sink: Sink) -> PreviousSite:
    if options.previous is None:
        return PreviousSite()
    shown = sources.relative(options.directory, options.previous)
    shown = options.previous.name if shown.startswith("..") else shown
    try:
        data = sources.read(options.directory, str(options.previous))
    except OSError as error:
        sink.append(make("unreadable-file", f"The file cannot be read: {error.strerror}", Span(shown)))
        return PreviousSite()
    return read_previous(data, shown, sink) or PreviousSite()


def _of_editors(entry: FormerPageEntry) -> FormerPage:
    return FormerPage(
        page=entry.page,
        by=EDITORS,
        moved_to=entry.moved_to or "",
        reason=entry.reason or "",
        since=entry.since or "",
    )


def _tell(faults: Sequence[MoveFault], content: Content, stands: frozenset[str], sink: Sink) -> None:
    """Report what is odd about entries of the editors; nobody can mend the other sources."""
    odd = [fault for fault in faults if fault.former.by == EDITORS]
    document = _document(content.texts) if odd else None
    if document is None:
        return
    at = {entry.page: index for index, entry in _entries(document)}
    for fault in odd:
        index = at.get(fault.former.page)
        if index is not None:
            _tell_one(fault, document, index, stands, sink)


def _tell_one(fault: MoveFault, document: Document, index: int, stands: frozenset[str], sink: Sink) -> None:
    page = fault.former.page
    field = "page" if fault.kind == STANDS else "moved_to"
    if fault.kind == STANDS:
        code, what = "former-page-stands", f"'{page}' is a page of this site, so it is no former page"
        help_text = "take the entry away, or the page"
    elif fault.kind == CIRCLE:
        code, what = "former-page-circle", f"'{page}' leads back to itself"
        help_text = "lead one of the pages to a page that stands"
    elif fault.kind == NOWHERE:
        code, what = "former-page-nowhere", f"There is no page '{fault.address}'"
        guess = nearest(fault.address, sorted(stands))
        help_text = f"did you mean '{guess}'?" if guess else "name a page of this site, or a full address"
    else:
        assert fault.kind == GONE
        code, what = "former-page-gone", f"'{page}' leads to '{fault.address}', which is gone itself"
        help_text = "lead it elsewhere, or take `moved_to:` away; until then the page says that it is gone"
    sink.append(document.fault(code, what, (index, field), help=help_text))


def _document(texts: Mapping[str, bytes]) -> Document | None:
    path = next((path for path in sorted(texts) if path.rpartition("/")[2] == FORMER_PAGES), None)
    return read_yaml(texts[path], path, []) if path is not None else None


def _entries(document: Document) -> list[tuple[int, FormerPageEntry]]:
    count = len(document.value) if isinstance(document.value, list) else 0
    made = (
        (index, decode(document, FormerPageEntry, [], noun="", location=(index,))) for index in range(count)
    )
    return [(index, entry) for index, entry in made if entry is not None]
