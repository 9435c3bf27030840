"""Small sites and made-up studies for the tests of `import`, and the command run in process."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from trialpages.cli import main

Study = dict[str, Any]

FULL = Path(__file__).parent / "ctgov" / "NCT00000001.json"
"""A made-up study with every fact that a record can hold."""


def study(number: int = 1, **changes: Any) -> Study:
    """Return a made-up study of which some facts are others: status, updated, version, places, criteria, aliases."""
    made: Study = copy.deepcopy(json.loads(FULL.read_text("utf-8")))
    protocol = made["protocolSection"]
    protocol["identificationModule"]["nctId"] = f"NCT{number:08d}"
    protocol["identificationModule"]["nctIdAliases"] = changes.get("aliases", [])
    protocol["statusModule"]["overallStatus"] = changes.get("status", "RECRUITING")
    protocol["statusModule"]["lastUpdatePostDateStruct"]["date"] = changes.get("updated", "2026-10-01")
    made["derivedSection"]["miscInfoModule"]["versionHolder"] = changes.get("version", "2026-11-20")
    if "places" in changes:
        kept = protocol["contactsLocationsModule"]["locations"][: changes["places"]]
        protocol["contactsLocationsModule"]["locations"] = kept
    if "criteria" in changes:
        protocol["eligibilityModule"]["eligibilityCriteria"] = changes["criteria"]
    if "title" in changes:
        protocol["identificationModule"]["briefTitle"] = changes["title"]
    return made


def withheld(number: int) -> Study:
    """Return what the registry shows of a made-up study that it withholds."""
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08d}"},
            "statusModule": {"overallStatus": "WITHHELD"},
        },
        "hasResults": False,
    }


def by_number(*studies: Study) -> dict[str, Study]:
    """Return studies as the made-up registry wants them."""
    return {each["protocolSection"]["identificationModule"]["nctId"]: each for each in studies}


def zipped(files: dict[str, Any], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of values as JSON, or of bytes as they are."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, value in files.items():
            archive.writestr(name, value if isinstance(value, bytes) else json.dumps(value))
    return made.getvalue()


def new_site(folder: Path) -> Path:
    """Make a site without a trial, and return its folder."""
    for name in ("content", "templates", "assets"):
        (folder / name).mkdir(parents=True)
    (folder / "content" / "site.yaml").write_text("name: A made-up site\n")
    return folder


def record_path(site: Path, number: int) -> Path:
    """Return where a trial's record lies."""
    return site / "content" / "trials" / f"NCT{number:08d}" / "registry.json"


def put_record(site: Path, made: Study, folder: int | None = None) -> Path:
    """Put a study into a folder as an import would have, and return its path."""
    from trialpages.importing.records import text_of

    number = int(made["protocolSection"]["identificationModule"]["nctId"][3:])
    path = record_path(site, folder or number)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text_of(made))
    return path


def tree(site: Path) -> dict[str, bytes]:
    """Return every file of the content by path."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted((site / "content").rglob("*"))
        if path.is_file()
    }


def importing(site: Path, *words: str) -> int:
    """Run `import` on a site in process, and return its exit code."""
    return main(["import", "-C", str(site), "--today", "2026-11-23", *words])
