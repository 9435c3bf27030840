"""`review`: what a change does to the pages, for whoever reviews it. Nothing is published, and no file of the site changes.

Exit codes: 0 when the two states could be compared, whatever is found; 1 when a report could not be written; 2 wrong use,
also when git does not know what to compare with.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from trialpages.arguments import Arguments, UsageError
from trialpages.changed_since import compared
from trialpages.progress import ProgressLine
from trialpages.report_files import add_report_flag, report_path
from trialpages.said import write

if TYPE_CHECKING:
    from trialpages.stages.review_facts import Review

FINE = 0
FORMS = ("text", "markdown", "json")
EXAMPLES = """examples:
  trialpages review --since origin/main
  trialpages review --since origin/main --format markdown >> "$GITHUB_STEP_SUMMARY"
"""


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Add what only this command takes; its reports have forms of their own."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXAMPLES
    parser.conflict_handler = "resolve"
    what = parser.add_argument_group("what is compared, and how it is told")
    what.add_argument(
        "--since", metavar="REF", required=True, help="the branch or commit that the change goes into"
    )
    what.add_argument(
        "--format", choices=FORMS, default=FORMS[0], help="how the report is written (default: %(default)s)"
    )
    add_report_flag(what)
    what.add_argument(
        "--preview-url",
        metavar="URL",
        default="",
        help="where the changed site stands, for links to its pages",
    )


def run(arguments: Arguments) -> int:
    """Compare, tell, and return the exit code."""
    own = arguments.own
    reports = [report_path(given) for given in own.report or ()]
    if own.preview_url and not own.preview_url.startswith(("https://", "http://")):
        raise UsageError("--preview-url needs an address such as https://example.org/preview/")
    found = _compared(arguments)
    write(sys.stdout, _shown(found, own.format, own.preview_url))
    if reports:
        from trialpages.importing.writing import put

        for path in reports:
            form = "markdown" if path.suffix == ".md" else "json"
            put(path, _shown(found, form, own.preview_url).encode("utf-8", "replace"))
    return FINE


def _compared(arguments: Arguments) -> Review:
    from trialpages.machine.git import GitError, merge_base
    from trialpages.machine.lock import lock
    from trialpages.machine.memo import open_memo
    from trialpages.stages.build import LOCK_NAME, MEMO_NAME
    from trialpages.stages.review import Change, review

    options, since = arguments.options, arguments.own.since
    if not options.content.is_relative_to(options.directory):
        raise UsageError("review compares the content in the site's own folder; --content leads out of it")
    repo, paths = compared(options.directory, since, "--since")
    change = Change(since, repo, merge_base(repo, since), paths)
    options.cache.mkdir(parents=True, exist_ok=True)
    with (
        lock(options.cache / LOCK_NAME),
        tempfile.TemporaryDirectory(dir=options.cache) as spare,
        ProgressLine(sys.stderr, quiet=arguments.quiet) as progress,
    ):
        memo = open_memo(options.cache / MEMO_NAME)
        try:
            return review(options, memo, change, Path(spare), progress.show)
        except GitError as error:
            raise UsageError(f"git does not tell what the content was at '{since}': {error}") from error
        finally:
            memo.close()


def _shown(found: Review, form: str, preview_url: str) -> str:
    from trialpages.stages import review_report

    if form == "json":
        return json.dumps(review_report.plain_values(found), ensure_ascii=False, indent=2) + "\n"
    return review_report.markdown(found, preview_url) if form == "markdown" else review_report.text(found)
