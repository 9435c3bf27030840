"""The command `deploy`: bring the built site to a folder or to an S3-compatible store, and say what became of it.

Nothing is built here, and nothing of the site's folder is changed but a note of digests in the cache. While it
runs no build of this site can, so what is brought is one whole site. Refused is a site that is not whole: none was
built, the last build failed or never ended, or somebody has changed a file of the output since.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from typing import TYPE_CHECKING

from trialpages.arguments import Arguments, UsageError
from trialpages.progress import ProgressLine
from trialpages.said import complain, write

if TYPE_CHECKING:
    from trialpages.deploying.guard import Guard
    from trialpages.deploying.outcome import Outcome
    from trialpages.deploying.store import Store

FINE, TROUBLE, INTERRUPTED = 0, 1, 130
EXAMPLES = """examples:
  trialpages deploy /srv/www/trials
  trialpages deploy s3://my-bucket
  trialpages deploy s3://my-bucket/trials --endpoint https://s3.example.org --dry-run
"""


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Add what only this command takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXAMPLES
    parser.add_argument(
        "destination", metavar="DESTINATION", help="a folder, or s3://BUCKET or s3://BUCKET/PREFIX"
    )
    what = parser.add_argument_group("what is brought")
    what.add_argument(
        "--dry-run", action="store_true", help="say what would be uploaded and deleted; change nothing"
    )
    what.add_argument(
        "--delete-at-most",
        metavar="N|P%",
        type=_guard,
        help="delete at most so many pages and data files, or so many in a hundred (default: 20 or 10%%, whichever is more)",
    )
    what.add_argument(
        "--overwrite",
        action="store_true",
        help="replace files of the same name that were not deployed from here",
    )
    what.add_argument(
        "--preview", action="store_true", help="deploy although the site was built with --preview"
    )
    store = parser.add_argument_group("the store")
    store.add_argument("--endpoint", metavar="URL", help="the store's address, if it is not Amazon's")
    store.add_argument("--region", metavar="REGION", help="the store's region (default: your AWS settings)")


def run(arguments: Arguments) -> int:
    """Deploy, tell what became of it, and return the exit code."""
    from trialpages.deploying.faults import DeployError
    from trialpages.deploying.outcome import Outcome

    if arguments.format == "sarif":
        raise UsageError("deploy reports as text, short or json")
    outcome = Outcome(destination=arguments.own.destination, is_dry_run=arguments.own.dry_run)
    started = time.perf_counter()
    code = FINE
    try:
        with ProgressLine(sys.stderr, quiet=arguments.quiet) as line:
            _deploy(arguments, outcome, line)
    except DeployError as error:
        outcome.failure, outcome.help = error.what, error.help
        code = TROUBLE
    except KeyboardInterrupt:
        outcome.failure = "interrupted"
        outcome.help = "the same command goes on from here"
        code = INTERRUPTED
    outcome.seconds = time.perf_counter() - started
    _tell(arguments, outcome)
    return code


def _deploy(arguments: Arguments, outcome: Outcome, line: ProgressLine) -> None:
    from trialpages.deploying.built import built_site
    from trialpages.deploying.guard import USUAL
    from trialpages.deploying.running import Terms, deploy

    own, options = arguments.own, arguments.options
    store = _store(arguments)
    terms = Terms(
        guard=own.delete_at_most or USUAL,
        is_dry_run=own.dry_run,
        overwrites=own.overwrite,
    )
    with built_site(options.output, options.cache, allows_preview=own.preview, progress=line.show) as site:
        deploy(site, store, terms, outcome, line.show)


def _store(arguments: Arguments) -> Store:
    own, options = arguments.own, arguments.options
    given: str = own.destination
    if given.startswith("s3://"):
        from trialpages.deploying.s3 import s3_store

        return s3_store(given, endpoint=own.endpoint, region=own.region)
    if "://" in given:
        raise UsageError(f"'{given}' is neither a folder nor an address such as s3://bucket/prefix")
    if own.endpoint or own.region:
        raise UsageError("--endpoint and --region are for s3:// only; a folder has none")
    from trialpages.deploying.folder import folder_store

    return folder_store(
        given,
        site=options.directory,
        apart=(options.content, options.templates, options.assets, options.output, options.cache),
    )


def _tell(arguments: Arguments, outcome: Outcome) -> None:
    from trialpages.deploying.outcome import as_text, plain_values

    if arguments.format == "json":
        write(sys.stdout, json.dumps(plain_values(outcome), ensure_ascii=False) + "\n")
    elif not arguments.quiet or outcome.failure:
        write(sys.stdout, as_text(outcome, lists_all=arguments.verbose))
    if outcome.failure:
        complain(f"{outcome.failure}{f'; {outcome.help}' if outcome.help else ''}")


def _guard(given: str) -> Guard:
    from trialpages.deploying.guard import Guard

    if re.fullmatch("[0-9]{1,9}", given):
        return Guard(files=int(given))
    if re.fullmatch("[0-9]{1,3}%", given) and int(given[:-1]) <= 100:
        return Guard(percent=int(given[:-1]))
    raise argparse.ArgumentTypeError(f"it needs a number such as 50, or a share such as 25%, not '{given}'")
