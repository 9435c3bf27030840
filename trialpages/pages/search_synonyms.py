"""search/synonyms.json: other names of conditions and treatments, so that a search for one finds all.

Only names that editors wrote into shared files are here; nothing is guessed. The file is documented
in `docs/search.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from trialpages.model.editorial import ConditionFile, TreatmentFile
from trialpages.pages.page import RawFile
from trialpages.site.names import fold_name
from trialpages.site.site import Site

PATH = "search/synonyms.json"


def search_synonyms(site: Site) -> RawFile:
    """Return the file: conditions, then treatments, each from A to Z of their addresses."""
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in _entries(site))
    return RawFile(path=PATH, kind="search-synonyms", content=f"[\n{lines}\n]\n".encode())


def _entries(site: Site) -> Iterator[dict[str, object]]:
    files: tuple[ConditionFile | TreatmentFile, ...] = (
        *sorted(site.shared.conditions, key=lambda file: file.slug),
        *sorted(site.shared.treatments, key=lambda file: file.slug),
    )
    for file in files:
        names = {fold_name(name): name for name in reversed(file.other_names)}
        names.pop(fold_name(file.name), None)
        if names:
            yield {"name": file.name, "other_names": list(reversed(names.values()))}
