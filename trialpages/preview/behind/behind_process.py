"""The process that makes the whole site behind the preview, once: `python -m trialpages.preview.behind.behind_process`.

An ordinary incremental build into the preview's own folder, with a memo of its own that begins with what the user's
builds know. It gives way to everything else on the machine, and ends with the server. To end it at any moment does no
harm, as for any build: files come before the memo, and what was not remembered is made again.

The first line of its input holds the order (see `order_of`), each line of its output is a JSON object: `{"progress": [stage,
done, total]}` now and then, and `{"done": {...}}` at the end, with `diagnostics`, `trials`, `pages`, `written`, `published`,
or with a `fault` in words.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import msgspec

from trialpages.machine.faults import ForeignFilesError, LockedError
from trialpages.machine.seeding import seed
from trialpages.preview.behind.child import die_with_parent, end_when_input_does
from trialpages.stages.build import MEMO_NAME, build
from trialpages.stages.options import Options, Report

PATIENT = 10
"""How much other programs come first, on the scale of `nice`."""

PROGRESS_SECONDS = 0.25

PATHS = ("directory", "content", "templates", "assets", "output", "cache", "previous")


def order_of(options: Options, seed_from: Path) -> str:
    """Return the order for a build as one line."""
    fields = {field.name: getattr(options, field.name) for field in dataclasses.fields(options)}
    for name in PATHS:
        fields[name] = str(fields[name]) if fields[name] is not None else None
    fields["today"] = options.today.isoformat()
    fields["changed"] = None
    return json.dumps({"options": fields, "seed": str(seed_from), "parent": os.getpid()})


def options_of(fields: dict[str, Any]) -> Options:
    """Return the options of an order."""
    paths = {name: Path(fields[name]) if fields[name] is not None else None for name in PATHS}
    return Options(**{**fields, **paths, "today": datetime.date.fromisoformat(fields["today"])})


def let_others_go_first() -> None:
    """Take only the time of the processor that nobody else wants, as far as the system lets us."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(PATIENT)
        if sys.platform == "linux":
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def main() -> int:
    """Build as ordered, and tell how it goes."""
    order = json.loads(sys.stdin.buffer.readline())
    if sys.platform == "linux":
        # A thread that waits for the end would keep the build from forking its workers.
        die_with_parent(order["parent"])
    else:
        end_when_input_does(lambda: os._exit(1))
    let_others_go_first()
    options = options_of(order["options"])
    try:
        seed(Path(order["seed"]), options.cache / MEMO_NAME)
        tell({"done": told(build(options, _Progress()))})
    except LockedError as error:
        tell({"done": {"fault": f"another preview of this site is making it (process {error.owner})"}})
    except ForeignFilesError as error:
        what = f"the folder {options.output.name} in the cache holds files that we did not write: {error.paths[0]}"
        tell({"done": {"fault": what}})
    except OSError as error:
        tell({"done": {"fault": f"the site cannot be written behind the preview: {error.strerror or error}"}})
    except Exception:
        tell({"done": {"fault": traceback.format_exc()}})
    return 0


def told(report: Report) -> dict[str, Any]:
    """Return what a build did, as plain data."""
    return {
        "diagnostics": msgspec.to_builtins(report.diagnostics),
        "trials": report.trials,
        "pages": report.pages,
        "written": report.written,
        "published": report.published,
    }


def tell(what: object) -> None:
    """Write one line; when nobody hears it any more, end."""
    try:
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()
    except OSError:
        os._exit(1)


class _Progress:
    """Tells how far a stage has come, a few times a second."""

    def __init__(self) -> None:
        self._told = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told >= PROGRESS_SECONDS:
            self._told = now
            tell({"progress": [stage, done, total]})


if __name__ == "__main__":
    sys.exit(main())
