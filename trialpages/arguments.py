"""The words of the command line, made into options: flags, defaults, and what contradicts itself."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import importlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from trialpages import __version__
from trialpages.machine.cores import core_count
from trialpages.stages.options import Options

COMMANDS = {
    "build": "make the site (the default)",
    "check": "read, make and check everything; publish nothing",
    "serve": "preview the site; pages reload when a file is saved",
    "new": "begin a trial: its folder, with comments that teach",
    "import": "bring registry records, or renew them; editors' files are never touched",
    "review": "say what a change does to the pages, for whoever reviews it",
    "deploy": "bring the built site to a folder or an S3-compatible store; only what has changed",
    "explain": "say why a page was made, what a file feeds, or what an error code means",
    "clean": "remove what was built, and nothing else",
    "info": "show versions, folders and counts, for a report of a fault",
}

OWN_FLAGS = {
    "new": "trialpages.new_command",
    "import": "trialpages.import_command",
    "review": "trialpages.review_command",
    "deploy": "trialpages.deploy_command",
}
"""Modules that add the flags of a command; only that of the command which is asked for is loaded."""

BASE_ADDRESS = re.compile(r"(https?://[^\s<>\"?#/]+)?(/[^\s<>\"?#/]+)*/?")
"""A public address with or without a path, or a path alone; the same form as `base_url` in site.yaml."""

FORMATS = ("text", "short", "json", "github", "sarif")
"""How faults are shown: for people, a line each, and for tools."""

TARGETS = ("github-pages", "cloudflare", "netlify", "s3")
"""Hosts whose limits `check` knows; `pages/target_limits.py` holds them."""

SWITCHES = {
    "-q",
    "--quiet",
    "-v",
    "--verbose",
    "--drafts",
    "--strict",
    "--keep-going",
    "--sources-only",
    "--preview",
    "--precompress",
    "--verify",
}
"""Flags without a value: the word behind one of them is meant as a command."""


class UsageError(Exception):
    """The command line asks for something that cannot be."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """One command line."""

    command: str
    options: Options
    format: str
    quiet: bool
    verbose: bool
    color: bool
    subject: str
    host: str
    port: int
    open_browser: bool
    changed_since: str | None
    """The name of the commit or branch that a change is compared with."""
    own: argparse.Namespace
    """Every flag as it was parsed: commands of `OWN_FLAGS` read theirs here."""

    def shown(self, path: Path | str) -> str:
        """Return a path as the author knows it: relative to the site directory where it lies inside."""
        try:
            return Path(path).absolute().relative_to(self.options.directory).as_posix()
        except ValueError:
            return str(path)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}\ntry '{self.prog} --help'")


def parse(argv: list[str]) -> Arguments:
    """Return what the command line asks for. Raises `UsageError`."""
    first = next((word for word in argv if not word.startswith("-")), None)
    parser = _parser(next((word for word in argv if word in COMMANDS), ""))
    if not any(word in COMMANDS for word in argv) and not {"-h", "--help", "--version"} & set(argv):
        before = argv[: argv.index(first)] if first is not None else []
        if first is not None and set(before) <= SWITCHES:
            from trialpages.words.suggest import nearest

            guess = nearest(first, COMMANDS)
            hint = f"; did you mean '{guess}'?" if guess else ""
            raise UsageError(f"there is no command '{first}'{hint}")
        argv = ["build", *argv]
    found = parser.parse_args(_command_first(argv))
    return _arguments(found)


def _command_first(argv: list[str]) -> list[str]:
    """Let flags stand before the command as well: `-C site build` is `build -C site`."""
    position = next((index for index, word in enumerate(argv) if word in COMMANDS), None)
    if position is None or position == 0:
        return argv
    return [argv[position], *argv[:position], *argv[position + 1 :]]


def _parser(wanted: str) -> _Parser:
    """Return the parser; of the flags that only some command has, those of the command that is wanted."""
    parser = _Parser(prog="trialpages", description="Static pages about clinical trials, for patients.")
    parser.add_argument("--version", action="version", version=f"trialpages {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    common = _common()
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text, parents=[common])
        if name == "explain":
            command.add_argument("subject", metavar="URL|FILE|CODE", help="what to explain")
        if name == "serve":
            command.add_argument(
                "--host", default="127.0.0.1", help="address to listen on (default: %(default)s)"
            )
            command.add_argument(
                "--port", type=int, default=8000, help="port to listen on (default: %(default)s)"
            )
            command.add_argument("--open", action="store_true", help="open the site in a browser")
            command.add_argument(
                "--poll",
                action="store_true",
                help="look for changes by reading times, where nothing tells of them",
            )
        if name == "check":
            _what_is_checked(command)
        if name == "build":
            _what_is_published(command)
        if name == wanted and name in OWN_FLAGS:
            importlib.import_module(OWN_FLAGS[name]).add_flags(command)
    return parser


def _what_is_published(command: argparse.ArgumentParser) -> None:
    what = command.add_argument_group("what is published")
    what.add_argument(
        "--target", choices=TARGETS, help="write what this host needs, and hold the site to its limits"
    )
    what.add_argument(
        "--preview",
        action="store_true",
        help="say on every page that it is a preview, and keep it out of search engines",
    )
    what.add_argument(
        "--precompress",
        action="store_true",
        help="write each text file as .gz and .br too, for servers that send these",
    )
    what.add_argument(
        "--previous",
        metavar="FILE",
        help="the site.json of the site as it stands in public, so that no page vanishes silently",
    )
    what.add_argument(
        "--verify", action="store_true", help="build a second time elsewhere, and compare every byte"
    )


def asked_format(argv: list[str]) -> str:
    """Return the form that a command line which cannot be read asks for, as far as it can be seen."""
    for word, following in zip(argv, [*argv[1:], ""], strict=True):
        given = following if word == "--format" else word.removeprefix("--format=")
        if given in FORMATS and word.startswith("--format"):
            return given
    return FORMATS[0]


def _what_is_checked(command: argparse.ArgumentParser) -> None:
    what = command.add_argument_group("what is checked")
    what.add_argument(
        "--sources-only", action="store_true", help="do not make the pages, so not their links either"
    )
    what.add_argument(
        "--target", choices=TARGETS, help="hold the site to the limits of this host (default: site.yaml's)"
    )
    what.add_argument(
        "--changed-since",
        metavar="REF",
        help="show only faults of what has changed since a branch or commit, and of what depends on it",
    )


def _common() -> _Parser:
    common = _Parser(add_help=False)
    where = common.add_argument_group("where")
    where.add_argument(
        "-C", "--directory", default=".", metavar="SITE", help="the site's folder (default: .)"
    )
    for name, default in (
        ("content", "content"),
        ("templates", "templates"),
        ("assets", "assets"),
        ("output", "output"),
        ("cache", ".cache"),
    ):
        short = ["-o"] if name == "output" else []
        where.add_argument(
            *short, f"--{name}", metavar="DIR", help=f"default: {default} in the site's folder"
        )
    how = common.add_argument_group("how")
    how.add_argument(
        "--base-url", metavar="URL", help="the site's public address, for links that must be absolute"
    )
    how.add_argument(
        "--jobs", "-j", default="auto", metavar="N", help="processes (default: auto, one a processor)"
    )
    how.add_argument("--today", metavar="YYYY-MM-DD", help="build as on this day (default: today)")
    how.add_argument("--drafts", action="store_true", help="include drafts")
    how.add_argument("--strict", action="store_true", help="let warnings fail the build")
    how.add_argument(
        "--keep-going", action="store_true", help="publish the good pages although others have errors"
    )
    said = common.add_argument_group("what is said")
    said.add_argument(
        "--format", choices=FORMATS, default=FORMATS[0], help="how faults are shown (default: %(default)s)"
    )
    said.add_argument("-q", "--quiet", action="store_true", help="say nothing but faults")
    said.add_argument("-v", "--verbose", action="store_true", help="say how long each stage took")
    return common


def _arguments(found: argparse.Namespace) -> Arguments:
    directory = Path(found.directory).absolute()
    if not directory.is_dir():
        raise UsageError(f"there is no folder '{found.directory}'")
    directory = directory.resolve()
    options = Options(
        directory=directory,
        content=_folder(directory, found.content, "content", must_exist=True),
        templates=_folder(directory, found.templates, "templates", must_exist=True),
        assets=_folder(directory, found.assets, "assets", must_exist=True),
        output=_folder(directory, found.output, "output"),
        cache=_folder(directory, found.cache, ".cache"),
        today=_day(found.today),
        base_url=_base_url(found.base_url),
        jobs=_jobs(found.jobs),
        drafts=found.drafts,
        strict=found.strict,
        keep_going=found.keep_going,
        sources_only=getattr(found, "sources_only", False),
        target=getattr(found, "target", None),
        preview=getattr(found, "preview", False),
        precompress=getattr(found, "precompress", False),
        previous=_file(getattr(found, "previous", None), "previous"),
    )
    _refuse_overlap(options)
    return Arguments(
        command=found.command,
        options=options,
        format=found.format,
        quiet=found.quiet,
        verbose=found.verbose,
        color=not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
        subject=getattr(found, "subject", ""),
        host=getattr(found, "host", ""),
        port=getattr(found, "port", 0),
        open_browser=getattr(found, "open", False),
        changed_since=getattr(found, "changed_since", None),
        own=found,
    )


def _folder(directory: Path, given: str | None, default: str, *, must_exist: bool = False) -> Path:
    """Flags are relative to where the command runs, defaults to the site's folder."""
    path = (Path(given).absolute() if given else directory / default).resolve()
    if given and must_exist and not path.is_dir():
        raise UsageError(f"there is no folder '{given}' for --{default}")
    return path


