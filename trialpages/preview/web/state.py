"""The answer to `/__preview/state`: how a page is now, and what is wrong here and elsewhere, as plain data for JSON.

The client compares it with what it shows, so that a nudge which is lost, doubled or late does no harm. `version` is read
first: whatever comes meanwhile has a higher one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from trialpages.preview.answer import Answer
from trialpages.words.diagnostics import SEVERITIES, STOPS_EVERYTHING, Diagnostic
from trialpages.words.digest import digest
from trialpages.words.fields import record
from trialpages.words.report import encodable, in_order

ELSEWHERE_SHOWN = 20
STYLE_SHEET = re.compile(rb"<link\b[^>]*\brel=\"stylesheet\"[^>]*>")
ADDRESS = re.compile(rb"\bhref=\"([^\"]*)\"")
SITE_FILES = ("content/site.yaml", "site.yaml")


@record
class Look:
    """How an address of the site answers: its status, the answer, and the digest of what is shown."""

    status: int
    answer: Answer | None
    digest: str


def look_of(answer: Answer | None, missing: Answer | None) -> Look:
    """Return how an address answers; `missing` is the site's own 404 page."""
    if answer is None:
        return Look(status=404, answer=missing, digest=digest("404", missing.digest if missing else ""))
    if not answer.content and answer.faults:
        return Look(status=500, answer=answer, digest=digest("500", *map(fault_id, answer.faults)))
    return Look(status=200, answer=answer, digest=answer.digest)


def page_state(
    *,
    version: int,
    page: str,
    look: Look,
    diagnostics: Sequence[Diagnostic],
    progress: str | None,
    base: str,
    content: str,
    veil: Callable[[str], str],
) -> dict[str, Any]:
    """Return the state of one page; `content` is the content folder's path, `veil` hides what no browser may see."""
    answer = look.answer
    own = answer.faults if answer and look.status != 404 else ()
    here = in_order([*own, *(each for each in diagnostics if is_of_page(each, page, content))])
    elsewhere = _gravest_first(set(diagnostics).difference(here))
    shown = elsewhere[:ELSEWHERE_SHOWN]
    return {
        "version": version,
        "page": {
            "path": answer.path if answer else "",
            "url": answer.url if answer and look.status != 404 else page,
            "digest": look.digest,
            "status": look.status,
            "is_provisional": bool(answer and answer.is_provisional),
        },
        "styles": style_sheets(answer.content) if answer else [],
        "faults": {
            "here": [fault_object(each, veil) for each in here],
            "elsewhere": [fault_object(each, veil) for each in shown],
            "counts": _counts([*here, *elsewhere]),
            "hidden": len(elsewhere) - len(shown),
        },
        "progress": None if progress is None else veil(progress),
        "base": base,
    }


def sight(state: Mapping[str, Any]) -> str:
    """Return the digest of all that the client shows of a state; a change of it is worth a nudge."""
    shown = {name: state[name] for name in ("page", "styles", "faults", "base")}
    return digest(json.dumps(shown, sort_keys=True), str(state["progress"] is None))


def is_of_page(fault: Diagnostic, page: str, content: str) -> bool:
    """Say whether a fault lies in a file that a page is made from, or stops every page."""
    path = fault.span.path
    if fault.code in STOPS_EVERYTHING or path in SITE_FILES:
        return True
    inside = path.removeprefix(f"{content}/") if content != "." else path
    if page.startswith("trials/"):
        return inside.startswith("/".join(page.split("/")[:2]) + "/")
    name = page.rstrip("/")
    return bool(name) and inside in (f"{name}.yaml", f"pages/{name}.md")


def style_sheets(content: bytes) -> list[str]:
    """Return the addresses of the style sheets that a page links, as they stand in it."""
    found = (ADDRESS.search(link) for link in STYLE_SHEET.findall(content))
    return [address[1].decode("utf-8", "replace") for address in found if address]


def fault_object(fault: Diagnostic, veil: Callable[[str], str]) -> dict[str, Any]:
    """Return a fault as plain data, with a name of its own that stays the same while the fault does."""

    def shown(text: str | None) -> str | None:
        return None if text is None else veil(encodable(text))

    return {
        "id": fault_id(fault),
        "code": fault.code,
        "severity": fault.severity,
        "what": shown(fault.what),
        "path": shown(fault.span.path),
        "line": fault.span.line,
        "column": fault.span.column,
        "help": shown(fault.help),
        "source_line": shown(fault.source_line),
        "notes": [shown(note) for note in fault.notes],
    }


def fault_id(fault: Diagnostic) -> str:
    """Return the name of a fault."""
    return digest(fault.code, fault.span.path, str(fault.span.line), str(fault.span.column), fault.what)[:16]


def _gravest_first(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(in_order(faults), key=lambda each: SEVERITIES.index(each.severity))


def _counts(faults: Iterable[Diagnostic]) -> dict[str, int]:
    count = Counter(each.severity for each in faults)
    return {severity: count[severity] for severity in SEVERITIES}
