"""`build --verify`: the site is built a second time from nothing, as another machine would, and every byte is compared.

The second build runs in a process of its own, on a copy of the sources in a temporary folder, with an empty cache,
another locale, time zone, hash seed, umask, order of files and number of jobs, and the same `--today`. Only the
sources are copied that the build names as its inputs: what it reads beyond them shows as a difference. The history
is read from the same repository. The output of the first build is only read, and nothing of the site is written.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from trialpages.arguments import Arguments
from trialpages.machine.git_state import checkout
from trialpages.machine.memo import open_memo_read_only
from trialpages.machine.output import OWNED, owned_paths
from trialpages.progress import ProgressLine
from trialpages.said import FOR_TOOLS, complain, report, write
from trialpages.stages.build import MEMO_NAME, build
from trialpages.stages.inputs import PACKAGE, stamped_inputs
from trialpages.stages.options import Options
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span

FINE, TROUBLE = 0, 1
NAMED = 10
"""Files that differ and are named."""
LINE_CHARACTERS = 160
FOLDERS = ("directory", "content", "templates", "assets")
ZONES = ("LINT-14", "NUT+11")
"""The first and the last place of the earth to begin a day, written so that no table of zones is needed."""
LOCALES = ("C", "tr_TR.UTF-8")


def build_and_verify(arguments: Arguments) -> int:
    """Build, verify what was published, report both, and return the exit code."""
    options = arguments.options
    before = inputs_now(options)
    started = time.perf_counter()
    failure, files = None, 0
    with ProgressLine(sys.stderr, quiet=arguments.quiet) as progress:
        done = build(options, progress.show)
        seconds = time.perf_counter() - started
        try:
            if done.published:
                progress.show("building a second time", 0, 0)
                found = verify(options, before, errors=done.errors)
                files = found.files
                done.diagnostics.extend(found.differences)
        except VerifyError as error:
            failure = str(error)
    done.seconds["total"] = round(seconds, 4)
    done.seconds["verify"] = round(time.perf_counter() - started - seconds, 4)
    report(arguments, done, seconds, failure)
    if failure:
        complain(failure)
    elif files and not found.differences and arguments.format not in FOR_TOOLS and not arguments.quiet:
        write(sys.stdout, f"verified: {files:,} files, byte for byte\n")
    failed = failure or done.errors > 0 or (options.strict and done.warnings > 0)
    return TROUBLE if failed else FINE


class VerifyError(Exception):
    """The second build could not be made, or not be compared."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What the comparison found: the number of files, and a diagnostic for each that differs."""

    files: int
    differences: tuple[Diagnostic, ...]


def inputs_now(options: Options) -> frozenset[tuple[str, int, int]]:
    """Return the inputs with time and size, to tell whether somebody has saved a file meanwhile.

    Files that only the settings name are left out: before the first build nobody knows them.
    """
    return frozenset((file.path, file.mtime_ns, file.size) for file in stamped_inputs(options, ()))


def verify(options: Options, before: frozenset[tuple[str, int, int]], *, errors: int) -> Verified:
    """Build again and compare; `before` are the inputs as they were when the first build began.

    Raises `VerifyError` when the second build fails or the sources have changed meanwhile, and for a site with errors.
    """
    if errors:
        raise VerifyError("not verified: the pages with errors are as an earlier build made them")
    with tempfile.TemporaryDirectory(prefix="trialpages-verify-") as made:
        place = Path(made).resolve()
        copied = _copied(options, place)
        _build(copied, place)
        found = _compared(options, copied.output)
    if found.differences and inputs_now(options) != before:
        raise VerifyError(
            "a source was changed during the build; nothing is known of the output. Build again"
        )
    return found


def argv_of(options: Options) -> list[str]:
    """Return the words of a command line that asks for such a build."""
    words = [f"--directory={options.directory}", f"--output={options.output}", f"--cache={options.cache}"]
    words += [
        f"--{name}={folder}" for name in FOLDERS[1:] if (folder := getattr(options, name)) and folder.is_dir()
    ]
    words += [f"--today={options.today.isoformat()}", f"--jobs={options.jobs}"]
    given = {"base-url": options.base_url, "target": options.target, "previous": options.previous}
    words += [f"--{name}={value}" for name, value in given.items() if value is not None]
    flags = ("drafts", "strict", "keep_going", "preview", "precompress")
    return words + [f"--{name.replace('_', '-')}" for name in flags if getattr(options, name)]


def surroundings() -> dict[str, str]:
    """Return the environment of the second build: as it is here, but elsewhere on the earth."""
    here = dict(os.environ)
    locale = next(each for each in LOCALES if each != here.get("LC_ALL", here.get("LANG")))
    zone = next(each for each in ZONES if each != here.get("TZ"))
    path = os.pathsep.join(filter(None, (str(PACKAGE.parent), here.get("PYTHONPATH"))))
    return {
        **here,
        "LC_ALL": locale,
        "TZ": zone,
        "PYTHONHASHSEED": "2" if here.get("PYTHONHASHSEED") == "1" else "1",
        "PYTHONPATH": path,
        "PYTHONIOENCODING": "utf-8",
        "GIT_OPTIONAL_LOCKS": "0",
    }


