"""How soon a save is seen: `serve` runs on N trials, a browser has a page open, and files are saved.

    python -m benchmarks.preview_latency [N ...] [--saves 100] [--site FOLDER]

The time runs from just before a file is written until a script in the page sees the new words, or the new value of a
style. Each save is by writing into the file or by moving another over it, in turn, after a pause of random length. A save
that is not seen within ten seconds is lost; the exit status is 1 when one is. Besides: two saves 50 ms apart, six files at
once, the time from the start of the process until it has answered, and its memory.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from benchmarks.written_trials import write

PROJECT = Path(__file__).resolve().parents[1]
PLACE = PROJECT / ".cache" / "preview-latency"
TODAY = "2026-11-23"
OPEN = "NCT90000000"
OTHERS = tuple(f"NCT{90_000_001 + number}" for number in range(5))
LOST_SECONDS = 10.0
START_SECONDS = 600.0
PAUSES = (0.0, 0.6)
"""Seconds between two saves, from and to: during a settling, and when all is at rest."""

RECORDER = """
(() => {
  const seen = (mark) => {
    if (mark && !sessionStorage.getItem(mark)) sessionStorage.setItem(mark, String(Date.now()));
  };
  const words = () => {
    for (const [mark] of (document.body?.textContent ?? "").matchAll(/Marked [a-z]+ [0-9]+/g)) seen(mark);
  };
  new MutationObserver(words).observe(document, { childList: true, subtree: true, characterData: true });
  setInterval(() => {
    const mark = getComputedStyle(document.documentElement).getPropertyValue("--marked").trim();
    if (mark) seen(`Marked css ${mark}`);
  }, 8);
})();
"""


@dataclass(slots=True)
class Measured:
    """What one kind of save took, in milliseconds, and how many were not seen."""

    name: str
    times: list[float] = field(default_factory=list)
    lost: int = 0

    def row(self) -> str:
        """Return a row of the table."""
        if not self.times:
            return f"| {self.name} | 0 | | | | {self.lost} |"
        ordered = sorted(self.times)
        late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        middle = statistics.median(ordered)
        return (
            f"| {self.name} | {len(ordered)} | {middle:.0f} | {late:.0f} | {ordered[-1]:.0f} | {self.lost} |"
        )


class Site:
    """A site of made-up trials, and the places in it that are changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        trial = folder / "content" / "trials" / OPEN
        self.summary = trial / "summary.md"
        self.trial = trial / "trial.yaml"
        self.glossary = folder / "content" / "glossary.yaml"
        self.template = folder / "templates" / "trial" / "words.html"
        self.styles = folder / "assets" / "css" / "components" / "trial.css"
        self.texts = {path: path.read_text("utf-8") for path in (self.summary, self.trial)}

    def prepare(self) -> None:
        """Put the files there that a save changes, as they are before any."""
        builtin = PROJECT / "templates" / "trial" / "words.html"
        for path, text in (
            (self.glossary, self.glossary_text(0)),
            (self.template, builtin.read_text("utf-8")),
            (self.styles, (PROJECT / self.styles.relative_to(self.folder)).read_text("utf-8")),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            self.texts[path] = text

    def glossary_text(self, number: int) -> str:
        """Return a glossary of one word, which every page of a trial has."""
        return f"- term: Placebo\n  meaning: Something that looks like the treatment and has no active part. Marked glossary {number}.\n"

    def changes(self) -> dict[str, Callable[[int], tuple[Path, str]]]:
        """Return, for each kind of save, the file and its new text by the number of the save."""
        return {
            "trial": lambda n: (
                self.trial,
                re.sub(
                    r"^title: .*$", f"title: Marked trial {n}", self.texts[self.trial], flags=re.MULTILINE
                ),
            ),
            "summary": lambda n: (self.summary, self._marked_summary(self.summary, n)),
            "glossary": lambda n: (self.glossary, self.glossary_text(n)),
            "template": lambda n: (self.template, f"<p>Marked template {n}</p>\n{self.texts[self.template]}"),
            "css": lambda n: (self.styles, f"{self.texts[self.styles]}\n:root {{ --marked: {n}; }}\n"),
        }

    def summary_of(self, trial: str, number: int) -> tuple[Path, str]:
        """Return the summary of any trial with a mark in it."""
        path = self.folder / "content" / "trials" / trial / "summary.md"
        self.texts.setdefault(path, path.read_text("utf-8"))
        return path, self._marked_summary(path, number)

    def restore(self) -> None:
        """Put everything back as it was."""
        for path, text in self.texts.items():
            path.write_text(text, "utf-8")
        for path in (self.glossary, self.template, self.styles):
            path.unlink(missing_ok=True)

    def _marked_summary(self, path: Path, number: int) -> str:
        return self.texts[path].replace("## In short\n", f"## In short\n\nMarked summary {number}\n", 1)


def save(path: Path, text: str, *, moves: bool) -> None:
    """Save a file as editors do: by writing into it, or by moving another over it."""
    if not moves:
        path.write_text(text, "utf-8")
        return
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def seen_at(page: Page, mark: str) -> float | None:
    """Wait until the page has seen a mark; return when that was, in milliseconds of the clock."""
    end = time.monotonic() + LOST_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(Error):
            found = page.evaluate("(mark) => sessionStorage.getItem(mark)", mark)
            if found:
                return float(found)
        time.sleep(0.02)
    return None


def measure_kind(page: Page, name: str, change: Callable[[int], tuple[Path, str]], saves: int) -> Measured:
    """Save a file again and again, and wait for each to be seen."""
    dice = random.Random(name)  # noqa: S311 - pauses, not secrets
    found = Measured(name)
    for number in range(1, saves + 1):
        time.sleep(dice.uniform(*PAUSES))
        path, text = change(number)
        began = time.time() * 1000
        save(path, text, moves=number % 2 == 0)
        when = seen_at(page, f"Marked {name} {number}")
        if when is None:
            found.lost += 1
        else:
            found.times.append(when - began)
    return found


def measure_pairs(page: Page, site: Site, saves: int) -> Measured:
    """Save twice, 50 ms apart: the second must be seen, and must be what stays."""
    found = Measured("two saves 50 ms apart")
    for number in range(1001, 1001 + 2 * saves, 2):
        save(*site.summary_of(OPEN, number), moves=False)
        time.sleep(0.05)
        began = time.time() * 1000
        save(*site.summary_of(OPEN, number + 1), moves=False)
        when = seen_at(page, f"Marked summary {number + 1}")
        time.sleep(0.4)
        shown = page.text_content("main") or ""
        if when is None or f"Marked summary {number + 1}" not in shown:
            found.lost += 1
        else:
            found.times.append(when - began)
    return found


def measure_six(page: Page, site: Site, address: str, saves: int) -> Measured:
    """Save six files at once: the open page shows its own, and the others show theirs when asked."""
    found = Measured("six files at once")
    for number in range(3001, 3001 + saves):
        began = time.time() * 1000
        for trial in (*OTHERS, OPEN):
            save(*site.summary_of(trial, number), moves=False)
        when = seen_at(page, f"Marked summary {number}")
        stale = [
            trial for trial in OTHERS if not _shows(f"{address}trials/{trial}/", f"Marked summary {number}")
        ]
        if when is None or stale:
            found.lost += 1
        else:
            found.times.append(when - began)
    return found


def _shows(address: str, words: str) -> bool:
    end = time.monotonic() + LOST_SECONDS
    while time.monotonic() < end:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own server
            if words in answer.read().decode():
                return True
        time.sleep(0.02)
    return False


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str], float]]:
    """Run `serve`; give its address, the process, and the seconds until it had answered a page of a trial."""
    began = time.monotonic()
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "-C", str(folder), "--today", TODAY]
    command += ["--port", "0"]
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert process.stdout is not None
        try:
            address = ""
            for line in process.stdout:
                if found := re.search(r"serving (http://\S+)", line):
                    address = found[1]
                    break
            drain = subprocess.Popen(["cat"], stdin=process.stdout, stdout=log)  # noqa: S607
            _first_answer(f"{address}trials/{OPEN}/")
            yield address, process, time.monotonic() - began
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
            drain.wait(timeout=30)


