"""What the editor's panel says of one page: where each block stands, how it reads, what is wrong, why it was made.

The answer to `GET /__preview/panel?page=...`, as plain data for JSON. Every path is relative to the site's folder; no
absolute path, user or host is in it. A `line` counts from 1 and is null where the file cannot be read now, or has no
such part. `opens` says whether this machine's editor can be asked to open the place (`POST /__preview/open`).

    {
      "page": {"path": "trials/NCT00000001/index.html", "url": "trials/NCT00000001/", "kind": "trial",
               "title": "A made-up study", "trial": "NCT00000001" or null},
      "blocks": [{
        "id": "summary-what", its own name, unique on the page
        "at": "#summary > h3:nth-of-type(2)", a CSS selector that finds its first element in the page's own HTML
        "name": "What is being tested?", what an editor calls it
        "level": 0 for a section, 1 for a part of the section before it,
        "sources": [{"path": "content/trials/NCT00000001/summary.md", "line": 12, "end_line": 19, "opens": true,
                     "what": "What is being tested?", "kind": "words"}],
                   empty when the block has no content of its own: then the template makes all of it
        "template": {"path": "templates/trial/summary.html", "line": 17, "opens": true} or null,
        "grades": [{"name": "'What is being tested?'", "grade": 8.4, "words": 96, "sentences": 7,
                    "verdict": "fine", "hard", "too-hard" or "too-short", "target": 8.0, "limit": 10.0,
                    "said": "reads at school grade 8.4, above 8", "longest": ["The longest sentence."]}],
        "faults": ["the id of a fault below"]
      }],
      "faults": [{"id", "code", "severity", "what", "path", "line", "column", "help", "source_line", "notes": [],
                  "block": the id of the block that holds it, or null}],
      "drift": null, or {"code", "severity", "what", "help", "path", "line",
                "notes": [{"text": "changed: ...", "path": null or a file, "line": null or a line}]},
      "depends": {
        "files": [{"path", "what", "opens"}], the page's own files
        "shared": [{"path", "what", "opens"}], files that other pages use too
        "templates": [{"path", "opens"}],
        "trials": [{"id", "title", "url", "why"}], other trials of which the page shows something
        "trials_hidden": 0, the number of further ones that are not listed
        "settings": [{"path", "what", "line", "opens"}],
        "parts": [{"name": "trial", "what": "the trial's own facts and words", "digest": "0123456789ab"}]
      },
      "reason": {"said": "a fact or a word of the trial itself has changed", "files": ["content/..."], the saved ones
                 "parts": [{"name", "what"}]},
      "made": {"version": 12, "digest": "0123456789ab" or "", "is_provisional": false, "bytes": 48210}
    }

The kind of a source is `facts` (trial.yaml), `words` (prose), `record` (the registry's), `shared` (files of the whole
site), `settings` or `template`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from trialpages.model.checks_grade import HARDEST_GRADE, TARGET_GRADE
from trialpages.preview.answer import Answer
from trialpages.preview.memory.edition import Edition
from trialpages.preview.memory.reasons import Reason
from trialpages.preview.panel.block import Block, Grade, Source
from trialpages.preview.panel.block_faults import by_block, paths_of
from trialpages.preview.panel.blocks import blocks
from trialpages.preview.panel.depends import SHORT_DIGEST, dependencies, reason_object
from trialpages.preview.panel.drift_told import DRIFT_CODES, drift_object, drifts
from trialpages.preview.panel.html_parts import title_of
from trialpages.preview.panel.page_input import PageInput
from trialpages.preview.panel.page_sources import NOT_FOUND, page_input
from trialpages.preview.web.state import fault_id, fault_object
from trialpages.preview.web.veil import Veil
from trialpages.stages.rendering import PageJob
from trialpages.words.diagnostics import Diagnostic
from trialpages.words.fields import record
from trialpages.words.report import in_order

FIRST_TIME = "it had not been asked for before"
FILES_OF_A_PAGE = ("files", "shared", "templates", "settings")
PAGES_REMEMBERED = 32
_SEEN: WeakKeyDictionary[Any, OrderedDict[str, tuple[Answer, PageJob | None]]] = WeakKeyDictionary()
_LOCK = Lock()
NOTHING = Answer(path=NOT_FOUND, url=NOT_FOUND, content=b"", digest="")


@record
class Made:
    """How a page was made: its answer, the parts of its key, and why it was made when it was."""

    answer: Answer
    version: int
    parts: Mapping[str, str]
    moved: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    fallback: str = ""
    """What is said of a page of which no part is known to have moved."""


class Live(Protocol):
    """What the panel asks of the site in memory; every method may be called in any thread."""

    @property
    def edition(self) -> Edition:
        """The site at this moment."""

    def page(self, url: str) -> PageJob | None:
        """Return the page at an address."""

    @property
    def version(self) -> int:
        """A number that grows with every change."""

    def answer(self, path: str) -> Answer | None:
        """Return the file at a path from the site's root."""

    def reason(self, url: str) -> Reason | None:
        """Return why a page was made the last time."""

    def diagnostics(self) -> Sequence[Diagnostic]:
        """Return what is wrong with the content now."""


