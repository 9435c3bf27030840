"""In which order files go out, so that no reader ever meets a page whose parts are not there.

1. What is named by its content: assets, the folder of the search index. Nothing asks for these names yet.
2. Data and pictures that pages ask for. An old page reads new data; a new page never waits for its data.
3. Pages of trials, which link to lists only by addresses that stay.
4. All other pages: a list never links to a trial whose page is not there.
5. What announces the rest: the home page, feeds, the sitemap, `site.json`, and `search/latest.json`, which turns
   readers to an index that is whole by then.

Deletes come last, pages first: by then nothing links to them. What is named by its content stays for one more
edition, because a page that a reader has open may still ask for it; see `plan.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

LASTING, DATA, TRIALS, LISTS, POINTERS = range(5)

PHASES = ("assets", "data", "trial pages", "lists", "what points there")
"""What a progress line calls them."""

POINTER = "search/latest.json"
COMPRESSED = (".gz", ".br")


def phase(path: str, *, is_lasting: bool) -> int:
    """Return the step in which a file goes out; a compressed file goes with the one that it was made from."""
    plain = path.removesuffix(".gz").removesuffix(".br")
    if is_lasting:
        return LASTING
    if "/" not in plain or plain == POINTER or plain.endswith(".xml"):
        return POINTERS
    if not plain.endswith(".html"):
        return DATA
    return TRIALS if plain.startswith("trials/") else LISTS


def in_phases(paths: Iterable[str], is_lasting: Callable[[str], bool]) -> list[tuple[str, Sequence[str]]]:
    """Return the files of each step that has some, with the step's name, in order."""
    found: list[list[str]] = [[] for _ in PHASES]
    for path in sorted(paths):
        found[phase(path, is_lasting=is_lasting(path))].append(path)
    return [(name, each) for name, each in zip(PHASES, found, strict=True) if each]


def deletes_in_order(paths: Iterable[str]) -> list[tuple[str, Sequence[str]]]:
    """Return the files to delete: pages, then what pages ask for."""
    ordered = sorted(paths)
    pages = [path for path in ordered if ".html" in path.rpartition("/")[2]]
    gone = set(pages)
    rest = [path for path in ordered if path not in gone]
    return [("old files", each) for each in (pages, rest) if each]
