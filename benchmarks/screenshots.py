"""Pictures of the example page: three widths, in light and in the dark, on paper, and without script.

`make screenshots` writes them into a folder that is not part of the project, for somebody to look at.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from benchmarks.lighthouse import EXAMPLE, TODAY, browser  # noqa: E402
from benchmarks.packed_server import serving  # noqa: E402

WIDTHS = (1280, 390, 320)
APPROACH = """async () => {
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight / 2) {
    scrollTo(0, top);
    await new Promise((done) => setTimeout(done, 100));
  }
  scrollTo(0, 0);
}"""


def looks() -> dict[str, dict[str, Any]]:
    """Return the name of each picture and how the page is opened for it."""
    found: dict[str, dict[str, Any]] = {}
    for width in WIDTHS:
        size = {"width": width, "height": 900}
        found[f"{width}-light"] = {"viewport": size}
        found[f"{width}-dark"] = {"viewport": size, "color_scheme": "dark"}
        found[f"{width}-no-script"] = {"viewport": size, "java_script_enabled": False}
    found["1280-forced-colors"] = {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"}
    return found


def take(opened: Browser, url: str, folder: Path) -> None:
    """Take every picture of a page, and print it to a PDF file."""
    for name, options in looks().items():
        context = opened.new_context(reduced_motion="reduce", **options)
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        if options.get("java_script_enabled", True):
            page.evaluate(APPROACH)
            page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}.png", full_page=True, animations="disabled")
        context.close()
    page = opened.new_page()
    page.goto(url, wait_until="networkidle")
    page.pdf(path=folder / "print.pdf", format="A4", print_background=True)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.screenshot(path=folder / "print.png", full_page=True)
    page.close()


def main() -> int:
    """Build the sample site, and write the pictures of one of its trials."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--trial", default=EXAMPLE, help="the trial's number (default: %(default)s)")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="trialpages-screenshots-") as made,
        sync_playwright() as playwright,
    ):
        command = [sys.executable, str(PROJECT / "build.py"), "build", "-C", str(PROJECT), "--today", TODAY]
        command += ["--output", f"{made}/output", "--cache", f"{made}/cache"]
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
        opened = playwright.chromium.launch(executable_path=browser())
        with serving(Path(made) / "output") as address:
            take(opened, f"{address}trials/{given.trial}/", given.folder)
        opened.close()
    print(f"{len(looks()) + 2} pictures are in {given.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
