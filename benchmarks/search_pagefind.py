"""Pagefind on pages of the same made-up trials, to stand beside our own search.

A page has the words of a trial's document, those of each level under a weight of their own, and its codes as
filters. The searches are asked on our own search page, its scripts replaced by a few lines that load Pagefind and
its filters, search, and list the first ten results with the count of each filter.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.sync_api import Browser

from benchmarks.packed_server import serving
from benchmarks.search_peers import pagefind_program, write_pages
from benchmarks.search_timing import RESULT, Asked, Cost, measure_page
from trialpages.search.document import SearchDocument

if TYPE_CHECKING:
    from benchmarks.search_budgets import Spent

WEIGHTS = {4: 7.0, 3: 4.0, 2: 2.0, 1: 1.0}
"""Of the words of each level."""
PAGES = "pages"

_OWN = re.compile(r'<meta http-equiv[^>]*>|<link rel="modulepreload"[^>]*>|<script[^>]*></script>')
_SCRIPT = """<script type="module">
const { searchParams } = new URL(location.href);
const words = searchParams.get("q");
const filters = Object.fromEntries([...searchParams].filter(([name]) => name !== "q").map(([name, value]) => [name, [value]]));
const pagefind = await import(new URL("../pagefind/pagefind.js", location.href));
await pagefind.init();
await pagefind.filters();
window.ask = async () => {
  const found = await pagefind.search(words, { filters });
  const first = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
  return { total: found.results.length, first };
};
const { first } = await window.ask();
const list = document.querySelector("[data-search-results]");
list.hidden = false;
for (const { url, meta } of first) {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = meta.title;
  list.append(link);
}
</script></head>"""
_AGAIN = """async () => {
  const warm = [];
  let total = 0;
  for (let time = 0; time < 3; time += 1) {
    const before = performance.now();
    ({ total } = await window.ask());
    warm.push(performance.now() - before);
  }
  return { total, warm };
}"""


@dataclass(frozen=True, slots=True)
class Beside:
    """What Pagefind took and weighs, and what each search costs; None for one that it cannot be asked."""

    spent: Spent
    files: int
    bytes: int
    costs: Sequence[Cost | None]


def measured(
    launched: Browser,
    documents: Iterable[SearchDocument],
    output: Path,
    folder: Path,
    costs: Sequence[tuple[Asked, Cost]],
) -> Beside:
    """Index the trials, and ask what was asked of us; `output` is our built site."""
    from benchmarks.search_budgets import spent

    folder.mkdir()
    write_pages(map(page_of, documents), folder / PAGES)
    took, _ = spent([*pagefind_program(), str(folder / PAGES), "--output-path", str(folder / "pagefind")])
    files = [path for path in (folder / "pagefind").rglob("*") if path.is_file()]
    shutil.copytree(output / "assets", folder / "assets")
    (folder / "search").mkdir()
    page = _OWN.sub("", (output / "search" / "index.html").read_text("utf-8"))
    (folder / "search" / "index.html").write_text(page.replace("</head>", _SCRIPT), "utf-8")
    sent: list[tuple[str, int]] = []
    with serving(folder, packings=("gzip",), policy="", sent=sent) as site:
        found = [_measured(launched, site, asked, mine, sent) for asked, mine in costs]
    size = sum(path.stat().st_size for path in files)
    shutil.rmtree(folder)
    return Beside(took, len(files), size, found)


def _measured(
    launched: Browser, site: str, asked: Asked, mine: Cost, sent: list[tuple[str, int]]
) -> Cost | None:
    if asked.near or asked.beginnings or not mine.total:
        return None
    address = f"{site}search/?{urlencode({'q': asked.words, **asked.filters})}"
    return measure_page(launched, address, RESULT, _AGAIN, sent=sent)[0]


def page_of(document: SearchDocument) -> tuple[str, str]:
    """Return a trial's id and its page."""
    title = html.escape(str(document.card["title"]))
    parts = [f'<h1 data-pagefind-weight="{WEIGHTS[4]:g}">{title}</h1>']
    labels = " ".join(f"{html.escape(label)}." for _key, label, _level in document.names)
    parts.append(f"<p>{labels}</p>")
    for level, weight in WEIGHTS.items():
        words = " ".join(html.escape(word) for word, at in document.words if at == level)
        parts.append(f'<p data-pagefind-weight="{weight:g}">{words}</p>')
    parts += (
        f'<p data-pagefind-filter="{name}:{html.escape(value)}"></p>' for name, value in _filters(document)
    )
    return document.trial_id, "".join(parts)


def _filters(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the facets whose counts our page shows."""
    yield "status", document.status or "unknown"
    yield "study_type", document.study_type or "unknown"
    yield from (("phase", phase) for phase in document.phases or ("NA",))
    yield from (("sex", sex) for sex in ("FEMALE", "MALE") if document.sex in (sex, "ALL", None))
    for name, is_true in (
        ("healthy_volunteers", document.healthy_volunteers),
        ("results", document.has_results),
        ("no_placebo_only_group", document.no_placebo_only_group),
    ):
        if is_true:
            yield name, "yes"