def page_facts(live: Live, page: str, made_behind: Sequence[Diagnostic] = ()) -> dict[str, Any]:
    """Return what the panel says of the page at a path from the site's root; of the page for lost readers where none is.

    Of a page that cannot be made now it says what stood on it when it was last asked for: a browser still shows that.
    `made_behind` are faults that only the making of the whole site has found.
    """
    version = live.version
    now = live.answer(page) or live.answer(NOT_FOUND) or NOTHING
    answer, job = _last_good(live, page, now, live.page(now.url))
    options = live.edition.options
    found = page_input(live.edition, answer, job)
    diagnostics = (*live.diagnostics(), *made_behind)
    drift = None
    if found.trial is not None and found.trial.folder:
        inside = f"{found.trial.folder}/"
        own = [each for each in diagnostics if each.span.path.startswith(inside)]
        drift = drifts(options.content).told(found.trial.trial_id, found.trial.folder, found.trial.files, own)
    why = live.reason(answer.url)
    made = Made(
        answer=replace(answer, faults=now.faults),
        version=version,
        parts=job.parts if job else {},
        moved=why.moved if why else (),
        files=why.files if why else (),
        fallback=FIRST_TIME if why and why.is_first else "",
    )
    return facts_of(found, made, diagnostics, drift, Veil(options).over)


def _last_good(live: Live, page: str, answer: Answer, job: PageJob | None) -> tuple[Answer, PageJob | None]:
    """Return a page as it is, or as it was when it could last be made and was asked for."""
    with _LOCK:
        pages = _SEEN.setdefault(live, OrderedDict())
        before = pages.get(page)
        if before is not None and not answer.content:
            return before
        job = job or (before[1] if before else None)
        pages[page] = answer, job
        pages.move_to_end(page)
        while len(pages) > PAGES_REMEMBERED:
            pages.popitem(last=False)
        return answer, job


def facts_of(
    page: PageInput,
    made: Made,
    diagnostics: Iterable[Diagnostic],
    drift: Diagnostic | None = None,
    veil: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Return what the panel says of a page; `diagnostics` are those of the site, `veil` hides what no browser may see."""
    found = blocks(page)
    paths = paths_of(page, found)
    mine = {
        fault_id(each): each
        for each in (*made.answer.faults, *(d for d in diagnostics if d.span.path in paths))
    }
    faults = in_order([each for each in mine.values() if drift is None or each.code not in DRIFT_CODES])
    holders = by_block(found, faults)
    depends = dependencies(page, found, made.parts)
    return {
        "page": {
            "path": made.answer.path,
            "url": page.url,
            "kind": page.kind,
            "title": title_of(page.html),
            "trial": page.trial.trial_id if page.trial else None,
        },
        "blocks": [_block_object(block, holders) for block in found],
        "faults": [{**fault_object(each, veil), "block": holders.get(fault_id(each))} for each in faults],
        "drift": drift_object(drift, veil) if drift else None,
        "depends": depends,
        "reason": reason_object(made.moved, _concerned(made.files, depends), made.fallback),
        "made": {
            "version": made.version,
            "digest": made.answer.digest[:SHORT_DIGEST],
            "is_provisional": made.answer.is_provisional,
            "bytes": len(made.answer.content),
        },
    }


def _concerned(files: Sequence[str], depends: Mapping[str, Any]) -> Sequence[str]:
    """Return those of the saved files that the page depends on; all of them when it is none that can be named."""
    known = {each["path"] for name in FILES_OF_A_PAGE for each in depends[name]}
    return [path for path in files if path in known] or files


def _block_object(block: Block, holders: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": block.id,
        "at": block.at,
        "name": block.name,
        "level": block.level,
        "sources": [_source_object(each) for each in block.sources],
        "template": _template_object(block.template) if block.template else None,
        "grades": [_grade_object(each) for each in block.grades],
        "faults": [name for name, holder in holders.items() if holder == block.id],
    }


def _source_object(source: Source) -> dict[str, Any]:
    stretch = source.stretch
    return {
        "path": source.path,
        "line": stretch.line if stretch else None,
        "end_line": stretch.end_line if stretch else None,
        "opens": source.opens,
        "what": source.what,
        "kind": source.kind,
    }


def _template_object(source: Source) -> dict[str, Any]:
    return {
        "path": source.path,
        "line": source.stretch.line if source.stretch else None,
        "opens": source.opens,
    }


def _grade_object(grade: Grade) -> dict[str, Any]:
    return {
        "name": grade.name,
        "grade": grade.grade,
        "words": grade.words,
        "sentences": grade.sentences,
        "verdict": grade.verdict,
        "target": TARGET_GRADE,
        "limit": HARDEST_GRADE,
        "said": grade.said,
        "longest": list(grade.longest),
    }
