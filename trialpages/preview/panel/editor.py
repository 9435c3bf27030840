"""Opens a place of the site in the editor of this machine, at its line.

The editor is the one that $TRIALPAGES_EDITOR names; else what $VISUAL or $EDITOR name, if it opens a window; else the
one in whose terminal the preview runs, one that is running, or one that is installed. No shell is ever started, and
an argument is one path that lies in the site. An editor that works inside a terminal is never started: it would take
over the one in which the preview runs. Refused is every path out of the site's folder, also by a link, every file
whose name or folder begins with a dot, and what is no file.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from trialpages.preview.panel.editors import BY_COMMAND, EDITORS, IN_TERMINAL, Editor, command_name
from trialpages.words.fields import record

OWN = "TRIALPAGES_EDITOR"
USUAL = ("VISUAL", "EDITOR")
PATIENCE_SECONDS = 0.4
"""An editor that fails does so at once; one that has not ended after this long is open."""

PROCESSES = Path("/proc")
MOST_PROCESSES = 5000
FIRST_LINE = 1
LAST_LINE = 10_000_000
HOW_TO_CHOOSE = (
    f"set {OWN} to the command of an editor that opens a window, such as `code`, and start the preview again"
)
WAITING = frozenset(("--wait", "-w", "--block"))
"""Arguments with which other programs wait for an editor; nobody waits here."""

IN_TERMINAL_OF: tuple[tuple[str, str, str], ...] = (
    ("CURSOR_TRACE_ID", "", "cursor"),
    ("TERM_PROGRAM", "vscode", "code"),
    ("TERM_PROGRAM", "zed", "zed"),
)
"""Variables, and values of them, by which an editor marks the terminal in its window."""


@record
class Command:
    """A command that opens an editor: the program and its own arguments, and the editor that it is, if known."""

    program: str
    arguments: tuple[str, ...] = ()
    editor: Editor | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.editor.title if self.editor else command_name(self.program)

    def at(self, path: str, line: int) -> list[str]:
        """Return the whole command for a place; `{path}` and `{line}` in the arguments stand for it."""
        if any("{path}" in part for part in self.arguments):
            filled = (part.replace("{line}", f"{line}").replace("{path}", path) for part in self.arguments)
            return [self.program, *filled]
        place = self.editor.at(path, line) if self.editor else (path,)
        return [self.program, *self.arguments, *place]


class _RefusedError(Exception):
    """Why nothing is opened, in words for the editor of the site."""


def open_in_editor(
    directory: Path, path: str, line: int | None, environ: Mapping[str, str] | None = None
) -> str | None:
    """Open a file of the site, by its path from the site's folder; return None, or the words that say why not.

    It takes less than half a second, and never waits until the file is closed.
    """
    variables = os.environ if environ is None else environ
    try:
        file = _inside(directory, path)
        command = _command(variables)
        return _start(command, file, min(max(line or FIRST_LINE, FIRST_LINE), LAST_LINE), variables)
    except _RefusedError as refused:
        return str(refused)


def _inside(directory: Path, path: str) -> Path:
    """Return the file that a path names, if it is one of the site's own."""
    parts = path.replace("\\", "/").split("/")
    if not path or "\0" in path or path.startswith("/") or ":" in parts[0] or ".." in parts:
        raise _RefusedError("only files of the site can be opened")
    if any(part.startswith(".") for part in parts):
        raise _RefusedError("files whose name or folder begins with a dot are not opened from the preview")
    if "!" in path and not (directory / path).exists():
        raise _RefusedError("this record lies inside the registry's snapshot, which no editor can open")
    try:
        root, file = directory.resolve(), (directory / path).resolve()
    except (OSError, RuntimeError, ValueError):
        raise _RefusedError("only files of the site can be opened") from None
    if root not in file.parents:
        raise _RefusedError("this file lies outside of the site's folder")
    if not file.is_file():
        raise _RefusedError(
            f"{path} is not there, or comes with trialpages; a copy of your own can be changed"
        )
    return file