def _first_answer(address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own server
                answer.read()
            return
        time.sleep(0.01)
    raise SystemExit(f"{address} never answered")


def memory_megabytes(process: int) -> float | None:
    """Return the memory that a process holds, where the system tells."""
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return None
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else None


def prepared(count: int, given: Path | None) -> Path:
    """Return the folder of a site of that many trials that has been built, a copy of the given one if there is one."""
    folder = PLACE / str(count)
    if not (folder / ".cache" / "memo.sqlite").exists():
        shutil.rmtree(folder, ignore_errors=True)
        if given is not None:
            shutil.copytree(given, folder)
        else:
            write(count, folder)
    build = [sys.executable, str(PROJECT / "build.py"), "build", "-C", str(folder), "--today", TODAY, "-q"]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    return folder


def measure(browser: Browser, count: int, saves: int, given: Path | None) -> int:
    """Measure one size and print the table; return the number of lost saves."""
    folder = prepared(count, given)
    with serving(folder) as (_, _, ready):
        pass
    site = Site(folder)
    site.prepare()
    try:
        with serving(folder) as (address, process, _):
            page = browser.new_page()
            page.add_init_script(RECORDER)
            page.goto(f"{address}trials/{OPEN}/")
            while not page.evaluate("() => window.LiveReload?.connector?.protocol >= 7"):
                time.sleep(0.02)
            page.evaluate("() => sessionStorage.clear()")
            rows = [measure_kind(page, name, change, saves) for name, change in site.changes().items()]
            rows.append(measure_pairs(page, site, max(1, saves // 5)))
            rows.append(measure_six(page, site, address, max(1, saves // 5)))
            memory = memory_megabytes(process.pid)
            page.close()
    finally:
        site.restore()
    print(
        f"\n{count:,} trials: a page answered {ready:.2f} s after the start, with the memo of a build; {memory or 0:.0f} MB at the end\n"
    )
    print("| save | seen | median ms | 95th ms | worst ms | lost |\n|---|---|---|---|---|---|")
    print("\n".join(row.row() for row in rows), flush=True)
    return sum(row.lost for row in rows)


def main() -> int:
    """Measure each size that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("counts", metavar="N", type=int, nargs="*", default=[100, 10_000])
    parser.add_argument("--saves", type=int, default=100, help="saves of each kind (default: %(default)s)")
    parser.add_argument("--site", type=Path, help="a site of that many trials, built; it is copied")
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage"])
        lost = sum(measure(browser, count, asked.saves, asked.site) for count in asked.counts)
        browser.close()
    print(f"\n{lost} saves lost")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
