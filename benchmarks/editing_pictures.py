"""The picture in docs/editing.md: the end of a trial page, with the link that opens its words for editing.

The site is made from the example in that guide, so the picture shows what a person who follows it gets.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from benchmarks.lighthouse import TODAY, browser  # noqa: E402
from benchmarks.packed_server import serving  # noqa: E402

GUIDE = PROJECT / "docs/editing.md"
PICTURE = PROJECT / "docs/images/editing-page-link.png"
TRIAL = "NCT00000001"
MARGIN = 16
"""Pixels around the part of the page."""
SITE = """\
name: A made-up site
repository_url: https://github.example/made-up/trials
edit_url: https://github.example/made-up/trials/edit/main/content
"""


def example() -> dict[str, str]:
    """Return the two files that the guide tells to paste, by their names."""
    text = GUIDE.read_text("utf-8")
    found: dict[str, str] = {}
    for kind, name in (("yaml", "trial.yaml"), ("markdown", "summary.md")):
        block = re.search(rf"^ *```{kind}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
        if block is None:
            raise SystemExit(f"the guide has no example of {name}")
        found[name] = re.sub(r"^ {3}", "", block[1], flags=re.MULTILINE)
    return found


def main() -> int:
    """Build the example, and take the picture."""
    with (
        tempfile.TemporaryDirectory(prefix="trialpages-editing-") as made,
        sync_playwright() as playwright,
    ):
        site = Path(made)
        folder = site / "content" / "trials" / TRIAL
        folder.mkdir(parents=True)
        (site / "site.yaml").write_text(SITE, "utf-8")
        for name, text in example().items():
            (folder / name).write_text(text, "utf-8")
        command = [sys.executable, str(PROJECT / "build.py"), "build", "-C", made, "--today", TODAY]
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
        opened = playwright.chromium.launch(executable_path=browser())
        with serving(site / "output") as address:
            page = opened.new_page(viewport={"width": 720, "height": 600}, reduced_motion="reduce")
            page.goto(f"{address}trials/{TRIAL}/", wait_until="networkidle")
            part = page.locator("#sources").bounding_box()
            assert part is not None
            page.screenshot(
                path=PICTURE,
                full_page=True,
                animations="disabled",
                clip={"x": 0, "y": part["y"] - MARGIN, "width": 720, "height": part["height"] + MARGIN},
            )
        opened.close()
    print(PICTURE.relative_to(PROJECT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
