"""The files that `--report FILE` names: the form of a report follows from the ending of its file's name."""

from __future__ import annotations

import argparse
from pathlib import Path

from trialpages.arguments import UsageError

ENDINGS = (".md", ".json")


def add_report_flag(parser: argparse._ActionsContainer) -> None:
    """Add `--report` to a command, or to a group of its flags."""
    parser.add_argument(
        "--report",
        action="append",
        metavar="FILE",
        help="write the report to FILE.md or FILE.json as well; may be repeated",
    )


def report_path(given: str) -> Path:
    """Return the file that `--report` names. Raises `UsageError` for one that no report can be written to."""
    path = Path(given).absolute()
    if path.suffix not in ENDINGS:
        raise UsageError(f"--report needs a name that ends in .md or .json, not '{given}'")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder '{Path(given).parent}' for --report")
    return path
