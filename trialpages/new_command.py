"""`new`: begin a trial. Its folder gets files with comments that teach, and what is there already stays as it is."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trialpages.arguments import Arguments, UsageError
from trialpages.importing.records import facts_of, held_of, text_of
from trialpages.importing.scaffold import scaffold
from trialpages.importing.writing import put
from trialpages.model.registry import studies_in
from trialpages.model.registry.fields import NCT_ID
from trialpages.model.trial import Trial
from trialpages.model.trial_files import FACTS, PROSE, RECORD
from trialpages.read.snapshot import BROKEN, open_snapshot
from trialpages.said import report, write
from trialpages.schema_files import FOLDER, put_schemas
from trialpages.stages.options import Options, Report
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span
from trialpages.words.fields import record

FINE, CONTENT = 0, 1
TRIAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,59}")
ALMOST_NCT = re.compile(r"N\s*C\s*T[\s:#_.-]*([0-9OILSB\s.-]*)", re.IGNORECASE)
IN_ADDRESS = re.compile(r"/(NCT[0-9]{8})\b", re.IGNORECASE)
LOOKALIKES = str.maketrans("OILSB", "01158")
"""Letters that are taken for digits, and the digits."""

DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
NCT_FORM = "a ClinicalTrials.gov number is NCT and eight digits, such as NCT01234567"
SCHEMA = "schema/trial.schema.json"


@record
class Start:
    """What a trial begins with: its number, and its record where one is at hand."""

    trial_id: str
    trial: Trial | None = None
    study: dict[str, Any] | None = None
    """The record that `--from` names; it is put into the folder."""
    asked: str = ""


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Add the flags that only this command has."""
    parser.add_argument(
        "trial", nargs="?", metavar="NUMBER", help="the trial's number, such as NCT01234567 or 2014-002476-92"
    )
    parser.add_argument(
        "--from", dest="from_file", metavar="FILE", help="a registry record (JSON) to begin with"
    )


def run(arguments: Arguments) -> int:
    """Begin a trial; return the exit code. Raises `UsageError` for a number that is none."""
    options, own = arguments.options, arguments.own
    if own.trial is None and own.from_file is None:
        raise UsageError("which trial? Give its number, such as: python build.py new NCT01234567")
    trial_id = None if own.trial is None else trial_number(own.trial)
    if not any(path.is_file() for path in (options.content / "site.yaml", options.directory / "site.yaml")):
        raise UsageError(
            f"there is no site.yaml in {arguments.shown(options.content)}; give the site's folder with -C"
        )
    sink: Sink = []
    if own.from_file is not None:
        start = _from_file(Path(own.from_file), trial_id, sink)
    else:
        start = Start(trial_id=str(trial_id), trial=_known_record(options, str(trial_id)))
    if start is None:
        report(arguments, Report(diagnostics=sink), 0.0, "nothing was begun")
        return CONTENT
    _refuse_other_case(options, start.trial_id)
    made, kept = _put(options, start)
    if put_schemas(options.directory):
        made.append(options.directory / FOLDER)
    _say(arguments, start, made, kept)
    return FINE


def trial_number(given: str) -> str:
    """Return the number that was meant: small letters are as good. Raises `UsageError` with a guess.

    >>> trial_number("nct01234567"), trial_number("2014-002476-92")
    ('NCT01234567', '2014-002476-92')
    """
    text = DASHES.sub("-", given.strip())
    if NCT_ID.fullmatch(text.upper()):
        return text.upper()
    if address := IN_ADDRESS.search(text):
        raise UsageError(f"'{given}' is an address; did you mean {address[1].upper()}?")
    if re.fullmatch(r"[0-9]{8}", text):
        raise UsageError(f"'{given}' lacks its letters; did you mean NCT{text}?")
    if almost := ALMOST_NCT.fullmatch(text):
        digits = re.sub(r"[\s.-]", "", almost[1].upper()).translate(LOOKALIKES)
        if len(digits) == 8:
            raise UsageError(f"'{given}' is no number of a trial; did you mean NCT{digits}?")
        raise UsageError(f"'{given}' has {_digits(len(digits))}; {NCT_FORM}")
    if text[:3].upper() == "NCT":
        raise UsageError(f"'{given}' is no number of a trial; {NCT_FORM}")
    if not TRIAL_ID.fullmatch(text) or not any(letter.isdigit() for letter in text):
        raise UsageError(
            f"'{given}' is no number of a trial; {NCT_FORM}, and other registries' numbers have digits, letters "
            "and hyphens, such as 2014-002476-92"
        )
    return text


def _digits(count: int) -> str:
    return "no digits" if not count else "one digit" if count == 1 else f"{count} digits"


