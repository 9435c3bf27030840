"""The manifest: what the index holds and which file has it; and the one file that says which index is the newest.

The folder of an index carries the digest of all its files, so that a browser may keep them for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trialpages.search.columns import File
from trialpages.search.deltas import as_json
from trialpages.search.tiles import CELL
from trialpages.search.tokens import VERSION as TOKENS
from trialpages.words.digest import digest
from trialpages.words.fields import record
from trialpages.words.language import current

FORMAT = 2
"""Of the files; a browser reads no other."""
LEVEL_VALUES = (0, 1, 2, 4, 7)
"""What a trial's level counts in its score; the first is that of a trial without the term."""
HASH_LENGTH = 16
"""Characters of the name of the folder."""
MANIFEST = "manifest.json"
LATEST = "latest.json"
BUNDLES = ("index.json", "cards.json")
_CARDS = "doc/"


@record
class Contents:
    """What the manifest says about the other files."""

    trials: int
    chunk: int
    is_bundled: bool
    facets: list[dict[str, object]]
    sets: list[dict[str, object]]
    lexicon: Mapping[str, object]
    suggest: Mapping[str, str]
    fuzzy: list[int]
    places: int
    days_block: int


def manifest_file(contents: Contents) -> File:
    """Return the manifest."""
    return MANIFEST, as_json(
        {
            "format": FORMAT,
            "tokens": TOKENS,
            "trials": contents.trials,
            "level_values": LEVEL_VALUES,
            "chunk": contents.chunk,
            "language": current(),
            "bundles": BUNDLES if contents.is_bundled else (),
            "facets": contents.facets,
            "sets": contents.sets,
            "lexicon": contents.lexicon,
            "suggest": contents.suggest,
            "fuzzy": contents.fuzzy,
            "places": contents.places,
            "cell": CELL,
            "days": {"block": contents.days_block},
        }
    )


def bundled(files: Iterable[File]) -> Iterator[File]:
    """Yield the files of a small index as two bundles and the manifest; a bundle maps paths to contents."""
    index: list[File] = []
    cards: list[File] = []
    for path, content in files:
        if path == MANIFEST:
            yield path, content
        else:
            (cards if path.startswith(_CARDS) else index).append((path, content))
    for name, bundle in zip(BUNDLES, (index, cards), strict=True):
        entries = (as_json(path).strip() + b":" + content.strip() for path, content in sorted(bundle))
        yield name, b"{" + b",".join(entries) + b"}\n"


def sealed(files: Iterable[File], trials: int, *, is_bundled: bool) -> Iterator[File]:
    """Yield the files and, as the last one, the pointer that names their folder."""
    digests = []
    for path, content in files:
        digests.append((path, digest(content)))
        yield path, content
    name = digest(str(FORMAT), *(part for pair in sorted(digests) for part in pair))[:HASH_LENGTH]
    bundles = BUNDLES if is_bundled else ()
    yield LATEST, as_json({"index": name, "trials": trials, "format": FORMAT, "bundles": bundles})
