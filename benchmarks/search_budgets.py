"""What the search costs at 1,000, 10,000, 100,000 and 500,000 trials, against its budgets, with Pagefind beside it.

The trials are drawn from the real records (`resampled.py` says how). For each number: the index is written by one
process, whose seconds and memory are measured; then Chromium opens searches on the built search page as a phone on
Slow 4G does (`search_timing.py`). At the smaller numbers Pagefind indexes pages of the same words with the same
filters, and answers the same searches on the same page. `make budgets` calls it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from benchmarks.lighthouse import TODAY, browser  # noqa: E402
from benchmarks.packed_server import serving  # noqa: E402
from benchmarks.resampled import Original, laws, resampled, taken_apart  # noqa: E402
from benchmarks.search_corpus import RECORDS, real_records  # noqa: E402
from benchmarks.search_spool import spool  # noqa: E402
from benchmarks.search_timing import FIRST, INDEX, LATER, REST, Asked, Cost, first_scripts, measure  # noqa: E402

SIZES = (1_000, 10_000, 100_000, 500_000)
ONE, SEVERAL, SCRIPTS = "one word", "two broad words, a typo", "JavaScript"
BUDGETS = {
    ONE: (25_000, 30_000, 40_000, 60_000),
    SEVERAL: (50_000, 65_000, 110_000, 250_000),
    SCRIPTS: (10_000, 10_000, 10_000, 10_000),
}
"""Bytes of each row at each size: of the index in the first two rows, of the scripts with which the page opens in the
last; each row is judged alone."""
SECONDS = (0.5, 4.0, 40.0, 200.0)
PEAK = 2_000_000_000
"""Bytes of memory at the largest size."""
TYPE_AHEAD_MS = 50.0
PAGEFIND_UNTIL = 10_000

ASKED = (
    Asked("rare word", "amyloidosis", budget=ONE),
    Asked("frequent word", "cancer", budget=ONE),
    Asked("name", "heart failure", budget=ONE),
    Asked("beginning", "pembro", budget=ONE),
    Asked("two broad words", "randomized patients", budget=SEVERAL),
    Asked("word and name", "exercise heart failure", budget=SEVERAL),
    Asked("typo", "metfromin", budget=SEVERAL),
    Asked("name, with a filter", "heart failure", {"status": "RECRUITING"}, budget=SEVERAL),
    Asked("word, near a place", "cancer", near={"latitude": 42.36, "longitude": -71.06, "radius": 100}),
    Asked("type-ahead", "pembrolizumab", beginnings=True),
)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took: seconds by the clock and of the processor, and the most bytes of memory."""

    seconds: float
    processor: float
    peak: int


def spent(command: Sequence[str]) -> tuple[Spent, str]:
    """Run a process to its end; return what it and those that it began took, and what it printed."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        printed = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    seconds = time.perf_counter() - begun
    return Spent(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024), printed


def write(trials: Path, site: Path) -> Spent:
    """Write the index of spooled trials; the seconds are those of the index alone, the memory is the whole process's."""
    whole, printed = spent(
        [sys.executable, str(PROJECT / "benchmarks" / "write_index.py"), str(trials), str(site)]
    )
    alone = json.loads(printed)
    return Spent(alone["seconds"], alone["processor"], whole.peak)


def built_page(folder: Path) -> Path:
    """Build the project's own site, whose search page asks any index, and return its output without its index."""
    command = [sys.executable, str(PROJECT / "build.py"), "build", "--today", TODAY]
    command += ["--output", str(folder / "output"), "--cache", str(folder / "cache")]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    output = folder / "output"
    clear(output)
    return output


def clear(output: Path) -> None:
    """Remove the index of a built site."""
    for path in (output / "search").iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix == ".json":
            path.unlink()


