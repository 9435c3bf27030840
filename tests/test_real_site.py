"""Odd real records, built as one site from a snapshot: none dropped, none crashing, every count published.

The records are read from beside the checkout, or from `TRIALPAGES_RECORDS`; where they are absent the
test is skipped and says so.
"""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sites import run, write

RECORDS = Path(
    os.environ.get(
        "TRIALPAGES_RECORDS", Path(__file__).parents[2] / "shared" / "ctgov" / "ctg-studies.json.zip"
    )
)
ODD = (
    "NCT00042536",  # observational, no phase, no ages
    "NCT00057759",  # no headers in the rules, an older number
    "NCT00064727",  # a whole day as the day of confirmation
    "NCT00157846",  # rules nested three deep
    "NCT00233480",  # results without a single event
    "NCT00260546",  # withdrawn, nobody enrolled, no places
    "NCT00301262",  # results without adverse events
    "NCT00358449",  # the same row twice in one list
    "NCT00430677",  # serious and other problems with different people at risk
    "NCT00477789",  # no dates, no enrollment
    "NCT00909233",  # places without coordinates
    "NCT01150903",  # nobody at risk
    "NCT01164592",  # exclusion rules first
    "NCT01275339",  # counts without people affected
    "NCT01618981",  # the smallest record
    "NCT05367037",  # characters that change the direction of text
    "NCT06917079",  # twenty groups
)

pytestmark = pytest.mark.skipif(
    not RECORDS.exists(), reason=f"the registry records are not beside this checkout: {RECORDS.name}"
)


@pytest.fixture(scope="module")
def studies() -> dict[str, dict[str, Any]]:
    """The raw records by number."""
    with zipfile.ZipFile(RECORDS) as archive:
        return {number: json.loads(archive.read(f"{number}.json")) for number in ODD}


@pytest.fixture(scope="module")
def output(studies: dict[str, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a site whose snapshot holds these records."""
    site = tmp_path_factory.mktemp("odd")
    write(site, {"site.yaml": "name: Odd records\nregistry: odd.zip\n"})
    with zipfile.ZipFile(site / "odd.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, study in studies.items():
            archive.writestr(f"{number}.json", json.dumps(study))
    (site / "content").mkdir()
    report = run(site)
    assert report.errors == 0
    assert report.trials == len(ODD)
    return site / "output"


def rows(study: dict[str, Any]) -> Iterator[list[str]]:
    """The lines that the CSV file of a raw record must have, made without the package."""
    module = study.get("resultsSection", {}).get("adverseEventsModule", {})
    titles = {group["id"]: group["title"] for group in module.get("eventGroups", [])}
    for kind in ("serious", "other"):
        for event in module.get(f"{kind}Events", []):
            stats = {stat["groupId"]: stat for stat in event["stats"]}
            for group in titles:
                if group not in stats:
                    continue
                affected, at_risk = stats[group].get("numAffected"), stats[group].get("numAtRisk")
                known = affected is not None and at_risk
                percent = str(int(100 * affected / at_risk + 0.5)) if known else ""
                counts = ["" if count is None else str(count) for count in (affected, at_risk)]
                yield [group, titles[group], kind, event["term"], event["organSystem"], *counts, percent]


@pytest.mark.parametrize("number", ODD)
def test_every_record_has_its_page_and_every_count_its_line(
    number: str, output: Path, studies: dict[str, dict[str, Any]]
) -> None:
    page = (output / f"trials/{number}/index.html").read_text("utf-8")
    assert number in page
    assert json.loads((output / f"trials/{number}/trial.json").read_text("utf-8"))
    wanted = list(rows(studies[number]))
    table = output / f"trials/{number}/adverse-events.csv"
    if not wanted:
        return
    header, *lines = csv.reader(io.StringIO(table.read_text("utf-8")))
    assert header == [
        "source_trial",
        "group_id",
        "group_title",
        "kind",
        "term",
        "lay_term",
        "organ_system",
        "num_affected",
        "num_at_risk",
        "percent",
        "num_events",
        "notes",
    ]
    assert {line[0] for line in lines} == {number}
    assert [[*line[1:5], *line[6:10]] for line in lines] == wanted