def _command(variables: Mapping[str, str]) -> Command:
    """Return the editor to be used, as the module says."""
    search = variables.get("PATH")
    own = _written(variables.get(OWN, ""))
    if own:
        name = command_name(own[0])
        if name in IN_TERMINAL:
            raise _RefusedError(f"{OWN} names {name}, which would take over the terminal; {HOW_TO_CHOOSE}")
        program = shutil.which(own[0], path=search)
        if program is None:
            raise _RefusedError(f"{OWN} names {name}, and there is no such command; {HOW_TO_CHOOSE}")
        return Command(program=program, arguments=tuple(own[1:]), editor=BY_COMMAND.get(name))
    for found in (*_usual(variables), *_known(variables)):
        program = shutil.which(found.program, path=search)
        if program:
            return Command(program=program, arguments=found.arguments, editor=found.editor)
    named = next(
        (command_name(words[0]) for name in USUAL if (words := _written(variables.get(name, "")))), ""
    )
    if named in IN_TERMINAL:
        raise _RefusedError(
            f"no editor with a window was found, and {named} would take over the terminal; {HOW_TO_CHOOSE}"
        )
    raise _RefusedError(f"no editor was found; {HOW_TO_CHOOSE}")


def _written(text: str) -> list[str]:
    """Return the words of a command as somebody has written it into a variable."""
    try:
        words = shlex.split(text, posix=os.name != "nt")
    except ValueError:
        return []
    return [word.strip('"') for word in words] if os.name == "nt" else words


def _usual(variables: Mapping[str, str]) -> Iterator[Command]:
    """Yield the editors of the usual variables, of those that are known to open a window."""
    for name in USUAL:
        words = _written(variables.get(name, ""))
        editor = BY_COMMAND.get(command_name(words[0])) if words else None
        if editor:
            arguments = tuple(word for word in words[1:] if word not in WAITING)
            yield Command(program=words[0], arguments=arguments, editor=editor)


def _known(variables: Mapping[str, str]) -> Iterator[Command]:
    """Yield the editor in whose terminal we run, those that are running, then all others."""
    for variable, value, command in IN_TERMINAL_OF:
        if variable in variables and value in ("", variables[variable]):
            yield Command(program=command, editor=BY_COMMAND[command])
    running = _running()
    every = [(command, editor) for editor in EDITORS for command in editor.commands]
    for command, editor in sorted(every, key=lambda pair: pair[0] not in running):
        yield Command(program=command, editor=editor)


def _running() -> frozenset[str]:
    """Return the names of the processes of this machine, where the system lists them as files."""
    names: set[str] = set()
    try:
        with os.scandir(PROCESSES) as entries:
            for entry, _count in zip(entries, range(MOST_PROCESSES), strict=False):
                if entry.name.isdigit():
                    names.add(_name_of(Path(entry.path)))
    except OSError:
        return frozenset()
    return frozenset(names)


def _name_of(process: Path) -> str:
    try:
        return (process / "comm").read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _start(command: Command, file: Path, line: int, variables: Mapping[str, str]) -> str | None:
    words = command.at(str(file), line)
    words[0] = _executable(words[0])
    try:
        process = subprocess.Popen(  # noqa: S603 - no shell; the program is the user's own choice
            words,
            cwd=file.parent,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name != "nt",
            creationflags=getattr(subprocess, "DETACHED_PROCESS", 0),
        )
    except OSError as error:
        return f"{command.name} could not be started: {error.strerror}"
    try:
        code = process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        # It stays open; whoever waits for it takes its end from the system's list of processes.
        threading.Thread(target=process.wait, name="editor", daemon=True).start()
        return None
    return f"{command.name} ended at once, with code {code}" if code else None


def _executable(program: str) -> str:
    """Return the program behind a batch file: such a file is run by a shell, which would read the path as its words."""
    path = Path(program)
    if sys.platform != "win32" or path.suffix.casefold() not in (".cmd", ".bat"):
        return program
    own = path.parent.parent / f"{path.stem}.exe"
    if own.is_file():
        return str(own)
    raise _RefusedError(f"{command_name(program)} is a batch file; name the editor's .exe in {OWN}")