def _file(given: str | None, flag: str) -> Path | None:
    if given is None:
        return None
    path = Path(given).absolute()
    if not path.is_file():
        raise UsageError(f"there is no file '{given}' for --{flag}")
    return path.resolve()


def _refuse_overlap(options: Options) -> None:
    """Refuse folders that would write into each other or into what people have written."""
    sources = {name: getattr(options, name) for name in ("content", "templates", "assets")}
    for made, path in (("output", options.output), ("cache", options.cache)):
        if path == options.directory or path in options.directory.parents:
            raise UsageError(
                f"the {made} folder cannot be the site's own folder; choose another with --{made}"
            )
        for name, other in sources.items():
            if path == other or other in path.parents or path in other.parents:
                raise UsageError(
                    f"the {made} folder and the {name} folder lie in one another, so what is made would become "
                    f"a source [output-inside-content]; choose another with --{made}"
                )
    if options.cache == options.output or options.output in options.cache.parents:
        raise UsageError(
            "the cache cannot lie in the output, which is published; choose another with --cache"
        )
    if options.cache in options.output.parents:
        raise UsageError("the output cannot lie in the cache; choose another with --output")


def _day(given: str | None) -> datetime.date:
    if given is None:
        return datetime.datetime.now().astimezone().date()
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        with contextlib.suppress(ValueError):
            return datetime.date.fromisoformat(given)
    raise UsageError(f"--today wants a day such as 2026-11-23, not '{given}'")


def _base_url(given: str | None) -> str | None:
    if given is None:
        return None
    if given and not BASE_ADDRESS.fullmatch(given):
        raise UsageError(f"--base-url wants an address such as https://example.org/trials/, not '{given}'")
    return given.rstrip("/") + "/" if given else ""


def _jobs(given: str) -> int:
    if given == "auto":
        return core_count()
    if not given.isdecimal() or int(given) < 1:
        raise UsageError(f"--jobs wants a number from 1, or auto, not '{given}'")
    return int(given)
