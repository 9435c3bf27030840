"""The editors that open in a window of their own, and how each is told to go to a line."""

from __future__ import annotations

import ntpath
from collections.abc import Callable, Mapping

from trialpages.words.fields import record

Arguments = Callable[[str, int], tuple[str, ...]]
"""Returns what follows the command for a file and a line."""


@record
class Editor:
    """One editor: its name for people, its commands, and its way to name a line."""

    title: str
    commands: tuple[str, ...]
    at: Arguments


def _goto(path: str, line: int) -> tuple[str, ...]:
    return "--goto", f"{path}:{line}"


def _colon(path: str, line: int) -> tuple[str, ...]:
    return (f"{path}:{line}",)


def _plus(path: str, line: int) -> tuple[str, ...]:
    return f"+{line}", path


def _line(path: str, line: int) -> tuple[str, ...]:
    return "--line", f"{line}", path


def _letter_n(path: str, line: int) -> tuple[str, ...]:
    return f"-n{line}", path


def _letter_l(path: str, line: int) -> tuple[str, ...]:
    return "-l", f"{line}", path


JETBRAINS = (
    *("pycharm", "pycharm-professional", "pycharm-community", "idea", "intellij-idea-ultimate"),
    *("intellij-idea-community", "webstorm", "phpstorm", "rubymine", "goland", "clion", "rider"),
    *("pycharm64", "idea64", "webstorm64", "phpstorm64", "rubymine64", "goland64", "clion64", "rider64"),
)
EDITORS = (
    Editor(title="VS Code", commands=("code", "code-insiders", "code-oss"), at=_goto),
    Editor(title="VSCodium", commands=("codium", "vscodium"), at=_goto),
    Editor(title="Cursor", commands=("cursor",), at=_goto),
    Editor(title="Windsurf", commands=("windsurf",), at=_goto),
    Editor(title="Zed", commands=("zed", "zeditor"), at=_colon),
    Editor(title="Sublime Text", commands=("subl", "sublime_text"), at=_colon),
    Editor(title="JetBrains", commands=JETBRAINS, at=_line),
    Editor(title="Kate", commands=("kate", "kwrite"), at=_line),
    Editor(title="gedit", commands=("gedit", "gnome-text-editor", "pluma", "xed"), at=_plus),
    Editor(title="Geany", commands=("geany",), at=_line),
    Editor(title="Mousepad", commands=("mousepad",), at=_line),
    Editor(title="Notepad++", commands=("notepad++",), at=_letter_n),
    Editor(title="TextMate", commands=("mate",), at=_letter_l),
    Editor(title="BBEdit", commands=("bbedit",), at=_plus),
    Editor(title="gVim", commands=("gvim", "mvim"), at=_plus),
)
"""In the order in which they are looked for."""

BY_COMMAND: Mapping[str, Editor] = {command: editor for editor in EDITORS for command in editor.commands}

IN_TERMINAL = frozenset(
    (
        *("vi", "vim", "nvim", "view", "ex", "ed", "nano", "pico", "emacs", "emacsclient", "micro", "hx"),
        *("helix", "joe", "jed", "ne", "mcedit", "kak", "mg", "tilde", "dte", "sensible-editor", "editor"),
        *("vim.basic", "vim.tiny", "rnano", "jove", "zile", "amp"),
    )
)
"""Editors that work inside a terminal, or may: they would take over the one in which the preview runs."""


def command_name(command: str) -> str:
    r"""Return the bare name of a command, without folder and ending.

    >>> command_name("/usr/bin/code"), command_name("C:\\Tools\\Code.exe")
    ('code', 'code')
    """
    name = ntpath.basename(command.replace("/", "\\")).casefold()
    for ending in (".exe", ".cmd", ".bat", ".sh"):
        name = name.removesuffix(ending)
    return name