def kinds(folder: Path) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield for each kind of file: its number, bytes, bytes packed by gzip, and the most bytes packed of one."""
    found: dict[str, list[tuple[int, int]]] = {}
    for path in sorted(folder.rglob("*.json")):
        name = path.relative_to(folder).as_posix()
        kind = re.sub(r"[^/]+$", "*", name) if "/" in name else name
        data = path.read_bytes()
        found.setdefault(kind, []).append((len(data), len(gzip.compress(data, 6))))
    for kind, sizes in found.items():
        packed = [size for _raw, size in sizes]
        yield kind, len(sizes), sum(raw for raw, _packed in sizes), sum(packed), max(packed)


def print_files(folder: Path) -> None:
    """Print what the index consists of."""
    print("| files | number | bytes | gzip | largest, gzip |\n|---|---|---|---|---|")
    rows = list(kinds(folder))
    numbers, raws, packeds, most = zip(*(row[1:] for row in rows), strict=True)
    for kind, number, raw, packed, largest in (
        *rows,
        ("all", sum(numbers), sum(raws), sum(packeds), max(most)),
    ):
        print(f"| {kind} | {number:,} | {raw:,} | {packed:,} | {largest:,} |")


def judged(value: float, budget: float | None) -> str:
    """Return a verdict on a value."""
    if budget is None:
        return ""
    return "within" if value <= budget else f"OVER {budget:,.4g}"


def budget_of(row: str, trials: int) -> float | None:
    """Return the budget of a row at a size; None where there is none."""
    return BUDGETS[row][SIZES.index(trials)] if row in BUDGETS and trials in SIZES else None


HEADS = (
    *("search", "words", "found", "index", "budget", "scripts of the page", "both", "scripts of the answer"),
    *("page and styles", "requests", "rounds", "first result, Slow 4G, ms", "warm, ms"),
)


def print_costs(costs: Sequence[tuple[Asked, Cost]], trials: int) -> bool:
    """Print what the searches cost, and say whether all are within their budgets."""
    print(f"| {' | '.join(HEADS)} |\n{'|---' * len(HEADS)}|")
    good = True
    for asked, cost in costs:
        first, index, later, rest = (cost.sizes[kind] for kind in (FIRST, INDEX, LATER, REST))
        verdict = judged(index, budget_of(asked.budget, trials))
        warm = f"{cost.warm:,.1f}"
        if asked.beginnings:
            warm += f" {judged(cost.warm, TYPE_AHEAD_MS)}"
        good = good and "OVER" not in verdict + warm
        found = "" if asked.beginnings else f"{cost.total:,}"
        print(
            f"| {asked.name} | {asked.words} | {found} | {index:,} | {verdict} | {first:,} | {first + index:,} "
            f"| {later:,} | {rest:,} | {cost.requests} | {cost.rounds} | {cost.cold:,.0f} | {warm} |"
        )
    scripts = max(cost.sizes[FIRST] for _asked, cost in costs)
    verdict = judged(scripts, budget_of(SCRIPTS, trials))
    print(f"\nJavaScript with which the page opens: {scripts:,} bytes {verdict}")
    return good and "OVER" not in verdict


def at_size(trials: int, originals: Sequence[Original], output: Path, folder: Path) -> bool:
    """Write and measure one size; say whether it is within its budgets."""
    print(f"\n## {trials:,} trials\n", flush=True)
    spooled = folder / f"{trials}"
    spooled.mkdir()
    spool(resampled(originals, trials), spooled)
    clear(output)
    took = write(spooled, output)
    budget = SECONDS[SIZES.index(trials)] if trials in SIZES else None
    verdict = judged(took.processor, budget)
    print(
        f"Index written in {took.processor:.1f} s of one processor {verdict} ({took.seconds:.1f} s by the clock)"
    )
    memory = judged(took.peak, PEAK)
    print(f"Peak memory: {took.peak / 1e6:,.0f} MB {memory}\n", flush=True)
    print_files(next(path for path in (output / "search").iterdir() if path.is_dir()))
    scripts = next((output / "assets").glob("js.*")).relative_to(output).as_posix() + "/"
    with serving(output, packings=("gzip",), policy="") as site, sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser())
        first = first_scripts(launched, site)
        costs = [(asked, measure(launched, site, scripts, asked, first)) for asked in ASKED]
        print()
        good = print_costs(costs, trials)
        if trials <= PAGEFIND_UNTIL:
            beside(launched, originals, trials, output, folder / "pagefind", took, costs)
        launched.close()
    shutil.rmtree(spooled)
    return good and "OVER" not in verdict + memory


def beside(
    launched: Browser,
    originals: Sequence[Original],
    trials: int,
    output: Path,
    folder: Path,
    took: Spent,
    costs: Sequence[tuple[Asked, Cost]],
) -> None:
    """Let Pagefind do the same, and print how many times ours it takes."""
    from benchmarks.search_pagefind import measured

    theirs = measured(launched, (made[0] for made in resampled(originals, trials)), output, folder, costs)
    index, size = theirs.spent, sum(path.stat().st_size for path in (output / "search").rglob("*.json"))
    print(
        f"\nPagefind on the same words: index in {index.processor:.1f} s of processors, {index.seconds:.1f} s by the"
    )
    print(f"clock, {index.peak / 1e6:,.0f} MB of memory; {theirs.files:,} files, {theirs.bytes:,} bytes")
    print(
        f"That is {index.processor / took.processor:.1f} times our seconds, {index.peak / took.peak:.1f} times our "
        f"memory and {theirs.bytes / size:.1f} times our bytes before packing.\n"
    )
    print("| search | Pagefind found | its bytes | times ours | first result, ms | times ours | warm, ms |")
    print("|---|---|---|---|---|---|---|")
    for (asked, mine), cost in zip(costs, theirs.costs, strict=True):
        if cost is None:
            continue
        size, own = (sum(each.sizes[kind] for kind in (FIRST, LATER, INDEX)) for each in (cost, mine))
        print(
            f"| {asked.name} | {cost.total:,} | {size:,} | {size / own:.1f} | {cost.cold:,.0f} "
            f"| {cost.cold / mine.cold:.1f} | {cost.warm:,.0f} |"
        )


def main() -> int:
    """Measure and print; 1 when something is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "sizes", nargs="*", type=int, default=list(SIZES), help="trials (default: %(default)s)"
    )
    given = parser.parse_args()
    if not RECORDS.exists():
        print("The registry records are not beside this checkout: set TRIALPAGES_RECORDS.", file=sys.stderr)
        return 1
    good = True
    with tempfile.TemporaryDirectory(prefix="trialpages-budgets-") as made:
        folder = Path(made)
        corpus = real_records(folder / "records").corpus
        originals = taken_apart(corpus.documents(), corpus.values)
        fitted = (f"{law.scale:.1f} * n^{law.exponent:.2f} {name}" for name, law in laws(originals).items())
        print(f"{len(originals):,} real trials; n trials have {', '.join(fitted)}")
        output = built_page(folder)
        for trials in given.sizes:
            good = at_size(trials, originals, output, folder) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