def _from_file(path: Path, trial_id: str | None, sink: Sink) -> Start | None:
    """Return the start from a file of records; None with the reason in the sink."""
    shown = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        sink.append(make("unreadable-file", f"The file cannot be read: {error.strerror}", Span(shown)))
        return None
    if data.startswith(b"PK"):
        help_text = f"bring its records with: python build.py import {shown}"
        sink.append(
            make(
                "registry-several-studies",
                "The file is a zip archive of records",
                Span(shown),
                help=help_text,
            )
        )
        return None
    studies = studies_in(data, shown, sink)
    found = [(study, facts_of(study)) for study in studies]
    numbers = [facts.nct_id for _, facts in found if facts.nct_id]
    for study, facts in found:
        if facts.nct_id and (trial_id in (None, facts.nct_id) or trial_id in facts.nct_id_aliases):
            if trial_id is None and len(found) > 1:
                break
            return Start(trial_id=facts.nct_id, trial=facts, study=study, asked=trial_id or "")
    if trial_id is None and len(numbers) > 1:
        what = f"The file holds {len(numbers)} studies; which of them is meant?"
        help_text = f"give its number: python build.py new {numbers[0]} --from {shown}; or bring them all: python build.py import {shown}"
        sink.append(make("registry-several-studies", what, Span(shown), help=help_text))
    elif numbers:
        held = numbers[0] if len(numbers) == 1 else f"{len(numbers)} other studies"
        what = f"The record is about {held}, not about {trial_id}"
        sink.append(
            make("wrong-id", what, Span(shown), help="give the number of the record, or another file")
        )
    elif studies:
        sink.append(make("registry-not-a-study", "The record has no number of its study", Span(shown)))
    return None


def _known_record(options: Options, trial_id: str) -> Trial | None:
    """Return what the trial's own record or the site's snapshot says of it, if there is one."""
    own = options.content / "trials" / trial_id / RECORD
    if own.is_file():
        return held_of(own.read_bytes(), own.as_posix()).trial
    named = _snapshot_name(options)
    if named is None:
        return None
    snapshot = open_snapshot(options.directory / named, named, [])
    for member in snapshot.members:
        if member.trial_id == trial_id:
            try:
                return held_of(snapshot.read(member), named).trial
            except (OSError, *BROKEN):
                return None
    return None


def _snapshot_name(options: Options) -> str | None:
    """Return the file of records that site.yaml names; what is wrong with site.yaml is told by `check`."""
    from trialpages.read.config import read_config

    for path in (options.content / "site.yaml", options.directory / "site.yaml"):
        if path.is_file():
            return read_config(path.read_bytes(), path.as_posix(), []).registry
    return None


def _refuse_other_case(options: Options, trial_id: str) -> None:
    """Refuse a folder that differs from another one in letter case only: some disks hold both, some do not."""
    trials = options.content / "trials"
    names = [path.name for path in trials.iterdir()] if trials.is_dir() else []
    other = next(
        (name for name in names if name != trial_id and name.casefold() == trial_id.casefold()), None
    )
    if other is not None:
        raise UsageError(f"there is a folder '{other}' already; rename it to '{trial_id}', or work in it")


def _put(options: Options, start: Start) -> tuple[list[Path], list[Path]]:
    """Write what is not there yet; return the files that were made, and those that stay as they were."""
    folder = options.content / "trials" / start.trial_id
    folder.mkdir(parents=True, exist_ok=True)
    schema = Path(os.path.relpath(options.directory / SCHEMA, folder)).as_posix()
    texts = scaffold(start.trial_id, start.trial, schema=schema)
    made: list[Path] = []
    kept: list[Path] = []
    if start.study is not None:
        path = folder / RECORD
        if path.exists():
            kept.append(path)
        else:
            put(path, text_of(start.study))
            made.append(path)
    for name in (FACTS, PROSE):
        path = folder / name
        (made if _create(path, texts[name]) else kept).append(path)
    return made, kept


def _create(path: Path, text: str) -> bool:
    """Write a new file; tell False where there is one. Raises OSError; then there is none."""
    try:
        file = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return True


def _say(arguments: Arguments, start: Start, made: list[Path], kept: list[Path]) -> None:
    names = {"made": made, "kept": kept}
    shown = {key: [arguments.shown(path) for path in paths] for key, paths in names.items()}
    if arguments.format == "json":
        write(
            sys.stdout,
            json.dumps({"trial": start.trial_id, **shown, "failure": None}, ensure_ascii=False) + "\n",
        )
        return
    if arguments.quiet:
        return
    if start.asked and start.asked != start.trial_id:
        write(sys.stdout, f"{start.asked} is an older number of {start.trial_id}\n")
    lines = [f"made   {path}" for path in shown["made"]]
    lines += [f"stays  {path} (it was there already)" for path in shown["kept"]]
    write(sys.stdout, "".join(f"{line}\n" for line in (*lines, "", "Next:", *_next(arguments, start))))


def _next(arguments: Arguments, start: Start) -> Iterator[str]:
    folder = arguments.shown(arguments.options.content / "trials" / start.trial_id)
    if start.trial is not None:
        yield f"1. Write under the headings of {folder}/{PROSE}; the comments there help."
    elif NCT_ID.fullmatch(start.trial_id):
        yield f"1. Bring the registry's facts: python build.py import {start.trial_id} (they give the title and the status)."
    else:
        yield f"1. Fill in brief_title and overall_status in {folder}/{FACTS}."
    if start.trial is None:
        yield f"2. Write under the headings of {folder}/{PROSE}; the comments there help."
    else:
        yield f"2. Look through {folder}/{FACTS} for what you can say better than the registry."
    drafts = " --drafts" if start.trial is None else ""
    yield f"3. Look at the page: python build.py serve{drafts}; what is missing is told by: python build.py check"
