"""Lighthouse on a phone: the example page, and real records with 2,029 health problems and 1,154 places.

Builds, serves the files packed, runs Lighthouse three times for each page and prints the median of each figure.
`make lighthouse` calls it; the real records are read from beside the checkout, and left out where they are not.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from benchmarks.packed_server import serving  # noqa: E402

TODAY = "2026-11-23"
EXAMPLE = "NCT02458014"
LONG = {"2,029 health problems": "NCT02513394", "1,154 places": "NCT07064473"}
RECORDS = Path(
    os.environ.get("TRIALPAGES_RECORDS", PROJECT.parent / "shared" / "ctgov" / "ctg-studies.json.zip")
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TARGETS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
FIGURES = {
    "FCP ms": "first-contentful-paint",
    "LCP ms": "largest-contentful-paint",
    "TBT ms": "total-blocking-time",
    "CLS": "cumulative-layout-shift",
    "bytes": "total-byte-weight",
}
BROWSER = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
)


@dataclass(frozen=True)
class Run:
    """What Lighthouse said of one page once."""

    scores: dict[str, int]
    figures: dict[str, float]
    faults: tuple[str, ...]


def build(directory: Path, output: Path) -> Path:
    """Build the site of a directory, and return its output."""
    command = [sys.executable, str(PROJECT / "build.py"), "build", "-C", str(directory), "--today", TODAY]
    command += ["--output", str(output / "output"), "--cache", str(output / "cache")]
    command += ["--base-url", "https://trials.example/"]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    return output / "output"


def long_site(folder: Path) -> Path:
    """Write the content of a site whose snapshot holds the two longest records."""
    (folder / "content").mkdir(parents=True)
    (folder / "site.yaml").write_text("name: Long records\nregistry: long.zip\n", encoding="utf-8")
    with zipfile.ZipFile(RECORDS) as every, zipfile.ZipFile(folder / "long.zip", "w") as chosen:
        for number in LONG.values():
            chosen.writestr(f"{number}.json", every.read(f"{number}.json"))
    return folder


def measure(url: str, folder: Path) -> Run:
    """Run Lighthouse once, as on a phone."""
    report = folder / "report.json"
    command = [
        str(PROJECT / ".cache/lighthouse/node_modules/.bin/lighthouse"),
        url,
        "--quiet",
        "--output=json",
    ]
    command += [
        f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={BROWSER}",
    ]
    subprocess.run(command, cwd=PROJECT, check=True, env={**os.environ, "CHROME_PATH": browser()})
    said: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    audits = said["audits"]
    return Run(
        scores={name: round(100 * said["categories"][name]["score"]) for name in CATEGORIES},
        figures={name: audits[audit]["numericValue"] for name, audit in FIGURES.items()},
        faults=tuple(
            sorted(
                name
                for name, audit in audits.items()
                if audit["scoreDisplayMode"] == "binary" and audit["score"] is not None and audit["score"] < 1
            )
        ),
    )


def browser() -> str:
    """Return the path of a Chromium."""
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-headless-shell", "google-chrome"):
        found = shutil.which(name) if name else None
        if found:
            return found
    raise SystemExit("Lighthouse needs a Chromium: set CHROMIUM to its path")


def median(runs: list[Run]) -> Run:
    """Return the median of each figure, and every fault that any run saw."""
    return Run(
        scores={name: round(statistics.median(run.scores[name] for run in runs)) for name in CATEGORIES},
        figures={name: statistics.median(run.figures[name] for run in runs) for name in FIGURES},
        faults=tuple(sorted({fault for run in runs for fault in run.faults})),
    )


def main() -> int:
    """Measure and print; 1 when a score is below its target."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each page (default: %(default)s)")
    parser.add_argument("--page", help="measure only pages whose name has these words")
    given = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory(prefix="trialpages-lighthouse-") as made:
        folder = Path(made)
        sites = {build(PROJECT, folder / "sample"): {"the example": EXAMPLE}}
        if RECORDS.exists():
            sites[build(long_site(folder / "long"), folder / "long")] = LONG
        else:
            print(
                "The registry records are not beside this checkout: the long pages are left out.",
                file=sys.stderr,
            )
        print("| page | " + " | ".join((*CATEGORIES, *FIGURES)) + " | what failed |")
        print("|---|" + "---|" * (len(CATEGORIES) + len(FIGURES) + 1))
        for site, pages in sites.items():
            with serving(site) as address:
                for name, number in pages.items():
                    if given.page and given.page not in name:
                        continue
                    url = f"{address}trials/{number}/"
                    found = median([measure(url, folder) for _ in range(given.runs)])
                    good = good and all(found.scores[name] >= least for name, least in TARGETS.items())
                    print(line(name, found), flush=True)
    return 0 if good else 1


def line(name: str, found: Run) -> str:
    """Return a page's line of the table."""
    figures = (f"{value:.3f}" if key == "CLS" else f"{value:,.0f}" for key, value in found.figures.items())
    cells = [
        f"{name}",
        *(str(found.scores[key]) for key in CATEGORIES),
        *figures,
        ", ".join(found.faults) or "nothing",
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