def _copied(options: Options, place: Path) -> Options:
    """Copy the sources, and return the options of a build of the copy."""
    tops = _tops(options)
    for number, top in enumerate(tops):
        _lend_history(top, place / f"elsewhere-{number}")
    for source in sorted(_sources(options), reverse=True):
        target = _moved(source, tops, place)
        if target is not None and source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    folders = {name: _moved(getattr(options, name), tops, place) for name in FOLDERS}
    return Options(
        directory=_there(folders["directory"]),
        content=_there(folders["content"]),
        templates=folders["templates"] or options.templates,
        assets=folders["assets"] or options.assets,
        output=place / "output",
        cache=place / "cache",
        today=options.today,
        base_url=options.base_url,
        jobs=1 if options.jobs > 1 else 2,
        drafts=options.drafts,
        strict=options.strict,
        keep_going=options.keep_going,
        target=options.target,
        preview=options.preview,
        precompress=options.precompress,
        previous=options.previous,
    )


def _tops(options: Options) -> list[Path]:
    """Return the folders that are copied: checkouts, and folders of the site outside of any."""
    found: list[Path] = []
    for name in FOLDERS:
        folder: Path = getattr(options, name)
        top = (checkout(folder) or folder).absolute() if folder.is_dir() else folder
        if not any(top == each or each in top.parents for each in found):
            found.append(top)
    return found


def _moved(path: Path, tops: Iterable[Path], place: Path) -> Path | None:
    """Return where a path lies in the copy; None for one that is not copied."""
    for number, top in enumerate(tops):
        if path == top or top in path.parents:
            return place / f"elsewhere-{number}" / path.relative_to(top)
    return None


def _there(path: Path | None) -> Path:
    assert path is not None  # every folder of the site lies below a top
    path.mkdir(parents=True, exist_ok=True)
    return path


def _lend_history(top: Path, copy: Path) -> None:
    """Let the copy of a checkout tell the same history: a file names git's folder, which is only read."""
    copy.mkdir(parents=True)
    own = top / ".git"
    if own.is_dir():
        (copy / ".git").write_text(f"gitdir: {own}\n", encoding="utf-8")
    elif own.is_file():
        named = own.read_text("utf-8").partition(":")[2].strip()
        (copy / ".git").write_text(f"gitdir: {(top / named).resolve()}\n", encoding="utf-8")


def _sources(options: Options) -> Iterator[Path]:
    for file in stamped_inputs(options, _extra(options)):
        path = Path(os.path.normpath(options.directory / file.path))
        if PACKAGE not in path.parents:
            yield path


def _extra(options: Options) -> tuple[str, ...]:
    """Return the inputs that only the last build knows: files that the settings name."""
    path = options.cache / MEMO_NAME
    if not path.is_file():
        return ()
    memo = open_memo_read_only(path)
    try:
        return tuple(json.loads(memo.value("extra inputs", "") or "[]"))
    finally:
        memo.close()


def _build(copied: Options, place: Path) -> None:
    command = [sys.executable, "-P", "-m", "trialpages", "build", "--format=json", *argv_of(copied)]
    done = subprocess.run(  # noqa: S603 - this program itself
        command,
        cwd=place,
        env=surroundings(),
        capture_output=True,
        check=False,
        umask=0o077 if os.name == "posix" else -1,
    )
    if done.returncode == 0:
        return
    raise VerifyError(f"the second build did not succeed: {_why(done.stdout, done.stderr)}")


def _why(out: bytes, err: bytes) -> str:
    try:
        report = json.loads(out)
        first = next((each for each in report["diagnostics"] if each["severity"] == "error"), None)
        if first:
            return f"{first['path']}: {first['what']}"
        if report["failure"]:
            return str(report["failure"])
    except (ValueError, KeyError, TypeError):
        pass
    said = err.decode("utf-8", "replace").strip().splitlines()
    return said[-1] if said else "it said nothing"


def _compared(options: Options, other: Path) -> Verified:
    ours, theirs = owned_paths(options.output), owned_paths(other)
    different = [
        path
        for path in sorted(ours | theirs)
        if path not in ours or path not in theirs or _bytes(options.output / path) != _bytes(other / path)
    ]
    shown = _shown(options)
    told = [_difference(options.output / path, other / path, f"{shown}/{path}") for path in different[:NAMED]]
    if len(different) > NAMED:
        what = f"{len(different) - NAMED:,} more files differ"
        told.append(make("output-not-repeatable", what, Span(f"{shown}/{OWNED}")))
    return Verified(len(ours), tuple(told))


def _difference(own: Path, other: Path, shown: str) -> Diagnostic:
    here, there = _bytes(own), _bytes(other)
    if here is None or there is None:
        where = "the second build did not make it" if there is None else "only the second build made it"
        return make("output-not-repeatable", f"This file is not made each time: {where}", Span(shown))
    own_lines, other_lines = here.split(b"\n"), there.split(b"\n")
    number = next(
        (index for index, (one, two) in enumerate(zip(own_lines, other_lines, strict=False)) if one != two),
        min(len(own_lines), len(other_lines)),
    )
    what = "This file is another one when the site is built again elsewhere"
    if b"\0" in here[:1000]:
        return make("output-not-repeatable", what, Span(shown))
    line, second = _line(own_lines, other_lines, number), _line(other_lines, own_lines, number)
    return make(
        "output-not-repeatable", what, Span(shown, number + 1), None, line, (f"there it says: {second}",)
    )


def _line(lines: list[bytes], others: list[bytes], number: int) -> str:
    """Return a line as a message shows it: its beginning, or the part of a long one around the first difference."""
    if number >= len(lines):
        return "(the file ends here)"
    line, other = lines[number], others[number] if number < len(others) else b""
    start = max(0, _common(line, other) - LINE_CHARACTERS // 2)
    return line[start : start + LINE_CHARACTERS].decode("utf-8", "replace")


def _common(one: bytes, two: bytes) -> int:
    """Return how many bytes two lines share at their beginning."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(two)))


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _shown(options: Options) -> str:
    try:
        return options.output.relative_to(options.directory).as_posix()
    except ValueError:
        return str(options.output)
