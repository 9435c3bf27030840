"""The JSON Schemas of a site that lies outside this repository, so that editors complete and explain its files.

The first line of a new `trial.yaml` leads to them. They are ours: one that another version of trialpages
wrote is written anew, and a file that is not ours stays as it is.
"""

from __future__ import annotations

from pathlib import Path

from trialpages.importing.writing import put
from trialpages.model.schema import schemas

FOLDER = "schema"
OURS = '"title": "trialpages: '
"""Stands in every schema that we write."""


def put_schemas(directory: Path) -> list[Path]:
    """Write the schemas that a site lacks, and renew old ones; return the paths. Raises OSError."""
    folder = directory / FOLDER
    written: list[Path] = []
    for name, text in schemas().items():
        path = folder / name
        there = path.read_text("utf-8", "replace") if path.is_file() else None
        if path.exists() and (there is None or there == text or OURS not in there):
            continue
        folder.mkdir(parents=True, exist_ok=True)
        put(path, text.encode())
        written.append(path)
    return written
